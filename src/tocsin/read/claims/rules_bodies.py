"""Where a party is, who leads or owns it, what it operates, which domains are its."""

from __future__ import annotations

import re
from itertools import pairwise

from tocsin.names.places import CAPITALS, COUNTRY_NAMES
from tocsin.names.words import PLACES
from tocsin.read.claims.anycase import lowered
from tocsin.read.claims.clauses import clause_at, opens_relative, said_in
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft, made
from tocsin.read.claims.joining import joined, nearest_left, objects_after, subjects_near
from tocsin.read.claims.scene import Scene

_PLACE_WORD = r"(?:[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'-]+|of|and\s+[A-Z]\w+))*(?:,\s*[A-Z][\w’'-]+(?:\s+[A-Z]\w+)?)?)"
_BASED = re.compile(
    rf"(?<![\w-])(?:based|headquartered|located|registered|established|incorporated|domiciled|seated|residing|resident|lives|living|operat\w+\s+(?:out\s+of|from)|(?:has|with)\s+(?:its|a)\s+(?:head\s+office|headquarters|seat)|has\s+its\s+seat|offices)\s+(?:in|at|out\s+of|from)?\s*(?:the\s+)?(?P<p>{_PLACE_WORD})"
)
_PREBASED = re.compile(r"(?<![\w-])(?P<p>[A-Z][\w’']+(?:\s[A-Z]\w+)?)-based(?!\w)")
_FROM = re.compile(
    r"(?<![\w-])(?:(?:an?|the)\s+(?:[\w-]+\s+){1,3}?(?:from|in)\s+(?P<p>[A-Z][\w’'-]+)(?=[,.;]|\s*$))|the\s+(?P<q>[A-Z][a-z]+)\s+(?:contractor|company|firm|outfit|broker|hacker)(?=\s+(?:whose|that|which|behind|and)|[,.])"
)
_IS = re.compile(r"\b(?:is|was|are|were|has|have)\s+(?:[\w-]+\s+){0,2}$")
_LEADS = lowered(
    r"(?<![\w-])(?:(?:is|was|as|became|,)?\s*(?:the\s+|its\s+|a\s+)?(?:[\w-]+\s+){0,2}?(?:head|chief|leader|commander|director|founder|co-?founder|founders|co-?founders|ceo|chief executive(?:\s+officer)?|chairman|president|minister|boss|manager|deputy head|deputy commander|owner|overseer)(?:\s+and\s+(?:[\w-]+\s+){1,3}?(?:head|director|founder|owner|manager|chief|executive))?\s+of|(?:founded|co-founded|led|headed|commanded|chaired|run|set\s+up)\s+by|leads?|led|heads?|headed|founded|co-?founded|commands?|commanded|chaired|runs?|ran)(?!\w)",
)
_TITLE = lowered(
    r"\b(?:chief executive(?: officer)?|chief operating officer|ceo|founders?|co-founders?|chairman|managing director|head|boss|commander|director|chief)\s+(?=[A-Z])",
)
_OWNS = lowered(
    r"(?<![\w-])(?:owned\s+by|owns|owned(?!\s+by)|(?:a\s+|wholly[- ]owned\s+)?subsidiar(?:y|ies)\s+of|(?:hold|holds|held|has)\s+(?:a|an|the)\s+(?:[\w%.-]+\s+){0,3}?(?:stake|shares?|interest)\s+in|(?:majority\s+)?(?:share|stake)holders?\s+(?:of|in)|acquired|parent\s+(?:company|firm)\s+of|controlled\s+a\s+front|sole\s+owner\s+of)(?!\w)",
)
_OPERATES = lowered(
    r"(?<![\w-])(?:(?P<by>(?:was|were|is|are|been|being)\s+(?:[\w-]+\s+){0,2}?(?:run|operated|controlled|managed|built|maintained|administered|created|developed)\s+by|(?:run|operated|controlled|managed|built|maintained|administered)\s+by)|runs?|ran|running|operat(?:es|ed|e|ing)|controls?|controlled|controlling|manag(?:es|ed|ing)|built|maintain(?:s|ed|ing)|administer(?:s|ed|ing)|set\s+up|creat(?:es|ed)|(?:the\s+)?(?:maker|operator|developer|author)s?\s+of|develop(?:s|ed))(?!\w)",
)
_OPERATED = re.compile(
    r"\b(?:networks?|botnets?|infrastructure|platforms?|persona[s]?|channels?|websites?|sites?|exchange|hosting|relay|proxies|servers?|devices|campaigns?|domains?|services?)\b",
    re.I,
)
_DOMAIN = re.compile(r"\b(?:website|web site|domains?|site|homepage|portal)\b", re.I)


