"""What the graph is made of, as the cache keeps it: each record packed by itself, and unpacked when asked for.

A command that asks for one name needs a few of 50,000 records; the rest stay bytes, which load in no time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec

from tocsin.model import Fault, ListHeld, Record, Source
from tocsin.names import Entry, NameIndex, NameTable

T = TypeVar("T")
PACK_PUBLISHER = "Tocsin reference pack"


class Completeness(Record, frozen=True, kw_only=True):
    """For which list a table is whole: parties of ``countries`` (all where empty) within ``scope``, up to ``until``."""

    authority: str
    list: str
    scope: str
    countries: tuple[str, ...]
    until: str
    how: str


class Use(NamedTuple):
    """An actor (or software) uses a technique or software; ``via`` is the campaign where it holds only through one."""

    subject: str
    object: str
    url: str
    via: str
    by: str
    since: str


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """Packed records by ref: one record, or a list of all that belong to the ref. See ``Graph`` for their types."""

    parties: dict[str, bytes]
    actors: dict[str, bytes]
    software: dict[str, bytes]
    techniques: dict[str, bytes]
    mitigations: dict[str, bytes]
    campaigns: dict[str, bytes]
    designations: dict[str, bytes]
    relations: dict[str, bytes]
    related: dict[str, bytes]
    same: dict[str, bytes]
    disputes: dict[str, bytes]
    indictments: dict[str, bytes]
    out: dict[str, bytes]
    into: dict[str, bytes]
    uses: dict[str, bytes]
    used_by: dict[str, bytes]
    exploits: dict[str, bytes]
    exploited: dict[str, bytes]
    traits: dict[str, bytes]
    mitigated_by: dict[str, tuple[str, ...]]
    names: NameTable
    moved: dict[str, str]
    lists: tuple[ListHeld, ...]
    complete: tuple[Completeness, ...]
    sources: tuple[Source, ...]
    attack: str
    faults: tuple[Fault, ...] = ()

    @property
    def entries(self) -> list[Entry]:
        """All names with their keys."""
        return NameIndex(table=self.names).entries


class Rows(Mapping[str, T]):
    """Records by ref, each unpacked when first asked for and then kept."""

    def __init__(self, packed: Mapping[str, bytes], kind: type[T]) -> None:
        self._packed = packed
        self._decode: Callable[[bytes], T] = msgspec.msgpack.Decoder(kind).decode
        self._made: dict[str, T] = {}

    def __getitem__(self, ref: str) -> T:
        made = self._made.get(ref)
        if made is None:
            made = self._made[ref] = self._decode(self._packed[ref])
        return made

    def __contains__(self, ref: object) -> bool:
        return ref in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def packed(rows: Iterable[Any], key: Callable[[Any], str]) -> dict[str, bytes]:
    """Each row by itself; a later one with the same key takes its place."""
    encode = msgspec.msgpack.Encoder().encode
    return {key(row): encode(row) for row in rows}


def grouped(rows: Iterable[Any], key: Callable[[Any], str]) -> dict[str, bytes]:
    """All rows of a key as one list, in their order."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    encode = msgspec.msgpack.Encoder().encode
    return {name: encode(group) for name, group in found.items()}
