"""Sentences of a report, and which of them can claim anything: headings, advice, questions and advertisements do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.model import Report
from tocsin.read.claims.anycase import lower, lowered

_END = re.compile(r"[.!?。！？]+[\"'”’)\]]*(?=\s|$)|\n+")
# A full stop after these does not end a sentence.
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof sen rep gov gen col lt sgt st no nos art co ltd inc corp llc jr sr vs etc e.g i.e u.s u.k
    u.n jan feb mar apr jun jul aug sep sept oct nov dec fig al approx dept est d.c p.m a.m eo e.o ph.d
    """.split()
)
_ADVICE_VERBS = frozenset(
    """
    accept allow allowlist approve assign authenticate bring centralise centralize collect combine decommission define demand deny
    disconnect discover drill eliminate encrypt exercise extend feed filter fix flag forward inform install instrument invest label lock
    mandate measure migrate notify onboard pair pin place plan practice practise preserve profile prohibit publish pull push
    quarantine record redirect rehearse rely remind renew rescan retain retire route sanitize schedule send separate simulate start store
    suspend sync tag tune unify weigh whitelist work write
    add adopt alert apply assess assume audit avoid back backup block build change check compare conduct
    configure confirm consider consult contact continue correlate create deploy detect develop disable document
    do download educate employ enable enforce enhance ensure establish evaluate examine expect focus follow
    force harden hunt identify implement improve increase inspect integrate inventory investigate isolate issue
    keep learn limit log look maintain make manage map minimise minimize monitor move note observe obtain patch
    perform prepare prevent prioritise prioritize protect put read rebuild reduce refer remove replace report
    require reset restrict review revoke rotate run scan screen search secure segment segregate set share sign
    stay stop strengthen subscribe switch take test tighten track train treat turn update upgrade use validate
    verify visit watch
    """.split()
)
_ADVICE = lowered(
    r"\b(?:(?:should(?! any| the| it| they| there)|must(?! be (?:blocked|frozen))|need(?:s)? to|ought to|are (?:strongly )?(?:advised|urged|encouraged|recommended) to"
    r"|is (?:advised|urged|recommended)|we recommend|recommends? that|it is (?:essential|important|vital|critical)"
    r"|can better|best practice|would do well|is a vital component|requires? a multi-layered)\b"
    r"|(?:defenders|organi[sz]ations|administrators|security teams?|soc teams?|analysts|practitioners|companies|businesses|firms"
    r"|operators|customers|readers) (?:can|should|must|may want|need|ought|are advised|researching))",
)
_ADVERT = lowered(
    r"^(?:advertisement|sponsored|subscribe|sign up|read more|related|share this|follow us|click here|download (?:the|our)"
    r"|register|contact us|copyright|all rights reserved|photo|image|source:|reporting by|editing by|join our|get the)\b"
    r"|\b(?:our newsletter|free trial|request a demo|book a demo|webinar|promo code|cookies?)\b",
)
_LABEL = re.compile(r"^\s*(?:[-•*–]\s*)?(?:\[\d+\]\s*)?(?:[A-Z][\w/&'’ -]{2,60}):\s+")
_LEAD = re.compile(r"^\s*(?:[-•*–]\s*|\[\d+\]\s*|\(?\d+[.)]\s*|[QA]:\s*)+")

LONGEST = 1500  # characters of a sentence


class Sentence(NamedTuple):
    """A sentence: ``text[start:end]`` of the report, the kind of its block, its paragraph, and whether it can claim."""

    start: int
    end: int
    text: str
    block: str
    paragraph: int
    claims: bool
    why: str


def sentences_of(report: Report) -> Iterator[Sentence]:
    """Every sentence in order. O(len(text))."""
    for number, block in enumerate(report.blocks):
        for start, end in _split(report.text, block.start, block.end):
            text = report.text[start:end]
            claims, why = can_claim(text, block.kind)
            yield Sentence(start, end, text, block.kind, number, claims, why)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    here = start
    for match in _END.finditer(text, start, end):
        if (
            match.group()[0] == "."
            and not match.group().startswith("..")
            and _abbreviated(text, here, match.start(), match.end(), end)
        ):
            continue
        yield from _pieces(text, here, match.end())
        here = match.end()
    yield from _pieces(text, here, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or the parts of one that is too long to be prose: what the rules do grows with the square of it."""
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start + LONGEST // 2, start + LONGEST), start + LONGEST // 2)
        if text[start:cut].strip():
            yield _trimmed(text, start, cut)
        start = cut
    if text[start:end].strip():
        yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _abbreviated(text: str, start: int, stop: int, after: int, end: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation or an initial."""
    back = max(start, stop - 12)
    word = re.search(r"[\w.]+$", text[back:stop])
    if not word:
        return False
    last = word.group().lower()
    rest = text[after : min(end, after + 3)].lstrip()
    if last in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", last):
        # "Co. Ltd." in the middle of a sentence; at its end the next word begins with a capital and is no legal form
        following = re.match(r"\s*([A-Za-z]+)", text[after : min(end, after + 20)])
        if last in ("co", "ltd", "inc", "corp", "llc", "etc", "p.m", "a.m", "u.s", "u.k", "d.c"):
            return (
                not following
                or not following[1][0].isupper()
                or following[1].lower()
                in (
                    "ltd",
                    "limited",
                    "co",
                    "inc",
                    "llc",
                    "treasury",
                    "department",
                    "government",
                    "justice",
                    "state",
                    "office",
                    "attorney",
                )
            )
        return True
    if re.fullmatch(r"[a-z]", last) and rest[:1].isupper():
        return True  # an initial
    return bool(rest) and rest[0].islower()


def can_claim(text: str, block: str) -> tuple[bool, str]:
    """Whether a sentence can state a fact about the world, and if not, why."""
    bare = _LEAD.sub("", text).strip().strip("\"“”'’")
    if block == "heading":
        return False, "a heading"
    if block == "title":
        return False, "the title: a witness only"
    if not bare or len(bare) < 12:
        return False, "too short"
    if bare.endswith("?"):
        return False, "a question"
    small = lower(bare)
    if _ADVERT.search(small[:120]):
        return False, "an advertisement or a note of the publisher"
    after_label = _LABEL.sub("", text) if block == "item" else bare
    first = re.match(
        r"(?:(?:regularly|proactively|also|always|please|then|carefully|promptly|immediately|finally|first|next|never)\s+)?([A-Za-z]+)",
        after_label.strip(),
        re.IGNORECASE,
    )
    if (
        first
        and first[1].lower() in _ADVICE_VERBS
        and not re.match(r"\w+\s+(?:of|by|teams?|reports?|tool)\b", after_label.strip())
    ):
        second = re.match(r"\w+\s+(\w+)", after_label.strip())
        # "Use of", "Monitor" as a noun, and past forms are statements; a bare imperative is advice
        if not (second and second[1].lower() in ("is", "was", "were", "has", "have", "are", "by", "says", "said")):
            return False, "advice"
    if _ADVICE.search(small):
        return False, "advice"
    return True, ""
