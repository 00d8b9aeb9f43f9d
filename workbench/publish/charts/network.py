"""The pairs of factors that survive false-discovery control, as a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbench.publish.charts.figure import BLUE, INK, chart_axes, to_svg


class Tie(NamedTuple):
    """An edge between two factors and where its evidence is."""

    left: str
    right: str
    n_both: int
    href: str


def network_chart(ties: Sequence[Tie], labels: Mapping[str, str], *, name: str, title: str) -> str:
    """Factors as points on a circle, surviving pairs as lines, wider for more cases.

    A circle says nothing by distance, so nobody reads a distance that is not there; factors
    stand in the order of ``labels``.
    """
    import math

    tied = {code for tie in ties for code in (tie.left, tie.right)}
    codes = [code for code in labels if code in tied]
    places = {
        code: (math.sin(2 * math.pi * i / len(codes)), math.cos(2 * math.pi * i / len(codes)))
        for i, code in enumerate(codes)
    }
    widest = max(tie.n_both for tie in ties)
    with chart_axes(6.4, 6.4) as (figure, axes):
        axes.set_axis_off()
        axes.set_aspect("equal")
        axes.set_xlim(-1.12, 1.12)
        axes.set_ylim(-1.12, 1.12)
        for tie in ties:
            (x0, y0), (x1, y1) = places[tie.left], places[tie.right]
            (line,) = axes.plot([x0, x1], [y0, y1], color=BLUE, alpha=0.6,
                                linewidth=1 + 5 * tie.n_both / widest)  # fmt: skip
            line.set_url(tie.href)
            # A third of the way: chords of a circle cross near their middles.
            axes.annotate(str(tie.n_both), (x0 + (x1 - x0) / 3, y0 + (y1 - y0) / 3), color=INK,
                          ha="center", va="center", fontsize=12, url=tie.href,
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})  # fmt: skip
        for code, (x, y) in places.items():
            axes.scatter([x], [y], s=60, color=INK, zorder=3)
            side = "left" if x > 0.05 else "right" if x < -0.05 else "center"
            axes.annotate(labels[code], (1.07 * x, 1.09 * y), ha=side, va="center")
        description = "; ".join(
            f"{labels[tie.left]} with {labels[tie.right]}: {tie.n_both} cases" for tie in ties
        )
        return to_svg(figure, name=name, title=title, description=description)
