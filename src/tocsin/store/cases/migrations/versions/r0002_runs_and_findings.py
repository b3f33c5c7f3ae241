"""Runs and their findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("command", sa.String(64), nullable=False),
        sa.Column("at", sa.String(20), nullable=False),
        sa.Column("tocsin", sa.String(64), nullable=False),
        sa.Column("examined", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_command", "runs", ["command"])
    op.create_table(
        "findings",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("first_seen_run", sa.Integer, nullable=False),
        sa.Column("last_seen_run", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sa.ForeignKeyConstraint(["first_seen_run"], ["runs.id"], name="fk_findings_first_seen_run"),
        sa.ForeignKeyConstraint(["last_seen_run"], ["runs.id"], name="fk_findings_last_seen_run"),
    )
    op.create_index("ix_findings_first_seen_run", "findings", ["first_seen_run"])
    op.create_index("ix_findings_last_seen_run", "findings", ["last_seen_run"])
