"""Blocks put one after another into the text that users are shown, and what a line of plain text is."""

from __future__ import annotations

import re

from tocsin.model import Block
from tocsin.model.reports import BlockKind
from tocsin.read.extract.encoding import clean, clean_note

BULLET = re.compile(r"[ \t]*(?:[-*+•‣▪●◦–·∙]|\(?\d{1,3}[.)]|\(?[a-z][.)])[ \t]+(?:\[\d{1,3}\][ \t]+)?")
_ENDS = ".!?:;,…。！？：；،؛۔।"
_SPACES = re.compile(r"\s+")
_ADVERT = re.compile(r"\W*(?:advertisements?|sponsored(?: content)?|anzeige|publicité|реклама|广告)\W*", re.IGNORECASE)


class Pieces:
    """Collects blocks: ``text`` is their text, and ``blocks`` says where each stands in it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.hidden = 0
        self.controls = 0

    def add(self, kind: BlockKind, text: str, gap: str = "\n\n") -> None:
        """Put a block after the last one, ``gap`` between them. White space around it is dropped; an empty one too, and
        characters that a reader cannot see (see ``encoding.clean``): entities can bring them in after decoding."""
        text, hidden, controls = clean(text)
        self.hidden += hidden
        self.controls += controls
        text = text.strip()
        if not text:
            return
        if self.blocks:
            self._parts.append(gap)
            self._length += len(gap)
        self._parts.append(text)
        self.blocks.append(Block(kind=kind, start=self._length, end=self._length + len(text)))
        self._length += len(text)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def note(self) -> str:
        """What was taken out, for ``Report.how``."""
        return clean_note(self.hidden, self.controls)


def words(text: str) -> frozenset[str]:
    """A set written as one string, for tables that are easier to read that way."""
    return frozenset(text.split())


def one_line(text: str) -> str:
    """``text`` with every run of white space made one space."""
    return _SPACES.sub(" ", text).strip()


def is_heading(line: str) -> bool:
    """Whether a line that stands alone reads as a heading: short, begins like a sentence and does not end like one."""
    line = line.strip()
    if not 2 < len(line) <= 140 or line[-1] in _ENDS or len(line.split()) > 18:
        return False
    if any(mark in line for mark in ("[.]", "://", "\\")) or not any(char.isalpha() for char in line):
        return False
    first = next((char for char in line if char.isalnum()), " ")
    # An indicator or file name alone on its line is one token with digits or dots in it, never a heading.
    return not first.islower() and not (len(line.split()) == 1 and re.search(r"[\d._@/]", line))


def is_advert(line: str) -> bool:
    """Whether a line is only the label of an advertisement."""
    return len(line) < 40 and bool(_ADVERT.fullmatch(line))
