"""The shapes that a source gives: a catalogue of actors and techniques, a list of designated parties, or a data set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, NamedTuple, Protocol

from tocsin.model import (
    Actor,
    Attribution,
    Campaign,
    Designation,
    Fault,
    Mitigation,
    Party,
    Record,
    Relation,
    Software,
    Source,
    Technique,
)


class About(Record, frozen=True, kw_only=True):
    """What a source is: ``cadence`` says how often its publisher renews it; ``url`` is a page for people, ``addresses``
    are those of the files themselves, empty where a source is only taken from a folder."""

    id: str
    publisher: str
    title: str
    url: str
    licence: str
    cadence: str
    reliability: str = "A"
    addresses: tuple[str, ...] = ()


class Catalogue(Record, frozen=True, kw_only=True):
    """Actors, what they use and what helps against it. ``links`` hold uses, mitigates and belongs_to."""

    source: Source
    version: str = ""
    actors: tuple[Actor, ...] = ()
    software: tuple[Software, ...] = ()
    techniques: tuple[Technique, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    links: tuple[Attribution, ...] = ()
    faults: tuple[Fault, ...] = ()


class PartyList(Record, frozen=True, kw_only=True):
    """One published list: its parties and designations.

    ``as_of`` is the day that the publisher gives the whole, else the date of its newest record.
    """

    id: str
    source: Source
    as_of: str
    parties: tuple[Party, ...] = ()
    designations: tuple[Designation, ...] = ()
    relations: tuple[Relation, ...] = ()

    @property
    def list(self) -> str:
        """The list that it is a copy of: one list may come from two publishers, ``EU-CYB`` and ``EU-CYB (FSF)``."""
        return self.id.partition(" ")[0]


class Given(NamedTuple):
    """A file as it was given: its name for messages (``ARCHIVE#MEMBER`` inside one), its bytes as a stream at its start
    that can be wound back, and their SHA-256."""

    name: str
    stream: IO[bytes]
    sha256: str


class Parsed(NamedTuple):
    """The lists that some files hold, and what of them could not be read."""

    lists: list[PartyList]
    faults: list[Fault]


class ListSource(Protocol):
    """What a module that reads a published list has."""

    ABOUT: About

    def knows(self, head: bytes) -> bool:
        """Whether a file of this source begins so; ``head`` is its first 64 KiB."""

    def parse(self, files: Sequence[Given], today: str) -> Parsed:
        """All files that ``knows`` took, read together and as streams: a list may lie in several files.

        A file that is not what it seemed, or that yields nobody, is a fault that names the file, the place and the
        elements that it does not know; the others are still read. ``today`` dates a list that bears no date.
        """


class Dataset(Record, frozen=True, kw_only=True):
    """What a room reads as a file: a table of flaws, a release of rules, a table of networks.

    ``content`` is the file that is kept, as published or brought into the one form that the room reads; ``suffix`` is
    the ending of its name. ``as_of`` is as in ``PartyList``.
    """

    id: str
    source: Source
    as_of: str
    records: int
    suffix: str
    content: bytes


class DatasetSource(Protocol):
    """What a module that reads a data set has; as ``ListSource``."""

    ABOUT: About

    def knows(self, head: bytes) -> bool:
        """Whether a file of this source begins so; ``head`` is its first 64 KiB."""

    def datasets(self, files: Sequence[Given], today: str) -> tuple[list[Dataset], list[Fault]]:
        """The data sets that the files hold, checked, and what of them could not be read."""
