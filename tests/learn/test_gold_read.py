"""Gold files are checked whole: every problem is listed with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gold_examples import CODES, TEXT, write_lines

from workbench.errors import InputError, PassagesError
from workbench.learn.gold.read import read_gold, read_predictions

GOOD = {"code": "ap_voice", "assertion": "affirmed", "subject_role": "agency", "quote": "two three"}


def line(name: str = "p1", *codings: dict[str, Any], **given: Any) -> dict[str, Any]:
    return {"id": name, "text": TEXT, "codings": list(codings), **given}


def problems(path: Path, *lines: dict[str, Any] | str) -> tuple[str, ...]:
    with pytest.raises(PassagesError) as caught:
        read_gold(write_lines(path / "gold.jsonl", lines), CODES)
    return caught.value.problems


def test_a_passage_comes_with_all_that_its_line_says(tmp_path: Path) -> None:
    given = line(
        "p1", {**GOOD, "valence": "positive", "confidence": "low", "note": "kept out"}, doc="D1",
        source="pfd", section="concerns", stratum="hit", stratum_size=30, stratum_sampled=1,
    )  # fmt: skip
    (passage,) = read_gold(write_lines(tmp_path / "g", [given]), CODES)
    assert (passage.passage_id, passage.doc, passage.source) == ("p1", "D1", "pfd")
    assert passage.weight == 30
    (coding,) = passage.codings
    assert (coding.code_id, coding.valence, coding.quote) == ("ap_voice", "positive", "two three")


def test_a_passage_without_a_doc_is_a_document_of_its_own(tmp_path: Path) -> None:
    lines = [line("p1", GOOD), line("p2")]
    passages = read_gold(write_lines(tmp_path / "g", lines), CODES)
    assert [passage.doc for passage in passages] == ["p1", "p2"]
    assert [passage.weight for passage in passages] == [1, 1]


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        pytest.param({**GOOD, "code": "ap_voices"}, "'ap_voices' is not a code", id="unknown code"),
        pytest.param({**GOOD, "code": None}, "None is not a code", id="no code"),
        pytest.param({**GOOD, "assertion": "yes"}, "assertion 'yes' is none of affirmed, general",
                     id="unknown assertion"),
        pytest.param({**GOOD, "assertion": None}, "has no 'assertion'", id="no assertion"),
        pytest.param({**GOOD, "subject_role": "uncle"}, "subject_role 'uncle' is none of",
                     id="unknown role"),
        pytest.param({**GOOD, "valence": "mixed"}, "valence 'mixed' is none of", id="valence"),
        pytest.param({**GOOD, "quote": "two  three"}, "its quote does not occur in the text",
                     id="a quote with another space"),
        pytest.param({**GOOD, "quote": "Two three"}, "its quote does not occur in the text",
                     id="a quote with a capital"),
        pytest.param({**GOOD, "quote": ""}, "its quote is empty", id="an empty quote"),
        pytest.param({**GOOD, "quote": 7}, "'quote' is not a text", id="a number as quote"),
    ],
)  # fmt: skip
def test_a_coding_that_cannot_be_right_is_named(
    tmp_path: Path, bad: dict[str, Any], problem: str
) -> None:
    (found,) = problems(tmp_path, line("p1", GOOD), line("p2", GOOD, bad))
    assert found.startswith("line 2: coding 2: ")
    assert problem in found


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        pytest.param("{", "is no JSON", id="broken"),
        pytest.param({"text": TEXT, "codings": []}, "has no 'id'", id="no id"),
        pytest.param({"id": "x", "codings": []}, "has no 'text'", id="no text"),
        pytest.param({"id": "x", "text": " ", "codings": []}, "has no 'text'", id="only space"),
        pytest.param({"id": "x", "text": TEXT}, "has no list 'codings'", id="no codings"),
        pytest.param(line("x", 7), "coding 1: is no object", id="a number"),  # type: ignore[arg-type]
        pytest.param(line("p1"), "has the id of line 1", id="an id used before"),
        pytest.param(line("x", stratum="s"), "a stratum needs stratum, stratum_size", id="sizes"),
        pytest.param(line("x", stratum="s", stratum_size=1, stratum_sampled=2),
                     "not counts that fit", id="more drawn than there are"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_gold_passage_is_named(
    tmp_path: Path, bad: dict[str, Any] | str, problem: str
) -> None:
    found = problems(tmp_path, line("p1", GOOD), "", bad)
    assert any(each.startswith("line 3: ") and problem in each for each in found)


def test_all_problems_are_listed_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        line("p1", {**GOOD, "code": "x"}, {**GOOD, "assertion": "y"}),
        "[]",
        line("p3", {**GOOD, "quote": "not there"}),
    )
    assert [each.split(":")[0] for each in found] == ["line 1", "line 1", "line 2", "line 3"]


def test_strata_must_agree_about_their_sizes(tmp_path: Path) -> None:
    sizes = {"stratum": "s", "stratum_size": 9, "stratum_sampled": 3}
    found = problems(
        tmp_path, line("p1", **sizes), line("p2", **{**sizes, "stratum_size": 8}), line("p3")
    )
    assert found == (
        "line 3: has no stratum, but others have",
        "line 2: stratum 's' has other sizes than on line 1",
    )


def test_an_empty_file_is_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, "") == ("holds no passage",)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "absent", CODES)


def test_predictions_need_no_more_than_a_code(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "p", [{"id": 7, "codings": [{"code": "ap_voice"}]}])
    assert read_predictions(path, CODES)["7"][0].is_affirmed


def test_predictions_may_quote_what_is_not_there_but_not_use_unknown_codes(tmp_path: Path) -> None:
    invented = {**GOOD, "quote": "nowhere"}
    assert read_predictions(write_lines(tmp_path / "p", [line("p1", invented)]), CODES)
    with pytest.raises(PassagesError, match="line 1: coding 1: 'x' is not a code"):
        read_predictions(write_lines(tmp_path / "p", [line("p1", {"code": "x"})]), CODES)
