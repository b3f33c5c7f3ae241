"""Files from a folder, known by content, also inside .gz, .zip and .tar.gz; sizes are bounded, names never trusted."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from tocsin.model import Fault, Record, TocsinError
from tocsin.sources import Catalogue, PartyList, attack, eu_fsf, eu_journal

MAX_FILE = 512 * 1024 * 1024  # bytes of one file, unpacked; the largest published list is well below
MAX_MEMBERS = 10_000
HEAD = 65_536
KNOWN = "MITRE's ATT&CK bundle, the EU Journal tables and the EU consolidated list (FSF XML 1.1)"
_UNREADABLE = (
    OSError,
    EOFError,
    zlib.error,
    gzip.BadGzipFile,
    tarfile.TarError,
    zipfile.BadZipFile,
    RuntimeError,  # a zip member with a password, or packed in a way that Python lacks
)


class Intake(Record, frozen=True, kw_only=True):
    """What a folder gave: lists, catalogues, and what could not be used."""

    lists: tuple[PartyList, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    left_out: tuple[Fault, ...] = ()


class _TooLargeError(Exception):
    pass


def take_from(folder: Path, today: str) -> Intake:
    """Read every file under ``folder``; what cannot be used is a fault. Raises TocsinError where it is not there."""
    if not folder.exists():
        raise TocsinError(str(folder), "", "no such file or folder", "give the folder that holds the downloaded lists")
    faults: list[Fault] = []
    catalogues: list[Catalogue] = []
    lists: list[PartyList] = []
    tables: list[tuple[str, bytes]] = []
    paths = [folder] if folder.is_file() else sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths:
        known = False
        try:
            for name, raw in _members(path):
                if attack.is_bundle(raw[:HEAD]):
                    known = True
                    found = attack.parse(raw, name, _sha256(raw))
                    catalogues.append(found)
                    faults += found.faults
                elif eu_fsf.is_list(raw[:HEAD]):
                    known = True
                    held, left_out = eu_fsf.parse(raw, name, _sha256(raw))
                    lists += held
                    faults += left_out
                elif eu_journal.is_table(raw[:HEAD]):
                    known = True
                    tables.append((name, raw))
        except TocsinError as error:
            faults.append(error.fault)
        except _TooLargeError as error:
            todo = "unpack it and give the list alone"
            faults.append(Fault(file=str(path), place=str(error), why="too large to be a list", todo=todo))
        except _UNREADABLE as error:
            faults.append(Fault(file=str(path), place="", why=f"cannot be read: {error}", todo="fetch it again"))
        else:
            if not known:
                why = "not a list or catalogue that is known"
                faults.append(Fault(file=str(path), place="", why=why, todo=f"known here: {KNOWN}"))
    journal, left_out = eu_journal.parse(tables, today)
    digest = _sha256(b"".join(raw for _, raw in sorted(tables)))
    lists += [_with_digest(held, digest) for held in journal]
    return Intake(
        lists=tuple(_newest(lists)), catalogues=tuple(_newest_catalogue(catalogues)), left_out=(*faults, *left_out)
    )


def _newest(lists: list[PartyList]) -> list[PartyList]:
    """Each list once: the newest where a folder holds several downloads of it."""
    found: dict[str, PartyList] = {}
    for one in sorted(lists, key=lambda held: held.as_of):
        found[one.id] = one
    return [found[key] for key in sorted(found)]


def _newest_catalogue(catalogues: list[Catalogue]) -> list[Catalogue]:
    return sorted(catalogues, key=lambda one: one.source.published or "")[-1:]


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _with_digest(held: PartyList, digest: str) -> PartyList:
    return msgspec.structs.replace(held, source=msgspec.structs.replace(held.source, sha256=digest))


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    """The file itself, or the members of an archive, as ``ARCHIVE#MEMBER``."""
    with path.open("rb") as handle:
        head = handle.read(4)
    if head[:2] == b"\x1f\x8b":
        with gzip.open(path) as stream:
            raw = _bounded(stream, str(path))
        if raw[257:262] == b"ustar":
            yield from _tar(path, raw)
        else:
            yield str(path), raw
    elif head == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive:
            for number, info in enumerate(archive.infolist()):
                if number >= MAX_MEMBERS:
                    raise _TooLargeError(f"member {number}")
                if not info.is_dir():
                    with archive.open(info) as stream:
                        yield f"{path}#{info.filename}", _bounded(stream, info.filename)
    else:
        with path.open("rb") as stream:
            yield str(path), _bounded(stream, str(path))


def _tar(path: Path, raw: bytes) -> Iterator[tuple[str, bytes]]:
    with contextlib.closing(tarfile.open(fileobj=io.BytesIO(raw))) as archive:
        for number, member in enumerate(archive):
            if number >= MAX_MEMBERS:
                raise _TooLargeError(f"member {number}")
            if member.isfile() and (stream := archive.extractfile(member)):
                yield f"{path}#{member.name}", _bounded(stream, member.name)


def _bounded(stream: IO[bytes] | gzip.GzipFile, name: str) -> bytes:
    raw = stream.read(MAX_FILE + 1)
    if len(raw) > MAX_FILE:
        raise _TooLargeError(name)
    return raw
