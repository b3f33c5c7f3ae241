"""Who is behind whom: fronts, membership, other names, places, leaders, owners, what they operate."""

from __future__ import annotations

import re

from tocsin.names.places import CAPITALS, COUNTRY_NAMES
from tocsin.names.words import PLACES
from tocsin.read.clauses import clause_at, opens_relative, said_in, subjects_of
from tocsin.read.discourse import Discourse
from tocsin.read.draft import Draft, made
from tocsin.read.mentions import Item
from tocsin.read.scene import Scene

_ADV = r"(?:(?:widely|closely|directly|typically|publicly|also|often|mostly|reportedly|believed to be|said to be|thought to be|likely|generally|usually|in turn|long been|been|formally|officially|previously|allegedly|loosely|probably|possibly|now|further|strongly|commonly|all|itself|most likely|almost certainly|widely thought to be)\s+){0,3}"
_FRONT = re.compile(
    r"(?<![\w-])(?:(?:(?:as |is |was |be |a |an |the |its )*)(?:front|cover|shell|cut-?out)(?:\s+(?:company|companies|firm|organi[sz]ation|business|entity))?\s+(?:for|of|run by|used by|controlled by)|fronts?\s+for|fronted\s+for|fronting\s+for|act(?:s|ed|ing)?\s+(?:as\s+a\s+front\s+)?(?:for|on\s+behalf\s+of))(?!\w)",
    re.I,
)
_BELONG = re.compile(
    rf"(?<![\w-])(?:{_ADV}(?:associated|affiliated|linked|tied|connected|aligned)\s+(?:with|to)|part\s+of|belong(?:s|ed|ing)?\s+to"
    r"|(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?(?:arm|unit|branch|wing|element|subordinate|division|component|subgroup|sub-group|offshoot|contractors?|hackers?|affiliates?)\s+(?:of|for|to)"
    r"|(?:run|controlled|directed|overseen|employed|hired|commanded|tasked|supervised|managed|backed|sponsored|funded|staffed)\s+(?:out\s+of|by)"
    r"|run\s+out\s+of|attribut(?:ed|es|e|ing)\s+(?:[^.;,]{1,60}?\s+)?to|answer(?:s|ing)?\s+to|report(?:s|ing)?\s+to|subordinate\s+to|under\s+the\s+(?:direction|control|authority|command|umbrella)\s+of"
    r"|(?:work|works|worked|working)\s+(?:directly\s+)?(?:for|on\s+behalf\s+of|at|under)|serv(?:es|ed|ing)\s+(?:in|with|under)|(?:officers?|members?|employees?|operatives?|agents?|official|officials|staff|engineers?|veterans?)\s+(?:of|in|at|from|with|for)"
    r"|operat(?:es|ed|ing)\s+(?:for|on\s+behalf\s+of|under)|on\s+the\s+payroll\s+of|acting\s+for|ties\s+(?:it\s+|them\s+|him\s+)?(?:to|with)|links?\s+(?:it\s+|them\s+|him\s+|[\w-]+\s+)?(?:to|with)|links\s+to|connected\s+[^.;,]{1,40}?\s+to|contracted\s+(?:by|to|for)|assess\w*\s+to\s+be\s+(?:part\s+of|run\s+by)|on\s+behalf\s+of|at\s+the\s+behest\s+of|works?\s+as\s+an?\s+contractor\s+(?:for|to)"
    r"|tak(?:es|e|ing)\s+(?:its\s+|their\s+)?orders\s+from|st(?:ands|ood)\s+for|ties?\s+[^.;]{0,30}?\s+to|supporting|supports?(?=\s+(?:the\s+)?[A-Z]))(?!\w)",
    re.I,
)
_NAMES = re.compile(
    r"(?<![\w-])(?:(?:is|are|was|were)?\s*(?:also\s+|better\s+|commonly\s+|otherwise\s+|formerly\s+|previously\s+|sometimes\s+|now\s+|variously\s+|once\s+|widely\s+|elsewhere\s+|publicly\s+|usually\s+)+(?:known|tracked|called|referred\s+to|named|labelled|labeled|identified|dubbed|monitored)(?:\s+by\s+[\w\s]{2,30}?)?(?:\s+as)?"
    r"|a\.?k\.?a\.?|(?:known|tracked)\s+(?:to\s+[\w ]{2,30}?\s+|by\s+[\w ]{2,30}?\s+|elsewhere\s+|in\s+the\s+industry\s+)?as|is\s+tracked\s+(?:by\s+[\w ]{2,40}?\s+)?as|(?:formerly|previously)(?:\s+(?:the|named|called|known\s+as))?(?=\s+[A-Z“\"])|(?:renamed|rebranded)(?:\s+(?:itself|as|to))*"
    r"|(?:under|by|using)\s+the\s+(?:names?|alias(?:es)?|handles?|monikers?|nicknames?|brand)(?:\s+of)?|alias(?:es)?|(?:dubbed|nicknamed)|(?:trades?|trading|operat(?:es|ing)|resurfaced|re-emerged|rebranded|registered)\s+(?:\w+\s+)?as|under\s+(?:the\s+banner|its\s+(?:registered|new|former|current)\s+name)(?:\s+of)?|(?:track|know|follow|monitor)s?\s+(?:[\w\s]{2,40}?\s+)?(?:activity|group|unit|actor|cluster|company|firm)\s+as|(?:whom|which|that)\s+(?:[A-Z]\w*|other\s+vendors|other\s+researchers|some\s+vendors|researchers|others|vendors|analysts)(?:\s+[A-Z]\w*)?\s+(?:calls?|tracks?(?:\s+as)?|names?|dubs?|knows?\s+as|labels?)"
    r"|(?:calls?|tracks)\s+(?:it|the\s+group|the\s+actor|them|the\s+same\s+\w+|him|itself|himself)(?:\s+as)?|wrote\s+about\s+it\s+as|who\s+(?:calls|goes\s+by)(?:\s+himself)?|goes\s+by|(?:is|are)\s+(?:not\s+)?the\s+same\s+(?:(?:thing|group|actor|entity|company|team|people|outfit|crew)\s+)?as|(?:is|was)\s+(?:simply\s+|just\s+|in\s+fact\s+|merely\s+)?another\s+name\s+for|overlaps?\s+with|successor\s+(?:of|to)|the\s+new\s+name\s+of|successor)(?!\w)",
    re.I,
)
_GENERIC_HEAD = re.compile(
    r"(?:hackers|actors?|group|network|botnet|malware|backdoor|trojan|tool|software|crew|cluster|campaign|operation|unit|outfit|gang|team|hacker|operators|what is|persona|personas)\s*,?\s*(?:\w+\s+)?$",
    re.I,
)
_PLACE_WORD = r"(?:[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'-]+|of|and\s+[A-Z]\w+))*(?:,\s*[A-Z][\w’'-]+(?:\s+[A-Z]\w+)?)?)"
_BASED = re.compile(
    rf"(?<![\w-])(?:based|headquartered|located|registered|established|incorporated|domiciled|seated|residing|resident|lives|living|operat\w+\s+(?:out\s+of|from)|(?:has|with)\s+(?:its|a)\s+(?:head\s+office|headquarters|seat)|has\s+its\s+seat|offices)\s+(?:in|at|out\s+of|from)?\s*(?:the\s+)?(?P<p>{_PLACE_WORD})"
)
_PREBASED = re.compile(r"(?<![\w-])(?P<p>[A-Z][\w’']+(?:\s[A-Z]\w+)?)-based(?!\w)")
_FROM = re.compile(
    r"(?<![\w-])(?:(?:an?|the)\s+(?:[\w-]+\s+){1,3}?(?:from|in)\s+(?P<p>[A-Z][\w’'-]+)(?=[,.;]|\s*$))|the\s+(?P<q>[A-Z][a-z]+)\s+(?:contractor|company|firm|outfit|broker|hacker)(?=\s+(?:whose|that|which|behind|and)|[,.])"
)
_IS = re.compile(r"\b(?:is|was|are|were|has|have)\s+(?:[\w-]+\s+){0,2}$")
_LEADS = re.compile(
    r"(?<![\w-])(?:(?:is|was|as|became|,)?\s*(?:the\s+|its\s+|a\s+)?(?:[\w-]+\s+){0,2}?(?:head|chief|leader|commander|director|founder|co-?founder|founders|co-?founders|ceo|chief executive(?:\s+officer)?|chairman|president|minister|boss|manager|deputy head|deputy commander|owner|overseer)(?:\s+and\s+(?:[\w-]+\s+){1,3}?(?:head|director|founder|owner|manager|chief|executive))?\s+of|(?:founded|co-founded|led|headed|commanded|chaired|run|set\s+up)\s+by|leads?|led|heads?|headed|founded|co-?founded|commands?|commanded|chaired)(?!\w)",
    re.I,
)
_TITLE = re.compile(
    r"\b(?:chief executive(?: officer)?|chief operating officer|ceo|founders?|co-founders?|chairman|managing director|head|boss|commander|director|chief)\s+(?=[A-Z])",
    re.I,
)
_OWNS = re.compile(
    r"(?<![\w-])(?:owns|owned(?!\s+by\s+the\s+state)|(?:a\s+|wholly[- ]owned\s+)?subsidiar(?:y|ies)\s+of|(?:hold|holds|held|has)\s+(?:a|an|the)\s+(?:[\w%.-]+\s+){0,3}?(?:stake|shares?|interest)\s+in|(?:majority\s+)?(?:share|stake)holders?\s+(?:of|in)|acquired|parent\s+(?:company|firm)\s+of|controlled\s+a\s+front|sole\s+owner\s+of|owned\s+by)(?!\w)",
    re.I,
)
_OPERATES = re.compile(
    r"(?<![\w-])(?:(?P<by>(?:was|were|is|are|been|being)\s+(?:[\w-]+\s+){0,2}?(?:run|operated|controlled|managed|built|maintained|administered|created|developed)\s+by|(?:run|operated|controlled|managed|built|maintained|administered)\s+by)|runs?|ran|running|operat(?:es|ed|e|ing)|controls?|controlled|controlling|manag(?:es|ed|ing)|built|maintain(?:s|ed|ing)|administer(?:s|ed|ing)|set\s+up|creat(?:es|ed)|(?:the\s+)?(?:maker|operator|developer|author)s?\s+of|develop(?:s|ed))(?!\w)",
    re.I,
)
_OPERATED = re.compile(
    r"\b(?:networks?|botnets?|infrastructure|platforms?|persona[s]?|channels?|websites?|sites?|exchange|hosting|relay|proxies|servers?|devices|campaigns?|domains?|services?)\b",
    re.I,
)
_DOMAIN = re.compile(r"\b(?:website|web site|domains?|site|homepage|portal)\b", re.I)
STATE = ("sponsor",)
BODIES = ("sponsor", "party", "actor")


