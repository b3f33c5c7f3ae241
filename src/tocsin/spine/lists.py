"""Taking lists and catalogues into use."""

from __future__ import annotations

from pathlib import Path

from tocsin.model import Fault, ListHeld
from tocsin.store import Snapshots, take_from


def sync(folder: Path, today: str) -> tuple[list[ListHeld], list[Fault]]:
    """Take lists and catalogues from a folder into use, whole or not at all."""
    intake = take_from(folder, today)
    snapshots = Snapshots()
    rows = snapshots.keep(intake.lists, intake.catalogues) if intake.lists or intake.catalogues else []
    return rows, [*intake.left_out, *snapshots.faults]
