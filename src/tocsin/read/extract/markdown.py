"""Markdown to text: marks removed, link text kept, code kept as it is. A reader for reports, not a renderer."""

from __future__ import annotations

import re

from tocsin.model.reports import BlockKind
from tocsin.read.extract.blocks import Pieces, one_line
from tocsin.read.extract.dateline import date_in
from tocsin.read.extract.encoding import decode
from tocsin.read.extract.extracted import Extracted, Meta

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_MAX_QUOTES = 20  # levels
_DEFINITION = re.compile(r" {0,3}\[([^\]\[\n]{1,200})\]:[ \t]+\S")
_CELL = re.compile(r"(?<!\\)\|")

# No class of characters in these may hold the character that begins a match: each attempt then ends at the next
# beginning, and a line of a million brackets takes time in proportion to its length.
_CODE = re.compile(r"(?<!`)(`++)([^`\n]+)\1(?!`)")
_IMAGE = re.compile(r"!\[([^\]\[\n]{0,500})\](?:\([^()\n]{0,1000}\)|\[[^\]\[\n]{0,200}\])")
_LINK = re.compile(r"\[([^\]\[\n]{1,1000})\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_REFERENCE = re.compile(r"\[([^\]\[\n]{1,1000})\]\[([^\]\[\n]{0,200})\]")
_AUTOLINK = re.compile(r"<((?:https?|mailto|hxxps?)[^<>\s]{1,2000})>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^<>]{0,5000}-->")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_MARKS = (
    re.compile(r"\*\*\*([^*\n]+)\*\*\*"),
    re.compile(r"\*\*([^*\n]+)\*\*"),
    re.compile(r"(?<![\w*\\])\*([^\s*\n][^*\n]*)\*(?![\w*])"),
    re.compile(r"(?<![\w_\\.])__([^_\n]+)__(?![\w_.])"),
    re.compile(r"(?<![\w_\\.])_([^\s_\n][^_\n]*)_(?![\w_.])"),
    re.compile(r"~~([^~\n]+)~~"),
)
_ESCAPE = re.compile(r"\\([*_`\[\]#|~>])")


def looks_like_markdown(text: str) -> bool:
    """Whether a text without a telling suffix opens as Markdown: front matter, or a heading with a hash."""
    head = text[:2000].lstrip()
    return bool(re.match(r"---\n[\w-]+:", head) or re.match(r"#{1,2} \S", head))


def read_markdown(raw: bytes, path: str) -> Extracted:
    """Blocks and front matter of a Markdown file. Raises TocsinError where it cannot be decoded."""
    text, coded = decode(raw, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, body = _front_matter(text)
    pieces = _Reader(body).read()
    title = front.get("title") or next((pieces.text[b.start : b.end] for b in pieces.blocks if b.kind == "title"), None)
    meta = Meta(
        title=title,
        publisher=front.get("publisher") or front.get("site") or front.get("source"),
        published=next((day for key in ("date", "published", "pubdate") if (day := date_in(front.get(key, "")))), None),
        language=(front.get("lang") or front.get("language") or "")[:2].lower() or None,
    )
    return Extracted(pieces=pieces, meta=meta, how="; ".join(note for note in ("markdown", coded, pieces.note) if note))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    lines = text.lstrip("\ufeff").split("\n")
    if not lines or lines[0].strip() != "---":
        return {}, text
    for number, line in enumerate(lines[1:200], start=1):
        if line.strip() in ("---", "..."):
            pairs = (entry.partition(":") for entry in lines[1:number] if ":" in entry and not entry[:1].isspace())
            return {k.strip().lower(): v.strip().strip("\"'") for k, _, v in pairs}, "\n".join(lines[number + 1 :])
    return {}, text


def _is_table_rule(line: str) -> bool:
    return "-" in line and "|" in line and not line.strip(" \t:|-")


class _Reader:
    def __init__(self, body: str) -> None:
        self.lines = body.split("\n")
        self.defined = {found[1].lower() for line in self.lines if (found := _DEFINITION.match(line))}
        self.pieces = Pieces()
        self.kind: BlockKind = "paragraph"
        self.held: list[str] = []
        self.last: BlockKind | None = None

    def read(self) -> Pieces:
        fence = ""
        code: list[str] = []
        for number, line in enumerate(self.lines):
            mark = _FENCE.match(line)
            if fence:
                if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                    self.put("paragraph", "\n".join(code))
                    fence = ""
                else:
                    code.append(line)
            elif mark:
                self.flush()
                fence, code = mark[1], []
            else:
                self.line(line, self.lines[number + 1] if number + 1 < len(self.lines) else "")
        self.flush()
        if fence:  # a fence that is never closed still holds text
            self.put("paragraph", "\n".join(code))
        return self.pieces

    def line(self, line: str, following: str) -> None:
        for _ in range(_MAX_QUOTES):
            quote = _QUOTE.match(line)
            if not quote:
                break
            line = line[quote.end() :]
        if not line.strip() or _DEFINITION.match(line):
            self.flush()
        elif self.held and self.kind == "paragraph" and re.fullmatch(r" {0,3}(?:=+|-+)[ \t]*", line):
            self.flush(heading=line.strip()[0])
        elif _RULE.fullmatch(line):
            self.flush()
        elif found := _HEADING.match(line):
            self.flush()
            self.held.append(line[found.end() :].rstrip("# \t"))
            self.flush(heading=found[1])
        elif "|" in line and (line.lstrip().startswith("|") or _is_table_rule(following) or self.last == "cell"):
            after = self.last
            self.flush()
            self.last = after  # only a blank line ends a table
            if not _is_table_rule(line):
                self.row(line)
        elif found := _ITEM.match(line):
            self.flush()
            self.kind = "item"
            self.held.append(line[found.end() :])
        else:
            self.held.append(line)

    def row(self, line: str) -> None:
        gap = "\n" if self.last == "cell" else "\n\n"
        for cell in _CELL.split(line.strip().strip("|")):
            text = self.inline(cell)
            if text:
                self.put("cell", text, gap)
                gap = "\t"

    def flush(self, heading: str = "") -> None:
        if not self.held:
            self.last = None if self.last == "cell" else self.last
            return
        held, kind = self.held, self.kind
        self.held, self.kind = [], "paragraph"
        text = self.inline(" ".join(line.strip() for line in held))
        if heading:
            kind = "title" if heading in ("#", "=") and not self.pieces.blocks else "heading"
        if text:
            self.put(kind, text)

    def put(self, kind: BlockKind, text: str, gap: str = "") -> None:
        self.pieces.add(kind, text, gap or ("\n" if kind == "item" and self.last == "item" else "\n\n"))
        self.last = kind

    def inline(self, text: str) -> str:
        """The words of a line: what stands in code marks untouched, all other marks gone."""
        parts: list[str] = []
        at = 0
        for found in _CODE.finditer(text):
            parts += [self._words(text[at : found.start()]), found[2].strip()]
            at = found.end()
        parts.append(self._words(text[at:]))
        return one_line("".join(parts))

    def _words(self, text: str) -> str:
        if "[" in text:
            text = _IMAGE.sub(r"\1", text)
            text = _LINK.sub(r"\1", text)
            if self.defined:
                text = _REFERENCE.sub(self._reference, text)
        if "<" in text:
            text = _TAG.sub(" ", _COMMENT.sub("", _AUTOLINK.sub(r"\1", text)))
        if "*" in text or "_" in text or "~" in text:
            for mark in _MARKS:
                text = mark.sub(r"\1", text)
        return _ESCAPE.sub(r"\1", text)

    def _reference(self, found: re.Match[str]) -> str:
        # "2001[:]db8[:][:]1" has brackets too; only a label that the file defines is a link.
        return found[1] if (found[2] or found[1]).lower() in self.defined else found[0]
