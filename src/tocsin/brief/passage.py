"""The report's text cut into pieces, so that every claim is seen where it is made."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from tocsin.brief.answer import Judged
from tocsin.brief.words import VERDICTS, clip
from tocsin.model import Block, Record, Report, VerdictWord

# A reader needs the words around a claim, not a megabyte of one word; what is left out is counted on the page.
MAX_PLAIN = 4_000
MAX_MARKED = 1_500
_WORST_FIRST = {word: rank for rank, word in enumerate(VERDICTS)}


class Piece(Record, frozen=True):
    """A run of text: plain, or marked by a verdict. ``ends`` are the claims whose (first) span ends here."""

    text: str
    verdict: VerdictWord | None = None
    claim: int = 0
    ends: tuple[Judged, ...] = ()
    starts: tuple[int, ...] = ()


class Passage(Record, frozen=True):
    """A block of the report in pieces. ``quiet`` when no claim stands in it."""

    kind: str
    pieces: tuple[Piece, ...]
    quiet: bool


def passages(report: Report, items: Sequence[Judged]) -> tuple[Passage, ...]:
    """The report's blocks, in order; paragraphs by empty lines where it has none."""
    blocks = sorted(report.blocks, key=lambda block: block.start) or list(_paragraphs(report.text))
    spans = [(start, end, item) for item in items for start, end in _spans(item, len(report.text))]
    first: set[int] = set()
    found = []
    for block in blocks:
        start, end = max(block.start, 0), min(block.end, len(report.text))
        inside = [(left, right, item) for left, right, item in spans if left < end and right > start]
        if report.text[start:end].strip():
            pieces = tuple(_pieces(report.text, start, end, inside, first))
            found.append(Passage(kind=block.kind, pieces=pieces, quiet=not inside))
    return tuple(found)


def _spans(item: Judged, length: int) -> Iterator[tuple[int, int]]:
    for start, end in ((item.claim.start, item.claim.end), *((span.start, span.end) for span in item.claim.also)):
        if 0 <= start < end <= length:
            yield start, end


def _paragraphs(text: str) -> Iterator[Block]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Block(kind="paragraph", start=start, end=start + len(line))
        start += len(line)


def _pieces(text: str, start: int, end: int, spans: list[tuple[int, int, Judged]], first: set[int]) -> Iterator[Piece]:
    cuts = sorted({start, end, *(cut for left, right, _ in spans for cut in (left, right) if start < cut < end)})
    for left, right in itertools.pairwise(cuts):
        here = [(a, b, item) for a, b, item in spans if a <= left and b >= right]
        if not here:
            yield Piece(text=clip(text[left:right], MAX_PLAIN))
            continue
        worst = min((item for _, _, item in here), key=lambda item: (_WORST_FIRST[item.word], item.number))
        # The anchor of a claim is where it stands first; the page has each id once.
        fresh = tuple(dict.fromkeys(item.number for _, _, item in here if item.number not in first))
        first.update(fresh)
        ends = tuple(dict.fromkeys(item for _, b, item in here if min(b, end) == right))
        yield Piece(
            text=clip(text[left:right], MAX_MARKED), verdict=worst.word, claim=worst.number, ends=ends, starts=fresh
        )
