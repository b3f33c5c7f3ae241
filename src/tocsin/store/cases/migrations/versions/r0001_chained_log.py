"""The chained log of decisions and proofs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "entries",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text, nullable=True),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_entries"),
        sa.UniqueConstraint("previous", name="uq_entries_previous"),
        sa.UniqueConstraint("hash", name="uq_entries_hash"),
    )
    op.create_index("ix_entries_subject", "entries", ["subject"])
    op.create_index("ix_entries_at", "entries", ["at"])
