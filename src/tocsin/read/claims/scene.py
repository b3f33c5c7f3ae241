"""What stands in one sentence: every item by kind and place, which the rules then join to claims."""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.knowledge import Graph
from tocsin.names.places import CAPITALS, COUNTRY_ADJECTIVES, COUNTRY_NAMES
from tocsin.read.claims import lexicon as lex
from tocsin.read.claims.anycase import lower, lowered
from tocsin.read.claims.dates import Dated, dates_in
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.phrases import phrases_in
from tocsin.read.claims.sentences import Sentence
from tocsin.read.claims.unknown import unknown_names


def _words(table: dict[str, str]) -> re.Pattern[str]:
    words = sorted({word for names in table.values() for word in names.split("|")}, key=len, reverse=True)
    return lowered(rf"(?<![\w@./-])(?:{'|'.join(map(re.escape, words))})(?![\w@]|\.\w|-based|-linked|-backed)")


_AUTHORITY = _words(lex.AUTHORITY_WORDS)
_AUTHORITY_OF = {word: code for code, words in lex.AUTHORITY_WORDS.items() for word in words.split("|")}
_PROSECUTOR = lowered(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, lex.PROSECUTORS.split('|')), key=len, reverse=True))})(?!\w)"
)
# Words of which an authority's name has one: where a sentence has none, its pattern need not be tried
_DULL = {"the", "of", "and", "states", "government", "u", "s", "k", "nation", "bloc", "a"}
_AUTHORISING = frozenset(w for names in lex.AUTHORITY_WORDS.values() for w in re.findall(r"[a-z]+", names)) - _DULL | {
    "bloc"
}
_PROSECUTING = frozenset({"justice", "doj", "prosecutors", "jury", "southern", "attorney", "fbi"})
_WORD = re.compile(r"[a-z0-9]+")
_PLACES = {**COUNTRY_NAMES, **COUNTRY_ADJECTIVES, **CAPITALS}
# Places are written with capitals; looking for those alone is twice as fast as ignoring case
_PLACE_WORDS = {word.title().replace("'S", "'s").replace(" Of ", " of "): code for word, code in _PLACES.items()}
_PLACE_WORDS.update({"USA": "US", "UAE": "AE", "UK": "GB", "US": "US", "PRC": "CN", "DPRK": "KP", "the Hague": "NL"})
_PLACE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _PLACE_WORDS), key=len, reverse=True))}|U\.S\.|U\.K\.)(?!\w)"
)
_ADJECTIVE_OF = {
    **COUNTRY_ADJECTIVES,
    "prc": "CN",
    "dprk": "KP",
    "china-nexus": "CN",
    "china-linked": "CN",
    "china-based": "CN",
    "iran-based": "IR",
    "iran-linked": "IR",
    "russia-linked": "RU",
    "iran-nexus": "IR",
    "russia-based": "RU",
}
_ADJECTIVES = "|".join(sorted(map(re.escape, _ADJECTIVE_OF), key=len, reverse=True))
_CLASS = lowered(
    rf"(?<![\w-])(?P<all>(?:most|many|some|several|all|both|other|various|numerous|certain)\s+)?(?P<c>{_ADJECTIVES})(?:(?:\s+and\s+|\s+or\s+|,\s*)(?P<c2>{_ADJECTIVES}))?\s+"
    rf"(?:(?:government|state|military|cyber|espionage|intelligence|nation-state|advanced|malicious|cyberespionage|sophisticated|contract|private|mss|irgc)[- ]?\s*)*{lex.ACTOR_HEADS}(?!\w)",
)
_NUMBER = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
_NUMBER.update({"forty-five": 45, "a": 1, "an": 1, "another": 1, "thirty": 30, "forty": 40, "dozen": 12})
_COUNTING = frozenset(part for word in _NUMBER for part in word.split("-")) - {"a", "an"}
_COUNT = rf"(?:(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBER, key=len, reverse=True))})\s+(?:other\s+|more\s+|further\s+|additional\s+)?)?"
_TRADE = r"(?:(?:cyber(?:-?security)?|technology|tech|private|state-owned|state-linked|state-run|software|it|hacking|security|military|intelligence|government|contract|network|front|irgc|irgc-cec|gru|mois|mss|computing|shell|senior|named|new|other|affiliated|related|associated|several|linked)\s+){0,3}"
_PARTIES = lowered(
    rf"(?<![\w-]){_COUNT}{_TRADE}(?P<c>{_ADJECTIVES})\s+{_TRADE}(?P<h>{lex.ENTITY_HEADS})(?P<more>(?:\s+and\s+{lex.ENTITY_HEADS})*)(?!\w)",
)
_DEMONYMS = re.compile(rf"(?<![\w-]){_COUNT}(?P<c>{_ADJECTIVES})s(?P<h>)(?!\w)")
_BASED = re.compile(
    rf"(?<![\w-]){_COUNT}{_TRADE}(?P<h>{lex.ENTITY_HEADS})(?P<more>(?:\s+and\s+{lex.ENTITY_HEADS})*)\s+(?:that are |which are )?(?:based |located |registered |operating )?(?:in|from|of)\s+(?P<p>(?:[A-Z][\w.]*(?:\s+[A-Z][\w.]*)?)(?:(?:,\s*|,?\s+and\s+|\s+or\s+(?:in\s+)?)(?:in\s+)?(?:[A-Z][\w.]*(?:\s+[A-Z][\w.]*)?))*)"
)
_COUNTED = lowered(
    rf"(?<![\w-])(?P<n>\d{{1,3}}|{'|'.join(sorted((w for w in _NUMBER if w not in ('a', 'an', 'zero', 'one')), key=len, reverse=True))})\s+(?:(?:other|more|further|senior|named|natural|additional|of its|of the company's|of the latter's|of the firm's|of their|associated|russian|chinese|iranian)\s+)*{_TRADE}(?P<h>{lex.ENTITY_HEADS})(?!\w)",
)
_ANAPHOR = lowered(
    r"(?<![\w-])(?:"
    rf"(?P<det>the|this|that|these|those|both|its|their|either|neither|each|all (?:two|three|four|five|six)|the (?:two|three|four|five|six|same|second|first|other|latter|said|chinese|iranian|russian|beijing|tehran))\s+(?:of (?:the |these |those )?)?(?:(?:[a-z-]+|Chinese|Iranian|Russian|Tehran|Beijing|two|three)\s+){{0,2}}?(?P<head>{lex.COMPANY_WORDS}|{lex.GROUP_WORDS}|{lex.PERSON_WORDS}|men|women|people|persons|companies|firms|entities|parties|names|businesses|contractors|groups|actors|targets|suppliers|defendants|officers|officials|listings?)s?"
    r"|(?P<pron>those (?:listed|named|sanctioned|designated|on the list|affected)|the (?:listed|designated|sanctioned) (?:parties|persons|entities|individuals|people)|it|its|they|their|them|he|she|his|her|him|both|neither|either|the (?:former|latter|pair|trio|duo|two|three)|all (?:two|three|four|five|six)|itself)"
    r")(?![\w-])",
)
_EXPLETIVE = re.compile(r"\s+(?:is|was|seems|appears|remains)\s+(?:[\w-]+\s+){0,2}(?:that|whether)\b")
_CVE = re.compile(r"\bCVE-\d{4}-\d{4,7}\b", re.IGNORECASE)
_TID = re.compile(r"\bT\d{4}(?:\.\d{3})?\b")
_COMPANY = lowered(
    rf"(?:{lex.COMPANY_WORDS}|companies|firms|entities|businesses|contractors|suppliers|targets|names|parties|listings)s?$",
)
_PERSON = lowered(rf"(?:{lex.PERSON_WORDS}|men|women|people|persons|defendants|officers|officials)s?$")


