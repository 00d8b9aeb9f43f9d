"""How often the 95 % intervals of agreement hold the truth, in simulated double coding.

Two coders see the same passages. How common a code is differs between documents, and each coder
misses and over-marks at a rate of their own. The truth is the figure of 20,000 such documents.

    python -m benchmarks.agreement.coverage --simulations 400
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.statistics.coefficients import coefficient, specific_agreement
from workbench.annotate.statistics.resampling import draw_documents, estimate
from workbench.annotate.statistics.tallies import Tallies, resampled, tally

MEASURES = ("positive_agreement", "cohen_kappa", "krippendorff_alpha", "gwet_ac1")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How passages and coders behave."""

    prevalence: float  # of the code, on average
    spread: float  # of the prevalence between documents: 0 none, towards 1 all or nothing
    found: float = 0.85  # probability that a coder marks a passage that has the code
    wrong: float = 0.02  # and one that has not
    n_units: int = 12  # passages of a document


def simulate(world: World, n_documents: int, random: np.random.Generator) -> Tallies:
    """Tallies of the documents of one study."""
    strength = (1 - world.spread) / world.spread
    shares = random.beta(
        world.prevalence * strength, (1 - world.prevalence) * strength, size=n_documents
    )
    truth = random.random((n_documents, world.n_units)) < shares[:, None]
    chances = np.where(truth, world.found, world.wrong)
    ratings = random.random((2, n_documents, world.n_units)) < chances
    documents = np.repeat(np.arange(n_documents), world.n_units)
    return tally(ratings.reshape(2, -1).T.astype(np.int64), documents, 2)


def values(tallies: Tallies, name: str) -> NDArray[np.float64]:
    """One measure of each sample."""
    if name == "positive_agreement":
        return specific_agreement(tallies, 1)
    return coefficient(tallies, name)


def coverage(world: World, n_documents: int, n_simulations: int, seed: int) -> dict[str, str]:
    """Share of simulated studies whose interval holds the truth, and of those with an interval."""
    random = np.random.default_rng(seed)
    population = simulate(world, 20_000, random)
    whole = resampled(population, np.ones((1, 20_000)))
    truth = {name: float(values(whole, name)[0]) for name in MEASURES}
    hits = dict.fromkeys(MEASURES, 0)
    given = dict.fromkeys(MEASURES, 0)
    for number in range(n_simulations):
        study = simulate(world, n_documents, random)
        draws = draw_documents(n_documents, 1_000, seed=number)
        samples = resampled(study, np.vstack([np.ones((1, n_documents)), draws]))
        for name in MEASURES:
            found = values(samples, name)
            value, low, high = estimate(float(found[0]), found[1:], n_documents)
            if value is not None and low is not None and high is not None:
                given[name] += 1
                hits[name] += low <= truth[name] <= high
    return {
        name: f"{hits[name] / given[name]:.3f} of {given[name]}" if given[name] else "none"
        for name in MEASURES
    }


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    print(f"| prevalence | documents | {' | '.join(MEASURES)} |")
    print(f"| ---: | ---: |{' ---: |' * len(MEASURES)}")
    for prevalence in (0.3, 0.05):
        for n_documents in (10, 20, 50, 100):
            world = World(prevalence=prevalence, spread=0.15)
            found = coverage(world, n_documents, asked.simulations, asked.seed)
            cells = " | ".join(found[name] for name in MEASURES)
            print(f"| {prevalence} | {n_documents} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
