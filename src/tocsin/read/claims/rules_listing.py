"""Who listed or delisted whom, and when."""

from __future__ import annotations

import re

from tocsin.read.claims.anycase import lowered
from tocsin.read.claims.authorities import authorities_of
from tocsin.read.claims.clauses import clause_at, date_near, possessive, said_in
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.parties import PARTIES, RESUME, STOP, coordinated_back, programme_in, settled
from tocsin.read.claims.scene import Scene

_LIST_NAME = r"(?:(?:[A-Z]\w+|the|its|their|cyber|sanctions?|OFAC['’]?s?|Treasury['’]?s?|SDN|EU|EU['’]s|Union['’]s|UK|UK['’]s|US|U\.S\.)\s+){0,5}?(?:sanctions?\s+(?:list|regime|register)s?|SDN(?:\s+list)?|specially designated nationals(?:\s+and blocked persons)?(?:\s+list)?|blacklists?|cyber(?:\s+sanctions)?\s+(?:list|regime)|(?:sanctions )?list(?!\s+of\s+(?:victims|targets|names))|annex(?:\s+[IVX]+)?|sanctions)"
_CUE = lowered(
    rf"""(?<![\w-])(?:
    (?P<pass>(?:designated|sanctioned|listed|blacklisted)(?=,?\s+(?:under|pursuant\s+to|in\s+(?:\w+\s+)?\d{{4}}|on\s+\d|by\b))|(?:was|were|been|being|is|are|be|got|stands?|remains?|became)\s+(?:[\w-]+\s+){{0,3}}?(?:sanctioned|designated|blacklisted|listed|(?:added|named|placed|put|included|inscribed|entered)(?:\s+[\w-]+){{0,4}}?\s+(?:to|on|in|onto|under|into)\s+{_LIST_NAME}|(?:hit|targeted|named)\s+(?:with|by|in|under)\s+(?:[\w-]+\s+){{0,4}}?sanctions|named\s+(?:as well|too|itself)|under\s+(?:[\w-]+\s+){{0,3}}?sanctions|subject\s+to\s+(?:[\w-]+\s+){{0,3}}?sanctions|(?:added|included)(?=\s*(?:for\b|by\b|,|\.|as\s+well|too\b|on\s+\d|in\s+\w+\s+\d{{4}}|$))|(?:hit|placed|put)\b(?=\s+(?:at|on|by|under|as|in))))
  | (?P<on>(?:went|goes|came|got)\s+onto\s+{_LIST_NAME}|(?:made|makes)\s+(?:it\s+)?(?:onto\s+|on\s+|to\s+)?{_LIST_NAME}|(?:subject\s+to\s+the\s+(?:EU|US|U\.S\.|UK|British|American|European|Council)['’s]*\s+(?:\w+\s+)?(?:measures|sanctions))|(?:appears?|appeared|figures?|figured|(?:is|are|was|were)(?:n['’]t)?|features?|sits?|stands?|stay\w*)\s+(?:[\w-]+\s+){{0,2}}?(?:on|in)\s+{_LIST_NAME})
  | (?P<put>(?:added?|adds|adding|placed?|places|placing|put|puts|putting|nam(?:ed|es|ing)|includ(?:ed|es|ing)|inscribed)(?=\s+(?:(?!\b(?:which|who|because|while)\b)[^.;]){{1,160}}?\b(?:to|on|in|onto|under|into)\s+{_LIST_NAME}))
  | (?P<act>(?:to|not|never|did|will|would|could|yet\s+to)\s*,?\s*(?:however\s*,?\s*|also\s+|indeed\s*,?\s*|itself\s+)?(?:sanction|designate|list|blacklist)(?=\s)|(?:did|does|do)\s*,\s*(?:however|though|indeed|meanwhile)\s*,\s*(?:sanction|designate|list|blacklist)|added(?=\s+(?:the\s+)?(?:[A-Z]|two\b|three\b|four\b|five\b|six\b)[^;]{{0,200}}$)|(?:list|regime)\s+(?:gained|names|named|now\s+includes|includes)|sanctioned|sanctions(?=\s+(?!on\b|against\b|list|regime|were|was|are|is|imposed|announced|by\b|and\b|for\b|under\b|framework|package|evasion|programme|program|that|restrict|experts?|office|compliance|target|listing)[\w“"])|sanctioning|designat(?:ed|es|ing)|blacklist(?:ed|s|ing)|list(?:ed|s)(?=\s+(?!of\b|the\s+following|by\b|as\b|on\b)[\w“"])|listing(?=\s+(?!of\b)[A-Z])|(?:impos|slap|announc|unveil|levi|issu|adopt|appl|agree)\w*\s+(?:\w+\s+){{0,5}}?(?:sanctions|restrictive\s+measures|restrictions|penalties|asset\s+freezes?)(?:\s+(?:on|against|upon|targeting|over))?|(?:took|taken|take|takes|taking)\s+(?:\w+\s+){{0,3}}?(?:action|measures?)\s+against|(?:hit|hits|struck|targeted)\s+(?=[^.;]{{2,120}}?\bwith\s+(?:[\w-]+\s+){{0,3}}?sanctions)|(?:restrictive\s+measures|sanctions|measures|designations?|action|penalties|listings?)\s+(?:had\s+been\s+|were\s+|was\s+|are\s+|that\s+|[\w-]+\s+){{0,6}}?(?:on|against|aimed\s+at|targeting)(?!\s+(?:\w+\s+){{0,2}}(?:list|site|website))|followed\s+(?:suit\s+)?(?:on|in)\b[^.;]{{0,40}}?,\s+naming|named(?=\s+[A-Z][^.;]{{2,80}}?\s+in\s+(?:its|the)\s+(?:sanctions|listing))|acted\s+against|moved\s+against|moves\s+against|goes?\s+after|went\s+after|hits(?=\s+(?:\w+\s+){{1,5}}with\s+sanctions)|act\s+against)
  | (?P<join>(?:joined\s+(?:in\s+)?(?:the\s+)?(?:action|sanctions|move|measures|designations?|step)|followed(?=\s+(?:on|in|that|the|a|two|three|six)\b)|followed\s+suit|did\s+(?:the\s+same|likewise|so\s+too)|had\s+moved|moved\s+(?:together|first|earlier|in\s+parallel)|mirrored\s+the\s+(?:move|sanctions|listing))|took\s+(?:\w+\s+)?the\s+same\s+(?:step|measures?|action)(?!\s+against))
  | (?P<sim>(?:similar|earlier|previous|prior|parallel|matching|comparable|equivalent)\s+(?:[\w-]+\s+)?(?:designations?|sanctions|measures|listings?|actions?|steps?|moves?)\s+(?:[\w-]+\s+){{0,4}}?(?:by|from|in))
  | (?P<nom>(?:designations?|listings?|sanctioning|blacklisting|inclusion)\s+of)
  | (?P<head>^(?:The|Those|These)\s+(?:[\w-]+\s+){{0,2}}?(?:entities|companies|individuals|persons|people|firms|parties|names|men|designees|targets)\s+(?:are|were)(?=\s+[A-Z])|(?:(?:entit(?:y|ies)|compan(?:y|ies)|firms?|targets?|parties|names|individuals|persons|people|organi[sz]ations?)\s+)(?:targeted|sanctioned|designated|listed|named|blacklisted|hit|impacted|affected)(?:\s+(?:by|in|under)\s+[^.,;]{{2,50}}?)?\s+(?:is|are|was|were|include[sd]?)|(?:impacted|affected|sanctioned|designated|listed|targeted|new(?:ly)?\s+listed|blacklisted)\s+(?:[\w-]+\s+){{0,2}}?(?:entit(?:y|ies)|compan(?:y|ies)|firms?|targets?|parties|names|individuals|persons|people)\s+(?:include[sd]?|are|is|were|was))
  | (?P<de>(?:delist(?:ed|s|ing)|(?:removed|removes|removing|struck|dropped)(?=\s+[^.;]{{0,80}}?\b(?:from|off)\s+(?:\w+\s+){{0,3}}?(?:list|sanctions))|(?:lift(?:ed|s|ing)|end(?:ed|s))\s+(?:\w+\s+){{0,3}}?sanctions(?:\s+on|\s+against)?))
    )(?!\w)""",
    re.VERBOSE,
)
_WHOSE = re.compile(r"\s+(?:of|at|from|for|with|who|that|working|employed|based)\b")
_ASIDE = re.compile(r"\band\s+(?:the|its|his)\s+\w+\s+(?:who|that)\s+[^,.;]{2,40},\s*$")
_NOT_LISTED = re.compile(
    r"\b(?:neither|nor|not (?:been |yet been |yet )?(?:listed|sanctioned|designated|subject to|on|appear\w*|added|put|imposed|act\w*|follow\w*|named|taken)|never|no (?:\w+ ){0,3}(?:individual|person|company|firm|entity|one|party|national|citizen|official)s? (?:has|have|was|were|is|are)"
    r"|has(?:n['’]t| not) (?:listed|sanctioned|designated)|have(?:n['’]t| not) (?:listed|sanctioned|designated)|did(?:n['’]t| not)|has yet to|have yet to|is(?:n['’]t| not) on|are(?:n['’]t| not) on|was(?:n['’]t| not)|were(?:n['’]t| not)|does(?:n['’]t| not)|do(?:n['’]t| not)"
    r"|neither name|no (?:\w+ ){0,3}sanctions|has no|yet to (?:act|follow|list|sanction)|refrained|stopped short|without (?:listing|sanctioning)|(?:none|no one) of)\b",
    re.IGNORECASE,
)
_LISTING_STEMS = (
    *(
        "sanction",
        "designat",
        "list",
        "measure",
        "restrict",
        "penalt",
        "annex",
        "action",
        "act against",
        "acted",
        "move",
    ),
    *(
        "go after",
        "goes after",
        "went after",
        "hit",
        "follow",
        "join",
        "same",
        "mirror",
        "add",
        "includ",
        "plac",
        "put ",
    ),
    *("puts", "named", "naming", "impacted", "affected", "targeted", "removed", "dropped", "struck", "charter"),
)