class Scene(NamedTuple):
    """A sentence with its items in order, its dates, and the folded words."""

    sentence: Sentence
    text: str
    items: list[Item]
    dates: list[Dated]
    lower: str

    def has(self, stems: tuple[str, ...]) -> bool:
        """Whether the sentence has one of these strings: what a rule asks before it tries its patterns."""
        return any(stem in self.lower for stem in stems)

    def of(self, *kinds: str) -> list[Item]:
        """The items of these kinds, in order."""
        return [item for item in self.items if item.kind in kinds]


def scene_of(
    sentence: Sentence,
    names: list[Item],
    graph: Graph,
    year: int | None,
) -> Scene:
    """Everything that stands in a sentence: ``names`` are those of the gazetteer in it. Offsets are of its own text."""
    text = sentence.text
    small = lower(text)
    words = frozenset(_WORD.findall(small))
    named = [item._replace(start=item.start - sentence.start, end=item.end - sentence.start) for item in names]
    taken = _Taken(named)
    items = [item for item in named if not (item.kind == "tool" and item.text.islower())]
    for match in _TID.finditer(text):
        items += taken.add(
            "technique", match.start(), match.end(), match.group(), (graph.current(match.group()),), "id"
        )
    for match in _CVE.finditer(text):
        items += taken.add("cve", match.start(), match.end(), match.group(), (match.group().upper(),))
    places = list(_PLACE.finditer(text))
    items += _generic(text, small, taken, words=words, with_places=bool(places) or "nexus" in text or "-based" in text)
    for match in _PROSECUTOR.finditer(small) if words & _PROSECUTING else ():
        written = text[match.start() : match.end()]
        if written[0].isupper() or " " in written or match.group() == "prosecutors":
            items += taken.add("prosecutor", match.start(), match.end(), written, ("US",))
    for match in _AUTHORITY.finditer(small) if words & _AUTHORISING or "u." in small else ():
        word, written = match.group(), text[match.start() : match.end()]
        if not written.lstrip("the ").strip()[:1].isupper() or (
            word in ("us", "un", "eu", "uk") and not written.isupper()
        ):
            continue
        items += taken.add("authority", match.start(), match.end(), written, (_AUTHORITY_OF[word],))
    dates = dates_in(text, year)
    items += unknown_names(text, taken.spans + [(dated.start, dated.end) for dated in dates])
    for match in _ANAPHOR.finditer(small):
        if (
            match["pron"]
            and match["pron"] in ("both", "neither", "either")
            and re.match(r"\s+(?:the\s+)?[A-Z]", text[match.end() :])
        ):
            continue  # "both Weng and Cheng": the names follow
        if match["pron"] == "it" and _EXPLETIVE.match(small, match.end()):
            continue  # "it is likely that APT31 …" speaks of no it
        if match["head"] and text[match.start("head")].isupper():
            continue  # "the People's Liberation Army" is a name
        written = text[match.start() : match.end()]
        items += taken.add("anaphor", match.start(), match.end(), written, (), _points_to(match))
    for match in places:
        code = _PLACE_WORDS.get(match.group()) or ("US" if match.group() == "U.S." else "GB")
        items += taken.add("country", match.start(), match.end(), match.group(), (code,))
    for phrase in phrases_in(text, words):
        kind = "tactic" if phrase.ref.startswith("TA") else "technique"
        extra = "described"
        items.append(Item(kind, phrase.start, phrase.end, text[phrase.start : phrase.end], (phrase.ref,), extra))
    items.sort(key=lambda item: (item.start, -item.end))
    return Scene(sentence, text, items, dates, small)


