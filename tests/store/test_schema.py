from __future__ import annotations

import dataclasses
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from store_records import document_id, make_case, make_finding, make_reading

from workbench.errors import StoreError
from workbench.records import (
    Case,
    CasePart,
    CaseState,
    Coding,
    DatedEvent,
    Decision,
    Document,
    Finding,
    IncidentFact,
    Metadatum,
    Person,
    Recommendation,
    Segment,
)
from workbench.store.dump import dump_tables
from workbench.store.readings import read_reading, save_reading
from workbench.store.results import read_cases, read_findings, replace_cases, replace_findings
from workbench.store.schema import decisions, details, incidents, subjects, tables, upgrade
from workbench.store.verify import verify
from workbench.store.workspace import Workspace


@pytest.mark.parametrize(
    ("kind", "table", "kept_elsewhere"),
    [
        (Document, tables.DocumentRow, {"reason"}),
        (Segment, tables.SegmentRow, set()),
        (Person, tables.PersonRow, set()),
        (Person, tables.CasePersonRow, set()),
        (Coding, tables.CodingRow, set()),
        (Case, tables.CaseRow, {"document_ids", "people", "states", "subjects", "part"}),
        (CaseState, tables.CaseStateRow, set()),
        (CasePart, subjects.CasePartRow, set()),
        (CaseState, subjects.SubjectStateRow, set()),
        (Finding, tables.FindingRow, set()),
        (Metadatum, details.MetadatumRow, set()),
        (Recommendation, details.RecommendationRow, set()),
        (DatedEvent, details.DatedEventRow, set()),
        (Decision, decisions.DecisionRow, set()),
        (Coding, decisions.DecidedCodingRow, set()),
        (IncidentFact, incidents.IncidentFactRow, set()),
    ],
)
def test_every_field_of_a_record_has_a_column(
    kind: type, table: type[tables.Base], kept_elsewhere: set[str]
) -> None:
    fields = {field.name for field in dataclasses.fields(kind)} - kept_elsewhere
    columns = {column.name for column in table.__table__.columns}
    assert fields <= columns, f"add a column and a migration for {fields - columns}"


def test_what_older_versions_counted_is_counted_again(workspace: Workspace, tmp_path: Path) -> None:
    save_reading(workspace, make_reading("a"))
    replace_cases(workspace, [replace(make_case("a"), subjects=(), part=None)])
    replace_findings(workspace, [make_finding()])
    workspace.close()
    root = tmp_path / "older"
    shutil.copytree(workspace.root, root)
    with closing(sqlite3.connect(root / "workbench.db")) as connection, connection:
        for name in ("subject_states", "case_subjects", "case_parts"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    with Workspace.open(root) as migrated:
        assert read_reading(migrated, document_id("a")) == make_reading("a")
        assert read_cases(migrated) == ()
        assert read_findings(migrated) == ()
        assert verify(migrated) == []


def differences(workspace: Workspace) -> list[object]:
    def is_ours(_: object, name: str | None, *__: object) -> bool:
        return not (name or "").startswith("segments_fts")

    with workspace.database.write_connection() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        return list(compare_metadata(context, tables.Base.metadata))


def test_the_migrations_lead_to_the_tables(workspace: Workspace) -> None:
    assert differences(workspace) == []


def test_the_last_schema_is_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(upgrade.MIGRATIONS))
    assert scripts.get_heads() == [upgrade.SCHEMAS[-1]]
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(upgrade.SCHEMAS)


def test_the_tables_suit_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in tables.Base.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).startswith("\nCREATE TABLE")
        for index in table.indexes:
            str(CreateIndex(index).compile(dialect=dialect))


NEWEST = upgrade.SCHEMAS[-1]
SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"


def upgrade() -> None:
    with op.batch_alter_table("documents") as batch:
        batch.add_column(sa.Column("n_words", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("texts") as batch:
        batch.alter_column("words_hash", nullable=True)
    {last}
"""


@pytest.fixture
def second_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A later version of the workbench, whose next migration rebuilds two tables."""

    def install(last: str = "") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(upgrade.MIGRATIONS, folder)
        (folder / "versions" / "second.py").write_text(SECOND.format(last=last, newest=NEWEST))
        monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
        monkeypatch.setattr(upgrade, "SCHEMAS", (*upgrade.SCHEMAS, "9999"))
        monkeypatch.setattr(upgrade.run_migrations, "__defaults__", ("9999",))

    return install


def test_an_older_database_is_migrated_under_a_backup_and_keeps_its_rows(
    workspace: Workspace, second_version: Callable[[str], None]
) -> None:
    save_reading(workspace, make_reading())
    before = dump_tables(workspace)
    workspace.close()
    second_version("")
    with Workspace.open(workspace.root) as migrated:
        assert dump_tables(migrated) == before
        assert read_reading(migrated, document_id()) == make_reading()
        backup = migrated.backup
    assert backup == workspace.root / f"workbench.db.backup-schema-{NEWEST}-1"
    assert upgrade.read_schema(workspace.database.path) == "9999"
    assert upgrade.read_schema(backup) == NEWEST
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT count(*) FROM codings").fetchone() == (2,)
    with Workspace.open(workspace.root) as again:
        assert again.backup is None


@pytest.mark.parametrize(
    ("last", "message"),
    [
        ("op.execute('INSERT INTO nowhere VALUES (1)')", "half written"),
        ("op.execute('DELETE FROM documents')", r"could not be migrated \(\d+ rows would refer"),
    ],
)
def test_a_migration_that_fails_leaves_everything_as_it_was(
    workspace: Workspace, second_version: Callable[[str], None], last: str, message: str
) -> None:
    save_reading(workspace, make_reading())
    before = dump_tables(workspace)
    workspace.close()
    second_version(last)
    with pytest.raises(StoreError, match=message):
        Workspace.open(workspace.root)
    assert upgrade.read_schema(workspace.database.path) == NEWEST
    assert dump_tables(workspace) == before


def test_a_backup_may_be_taken_while_somebody_writes(workspace: Workspace) -> None:
    save_reading(workspace, make_reading())
    with workspace.database.write() as session:
        session.execute(text("DELETE FROM codings"))
        first = upgrade.back_up(workspace.database.path, "by-hand")
    second = upgrade.back_up(workspace.database.path, "by-hand")
    assert (first.name, second.name) == (
        "workbench.db.backup-by-hand-1", "workbench.db.backup-by-hand-2",
    )  # fmt: skip
    counts = []
    for backup in (first, second):
        with closing(sqlite3.connect(backup)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            counts += connection.execute("SELECT count(*) FROM codings").fetchone()
    assert counts == [2, 0]