def tie_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """All relations that a sentence states between parties, actors, sponsors and places."""
    drafts: list[Draft] = []
    drafts += _fronts(scene, discourse)
    drafts += _belongs(scene, discourse, drafts)
    drafts += _same(scene, discourse)
    drafts += _located(scene, discourse)
    drafts += _leads(scene, discourse)
    drafts += _owns(scene, discourse)
    drafts += _operates(scene, discourse)
    drafts += _domains(scene)
    return drafts


def _objects_after(scene: Scene, place: int, kinds: tuple[str, ...], reach: int = 110) -> list[Item]:
    """The first fitting name after a place, with those coordinated to it."""
    stop = re.search(
        r"\b(?:which|who|whose|because|while|although|after|before|when|since|targeting|through which|and has|and have|and is|and was|whose|that)\b|[;:]",
        scene.text[place : place + 260],
    )
    limit = place + (stop.start() if stop else 260)
    found: list[Item] = []
    for item in scene.items:
        if item.kind not in kinds or item.start < place or item.start >= limit or item.extra == "word":
            continue
        if not found:
            if item.start - place > reach:
                break
            found.append(item)
            continue
        between = scene.text[found[-1].end : item.start]
        if re.fullmatch(r"\s*(?:\([^)]*\)\s*)?(?:,|,?\s*and|,?\s*or|,?\s*as well as|/)\s*(?:[\w'’]+\s+){0,4}", between):
            found.append(item)
        elif not re.fullmatch(r"\s*\(\s*", between):
            break
    return found


