"""Truth files: each kind of fault is reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from truth_examples import CODES, JSON, a_coding, a_row, a_truth, written

from workbench.errors import TruthError
from workbench.learn.truth import load_truth
from workbench.learn.truth_check import check_truth, check_truths, state_differences


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param(
            lambda t: t["codings"][0].update(quote="excluded from  two schools"),
            "codings[0]: 'excluded from  two schools' is not in paragraph 0",
            id="quote with another space",
        ),
        pytest.param(
            lambda t: t["codings"][0].update(more_quotes=["three schools"]),
            "codings[0]: 'three schools' is not in paragraph 0",
            id="further quote that is not there",
        ),
        pytest.param(
            lambda t: t["codings"][0].update(quote=" "),
            "codings[0]: ' ' is not in paragraph 0",
            id="a quote of nothing",
        ),
        pytest.param(
            lambda t: t["optional_codings"].append(a_coding(4, "x", "drug_misuse")),
            "optional_codings[0]: there is no paragraph 4",
            id="index beyond the last paragraph",
        ),
        pytest.param(
            lambda t: t["optional_codings"].append(a_coding(-1, "2 May", "drug_misuse")),
            "optional_codings[0]: there is no paragraph -1",
            id="index from the end",
        ),
        pytest.param(
            lambda t: t["optional_codings"].append(a_coding(0, "Tamsin", "school_exclusions")),
            "optional_codings[0]: the code 'school_exclusions' is not in the codebook",
            id="misspelt code",
        ),
        pytest.param(
            lambda t: t["codings"][0].update(person_id="W"),
            "codings[0]: the person 'W' is not among the people",
            id="person who is not listed",
        ),
        pytest.param(
            lambda t: t["people"].append(t["people"][0]),
            "people: the id 'V' is used 2 times",
            id="person listed twice",
        ),
        pytest.param(
            lambda t: t["paragraphs"][0].update(page=0),
            "paragraphs[0]: pages 0 to 1 are not within 1 to 2",
            id="page before the first",
        ),
        pytest.param(
            lambda t: t["paragraphs"][0].update(page_end=3),
            "paragraphs[0]: pages 1 to 3 are not within 1 to 2",
            id="page after the last",
        ),
        pytest.param(
            lambda t: t["paragraphs"][2].update(page_end=1),
            "paragraphs[2]: pages 2 to 1 are not within 1 to 2",
            id="ends before it begins",
        ),
        pytest.param(
            lambda t: t["paragraphs"].append(a_row("  ")),
            "paragraphs[4]: has no text",
            id="empty paragraph",
        ),
        pytest.param(
            lambda t: t["paragraphs"][3].update(text="2 May Nothing"),
            'paragraphs[3]: the text is not its cells joined by " | "',
            id="cells joined in another way",
        ),
        pytest.param(
            lambda t: t["running_matter"][0].update(pattern="Page (\\d+"),
            "running_matter[0]: the pattern",
            id="pattern that does not compile",
        ),
        pytest.param(
            lambda t: t["running_matter"][0].update(position="foot"),
            "running_matter[0]: position 'foot' is none of footer, header, margin",
            id="unknown position",
        ),
        pytest.param(lambda t: t.update(kind="dhr"), "kind 'dhr' is none of", id="kind in short"),
        pytest.param(
            lambda t: t.update(status="quarantined"), "status 'quarantined' is none of", id="status"
        ),
        pytest.param(
            lambda t: t["case"].update(school_exclusion={"perpetrator": "present"}),
            "case: school_exclusion of perpetrator is present, but no affirmed coding",
            id="present for another person",
        ),
        pytest.param(
            lambda t: t["paragraphs"][0].update(section_role="appendix"),
            "case: school_exclusion of victim is present, but no affirmed coding",
            id="present on the strength of an appendix",
        ),
        pytest.param(
            lambda t: t["case"].update(school_exclusion={"victim": "ruled_out"}),
            "case: school_exclusion of victim is ruled_out, but no negated coding",
            id="ruled out without a negation",
        ),
        pytest.param(
            lambda t: t["case"].update(ap_voice={"agency": "not_mentioned"}),
            "case: ap_voice of agency is not_mentioned, which is said by leaving it out",
            id="silence written down",
        ),
        pytest.param(
            lambda t: t["case"].update(ace={"victim": "present"}),
            "case: the code 'ace' is not in the codebook",
            id="unknown code in the case",
        ),
        pytest.param(
            lambda t: t["ace10"].update(W=["ace_domestic_abuse"]),
            "ace10: the person 'W' is not among the people",
            id="ACE count of nobody",
        ),
        pytest.param(
            lambda t: t["ace10"].update(V=["ace_unknown"]),
            "ace10: the code 'ace_unknown' is not in the codebook",
            id="ACE of no codebook",
        ),
    ],
)
def test_each_fault_is_reported(
    tmp_path: Path, spoil: Callable[[JSON], object], problem: str
) -> None:
    truth = a_truth()
    spoil(truth)
    problems = check_truth(load_truth(written(tmp_path, truth)), CODES)
    assert any(found.startswith(problem) for found in problems), problems


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    first, second = a_truth(), a_truth() | {"id": "T2"}  # T2 also claims to lead the case of T1
    first["codings"][0]["quote"] = "not there"
    second["pages"] = 3
    written(tmp_path, first)
    written(tmp_path, second)
    (tmp_path / "pdf" / "T1.pdf").unlink()
    with pytest.raises(TruthError) as caught:
        check_truths(tmp_path, code_ids=CODES, page_counts={"T2": 2})
    assert list(caught.value.problems) == [
        "T1.json: codings[0]: 'not there' is not in paragraph 0",
        "T1.json: pdf/T1.pdf is missing",
        "T2.json: says 3 pages, but the PDF has 2",
        "case 'T1' has 2 leading documents, but needs one",
    ]


def test_a_file_under_another_name_is_reported(tmp_path: Path) -> None:
    path = written(tmp_path, a_truth())
    path.rename(path.with_name("T9.json"))
    with pytest.raises(TruthError, match="is not the name of the file"):
        check_truths(tmp_path, code_ids=CODES)


def test_an_empty_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match="holds no JSON file"):
        check_truths(tmp_path, code_ids=CODES)


def test_a_copy_beside_its_leading_document_is_right(tmp_path: Path) -> None:
    written(tmp_path, a_truth())
    written(tmp_path, a_truth() | {"id": "T2", "lead": False})
    assert [truth.truth_id for truth in check_truths(tmp_path, code_ids=CODES)] == ["T1", "T2"]


def test_a_state_left_out_by_the_author_is_a_difference_and_no_fault(tmp_path: Path) -> None:
    content = a_truth()
    del content["case"]["drug_misuse"]
    truth = load_truth(written(tmp_path, content))
    assert check_truth(truth, CODES) == ()
    assert state_differences(truth) == (
        "drug_misuse of victim: written not_mentioned, by rule ruled_out",
    )
