"""The tables as the newest revision has them; the migrations make them step by step."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

REVISION = "0003"  # the newest migration: where a database says so, nothing is left to migrate
VERSIONS = (
    "tocsin_revision"  # our own table of the revision: a server's database may have Alembic's default one already
)

# Constraints have names, so that a later migration can drop them on every kind of database.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The chained log. ``body`` is the canonical JSON that the hash is of; all columns but ``hash`` repeat what it says.
ENTRIES = Table(
    "entries",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("previous", String(64), nullable=False, unique=True),  # two entries after the same one would be a fork
    Column("hash", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("subject", Text, nullable=True, index=True),
    Column("at", String(20), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("command", String(64), nullable=False, index=True),
    Column("at", String(20), nullable=False),
    Column("tocsin", String(64), nullable=False),
    Column("examined", Text, nullable=False),
)

FINDINGS = Table(
    "findings",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("first_seen_run", Integer, ForeignKey("runs.id"), nullable=False, index=True),
    Column("last_seen_run", Integer, ForeignKey("runs.id"), nullable=False, index=True),
    Column("body", Text, nullable=False),
)

# A book of answers has one edition in force, which is swapped for the next one when that is whole.
BOOKS = Table(
    "books",
    METADATA,
    Column("name", String(200), primary_key=True),
    Column("edition", Integer, nullable=False),  # 0: none yet
)

EDITIONS = Table(
    "editions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("book", String(200), ForeignKey("books.name"), nullable=False, index=True),
    Column("state", String(8), nullable=False),  # writing, whole, dropped
    Column("at", String(20), nullable=False),
    Column("made_with", Text, nullable=False),
    Column("lists", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    sqlite_autoincrement=True,  # as sequences elsewhere: the number of a dropped edition is never given again
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("edition", Integer, ForeignKey("editions.id"), primary_key=True, autoincrement=False),
    Column("key", String(200), primary_key=True),
    Column("query", String(64), nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("refs", Text, nullable=False),
)

RECORDS = Table(
    "records",
    METADATA,
    Column("edition", Integer, ForeignKey("editions.id"), primary_key=True, autoincrement=False),
    Column("ref", String(200), primary_key=True),
    Column("record", String(64), nullable=False),
)