def _subjects(scene: Scene, place: int, discourse: Discourse, want: str = "any") -> list[Item]:
    return [
        item
        for item in subjects_of(scene, place, discourse, want=want)
        if item.kind != "authority" and item.extra != "malware"
    ]


def _nearest_left(
    scene: Scene, place: int, kinds: tuple[str, ...], discourse: Discourse, reach: int = 45
) -> list[Item]:
    """The name that a noun phrase or participle qualifies: the one just before it."""
    before = [item for item in scene.items if item.kind in kinds and item.end <= place and item.extra != "word"]
    if not before or place - before[-1].end > reach:
        return []
    last = before[-1]
    return discourse.resolve(last) if last.kind == "anaphor" else [last]


def _fronts(scene: Scene, discourse: Discourse) -> list[Draft]:
    drafts = []
    for cue in _FRONT.finditer(scene.text):
        objects = _objects_after(scene, cue.end(), BODIES)
        subjects = _nearest_left(
            scene, cue.start(), ("party", "unknown", "anaphor", "parties"), discourse
        ) or _subjects(scene, cue.start(), discourse)
        drafts += _joined(scene, discourse, cue, subjects, "fronts_for", objects)
    return drafts


def _belongs(scene: Scene, discourse: Discourse, earlier: list[Draft]) -> list[Draft]:
    drafts = []
    fronted = {(d.subject.ref, d.object.ref) for d in earlier}
    for cue in _BELONG.finditer(scene.text):
        words = cue.group().lower()
        by_person = bool(
            re.search(r"officer|member|employee|operative|agent|official|staff|work|serv|payroll|employ|hired", words)
        )
        kinds = (
            BODIES
            if by_person
            or re.search(
                r"part|belong|linked|tied|associated|affiliated|ties|links|arm|unit|connected|contractor|subgroup|support|attribut|behalf",
                words,
            )
            else (*STATE, "party")
        )
        objects = _objects_after(scene, cue.end(), kinds, reach=60)
        if not objects:
            continue
        subjects = []
        if not re.match(r"(?:is|are|was|were|be|been|belongs?|works?|worked|answers?|reports?)", words):
            subjects = _nearest_left(
                scene, cue.start(), ("party", "unknown", "parties", "class", "actor"), discourse, reach=6
            )
        if re.match(r"(?:ties?\b|links?|attribut)", words):
            antecedent = re.search(r",?\s+(?:whom|which|that)\s+", scene.text[: cue.start()])
            if antecedent:
                subjects = _before(scene, antecedent.start())
            inner = [
                i
                for i in scene.items
                if i.kind in ("actor", "party", "class", "anaphor") and cue.start() <= i.start < objects[0].start
            ]
            inner = [one for i in inner for one in (discourse.resolve(i) if i.kind == "anaphor" else [i])]
            subjects = inner or subjects
        subjects = subjects or _subjects(scene, cue.start(), discourse)
        subjects = [s for s in subjects if s.kind != "sponsor" or objects[0].kind == "sponsor"]
        objects = [o for o in objects if (subjects[0].ref if subjects else None, o.ref) not in fronted]
        if words.startswith("support") and not any(o.kind in ("sponsor", "actor") for o in objects):
            continue
        drafts += _joined(scene, discourse, cue, subjects, "belongs_to", objects)
    return drafts


