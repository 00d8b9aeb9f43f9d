"""How often the interval for a share of people holds the true share, where some share a review.

    python -m benchmarks.people_coverage

People of one review have the factor of a common draw with chance ``sqrt(alike)`` each, so that
any two of them are correlated by ``alike``; the true share of people is 0.1, 0.3 or 0.5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.findings.intervals import Interval, wilson
from workbench.findings.people.intervals import effective_people, people_interval

SEED, N_RUNS = 20261126, 20_000
SHARES = (0.1, 0.3, 0.5)
CORPORA = {
    "40 reviews of one person": [1] * 40,
    "30 of one, 5 of two, 2 of five": [1] * 30 + [2] * 5 + [5] * 2,
    "20 of two": [2] * 20,
    "6 of one, 1 of two, 1 of five": [1] * 6 + [2, 5],
}


def main() -> None:
    """Print coverage (the least of the shares) and mean width as Markdown."""
    draw = np.random.default_rng(SEED)
    print("| people | alike | Wilson: least coverage | width | here: least coverage | width |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, sizes in CORPORA.items():
        n, effective = sum(sizes), effective_people(sizes)
        plain = [wilson(k, n) for k in range(n + 1)]
        wider = [people_interval(k, n, effective, 0.95) for k in range(n + 1)]
        for alike in (0.0, 0.2, 0.5, 1.0):
            counts = {p: simulated(sizes, p, alike, draw) for p in SHARES}
            print(f"| {name} | {alike:.1f} | {figures(plain, counts)} | {figures(wider, counts)} |")


def simulated(
    sizes: list[int], share: float, alike: float, draw: np.random.Generator
) -> NDArray[np.int64]:
    """How many people have the factor, once for each run."""
    review = np.repeat(np.arange(len(sizes)), sizes)
    common = (draw.random((N_RUNS, len(sizes))) < share)[:, review]
    own = draw.random((N_RUNS, len(review))) < share
    takes_common = draw.random((N_RUNS, len(review))) < np.sqrt(alike)
    counts: NDArray[np.int64] = np.where(takes_common, common, own).sum(axis=1)
    return counts


def figures(intervals: list[Interval], counts: dict[float, NDArray[np.int64]]) -> str:
    """The least coverage over the shares, and the mean width."""
    low = np.array([each.low for each in intervals])
    high = np.array([each.high for each in intervals])
    covered = min(
        float(((low[found] <= share) & (share <= high[found])).mean())
        for share, found in counts.items()
    )
    width = np.mean([(high - low)[found].mean() for found in counts.values()])
    return f"{covered:.3f} | {width:.2f}"


if __name__ == "__main__":
    main()
