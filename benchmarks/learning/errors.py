"""Where the models err, from what ``measure`` kept: counts only, no text.

python -m benchmarks.learning.errors KEPT
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.learning.measure import PASSAGES, REVIEWS, kept
from workbench.learn.models.fitting.validation import Unseen
from workbench.learn.models.model import EMBEDDING

_N = 12
_NEAR = 0.15  # a missed code whose probability is so near its threshold nearly was found
_GROUPS = {"ap_": "practice", "ace_": "childhood", "": "other factors"}


def group_of(code_id: str) -> str:
    """The sort of factor that a code is."""
    return next(name for start, name in _GROUPS.items() if code_id.startswith(start))


def lines(name: str, unseen: Unseen) -> Iterator[str]:
    """An error analysis as Markdown."""
    said, right = unseen.chosen & unseen.counted, unseen.targets & unseen.counted
    wrong, missed, hit = said & ~right, right & ~said, said & right
    yield f"## {name}\n"
    yield (
        f"{hit.sum()} found, {wrong.sum()} wrong, {missed.sum()} missed. Segments without any "
        f"error: {np.mean(~(wrong | missed).any(axis=1)):.0%}; without a code in truth but with "
        f"a suggestion: {(said.any(axis=1) & ~right.any(axis=1)).sum()} of "
        f"{(~right.any(axis=1)).sum()}.\n"
    )
    low = unseen.probabilities[missed]
    yield (
        f"Of the missed, {np.mean(low == 0):.0%} were no candidate at all, "
        f"{np.mean(low < 0.05):.0%} had a probability below 0.05 and "
        f"{np.mean(low >= _NEAR):.0%} one of {_NEAR} or more; "
        f"{np.mean(unseen.ruled[missed]):.0%} had been affirmed by the rules. Of the wrong, "
        f"{np.mean(unseen.ruled[wrong]):.0%} had been affirmed by the rules.\n"
    )
    yield "| factors | found | wrong | missed | P | R | F1 |\n|---|---:|---:|---:|---:|---:|---:|"
    for group in _GROUPS.values():
        own = [i for i, code in enumerate(unseen.code_ids) if group_of(code) == group]
        h, w, m = (int(each[:, own].sum()) for each in (hit, wrong, missed))
        yield (
            f"| {group} | {h} | {w} | {m} | {h / max(1, h + w):.2f} | {h / max(1, h + m):.2f} | "
            f"{2 * h / max(1, 2 * h + w + m):.2f} |"
        )
    yield "\nCodes with the most errors:\n\n| code | found | wrong | missed |\n|---|---:|---:|---:|"
    total = wrong.sum(0) + missed.sum(0)
    for i in np.argsort(-total, kind="stable")[:_N]:
        counts = " | ".join(str(each[:, i].sum()) for each in (hit, wrong, missed))
        yield f"| `{unseen.code_ids[i]}` | {counts} |"
    yield "\nMissed, while another code was wrongly suggested in the same segment:\n"
    yield "| missed | suggested | segments |\n|---|---|---:|"
    pairs = Counter(
        (unseen.code_ids[a], unseen.code_ids[b])
        for row in range(len(missed))
        for a in np.flatnonzero(missed[row])
        for b in np.flatnonzero(wrong[row])
    )
    for (one, other), n in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:_N]:
        yield f"| `{one}` | `{other}` | {n} |"
    yield ""


def main() -> None:
    """Print the analysis of both genres."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("kept", type=Path)
    arguments = parser.parse_args()
    for name in (REVIEWS, PASSAGES):
        print("\n".join(lines(name, kept(arguments.kept / f"{name}.{EMBEDDING}.npz"))))


if __name__ == "__main__":
    main()
