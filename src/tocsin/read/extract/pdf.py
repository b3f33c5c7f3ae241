"""A PDF to text: page headers and footers taken out, wrapped lines joined, words that break over lines made whole."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw_pdfium

from tocsin.model import Record, TocsinError
from tocsin.model.reports import BlockKind
from tocsin.read.extract.blocks import BULLET, Pieces, is_heading, one_line, words
from tocsin.read.extract.encoding import MAX_TEXT
from tocsin.read.extract.extracted import Extracted, Meta

_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.?|стр\.?)?\s*\d{1,4}(?:\s*(?:/|of|von|sur|de|из)\s*\d{1,4})?\W*", re.IGNORECASE
)
_ENDS = (".", "!", "?", ":", "。", "！", "？", ".”", '."', ".)")
_EDGE = 2  # lines at the top and foot of a page that may be a running header or footer
_HYPHENS = "-\u2010\u00ad\ufffe\x02"  # the last two are how PDFium marks a hyphen at a line's end
_LINE = re.compile("[^\n\ufffe\x02]*[\n\ufffe\x02]|[^\n\ufffe\x02]+$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First parts of words that are written with a hyphen; a word broken after one of them keeps it.
_COMPOUNDS = words(
    "state self non well co anti multi cross long short low high end user zero command double two three four five open "
    "third spear living full half first second near mid post pre counter dual hard large small off on all ex so "
    "internet public password time data cloud web network custom malware cyber phishing nexus linked"
)
_JUNK_TITLES = re.compile(r"untitled|microsoft word|.*\.(?:docx?|indd|pdf|pptx?)\s*$|\W*$", re.IGNORECASE)


class Line(Record, frozen=True):
    """A line on a page. ``top`` and ``bottom`` in points from the page's foot; ``size`` of its first letter's font."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def read_pdf(raw: bytes, path: str) -> Extracted:
    """Blocks of a PDF's text. Raises TocsinError for a damaged or encrypted file and for one that is only pictures."""
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise TocsinError(path, "", "the PDF is encrypted", "save a copy without a password") from error
        raise TocsinError(path, "", "the PDF is damaged and cannot be opened", "download it again") from error
    with document:
        count = len(document)
        pages: list[list[Line]] = []
        length = 0
        for number in range(count):
            try:
                lines = _lines(document[number])
            except pdfium.PdfiumError as error:
                raise TocsinError(
                    path, f"page {number + 1}", "this page cannot be read", "download it again"
                ) from error
            length += sum(len(line.text) for line in lines)
            if length > MAX_TEXT:
                raise TocsinError(
                    path,
                    f"page {number + 1}",
                    f"more than {MAX_TEXT:,} characters of text",
                    "split the report into parts",
                )
            pages.append(lines)
        stated = document.get_metadata_dict()
    if not any(pages):
        raise TocsinError(path, "", f"has {count} pages but no text; it is a scan", "run OCR first")
    pieces, dropped = _blocks(pages)
    title = one_line(stated.get("Title", ""))
    first = pieces.blocks[0] if pieces.blocks else None
    if first and first.kind == "title":
        title = pieces.text[first.start : first.end]
    elif _JUNK_TITLES.match(title):
        title = ""
    notes = [f"pypdfium2, {count} pages", f"{dropped} header and footer lines dropped" if dropped else "", pieces.note]
    if empty := [number for number, lines in enumerate(pages, start=1) if not lines]:
        notes.append("no text on page " + ", ".join(map(str, empty[:20])))
    return Extracted(pieces=pieces, meta=Meta(title=title or None), how="; ".join(filter(None, notes)))


def _lines(page: pdfium.PdfPage) -> list[Line]:
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        # Positions are PDFium's; they equal Python's only while no character lies outside the basic plane.
        placed = len(text) == text_page.count_chars()
        lines: list[Line] = []
        at = 0
        # PDFium runs the lines of a broken word together, with a mark in place of the hyphen; they are still two.
        for found in _LINE.finditer(text):
            part = found[0]
            line = part.rstrip("\r\n \t")
            start = at + len(line) - len(line.lstrip())
            at += len(part)
            if not line.strip():
                continue
            left = right = top = bottom = size = 0.0
            if placed:
                left, bottom, _, top = text_page.get_charbox(start, loose=True)
                right = text_page.get_charbox(start + len(line.strip()) - 1, loose=True)[2]
                size = float(raw_pdfium.FPDFText_GetFontSize(text_page, start))
            lines.append(Line(text=line.strip(), left=left, right=right, top=top, bottom=bottom, size=size))
        return lines
    finally:
        text_page.close()
        page.close()


