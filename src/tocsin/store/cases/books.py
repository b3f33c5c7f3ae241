"""Books of answers: what a screening answered last time, so that only what may have changed is asked again.

A book has one edition in force. The next one is written beside it in short transactions, so that a screening of hours
locks nobody out, and comes into force by one transaction when it is whole. What a killed run left is cleared by the
next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from tocsin.model import ListHeld, TocsinError
from tocsin.model.base import Record
from tocsin.store.cases.access import Access, batches
from tocsin.store.cases.tables import ANSWERS, BOOKS, EDITIONS, RECORDS

_ROWS = 20_000  # rows a transaction: with 5,000 the index is written twice as often


class Remembered(Record, frozen=True, kw_only=True):
    """An answer as it was given: ``key`` is the row's (at most 200 characters, none of them NUL), ``query`` the hash of
    what was asked, ``answer`` the JSON of the Screened, ``refs`` the listed parties that were hit."""

    key: str
    query: str
    answer: bytes
    refs: tuple[str, ...] = ()


class Edition(Record, frozen=True, kw_only=True):
    """What a book is of: when, over which lists, and ``made_with``, which stands for all else that an answer hangs on
    (version, thresholds). ``rows`` are its answers."""

    id: int
    at: str
    made_with: str
    lists: tuple[ListHeld, ...]
    rows: int


class Book:
    """A book by its name. What is read is always one edition; where another run replaces it meanwhile, that is said."""

    def __init__(self, access: Access, name: str) -> None:
        self.access = access
        self.name = name
        self._edition = self._current()

    @property
    def edition(self) -> Edition | None:
        """The edition in force when the book was opened, or that it was given; None where there is none yet."""
        if not self._edition:
            return None
        with self.access.reading() as connection:
            row = connection.execute(select(EDITIONS).where(EDITIONS.c.id == self._edition)).first()
        if row is None or row.state != "whole":
            raise self._replaced()
        lists = msgspec.json.decode(row.lists, type=tuple[ListHeld, ...])
        return Edition(id=row.id, at=row.at, made_with=row.made_with, lists=lists, rows=row.rows)

    def lists(self) -> tuple[ListHeld, ...]:
        """The lists that were screened against."""
        edition = self.edition
        return edition.lists if edition else ()

    def answers(self) -> Iterator[Remembered]:
        """All answers by key; no transaction is open between two of them. Raises TocsinError."""
        chosen = select(ANSWERS).where(ANSWERS.c.edition == self._edition)
        for row in self.access.rows(chosen, ANSWERS.c.key, also=self._check):
            yield _remembered(row)

    def get(self, keys: Iterable[str]) -> dict[str, Remembered]:
        """The answers to some rows, by key; a row that was not asked is not among them. Raises TocsinError."""
        found: dict[str, Remembered] = {}
        for batch in batches(keys):
            chosen = select(ANSWERS).where(ANSWERS.c.edition == self._edition, ANSWERS.c.key.in_(batch))
            with self.access.reading() as connection:
                rows = connection.execute(chosen).all()
                self._check(connection)
            found.update((row.key, _remembered(row)) for row in rows)
        return found

    def records(self) -> dict[str, str]:
        """The hash of each listed party's record at the last screening, by ref. Raises TocsinError."""
        with self.access.reading() as connection:
            chosen = select(RECORDS.c.ref, RECORDS.c.record).where(RECORDS.c.edition == self._edition)
            found = {row.ref: row.record for row in connection.execute(chosen)}
            self._check(connection)
        return found

    def replace(
        self,
        answers: Iterable[Remembered],
        records: Mapping[str, str],
        at: str,
        *,
        lists: Sequence[ListHeld] = (),
        made_with: str = "",
    ) -> int:
        """Put another edition in force; returns its rows. Until then, and where it fails, the former one stays.

        ``answers`` are taken as they come and may be read from this book meanwhile; ``records`` is read after them.
        Raises TocsinError where two answers have one key, or where another run has replaced the book meanwhile.
        """
        new = self._begin(at, made_with, lists)
        rows = 0
        try:
            for batch in batches(answers, _ROWS):
                self._write(new, sorted(batch, key=_key))  # by key, rows of an index page are written together
                rows += len(batch)
            self._put_in_force(new, records)
        except BaseException:
            unfinished = EDITIONS.c.id == new, EDITIONS.c.state == "writing"  # it may have come into force just now
            with self.access.writing() as connection:
                connection.execute(update(EDITIONS).where(*unfinished).values(state="dropped"))
            self._clear()
            raise
        self._edition = new
        self._clear()
        return rows

    def _current(self) -> int:
        with self.access.reading() as connection:
            return connection.scalar(select(BOOKS.c.edition).where(BOOKS.c.name == self.name)) or 0

    def _begin(self, at: str, made_with: str, lists: Sequence[ListHeld]) -> int:
        """A new edition. One that is still being written is dropped: its run died, or is told when it writes again."""
        self._register()
        values = {
            "book": self.name,
            "state": "writing",
            "at": at,
            "made_with": made_with,
            "lists": msgspec.json.encode(lists).decode(),
            "rows": 0,
        }
        unfinished = update(EDITIONS).where(EDITIONS.c.book == self.name, EDITIONS.c.state == "writing")
        with self.access.writing() as connection:
            connection.execute(unfinished.values(state="dropped"))
            key = connection.execute(insert(EDITIONS).values(values)).inserted_primary_key
        assert key is not None  # noqa: S101
        self._clear()
        return int(key[0])

    def _register(self) -> None:
        try:
            with self.access.writing() as connection:
                if connection.scalar(select(BOOKS.c.name).where(BOOKS.c.name == self.name)) is None:
                    connection.execute(insert(BOOKS).values(name=self.name, edition=0))
        except IntegrityError:
            return  # another run was first

    def _write(self, edition: int, batch: list[Remembered]) -> None:
        rows = [
            {
                "edition": edition,
                "key": one.key,
                "query": one.query,
                "answer": one.answer,
                "refs": msgspec.json.encode(one.refs).decode(),
            }
            for one in batch
        ]
        try:
            with self.access.writing() as connection:
                self._mark(connection, edition, rows=EDITIONS.c.rows + len(rows))
                connection.execute(insert(ANSWERS), rows)
        except IntegrityError as error:
            todo = "give each row a key of its own"
            raise TocsinError(self.access.label, f"book {self.name}", "two answers have one key", todo) from error

    def _put_in_force(self, edition: int, records: Mapping[str, str]) -> None:
        with self.access.writing() as connection:
            for batch in batches(records.items(), _ROWS):
                rows = [{"edition": edition, "ref": ref, "record": record} for ref, record in batch]
                connection.execute(insert(RECORDS), rows)
            mine = BOOKS.c.name == self.name, BOOKS.c.edition == self._edition
            if connection.execute(update(BOOKS).where(*mine).values(edition=edition)).rowcount != 1:
                raise self._replaced()
            self._mark(connection, edition, state="whole")
            connection.execute(update(EDITIONS).where(EDITIONS.c.id == self._edition).values(state="dropped"))

    def _mark(self, connection: Connection, edition: int, **values: object) -> None:
        """Change the edition that is being written; raises TocsinError where another run has dropped it."""
        writing = EDITIONS.c.id == edition, EDITIONS.c.state == "writing"
        if connection.execute(update(EDITIONS).where(*writing).values(**values)).rowcount != 1:
            raise self._replaced()

    def _clear(self) -> None:
        """Delete what dropped editions of this book held."""
        dropped = EDITIONS.c.book == self.name, EDITIONS.c.state == "dropped"
        with self.access.reading() as connection:
            editions = connection.scalars(select(EDITIONS.c.id).where(*dropped)).all()
        for edition in editions:
            with self.access.writing() as connection:
                for table in (ANSWERS, RECORDS):
                    connection.execute(delete(table).where(table.c.edition == edition))
                connection.execute(delete(EDITIONS).where(EDITIONS.c.id == edition))

    def _check(self, connection: Connection) -> None:
        """Raises TocsinError where the edition that is read was replaced: what was read may not be all of it."""
        if self._edition:
            state = connection.scalar(select(EDITIONS.c.state).where(EDITIONS.c.id == self._edition))
            if state != "whole":
                raise self._replaced()

    def _replaced(self) -> TocsinError:
        why = "another run has replaced it or is doing so"
        return TocsinError(self.access.label, f"book {self.name}", why, "wait until that run is done, then run again")


def _key(answer: Remembered) -> str:
    return answer.key


def _remembered(row: Row[Any]) -> Remembered:
    refs = msgspec.json.decode(row.refs, type=tuple[str, ...])
    return Remembered(key=row.key, query=row.query, answer=row.answer, refs=refs)
