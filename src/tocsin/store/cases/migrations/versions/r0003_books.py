"""Books of answers, for screening that goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "books",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_books"),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("book", sa.String(200), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("made_with", sa.Text, nullable=False),
        sa.Column("lists", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sa.ForeignKeyConstraint(["book"], ["books.name"], name="fk_editions_book"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_editions_book", "editions", ["book"])
    op.create_table(
        "answers",
        sa.Column("edition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("query", sa.String(64), nullable=False),
        sa.Column("answer", sa.LargeBinary, nullable=False),
        sa.Column("refs", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("edition", "key", name="pk_answers"),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_answers_edition"),
    )
    op.create_table(
        "records",
        sa.Column("edition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(200), nullable=False),
        sa.Column("record", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("edition", "ref", name="pk_records"),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_records_edition"),
    )
