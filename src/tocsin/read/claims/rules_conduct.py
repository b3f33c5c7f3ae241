"""What actors do: use techniques and malware, target sectors and countries, exploit flaws."""

from __future__ import annotations

import re

from tocsin.names import countries_in, sectors_in
from tocsin.read.claims.anycase import lowered
from tocsin.read.claims.clauses import clause_at, possessive, said_in, subjects_of
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft, made
from tocsin.read.claims.joining import quantifier_in
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.scene import Scene

_DOERS = ("actor", "class", "party", "unknown", "anaphor", "parties")
_TARGETS = lowered(
    r"(?<![\w-])(?:(?P<by>(?:was|were|been|being|are)\s+(?:[\w-]+\s+){0,2}?(?:targeted|attacked|hit|breached|compromised|hacked|infiltrated|struck|penetrated)\s+by)"
    r"|(?<!most )(?<!the )(?<!these )(?<!such )(?<!its )(?<!their )(?<!of )(?<!for )target(?:s|ed|ing)?(?!\s+(?:list|is|was|entity))|attack(?:s|ed|ing)?(?=\s+(?!on\b|was|were|is|are|that|in\b|by\b|surface|chain|path|against\b)\w)|(?:goes?|went|gone|going)\s+after|breach(?:ed|es|ing)|hack(?:ed|s)(?=\s+\w)|infiltrat(?:ed|es|ing)|sp(?:y|ies|ied|ying)\s+on|aim(?:ed|s|ing)?\s+at"
    r"|victims?\s+(?:\w+\s+){0,2}?(?:include[sd]?|were|are|have\s+included|sit\s+in|work\s+in)|pa(?:ys|y|id)\s+(?:special\s+|particular\s+|close\s+)?attention\s+to|break(?:s|ing)?\s+into|(?:break-?ins?|intrusions?|attacks?|operations?|campaigns?|hacks?|espionage|activity|cyberattacks?|reconnaissance|spying|compromise)\s+(?:[\w-]+\s+){0,3}?(?:at|into|on|against|targeting|of)|penetrat(?:ed|es|ing)|(?:chief|main|primary|favou?rite|usual|typical)\s+targets?\s+(?:are|were|include[sd]?)|focus(?:es|ed|ing)?\s+(?:\w+\s+)?on|intrud(?:ed|es)\s+into|broke(?:n)?\s+into|breaks?\s+into|compromis(?:ed|es|e|ing)(?=\s+(?:\w+\s+){0,6}?(?:network|agenc|compan|organi|provider|government|system|ministr|carrier|utilit))|struck|hit(?=\s+(?:\w+\s+){0,5}(?:government|compan|compan|agenc|utilit|universit|water|bank|organi|network|system|hospital|provider|targets)))(?!\w)",
)
_STOP = re.compile(
    r"[.;:]|\b(?:which|who|whose|but|because|mostly because|while|although|after|when|since|using|by|with|through|via|to\s+(?:steal|gain|collect|obtain|gather|build|complicat)|in order|where|before|for\s+(?:years|more|intelligence|espionage|the)|that|as|said|says|in\s+(?:the\s+)?(?:\d|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|early|late|what|an?\s|recent))\b",
    re.I,
)
_EXPLOIT = lowered(
    r"(?<![\w-])(?:exploit(?:s|ed|ing|ation\s+of)?|abus(?:es|ed|ing)|weaponi[sz](?:es|ed|ing)|(?:break|broke|got|get|entered|entering|gain\w*)\s+(?:\w+\s+){0,3}?(?:through|via|by)|leverag(?:es|ed|ing))(?!\w)",
)
_FLAW = re.compile(r"\b(?:vulnerabilit\w+|flaws?|bugs?|weakness\w*|holes?|zero-days?|n-days?|0-days?)\b", re.I)
_APPLIANCE = re.compile(
    r"\b(?:vpns?|appliances?|gateways?|edge devices?|routers?|firewalls?|mail servers?|exchange servers?|web servers?|sharepoint|citrix|fortinet|ivanti|pulse secure|palo alto|f5|zimbra)\b",
    re.I,
)
_PRODUCT = re.compile(
    r"\b(?:in|of|on|affecting|against)\s+(?:the\s+)?(?P<x>[^.;:]{3,90}?)(?=\s+(?:to|for|that|which|and\s+(?:then|has|have|was)|as|by|so|before|after|when|while|in order|since)\b|[.;:,]|$)",
    re.I,
)
_USE_VERB = re.compile(
    r"(?<![\w-])(?:us(?:e[sd]?|ing)|deploy\w*|deliver\w*|rel(?:y|ies|ied|ying)\s+(?:\w+\s+)?on|employ(?:s|ed|ing)?|leverag\w+|install\w*|distribut\w+|wr(?:ote|itten)|favou?r\w*|drop(?:s|ped)|plant(?:s|ed|ing)|spread\w*|send\w*|sent|ran|run(?:s|ning)?|includ\w+|carr(?:y|ies|ied)|resort\w*|turn(?:s|ed)?\s+to|prefer\w*|known\s+for|creat\w+|abus\w+|exploit\w*|steal\w*|stole|eras\w+|toolset|arsenal|toolkit|begins?\s+with|built\s+with|hides?|launch\w*|combin\w+|maintain\w*|mov(?:e[sd]?|ing)|involv\w+|pair\w*|wield\w*|rout\w+|relay\w*)(?!\w)",
    re.I,
)
_NOT_USE = re.compile(
    r"\b(?:detect\w*|monitor\w*|defend\w*|protect\w*|prevent\w*|mitigat\w*|hunt\w*|block\w*|patched|advis\w*|guidance|training|awareness|sanction\w*|indict\w*|charged|accused of)\b",
    re.I,
)
# "to gain initial access", "designed for exfiltration": what it is for, not what is claimed to be used
_PURPOSE = re.compile(
    r"\b(?:to\s+(?:gain|facilitate|achieve|obtain|maintain|establish|get|secure|enable|support)|for|designed|aimed\s+at|of)\s+(?:an?\s+|the\s+|their\s+|its\s+)?(?:\w+\s+)?$",
    re.I,
)
_MALWARE_ROLE = re.compile(
    r"\b(?:use[sd]?|using|deploy\w*|releas\w*|install\w*|malware|trojan|backdoor|come|include[sd]?)\s+(?:the\s+)?$",
    re.I,
)
_USE_KINDS = ("malware", "tool", "technique", "tactic")


