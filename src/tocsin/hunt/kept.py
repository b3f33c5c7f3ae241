"""The records that a finding points to, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sys import intern

from tocsin.logs import Event, Value
from tocsin.model import Observed, Reason

EACH = 10_000  # records that one finding points to
ALL = 100_000  # records that the findings of one hunt point to together; a finding keeps its first whatever happens
LONGEST = 400  # characters of a field; file and record lead to the whole


class Room:
    """How many more records a hunt may keep."""

    def __init__(self, left: int = ALL) -> None:
        self.left = left


class Kept:
    """The first records of a finding and how many there were."""

    __slots__ = ("count", "records")

    def __init__(self) -> None:
        self.count = 0
        self.records: list[Observed] = []

    def add(self, event: Event, names: Iterable[str], room: Room, matched: Mapping[str, str] | None = None) -> None:
        """Count a record, and keep it while there is room. ``names`` are the fields to keep, where it has them.

        ``matched`` has the text that was recognised in a field, so that a long value is cut around it.
        """
        self.count += 1
        if self.records and (len(self.records) >= EACH or room.left <= 0):
            return
        room.left -= 1
        marks = matched or {}
        fields = {name: _cut(event.fields[name], marks.get(name, "")) for name in names if name in event.fields}
        self.records.append(Observed(file=intern(event.file or ""), record=event.record or "", fields=fields))

    def reason(self) -> Reason:
        """How many records there were, and how many of them stand in the evidence."""
        says = f"{self.count:,} record{'s' if self.count != 1 else ''}"
        if self.count > len(self.records):
            says += f"; the first {len(self.records):,} stand in the evidence"
        return Reason(name="records", says=says, value=str(self.count))


def _cut(value: Value, mark: str) -> Value:
    if isinstance(value, list):
        return [str(_cut(one, mark)) for one in value[:100]]
    if len(value) <= LONGEST:
        return value
    at = max(0, value.lower().find(mark) - LONGEST // 2) if mark else 0
    return f"{'…' if at else ''}{value[at : at + LONGEST]}{'…' if at + LONGEST < len(value) else ''}"
