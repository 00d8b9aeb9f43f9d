"""Samples of a workspace: what can be drawn, what is kept, what is never replaced."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from decision_making import DOCUMENT, TEXT, segments, suggestion
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.codebook import default_codebook_path
from workbench.errors import InputError
from workbench.pipeline.annotation import Method, SampleSettings, draw_sample, read_sample
from workbench.pipeline.annotation.places import CODEBOOK
from workbench.pipeline.annotation.samples import SAMPLES
from workbench.records import Document, DocumentStatus, FrozenText, Reading, SectionRole
from workbench.store import readings
from workbench.store.workspace import Workspace

runner = CliRunner()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    first, second, third = segments()
    reading = Reading(
        document=Document(document_id=DOCUMENT, file_name="m.pdf", status=DocumentStatus.OK),
        frozen=FrozenText(document_id=DOCUMENT, text=TEXT, words=()),
        segments=(first, second, replace(third, section_role=SectionRole.RECOMMENDATIONS)),
        codings=(suggestion("drank heavily", "alcohol_misuse"),),
    )
    with Workspace.create(tmp_path / "work") as workspace:
        readings.save_reading(workspace, reading)
    (tmp_path / "work" / CODEBOOK).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(default_codebook_path(), tmp_path / "work" / CODEBOOK)
    return tmp_path / "work"


def drawn(root: Path, name: str, method: Method = Method.RANDOM, n_units: int = 9) -> Sequence[int]:
    sample = draw_sample(root, name, SampleSettings(n_units=n_units, method=method))
    return [unit.segment for unit in sample.units]


def test_only_evidence_is_drawn_unless_asked(root: Path) -> None:
    assert drawn(root, "one") == [0, 1]


def test_missed_text_is_looked_for_where_the_machine_found_nothing(root: Path) -> None:
    assert drawn(root, "audit", Method.MISSED) == [1]


def test_a_sample_is_kept_and_read_again(root: Path) -> None:
    made = draw_sample(root, "one", SampleSettings(n_units=1, seed=3))
    assert read_sample(root, "one") == made
    assert made.units[0].inclusion_probability == 0.5
    assert draw_sample(root, "one", SampleSettings(n_units=1, seed=3)) == made
    with pytest.raises(InputError, match="it is never replaced: choose another name"):
        draw_sample(root, "one", SampleSettings(n_units=2, seed=3))


@pytest.mark.parametrize("name", ["", "../x", "a/b", "week 1", "x" * 65])
def test_a_name_that_is_no_file_name_is_refused(root: Path, name: str) -> None:
    with pytest.raises(InputError, match="letters, digits"):
        draw_sample(root, name, SampleSettings(n_units=1))


def test_a_sample_that_is_not_there_names_those_that_are(root: Path) -> None:
    drawn(root, "week-1")
    with pytest.raises(InputError, match="there are: week-1"):
        read_sample(root, "week-2")
    (root / SAMPLES / "week-1.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read as a sample"):
        read_sample(root, "week-1")


def test_the_command_draws_assigns_and_writes_a_list(root: Path) -> None:
    asked = ["sample", "week-1", "-w", str(root), "--size", "2", "--coders", "anna,ben"]
    result = runner.invoke(app, [*asked, "--overlap", "0.5"])
    assert result.exit_code == 0, result.output
    assert "week-1: 2 of 2 segments in sections that count as evidence" in result.output
    assert "coded by two: 1 units" in result.output
    with (root / SAMPLES / "week-1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["shown"] for row in rows] == ["blind"] * 3
    assert {row["inclusion_probability"] for row in rows} == {"1"}
    where = {(row["segment"], row["file_name"], row["page"], row["paragraph"]) for row in rows}
    assert where == {
        (str(each.ordinal), "m.pdf", str(each.page_start), each.number or "")
        for each in segments()
        if each.ordinal in {int(row["segment"]) for row in rows}
    }


def test_whole_documents_are_listed_by_their_file_and_no_name_is_a_formula(root: Path) -> None:
    with Workspace.open(root) as workspace:
        reading = readings.read_reading(workspace, DOCUMENT)
        named = replace(reading.document, file_name="=cmd|x.pdf")
        readings.save_reading(workspace, replace(reading, document=named))
    drawn_whole = ["sample", "whole", "-w", str(root), "--unit", "document"]
    assert runner.invoke(app, drawn_whole).exit_code == 0
    with (root / SAMPLES / "whole.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file_name"], row["page"], row["segment"]) == ("'=cmd|x.pdf", "", "")


def test_new_samples_can_leave_out_what_earlier_ones_hold(root: Path) -> None:
    drawn(root, "one", Method.MISSED)
    result = runner.invoke(app, ["sample", "two", "-w", str(root), "--new-only", "--json"])
    assert [unit["segment"] for unit in json.loads(result.stdout)["units"]] == [0]
    again = runner.invoke(app, ["sample", "three", "-w", str(root), "--new-only"])
    assert "there is no segment to draw" in str(again.exception)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--method", "best"], "--method is random, stratified"),
        (["--by", "colour"], "--by is review_type"),
        (["--unit", "page"], "it is segment or document"),
        (["--workload", "anna=4"], "goes with --coders"),
        (["--coders", "anna,ben", "--workload", "anna"], "write it as anna=40"),
        (["--coders", "anna,ben", "--workload", "eve=4"], "names no coder: eve"),
        (["--coders", "anna,anna"], "each once"),
    ],
)
def test_options_that_make_no_sense_say_what_they_should_be(
    root: Path, options: list[str], words: str
) -> None:
    result = runner.invoke(app, ["sample", "one", "-w", str(root), *options])
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)
