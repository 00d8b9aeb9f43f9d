"""Estimates from the coded units of a workspace's sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from decided_workspace import make_workspace
from decision_making import complete, decision
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import InputError
from workbench.pipeline.annotation import FrameSettings, Method, SampleSettings, draw_sample
from workbench.pipeline.annotation.decisions import record_decisions
from workbench.pipeline.annotation.estimates import estimate_sample
from workbench.records import Action, Assertion
from workbench.store.workspace import Workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make_workspace(tmp_path / "work")
    draw_sample(made, "audit", SampleSettings(n_units=9, method=Method.MISSED))
    return made


def test_an_audit_says_how_much_was_missed(root: Path) -> None:
    with pytest.raises(InputError, match="none of its 2 units was read to its end"):
        estimate_sample(root, "audit")
    found = decision("anna", Action.ADD, "excluded Maren", "school_exclusion")
    weak = decision(
        "anna", Action.ADD, "did not share information", "ap_information_sharing",
        assertion=Assertion.SUSPECTED,
    )  # fmt: skip
    with Workspace.open(root) as workspace:
        record_decisions(workspace, [found, weak, complete("anna", 1), complete("anna", 2)], "x")
    done = estimate_sample(root, "audit")
    assert [(each.code_id, each.n_found) for each in done.shares] == [
        ("", 1), ("school_exclusion", 1),
    ]  # fmt: skip
    assert done.shares[0].share.value == pytest.approx(0.5)
    shown = CliRunner().invoke(app, ["estimate", "audit", "-w", str(root)])
    assert "any code                         0.500, found in 1" in shown.output


def test_open_disputes_count_as_found_and_are_said(root: Path) -> None:
    found = decision("anna", Action.ADD, "excluded Maren", "school_exclusion")
    with Workspace.open(root) as workspace:
        record_decisions(workspace, [found, complete("anna", 1), complete("ben", 1)], "x")
    done = estimate_sample(root, "audit")
    assert (done.n_disputed, done.shares[0].n_found) == (1, 1)


def test_a_sample_of_documents_is_refused(root: Path) -> None:
    draw_sample(root, "whole", SampleSettings(n_units=1), FrameSettings(unit="document"))
    with pytest.raises(InputError, match="is a sample of documents"):
        estimate_sample(root, "whole")
