"""The contents of a file on disk: itself, what is inside its gzip, or the members of its zip."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from tocsin.model import Fault

MAX_UNPACKED = 1 << 36  # bytes out of one packed file: what no honest archive of logs reaches, and a bomb does
MAX_MEMBERS = 10_000
_BUFFER = 1 << 18
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# What reading may raise: the disk, a cut or damaged gzip or zip, a zip member with a password or packed in a way that
# Python lacks (RuntimeError and its NotImplementedError).
UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError)
_TORN = (ValueError, struct.error, IndexError)  # what zipfile raises besides, on a damaged directory


class Content(NamedTuple):
    """A name (``ARCHIVE#MEMBER`` for a member) and a way to read from the start; it may raise what UNREADABLE has."""

    name: str
    open: Callable[[], io.BufferedReader]


def contents_of(path: Path, faults: list[Fault]) -> Iterator[Content]:
    """What a file holds. Members of a zip are read while the generator stands at them; hidden ones are left out, as
    hidden files of a folder are. What cannot be opened is a fault."""
    name = printable(str(path))
    try:
        if not path.exists() or not path.is_file():
            why = "not a file" if path.exists() else "no such file"
            faults.append(Fault(file=name, place="", why=why, todo="give the path of a log, or of a folder with logs"))
            return
        with path.open("rb") as handle:
            head = handle.read(4)
        if head in _ZIP:
            yield from _members(path, name, faults)
        else:
            yield Content(name, lambda: _unpacked(path.open("rb"), _Budget()))
    except UNREADABLE as error:
        faults.append(unreadable(name, "", error))


def unreadable(file: str, place: str, error: BaseException) -> Fault:
    """The fault for an error of reading."""
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    if isinstance(error, RuntimeError) and "password required" in why:
        return Fault(file=file, place=place, why="encrypted", todo="unpack it with its password")
    if isinstance(error, EOFError):
        why = "the compressed data is cut off"
    return Fault(file=file, place=place, why=f"cannot be read: {why}", todo="fetch the file again, or unpack it")


def printable(name: str) -> str:
    """A name that can be printed and stored: line ends, control characters and undecodable bytes become U+FFFD."""
    return name if name.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in name)


class _Budget:
    """How many bytes may still come out of a packed file."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED


class _Bounded(io.RawIOBase):
    """Unpacked bytes, until there are too many."""

    def __init__(self, inner: IO[bytes] | gzip.GzipFile, budget: _Budget, below: IO[bytes] | None = None) -> None:
        """``below`` is what ``inner`` reads from and does not close."""
        self._inner = inner
        self._budget = budget
        self._below = below

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._inner.read(len(buffer))
        self._budget.left -= len(part)
        if self._budget.left < 0:
            raise OSError(f"more than {MAX_UNPACKED >> 30} GB unpacked; the rest was left out")
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        self._inner.close()
        if self._below is not None:
            self._below.close()
        super().close()


def _unpacked(raw: IO[bytes], budget: _Budget) -> io.BufferedReader:
    """A stream of the bytes themselves, or of those inside a gzip with any number of members."""
    stream = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(_Bounded(raw, budget), _BUFFER)
    if stream.peek(2)[:2] != _GZIP:
        return stream
    return io.BufferedReader(_Bounded(gzip.GzipFile(fileobj=stream), budget, stream), _BUFFER)


def _members(path: Path, name: str, faults: list[Fault]) -> Iterator[Content]:
    budget = _Budget()
    try:
        archive = zipfile.ZipFile(path)
    except _TORN as error:
        raise zipfile.BadZipFile(f"damaged archive: {error}") from error
    with archive:
        seen = 0
        for info in archive.infolist():
            if info.filename.endswith("/") or _is_hidden(info.filename):
                continue
            seen += 1
            if seen > MAX_MEMBERS:
                why = f"more than {MAX_MEMBERS} members; the rest was left out"
                faults.append(Fault(file=name, place=printable(info.filename), why=why, todo="unpack it into a folder"))
                return
            yield Content(f"{name}#{printable(info.filename)}", _opener(archive, info, budget))
        if not seen:
            faults.append(Fault(file=name, place="", why="an archive without files", todo="check how it was made"))


def _is_hidden(member: str) -> bool:
    """Names with a dot before them, and what macOS puts beside each file."""
    return any(part == "__MACOSX" or (part[0] == "." and part != "..") for part in PurePosixPath(member).parts)


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: _Budget) -> Callable[[], io.BufferedReader]:
    def opened() -> io.BufferedReader:
        try:
            return _unpacked(archive.open(info), budget)
        except _TORN as error:
            raise zipfile.BadZipFile(f"damaged archive: {error}") from error

    return opened
