"""A report file to a Report: text, blocks that point into it, and what the file says of its title, publisher and day.

Formats are known by content first and by suffix second: text, Markdown, HTML, PDF.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from tocsin.model import Report, TocsinError
from tocsin.read.extract.blocks import Pieces, one_line
from tocsin.read.extract.dateline import dateline
from tocsin.read.extract.encoding import MAX_TEXT, check_length, clean, clean_note, decode
from tocsin.read.extract.extracted import Extracted, Meta
from tocsin.read.extract.language import language_of
from tocsin.read.extract.markdown import looks_like_markdown, read_markdown
from tocsin.read.extract.plain import plain_blocks

MAX_FILE = 64 * 1024 * 1024  # bytes
_OTHERS = (
    (b"PK\x03\x04", "a zip file or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document or an Outlook message"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"7z\xbc\xaf", "an archive"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_PART = re.compile(rb"<(?:p|div|h[1-6]|article|main|table|ul|meta|title)\b[^<>]{0,500}>", re.IGNORECASE)


def load_report(path: Path) -> Report:
    """Read the report at ``path``.

    ``Report.text`` is what users are shown, and every span in what follows is an offset into it. ``how`` names the
    reader, any fallback, an assumed encoding, and how many invisible characters were dropped.
    Raises TocsinError, saying what to do, for a file that is missing, a folder, empty, larger than ``MAX_FILE``,
    binary, of unknown encoding, encrypted, or a scan without text.
    """
    raw = _bytes(path)
    name = str(path)
    kind = _kind(raw, path)
    if kind == "pdf":
        from tocsin.read.extract.pdf import read_pdf  # PDFium takes 0.1 s to load

        found = read_pdf(raw, name)
    elif kind == "html":
        from tocsin.read.extract.html import read_html  # lxml too

        found = read_html(raw, name)
    elif kind == "markdown":
        found = read_markdown(raw, name)
    else:
        text, coded = decode(raw, name)
        if path.suffix.lower() not in (".txt", ".text") and looks_like_markdown(text):
            found = read_markdown(raw, name)
        else:
            return _plain(text, name, _sha256(raw), "; ".join(note for note in ("text", coded) if note))
    return _report(found, name, _sha256(raw))


def report_of(text: str, path: str = "text") -> Report:
    """A Report of plain text that is already in memory. Raises TocsinError where it is empty or too long."""
    return _plain(text, path, _sha256(text.encode("utf-8", "replace")), "text")


def lines_as_reports(path: Path) -> Iterator[Report]:
    """Each line of ``path`` that holds something as a Report of its own, named ``FILE:LINE``, in order, as it is read.

    The file may be larger than memory. Raises TocsinError for a file that is missing, a folder, or without any text,
    and for a line that is longer than ``MAX_TEXT`` or is not text; each error names the line.
    """
    _check_file(path)
    seen = False
    with path.open("rb") as stream:
        for number, raw in enumerate(iter(lambda: stream.readline(MAX_TEXT + 2), b""), start=1):
            where = f"{path}:{number}"
            if len(raw) > MAX_TEXT:
                raise TocsinError(
                    str(path), f"line {number}", f"longer than {MAX_TEXT:,} bytes", "break it into reports"
                )
            if number == 1 and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise TocsinError(str(path), "line 1", "UTF-16; lines are read as UTF-8", "save it as UTF-8")
            if not raw.strip():
                continue
            text, coded = decode(raw, where)
            if text.strip():
                seen = True
                how = "; ".join(note for note in ("line of text", coded) if note)
                yield _plain(text.strip("\r\n"), where, _sha256(raw.rstrip(b"\r\n")), how)
    if not seen:
        raise TocsinError(str(path), "", "there is no text in it", "give a file with one report a line")


def _plain(text: str, path: str, sha256: str, how: str) -> Report:
    text, hidden, controls = clean(text)
    check_length(text, path)
    text, blocks = plain_blocks(text)
    if not blocks:
        raise TocsinError(path, "", "there is no text in it", "give a file that holds the report's text")
    first = text[blocks[0].start : blocks[0].end]
    head = [text[block.start : block.end] for block in blocks[:8]]
    return Report(
        path=path,
        sha256=sha256,
        text=text,
        blocks=tuple(blocks),
        title=one_line(first) if blocks[0].kind == "title" else "",
        published=dateline(head) if len(blocks) > 1 else None,
        language=language_of(text),
        how="; ".join(note for note in (how, clean_note(hidden, controls)) if note),
    )


def _report(found: Extracted, path: str, sha256: str) -> Report:
    pieces: Pieces = found.pieces
    meta: Meta = found.meta
    text = pieces.text
    check_length(text, path)
    head = [text[block.start : block.end] for block in pieces.blocks[:8]]
    language = language_of(text)
    return Report(
        path=path,
        sha256=sha256,
        text=text,
        blocks=tuple(pieces.blocks),
        title=one_line(meta.title or ""),
        publisher=meta.publisher,
        published=meta.published or dateline(head),
        # A page's own word counts where the text does not tell: templates say "en" on pages in any language.
        language=language if language != "und" else meta.language or "und",
        how=found.how,
    )


def _kind(raw: bytes, path: Path) -> str:
    head = raw[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise TocsinError(str(path), "", f"this is {what}", "save it as PDF, HTML or text")
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        raise TocsinError(str(path), "byte 0", "a PDF begins with %PDF-, this does not", "download it again")
    plain = head.decode("utf-16", "ignore").encode() if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    start = plain.removeprefix(b"\xef\xbb\xbf").lstrip()
    named = suffix in (".html", ".htm", ".xhtml")
    if start.startswith(b"<") and _HTML.search(plain) and suffix not in (".md", ".markdown"):
        return "html"
    if named and (_HTML.search(plain) or _HTML_PART.search(raw[:65_536])):
        return "html"
    return "markdown" if suffix in (".md", ".markdown") else "text"


def _check_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise TocsinError(str(path), "", "no such file", "check the path") from error
    if path.is_dir():
        raise TocsinError(str(path), "", "this is a folder", "name the report files in it")
    if size == 0 and path.is_file():
        raise TocsinError(str(path), "", "the file is empty", "give a file that holds the report's text")


def _bytes(path: Path) -> bytes:
    _check_file(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise TocsinError(str(path), "", f"cannot be read ({error.strerror})", "check its permissions") from error
    if len(raw) > MAX_FILE:
        raise TocsinError(str(path), "", f"larger than {MAX_FILE // 1024**2} MB", "split it, or save only its text")
    if not raw.strip():
        raise TocsinError(
            str(path), "", "there is nothing but white space in it", "give a file that holds the report's text"
        )
    return raw


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