class _Taken:
    """Spans that already have an item: names win over pointing words, longer ones over shorter."""

    def __init__(self, items: list[Item]) -> None:
        self.spans = [(item.start, item.end) for item in items]

    def add(
        self, kind: str, start: int, end: int, text: str, refs: tuple[str, ...] = (), extra: str = ""
    ) -> list[Item]:
        if any(start < e and s < end for s, e in self.spans):
            return []
        self.spans.append((start, end))
        return [Item(kind, start, end, text, refs, extra)]


def _points_to(match: re.Match[str]) -> str:
    """What a pointing word can point to: company, person, group, any; with ``s`` for more than one."""
    word = match.group()
    if match["pron"]:
        if word in ("he", "she", "his", "her", "him"):
            return "person"
        if word in ("both", "neither", "either", "the pair", "the duo", "the two", "all two"):
            return "anys:2"
        if word in ("the trio", "the three", "all three"):
            return "anys:3"
        if word.startswith("all "):
            return f"anys:{_NUMBER.get(word[4:], 2)}"
        if word == "the latter":
            return "latter"
        if word == "the former":
            return "former"
        if word.startswith(("those ", "the listed", "the designated", "the sanctioned")):
            return "plural"
        return "plural" if word in ("they", "their", "them") else "any"
    head, det = match["head"], match["det"]
    plural = (
        (word.endswith("s") and not word.endswith("ss"))
        or head in ("men", "women", "people", "companies", "entities", "businesses", "parties")
        or det in ("both", "these", "those")
    )
    if det in ("its", "their", "his", "her"):
        return "group" if re.search(r"(?:operators|hackers|members|actors|operatives)$", word) else "owned"
    if re.search(r"(?:unit|directorate|ministry|department|command|bureau|agency|service|centre|center)s?$", word):
        return "body"
    if re.search(r"(?:hackers|operators|intruders|attackers)$", word):
        return "group"
    if _COMPANY.fullmatch(head) or _COMPANY.search(word):
        kind = "any" if re.search(r"(?:names|parties|targets|listings?)$", word) else "company"
    elif _PERSON.search(word):
        kind = "person"
    else:
        return "group"
    number = next((str(_NUMBER[w]) for w in det.split() if w in _NUMBER and _NUMBER[w] > 1), "")
    if "second" in det:
        return f"{kind}:second"
    if det in ("either", "neither", "both"):
        number, plural = "2", True
    return f"{kind}s:{number or ('2' if det.startswith('both') else '')}" if plural or number else kind


