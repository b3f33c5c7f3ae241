"""Lines of a text log in bounded memory, as UTF-8 whatever the file's encoding."""

from __future__ import annotations

import codecs
import contextlib
import io
from collections.abc import Callable, Iterator

from tocsin.logs.notes import Notes

MAX_LINE = 16 * 1024 * 1024  # characters; the longest honest record, a PowerShell script block, is far below
_TODO = "split the file so that each record is a line of its own; the other lines were used"


def lines(stream: io.BufferedReader, notes: Notes) -> Iterator[tuple[int, bytes]]:
    """Number (the first is 1) and bytes of each line with its line end, without a byte order mark.

    A line of more than 16 MB is named and skipped. Raises what reading the stream raises.
    """
    with contextlib.closing(_Utf8(stream)) as source:
        yield from _numbered(source.readline, notes)


def _numbered(read: Callable[[int], bytes], notes: Notes) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := read(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            while (rest := read(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            notes.add(f"line {number}", "a line of more than 16 MB", _TODO)
        else:
            yield number, line


def as_utf8(head: bytes) -> bytes:
    """The start of a text as UTF-8 without a byte order mark; what cannot be decoded is replaced."""
    encoding = _encoding(head)
    if encoding:
        return head.decode(encoding, "replace").lstrip("\ufeff").encode()
    return head.removeprefix(codecs.BOM_UTF8)


def note_encoding(number: int, line: bytes, notes: Notes) -> None:
    """Note a line that is not UTF-8; whoever decodes it puts U+FFFD for what cannot be read."""
    if not line.isascii():
        try:
            line.decode()
        except UnicodeDecodeError:
            notes.add(f"line {number}", "not UTF-8; what cannot be read stands as U+FFFD", "save it as UTF-8")


def _encoding(head: bytes) -> str | None:
    """UTF-16 by its mark, or by the zeros that ASCII has in it; else none, since UTF-8 needs no decoding."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = head[:16]
    if len(start) == 16 and not any(start[1::2]) and all(start[::2]):
        return "utf-16-le"
    if len(start) == 16 and not any(start[::2]) and all(start[1::2]):
        return "utf-16-be"
    return None


class _Utf8:
    """A stream whose lines are UTF-8. Closing it leaves the stream open, which is its owner's."""

    def __init__(self, stream: io.BufferedReader) -> None:
        encoding = _encoding(stream.peek(16)[:16])
        self._text = None
        self.readline: Callable[[int], bytes] = stream.readline
        if encoding:
            self._text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
            self.readline = self._encoded
        elif stream.peek(3).startswith(codecs.BOM_UTF8):
            stream.read(3)

    def _encoded(self, size: int) -> bytes:
        return self._text.readline(size).encode() if self._text else b""

    def close(self) -> None:
        if self._text and not self._text.closed:  # whoever stops early may have closed the stream already
            self._text.detach()
