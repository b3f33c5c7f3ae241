"""The blocks of a page: one walk over the tree, without recursion, that leaves out what ``html_rules`` says."""

from __future__ import annotations

import re

from lxml import etree

from tocsin.model.reports import BlockKind
from tocsin.read.extract.blocks import Pieces, is_advert, one_line, words
from tocsin.read.extract.html_rules import Page

_BLOCK = words(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 "
    "h2 h3 "
    "h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_HEADINGS = words("h1 h2 h3 h4 h5 h6")
_BR = "\ue000"  # stands for a line break until white space is collapsed; a private-use character, so in no real text
_TWO_BREAKS = re.compile(f"(?:{_BR} ?){{2,}}")
_CELL_TEXT = 400  # a cell with more text than this is part of a page laid out with tables


class _Walk:
    def __init__(self, page: Page, pieces: Pieces) -> None:
        self.page = page
        self.pieces = pieces
        self.open: list[etree._Element] = []
        self.buffer: list[str] = []
        self.titled = False
        self.row_begun = False
        self.last: BlockKind | None = None
        self.in_pre = 0
        self.in_aside = 0

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "br":
            self.buffer.append("\n" if self.in_pre else _BR)
        elif tag in _BLOCK:
            self.flush()
            self.open.append(element)
            self.in_pre += tag == "pre"
            self.in_aside += tag == "aside"
            if tag in ("tr", "table"):
                self.row_begun = False
        if element.text:
            self.buffer.append(element.text)

    def end(self, element: etree._Element) -> None:
        if element.tag in _BLOCK and self.open and self.open[-1] is element:
            self.flush()
            self.open.pop()
            self.in_pre -= element.tag == "pre"
            self.in_aside -= element.tag == "aside"

    def flush(self) -> None:
        if not self.buffer:
            return
        raw = "".join(self.buffer)
        self.buffer.clear()
        if self.in_pre:
            texts = ["\n".join(line.rstrip() for line in raw.strip("\n").split("\n"))]
        else:
            raw = one_line(raw)  # first, so that no pattern meets a long run of spaces
            parts = _TWO_BREAKS.split(raw) if _BR in raw else [raw]
            texts = ["\n".join(line.strip() for line in part.split(_BR)) for part in parts]
        for text in texts:
            if text.strip() and not is_advert(text):
                kind = self.kind()
                self.pieces.add(kind, text, self.gap(kind))
                self.last = kind

    def kind(self) -> BlockKind:
        """What the innermost element with a meaning of its own makes of the text in it."""
        if self.in_aside:
            return "aside"
        for element in self.open[:-9:-1]:
            tag = element.tag
            if tag in _HEADINGS:
                if tag == "h1" and not self.titled:
                    self.titled = True
                    return "title"
                return "heading"
            if tag in ("td", "th") and self.page.size.get(element, 0) <= _CELL_TEXT:
                return "cell"
            if tag in ("li", "dd", "dt"):
                return "item"
            if tag in ("blockquote", "table", "td", "th", "pre", "figure", "section", "article", "main", "body"):
                break
        return "paragraph"

    def gap(self, kind: BlockKind) -> str:
        if kind == "cell":
            gap = "\t" if self.row_begun else "\n"
            self.row_begun = True
            return gap if self.last == "cell" else "\n\n"
        return "\n" if kind == "item" and self.last == "item" else "\n\n"


def walk(page: Page) -> Pieces:
    """The readable blocks of a page in their order. The first h1 is the title."""
    pieces = Pieces()
    state = _Walk(page, pieces)
    walker = etree.iterwalk(page.root, events=("start", "end"))
    for event, element in walker:
        gone = element in page.gone
        if event == "start":
            if gone:
                # A dropped block still parts the text before it from the text after it.
                if element.tag in _BLOCK:
                    state.flush()
                walker.skip_subtree()
            elif isinstance(element.tag, str):
                state.start(element)
            continue
        if not gone:
            state.end(element)
        if element.tail and element is not page.root:
            state.buffer.append(element.tail)
    state.flush()
    return pieces
