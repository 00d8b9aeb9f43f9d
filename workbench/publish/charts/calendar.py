"""Cases by day of the week and hours of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.publish.charts.figure import BLUE, INK, MUTED, RULE, chart_axes, to_svg

CELL_WIDTH_IN, CELL_HEIGHT_IN = 1.05, 0.42


def calendar_chart(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], tuple[int, str]],
    *,
    name: str,
    title: str,
) -> str:
    """A grid of counts; the darker, the more cases.

    Args:
        rows: Names of the days, from the top.
        columns: Names of the hour bands, from the left.
        cells: (row, column) -> cases and the path of their evidence; what is missing is 0.
        name: Unique on the page.
        title: Read out by screen readers.
    """
    # Late, as all of matplotlib (see chart_axes).
    from matplotlib.colors import LinearSegmentedColormap, to_hex
    from matplotlib.patches import Rectangle

    shades = LinearSegmentedColormap.from_list("blues", ["#f4f8fb", BLUE])
    highest = max((n for n, _ in cells.values()), default=1) or 1
    with chart_axes(CELL_WIDTH_IN * len(columns), CELL_HEIGHT_IN * len(rows)) as (figure, axes):
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_axis_off()
        for row in range(len(rows)):
            for column in range(len(columns)):
                n, href = cells.get((row, column), (0, ""))
                url = href or None
                axes.add_patch(
                    Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, edgecolor=RULE,
                              linewidth=0.7, facecolor=to_hex(shades(n / highest)), url=url)
                )  # fmt: skip
                color = "#ffffff" if n / highest > 0.62 else INK if n else MUTED
                axes.text(column, row, str(n), ha="center", va="center", color=color, url=url)
        for row, label in enumerate(rows):
            axes.annotate(label, (-0.5, row), xytext=(-8, 0), textcoords="offset points",
                          ha="right", va="center", annotation_clip=False)  # fmt: skip
        for column, label in enumerate(columns):
            axes.annotate(label, (column, -0.5), xytext=(0, 6), textcoords="offset points",
                          ha="center", va="bottom", annotation_clip=False)  # fmt: skip
        description = "; ".join(
            f"{rows[row]}, {columns[column]}: {n}"
            for (row, column), (n, _) in sorted(cells.items())
        )
        return to_svg(figure, name=name, title=title, description=description)
