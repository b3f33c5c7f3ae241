"""What every noun is made of: references, sources, reasons, evidence, faults."""

from __future__ import annotations

from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all nouns: immutable, compared by value, written as a JSON object with the field names as keys."""


class Ref(Record, frozen=True, kw_only=True):
    """A thing that a text names. ``ref`` is null where no catalogue has it; ``name`` is then what the text says."""

    text: str
    ref: str | None = None
    name: str | None = None


class Source(Record, frozen=True, kw_only=True):
    """Where statements come from. Dates are ISO 8601.

    ``reliability`` is a letter of the Admiralty code (NATO STANAG 2511): A is best, F cannot be judged.
    """

    id: str
    publisher: str
    title: str
    url: str | None = None
    published: str | None = None
    retrieved: str | None = None
    sha256: str | None = None
    licence: str | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"


class Evidence(Record, frozen=True, kw_only=True):
    """One dated record that speaks for or against a statement: who published it, where, and what it says.

    ``says`` is in our words, never a copy of the record.
    """

    source: str
    publisher: str
    date: str | None = None
    record: str | None = None
    url: str | None = None
    says: str = ""


class Reason(Record, frozen=True, kw_only=True):
    """Why: the one shape behind every score, match and verdict. ``weight`` is signed; ``value`` and scores are 0…1."""

    name: str
    says: str
    value: float | str | None = None
    weight: float | None = None
    met: bool = True
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[Reason, ...] = ()


class Fault(Record, frozen=True, kw_only=True):
    """What could not be read, where, and what to do about it; the work went on without it."""

    file: str
    place: str
    why: str
    todo: str = ""

    def line(self) -> str:
        """One line for stderr, as ``tocsin: FILE:PLACE: what is wrong; what to do``."""
        place = f":{self.place}" if self.place else ""
        todo = f"; {self.todo}" if self.todo else ""
        return f"tocsin: {self.file}{place}: {self.why}{todo}"


class ListHeld(Record, frozen=True, kw_only=True):
    """A published list that was consulted, the date of its newest record, and how many parties it has."""

    id: str
    as_of: str
    parties: int
    publisher: str = ""
    sha256: str | None = None


class LogRead(Record, frozen=True, kw_only=True):
    """A log that was read: its format, how many records, and the times of the first and the last of them."""

    path: str
    format: str
    records: int
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None


class InputRead(Record, frozen=True, kw_only=True):
    """Other evidence that was read: ``kind`` is counterparties, payments, inventory, identities or a table's name."""

    path: str
    kind: str
    records: int


class Examined(Record, frozen=True, kw_only=True):
    """What was looked at, so that "nothing found" says in what; ``notes`` say what was seen and judged usual."""

    lists: tuple[ListHeld, ...] = ()
    catalogues: tuple[Source, ...] = ()
    logs: tuple[LogRead, ...] = ()
    inputs: tuple[InputRead, ...] = ()
    rules: dict[str, int] = msgspec.field(default_factory=lambda: {"run": 0, "left_out": 0})
    notes: tuple[str, ...] = ()
    left_out: tuple[Fault, ...] = ()


class TocsinError(Exception):
    """An error that a person can act on: the file, the place in it, what is wrong and what to do."""

    def __init__(self, file: str, place: str, why: str, todo: str = "") -> None:
        self.fault = Fault(file=file, place=place, why=why, todo=todo)
        super().__init__(self.fault.line())
