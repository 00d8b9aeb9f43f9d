"""Incident facts of the demonstration corpus, on the half the rules were made on and the other.

    python -m benchmarks.incidents.halves corpora/demo --root WORKSPACE

Rules that read text were made on the cases with an odd number; the even ones were looked at only
to measure. The workspace is one that has read the corpus (or an empty one).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from workbench.learn.evaluation import Measure
from workbench.pipeline.measure import measure
from workbench.pipeline.run import RunSettings


def main() -> None:
    """Print one line for each measure: both halves and all, with the number of values."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--root", type=Path, default=None)
    arguments = parser.parse_args()
    settings = RunSettings(paint=False, model="none", n_workers=1)
    evaluation = measure(arguments.corpus, root=arguments.root, settings=settings).evaluation
    print("| measure | odd cases (made on) | even cases | all | 95 % interval |")
    print("| --- | --- | --- | --- | --- |")
    for each in evaluation.section("incident").measures:
        odd, even, both = (part(each, wanted) for wanted in (_is_odd, _is_even, lambda _: True))
        bounds = (
            "" if each.low is None or each.high is None else f"{each.low:.2f} to {each.high:.2f}"
        )
        print(f"| {each.label} | {odd} | {even} | {both} | {bounds} |")


def part(found: Measure, wanted: Callable[[str], bool]) -> str:
    """Right of all, over the units that are wanted."""
    units = [unit for unit in found.units if wanted(unit.unit_id) and unit.value is not None]
    n = sum(unit.n for unit in units)
    right = round(sum((unit.value or 0.0) * unit.n for unit in units))
    return f"{right / n:.2f} ({right} of {n})" if n else "–"


def _is_odd(case_id: str) -> bool:
    number = re.search(r"\d+", case_id)  # parts of a review go with it: "D06#Y1" is even
    return number is not None and int(number.group()) % 2 == 1


def _is_even(case_id: str) -> bool:
    return not _is_odd(case_id)


if __name__ == "__main__":
    main()