def listing_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """Claims that an authority listed, did not list, or delisted a party."""
    drafts: list[Draft] = []
    if not scene.has(_LISTING_STEMS) and not scene.text.startswith(("The ", "Those ", "These ")):
        return drafts
    for item in scene.of("authority"):  # "the Council's list ran to six names"
        if re.match(
            r"['’]s?\s+(?:\w+\s+){0,2}(?:list|sanctions|action|decision|package)\b",
            scene.text[item.end : item.end + 50],
        ):
            discourse.listing_authority = item
    for cue in _CUE.finditer(scene.lower):
        start, end = clause_at(scene.text, cue.start())
        if cue["nom"] or cue["head"]:
            end = len(scene.text)
        objects = _objects(scene, cue, start, end, discourse)
        authorities = authorities_of(scene, cue, start, end, discourse)
        if not objects or not authorities:
            continue
        said = said_in(scene.text, start, end, cue.start())
        own = any(
            item.kind in (*PARTIES, "authority") and start <= item.start and item.end <= cue.start()
            for item in scene.items
        )
        opening = (
            scene.text[:60] if (start == 0 or not own) and re.match(r"\s*(?:Neither|None|No)\b", scene.text) else ""
        )
        negated = (
            said.negated
            if cue["de"]
            else bool(_NOT_LISTED.search(opening + " " + scene.text[max(0, start - 20) : min(end, cue.end() + 10)]))
        )
        predicate = "delisted" if cue["de"] else "not_designated" if negated else "designated"
        when = date_near(scene, start, end, discourse)
        programme = programme_in(scene.text[start:end])
        for authority in authorities:
            for thing in objects:
                drafts.append(Draft(authority, predicate, thing, said._replace(negated=negated), when, None, programme))
        if predicate == "designated":
            if not cue["join"] and not cue["sim"]:
                discourse.listing_authority = authorities[0]
            discourse.listed = objects
            if when is not None:
                discourse.date = when
    return drafts


