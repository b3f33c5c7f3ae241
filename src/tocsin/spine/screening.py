"""Names, counterparties and payments against all designated parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tocsin.model import Examined, Fault, InputRead, Looked, Screened, TocsinError
from tocsin.org import Org, files_of
from tocsin.spine.knowing import Knowledge, examined, open_knowledge

if TYPE_CHECKING:
    from tocsin.screen import PaymentScreening, TableScreening


class Screening:
    """Answers as they come; ``examined()`` is complete after the last."""

    def __init__(self, known: Knowledge, tables: Iterable[TableScreening | PaymentScreening | Screened]) -> None:
        self._known = known
        self._tables = list(tables)
        self.faults: list[Fault] = []

    def __iter__(self) -> Iterator[Screened]:
        row = 0
        for table in self._tables:
            for one in [table] if isinstance(table, Screened) else table:
                row += 1
                yield msgspec.structs.replace(one, row=row)

    def examined(self) -> Examined:
        """The lists, and the files that were screened."""
        read: list[InputRead] = []
        faults = list(self.faults)
        for table in self._tables:
            if not isinstance(table, Screened):
                read += table.read if isinstance(table.read, list) else [table.read]
                faults += table.faults
        return examined(self._known, looked=[Looked(inputs=tuple(read), left_out=tuple(faults))])


def screen_name(name: str) -> Screening:
    """A name against all designated parties."""
    from tocsin import screen

    known = open_knowledge()
    return Screening(known, [screen.screen_name(screen.Screener(known.graph), name)])


def screen_files(paths: Sequence[Path], *, org: Org | None = None) -> Screening:
    """Counterparties (CSV) and payments (ISO 20022, SWIFT) against all designated parties; else those of ``org``."""
    from tocsin import screen
    from tocsin.screen.payments import is_payment_file

    known = open_knowledge()
    screener = screen.Screener(known.graph)
    columns = org.columns.get("counterparties") if org else None
    files = files_of(paths or ([*org.evidence.counterparties, *org.evidence.payments] if org else []))
    payments = [path for path in files if path.suffix.lower() == ".xml" or is_payment_file(path)]
    faults: list[Fault] = []
    tables: list[TableScreening | PaymentScreening | Screened] = []
    for path in files:
        if path not in payments:
            try:
                tables.append(screen.screen_table(screener, path, columns))
            except TocsinError as error:
                faults.append(error.fault)
    if payments:
        tables.append(screen.screen_payments(screener, payments))
    screening = Screening(known, tables)
    screening.faults = faults
    return screening
