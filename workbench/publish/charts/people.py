"""Shares of people with their intervals: a line for each factor, the roles beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workbench.publish.charts.figure import BLUE, INK, ORANGE, RULE, chart_axes, to_svg

ROLE_IN = 0.17  # height of one role within a factor
GAP_IN = 0.14  # between factors
#: Colour and shape of each role; shapes tell them apart without colour.
_MARKS = ((BLUE, "o"), (ORANGE, "s"), ("#009e73", "^"), ("#cc79a7", "D"), (INK, "v"))


class PersonMark(NamedTuple):
    """One factor for one role: a share (0-1) with its interval, and where its evidence is."""

    share: float
    low: float
    high: float
    counts: str  # "7 of 14"
    href: str


def people_chart(
    rows: Sequence[tuple[str, Sequence[PersonMark | None]]],
    roles: Sequence[str],
    *,
    name: str,
    title: str,
) -> str:
    """Dots with 95 % intervals from 0 to 100 %; first factor at the top, roles in their order."""
    step = ROLE_IN * len(roles) + GAP_IN
    with chart_axes(9.0, step * len(rows) + 0.9) as (figure, axes):
        axes.set_xlim(0, 1)
        axes.set_ylim(step * len(rows), -GAP_IN)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
        axes.grid(visible=True, axis="x", color=RULE, linewidth=0.7)
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_yticks([])
        for row, (label, marks) in enumerate(rows):
            top = row * step
            middle = top + ROLE_IN * (len(roles) - 1) / 2
            axes.annotate(label, (0, middle), xytext=(-8, 0), textcoords="offset points",
                          ha="right", va="center", color=INK)  # fmt: skip
            for place, mark in enumerate(marks):
                if mark is None:
                    continue
                colour, shape = _MARKS[place % len(_MARKS)]
                y = top + ROLE_IN * place
                axes.plot([mark.low, mark.high], [y, y], color=colour, alpha=0.45, linewidth=4,
                          solid_capstyle="butt")  # fmt: skip
                axes.scatter([mark.share], [y], s=34, color=colour, marker=shape,
                             urls=[mark.href], zorder=3, clip_on=False)  # fmt: skip
        for place, role in enumerate(roles):
            colour, shape = _MARKS[place % len(_MARKS)]
            axes.scatter([], [], s=34, color=colour, marker=shape, label=role)
        axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=len(roles), frameon=False,
                    fontsize=12, handletextpad=0.2, columnspacing=1.2)  # fmt: skip
        description = "; ".join(
            f"{label}, {role}: {mark.counts}, {mark.share:.0%} ({mark.low:.0%} to {mark.high:.0%})"
            for label, marks in rows
            for role, mark in zip(roles, marks, strict=True)
            if mark
        )
        return to_svg(figure, name=name, title=title, description=description)