def _before(scene: Scene, place: int) -> list[Item]:
    """The coordinated names that end just before a place: "neither A nor B, whom …"."""
    found: list[Item] = []
    for item in reversed(
        [i for i in scene.items if i.end <= place and i.kind in ("party", "actor", "unknown", "class")]
    ):
        if not found or re.fullmatch(r"\s*(?:,|,?\s*and|nor|or)\s*", scene.text[item.end : found[-1].start]):
            found.append(item)
        else:
            break
    return found[:1]


def _joined(
    scene: Scene, discourse: Discourse, cue: re.Match[str], subjects: list[Item], predicate: str, objects: list[Item]
) -> list[Draft]:
    start, end = clause_at(scene.text, cue.start())
    said = said_in(scene.text, start, end, cue.start())
    when = None
    quantifier = _quantifier(scene.text[max(0, cue.start() - 40) : cue.end()])
    return [
        Draft(subject, predicate, thing, said, when, quantifier=quantifier)
        for subject in subjects[:3]
        for thing in objects[:4]
        if (subject.ref or subject.text) != (thing.ref or thing.text)
    ]


def _quantifier(text: str) -> str | None:
    match = re.search(
        r"\b(mostly|typically|usually|generally|mainly|most|all|always|predominantly|chiefly)\b", text, re.I
    )
    return match[1].lower() if match else None


