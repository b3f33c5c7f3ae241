"""The two shapes that a source gives: a catalogue of actors and techniques, or a list of designated parties."""

from __future__ import annotations

from tocsin.model import (
    Actor,
    Attribution,
    Campaign,
    Designation,
    Fault,
    Mitigation,
    Party,
    Record,
    Software,
    Source,
    Technique,
)


class About(Record, frozen=True, kw_only=True):
    """What a source is: ``cadence`` says how often its publisher renews it."""

    id: str
    publisher: str
    title: str
    url: str
    licence: str
    cadence: str
    reliability: str = "A"


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

    @property
    def list(self) -> str:
        """The list that it is a copy of: one list may come from two publishers, ``EU-CYB`` and ``EU-CYB (FSF)``."""
        return self.id.partition(" ")[0]
