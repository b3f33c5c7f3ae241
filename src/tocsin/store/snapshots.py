"""Dated snapshots of lists and catalogues: written whole, then made current by one rename.

A snapshot is a msgpack file ``snapshots/<id>/<as_of>-<sha256 8>.msgpack``; ``snapshots/current.json`` names the ones
in use. A sync that dies at any point leaves the last manifest, and so the last good snapshots, in use.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import msgspec

from tocsin.model import Fault, ListHeld, Record
from tocsin.sources import Catalogue, PartyList
from tocsin.store.home import changed, home, write_whole

T = TypeVar("T")


class Held(Record, frozen=True, kw_only=True):
    """One snapshot in use."""

    id: str
    kind: str
    publisher: str
    as_of: str
    parties: int
    sha256: str
    file: str


class _Manifest(Record, frozen=True, kw_only=True):
    held: tuple[Held, ...] = ()


class Snapshots:
    """The snapshots under a folder (default ``TOCSIN_HOME``)."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = (root or home()) / "snapshots"
        self.faults: list[Fault] = []

    def held(self) -> list[Held]:
        """What is in use; empty where nothing was synced. A damaged manifest becomes a fault."""
        path = self.root / "current.json"
        try:
            return list(msgspec.json.decode(path.read_bytes(), type=_Manifest).held)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except (OSError, msgspec.DecodeError) as error:
            self._lost(path, error)
            return []

    def lists(self) -> list[PartyList]:
        """The lists in use, each read whole; one that is damaged becomes a fault."""
        return [one for held in self.held() if held.kind == "list" and (one := self._load(held, PartyList))]

    def catalogue(self) -> Catalogue | None:
        """The ATT&CK bundle in use, or None."""
        for held in self.held():
            if held.kind == "catalogue":
                return self._load(held, Catalogue)
        return None

    def keep(self, lists: tuple[PartyList, ...], catalogues: tuple[Catalogue, ...]) -> list[ListHeld]:
        """Write the snapshots, then the manifest that puts them in use. Returns a row a list."""
        rows = {held.id: held for held in self.held()}
        new = []
        for held_list in lists:
            entry = self._write(held_list, held_list.id, "list", held_list.as_of, len(held_list.parties))
            new.append(entry)
        for catalogue in catalogues:
            date = catalogue.source.published or ""
            new.append(self._write(catalogue, catalogue.source.id, "catalogue", date, len(catalogue.actors)))
        rows.update({entry.id: entry for entry in new})
        manifest = _Manifest(held=tuple(rows[key] for key in sorted(rows)))
        write_whole(self.root / "current.json", msgspec.json.format(msgspec.json.encode(manifest)))
        return [
            ListHeld(id=e.id, publisher=e.publisher, as_of=e.as_of, parties=e.parties, sha256=e.sha256) for e in new
        ]

    def fingerprint(self) -> str:
        """Changes whenever another snapshot comes into use, or one of them is damaged or mended."""
        return "|".join(f"{held.id}={held.file}:{changed(self.root / held.file)}" for held in self.held())

    def _write(self, value: PartyList | Catalogue, name: str, kind: str, as_of: str, parties: int) -> Held:
        digest = value.source.sha256 or ""
        folder = re.sub(r"[^\w.-]", "_", name)
        file = f"{folder}/{as_of or 'undated'}-{digest[:8]}.msgpack"
        write_whole(self.root / file, msgspec.msgpack.encode(value))
        return Held(
            id=name,
            kind=kind,
            publisher=value.source.publisher,
            as_of=as_of,
            parties=parties,
            sha256=digest,
            file=file,
        )

    def _load(self, held: Held, kind: type[T]) -> T | None:
        path = self.root / held.file
        try:
            return msgspec.msgpack.decode(path.read_bytes(), type=kind)
        except (OSError, msgspec.DecodeError) as error:
            self._lost(path, error)
            return None

    def _lost(self, path: Path, error: Exception) -> None:
        todo = "run tocsin sync again; the work went on without it"
        self.faults.append(Fault(file=str(path), place="", why=f"snapshot not readable: {error}", todo=todo))
