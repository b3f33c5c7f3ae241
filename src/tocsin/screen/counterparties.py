"""A name, or a table of counterparties, against the designated parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from tocsin.model import Fault, InputRead, Observed, Screened
from tocsin.org import open_table
from tocsin.screen.query import Query, query_of
from tocsin.screen.screener import Screener, Seen


class TableScreening:
    """A table screened as it is read. Iterate it once; ``read`` and ``faults`` are complete after that."""

    def __init__(self, screener: Screener, path: Path, columns: Mapping[str, str] | None = None) -> None:
        self._screener = screener
        self._table = open_table(path, "counterparties", columns)

    @property
    def read(self) -> InputRead:
        """What was read of it."""
        return self._table.read

    @property
    def faults(self) -> list[Fault]:
        """What of it could not be read."""
        return self._table.faults

    def __iter__(self) -> Iterator[Screened]:
        return (one.screened for one in self.seen())

    def seen(self) -> Iterator[Seen]:
        """An answer a row, in order; ``row`` counts the rows from 1, the evidence gives the line of the file."""
        for number, row in enumerate(self._table, 1):
            answer = self._screener.screen(query_of(row.values), number)
            asked = {key: value for key, value in row.values.items() if value}
            observed = Observed(file=str(self._table.path), record=f"line {row.line}", fields=row.raw)
            yield Seen(msgspec.structs.replace(answer, query=asked), observed)


def screen_name(screener: Screener, name: str) -> Screened:
    """Screen a name alone."""
    return screener.screen(Query(name=name))


def screen_table(screener: Screener, path: Path, columns: Mapping[str, str] | None = None) -> TableScreening:
    """Screen a counterparty CSV; ``columns`` maps our words for columns to its own (``docs/screening.md``).

    Raises TocsinError where it cannot be read or has no column of names.
    """
    return TableScreening(screener, path, columns)
