"""From disagreements to a locked gold set."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from decided_workspace import ALCOHOL, make_reading, make_workspace
from decision_making import PARTS, about, complete, decision, undo
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.codebook import default_codebook_path, load_codebook
from workbench.errors import DecisionsError, InputError
from workbench.learn.gold.read import read_gold
from workbench.pipeline.annotation import SampleSettings, draw_sample
from workbench.pipeline.annotation.adjudication import (
    apply_sheet,
    feedback,
    find_disagreements,
    write_sheet,
)
from workbench.pipeline.annotation.decisions import decided, record_decisions
from workbench.pipeline.annotation.gold import GOLD, lock_gold, read_gold_set
from workbench.records import Action, Decision
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace

MOMENT = "2026-03-09T09:00:00+00:00"
runner = CliRunner()
#: Anna marks the drinking and the exclusion; Ben the exclusion alone, in other words.
WORK = (
    decision("anna", Action.ADD, "drank heavily", "alcohol_misuse", reason="“heavily”"),
    complete("anna", 0),
    complete("ben", 0, reason="a habit, not misuse"),
    decision("anna", Action.ADD, "excluded Maren", "school_exclusion"),
    complete("anna", 1),
    decision("ben", Action.ADD, "excluded Maren twice", "school_exclusion"),
    complete("ben", 1),
    complete("anna", 2),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make_workspace(tmp_path / "work")
    record(made, *WORK)
    return made


def record(root: Path, *decisions: Decision) -> None:
    with Workspace.open(root) as workspace:
        record_decisions(workspace, decisions, "by hand")


def answer(path: Path, **answers: str) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{**row, **answers} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_disagreement_comes_with_both_sides_and_the_rule(root: Path, tmp_path: Path) -> None:
    (found,) = find_disagreements(root)
    assert found.code.code_id == "alcohol_misuse"
    assert found.said("anna") == "“drank heavily” affirmed, parent_carer (“heavily”)"
    assert found.said("ben") == "not there (a habit, not misuse)"
    assert found.settles == (WORK[0].decision_id, WORK[2].decision_id)
    assert write_sheet(root, tmp_path / "sheet.csv") == 1
    with (tmp_path / "sheet.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["text"] == PARTS[0]
    assert row["definition"] == found.code.definition
    assert row["verdict"] == ""


def test_a_filled_sheet_is_never_overwritten(root: Path, tmp_path: Path) -> None:
    write_sheet(root, tmp_path / "sheet.csv")
    with pytest.raises(InputError, match="is there already, and may hold verdicts"):
        write_sheet(root, tmp_path / "sheet.csv")


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        pytest.param({"verdict": "anna"}, ["drank heavily"], id="a coder is right"),
        pytest.param({"verdict": "ben"}, [], id="the other is right"),
        pytest.param({"verdict": "absent"}, [], id="absent"),
        pytest.param({"verdict": "present"}, ["drank heavily"], id="present"),
        pytest.param(
            {"verdict": "present", "quote": "mother drank", "assertion": "suspected"},
            ["mother drank"], id="present in other words",
        ),
    ],
)  # fmt: skip
def test_a_verdict_becomes_a_third_record_that_points_to_both(
    root: Path, tmp_path: Path, answers: dict[str, str], codes: list[str]
) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(root, sheet)
    answer(sheet, reason="definition, exclusion", **answers)
    done = apply_sheet(root, sheet, "cleo", MOMENT)
    assert (done.n_settled, done.n_open, done.n_decisions) == (1, 0, 1)
    with Workspace.open(root) as workspace:
        last = read_decisions(workspace)[-1]
        after, _ = decided(workspace, make_reading())
    assert last.settles == (WORK[0].decision_id, WORK[2].decision_id)
    assert (last.coder, last.reason) == ("cleo", "definition, exclusion")
    assert [c.text for c in after.codings if c.code_id == "alcohol_misuse"] == codes
    assert find_disagreements(root) == ()


@pytest.mark.parametrize(
    ("by", "answers", "words"),
    [
        pytest.param("anna", {"verdict": "ben", "reason": "x"}, "one of the coders", id="judge"),
        pytest.param("cleo", {"verdict": "ben"}, "needs a reason", id="no reason"),
        pytest.param("cleo", {"verdict": "yes", "reason": "x"}, "is none of absent", id="verdict"),
        pytest.param(
            "cleo", {"verdict": "present", "reason": "x", "quote": "gin"}, "'gin' does not occur",
            id="quote",
        ),
        pytest.param(
            "cleo", {"verdict": "present", "reason": "x", "assertion": "sure"},
            "'sure' is none of affirmed", id="assertion",
        ),
        pytest.param(
            "cleo", {"verdict": "ben", "reason": "x", "disagreement": "0"}, "no open disagreement",
            id="unknown",
        ),
    ],
)  # fmt: skip
def test_a_verdict_that_does_not_fit_is_named_with_its_line(
    root: Path, tmp_path: Path, by: str, answers: dict[str, str], words: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(root, sheet)
    answer(sheet, **answers)
    with pytest.raises(DecisionsError, match=words):
        apply_sheet(root, sheet, by, MOMENT)
    assert len(find_disagreements(root)) == 1


def test_an_empty_sheet_and_another_table_are_refused(root: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(root, sheet)
    with pytest.raises(InputError, match="holds no verdict"):
        apply_sheet(root, sheet, "cleo", MOMENT)
    sheet.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DecisionsError, match="has no column disagreement, verdict, reason"):
        apply_sheet(root, sheet, "cleo", MOMENT)


def test_a_coder_who_decides_again_makes_the_sheet_old(root: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(root, sheet)
    answer(sheet, verdict="ben", reason="x")
    record(root, undo(WORK[0]))
    with pytest.raises(DecisionsError, match="a coder has decided again since"):
        apply_sheet(root, sheet, "cleo", MOMENT)


def settle(root: Path, tmp_path: Path, verdict: str) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(root, sheet)
    answer(sheet, verdict=verdict, reason="a habit is no misuse")
    apply_sheet(root, sheet, "cleo", MOMENT)


def test_each_coder_hears_what_was_changed_and_why(root: Path, tmp_path: Path) -> None:
    settle(root, tmp_path, "ben")
    (anna,), (ben,) = feedback(root, "anna"), feedback(root, "ben")
    assert (anna.changed, anna.settled, anna.adjudicator) == (True, "not there", "cleo")
    assert (ben.changed, ben.reason) == (False, "a habit is no misuse")
    shown = runner.invoke(app, ["adjudicate", "feedback", "anna", "-w", str(root)])
    assert "because: a habit is no misuse" in shown.output
    with pytest.raises(InputError, match="coders are: anna, ben, cleo"):
        feedback(root, "eve")


def test_settled_passages_are_locked_and_can_be_evaluated_on(root: Path, tmp_path: Path) -> None:
    before = lock_gold(root, "reviews")
    assert (before.n_passages, before.n_open, before.version) == (1, 1, 1)
    settle(root, tmp_path, "anna")
    after = lock_gold(root, "reviews")
    assert (after.n_passages, after.n_codings, after.version) == (2, 2, 2)
    assert after.coders == ("anna", "ben")
    assert lock_gold(root, "reviews") == after
    codes = {code.code_id for code in load_codebook(default_codebook_path()).codes}
    first, second = read_gold(root / GOLD / "reviews-v2.jsonl", codes)
    assert (first.text, second.text) == PARTS[:2]
    (coding,) = first.codings
    assert first.text[coding.start_char :].startswith(coding.quote)
    assert (coding.quote, coding.code_id) == ("drank heavily", "alcohol_misuse")


def test_one_coder_is_enough_when_asked(root: Path) -> None:
    assert lock_gold(root, "single", min_coders=1).n_passages == 2


def test_a_changed_gold_file_is_found(root: Path) -> None:
    gold = lock_gold(root, "reviews")
    path = root / GOLD / gold.file_name
    assert read_gold_set(root, "reviews") == gold
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8").replace("affirmed", "negated"), "utf-8")
    with pytest.raises(InputError, match="is not what was locked"):
        read_gold_set(root, "reviews")
    checked = runner.invoke(app, ["gold", "check", "reviews", "-w", str(root)])
    assert isinstance(checked.exception, InputError)
    with pytest.raises(InputError, match="there are: reviews"):
        read_gold_set(root, "other")


def test_passages_of_a_sample_weigh_what_they_stand_for(root: Path) -> None:
    draw_sample(root, "week-1", SampleSettings(n_units=2, seed=1))
    gold = lock_gold(root, "weighed", min_coders=1, sample="week-1")
    lines = [
        json.loads(line) for line in (root / GOLD / gold.file_name).read_text("utf-8").splitlines()
    ]
    assert {(line["stratum"], line["stratum_size"]) for line in lines} == {("all", 3)}
    assert {line["stratum_sampled"] for line in lines} == {len(lines)}


@pytest.mark.parametrize("name", ["", "a b", "../x"])
def test_a_gold_set_needs_a_name_that_a_file_can_have(root: Path, name: str) -> None:
    with pytest.raises(InputError, match="a name has letters"):
        lock_gold(root, name)


def test_nothing_settled_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "work")
    record(root, about("anna", Action.ACCEPT, ALCOHOL))
    with pytest.raises(InputError, match="workbench adjudicate"):
        lock_gold(root, "reviews")


def test_the_commands_lead_from_list_to_lock(root: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    listed = runner.invoke(app, ["adjudicate", "list", "-w", str(root)])
    assert "maren.pdf, segment 0: alcohol_misuse" in listed.output
    assert "disagreements: 1" in listed.output
    runner.invoke(app, ["adjudicate", "list", "-w", str(root), "--out", str(sheet)])
    answer(sheet, verdict="anna", reason="clear")
    done = runner.invoke(app, ["adjudicate", "apply", str(sheet), "--by", "cleo", "-w", str(root)])
    assert done.output == "settled: 1; still open: 0\n"
    locked = runner.invoke(app, ["gold", "lock", "reviews", "-w", str(root)])
    assert re.search(
        r"passages: 2; codings: 2; left out: 0\nlocked: .*reviews-v1\.jsonl", locked.output
    )
