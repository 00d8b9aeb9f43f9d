"""Decisions are added and never lost: not by a run, not by repair, not by hand."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from store_records import TEXT, document_id, make_reading

from workbench.errors import OffsetError, StoreError
from workbench.records import (
    Action,
    Assertion,
    Decision,
    Shown,
    SubjectRole,
    Temporality,
    Valence,
)
from workbench.store.decisions import append_decisions, read_decisions
from workbench.store.readings import save_reading
from workbench.store.repair import repair
from workbench.store.schema import upgrade
from workbench.store.verify import verify
from workbench.store.workspace import Workspace


def make_decision(words: str = "drank heavily", **changes: object) -> Decision:
    start = TEXT.index(words)
    decision = Decision(
        document_id=document_id(), segment=0, start_char=start, end_char=start + len(words),
        text=words, coder="anna", decided_at="2026-02-28T10:15:00+00:00", action=Action.ADD,
        shown=Shown.BLIND, code_id="alcohol_misuse", assertion=Assertion.AFFIRMED,
        subject_role=SubjectRole.PARENT_CARER, temporality=Temporality.CHILDHOOD,
        valence=Valence.NOT_APPLICABLE, person_id="P1", certainty="sure", reason="said “often” 🙂",
        design="week 1", inclusion_probability=0.1 + 0.2, codebook="1.0 (ab12)",
    )  # fmt: skip
    return replace(decision, **changes)  # type: ignore[arg-type]


def test_decisions_come_back_as_they_were_in_their_order(workspace: Workspace) -> None:
    first = make_decision()
    second = make_decision(
        action=Action.ACCEPT, shown=Shown.SUGGESTED, target="coding-1",
        suggestions=("coding-1", "coding-2"), coder="ben", inclusion_probability=1,
    )  # fmt: skip
    assert append_decisions(workspace, [second, first]) == 2
    assert read_decisions(workspace) == (second, first)
    assert read_decisions(workspace, ["another"]) == ()
    assert verify(workspace) == []


def test_the_same_decision_is_kept_once_however_often_it_is_imported(workspace: Workspace) -> None:
    decision = make_decision(inclusion_probability=1)
    assert append_decisions(workspace, [decision, decision]) == 1
    assert append_decisions(workspace, read_decisions(workspace)) == 0
    assert append_decisions(workspace, [replace(decision, reason="thought again")]) == 1


def test_a_new_reading_and_a_repair_leave_decisions_alone(workspace: Workspace) -> None:
    save_reading(workspace, make_reading())
    append_decisions(workspace, [make_decision()])
    save_reading(workspace, replace(make_reading(), codings=()))
    with workspace.database.write() as session:
        session.execute(text("UPDATE segments SET text = upper(text)"))
    assert repair(workspace)
    assert read_decisions(workspace) == (make_decision(),)


@pytest.mark.parametrize("statement", ["DELETE FROM decisions", "UPDATE decisions SET coder = 'x'"])
def test_the_database_refuses_to_change_or_remove_them(
    workspace: Workspace, statement: str
) -> None:
    append_decisions(workspace, [make_decision()])
    with (
        pytest.raises(StoreError, match="decisions are append-only"),
        workspace.database.write() as session,
    ):
        session.execute(text(statement))
    assert read_decisions(workspace) == (make_decision(),)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE decisions SET code_id = 'gambling' WHERE position = 2", "row 2 of anna is not"),
        ("DELETE FROM decisions WHERE position = 2", "row 2 is missing"),
        ("DELETE FROM decisions WHERE position = 3", "the last rows are missing"),
        ("UPDATE decisions SET reason = NULL WHERE position = 9", ""),
    ],
)
def test_what_was_done_behind_its_back_is_found(
    workspace: Workspace, statement: str, problem: str
) -> None:
    append_decisions(workspace, [make_decision(reason=str(number)) for number in range(3)])
    with closing(sqlite3.connect(workspace.database.path)) as connection, connection:
        connection.execute("DROP TRIGGER decisions_no_update")
        connection.execute("DROP TRIGGER decisions_no_delete")
        connection.execute(statement)
    problems = verify(workspace)
    assert len(problems) == bool(problem)
    assert problem in "".join(problems)


def test_an_older_workspace_gets_the_table(workspace: Workspace, tmp_path: Path) -> None:
    save_reading(workspace, make_reading())
    workspace.close()
    root = tmp_path / "older"
    shutil.copytree(workspace.root, root)
    with closing(sqlite3.connect(root / "workbench.db")) as connection, connection:
        connection.execute("DROP TABLE decisions")
        connection.execute("DROP TABLE decided_codings")
        connection.execute("DROP TABLE incident_facts")
        for name in ("subject_states", "case_subjects", "case_parts"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    with Workspace.open(root) as migrated:
        assert append_decisions(migrated, [make_decision()]) == 1
        assert verify(migrated) == []
    assert upgrade.read_schema(root / "workbench.db") == upgrade.SCHEMAS[-1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"coder": " "}, "needs a coder", id="nobody"),
        pytest.param({"decided_at": "2026-02-28T10:15:00"}, "no moment such as", id="no zone"),
        pytest.param({"decided_at": "yesterday"}, "no moment such as", id="no time"),
        pytest.param({"assertion": None}, "needs a code, an assertion", id="no assertion"),
        pytest.param({"action": Action.REJECT}, "as its target", id="reject nothing"),
        pytest.param(
            {"action": Action.REJECT, "target": "c", "code_id": ""}, "code of what is", id="no code"
        ),
        pytest.param({"suggestions": ("c",)}, "was blind, but", id="not blind"),
        pytest.param({"inclusion_probability": 0.0}, r"not in \(0, 1\]", id="impossible"),
    ],
)
def test_a_decision_that_makes_no_sense_cannot_be_built(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        make_decision(**changes)


def test_a_decision_is_about_exact_words() -> None:
    with pytest.raises(OffsetError):
        make_decision(end_char=200)


def test_ids_tell_decisions_apart_and_moments_compare() -> None:
    one, other = make_decision(), make_decision(decided_at="2026-02-28T12:15:00+02:00")
    assert one.decision_id != other.decision_id
    assert one.moment == other.moment
