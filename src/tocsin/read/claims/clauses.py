"""Clauses of a sentence, who acts in them, and how surely and by whom they are said."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tocsin.model import When
from tocsin.read.claims import lexicon as lex
from tocsin.read.claims.anycase import lower
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.scene import Scene

_BOUNDARY = re.compile(
    r";\s+|\s+[–—-]\s+|:\s+"
    r"|,?\s+(?:while|whereas|although|though|but|because|after|when|before|until|even though)\s+"
    r"|,\s+(?:which|who|whose|whom|where|whereby|through which)\s+"
    r"|,\s+and\s+(?=(?:it|they|he|she|the|its|also|has|have|had|was|were|is|are|used?|uses|deployed|exploit\w*|target\w*|then|lent|froze|said|both)\b)"
    r"|,\s+(?=(?:also\s+)?(?:has|have|had|was|were|is|are|will|belongs|works|made|followed)\s)"
    r"|,\s+(?:adding|according to|including that)\s+"
)
_RELATIVE = re.compile(r"(?:,\s+|\s+)(?:which|who|whose|whom|that)\s+$")
ACTORS = ("actor", "class", "party", "sponsor", "parties", "unknown", "anaphor")
_SAID_BY = (
    re.compile(
        r"\b[Aa]ccording to (?:the )?(?P<x>[A-Za-z][\w.'’& -]{2,60}?)(?=,|\.(?:\s|$)|;|$|\s+(?:that|which|who|and|in)\b)"
    ),
    re.compile(
        r"(?:,|[\"”])\s*(?:the )?(?P<x>[A-Za-z][\w.'’& -]{1,50}?)\s+(?:said|says|reported|reports|claimed|claims|wrote|writes|added|adds|suggested|noted|alleged|told \w+|told reporters)(?:\s+(?:on|in|at|yesterday|today|last)\s+[\w ]+)?[.,]?\s*$"
    ),
    re.compile(
        r"^(?:[\w ,]{0,40}?)(?P<x>(?:[A-Z][\w.'’&-]*|[a-z]+)(?:\s+(?:[A-Z][\w.'’&-]*|of|and|the|for|at|officials?|researchers?|analysts?|investigators?|prosecutors?))*)\s+(?:said|says|say|reported|reports|claimed|claim|wrote|believe[sd]?|assess(?:ed|es)?|judge[sd]?|found|attributed|describe[sd]?|note[sd]?|accuse[sd]?)\s+(?:that\s+)?"
    ),
)


# Who only says it is not whom it is said of
_SPEAKS = re.compile(
    r"\s+(?:say|says|said|believe|believes|judge|assess|think|hold|insist|report|wrote|write|claim|allege|told)\b"
)


_NOBODY = frozenset(
    "it he she they which that who there what is was are were be been has have had and or but no not".split()
)


class Said(NamedTuple):
    """How a clause is said: by whom, how surely, and whether it is denied."""

    according_to: str | None
    hedged: str | None
    negated: bool


def possessive(item: Item) -> bool:
    """Whether a pointing word only says whose something is: "its employees"."""
    return item.kind == "anaphor" and item.text.lower() in ("its", "their", "his", "her")


@lru_cache(maxsize=1024)
def _boundaries(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _BOUNDARY.finditer(text))


_THAT_DAY = re.compile(
    r"\b(?:that day|(?:the|on the) same (?:day|date|occasion)|same (?:time|announcement|action|step|round|batch|list|package))\b",
    re.I,
)
_ALONG = re.compile(r"\b(?:with the (?:two|three|four|others|rest)|alongside|simultaneously)\b", re.I)


def clause_at(text: str, place: int) -> tuple[int, int]:
    """The clause around a place."""
    start, end = 0, len(text)
    for first, last in _boundaries(text):
        if last <= place:
            start = last
        elif first >= place:
            end = first
            break
    return start, end


def opens_relative(text: str, start: int) -> bool:
    """Whether the clause that begins at ``start`` is a relative one, whose subject is the name just before."""
    return bool(_RELATIVE.search(text[:start][-10:]))


@lru_cache(maxsize=4096)  # every claim of a clause asks the same
def said_in(text: str, start: int, end: int, trigger: int) -> Said:
    """How the clause ``text[start:end]`` with its verb at ``trigger`` is said."""
    clause = text[start:end]
    whom = None
    for pattern in _SAID_BY:
        if match := pattern.search(text):
            whom = " ".join(match["x"].split()).strip(" ,")
            if whom.lower().partition(" ")[0] in _NOBODY:
                whom = None
                continue
            break
    hedged = next((word for pattern, word in lex.HEDGES if pattern.search(clause)), None)
    if hedged is None and text[start:].count(",") <= 2:
        tail = text[end:]
        hedged = (
            next((word for pattern, word in lex.HEDGES if pattern.search(tail[:90])), None) if len(tail) < 100 else None
        )
    before = text[max(start, trigger - 60) : trigger]
    return Said(whom, hedged, bool(lex.NEGATION.search(lower(before))))


def date_near(scene: Scene, start: int, end: int, discourse: Discourse) -> When | None:
    """The date that a clause gives, that of "the same day", else the sentence's only one."""
    clause = scene.text[start:end]
    if _THAT_DAY.search(clause):
        return discourse.date
    inside = [dated.when for dated in scene.dates if start <= dated.start < end]
    if inside:
        return inside[0]
    if len(scene.dates) == 1 and end - start > len(scene.text) * 0.5:
        return scene.dates[0].when
    return discourse.date if _ALONG.search(clause) else None


def subjects_of(
    scene: Scene, trigger: int, discourse: Discourse, *, kinds: tuple[str, ...] = ACTORS, want: str = "any"
) -> list[Item]:
    """Who does what the verb at ``trigger`` says: the first fitting name of its clause, the name before a relative clause,
    the sentence's subject, or what the text was speaking of. Pointing words are resolved."""
    start, _ = clause_at(scene.text, trigger)
    fitting = [
        item
        for item in scene.items
        if item.kind in kinds
        and item.extra != "word"
        and not possessive(item)
        and not _SPEAKS.match(scene.text[item.end : item.end + 24])
    ]
    inside = [item for item in fitting if start <= item.start and item.end <= trigger]
    if opens_relative(scene.text, start):
        before = [item for item in fitting if item.end <= start]
        inside = before[-1:] or inside
    if not inside:
        inside = [item for item in fitting if item.end <= trigger][:1]
    if not inside:
        return []
    first = inside[0]
    group = [first]
    for item in inside[1:]:
        between = scene.text[group[-1].end : item.start]
        if not re.fullmatch(
            r"\s*(?:\([^)]*\))?\s*(?:,|,?\s*and|,?\s*or|&|,?\s*as well as|nor|along with)\s*(?:the\s+)?(?:\w+\s+)?",
            between,
        ):
            break
        group.append(item)
    resolved: list[Item] = []
    for item in group:
        resolved += discourse.resolve(item, want=want) if item.kind == "anaphor" else [item]
    return resolved


def listed_after(scene: Scene, start: int, end: int, kinds: tuple[str, ...]) -> list[Item]:
    """The items of these kinds between two places."""
    return [item for item in scene.items if item.kind in kinds and start <= item.start < end]
