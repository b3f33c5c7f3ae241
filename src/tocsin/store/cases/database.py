"""The case database as the rooms above it use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType

from tocsin.model import Disposition, Entry, Examined, Fault, Finding, FindingKind, Proof
from tocsin.store.cases.access import Access
from tocsin.store.cases.books import Book
from tocsin.store.cases.chain import Checked
from tocsin.store.cases.log import Kind, Log
from tocsin.store.cases.runs import Kept, Run, Runs
from tocsin.store.cases.upgrade import upgrade


class CaseDatabase:
    """An open case database, at the newest revision; use it in ``with``.

    ``url`` is SQLAlchemy's; else ``TOCSIN_DATABASE``, else ``cases.sqlite`` under ``TOCSIN_HOME``. Every method raises
    TocsinError where the database is damaged, in use for too long, or cannot be written; opening it also where a newer
    tocsin has written it. ``label`` names it, without a password; ``faults`` are the damaged entries that were met.
    """

    def __init__(self, url: str | None = None) -> None:
        self._access = Access(url)
        try:
            upgrade(self._access)
        except BaseException:
            self._access.close()
            raise
        self._log = Log(self._access)
        self._runs = Runs(self._access)
        self.label = self._access.label

    def __enter__(self) -> CaseDatabase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._access.close()

    @property
    def faults(self) -> list[Fault]:
        """The damaged entries that were met, and did not count."""
        return self._log.faults

    def decide(self, disposition: Disposition, *, by: str, at: str) -> Entry:
        """Add a decision to the log. ``by`` is an account, ``at`` an ISO 8601 time. Raises TocsinError also where it
        has no subject, reason or owner, or where ``until`` is past or no date."""
        return self._log.append([disposition], by=by, at=at)[0]

    def decide_all(self, dispositions: Sequence[Disposition], *, by: str, at: str) -> list[Entry]:
        """As ``decide``, for several: all of them, or none."""
        return self._log.append(dispositions, by=by, at=at)

    def prove(self, proof: Proof, *, by: str, at: str) -> Entry:
        """Add a proof of screening to the log."""
        return self._log.append([proof], by=by, at=at)[0]

    def entries(
        self, since: str | None = None, kind: Kind | None = None, subject: str | None = None
    ) -> Iterator[Entry]:
        """Entries by number: since a day or time, of one kind, about one subject. A damaged one becomes a fault."""
        return self._log.entries(since, kind, subject)

    def export(self, since: str | None = None, until: str | None = None) -> Iterator[bytes]:
        """Entries as JSON lines that can be checked by themselves, from the first of a day or time to the last, with
        all between them. ``chain`` documents the form. One that is no JSON any more becomes a fault."""
        return self._log.lines(since, until)

    def check(self, head: str | None = None) -> Checked:
        """Recompute every hash and follow every link, up to the head file and a hash ``head`` noted elsewhere."""
        return self._log.check(head)

    def verify(self, head: str | None = None) -> list[Fault]:
        """As ``check``: a fault for each entry that was changed, removed, put in or moved."""
        return self._log.check(head).faults

    def in_force(
        self, subjects: Iterable[str], *, on: str, records: Mapping[str, str] | None = None
    ) -> dict[str, Disposition]:
        """The last word on each subject, where it still holds: on the day ``on``, and for the record as it is now.

        ``records`` gives the present hash of the listed party's record by subject. The last word alone counts: when it
        ends, an older one does not come back. A damaged entry becomes a fault, and ends what stood before it.
        """
        return self._log.in_force(subjects, on=on, records=records)

    def keep_run(
        self, command: str, at: str, tocsin_version: str, examined: Examined, findings: Iterable[Finding]
    ) -> int:
        """Keep a run with its findings, whole or not at all; returns its id, which rises."""
        return self._runs.keep(command, at, tocsin_version, examined, findings)

    def runs(self, command: str | None = None) -> Iterator[Run]:
        """Runs, the newest first; of one command where it is named."""
        return self._runs.runs(command)

    def findings(
        self, kind: FindingKind | None = None, *, ids: Sequence[str] | None = None, run: int | None = None
    ) -> Iterator[Kept]:
        """Findings by id: of a kind, of some ids, last seen in a run."""
        return self._runs.findings(kind, ids, run)

    def new_since(self, run: int) -> Iterator[Kept]:
        """Findings by id that no run up to this one had seen."""
        return self._runs.new_since(run)

    def book(self, name: str) -> Book:
        """The book of answers of that name, as it is now; an empty one where there is none."""
        return Book(self._access, name)
