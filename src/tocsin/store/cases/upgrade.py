"""To the newest revision, by Alembic's migrations; Alembic is loaded only where there is something to migrate."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table
from sqlalchemy.exc import IntegrityError

from tocsin.model import TocsinError
from tocsin.store.cases.access import Access
from tocsin.store.cases.tables import REVISION, VERSIONS

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(access: Access) -> None:
    """Bring the database to the newest revision, whole or not at all.

    Raises TocsinError where a newer tocsin has written it, where it is damaged, or where it cannot be written.
    """
    with access.reading() as connection:
        if _revision(connection) == REVISION:
            return
    try:
        with access.writing() as connection:
            if _revision(connection) != REVISION:  # another process may have been first
                _migrate(connection, access.label)
    except (IntegrityError, TocsinError):  # another process was at it, on a server that does not make us wait for it
        with access.reading() as connection:
            if _revision(connection) != REVISION:
                raise


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSIONS):
        return None
    return connection.scalar(select(column("version_num")).select_from(table(VERSIONS)))


def _migrate(connection: Connection, label: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        todo = "update tocsin, or name another database with TOCSIN_DATABASE"
        raise TocsinError(label, "", "written by a newer tocsin than this one", todo) from error
