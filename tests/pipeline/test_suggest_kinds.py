"""The kind of document that passages are from, told from their words; and what hangs on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.pipeline.suggesting import suggest
from workbench.pipeline.suggesting.kinds import guess_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "He was found by his brother. The inquest heard that he had stopped his medication.",
            "prevention_of_future_deaths_report",
            id="an inquest",
        ),
        pytest.param(
            "The ward had no spare bed.", "prevention_of_future_deaths_report", id="nothing said"
        ),
        pytest.param(
            "Social workers know their children well. Leaders have strengthened oversight.",
            "inspection",
            id="an inspection",
        ),
        pytest.param(
            "She lived with her children and told her GP that she was afraid.",
            "prevention_of_future_deaths_report",
            id="somebody's own children are no group",
        ),
        pytest.param(
            "Child A was excluded from school. The Panel heard that Mother had asked for help.",
            "child_safeguarding_practice_review",
            id="a child with a letter",
        ),
        pytest.param(
            "The perpetrator was known to the MARAC. The Review found domestic abuse on record.",
            "domestic_homicide_review",
            id="a homicide review",
        ),
        pytest.param(
            "Mr B stopped his depot. The Panel asked why his care coordinator was not told.",
            "mental_health_homicide_review",
            id="a patient",
        ),
        pytest.param(
            "Adult C lived with self-neglect. This review asks why the care package ended.",
            "safeguarding_adults_review",
            id="an adult",
        ),
    ],
)
def test_the_words_speak_for_a_kind(text: str, kind: str) -> None:
    assert guess_kind([text]) == kind


def test_all_passages_of_a_document_are_asked_together() -> None:
    alone = "He had been excluded twice."
    beside = "Child A, the subject of this review, attended two schools. The Panel met Mother."
    assert guess_kind([alone]) == "prevention_of_future_deaths_report"
    assert guess_kind([alone, beside]) == "child_safeguarding_practice_review"


def code(folder: Path, **given: str) -> dict[str, Any]:
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    text = "He was permanently excluded from school and later died in his room."
    source.write_text(json.dumps({"id": 1, "text": text, **given}) + "\n")
    suggest(source, target)
    (line,) = map(json.loads, target.read_text().splitlines())
    return dict(line)


def test_a_person_of_a_bare_passage_is_a_person_and_no_group(tmp_path: Path) -> None:
    line = code(tmp_path)
    (coding,) = (each for each in line["codings"] if each["code"] == "school_exclusion")
    assert (coding["assertion"], coding["subject_role"]) == ("affirmed", "deceased")
    assert line["read_as"] == "prevention_of_future_deaths_report"


def test_a_kind_that_is_given_is_taken(tmp_path: Path) -> None:
    line = code(tmp_path, review_type="domestic_homicide_review")
    (coding,) = (each for each in line["codings"] if each["code"] == "school_exclusion")
    assert coding["subject_role"] == "perpetrator"
    assert "read_as" not in line
