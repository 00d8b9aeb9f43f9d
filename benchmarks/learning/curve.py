"""How figures grow with the documents that are learned from.

    python -m benchmarks.learning.curve [--image docs/images/learning_curve.png]

The folds are those of ``benchmarks.learning.measure``; of the cases and reports of the other four
a rising share is learned from (each share holds the smaller ones). Measured on the variant of
words and rules: to tune an encoder for every point takes a graphics processor for an hour.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

from benchmarks.learning import material
from benchmarks.learning.measure import PASSAGES, REVIEWS, tested
from benchmarks.learning.tuning.prepare import folds_of
from workbench.learn.models import LabelledDocument, fit_model
from workbench.learn.models.fitting.measures import figures
from workbench.learn.models.fitting.validation import Unseen, apply_model, joined
from workbench.learn.models.model import LEXICAL

SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
Point = tuple[float, int, float, float]  # share, documents, micro-F1, macro-F1


def part(documents: Sequence[LabelledDocument], share: float) -> list[LabelledDocument]:
    """A share of the cases and of the reports, by a hash of their names."""

    def place(group: str) -> str:
        return hashlib.sha256(group.encode()).hexdigest()

    chosen: set[str] = set()
    for kind in ("review", "passage"):
        groups = sorted({d.group for d in documents if d.kind == kind}, key=place)
        chosen |= set(groups[: max(2, round(share * len(groups)))])
    return [document for document in documents if document.group in chosen]


def points(documents: Sequence[LabelledDocument]) -> dict[str, list[Point]]:
    """For reviews and passages, the figures at each share."""
    codes = material.codebook()
    fold_of = folds_of(documents, material.passage_ids(material.DOUBLE_CODED))
    found: dict[str, list[Point]] = {REVIEWS: [], PASSAGES: []}
    for share in SHARES:
        parts: dict[str, list[Unseen]] = {REVIEWS: [], PASSAGES: []}
        n_documents = 0
        for fold in range(5):
            seen = part([d for d in documents if fold_of[d.group] != fold], share)
            n_documents += len(seen)
            model = fit_model(seen, codes)
            counted = tested([d for d in documents if fold_of[d.group] == fold])
            for name, own in parts.items():
                own.append(apply_model(model, counted[name], None)[LEXICAL])
        for name, own in parts.items():
            numbers = figures(joined(own))
            micro, macro = numbers.micro_f1.value or 0.0, numbers.macro_f1.value or 0.0
            found[name].append((share, n_documents // 5, micro, macro))
            print(f"{name} {share:.0%}: {micro:.3f} {macro:.3f}", flush=True)
    return found


def draw(found: dict[str, list[Point]], path: Path) -> None:
    """Two panels: whole reviews, passages."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True, layout="constrained")
    for axis, (name, own) in zip(axes, sorted(found.items()), strict=True):
        shares = [100 * share for share, *_ in own]
        axis.plot(shares, [micro for *_, micro, _ in own], marker="o", label="micro-F1")
        axis.plot(shares, [macro for *_, macro in own], marker="s", label="macro-F1")
        axis.set(title=name, xlabel="% of the cases or reports learned from", ylim=(0, 0.8))
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("F1 of affirmed codes, left-out folds")
    axes[1].legend(loc="lower right")
    figure.savefig(path, dpi=120, metadata={"Software": None})


def main() -> None:
    """Measure, print a table, draw."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--image", type=Path)
    arguments = parser.parse_args()
    found = points(material.documents(material.codebook()))
    print("| share | documents | passages micro | macro | reviews micro | macro |")
    print("|---:|---:|---:|---:|---:|---:|")
    for one, other in zip(found[PASSAGES], found[REVIEWS], strict=True):
        numbers = " | ".join(f"{number:.3f}" for number in (*one[2:], *other[2:]))
        print(f"| {one[0]:.0%} | {one[1]} | {numbers} |")
    if arguments.image:
        draw(found, arguments.image)


if __name__ == "__main__":
    main()
