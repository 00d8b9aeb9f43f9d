"""All tables as text that is equal when what they say is equal."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Table, select

from workbench.store.rows import fetch
from workbench.store.schema import decisions as _decisions  # noqa: F401 - adds its tables to Base
from workbench.store.schema import details as _details  # noqa: F401 - adds its tables to Base
from workbench.store.schema import incidents as _incidents  # noqa: F401 - adds its table to Base
from workbench.store.schema import subjects as _subjects  # noqa: F401 - adds its tables to Base
from workbench.store.schema.tables import Base
from workbench.store.workspace import Workspace

#: Times, and keys that count the order of writing.
LEFT_OUT = frozenset({"finished_at", "modified_ns", "source_key", "segment_key"})


def dump_tables(workspace: Workspace) -> str:
    """One line of JSON for each row: the table's name, then its columns, lines sorted.

    Times and counted keys are left out, so that two runs over the same files give the same
    text, whatever order their documents ended in and wherever they were interrupted.
    """
    lines = [line for table in Base.metadata.tables.values() for line in _lines(workspace, table)]
    return "".join(f"{line}\n" for line in sorted(lines))


def _lines(workspace: Workspace, table: Table) -> Iterator[str]:
    columns = [column for column in table.columns if column.name not in LEFT_OUT]
    with workspace.database.read() as session:
        rows = fetch(session, select(*columns))
    for row in rows:
        yield json.dumps([table.name, dict(row._mapping)], ensure_ascii=False)
