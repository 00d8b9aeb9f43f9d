"""The contacts of one case along the years, a row for each kind of agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from workbench.publish.charts.figure import BLUE, MUTED, ORANGE, RULE, chart_axes, to_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH_IN, ROW_IN = 9.0, 0.34


class Dot(NamedTuple):
    """One contact: the days on which it can have been, and where its words are."""

    row: int
    first: date
    last: date
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What the chart shows."""

    rows: Sequence[str]  # kinds of agency, from the top
    dots: Sequence[Dot]
    incident: tuple[date, date] | None = None  # first and last day on which it can have been
    gap: tuple[date, date] | None = None  # longest time without a recorded contact


def timeline_chart(timeline: Timeline, *, name: str, title: str) -> str:
    """Contacts as dots; a line where the date is a month, a year or a range.

    The incident is an upright line, the longest time without a recorded contact a grey band.
    """
    n = len(timeline.rows)
    with chart_axes(WIDTH_IN, ROW_IN * n + 0.7) as (figure, axes):
        axes.set_ylim(n - 0.4, -0.6)
        axes.spines["left"].set_visible(False)
        axes.set_yticks(range(n), timeline.rows)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color=RULE, linewidth=0.7)
        axes.set_axisbelow(True)
        if timeline.gap:
            axes.axvspan(*map(_day, timeline.gap), color="#e9eef0", zorder=0)
        for dot in timeline.dots:
            if dot.first != dot.last:
                axes.plot([_day(dot.first), _day(dot.last)], [dot.row, dot.row], color=BLUE,
                          linewidth=5, alpha=0.35, solid_capstyle="round")  # fmt: skip
            middle = (_day(dot.first) + _day(dot.last)) / 2
            axes.scatter([middle], [dot.row], s=46, color=BLUE, urls=[dot.href], zorder=3)
        if timeline.incident:
            axes.axvline(_day(timeline.incident[1]), color=ORANGE, linewidth=2)
            axes.annotate("incident", (_day(timeline.incident[1]), -0.6), xytext=(4, 2),
                          textcoords="offset points", color=ORANGE, fontsize=11,
                          annotation_clip=False)  # fmt: skip
        _year_ticks(axes, timeline)
        description = "; ".join(
            f"{label}: {sum(dot.row == row for dot in timeline.dots)} dated contacts"
            for row, label in enumerate(timeline.rows)
        )
        return to_svg(figure, name=name, title=title, description=description)


def _year_ticks(axes: Axes, timeline: Timeline) -> None:
    """Whole years, no more than a dozen of them."""
    days = [_day(day) for dot in timeline.dots for day in (dot.first, dot.last)]
    days += [_day(day) for day in timeline.incident or ()]
    first, last = int(min(days)), int(max(days)) + 1
    step = max(1, -(-(last - first) // 12))
    axes.set_xlim(first, last)
    axes.set_xticks(range(first, last + 1, step), [str(y) for y in range(first, last + 1, step)])
    axes.tick_params(axis="x", colors=MUTED)


def _day(day: date) -> float:
    """Years with a fraction, such as 2022.5."""
    start = date(day.year, 1, 1).toordinal()
    length = date(day.year + 1, 1, 1).toordinal() - start if day.year < date.max.year else 365
    return day.year + (day.toordinal() - start) / length
