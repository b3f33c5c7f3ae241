"""How Alembic runs the migrations: on the open connection that it is given, within that connection's transaction."""

from __future__ import annotations

from alembic import context

from tocsin.store.cases.tables import METADATA, VERSIONS

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, version_table=VERSIONS)
context.run_migrations()
