"""How often a nominal 95 % interval of a prevalence holds the true one, when the coder errs.

    python -m benchmarks.prevalence_coverage --runs 1000

Each run draws cases with a known prevalence, codes them with a known sensitivity and
specificity, labels a sample, and asks each method for its interval. The naive count is Wilson's
interval of what the coder found. A coder "measured elsewhere" has as many labelled cases with
and without the factor in another corpus; an "uneven" sample takes found cases four times as often.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from workbench.findings.correction import (
    CoderCounts,
    prediction_powered_share,
    rogan_gladen_share,
)
from workbench.findings.intervals import Estimate, wilson

SEED = 20261126
N_CASES = 660
PREVALENCES = (0.05, 0.1, 0.3, 0.5)
#: Sensitivity and specificity: a good coder and a poor one.
CODERS = ((0.85, 0.95), (0.7, 0.9))
N_LABELLED = (60, 100, 200)
METHODS = ("naive count", "sample", "uneven sample", "measured elsewhere", "labels alone")
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is true in one setting of the simulation."""

    prevalence: float
    sensitivity: float
    specificity: float
    n_labelled: int


def main() -> None:
    """Print a table of coverages, and the lowest and mean of each method."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=1000)
    n_runs = parser.parse_args().runs
    print(f"| prevalence | Se / Sp | labelled | {' | '.join(METHODS)} |")
    print("| ---: | --- | ---: |" + " ---: |" * len(METHODS))
    covered: defaultdict[str, list[float]] = defaultdict(list)
    for prevalence, coder, n_labelled in product(PREVALENCES, CODERS, N_LABELLED):
        world = World(prevalence=prevalence, sensitivity=coder[0], specificity=coder[1],
                      n_labelled=n_labelled)  # fmt: skip
        shares = coverage(world, n_runs)
        for name, (share, _) in shares.items():
            covered[name].append(share)
        cells = [f"{share:.3f} ({width:.3f})" for share, width in shares.values()]
        print(f"| {prevalence} | {coder[0]} / {coder[1]} | {n_labelled} | {' | '.join(cells)} |")
    for name in METHODS:
        print(f"{name}: mean {np.mean(covered[name]):.3f}, lowest {min(covered[name]):.3f}")


def coverage(world: World, n_runs: int, seed: int = SEED) -> dict[str, tuple[float, float]]:
    """By method: the share of runs whose interval holds the prevalence, and its mean width."""
    draw = np.random.default_rng([seed, world.n_labelled, int(1000 * world.prevalence)])
    hits: defaultdict[str, int] = defaultdict(int)
    widths: defaultdict[str, float] = defaultdict(float)
    for _ in range(n_runs):
        for name, made in zip(METHODS, _intervals(world, draw), strict=True):
            hits[name] += made.low <= world.prevalence <= made.high
            widths[name] += made.high - made.low
    return {name: (hits[name] / n_runs, widths[name] / n_runs) for name in METHODS}


def _coded(truth: Marks, world: World, draw: np.random.Generator) -> Marks:
    chance = np.where(truth, world.sensitivity, 1 - world.specificity)
    found: Marks = draw.random(len(truth)) < chance
    return found


def _intervals(world: World, draw: np.random.Generator) -> Iterator[Estimate]:
    truth = draw.random(N_CASES) < world.prevalence
    found = _coded(truth, world, draw)
    n_found, n = int(found.sum()), world.n_labelled
    yield Estimate(n_found / N_CASES, *wilson(n_found, N_CASES))
    yield prediction_powered_share(truth[:n].tolist(), found[:n].tolist(), found[n:].tolist())
    yield _uneven(truth, found, n, draw)
    half = n // 2
    of_cases, of_others = (
        int(_coded(np.full(half, kind), world, draw).sum()) for kind in (True, False)
    )
    coder = CoderCounts(n_with=half, n_found=of_cases, n_without=half, n_left=half - of_others)
    yield rogan_gladen_share(n_found, N_CASES, coder)
    n_true = int(truth[:n].sum())
    yield Estimate(n_true / n, *wilson(n_true, n))


def _uneven(truth: Marks, found: Marks, n: int, draw: np.random.Generator) -> Estimate:
    """Found cases are four times as likely to be read as the others."""
    odds = np.where(found, 4.0, 1.0)
    chance = np.minimum(1.0, n * odds / odds.sum())
    chosen = draw.random(len(truth)) < chance
    return prediction_powered_share(
        truth[chosen].tolist(),
        found[chosen].tolist(),
        found[~chosen].tolist(),
        inclusion=chance[chosen].tolist(),
    )


if __name__ == "__main__":
    main()