def _same(scene: Scene, discourse: Discourse) -> list[Draft]:
    drafts = []
    text = scene.text
    for cue in _NAMES.finditer(text):
        before = text[: cue.start()]
        plain = re.match(r"(?:is\s+)?(?:known|tracked)\s+|dubbed|nicknamed|under|by|using", cue.group().strip(), re.I)
        if plain and _GENERIC_HEAD.search(before):
            continue
        names = _name_list(scene, cue.end())
        if not names:
            continue
        near = [
            i
            for i in scene.items
            if i.end <= cue.start()
            and i.kind in ("actor", "party", "sponsor", "malware", "tool", "unknown", "anaphor")
            and i.extra != "word"
        ]
        if not near and cue.start() < 3:
            later = [i for i in scene.items if i.start > names[-1].end and i.kind in ("actor", "party", "anaphor")]
            subjects = [
                one for i in later[:1] for one in (discourse.resolve(i, want="actor") if i.kind == "anaphor" else [i])
            ]
        elif not near:
            subjects = (
                discourse.actors[-1:]
                if re.search(r"wrote about it|calls|track|know|monitor|follow", cue.group())
                else []
            )
        elif near[-1].kind == "anaphor":
            subjects = discourse.resolve(near[-1], want="actor" if near[-1].extra in ("group", "any") else "any")
        else:
            owner = (
                near[0]
                if re.match(r"(?:was|is|are|were)\b", cue.group().strip(), re.I)
                and near[0].kind != "anaphor"
                and "," not in text[near[0].end : cue.start()]
                else near[-1]
            )
            subjects = [owner]
        start, end = clause_at(text, cue.start())
        said = said_in(text, start, end, cue.start() + (len(cue.group()) if "not" in cue.group() else 0))
        drafts += [
            Draft(s, "same_as", n, said)
            for s in subjects[:1]
            for n in names[:6]
            if (n.ref is None or n.text.lower() != s.text.lower())
        ]
    for match in re.finditer(
        r"\((?:also |aka |a\.k\.a\. |formerly |tracked as |also known as |or )?([^()]{3,80})\)", text
    ):
        named = [i for i in scene.items if i.kind in ("actor", "malware") and 0 <= match.start() - i.end <= 1]
        inside = [
            i
            for i in scene.items
            if i.kind in ("actor", "malware", "unknown")
            and match.start() < i.start
            and i.end <= match.end()
            and i.extra not in ("person", "company")
        ]
        if named and inside and not re.search(r"\bCVE|\d{4}\)", match.group()):
            said = said_in(text, *clause_at(text, match.start()), match.start())
            drafts += [Draft(named[0], "same_as", name, said._replace(negated=False)) for name in inside[:5]]
    return drafts


def _name_list(scene: Scene, place: int) -> list[Item]:
    found: list[Item] = []
    last = place
    for item in scene.items:
        if item.start < place or item.kind not in (
            "actor",
            "party",
            "malware",
            "tool",
            "unknown",
            "sponsor",
            "campaign",
        ):
            continue
        between = scene.text[last : item.start]
        limit = (
            r"\s*(?:by\s+[\w\s]{2,40}?\s+as\s+)?[\"“‘'(]?(?:the\s+)?[\"“‘']?"
            if not found
            else r"[\"”’')]?\s*(?:,|,?\s*and|,?\s*or|/)\s*(?:(?:[A-Z][\w]*|others|IBM|also|sometimes|by)\s+(?:[A-Z]\w+\s+)?(?:as\s+)?)?(?:as\s+)?(?:the\s+)?[\"“‘']?"
        )
        if not re.fullmatch(limit, between):
            break
        found.append(item)
        last = item.end
    return found


