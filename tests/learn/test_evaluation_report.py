"""The evaluation as Markdown and as plain values."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from evaluation_examples import make_truth
from evaluation_systems import PERFECT, QUICK, empty_reading, perfect_case, perfect_reading

from workbench.learn.evaluation import Evaluation, evaluate
from workbench.learn.report import evaluation_to_plain, render_markdown


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    truths = [make_truth(), make_truth("T2", "T2"), make_truth("T3", "T3", status="needs_ocr")]
    readings = {"T1": PERFECT, "T3": empty_reading(truths[2])}
    return evaluate(readings, [perfect_case(truths[:1])], truths, QUICK)


def lines_of(report: str, title: str) -> list[str]:
    """The lines of one section."""
    return report.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0].strip().splitlines()


def test_each_section_begins_with_a_plain_sentence_and_ends_in_a_table(
    evaluation: Evaluation,
) -> None:
    report = render_markdown(evaluation, {"codebook": "1.0"})
    for section in evaluation.sections:
        lines = lines_of(report, section.title)
        assert lines[0] == section.explanation
        assert lines[2] == "| measure | value | 95 % interval | n |"
        assert lines[4].startswith(f"| {section.measures[0].label} | ")


def test_the_report_says_what_the_truth_is_and_what_it_was_made_with(
    evaluation: Evaluation,
) -> None:
    report = render_markdown(evaluation, {"codebook | version": "1.0"})
    assert "fictional and machine-authored; each has one author and one coder" in report
    assert r"| codebook \| version | 1.0 |" in report
    assert "Efron and Tibshirani 1993" in report
    assert "Only the status is measured, for want of readable text, for: T3." in report


def test_what_is_undefined_is_a_dash_and_small_support_is_marked(evaluation: Evaluation) -> None:
    report = render_markdown(evaluation, {})
    (line,) = [line for line in report.splitlines() if line.startswith("| table rows with all")]
    assert line == "| table rows with all cells | – | – | 0 |"
    (line,) = [line for line in report.splitlines() if line.startswith("| affirmed codes: recall")]
    assert line == "| affirmed codes: recall | 0.500 | 0.000 to 1.000 | 8* |"
    by_document = lines_of(report, "By document")
    assert any(line.startswith("| T1 | 1.00 | ") for line in by_document)
    assert any(line.startswith("| T2 | 0.00 | ") for line in by_document)
    assert not any(line.startswith("| T3 | ") for line in by_document)


def test_every_table_has_the_same_number_of_cells_in_each_line(evaluation: Evaluation) -> None:
    n_cells = None
    for line in render_markdown(evaluation, {"a": "b"}).splitlines():
        if not line.startswith("|"):
            n_cells = None
            continue
        found = line.replace(r"\|", "").count("|")
        assert n_cells in (None, found), line
        n_cells = found


def test_the_same_evaluation_renders_to_the_same_text(evaluation: Evaluation) -> None:
    again = replace(evaluation)
    assert render_markdown(evaluation, {"a": "b"}) == render_markdown(again, {"a": "b"})


def test_plain_values_are_json_and_keep_every_figure(evaluation: Evaluation) -> None:
    plain = json.loads(json.dumps(evaluation_to_plain(evaluation), allow_nan=False))
    figures = {
        measure["key"]: (measure["value"], measure["n"])
        for section in plain["sections"]
        for measure in section["measures"]
    }
    assert figures["codings.affirmed.recall"] == (0.5, 8)
    assert figures["rows.table_rows"] == (None, 0)
    assert [document["truth_id"] for document in plain["documents"]] == ["T1", "T2", "T3"]


def test_an_evaluation_of_nothing_is_still_a_report() -> None:
    report = render_markdown(evaluate({}, (), [], QUICK), {})
    assert "Measured on 0 documents of 0 reviews." in report


def test_unknown_keys_are_refused(evaluation: Evaluation) -> None:
    for find in (evaluation.measure, evaluation.section, evaluation.table):
        with pytest.raises(KeyError):
            find("no such key")


def test_a_perfect_reading_of_another_truth_does_not_help() -> None:
    truths = [make_truth(), make_truth("T2", "T2")]
    evaluation = evaluate({"T9": perfect_reading(truths[0])}, (), truths, QUICK)
    assert evaluation.measure("text.words.found").value == 0.0
