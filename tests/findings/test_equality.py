"""Whether the coder errs alike in all groups: planted bias is found, none is not."""

from __future__ import annotations

import numpy as np
import pytest
from finding_making import corpus, findings_of

from workbench.findings import LabelledCase, recount_problems
from workbench.records import Finding

CODE = "drug_misuse"


def errors_of(
    found: list[int], truly: list[int], n: int = 80, named: tuple[str, str] = ("x", "y")
) -> dict[str, Finding]:
    """Two groups, even and odd cases; all are labelled."""
    cases, codings = corpus({CODE: [f"c{place:02d}" for place in found]}, n)
    labels = [
        LabelledCase(case_id=f"c{p:02d}", code_id=CODE, subject_role=None, present=p in set(truly))
        for p in range(n)
    ]
    groups = {"sex": {f"c{p:02d}": named[p % 2] for p in range(n)}}
    made = findings_of(cases, codings, labels=labels, groups=groups)
    assert recount_problems(tuple(made.values()), cases, codings) == ()
    return {name: f for name, f in made.items() if f.measure == "coder_hit"}


def test_planted_bias_is_found_and_said() -> None:
    truly = list(range(40))  # twenty of each group
    found = [p for p in truly if p % 2 == 0 or p < 8]  # all of the first, four of the second
    made = errors_of(found, truly)
    first = made[f"labelled-with-{CODE}-any__sex-1__found"]
    second = made[f"labelled-with-{CODE}-any__sex-2__found"]
    assert (first.numerator, first.denominator) == (20, 20)
    assert (second.numerator, second.denominator) == (4, 20)
    assert second.p_value is not None
    assert second.p_value < 0.001
    assert "Warning" in second.note
    false_alarms = made[f"labelled-without-{CODE}-any__sex-1__found"]
    assert (false_alarms.numerator, false_alarms.denominator) == (0, 20)
    assert "Warning" not in false_alarms.note


def test_false_alarms_are_counted_apart() -> None:
    made = errors_of(found=list(range(41, 80, 2)), truly=list(range(20)))
    claimed = made[f"labelled-without-{CODE}-any__sex-2__found"]
    assert (claimed.numerator, claimed.denominator) == (20, 30)
    assert "claimed by the coder" in claimed.label


def test_a_coder_that_errs_alike_is_rarely_warned_of() -> None:
    draw = np.random.default_rng(6)
    n_warned = 0
    for _ in range(10):
        found = [p for p in range(80) if draw.random() < (0.8 if p < 40 else 0.1)]
        made = errors_of(found, list(range(40)))
        n_warned += any("Warning" in finding.note for finding in made.values())
    assert n_warned <= 3  # two tests of 5 % each: 4 or more of 10 come by chance in 1 of 77


@pytest.mark.parametrize(("n", "named"), [(8, ("x", "y")), (80, ("x", "x")), (80, ("", "y"))])
def test_without_two_groups_of_labels_there_is_nothing_to_compare(
    n: int, named: tuple[str, str]
) -> None:
    assert errors_of([0], [0, 1], n, named) == {}