def _located(scene: Scene, discourse: Discourse) -> list[Draft]:
    drafts = []
    text = scene.text
    kinds = ("party", "actor", "unknown", "anaphor")
    for match in (*_BASED.finditer(text), *_PREBASED.finditer(text), *_FROM.finditer(text)):
        if _inside(scene, match.start(), ("parties",)):
            continue
        near = [i for i in scene.items if i.kind in kinds and i.extra not in ("word", "malware")]
        before = [i for i in near if i.end <= match.start()]
        if match.re is _BASED:
            start, _ = clause_at(text, match.start())
            inside = [i for i in before if i.start >= start]
            chosen = (
                before[-1:]
                if opens_relative(text, start) or not inside
                else inside[:1]
                if _IS.search(text[: match.start()])
                else inside[-1:]
            )
        else:
            # "X, a Beijing-based firm", "X, a broker from Shanghai"; else the name that follows: "Beijing-based X"
            beside = [
                i
                for i in before
                if re.fullmatch(
                    r"[\s,*]*(?:\([^)]*\))?[\s,*]*(?:is|was)?\s*(?:an?|the)?\s*(?:[\w-]+\s+){0,3}",
                    text[i.end : match.start()],
                )
            ]
            after = [i for i in near if 0 <= i.start - match.end() < 40]
            chosen = beside[-1:] or (after[:1] if match.re is _PREBASED else [])
        place = match.groupdict().get("p") or match.groupdict().get("q") or ""
        if (
            match.re is _FROM
            and place.lower() not in PLACES
            and place.lower() not in COUNTRY_NAMES
            and place.lower() not in CAPITALS
        ):
            continue
        for item in chosen:
            subjects = discourse.resolve(item) if item.kind == "anaphor" else [item]
            for subject in subjects[:1]:
                if subject.kind in ("party", "actor", "unknown"):
                    code = COUNTRY_NAMES.get(place.split(",")[-1].strip().lower()) or CAPITALS.get(
                        place.split(",")[0].strip().lower()
                    )
                    said = said_in(text, *clause_at(text, match.start()), match.start())
                    drafts.append(Draft(subject, "located_in", made("place", place, (code,) if code else ()), said))
    return drafts


def _inside(scene: Scene, place: int, kinds: tuple[str, ...]) -> bool:
    return any(item.kind in kinds and item.start <= place < item.end for item in scene.items)


def _leads(scene: Scene, discourse: Discourse) -> list[Draft]:
    drafts = []
    for cue in _LEADS.finditer(scene.text):
        bodies = _objects_after(scene, cue.end(), ("party", "sponsor", "actor", "unknown"), reach=30)
        if re.search(r"by$", cue.group().strip(), re.I):
            people = [b for b in bodies if discourse.is_person(b)]
            bodies = [i for i in _subjects(scene, cue.start(), discourse) if not discourse.is_person(i)]
        else:
            people = [
                i
                for i in _nearest_left(scene, cue.start(), ("party", "unknown", "anaphor"), discourse, reach=25)
                if discourse.is_person(i)
            ]
            people = people or [i for i in _subjects(scene, cue.start(), discourse) if discourse.is_person(i)]
        bodies = [b for b in bodies if not discourse.is_person(b) and b.extra in ("", "company")]
        drafts += _joined(scene, discourse, cue, people[:2], "leads", bodies[:1])
    for match in _TITLE.finditer(scene.text):  # "chief executive Wu Haibo": of the body named before, else last
        people = [
            p
            for p in scene.items
            if p.kind in ("party", "unknown") and 0 <= p.start - match.end() <= 2 and discourse.is_person(p)
        ]
        bodies = [
            b
            for b in scene.items
            if b.kind in ("party", "sponsor") and b.end <= match.start() and not discourse.is_person(b)
        ][-1:] or discourse.companies[-1:]
        if people and bodies:
            said = said_in(scene.text, *clause_at(scene.text, match.start()), match.start())
            drafts += [Draft(p, "leads", bodies[0], said._replace(negated=False)) for p in people]
    for item in scene.items:  # "the i-Soon founders Wu Haibo and Chen Cheng"
        cue_after = re.match(
            r"(?:['’]s)?\s+(?:co-)?(?:founders?|chief executive|ceo|head|director|commander|boss)\s*,?\s+",
            scene.text[item.end : item.end + 40],
            re.I,
        )
        if item.kind in ("party", "sponsor") and cue_after and not discourse.is_person(item):
            people = [
                p
                for p in _objects_after(scene, item.end + cue_after.end() - 1, ("party", "unknown"), reach=4)
                if discourse.is_person(p)
            ]
            said = said_in(scene.text, *clause_at(scene.text, item.start), item.start)
            drafts += [Draft(p, "leads", item, said._replace(negated=False)) for p in people[:3]]
    return drafts