def conduct_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """Claims of use, targeting and exploitation in one sentence."""
    exploits = _exploits(scene, discourse)
    return exploits + _uses(scene, discourse, exploits) + _targets(scene, discourse)


def _doers(scene: Scene, place: int, discourse: Discourse, *, persons: bool = False) -> list[Item]:
    """The actor of a clause: a name before the verb, else whom the text speaks of."""
    found = subjects_of(scene, place, discourse, kinds=_DOERS, want="actor")
    found = [
        item
        for item in found
        if item.kind in ("actor", "class", "party", "parties") or (item.kind == "unknown" and item.extra == "company")
    ]
    if found and not (discourse.is_person(found[0]) and not persons):
        return found[:3]
    passive = [
        item
        for item in scene.items
        if item.kind in ("actor", "class")
        and re.search(r"\bby\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$", scene.text[max(0, item.start - 40) : item.start])
    ]
    if passive:
        return passive[:1]
    if not found and discourse.actors and not scene.of("authority", "prosecutor"):
        return (
            discourse.resolve(Item("anaphor", 0, 0, "it", (), "any"), want="actor")[:1]
            if _acting_context(discourse)
            else []
        )
    return []


def _acting_context(discourse: Discourse) -> bool:
    return discourse.subject is not None and discourse.subject.kind in ("actor", "class", "party")


def _uses(scene: Scene, discourse: Discourse, exploits: list[Draft]) -> list[Draft]:
    text = scene.text
    drafts: list[Draft] = []
    things = [
        item
        for item in scene.items
        if item.kind in _USE_KINDS
        or (item.kind == "unknown" and item.extra == "malware")
        or (
            item.kind == "actor"
            and any(ref[0] == "S" or ref.startswith("malware:") for ref in item.refs)
            and _MALWARE_ROLE.search(text[max(0, item.start - 40) : item.start])
        )
    ]
    exploited = {(draft.object.start, draft.object.end) for draft in exploits}
    for item in things:
        if item.kind == "tactic" and (not _USE_VERB.search(text) or _PURPOSE.search(text[: item.start])):
            continue
        if item.refs[:1] == ("T1190",) and exploits:
            continue
        if any(item.start < end and start < item.end for start, end in exploited if end):
            continue
        start, end = clause_at(text, item.start)
        if _NOT_USE.search(text[start : item.start]) and item.kind in ("technique", "tactic", "tool"):
            continue
        doers = (
            _doers(scene, item.start, discourse)
            or _owner_after(scene, item)
            or _doer_after(scene, item, end, discourse)
        )
        if not doers:
            continue
        if (
            item.kind in ("technique", "tactic")
            and item.extra == "described"
            and not _described_as_done(text, start, end, item)
        ):
            continue
        said = said_in(text, start, end, item.start)
        quantifier = quantifier_in(text)
        for doer in doers:
            if doer.ref != item.ref:
                drafts.append(Draft(doer, "uses", item, said, quantifier=quantifier if doer.kind == "class" else None))
    return drafts


