"""What goes wrong while one log is read, gathered so that a million broken lines are one fault and not a million."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.model import Fault

_NAMED = 3  # places that a fault names when there are many


class _Kind(NamedTuple):
    why: str
    todo: str


class Notes:
    """The faults of one log. The same thing in many places is counted, and its first places are named."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._places: dict[_Kind, list[str]] = {}
        self._counts: dict[_Kind, int] = {}

    def add(self, place: str, why: str, todo: str = "") -> None:
        """One more place where this went wrong."""
        kind = _Kind(why, todo)
        places = self._places.setdefault(kind, [])
        if len(places) < _NAMED:
            places.append(place)
        self._counts[kind] = self._counts.get(kind, 0) + 1

    def faults(self) -> list[Fault]:
        """One fault for each kind, in the order in which they were met first."""
        return [self._fault(kind, count) for kind, count in self._counts.items()]

    def _fault(self, kind: _Kind, count: int) -> Fault:
        first, *more = self._places[kind]
        why = kind.why
        if count > 1:
            and_so_on = ", …" if count > len(more) + 1 else ""
            why = f"{why} ({count} times; also {', '.join(more)}{and_so_on})"
        return Fault(file=self.file, place=first, why=why, todo=kind.todo)
