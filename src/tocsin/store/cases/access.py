"""How the database is spoken to: which one it is, reading and writing transactions, errors that a person can act on."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Column, Connection, Engine, Row, Select, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from tocsin.model import TocsinError
from tocsin.store.home import home

T = TypeVar("T")

PAGE = 1000  # rows asked for or named at once: every database takes so many parameters, and no lock is held for long
_WAIT = 60  # seconds until a database that another program writes to is an error
_BACKUP = "restore it from a backup; tocsin audit-log verify tells what an export still holds"


class Access:
    """An open database. ``label`` names it in errors, without a password; ``heads`` is the file of its last hashes.

    Raises TocsinError where the URL is none, or its driver is missing.
    """

    def __init__(self, url: str | None = None) -> None:
        told = url or os.environ.get("TOCSIN_DATABASE")
        try:
            parsed = make_url(told) if told else URL.create("sqlite", database=str(home() / "cases.sqlite"))
            self.is_file = parsed.get_backend_name() == "sqlite"
            self.label = str(parsed.database or "") if self.is_file else parsed.render_as_string(hide_password=True)
            if self.is_file and self.label in ("", ":memory:"):
                raise TocsinError("TOCSIN_DATABASE", "", "a database in memory keeps nothing", "name a file")
            self.engine = _engine(parsed, self.is_file)
        except (ArgumentError, NoSuchModuleError, ValueError) as error:
            todo = "write it as sqlite:////data/cases.sqlite or postgresql+psycopg://user:password@host/name"
            raise TocsinError("TOCSIN_DATABASE", "", "not the URL of a database that is known", todo) from error
        except ImportError as error:
            todo = "install it, or use SQLite"
            raise TocsinError("TOCSIN_DATABASE", "", f"its driver is missing: {error.name}", todo) from error
        self.heads = _heads(parsed, self.label, self.is_file)
        if self.is_file:
            self._make_folder()

    def _make_folder(self) -> None:
        folder = Path(self.label).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            todo = "set TOCSIN_HOME or TOCSIN_DATABASE to a place that can"
            raise TocsinError(self.label, "", f"cannot be written: {error.strerror}", todo) from error

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection in a transaction that writes nothing. Raises TocsinError."""
        with self._told(), self.engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that is kept whole, or not at all. Raises IntegrityError and TocsinError."""
        with self._told(), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the database as TocsinError; IntegrityError is left to whoever knows what it means."""
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise TocsinError(self.label, "", *_meaning(_first_line(error.orig), self.is_file)) from error
        except SQLAlchemyError as error:
            raise TocsinError(self.label, "", f"cannot be used: {_first_line(error)}", _BACKUP) from error

    def rows(
        self,
        chosen: Select[Any],
        key: Column[Any],
        *,
        newest_first: bool = False,
        also: Callable[[Connection], None] | None = None,
    ) -> Iterator[Row[Any]]:
        """Rows in the order of a unique key, a page at a time: between two of them no transaction is open, so that
        whoever reads them slowly locks nobody out. ``also`` is called with each page's connection."""
        page = chosen.order_by(key.desc() if newest_first else key).limit(PAGE)
        rest = page
        while True:
            with self.reading() as connection:
                rows = connection.execute(rest).all()
                if also is not None:
                    also(connection)
            yield from rows
            if len(rows) < PAGE:
                return
            last = getattr(rows[-1], key.name)
            rest = page.where(key < last if newest_first else key > last)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def batches(values: Iterable[T], size: int = PAGE) -> Iterator[list[T]]:
    """Lists of ``size`` values, the last one shorter."""
    rest = iter(values)
    while batch := list(itertools.islice(rest, size)):
        yield batch


def _engine(url: URL, is_file: bool) -> Engine:
    if not is_file:
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": _WAIT})

    # Python's driver begins a transaction of its own only before some statements and never before a CREATE TABLE. Begun
    # by us, a migration is whole or not there, and two writers wait for each other instead of failing in the middle
    # (https://docs.sqlalchemy.org/en/21/dialects/sqlite.html, "Enabling Non-Legacy SQLite Transactional Modes").
    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _heads(url: URL, label: str, is_file: bool) -> Path:
    """Beside a database file: ``cases.head`` beside ``cases.sqlite``; for a server's database under ``TOCSIN_HOME``."""
    if is_file:
        return Path(label).with_suffix(".head")
    place = f"{url.host}:{url.port}/{url.database}"
    return home() / f"cases-{hashlib.sha256(place.encode()).hexdigest()[:12]}.head"


def _first_line(error: BaseException | None) -> str:
    return (str(error).splitlines() or [""])[0]


def _meaning(error: str, is_file: bool) -> tuple[str, str]:
    """What is wrong and what to do, of a message of SQLite; a server says it in its own words."""
    if not is_file:
        return f"cannot be used: {error}", "check TOCSIN_DATABASE and that the database is up"
    if "locked" in error:
        return f"another program has been writing to it for {_WAIT} seconds", "try again when that is done"
    if "readonly" in error or "unable to open" in error:
        return f"cannot be written: {error}", "set TOCSIN_HOME or TOCSIN_DATABASE to a place that can"
    if "full" in error:
        return f"cannot be written: {error}", "free disk space and retry"
    return f"damaged, or not a case database: {error}", _BACKUP
