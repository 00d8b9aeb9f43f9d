"""Figures for codings agree with an independent scorer on the same pairs."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from evaluation_examples import TEXTS, make_truth, truth_coding
from evaluation_systems import QUICK, perfect_reading, system_coding, with_codings

from workbench.learn.evaluation import Evaluation, evaluate
from workbench.learn.truth_records import Truth, TruthCoding
from workbench.records import Assertion, Coding, Reading, SubjectRole

CODES = ("ace_parental_separation", "school_exclusion", "ap_voice", "service_access", "self_harm")
ROLES = (SubjectRole.VICTIM, SubjectRole.PERPETRATOR, SubjectRole.AGENCY)


def random_codings(rng: random.Random, n_codings: int) -> Iterator[TruthCoding]:
    for _ in range(n_codings):
        paragraph = rng.randrange(len(TEXTS))
        yield truth_coding(
            paragraph,
            rng.choice(TEXTS[paragraph][3].split(" | ")[0].split()),
            rng.choice(CODES),
            assertion=rng.choice(tuple(Assertion)),
            subject_role=rng.choice(ROLES),
        )


def random_corpus(seed: int) -> tuple[list[Truth], dict[str, Reading]]:
    rng = random.Random(seed)
    truths, readings = [], {}
    for number in range(4):
        truth = make_truth(
            f"T{number}",
            f"T{number}",
            codings=tuple(random_codings(rng, 12)),
            optional_codings=tuple(random_codings(rng, 3)) if number % 2 else (),
        )
        given = [
            replace(one, assertion=rng.choice(tuple(Assertion)), subject_role=rng.choice(ROLES))
            if rng.random() < 0.4
            else one
            for one in truth.codings
            if rng.random() < 0.7
        ]
        given += random_codings(rng, 8)
        truths.append(truth)
        readings[truth.truth_id] = with_codings(perfect_reading(truth), truth, given)
    return truths, readings


def lines(
    truth_id: str, codings: Iterable[TruthCoding | Coding], paragraphs: Iterable[int]
) -> Iterator[dict[str, Any]]:
    """One line for each paragraph, with or without codings."""
    by_paragraph: dict[int, list[dict[str, str]]] = {n: [] for n in range(len(TEXTS))}
    for coding, paragraph in zip(codings, paragraphs, strict=True):
        by_paragraph[paragraph].append(
            {
                "code": coding.code_id,
                "assertion": coding.assertion.value,
                "subject_role": coding.subject_role.value,
            }
        )
    for paragraph, uses in by_paragraph.items():
        yield {"id": f"{truth_id}:{paragraph}", "codings": uses}


def scored_by_oracle(
    scorer: Path, folder: Path, truths: list[Truth], readings: dict[str, Reading]
) -> dict[str, Any]:
    """What the scorer says; it knows no optional codings, so those that excuse are taken out."""
    gold: list[dict[str, Any]] = []
    predicted: list[dict[str, Any]] = []
    for truth in truths:
        excused = {(one.paragraph_index, one.code_id) for one in truth.optional_codings}
        excused -= {(one.paragraph_index, one.code_id) for one in truth.codings}
        given = [
            coding
            for coding in readings[truth.truth_id].codings
            if (coding.segment - 1, coding.code_id) not in excused
        ]
        gold += lines(truth.truth_id, truth.codings, (c.paragraph_index for c in truth.codings))
        predicted += lines(truth.truth_id, given, (coding.segment - 1 for coding in given))
    for name, content in (("gold", gold), ("predicted", predicted)):
        text = "".join(json.dumps(line) + "\n" for line in content)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, scorer, folder / "gold.jsonl", folder / "predicted.jsonl", "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores


def figures(evaluation: Evaluation, key: str) -> dict[str, float]:
    values = {
        letter: evaluation.measure(f"{key}.{name}").value
        for letter, name in (("p", "precision"), ("r", "recall"), ("f1", "f1"))
    }
    return {letter: round(value or 0.0, 3) for letter, value in values.items()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_coding_figures_are_those_of_the_reference_scorer(
    shared: Path, tmp_path: Path, seed: int
) -> None:
    truths, readings = random_corpus(seed)
    # An optional coding excuses only the assertion it has; the scorer cannot say that.
    truths = [
        make_truth(
            truth.truth_id,
            truth.case_id,
            codings=truth.codings,
            optional_codings=tuple(
                truth_coding(one.paragraph_index, one.quote, one.code_id, assertion=assertion)
                for one in truth.optional_codings
                for assertion in Assertion
            ),
        )
        for truth in truths
    ]
    evaluation = evaluate(readings, (), truths, QUICK)
    scores = scored_by_oracle(shared / "tools" / "score_codings.py", tmp_path, truths, readings)

    for ours, theirs in (("codings.affirmed", "affirmed"), ("codings.any", "any")):
        assert figures(evaluation, ours) == {key: scores[theirs][key] for key in ("p", "r", "f1")}
    for ours, theirs in (
        ("matched.assertion", "assertion_accuracy"),
        ("matched.role", "role_accuracy"),
    ):
        measure = evaluation.measure(ours)
        assert [round(measure.value or 0.0, 3), measure.n] == scores[theirs]
    macro = evaluation.measure("codings.affirmed.macro_f1")
    assert round(macro.value or 0.0, 3) == scores["affirmed"]["macro_f1"]
    assert macro.n == scores["affirmed"]["codes"]
    per_code = {
        str(row[0]): [row[1], *(round(float(x or 0.0), 2) for x in row[4:])]
        for row in evaluation.table("codings.codes").rows
    }
    assert per_code == scores["per_code"]


def test_the_random_corpus_has_something_to_judge() -> None:
    truths, readings = random_corpus(1)
    evaluation = evaluate(readings, (), truths, QUICK)
    for key in ("codings.affirmed.f1", "matched.assertion", "matched.role"):
        value = evaluation.measure(key).value
        assert value is not None
        assert 0.1 < value < 0.95
    coding = system_coding(readings["T0"], truths[0], truths[0].codings[0])
    assert coding.segment == truths[0].codings[0].paragraph_index + 1