def _described_as_done(text: str, start: int, end: int, item: Item) -> bool:
    """A phrase of the lexicon counts where the clause has a verb of use before it or is itself an action."""
    near = re.search(
        r"\b(?:they|it|who|that|[A-Z][\w-]*|hackers|actors|operators|group|groups)\s+(?:\w+ly\s+|also\s+|then\s+)?$",
        text[: item.start],
    )
    return (
        bool(_USE_VERB.search(text[max(0, start - 60) : end]))
        or bool(near)
        or bool(re.match(r"\w+(?:ed|es|ing|s)\b", item.text))
    )


def _owner_after(scene: Scene, item: Item) -> list[Item]:
    """ "RAWDOOR, a backdoor used by APT31"."""
    after = [one for one in scene.items if one.kind in ("actor", "class") and one.start > item.end]
    return [
        one
        for one in after[:1]
        if re.search(r"\b(?:by|to|of|from)\s+(?:the\s+)?(?:\w+\s+){0,3}$", scene.text[item.end : one.start])
    ]


def _doer_after(scene: Scene, item: Item, end: int, discourse: Discourse) -> list[Item]:
    """ "With EvilGinx it steals …": who acts stands after what is used."""
    after = [
        one
        for one in scene.items
        if one.kind in ("actor", "class", "anaphor") and item.end <= one.start < end and not possessive(one)
    ]
    if not after or not re.match(r"\s*(?:then\s+|later\s+)?[a-z]+", scene.text[after[0].end :]):
        return []
    return discourse.resolve(after[0], want="actor") if after[0].kind == "anaphor" else after[:1]


def _exploits(scene: Scene, discourse: Discourse) -> list[Draft]:
    text = scene.text
    drafts: list[Draft] = []
    cves = scene.of("cve")
    quantifier = quantifier_in(text)
    for item in cves:
        doers = _doers(scene, item.start, discourse, persons=True) or _owner_after(scene, item)
        start, end = clause_at(text, item.start)
        said = said_in(text, start, end, item.start)
        for doer in doers:
            drafts.append(Draft(doer, "exploits", item, said, quantifier=quantifier if doer.kind == "class" else None))
    if cves:
        return drafts
    for cue in _EXPLOIT.finditer(scene.lower):
        start, end = clause_at(text, cue.start())
        rest = text[cue.end() : end]
        flaw = _FLAW.search(rest) or _APPLIANCE.search(rest)
        if not flaw:
            continue
        product = _PRODUCT.search(rest, flaw.end() - 1) or _PRODUCT.search(rest)
        if flaw.re is _APPLIANCE:
            product = re.match(
                r"(?P<x>[^.;,:]{3,90}?)(?=\s+(?:to|for|that|which|as|by|so|before|after|when|while|often|within)\b|[.;:,]|$)",
                rest,
            )
        if not product and not flaw:
            continue
        words = product["x"] if product else rest[: flaw.end()]
        doers = _doers(scene, cue.start(), discourse)
        said = said_in(text, start, end, cue.start())
        if not product:
            continue
        thing = Item(
            "product", cue.end(), cue.end() + (product.end() if product else flaw.end()), " ".join(words.split())
        )
        for doer in doers:
            drafts.append(Draft(doer, "exploits", thing, said, quantifier=quantifier if doer.kind == "class" else None))
    return drafts


def _targets(scene: Scene, discourse: Discourse) -> list[Draft]:
    text = scene.text
    drafts: list[Draft] = []
    seen: set[str] = set()
    for cue in _TARGETS.finditer(scene.lower):
        start, end = clause_at(text, cue.start())
        if cue["by"]:
            objects_text = text[start : cue.start()]
            doers = [i for i in scene.items if i.kind in ("actor", "class", "party") and i.start >= cue.end()][:1]
        else:
            stop = _STOP.search(text, cue.end())
            objects_text = text[cue.end() : stop.start() if stop else len(text)]
            doers = _doers(scene, cue.start(), discourse)
            if not doers and re.match(r"victim", cue.group(), re.I):
                doers = discourse.actors[-1:]
        if not doers or re.search(r"\brouters?\b|\bsoho\b|\bdevices\b", objects_text[:60], re.I):
            continue
        said = said_in(text, start, end, cue.start())
        for part in _parts(objects_text):
            if part.lower() in seen:
                continue
            seen.add(part.lower())
            for doer in doers[:2]:
                drafts.append(Draft(doer, "targets", made("target", part), said))
    return drafts


def _parts(text: str) -> list[str]:
    """The coordinated things of a noun phrase that name a sector or country, at most six."""
    pieces = re.split(r",\s*(?:and\s+|or\s+|including\s+)?|\s+and\s+|\s+as well as\s+|\s+or\s+", text)
    parts = []
    for piece in pieces:
        piece = piece.strip(" ,.'\"“”()")
        if 2 < len(piece) < 90 and (sectors_in(piece) or countries_in(piece)):
            parts.append(piece)
    return parts[:6]
