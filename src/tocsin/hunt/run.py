"""All hunts over one pass of the logs."""

from __future__ import annotations

from typing import Protocol

import pyarrow as pa

from tocsin.hunt.contacts import Contacts
from tocsin.hunt.kinds import AddressKinds
from tocsin.hunt.residential import Residential
from tocsin.hunt.watch import Watch
from tocsin.model import Fault, Finding, InputRead, Organisation

NAMES = (Residential.name, Contacts.name)


class Hunt(Protocol):
    """An analytic. ``faults`` says why it could not look; ``notes`` and ``findings`` are whole after the last batch."""

    name: str
    faults: list[Fault]
    notes: list[str]

    def feed(self, batch: pa.RecordBatch) -> None: ...

    def findings(self) -> list[Finding]: ...


class Hunts:
    """All hunts of ``NAMES``, fed together; each sees every batch once and keeps counts, not records."""

    def __init__(self, organisation: Organisation, *, address_kinds: AddressKinds | None, watch: Watch) -> None:
        self.inputs: tuple[InputRead, ...] = address_kinds.inputs if address_kinds else ()
        self._hunts: tuple[Hunt, ...] = (Residential(organisation, address_kinds), Contacts(organisation, watch))

    def feed(self, batch: pa.RecordBatch) -> None:
        """Records, in any order."""
        for hunt in self._hunts:
            hunt.feed(batch)

    def findings(self) -> list[Finding]:
        """What was found, hunt by hunt, the highest score first."""
        return [finding for hunt in self._hunts for finding in hunt.findings()]

    @property
    def faults(self) -> list[Fault]:
        """Which hunts could not look and why, and what of their tables was left out."""
        return [fault for hunt in self._hunts for fault in hunt.faults]

    @property
    def notes(self) -> list[str]:
        """What was seen, judged usual and left unreported, in words; whole after ``findings``."""
        return [note for hunt in self._hunts for note in hunt.notes]
