"""Who sanctioned, delisted or indicted whom, when, and with what measure."""

from __future__ import annotations

import re

from tocsin.read.claims import lexicon as lex
from tocsin.read.claims.clauses import clause_at, date_near, possessive, said_in
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft, made
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.scene import Scene

PARTIES = ("party", "actor", "sponsor", "parties", "unknown", "anaphor", "class")
_LIST_NAME = r"(?:(?:[A-Z]\w+|the|its|their|cyber|sanctions?|OFAC['’]?s?|Treasury['’]?s?|SDN|EU|EU['’]s|Union['’]s|UK|UK['’]s|US|U\.S\.)\s+){0,5}?(?:sanctions?\s+(?:list|regime|register)s?|SDN(?:\s+list)?|specially designated nationals(?:\s+and blocked persons)?(?:\s+list)?|blacklists?|cyber(?:\s+sanctions)?\s+(?:list|regime)|(?:sanctions )?list(?!\s+of\s+(?:victims|targets|names))|annex(?:\s+[IVX]+)?|sanctions)"
_CUE = re.compile(
    rf"""(?<![\w-])(?:
    (?P<pass>(?:designated|sanctioned|listed|blacklisted)(?=,?\s+(?:under|pursuant\s+to|in\s+(?:\w+\s+)?\d{{4}}|on\s+\d|by\b))|(?:was|were|been|being|is|are|be|got|stands?|remains?|became)\s+(?:[\w-]+\s+){{0,3}}?(?:sanctioned|designated|blacklisted|listed|(?:added|named|placed|put|included|inscribed|entered)(?:\s+[\w-]+){{0,4}}?\s+(?:to|on|in|onto|under|into)\s+{_LIST_NAME}|(?:hit|targeted|named)\s+(?:with|by|in|under)\s+(?:[\w-]+\s+){{0,4}}?sanctions|named\s+(?:as well|too|itself)|under\s+(?:[\w-]+\s+){{0,3}}?sanctions|subject\s+to\s+(?:[\w-]+\s+){{0,3}}?sanctions|(?:added|included)(?=\s*(?:for\b|,|\.|as\s+well|too\b|on\s+\d|in\s+\w+\s+\d{{4}}|$))|(?:hit|placed|put)\b(?=\s+(?:at|on|by|under|as|in))))
  | (?P<on>(?:went|goes|came|got)\s+onto\s+{_LIST_NAME}|(?:made|makes)\s+(?:it\s+)?(?:onto\s+|on\s+|to\s+)?{_LIST_NAME}|(?:subject\s+to\s+the\s+(?:EU|US|U\.S\.|UK|British|American|European|Council)['’s]*\s+(?:\w+\s+)?(?:measures|sanctions))|(?:appears?|appeared|figures?|figured|is|are|was|were|features?|sits?|stands?|stay\w*)\s+(?:[\w-]+\s+){{0,2}}?(?:on|in)\s+{_LIST_NAME})
  | (?P<put>(?:added?|adds|adding|placed?|places|placing|put|puts|putting|nam(?:ed|es|ing)|includ(?:ed|es|ing)|inscribed)(?=\s+(?:(?!\b(?:which|who|because|while)\b)[^.;]){{1,160}}?\b(?:to|on|in|onto|under|into)\s+{_LIST_NAME}))
  | (?P<act>(?:to|not|never|did|will|would|could|yet\s+to)\s*,?\s*(?:however\s*,?\s*|also\s+|indeed\s*,?\s*|itself\s+)?(?:sanction|designate|list|blacklist)(?=\s)|(?:did|does|do)\s*,\s*(?:however|though|indeed|meanwhile)\s*,\s*(?:sanction|designate|list|blacklist)|added(?=\s+(?:the\s+)?(?:[A-Z]|two\b|three\b|four\b|five\b|six\b)[^;]{{0,200}}$)|(?:list|regime)\s+(?:gained|names|named|now\s+includes|includes)|sanctioned|sanctions(?=\s+(?!on\b|against\b|list|regime|were|was|are|is|imposed|announced|by\b|and\b|for\b|under\b|framework|package|evasion|programme|program|that|restrict|experts?|office|compliance|target|listing)[\w“"])|sanctioning|designat(?:ed|es|ing)|blacklist(?:ed|s|ing)|list(?:ed|s)(?=\s+(?!of\b|the\s+following|by\b|as\b|on\b)[\w“"])|listing(?=\s+(?!of\b)[A-Z])|(?:impos|slap|announc|unveil|levi|issu|adopt|appl|agree)\w*\s+(?:\w+\s+){{0,5}}?(?:sanctions|restrictive\s+measures|restrictions|penalties|asset\s+freezes?)(?:\s+(?:on|against|upon|targeting|over))?|(?:took|taken|take|takes|taking)\s+(?:\w+\s+){{0,3}}?(?:action|measures?)\s+against|(?:hit|hits|struck|targeted)\s+(?=[^.;]{{2,120}}?\bwith\s+(?:[\w-]+\s+){{0,3}}?sanctions)|(?:restrictive\s+measures|sanctions|measures|designations?|action|penalties|listings?)\s+(?:had\s+been\s+|were\s+|was\s+|are\s+|that\s+|[\w-]+\s+){{0,4}}?(?:on|against|aimed\s+at|targeting)(?!\s+(?:\w+\s+){{0,2}}(?:list|site|website))|followed\s+(?:suit\s+)?(?:on|in)\b[^.;]{{0,40}}?,\s+naming|named(?=\s+[A-Z][^.;]{{2,80}}?\s+in\s+(?:its|the)\s+(?:sanctions|listing))|acted\s+against|moved\s+against|moves\s+against|goes?\s+after|went\s+after|hits(?=\s+(?:\w+\s+){{1,5}}with\s+sanctions)|act\s+against)
  | (?P<join>(?:joined\s+(?:in\s+)?(?:the\s+)?(?:action|sanctions|move|measures|designations?|step)|followed(?=\s+(?:on|in|that|the|a|two|three|six)\b)|followed\s+suit|did\s+(?:the\s+same|likewise|so\s+too)|had\s+moved|moved\s+(?:together|first|earlier|in\s+parallel)|mirrored\s+the\s+(?:move|sanctions|listing))|took\s+(?:\w+\s+)?the\s+same\s+(?:step|measures?|action)(?!\s+against))
  | (?P<sim>(?:similar|earlier|previous|prior|parallel|matching|comparable|equivalent)\s+(?:[\w-]+\s+)?(?:designations?|sanctions|measures|listings?|actions?|steps?|moves?)\s+(?:[\w-]+\s+){{0,4}}?(?:by|from|in))
  | (?P<nom>(?:designations?|listings?|sanctioning|blacklisting|inclusion)\s+of)
  | (?P<head>^(?:The|Those|These)\s+(?:[\w-]+\s+){{0,2}}?(?:entities|companies|individuals|persons|people|firms|parties|names|men|designees|targets)\s+(?:are|were)(?=\s+[A-Z])|(?:(?:entit(?:y|ies)|compan(?:y|ies)|firms?|targets?|parties|names|individuals|persons|people|organi[sz]ations?)\s+)(?:targeted|sanctioned|designated|listed|named|blacklisted|hit|impacted|affected)(?:\s+(?:by|in|under)\s+[^.,;]{{2,50}}?)?\s+(?:is|are|was|were|include[sd]?)|(?:impacted|affected|sanctioned|designated|listed|targeted|new(?:ly)?\s+listed|blacklisted)\s+(?:[\w-]+\s+){{0,2}}?(?:entit(?:y|ies)|compan(?:y|ies)|firms?|targets?|parties|names|individuals|persons|people)\s+(?:include[sd]?|are|is|were|was))
  | (?P<de>(?:delist(?:ed|s|ing)|(?:removed|removes|removing|struck|dropped)(?=\s+[^.;]{{1,80}}?\b(?:from|off)\s+(?:\w+\s+){{0,3}}?(?:list|sanctions))|(?:lift(?:ed|s|ing)|end(?:ed|s))\s+(?:\w+\s+){{0,3}}?sanctions(?:\s+on|\s+against)?))
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_STOP = re.compile(
    r"\b(?:which|who|whose|whom|for (?!their|its)|over|because|after|accus\w+|linked to|tied to|involved in|said|says|when|while|that|focusing|effectively"
    r"|prohibit\w+|used by|behind|connected to|responsible|in connection|citing|describ\w+|known for|meaning|making|a front|an? [\w-]+ (?:of|for|in)|targeting|whether|better known|also known|through which|supporting|although|during|in exchange|by which)\b|[;:—]",
    re.IGNORECASE,
)
_RESUME = re.compile(
    r"\b(?:along with|together with|as well as|plus|alongside|in addition to|and also|naming|among them|including|and)\s+(?:(?:the|its|two|three|one of its|[\w-]+)\s+){0,4}$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\band\s+(?:the|its|his)\s+\w+\s+(?:who|that)\s+[^,.;]{2,40},\s*$")
_LISTS = (
    (re.compile(r"\b(?:SDN|specially designated nationals|OFAC)\b", re.I), "US"),
    (re.compile(r"\b(?:2019/796|EU['’]?s? cyber|EU-CYB)\b", re.I), "EU"),
    (re.compile(r"\b(?:OFSI|EU Exit)\b"), "UK"),
)
_PROGRAMMES = (
    (re.compile(r"\b13694\b"), "E.O. 13694"),
    (re.compile(r"\b13553\b"), "E.O. 13553"),
    (re.compile(r"\b13848\b"), "E.O. 13848"),
    (re.compile(r"\b13224\b|\bcounter-?terrorism\b|\bterroris[mt] (?:list|regime|sanctions)", re.I), "E.O. 13224"),
    (
        re.compile(
            r"\b(?:cyber[- ](?:sanctions )?(?:regime|list|listings?|sanctions|framework|diplomacy)|cyber (?:\w+ ){0,2}(?:regime|list)|2019/796|Cyber \(Sanctions\))",
            re.I,
        ),
        "cyber",
    ),
    (
        re.compile(
            r"\bhuman[- ]rights (?:\w+ ){0,2}(?:regime|sanctions|list|framework|authorit|order)|359/2011\b", re.I
        ),
        "human rights",
    ),
)
_NOT_LISTED = re.compile(
    r"\b(?:neither|nor|not (?:been |yet been |yet )?(?:listed|sanctioned|designated|on|appear\w*|added|put|imposed|act\w*|follow\w*|named|taken)|never|no (?:\w+ ){0,3}(?:individual|person|company|firm|entity|one|party|national|citizen|official)s? (?:has|have|was|were|is|are)"
    r"|has(?:n['’]t| not) (?:listed|sanctioned|designated)|have(?:n['’]t| not) (?:listed|sanctioned|designated)|did(?:n['’]t| not)|has yet to|have yet to|is(?:n['’]t| not) on|are(?:n['’]t| not) on|was(?:n['’]t| not)|were(?:n['’]t| not)|does(?:n['’]t| not)|do(?:n['’]t| not)"
    r"|neither name|no (?:\w+ ){0,3}sanctions|has no|yet to (?:act|follow|list|sanction)|refrained|stopped short|without (?:listing|sanctioning)|(?:none|no one) of)\b",
    re.IGNORECASE,
)
_INDICT = re.compile(
    r"(?<![\w-])(?:(?P<pass>(?:was|were|been|are|is|stand|stands|being)\s+(?:[\w-]+\s+){0,3}?(?:indicted|charged|named in (?:an|the) indictment|under indictment))|(?P<act>indict(?:ed|s|ing)|charg(?:ed|es|ing)(?=\s+(?:\w+\s+){0,2}[A-Z“\"a-z])|(?:unsealed|unsealing|announced|filed|brought|returned)\s+(?:\w+\s+){0,6}?(?:charges?|indictments?|complaints?|cases?)(?:\s+(?:against|charging|naming))?|(?:charges|indictments?|case)\s+(?:against|charging|naming)))(?!\w)",
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
    for cue in _CUE.finditer(scene.text):
        start, end = clause_at(scene.text, cue.start())
        if cue["nom"] or cue["head"]:
            end = len(scene.text)
        objects = _objects(scene, cue, start, end, discourse)
        authorities = _authorities(scene, cue, start, end, discourse)
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
        negated = bool(_NOT_LISTED.search(opening + " " + scene.text[max(0, start - 20) : min(end, cue.end() + 10)]))
        predicate = "delisted" if cue["de"] else "not_designated" if negated else "designated"
        when = date_near(scene, start, end, discourse)
        programme = _programme(scene.text[start:end])
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


def _programme(clause: str) -> str | None:
    return next((name for pattern, name in _PROGRAMMES if pattern.search(clause)), None)


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
        return _settled(_coordinated_back(text, before), discourse, text)
    if cue["join"]:
        # "Korinets followed on 27 January": who follows is a party; "Washington followed" on those listed before
        named = [item for item in before if item.kind in ("party", "actor")]
        acting = any(item.kind == "authority" and start <= item.start < cue.start() for item in scene.items)
        return list(discourse.listed) if acting or not named else named
    if cue["sim"]:
        return discourse.main[:1]  # "similar designations by the US" are of the party that the report is about
    stop = end
    for match in _STOP.finditer(text, cue.end(), end):
        stop = match.start()
        break
    things = [item for item in parties if cue.end() <= item.start < end]
    found: list[Item] = []
    for item in things:
        if item.kind == "unknown" and item.extra == "name" and not (found or item.start - cue.end() < 25):
            continue
        if item.start < stop or (
            item.start < len(text)
            and _RESUME.search(text[max(cue.end(), item.start - 60) : item.start])
            and found
            and item.kind not in ("anaphor", "class")
            and not (item.kind == "unknown" and item.extra == "name")
        ):
            found.append(item)
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
    return _settled(_without_owners(text, found), discourse, text)


def _without_owners(text: str, found: list[Item]) -> list[Item]:
    """ "Integrity Tech's founder": the owner of what is named is not what is named."""
    return [
        item for item in found if not re.match(r"['’]s?\s+\w", text[item.end : item.end + 4]) or item.kind == "parties"
    ]


def _coordinated_back(text: str, items: list[Item]) -> list[Item]:
    """The last name before a passive verb, with those that "and" or a comma ties to it. A name after a preposition that
    only describes the subject is not it: "Arabi, charged over …, was placed"."""
    if not items:
        return []
    subject = [items[0]]
    for item in items[1:]:
        between = text[subject[-1].end : item.start]
        if re.fullmatch(r"\s*(?:,|,?\s*and|,?\s*or|nor|,?\s*as well as)\s*(?:the\s+)?(?:\w+\s+){0,2}", between):
            subject.append(item)
        elif (
            subject[-1] is items[0]
            and items[0].kind in ("anaphor", "parties")
            and re.fullmatch(r"\s*(?:[–—:(-]|,?\s*namely|,?\s*among them|,)\s*", between)
        ):
            subject = [item]  # "the four - A, B, C and D - were": the names say who the four are
        elif re.search(r"\b(?:with|of|for|by|to|in|against|from|at|on|whose|over)\s+(?:the\s+)?(?:\w+\s+)?$", between):
            continue
        else:
            break
    return subject


def _settled(found: list[Item], discourse: Discourse, text: str) -> list[Item]:
    """Pointing words resolved, "entities and individuals" parted, each thing once."""
    out: list[Item] = []
    for number, item in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if (
            item.kind == "parties"
            and after is not None
            and re.fullmatch(r"(?:,|,?\s*namely|:|\s*[–—-])\s*", text[item.end : after.start])
        ):
            continue  # "two of its hackers, A and B": the names say who they are
        if item.kind == "anaphor":
            out += [one for one in discourse.resolve(item, want="party") if one.kind != "authority"]
        elif item.kind == "parties" and "|PE|" in item.extra and " and " in item.text:
            # "entities and individuals" are two claims: the one may be true without the other
            first, _, second = item.text.rpartition(" and ")
            person_last = bool(re.search(r"individual|person|people|national|men|women|hacker|offic", second, re.I))
            halves = ("E", "P") if person_last else ("P", "E")
            out += [
                item._replace(text=part, extra=item.extra.replace("|PE|", f"|{half}|"))
                for part, half in zip((first, second), halves, strict=True)
            ]
        elif (
            item.kind == "sponsor"
            and re.search(
                r"(?:front for|arm of|linked to|tied to|behalf of|employed by|run by)\s+(?:the\s+)?(?:\w+['’]?s?\s+){0,2}$",
                text[max(0, item.start - 30) : item.start],
            )
            and len(found) > 1
        ):
            continue
        else:
            out.append(item)
    seen: set[str] = set()
    return [one for one in out if not ((one.ref or one.text) in seen or seen.add(one.ref or one.text))]  # type: ignore[func-returns-value]


def _authorities(scene: Scene, cue: re.Match[str], start: int, end: int, discourse: Discourse) -> list[Item]:
    text = scene.text
    named = [
        item
        for item in scene.of("authority")
        if not re.match(r"['’]?-", text[item.end : item.end + 2])
        and not _BESIDE.search(text[max(0, item.start - 40) : item.start])
    ]
    after_by = [
        item
        for item in named
        if item.start >= cue.end()
        and re.search(
            r"\bby\s+(?:both\s+)?(?:the\s+)?(?:[\w'’.]+\s+){0,3}$",
            text[max(cue.end() - 1, item.start - 40) : item.start],
        )
    ]
    if cue["sim"]:
        later = [item for item in named if item.start >= cue.end()]
        return _together(text, named, later[0]) if later else []
    if after_by:
        return _together(text, named, after_by[0])
    left = [
        item
        for item in named
        if start <= item.start
        and item.end <= cue.start()
        and not _BESIDE.search(text[max(0, item.start - 40) : item.start])
    ]
    pronoun = re.match(r"\s*(?:It|They)\b", text[start:])
    if cue.group().lower() == "added" and not left and not pronoun:
        return []
    if left and (cue["act"] or cue["put"] or cue["de"] or cue["nom"] or cue["join"]):
        chosen = left[0] if len(left) == 1 else left[-1]
        return _together(text, named, chosen)
    for pattern, code in _LISTS:
        if pattern.search(text[start:end]):
            match = pattern.search(text[start:end])
            word = match.group() if match else code
            return [made("authority", word, (code,))]
    inside = [item for item in named if start <= item.start < end]
    if inside and not cue["act"] and not cue["de"]:
        return _together(text, named, inside[0])
    adjective = re.search(r"\b(European|American|British|Australian|Canadian|Japanese|Swiss)\b", text[start:end])
    if (
        adjective
        and adjective[1].lower() in lex.AUTHORITY_ADJECTIVES
        and re.search(r"\b(?:measures?|sanctions|list|blacklist|designations?|listings?)\b", text[start:end], re.I)
    ):
        return [made("authority", adjective[1], (lex.AUTHORITY_ADJECTIVES[adjective[1].lower()],))]
    if left:
        return [left[-1]]
    elsewhere = [item for item in named if item.end <= start]
    if elsewhere and (cue["act"] or cue["put"]):
        return [elsewhere[0]]
    context = discourse.listing_authority or discourse.authority
    return [context] if context is not None else []


# "followed London and Washington", "jointly with Canada", "in the United States": not the one that acts
_BESIDE = re.compile(
    r"\b(?:(?:in|into|to|from|against|within|across|travel to)\s+(?:the\s+)?|(?:followed|following|after|like|unlike|joined|joining|alongside|with|than)\s+(?:the\s+)?(?:[A-Z][\w.]*(?:\s+[A-Z]\w*)?\s+and\s+)?(?:the\s+)?)$"
)


def _together(text: str, named: list[Item], chosen: Item) -> list[Item]:
    """An authority with those that "and" ties to it: "the United States and the United Kingdom"."""
    group = [chosen]
    for item in named:
        if item is chosen or item.ref == chosen.ref:
            continue
        low, high = (chosen, item) if chosen.start < item.start else (item, chosen)
        between = text[low.end : high.start]
        if re.fullmatch(
            r"\s*(?:\([^)]*\)\s*)?(?:,|,?\s*(?:and|as well as|together with|along with))\s*(?:(?:the|both|later|by|its ally)\s+){0,2}(?:United Kingdom['’]s\s+)?",
            between,
        ) or (
            "and" in between
            and len(between) < 45
            and not re.search(r"\b(?:listed|sanctioned|designated|in|on|by)\b", between)
        ):
            group.append(item)
    return group


def _chain_back(text: str, items: list[Item]) -> list[Item]:
    """The last name before a place, with those that commas and "and" tie to it, titles between them allowed."""
    chain: list[Item] = []
    for item in reversed(items):
        if chain and not re.fullmatch(
            r"\s*(?:,|,?\s*and|,?\s*or)\s*(?:[a-z][\w'-]*\s+){0,4}", text[item.end : chain[0].start]
        ):
            break
        chain.insert(0, item)
    return chain


def indictment_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """Claims that prosecutors charged a party."""
    drafts: list[Draft] = []
    if not scene.has(("indict", "charg", "complaint", "case")):
        return drafts
    for cue in _INDICT.finditer(scene.text):
        start, end = clause_at(scene.text, cue.start())
        text = scene.text
        kinds = ("party", "unknown", "parties", "anaphor")
        reduced = cue.group().lower() in ("indicted", "charged") and re.match(
            r",?\s+(?:over|with|for|in|by|on|under)\b", text[cue.end() :]
        )
        if reduced and not cue["pass"]:
            before = [
                item
                for item in scene.items
                if item.kind in kinds
                and item.extra not in ("word", "malware")
                and not possessive(item)
                and item.end <= cue.start()
            ]
            objects = _chain_back(text, before)
        elif cue["pass"]:
            before = [
                item
                for item in scene.items
                if item.kind in kinds
                and item.extra not in ("word", "malware")
                and not possessive(item)
                and start <= item.start
                and item.end <= cue.start()
            ]
            if not before or re.match(r"\s*[–—-]\s*$", text[max(0, start - 3) : start]):
                before = [
                    item
                    for item in scene.items
                    if item.kind in kinds
                    and item.extra not in ("word", "malware")
                    and not possessive(item)
                    and item.end <= cue.start()
                ]
            objects = _coordinated_back(text, before)
        else:
            stop = next((m.start() for m in _STOP.finditer(text, cue.end(), len(text))), len(text))
            objects = [
                item
                for item in scene.items
                if item.kind in kinds
                and item.extra not in ("word", "malware")
                and not possessive(item)
                and cue.end() <= item.start
                and (item.start < stop or _RESUME.search(text[max(cue.end(), item.start - 60) : item.start]))
            ]
        objects = _settled(objects, discourse, text)
        if not objects:
            continue
        who = (
            next(iter(scene.of("prosecutor")), None)
            or next((item for item in scene.of("authority") if item.ref == "US"), None)
            or made("authority", "United States", ("US",))
        )
        said = said_in(text, start, end, cue.start())
        when = date_near(scene, start, end, discourse)
        drafts += [Draft(who._replace(refs=("US",)), "indicted", thing, said, when) for thing in objects]
    return drafts


_NO_MEASURE = re.compile(
    r"\b(?:not|never|no longer)\s+(?:\w+\s+)?(?:subject to|under|face[sd]?|covered|frozen|carry|include|impose|mean|bring|extend)|(?:does|do|did) not\s+(?:freeze|block|ban|bar)"
    r"|\bno (?:asset freeze|travel ban|entry ban)|\bwithout (?:an? )?(?:asset freeze|travel ban)",
    re.IGNORECASE,
)
_INTO = re.compile(r"\b(?:enter\w*|travel\w* to|into|in|out of|reach)\s+(?:the\s+)?$", re.IGNORECASE)


_MEASURE_STEMS = (
    *(
        "asset",
        "freez",
        "froz",
        "block",
        "fund",
        "resource",
        "travel",
        "enter",
        "entry",
        "visa",
        "ban",
        "barr",
        "bars ",
    ),
    *("prohibit", "forb", "transact", "business", "propert", "disqualif", "trust services", "out of the"),
)


def measure_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """Claims of what a listing does to a party; measures that a sentence states together of one party are one claim."""
    text = scene.text
    found: list[tuple[str, re.Match[str]]] = []
    if not scene.has(_MEASURE_STEMS):
        return []
    for name, pattern in lex.MEASURES:
        for match in pattern.finditer(text):
            found.append((name, match))
            break
    if not found:
        return []
    found.sort(key=lambda pair: pair[1].start())
    groups: list[list[tuple[str, re.Match[str]]]] = [[found[0]]]
    for pair in found[1:]:
        between = text[groups[-1][-1][1].end() : pair[1].start()]
        split = re.search(r"[;:.]|\bonly\b|\b(?:applies|apply) to\b", between) or re.search(
            r"\bonly\b", text[pair[1].end() : pair[1].end() + 60]
        )
        if split:
            groups.append([pair])
        else:
            groups[-1].append(pair)
    drafts: list[Draft] = []
    for group in groups:
        first = group[0][1]
        start, end = clause_at(text, first.start())
        parties = _measured(scene, first, group[-1][1], discourse)
        words = text[first.start() : group[-1][1].end()]
        said = said_in(text, start, end, first.start())
        # "may not make funds available" states a measure; only "is not subject to" and the like deny one
        said = said._replace(negated=bool(_NO_MEASURE.search(text[start:end])))
        name = "; ".join(dict.fromkeys(kind for kind, _ in group))
        authority = _whose(scene, discourse)
        for party in parties:
            thing = made("measure", words)
            drafts.append(Draft(party, "measure", thing, said, None, name, _programme(text), authority=authority))
    return drafts


def _whose(scene: Scene, discourse: Discourse) -> str | None:
    """Whose measure it is: the authority that the sentence names, the one whose territory is closed, else the last one."""
    if re.search(r"\bschengen\b", scene.text, re.IGNORECASE):
        return "EU"
    named = scene.of("authority")
    acting = [item for item in named if not _INTO.search(scene.text[: item.start])]
    if acting or named:
        return (acting or named)[0].ref
    return discourse.listing_authority.ref if discourse.listing_authority is not None else None


def _measured(scene: Scene, first: re.Match[str], last: re.Match[str], discourse: Discourse) -> list[Item]:
    text = scene.text
    kinds = ("party", "actor", "unknown", "parties", "anaphor")
    items = [item for item in scene.items if item.kind in kinds and item.extra not in ("word", "malware", "group")]
    inside = [item for item in items if first.start() <= item.start and item.end <= last.end()]
    after = [
        item
        for item in items
        if last.end() <= item.start
        and re.search(
            r"\b(?:to|of|on|against|for|upon)\s+(?:the\s+)?(?:[\w'’]+\s+){0,2}$", text[last.end() : item.start]
        )
    ]
    before = [item for item in items if item.end <= first.start()]
    chosen = inside or after[:2] or _coordinated_back(text, before)
    named = [item for item in chosen if item.kind != "anaphor"]
    if named:
        return named[:4]
    # "the measures freeze assets", "both": one claim about all that were just listed
    meant = [one for item in chosen for one in discourse.resolve(item, want="party")] or discourse.listed
    if chosen and re.search(r"\b(?:persons|people|individuals|men|officers)\b", chosen[0].text, re.IGNORECASE):
        meant = [one for one in meant if discourse.is_person(one)] or [chosen[0]._replace(kind="parties", extra="|P|+")]
    meant = [one for one in meant if one.kind in ("party", "actor", "unknown", "parties", "sponsor")]
    if len(meant) == 1 and chosen:
        return [meant[0]._replace(text=chosen[0].text if chosen else meant[0].text)]
    refs = tuple(dict.fromkeys(ref for one in meant for ref in one.refs[:1]))
    words = chosen[0].text if chosen else "the listed parties"
    extra = next((one.extra for one in meant if one.kind == "parties"), "")
    return [made("parties", words, refs, extra)] if meant else []