def _generic(text: str, small: str, taken: _Taken, *, words: frozenset[str], with_places: bool) -> list[Item]:
    """Parties and actors named only by country, kind and number: "two Chinese firms", "Iranian actors"."""
    items: list[Item] = []
    for match in _BASED.finditer(text) if with_places else ():
        places = [
            code
            for word in re.split(r",\s*|\s+and\s+|\s+or\s+|\s*\bin\s+", match["p"])
            if (code := _PLACES.get(word.strip().lower()))
        ]
        if places:
            items += taken.add("parties", match.start(), match.end(), match.group(), (), _about(match, places))
    for match in _CLASS.finditer(small) if with_places else ():
        codes = [_ADJECTIVE_OF[match[c]] for c in ("c", "c2") if match[c]]
        if re.match(r"\s+(?:known|tracked|called|dubbed|named)\b", text[match.end() :]):
            continue  # one actor, that the text goes on to name
        if re.search(r"\b(?:individuals|entities|companies|firms|operations|campaigns)$", match.group()):
            continue
        written = text[match.start() : match.end()]
        items += taken.add("class", match.start(), match.end(), written, (), ",".join(codes))
    for match in _PARTIES.finditer(small) if with_places else ():
        items += taken.add(
            "parties",
            match.start(),
            match.end(),
            text[match.start() : match.end()],
            (),
            _about(match, [_ADJECTIVE_OF[match["c"].lower()]]),
        )
    for match in _DEMONYMS.finditer(text) if with_places else ():
        items += taken.add(
            "parties", match.start(), match.end(), match.group(), (), _about(match, [_ADJECTIVE_OF[match["c"].lower()]])
        )
    for match in _COUNTED.finditer(small) if words & _COUNTING or any(map(str.isdigit, text)) else ():
        items += taken.add(
            "parties", match.start(), match.end(), text[match.start() : match.end()], (), _about(match, [])
        )
    return items


def _about(match: re.Match[str], countries: list[str]) -> str:
    """``countries|schema|number`` of a generic party; schema P person, E entity, PE both."""
    heads = f"{match['h'] or 'nationals'} {match.groupdict().get('more') or ''}".lower()
    person = bool(
        re.search(
            r"individual|person|people|national|men\b|women|hacker|officer|official|executive|citizen|employee|member|spies",
            heads,
        )
    )
    entity = bool(re.search(r"compan|firm|entit|organi[sz]ation|contractor|business|supplier", heads))
    number = match.groupdict().get("n")
    count = (int(number) if number.isdigit() else _NUMBER.get(number.lower(), 0)) if number else 0
    plural = bool(re.search(r"(?:ies|s|men|women|people)\b", heads))
    return f"{','.join(countries)}|{'P' if person else ''}{'E' if entity else ''}|{count or ('+' if plural else 1)}"
