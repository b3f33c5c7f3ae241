"""Blocks of plain text. Only where lines were wrapped does the text change: their ends become one space each."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from tocsin.model import Block
from tocsin.model.reports import BlockKind
from tocsin.read.extract.blocks import BULLET, is_advert, is_heading

_WIDTHS = range(40, 101)  # columns at which people and mail programs wrap
_SENTENCE_ENDS = (".", "!", "?", ":", "。", "！", "？", '."', ".”", ".)")


def plain_blocks(text: str) -> tuple[str, list[Block]]:
    """``text`` with wrapped lines joined, and its blocks: headings, items and paragraphs, the first perhaps the title.

    Paragraphs are set apart by blank lines or stand one on a line; a text of one block is a paragraph, so that a single
    sentence is always read as a statement.
    """
    lines = _lines(text)
    width = _width(text, lines)
    groups: list[list[tuple[int, int]]] = []
    joins: list[tuple[int, int]] = []
    last_end = -2
    for start, end in lines:
        fresh = start != last_end + 1 or BULLET.match(text, start, end) is not None
        if not fresh and groups and _continues(text, groups[-1], (start, end), width):
            joins.append((groups[-1][-1][0] + len(text[slice(*groups[-1][-1])].rstrip()), _indent(text, start)))
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
        last_end = end
    if joins:
        text, groups = _joined(text, groups, joins)
    blocks = [_block(text, group, number, len(groups)) for number, group in enumerate(groups)]
    return text, [block for block in blocks if block.start < block.end]


def _lines(text: str) -> list[tuple[int, int]]:
    """Lines that hold something, as spans without their line end."""
    spans = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _width(text: str, lines: list[tuple[int, int]]) -> int:
    """The column at which the text is wrapped, or 0: most of it stands on lines of a common, bounded length, and lines
    end within sentences. A file with a sentence on each line has short lines too, but each ends with a full stop."""
    full = [(start, end) for start, end in lines if end - start in _WIDTHS]
    long = sum(end - start for start, end in lines if end - start > _WIDTHS[-1])
    if len(full) < 2 or long * 10 > sum(end - start for start, end in lines) * 4:
        return 0
    ended = sum(text[start:end].rstrip().endswith(_SENTENCE_ENDS) for start, end in full)
    return 0 if ended * 10 > len(full) * 6 else max(end - start for start, end in full)


def _continues(text: str, group: list[tuple[int, int]], line: tuple[int, int], width: int) -> bool:
    """Whether ``line`` goes on with the paragraph of ``group``: the line before it had no room for its first word."""
    start, end = group[-1]
    before, this = text[start:end].strip(), text[line[0] : line[1]].strip()
    if not width or len(before.split(None, 3)) < 3 or end - start > width:
        return False
    if BULLET.match(text, *group[0]) and text[line[0]] in " \t" and not this.endswith(":"):
        return True  # the rest of an item is set in under it
    full = (end - start) + 1 + len(this.split(None, 1)[0]) > width
    return full or (this[0].islower() and not before.endswith(_SENTENCE_ENDS) and (end - start) * 2 > width)


def _indent(text: str, start: int) -> int:
    """Where the words of the line at ``start`` begin."""
    while text[start].isspace():
        start += 1
    return start


def _joined(
    text: str, groups: list[list[tuple[int, int]]], joins: list[tuple[int, int]]
) -> tuple[str, list[list[tuple[int, int]]]]:
    """``text`` with one space for each of ``joins``, and the spans of ``groups`` in it."""
    parts = [text[: joins[0][0]]]
    shifts = [0]  # how far the text after each join has moved to the left
    for (start, end), (after, _) in pairwise([*joins, (len(text), 0)]):
        parts.append(" " + text[end:after])
        shifts.append(shifts[-1] + end - start - 1)
    ends = [end for _, end in joins]
    moved = [
        [(start - shifts[bisect_right(ends, start)], end - shifts[bisect_right(ends, end)]) for start, end in group]
        for group in groups
    ]
    return "".join(parts), moved


def _block(text: str, group: list[tuple[int, int]], number: int, count: int) -> Block:
    start, end = group[0][0], group[-1][1]
    bullet = BULLET.match(text, start, end)
    kind: BlockKind = "paragraph"
    if bullet and bullet.end() < end:
        # "1. Introduction" is a heading that has a number, "1. Patch the gateway." an item.
        kind, start = "item", bullet.end()
    elif is_advert(text[start:end]):
        kind = "aside"
    elif count > 1 and len(group) <= 2 and is_heading(text[start:end]):
        kind = "title" if number == 0 else "heading"
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Block(kind=kind, start=start, end=end)
