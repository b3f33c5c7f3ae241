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

import msgspec

from tocsin.model import Fault, Record, TocsinError
from tocsin.sources import Catalogue, PartyList, attack, eu_journal

MAX_FILE = 512 * 1024 * 1024  # bytes of one file, unpacked; the largest published list is well below
MAX_MEMBERS = 10_000
HEAD = 65_536


class Intake(Record, frozen=True, kw_only=True):
    """What a folder gave: lists, catalogues, and what could not be used."""

    lists: tuple[PartyList, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    left_out: tuple[Fault, ...] = ()


class _TooLargeError(Exception):
    pass


def take_from(folder: Path, today: str) -> Intake:
    """Read every file under ``folder``. Raises TocsinError where it is no folder; a file that cannot be used is a fault."""
    if not folder.exists():
        raise TocsinError(str(folder), "", "no such file or folder", "give the folder that holds the downloaded lists")
    faults: list[Fault] = []
    catalogues: list[Catalogue] = []
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
                elif eu_journal.is_table(raw[:HEAD]):
                    known = True
                    tables.append((name, raw))
        except TocsinError as error:
            faults.append(error.fault)
            continue
        except _TooLargeError as error:
            faults.append(Fault(file=str(path), place=str(error), why="too large to be a list", todo="unpack it and give the list alone"))
            continue
        except (OSError, EOFError, zlib.error, gzip.BadGzipFile, tarfile.TarError, zipfile.BadZipFile, RuntimeError) as error:
            faults.append(Fault(file=str(path), place="", why=f"cannot be read: {error}", todo="fetch it again"))
            continue
        if not known:
            todo = "known here: MITRE's ATT&CK bundle and the EU Journal tables"
            faults.append(Fault(file=str(path), place="", why="not a list or catalogue that is known", todo=todo))
    lists = eu_journal.parse(tables, today)
    digest = _sha256(b"".join(raw for _, raw in sorted(tables)))
    lists = [_with_digest(held, digest) for held in lists]
    faults += [fault for held in lists for fault in held.faults]
    return Intake(lists=tuple(lists), catalogues=tuple(catalogues), left_out=tuple(faults))


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


def _bounded(stream: io.BufferedIOBase | gzip.GzipFile | object, name: str) -> bytes:
    raw: bytes = stream.read(MAX_FILE + 1)  # type: ignore[attr-defined]
    if len(raw) > MAX_FILE:
        raise _TooLargeError(name)
    return raw