def _blocks(pages: list[list[Line]]) -> tuple[Pieces, int]:
    running = _running(pages)
    lines: list[Line] = []
    dropped = 0
    for page in pages:
        kept = []
        for number, line in enumerate(page):
            edge = number < _EDGE or number >= len(page) - _EDGE
            number_only = number in (0, len(page) - 1) and _PAGE_NUMBER.fullmatch(line.text)
            if edge and (_key(line) in running or (len(page) > 1 and number_only)):
                dropped += 1
            else:
                kept.append(line)
        lines += kept
    pieces = Pieces()
    body = _body_size(lines)
    pitch = median(gaps) if (gaps := [gap for a, b in pairwise(lines) if 0 < (gap := a.top - b.top) < 60]) else 0
    right = sorted(line.right for line in lines)[len(lines) * 9 // 10] if lines else 0.0
    known = frozenset(word.lower() for line in lines for word in _WORD.findall(line.text))
    group: list[Line] = []
    for line in lines:
        if group and _breaks(group, line, pitch, right):
            _put(pieces, group, body, known)
            group = []
        group.append(line)
    if group:
        _put(pieces, group, body, known)
    return pieces, dropped


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", one_line(line.text).casefold())


def _running(pages: list[list[Line]]) -> set[str]:
    """Lines that stand at the top or foot of at least half of the pages (numbers aside)."""
    if len(pages) < 2:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        edges = page if len(page) <= 2 * _EDGE else page[:_EDGE] + page[-_EDGE:]
        counts.update({_key(line) for line in edges})
    return {key for key, count in counts.items() if count >= max(2, len(pages) / 2)}


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _breaks(group: list[Line], line: Line, pitch: float, right: float) -> bool:
    """Whether ``line`` begins a new block after those of ``group``."""
    last = group[-1]
    if BULLET.match(line.text + " "):
        return True
    if last.size and line.size and abs(last.size - line.size) > 0.1 * last.size:
        return True
    gap = last.top - line.top
    if gap <= 0 or gap > 60:  # the next column or page: the sentence decides
        heading = len(group) == 1 and len(last.text) < 60 and is_heading(last.text)
        return last.text.endswith(_ENDS) or (heading and not line.text[0].islower())
    if pitch and gap > 1.35 * max(pitch, last.size):
        return True
    short = right > 0 and last.right - last.left < 0.85 * (right - last.left)
    return short and (
        last.text.endswith(_ENDS) or (len(group) == 1 and is_heading(last.text) and line.text[0].isupper())
    )


def _unbroken(text: str, following: str, known: frozenset[str]) -> str:
    """``text``, which ends in a hyphen, joined with the next line: the hyphen goes unless the word has one itself."""
    head, tail = _WORD.findall(text[:-1])[-1:], _WORD.findall(following)[:1]
    if head and tail and following[0].islower() and text[-2].isalpha():
        whole, hyphened = f"{head[0]}{tail[0]}".lower(), f"{head[0]}-{tail[0]}".lower()
        kept = hyphened in known or (whole not in known and head[0].lower() in _COMPOUNDS)
        return text[:-1] + ("-" if kept else "") + following
    return text[:-1] + "-" + following


def _put(pieces: Pieces, group: list[Line], body: float, known: frozenset[str]) -> None:
    text = ""
    for line in group:
        if len(text) > 2 and text[-1] in _HYPHENS and not text[-2].isspace():
            text = _unbroken(text, line.text, known)
        else:
            text = f"{text} {line.text}" if text else line.text
    text = text.replace("\ufffe", "-").replace("\x02", "-")
    bullet = BULLET.match(text)
    larger = bool(body) and group[0].size > 1.12 * body
    kind: BlockKind = "paragraph"
    if larger and len(text) < 300:
        kind = "title" if not pieces.blocks else "heading"
    elif bullet and bullet.end() < len(text):
        kind, text = "item", text[bullet.end() :]
    elif len(group) == 1 and is_heading(text):
        kind = "title" if not pieces.blocks else "heading"
    pieces.add(kind, text)
