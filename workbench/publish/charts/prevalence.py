"""Shares with their intervals, one line for each factor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workbench.publish.charts.figure import BLUE, INK, MUTED, RULE, chart_axes, to_svg

ROW_IN = 0.31  # height of one line


class Bar(NamedTuple):
    """One line of the chart: a share (0-1) with its interval, and where its evidence is."""

    label: str
    share: float
    low: float
    high: float
    counts: str  # "13 of 21"
    href: str


def prevalence_chart(bars: Sequence[Bar], *, name: str, title: str) -> str:
    """Dots with 95 % intervals on one scale from 0 to 100 %, first bar at the top."""
    with chart_axes(9.4, ROW_IN * len(bars) + 0.6) as (figure, axes):
        rows = list(range(len(bars)))
        axes.set_xlim(0, 1)
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
        axes.grid(visible=True, axis="x", color=RULE, linewidth=0.7)
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_yticks(rows, [""] * len(rows))
        for row, bar in zip(rows, bars, strict=True):
            axes.plot([bar.low, bar.high], [row, row], color=BLUE, alpha=0.45, linewidth=5,
                      solid_capstyle="butt")  # fmt: skip
            axes.scatter(
                [bar.share], [row], s=52, color=BLUE, urls=[bar.href], zorder=3, clip_on=False
            )
            axes.annotate(bar.label, (0, row), xytext=(-8, 0), textcoords="offset points",
                          ha="right", va="center", color=INK, url=bar.href)  # fmt: skip
            axes.annotate(bar.counts, (1, row), xytext=(10, 0), textcoords="offset points",
                          ha="left", va="center", color=MUTED, url=bar.href)  # fmt: skip
        description = "; ".join(
            f"{bar.label}: {bar.counts}, {bar.share:.0%} ({bar.low:.0%} to {bar.high:.0%})"
            for bar in bars
        )
        return to_svg(figure, name=name, title=title, description=description)
