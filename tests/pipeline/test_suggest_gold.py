"""``evaluate --gold``: figures for people and scripts, and never a word of a passage in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import InputError, PassagesError
from workbench.pipeline.suggesting import measure_gold, suggest

TEXTS = (
    "Child A was permanently excluded from school. His mother drank heavily every day.",
    "The risk assessment was inadequate and information was not shared with the police.",
    "The meeting took place at the town hall on a Tuesday.",
)


def gold_line(number: int, *codings: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "id": f"p{number}",
        "doc": f"d{number}",
        "text": TEXTS[number],
        "codings": [
            {"code": code, "assertion": "affirmed", "subject_role": role, "quote": quote}
            for code, role, quote in codings
        ],
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    lines = [
        gold_line(0, ("school_exclusion", "index_child", "permanently excluded")),
        gold_line(1, ("ap_risk_assessment", "agency", "risk assessment was inadequate")),
        gold_line(2),
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def invoke(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    return result.exit_code, result.stdout


def test_the_coder_and_a_file_of_its_own_codings_have_the_same_figures(
    gold: Path, tmp_path: Path
) -> None:
    suggest(gold, tmp_path / "codings.jsonl")
    by_file = measure_gold(gold, tmp_path / "codings.jsonl").evaluation
    by_coder = measure_gold(gold).evaluation
    assert by_coder.mistakes == by_file.mistakes
    assert [section.measures for section in by_coder.figures.sections] == [
        section.measures for section in by_file.figures.sections
    ]
    assert by_coder.figures.measure("gold.affirmed.recall").n == 2


def test_the_coder_and_the_plainest_coders_stand_beside_predictions(gold: Path) -> None:
    rows = measure_gold(gold, gold).evaluation.figures.table("baselines.systems").rows
    assert [row[0] for row in rows] == ["gold.jsonl", "coder", "cues", "cues and proximity"]
    rows = measure_gold(gold).evaluation.figures.table("baselines.systems").rows
    assert [row[0] for row in rows] == ["coder", "cues", "cues and proximity"]


def test_with_more_to_learn_from_a_learned_baseline_stands_there_too(
    gold: Path, tmp_path: Path
) -> None:
    more = tmp_path / "more.jsonl"
    lines = [
        {**gold_line(0, ("school_exclusion", "index_child", "permanently excluded"))}
        | {"id": f"m{n}", "doc": f"m{n}"}
        for n in range(60)
    ]
    more.write_text("".join(json.dumps(line) + "\n" for line in lines))
    measured = measure_gold(gold, gold, train=[more])
    assert measured.evaluation.figures.table("baselines.systems").rows[-1][0] == "TF-IDF linear"
    assert measured.provenance["also learned from"].startswith("more.jsonl (")


def test_perfect_predictions_are_perfect(gold: Path) -> None:
    figures = measure_gold(gold, gold).evaluation.figures
    for key in ("gold.affirmed.f1", "gold.any.f1", "matched.assertion", "matched.words.iou"):
        assert figures.measure(key).value == 1


def test_a_file_gets_figures_between_marks_of_its_gold_and_keeps_the_rest(
    gold: Path, tmp_path: Path
) -> None:
    results = tmp_path / "RESULTS.md"
    results.write_text("# Mine\n\nBefore.\n")
    other = tmp_path / "other.jsonl"
    other.write_bytes(gold.read_bytes())
    for path in (gold, other, gold):
        code, _ = invoke("--gold", path, "--predictions", gold, "--write", results)
        assert code == 0
    text = results.read_text()
    assert text.startswith("# Mine\n\nBefore.\n")
    for name in ("gold.jsonl", "other.jsonl"):
        assert text.count(f"<!-- evaluate gold {name}: begin -->") == 1
        assert text.count(f"<!-- evaluate gold {name}: end -->") == 1
    assert text.count("# Results on coded passages") == 2
    assert "names no coders" in text


def test_no_words_of_a_passage_are_written_or_printed_unless_asked_for(
    gold: Path, tmp_path: Path
) -> None:
    predictions = tmp_path / "none.jsonl"
    predictions.write_text('{"id": "p0", "codings": []}\n')
    results = tmp_path / "RESULTS.md"
    common = ("--gold", gold, "--predictions", predictions, "--write", results)
    _, plain = invoke(*common)
    _, shown = invoke(*common, "--show-text")
    _, as_json = invoke(*common, "--json")
    for text in (plain, as_json, results.read_text()):
        assert "permanently excluded" not in text
        assert "town hall" not in text
    assert TEXTS[0] in shown
    assert "gold quotes “permanently excluded”" in shown
    assert "p0" in plain
    assert "p0" not in results.read_text()


def test_json_has_every_figure_and_every_mistake(gold: Path, tmp_path: Path) -> None:
    predictions = tmp_path / "none.jsonl"
    predictions.write_text('{"id": "p0", "codings": []}\n')
    _, text = invoke("--gold", gold, "--predictions", predictions, "--json")
    found = json.loads(text)
    assert (found["n_passages"], found["n_documents"], found["n_missing"]) == (3, 3, 2)
    assert [mistake["passage_id"] for mistake in found["mistakes"]] == ["p0", "p1"]
    assert found["provenance"]["gold"].startswith("gold.jsonl (")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="neither"),
        pytest.param(["--truth", "x", "--gold", "y"], id="both"),
        pytest.param(["--truth", "x", "--predictions", "y"], id="predictions of documents"),
        pytest.param(["--truth", "x", "--show-text"], id="text of documents"),
    ],
)
def test_options_that_do_not_go_together_are_an_error(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["evaluate", *arguments])
    assert isinstance(result.exception, InputError)
    assert "--gold" in str(result.exception)


def test_problems_of_gold_and_predictions_name_their_lines(gold: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "p0", "codings": [{"code": "invented"}]}\nnot json\n')
    with pytest.raises(PassagesError) as caught:
        measure_gold(gold, bad)
    assert caught.value.problems == (
        "line 1: coding 1: 'invented' is not a code of the codebook",
        "line 2: is no JSON (Expecting value, character 1)",
    )
