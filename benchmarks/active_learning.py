"""Labels needed to reach a given F1: sampling by plan against sampling by chance.

    python benchmarks/active_learning.py GOLD.jsonl... [--suggestions CODINGS.jsonl...]
    python benchmarks/active_learning.py GOLD.jsonl --seeds 20 --svg docs/images/curve.svg

A small TF-IDF classifier is trained on passages that each way of sampling asks for, and measured
on passages of other documents. With --suggestions (from workbench suggest) the disagreement of
the classifier with these codings is tried as well. No passage text is printed or drawn.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import default_codebook_path, load_codebook
from workbench.learn.active.batch import BatchSettings, Method
from workbench.learn.active.classifier import LinearClassifier
from workbench.learn.active.simulate import (
    CodedTexts,
    Curve,
    SimulationSettings,
    labels_needed,
    simulate,
)
from workbench.learn.gold.read import read_gold, read_predictions
from workbench.publish.charts.figure import BLUE, INK, MUTED, ORANGE, chart_axes, to_svg

COLOURS = {
    Method.RANDOM: MUTED,
    Method.UNCERTAINTY: BLUE,
    Method.DISAGREEMENT: ORANGE,
    Method.DIVERSITY: "#009e73",  # Okabe and Ito (2008), also the next
    Method.MIXED: "#cc79a7",
}
NAMES = {"f1": "F1 pooled over passages and codes", "macro_f1": "F1, mean of the codes"}
SUGGESTED_SCORE = 0.8  # probability that an affirmed suggestion stands for; the rest 0.02
NOT_SUGGESTED_SCORE = 0.02


def read_texts(
    golds: Sequence[Path], suggestions: Sequence[Path], min_support: int
) -> tuple[CodedTexts, list[str]]:
    """The passages of some gold files and the codes that enough of them affirm."""
    code_ids = {code.code_id for code in load_codebook(default_codebook_path()).codes}
    passages = [passage for path in golds for passage in read_gold(path, code_ids)]
    affirmed = [{c.code_id for c in p.codings if c.is_affirmed} for p in passages]
    codes = sorted(code for code in code_ids if sum(code in one for one in affirmed) >= min_support)
    labels = np.array([[code in one for code in codes] for one in affirmed])
    others: NDArray[np.float64] | None = None
    if suggestions:
        given = {
            name: {c.code_id for c in codings if c.is_affirmed}
            for path in suggestions
            for name, codings in read_predictions(path, code_ids).items()
        }
        found = np.array(
            [[code in given.get(p.passage_id, ()) for code in codes] for p in passages]
        )
        others = np.where(found, SUGGESTED_SCORE, NOT_SUGGESTED_SCORE)
    coded = CodedTexts(
        texts=tuple(p.text for p in passages),
        docs=tuple(p.doc for p in passages),
        labels=labels,
        others=others,
    )
    return coded, codes


def interval(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Mean and 95 % interval of the mean over seeds (Student's t)."""
    from scipy import stats

    mean = float(values.mean())
    half = float(stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    return mean, mean - half, mean + half


def curve_table(curves: Sequence[Curve], name: str) -> str:
    """Mean F1 by number of labels."""
    lines = [
        "| labels | " + " | ".join(f"{c.method} (95 % interval)" for c in curves) + " |",
        "| ---: |" + " ---: |" * len(curves),
    ]
    for at, n_labels in enumerate(curves[0].n_labels):
        points = [interval(getattr(curve, name)[:, at]) for curve in curves]
        cells = ["{:.3f} ({:.3f} to {:.3f})".format(*point) for point in points]
        lines.append(f"| {n_labels} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def gain_table(curves: Sequence[Curve], name: str, targets: Sequence[float]) -> str:
    """Labels until each target is reached, and the mean gain over chance on the same splits."""
    chance = next(curve for curve in curves if curve.method is Method.RANDOM)
    head = [f"labels to {target:.2f} (seeds that reach it)" for target in targets]
    lines = [
        "| sampling | " + " | ".join(head) + " | less chance, mean of rounds (95 % interval) |",
        "| --- |" + " ---: |" * (len(targets) + 1),
    ]
    for curve in curves:
        f1 = getattr(curve, name)
        cells = []
        for target in targets:
            needed = labels_needed(curve.n_labels, f1, target)
            n_reached = int((~np.isnan(needed)).sum())
            # A median is known as long as most seeds reach the target.
            median = np.median(np.where(np.isnan(needed), np.inf, needed))
            shown = f"{median:.0f}" if np.isfinite(median) else "more than there are"
            cells.append(f"{shown} ({n_reached} of {len(needed)})")
        gains = (f1[:, 1:] - getattr(chance, name)[:, 1:]).mean(axis=1)
        gain = "–" if curve is chance else "{:+.3f} ({:+.3f} to {:+.3f})".format(*interval(gains))
        lines.append(f"| {curve.method} | " + " | ".join(cells) + f" | {gain} |")
    return "\n".join(lines)


def bias_table(curves: Sequence[Curve]) -> str:
    """How far estimated shares of codes lie from the true ones in the pool."""
    lines = [
        "| sampling | from all labels | from the random share alone |",
        "| --- | ---: | ---: |",
    ]
    lines += [f"| {c.method} | {c.naive_bias:+.4f} | {c.honest_bias:+.4f} |" for c in curves]
    return "\n".join(lines)


def curve_chart(curves: Sequence[Curve], title: str) -> str:
    """Both kinds of F1, side by side, with their intervals; the same bytes for the same curves."""
    with chart_axes(10.6, 4.4) as (figure, _):
        figure.clear()
        panels = figure.subplots(1, 2)
        for axes, (name, label) in zip(panels, NAMES.items(), strict=True):
            for curve in curves:
                points = [interval(values) for values in getattr(curve, name).T]
                means, lows, highs = zip(*points, strict=True)
                colour = COLOURS[curve.method]
                axes.plot(curve.n_labels, means, color=colour, linewidth=1.8, label=curve.method)
                axes.fill_between(curve.n_labels, lows, highs, color=colour, alpha=0.1, linewidth=0)
            axes.set_title(label, color=INK, fontsize=13, loc="left")
            axes.set_xlabel("passages coded")
            axes.set_ylim(bottom=0)
        panels[0].legend(frameon=False, labelcolor=INK, loc="lower right")
        last = "; ".join(
            f"{c.method}: {c.f1[:, -1].mean():.3f} pooled, {c.macro_f1[:, -1].mean():.3f} mean of "
            f"codes, after {c.n_labels[-1]} passages"
            for c in curves
        )
        return to_svg(figure, name="active-learning", title=title, description=last)


def main() -> None:
    """Simulate, print the tables, write the chart."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--suggestions", type=Path, nargs="*", default=[])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--batch", type=int, default=40)
    parser.add_argument("--min-support", type=int, default=5, help="of a code, in all passages")
    parser.add_argument("--random-share", type=float, default=0.2)
    parser.add_argument("--targets", type=float, nargs="*", default=[0.40, 0.45, 0.50])
    parser.add_argument("--macro-targets", type=float, nargs="*", default=[0.20, 0.25, 0.30])
    parser.add_argument("--svg", type=Path, help="write the chart here")
    arguments = parser.parse_args()
    coded, codes = read_texts(arguments.gold, arguments.suggestions, arguments.min_support)
    methods = [m for m in Method if coded.others is not None or m is not Method.DISAGREEMENT]
    settings = SimulationSettings(
        n_first=arguments.batch,
        n_rounds=arguments.rounds,
        n_seeds=arguments.seeds,
        batch=BatchSettings(n_items=arguments.batch, random_share=arguments.random_share),
    )
    curves = simulate(coded, LinearClassifier, methods, settings)
    print(
        f"{len(coded.texts)} passages of {len(set(coded.docs))} documents, {len(codes)} codes with "
        f"{arguments.min_support} uses or more; {settings.n_seeds} seeds, a third of the "
        f"documents kept aside in each; {arguments.random_share:.0%} of each batch by chance.\n"
        "Coded by machine annotators under a written guide, not by human experts.\n"
    )
    for name, targets in (("f1", arguments.targets), ("macro_f1", arguments.macro_targets)):
        print(f"### {NAMES[name]}", curve_table(curves, name), sep="\n\n", end="\n\n")
        print(gain_table(curves, name, targets), end="\n\n")
    print("### Bias of the estimated share of a code in the pool", bias_table(curves), sep="\n\n")
    if arguments.svg:
        chart = curve_chart(curves, "F1 by number of coded passages")
        arguments.svg.write_text(chart + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