_LEADING = (
    *(
        "head",
        "chief",
        "lead",
        "led ",
        "command",
        "direct",
        "found",
        "ceo",
        "executive",
        "chair",
        "president",
        "minister",
    ),
    *("boss", "manager", "owner", "overseer", "run by", "set up"),
)


def body_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """What a sentence states of parties as bodies: seat, head, owner, infrastructure, domains."""
    return [
        *_located(scene, discourse),
        *_leads(scene, discourse),
        *_owns(scene, discourse),
        *_operates(scene, discourse),
        *_domains(scene),
    ]


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
    for cue in _LEADS.finditer(scene.lower) if scene.has(_LEADING) else ():
        bodies = objects_after(scene, cue.end(), ("party", "sponsor", "actor", "unknown"), reach=30)
        if re.search(r"by$", cue.group().strip(), re.I):
            people = [b for b in bodies if discourse.is_person(b)]
            bodies = [i for i in subjects_near(scene, cue.start(), discourse) if not discourse.is_person(i)]
        else:
            people = [
                i
                for i in nearest_left(scene, cue.start(), ("party", "unknown", "anaphor"), discourse, reach=25)
                if discourse.is_person(i)
            ]
            people = people or [i for i in subjects_near(scene, cue.start(), discourse) if discourse.is_person(i)]
        bodies = [b for b in bodies if not discourse.is_person(b) and b.extra in ("", "company")]
        drafts += joined(scene, discourse, cue, people[:2], "leads", bodies[:1])
    for match in (
        _TITLE.finditer(scene.lower) if scene.has(_LEADING) else ()
    ):  # "chief executive Wu Haibo": of the body named before, else last
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
                for p in objects_after(scene, item.end + cue_after.end() - 1, ("party", "unknown"), reach=4)
                if discourse.is_person(p)
            ]
            said = said_in(scene.text, *clause_at(scene.text, item.start), item.start)
            drafts += [Draft(p, "leads", item, said._replace(negated=False)) for p in people[:3]]
    return drafts


def _owns(scene: Scene, discourse: Discourse) -> list[Draft]:
    drafts = []
    for cue in _OWNS.finditer(scene.lower):
        things = objects_after(scene, cue.end(), ("party", "unknown", "sponsor"), reach=60)
        subjects = subjects_near(scene, cue.start(), discourse, want="party")
        subjects = [s for s in subjects if s.kind in ("party", "unknown", "sponsor")]
        words = cue.group().lower()
        if "subsidiar" in words or words.endswith("by"):
            subjects, things = things, subjects
        things = [t for t in things if t.extra not in ("person", "malware")]
        drafts += joined(scene, discourse, cue, subjects[:1], "owns", things[:2])
    text = scene.text
    parties = scene.of("party", "unknown")
    for one, other in pairwise(parties):
        between = text[one.end : other.start]
        said = said_in(text, *clause_at(text, one.start), one.start)._replace(negated=False)
        if discourse.is_person(other) and re.fullmatch(r"\s*,?\s*(?:and\s+)?its\s+(?:sole\s+)?owner,?\s+", between):
            drafts.append(Draft(other, "owns", one, said))  # "X and its owner Y"
        elif discourse.is_person(one) and re.fullmatch(
            r"\s*,?\s*and\s+(?:his|her)\s+(?:own\s+)?(?:company|firm|business),?\s+", between
        ):
            drafts.append(Draft(one, "owns", other, said))  # "Y and his company X"
    return drafts


def _operates(scene: Scene, discourse: Discourse) -> list[Draft]:
    drafts = []
    text = scene.text
    for cue in _OPERATES.finditer(scene.lower):
        _, end = clause_at(text, cue.start())
        if cue["by"]:
            operators = objects_after(scene, cue.end(), ("party", "actor", "sponsor"), reach=30)
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
                for i in subjects_near(scene, cue.start(), discourse)
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
        drafts += joined(scene, discourse, cue, operators[:2], "operates", things)
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
