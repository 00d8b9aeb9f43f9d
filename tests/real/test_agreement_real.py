"""Agreement of three clinicians, from the raw columns; counts only, no text."""

from __future__ import annotations

import csv
import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

from workbench.pipeline.annotation import AgreementSettings, RatingColumns, measure_agreement

pytestmark = pytest.mark.real
QUICK = AgreementSettings(n_resamples=200)


@pytest.mark.parametrize("question", ["child", "suicide", "child_suicide"])
def test_three_raters_agree_as_their_raw_columns_say(shared: Path, question: str) -> None:
    path = shared / "real" / "labelled" / "child_suicide_three_raters.csv"
    coders = tuple(f"rater{number}_{question}" for number in (1, 2, 3))
    columns = RatingColumns(coders=coders, unit="report_id", date="date")
    found = measure_agreement([path], columns, QUICK).agreement
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == found.n_units == 91
    ratings = np.array([[row[coder] == "Yes" for coder in coders] for row in rows])
    counts = np.stack([ratings.sum(axis=1), (~ratings).sum(axis=1)], axis=1)
    kappa = found.figure("unit").estimates["fleiss_kappa"].value
    assert kappa == pytest.approx(fleiss_kappa(counts, method="fleiss"), abs=1e-9)
    for pair, (one, other) in zip(found.pairs, combinations(range(3), 2), strict=True):
        wanted = cohen_kappa_score(ratings[:, one], ratings[:, other])
        assert pair.cohen_kappa.value == pytest.approx(wanted, abs=1e-9)


def test_the_consensus_question_has_the_figures_that_were_written_down(shared: Path) -> None:
    path = shared / "real" / "labelled" / "child_suicide_three_raters.csv"
    coders = tuple(f"rater{number}_child_suicide" for number in (1, 2, 3))
    found = measure_agreement([path], RatingColumns(coders=coders), QUICK).agreement
    kappas = [round(pair.cohen_kappa.value or 0, 3) for pair in found.pairs]
    whole = found.figure("unit").estimates
    assert (round(whole["fleiss_kappa"].value or 0, 3), kappas) == (0.790, [0.754, 0.912, 0.706])


def test_two_coders_of_real_passages_agree_as_their_files_say(shared: Path) -> None:
    paths = [shared / "real" / "gold" / f"coder_{name}.jsonl" for name in ("A", "B")]
    one, other = (
        {
            (line["id"], coding["code"])
            for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())
            for coding in line["codings"]
        }
        for path in paths
    )
    found = measure_agreement(paths, settings=QUICK).agreement
    positive = found.figure("segment").estimates["positive_agreement"].value
    assert positive == pytest.approx(2 * len(one & other) / (len(one) + len(other)), abs=1e-9)
