"""How alembic runs here: inside the process, on the connection that it is given."""

from __future__ import annotations

from alembic import context

from workbench.store.schema.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter most of a table in place
    transactional_ddl=True,  # the caller's transaction holds it all
)
context.run_migrations()
