"""Runs and their findings: what was seen, in which run first, in which last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from tocsin.model import Examined, Finding, FindingKind, TocsinError, from_json, merged, to_json
from tocsin.model.base import Record
from tocsin.store.cases.access import Access, batches
from tocsin.store.cases.tables import FINDINGS, RUNS

_TRIES = 20  # each failure is another run that was first with the same finding


class Run(Record, frozen=True, kw_only=True):
    """One use of a command on evidence; ``at`` is a time in UTC."""

    id: int
    command: str
    at: str
    tocsin: str
    examined: Examined


class Kept(Record, frozen=True, kw_only=True):
    """A finding as it was seen last, and the runs that saw it first and last."""

    finding: Finding
    first_seen_run: int
    last_seen_run: int


class Runs:
    """The runs of an open database."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def keep(self, command: str, at: str, tocsin: str, examined: Examined, findings: Iterable[Finding]) -> int:
        """Keep a run with its findings, whole or not at all; its id, which rises. Raises TocsinError."""
        once = merged(findings)
        values = {"command": command, "at": at, "tocsin": tocsin, "examined": to_json(examined)}
        for _ in range(_TRIES):
            try:
                with self.access.writing() as connection:
                    key = connection.execute(insert(RUNS).values(values)).inserted_primary_key
                    assert key is not None  # noqa: S101
                    for batch in batches(once):
                        _keep(connection, int(key[0]), batch)
            except IntegrityError:
                continue
            return int(key[0])
        raise TocsinError(self.access.label, "", "other runs keep the same findings all the time", "try again")

    def runs(self, command: str | None = None) -> Iterator[Run]:
        """Runs, the newest first; of one command where it is named."""
        chosen = select(RUNS) if command is None else select(RUNS).where(RUNS.c.command == command)
        for row in self.access.rows(chosen, RUNS.c.id, newest_first=True):
            examined = from_json(row.examined, Examined, file=self.access.label)
            yield Run(id=row.id, command=row.command, at=row.at, tocsin=row.tocsin, examined=examined)

    def findings(self, kind: FindingKind | None, ids: Sequence[str] | None, run: int | None) -> Iterator[Kept]:
        """Findings by id: of a kind, of some ids, last seen in a run."""
        conditions: list[ColumnElement[bool]] = []
        if kind is not None:
            conditions.append(FINDINGS.c.kind == kind)
        if run is not None:
            conditions.append(FINDINGS.c.last_seen_run == run)
        if ids is None:
            yield from self._kept(*conditions)
            return
        for batch in batches(sorted(set(ids))):
            yield from self._kept(*conditions, FINDINGS.c.id.in_(batch))

    def new_since(self, run: int) -> Iterator[Kept]:
        """Findings by id that no run up to this one had seen."""
        return self._kept(FINDINGS.c.first_seen_run > run)

    def _kept(self, *conditions: ColumnElement[bool]) -> Iterator[Kept]:
        for row in self.access.rows(select(FINDINGS).where(*conditions), FINDINGS.c.id):
            finding = from_json(row.body, Finding, file=self.access.label)
            yield Kept(finding=finding, first_seen_run=row.first_seen_run, last_seen_run=row.last_seen_run)


def _keep(connection: Connection, run: int, findings: list[Finding]) -> None:
    ids = [one.id for one in findings]
    known = set(connection.scalars(select(FINDINGS.c.id).where(FINDINGS.c.id.in_(ids))))
    rows = [{"key": one.id, "kind": one.kind, "run": run, "body": to_json(one)} for one in findings]
    for statement, chosen in (
        (_AGAIN, [row for row in rows if row["key"] in known]),
        (_NEW, [row for row in rows if row["key"] not in known]),
    ):
        if chosen:
            connection.execute(statement, chosen)


_NEW = insert(FINDINGS).values(
    id=bindparam("key"),
    kind=bindparam("kind"),
    first_seen_run=bindparam("run"),
    last_seen_run=bindparam("run"),
    body=bindparam("body"),
)
_AGAIN = (
    update(FINDINGS)
    .where(FINDINGS.c.id == bindparam("key"))
    .values(last_seen_run=bindparam("run"), body=bindparam("body"))
)