def _objects(scene: Scene, cue: re.Match[str], start: int, end: int, discourse: Discourse) -> list[Item]:
    text = scene.text
    parties = [item for item in scene.items if item.kind in PARTIES and item.extra != "word" and not possessive(item)]
    before = [item for item in parties if start <= item.start and item.end <= cue.start()]
    passive = bool(cue["pass"] or cue["on"])
    if passive:
        if not before or re.match(r"\s*[–—-]\s*$", text[max(0, start - 3) : start]):
            before = [item for item in parties if item.end <= cue.start()]
        if not before and (late := re.search(r"\b(?:was|were|is|are)\s+(?:also\s+)?", text[cue.end() : end])):
            # "also sanctioned by the EU was Integrity Technology Group": the subject comes last
            before = [item for item in parties if cue.end() + late.end() <= item.start < end]
        return settled(coordinated_back(text, before), discourse, text)
    if cue["join"]:
        # "Korinets followed on 27 January": who follows is a party; "Washington followed" on those listed before
        named = [item for item in before if item.kind in ("party", "actor")]
        acting = any(item.kind == "authority" and start <= item.start < cue.start() for item in scene.items)
        return list(discourse.listed) if acting or not named else named
    if cue["sim"]:
        return discourse.main[:1]  # "similar designations by the US" are of the party that the report is about
    stop = end
    for match in STOP.finditer(text, cue.end(), end):
        stop = match.start()
        break
    things = [item for item in parties if cue.end() <= item.start < end]
    found: list[Item] = []
    for item in things:
        if item.kind == "unknown" and item.extra == "name" and not (found or item.start - cue.end() < 25):
            continue
        if item.start < stop or (
            item.start < len(text)
            and RESUME.search(text[max(cue.end(), item.start - 60) : item.start])
            and found
            and item.kind not in ("anaphor", "class")
            and not (item.kind == "unknown" and item.extra == "name")
        ):
            found.append(item)
    found = _without_asides(text, found)
    if found and all(item.kind == "parties" for item in found):
        # "two companies that work for the command, A and B": the names say which
        named = [
            item
            for item in things
            if item.kind == "party"
            and re.search(r"(?:,|and|namely|[–—:-])\s+$", text[max(0, item.start - 8) : item.start])
        ]
        found += named if len(named) > 1 else []
    for item in things:  # "and the minister who runs it, Esmail Khatib"
        if item not in found and discourse.is_person(item) and _ASIDE.search(text[cue.end() : item.start]):
            found.append(item)
    if not found and cue["act"]:
        # "a front company that the US Treasury blacklisted": what is listed stands before "that"
        relative = re.search(r"\b(?:that|which|whom|who)\s+(?:the\s+)?(?:[\w.'’]+\s+){1,4}$", text[: cue.start()])
        found = [item for item in parties if relative and item.end <= relative.start()][-1:]
    participle = re.match(r"sanctioned|designated|listed|blacklisted|targeted", cue.group(), re.I)
    if not found and cue["act"] and participle and re.match(r"\s+by\b", text[cue.end() :]):
        found = before[-1:]  # "the Iranian entities sanctioned by the EU": a participle after its noun
    if not found and cue["de"] and re.search(r"\b(?:was|were|been|is|are)\s+(?:\w+\s+)?$", text[: cue.start()]):
        found = coordinated_back(text, before)  # "X was removed from the list"
    return settled(_without_owners(text, found), discourse, text)


def _without_asides(text: str, found: list[Item]) -> list[Item]:
    """ "A and B, two hackers of C": what the names are and whose is not listed again."""
    kept: list[Item] = []
    aside: Item | None = None
    for before, item in zip([None, *found], found, strict=False):
        between = text[before.end : item.start] if before else ""
        if aside is not None and before is aside and re.fullmatch(r"\s+(?:of|at|from|for|with)\s+(?:the\s+)?", between):
            continue
        named = before is not None and before.kind in ("party", "unknown")
        if named and item.kind == "parties" and re.fullmatch(r",\s+", between) and _WHOSE.match(text, item.end):
            aside = item
            continue
        kept.append(item)
    return kept


def _without_owners(text: str, found: list[Item]) -> list[Item]:
    """ "Integrity Tech's founder": the owner of what is named is not what is named."""
    return [
        item for item in found if not re.match(r"['’]s?\s+\w", text[item.end : item.end + 4]) or item.kind == "parties"
    ]
