"""People's decisions reach cases, findings and the report, and survive every run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from papers import write_review

from workbench.pipeline.annotation.decisions import record_decisions
from workbench.pipeline.inspect import find_case, find_problems
from workbench.pipeline.job import JobDone, run_job
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import Action, Coding, Decision, Shown, State
from workbench.store import readings
from workbench.store.dump import dump_tables
from workbench.store.workspace import Workspace

pytestmark = pytest.mark.slow
QUICK = RunSettings(n_workers=1, backend="inline", paint=True)
CODE = "alcohol_misuse"


def on(coding: Coding, action: Action, coder: str = "anna") -> Decision:
    marking = action is Action.ACCEPT
    return Decision(
        document_id=coding.document_id, segment=coding.segment, start_char=coding.start_char,
        end_char=coding.end_char, text=coding.text, coder=coder,
        decided_at="2026-02-28T10:15:00+00:00", action=action, shown=Shown.SUGGESTED,
        code_id=coding.code_id, assertion=coding.assertion if marking else None,
        subject_role=coding.subject_role if marking else None, temporality=coding.temporality,
        valence=coding.valence, person_id=coding.person_id, target=coding.coding_id,
        suggestions=(coding.coding_id,),
    )  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "work"
    create_workspace(made)
    list(add_documents(made, [write_review(tmp_path / "maren.pdf")]))
    return made


def run(root: Path) -> JobDone:
    return run_job(root, QUICK)


def decide(root: Path, action: Action, coder: str = "anna") -> None:
    with Workspace.open(root) as workspace:
        (reading,) = readings.read_readings(workspace)
        found = [coding for coding in reading.codings if coding.code_id == CODE]
        record_decisions(workspace, [on(coding, action, coder) for coding in found], "by hand")


def state(root: Path) -> State:
    case, _ = find_case(root, "maren")
    return case.state(CODE)


def sources(root: Path) -> set[str]:
    with Workspace.open(root) as workspace:
        return {c.source for c in readings.read_codings(workspace) if c.code_id == CODE}


def test_a_rejected_factor_is_gone_from_the_case_and_all_is_sound(root: Path) -> None:
    before = run(root)
    assert state(root) is State.PRESENT
    assert find_problems(root) == []
    decide(root, Action.REJECT)
    after = run(root)
    assert state(root) is State.NOT_MENTIONED
    assert sources(root) == set()
    assert find_problems(root) == []
    assert "people decided on codings of 1 document(s)" in " ".join(after.notes)
    assert before.notes == tuple(note for note in after.notes if "people" not in note)
    assert run(root).executed == 0


def test_an_accepted_factor_is_the_coders_in_the_report(root: Path) -> None:
    run(root)
    decide(root, Action.ACCEPT)
    done = run(root)
    assert state(root) is State.PRESENT
    assert sources(root) == {"human:anna"}
    assert find_problems(root) == []
    with Workspace.open(root) as workspace:
        (reading,) = readings.read_readings(workspace)
    assert not any(coding.source.startswith("human") for coding in reading.codings)
    assert done.n_cases == 1


def test_a_dispute_leaves_the_machines_codings_and_is_said(root: Path) -> None:
    run(root)
    decide(root, Action.REJECT, "anna")
    decide(root, Action.ACCEPT, "ben")
    done = run(root)
    assert state(root) is State.PRESENT
    assert "in dispute" in " ".join(done.notes)


def test_a_run_without_decisions_is_what_it_was(root: Path) -> None:
    run(root)
    with Workspace.open(root) as workspace:
        before = dump_tables(workspace)
    assert run(root).executed == 0
    with Workspace.open(root) as workspace:
        assert dump_tables(workspace) == before
    assert "decided" not in before


def test_a_new_reading_waits_for_the_next_run(root: Path) -> None:
    run(root)
    decide(root, Action.REJECT)
    run(root)
    with Workspace.open(root) as workspace:
        (reading,) = readings.read_readings(workspace)
        readings.save_reading(workspace, replace(reading))
        assert any(c.code_id == CODE for c in readings.read_codings(workspace))
    run(root)
    assert sources(root) == set()