def _owns(scene: Scene, discourse: Discourse) -> list[Draft]:
    drafts = []
    for cue in _OWNS.finditer(scene.text):
        things = _objects_after(scene, cue.end(), ("party", "unknown"), reach=60)
        subjects = _subjects(scene, cue.start(), discourse, want="party")
        subjects = [s for s in subjects if s.kind in ("party", "unknown", "sponsor")]
        words = cue.group().lower()
        if "subsidiar" in words or words.endswith("by"):
            subjects, things = things, subjects
        things = [t for t in things if t.extra not in ("person", "malware")]
        drafts += _joined(scene, discourse, cue, subjects[:1], "owns", things[:2])
    return drafts


def _operates(scene: Scene, discourse: Discourse) -> list[Draft]:
    drafts = []
    text = scene.text
    for cue in _OPERATES.finditer(text):
        start, end = clause_at(text, cue.start())
        if cue["by"]:
            operators = [i for i in _objects_after(scene, cue.end(), ("party", "actor", "sponsor"), reach=30)]
            things = [
                i
                for i in scene.items
                if i.kind in ("malware", "tool", "unknown")
                and i.end <= cue.start()
                and i.extra in ("", "malware", "name")
            ][-1:]
            if not things and (
                noun := re.search(
                    r"\b(?:the|an?|this|that)\s+(?:[\w-]+\s+){0,4}?(?:network|botnet|infrastructure|platform|campaign)\b",
                    text[: cue.start()],
                    re.I,
                )
            ):
                things = [made("infrastructure", noun.group())]
        else:
            operators = [
                i
                for i in _subjects(scene, cue.start(), discourse)
                if i.kind in ("party", "actor", "sponsor", "unknown") and i.extra != "malware"
            ]
            stop = next(
                (
                    m.start() + cue.end()
                    for m in re.finditer(
                        r"[,;:.]|\b(?:which|that|who|to|for|from|since|after|whose|against|through|under)\b",
                        text[cue.end() :],
                    )
                ),
                len(text),
            )
            named = [
                i
                for i in scene.items
                if i.kind in ("malware", "unknown")
                and cue.end() <= i.start < end
                and i.extra in ("", "malware", "name")
                and i.start - cue.end() < 60
            ]
            phrase = text[cue.end() : stop]
            things = (
                named[:1]
                if named
                and (
                    _OPERATED.search(text[cue.end() : end]) or named[0].kind == "malware" or named[0].extra == "malware"
                )
                else []
            )
            if not things and _OPERATED.search(phrase) and len(phrase) < 90:
                things = [made("infrastructure", phrase.strip(" ,"))]
        drafts += _joined(scene, discourse, cue, operators[:2], "operates", things)
    return drafts


def _domains(scene: Scene) -> list[Draft]:
    drafts: list[Draft] = []
    if not _DOMAIN.search(scene.text):
        return drafts
    for match in re.finditer(r"(?<![\w@./-])((?:[a-z0-9-]+(?:\[?\.\]?))+[a-z]{2,10})(?![\w/])", scene.text, re.I):
        owners = scene.of("party", "actor")
        value = match[1].replace("[", "").replace("]", "").lower()
        if owners and "." in value:
            said = said_in(scene.text, *clause_at(scene.text, match.start()), match.start())
            drafts.append(Draft(owners[0], "has_domain", made("domain", value, (value,)), said))
    return drafts
