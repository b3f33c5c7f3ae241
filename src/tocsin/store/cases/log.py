"""The chained log in the database: entries are added at its end, read and checked; none is changed or deleted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from tocsin.model import Disposition, Entry, Fault, Proof, TocsinError, Word
from tocsin.store.cases import heads
from tocsin.store.cases.access import Access, batches
from tocsin.store.cases.chain import (
    GENESIS,
    Checked,
    Stored,
    check,
    kept_links,
    noted_elsewhere,
    sealed,
    unsealed,
)
from tocsin.store.cases.signature import utc
from tocsin.store.cases.tables import ENTRIES

Kind = Literal["disposition", "proof"]

_TRIES = 1000  # each lost race is another writer's entry; this many in a row is none
_TODO = "run tocsin audit-log verify"


class Log:
    """The log of an open database. ``faults`` gathers the damaged entries that were met and did not count."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.faults: list[Fault] = []

    def append(self, contents: Sequence[Disposition | Proof], *, by: str, at: str) -> list[Entry]:
        """Add an entry for each of ``contents``: all, or none. Writers of several processes wait for each other.

        Raises TocsinError where a content is not sound, or where the database or the head file cannot be written.
        """
        if not contents:
            return []
        time = _time(at)
        for one in contents:
            if isinstance(one, Disposition):
                _check_sound(one, time[:10])
        for _ in range(_TRIES):
            try:
                stored = self._add(contents, by=by, at=time)
            except IntegrityError:  # another writer's entry took the number
                continue
            self._note()
            return [unsealed(one) for one in stored]
        raise TocsinError(self.access.label, "", "no entry can be added after the last one", _TODO)

    def _add(self, contents: Iterable[Disposition | Proof], *, by: str, at: str) -> list[Stored]:
        stored: list[Stored] = []
        with self.access.writing() as connection:
            number, previous = _last(connection)
            for one in contents:
                entry = sealed(one, number=number + 1, previous=previous, by=by, at=at)
                number, previous = entry.number, entry.hash
                stored.append(entry)
            connection.execute(insert(ENTRIES), [one._asdict() for one in stored])
        return stored

    def _note(self) -> None:
        """Bring the head file to the last entry; whoever writes it last has looked after writing, so that it is so."""
        noted = None
        while True:
            with self.access.reading() as connection:
                last = _last(connection)
            if last == noted:
                return
            heads.note(self.access.heads, *last, self._contains)
            noted = last

    def _contains(self, number: int, told: str) -> bool:
        with self.access.reading() as connection:
            return connection.scalar(select(ENTRIES.c.hash).where(ENTRIES.c.number == number)) == told

    def stored(self, *conditions: ColumnElement[bool]) -> Iterator[Stored]:
        """Entries as they are kept, by number."""
        for row in self.access.rows(select(ENTRIES).where(*conditions), ENTRIES.c.number):
            yield Stored(**row._mapping)

    def entries(
        self, since: str | None = None, kind: Kind | None = None, subject: str | None = None
    ) -> Iterator[Entry]:
        """Entries by number: since a day or time, of one kind, about one subject. A damaged one becomes a fault."""
        conditions = []
        if since is not None:
            conditions.append(ENTRIES.c.at >= _time(since))
        if kind is not None:
            conditions.append(ENTRIES.c.kind == kind)
        if subject is not None:
            conditions.append(ENTRIES.c.subject == subject)
        for one in self.stored(*conditions):
            if entry := self._opened(one):
                yield entry

    def _opened(self, stored: Stored) -> Entry | None:
        try:
            return unsealed(stored)
        except ValueError as error:
            self._left_out(stored, f"damaged, and does not count: {error}")
            return None

    def _left_out(self, stored: Stored, why: str) -> None:
        self.faults.append(Fault(file=self.access.label, place=f"entry {stored.number}", why=why, todo=_TODO))

    def lines(self, since: str | None = None, until: str | None = None) -> Iterator[bytes]:
        """Entries as lines of an export, from the first of that day or time to the last, with all between them.

        One that is no JSON any more becomes a fault; one that was changed is exported as it is, and found there.
        """
        first = select(func.min(ENTRIES.c.number)).where(ENTRIES.c.at >= (_time(since) if since else ""))
        final = select(func.max(ENTRIES.c.number)).where(ENTRIES.c.at <= (_end(until) if until else "9999"))
        with self.access.reading() as connection:
            start, end = connection.scalar(first), connection.scalar(final)
        if start is None or end is None:
            return
        for one in self.stored(ENTRIES.c.number >= start, ENTRIES.c.number <= end):
            try:
                line = one.line()
            except (ValueError, TypeError, RecursionError):
                self._left_out(one, "damaged, and cannot be exported")
                continue
            yield line + b"\n"

    def check(self, head: str | None = None) -> Checked:
        """Check the whole chain against itself, the head file, and a hash that was noted elsewhere."""
        noted = [noted_elsewhere(head)] if head else []
        known, faults = heads.witnesses(self.access.heads)
        found = check(kept_links(self.stored()), file=self.access.label, witnesses=[*known, *noted])
        if found.entries and not known and self.access.is_file:
            why = "missing or empty: the end of the log cannot be checked"
            todo = "give --head with a hash that was noted elsewhere; the next entry writes the file anew"
            faults.append(Fault(file=str(self.access.heads), place="", why=why, todo=todo))
        return found._replace(faults=[*found.faults, *faults])

    def in_force(
        self, subjects: Iterable[str], *, on: str, records: Mapping[str, str] | None = None
    ) -> dict[str, Disposition]:
        """The last word on each subject, where it still holds: on the day ``on``, for the records as they are now.

        ``records`` gives the present hash of the listed party's record by subject. The last word alone counts: when it
        ends, an older one does not come back. A damaged entry becomes a fault, and ends what stood before it.
        """
        day, found = on[:10], dict[str, Disposition]()
        for batch in batches(dict.fromkeys(subjects)):
            for one in self.stored(ENTRIES.c.kind == "disposition", ENTRIES.c.subject.in_(batch)):
                entry = self._opened(one)
                if entry and entry.disposition:
                    found[entry.disposition.subject] = entry.disposition
                else:
                    found.pop(one.subject or "", None)
        return {subject: word for subject, word in found.items() if _holds(word, day, (records or {}).get(subject))}


