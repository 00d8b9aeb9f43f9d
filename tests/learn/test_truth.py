"""Truth files: what is read, and what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from truth_examples import CODES, JSON, a_truth, written

from workbench.errors import TruthError
from workbench.learn.truth import load_truth
from workbench.learn.truth_check import check_truth, state_differences
from workbench.records import Assertion, SegmentKind, State, SubjectRole, Valence


def test_a_sound_truth_is_read_into_records(tmp_path: Path) -> None:
    truth = load_truth(written(tmp_path, a_truth()))
    assert truth.paragraphs[0].number == "4.1"
    assert truth.paragraphs[1].number == ""
    assert truth.paragraphs[3].kind is SegmentKind.CHRONOLOGY_ENTRY
    assert truth.codings[1].assertion is Assertion.NEGATED
    assert truth.codings[2].valence is Valence.POSITIVE
    assert truth.codings[2].person_id == ""
    assert truth.case["drug_misuse"][SubjectRole.VICTIM] is State.RULED_OUT
    assert truth.people[0].age_years == 19
    assert check_truth(truth, CODES) == ()
    assert state_differences(truth) == ()


def test_keys_that_only_other_readers_know_are_ignored(tmp_path: Path) -> None:
    truth = a_truth() | {"contents": [{"title": "Introduction", "page": 3}]}
    assert load_truth(written(tmp_path, truth)).truth_id == "T1"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param(
            lambda t: t["paragraphs"][0].update(kind="sentence"),
            "paragraphs[0]: kind 'sentence' is none of paragraph",
            id="unknown kind",
        ),
        pytest.param(
            lambda t: t["paragraphs"][2].update(section_role="results"),
            "paragraphs[2]: section_role 'results' is none of facts",
            id="unknown section role",
        ),
        pytest.param(
            lambda t: t["codings"][0].update(assertion="other_case"),
            "codings[0]: assertion 'other_case' is none of affirmed",
            id="an assertion of the old dialects",
        ),
        pytest.param(
            lambda t: t["codings"][0].pop("quote"),
            "codings[0]: the key 'quote' is missing",
            id="missing key in a list",
        ),
        pytest.param(
            lambda t: t.pop("ace10"),
            "file: the key 'ace10' is missing",
            id="missing key of the file",
        ),
        pytest.param(
            lambda t: t["people"][0].update(age="19"),
            "people[0]: age '19' is no whole number",
            id="an age in words",
        ),
        pytest.param(
            lambda t: t["people"][0].update(role="mother_of_victim"),
            "people[0]: role 'mother_of_victim' is none of index_child",
            id="a relation as a role",
        ),
        pytest.param(
            lambda t: t["case"]["drug_misuse"].update(victim="absent"),
            "file: 'absent' is not a valid State",
            id="unknown state",
        ),
        pytest.param(
            lambda t: t["people"].append("Tamsin"), "people[1]: is no object", id="not an object"
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, spoil: Callable[[JSON], object], problem: str
) -> None:
    truth = a_truth()
    spoil(truth)
    with pytest.raises(TruthError) as caught:
        load_truth(written(tmp_path, truth))
    assert len(caught.value.problems) == 1
    assert problem in caught.value.problems[0]


@pytest.mark.parametrize("content", ["", "[1]", '{"schema": "truth/2"}'])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TruthError, match=r"odd\.json"):
        load_truth(path)