def _last(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last entry; 0 and the first entry's ``previous`` where there is none."""
    newest = select(ENTRIES.c.number, ENTRIES.c.hash).order_by(ENTRIES.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    return (row.number, row.hash) if row else (0, GENESIS)


def _holds(word: Disposition, day: str, record: str | None) -> bool:
    if word.until is not None and word.until < day:
        return False
    return word.record is None or record is None or word.record == record


def _check_sound(word: Disposition, day: str) -> None:
    """Raises TocsinError where a disposition says nothing, or could never hold."""
    for name, text in (("subject", word.subject), ("reason", word.reason), ("owner", word.owner)):
        if not text.strip():
            raise TocsinError("disposition", name, "empty", f"say the {name}")
    if not word.subject.isprintable() or len(word.subject) > 200:
        raise TocsinError("disposition", "subject", "not an id", "give the id of a finding or an alert")
    if word.word not in get_args(Word):
        raise TocsinError("disposition", "word", f"{word.word} is not known", f"use {', '.join(get_args(Word))}")
    if word.until is not None:
        try:
            written = datetime.date.fromisoformat(word.until).isoformat()
        except ValueError:
            written = ""
        if written != word.until:
            raise TocsinError("disposition", "until", f"{word.until} is not a date", "write YYYY-MM-DD")
        if word.until < day:
            raise TocsinError("disposition", "until", f"{word.until} is past", f"today is {day} (UTC)")


def _time(told: str) -> str:
    try:
        return utc(told)
    except ValueError as error:
        raise TocsinError("time", "", f"{told} is neither a day nor a time", "write YYYY-MM-DD") from error


def _end(told: str) -> str:
    """The last second of a day, or the time itself."""
    return f"{_time(told)[:10]}T23:59:59Z" if len(told) <= 10 else _time(told)
