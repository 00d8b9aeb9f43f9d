"""Which factors stand in the same cases: a lower triangle of counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbench.publish.charts.figure import BLUE, INK, ORANGE, chart_axes, to_svg

CELL_IN = 0.42


class Cell(NamedTuple):
    """One pair: cases with both, whether it survives false-discovery control, its evidence."""

    n_both: int
    survives: bool
    href: str


def matrix_chart(
    labels: Sequence[str], cells: Mapping[tuple[int, int], Cell], *, name: str, title: str
) -> str:
    """The lower triangle, row after column; keys are (row, column) with row > column.

    Darker means more cases with both; a pair that survives has an orange frame.
    """
    # Late, as all of matplotlib (see chart_axes).
    from matplotlib.colors import LinearSegmentedColormap, to_hex
    from matplotlib.patches import Rectangle

    shades = LinearSegmentedColormap.from_list("blues", ["#f4f8fb", BLUE])
    highest = max((cell.n_both for cell in cells.values()), default=1) or 1
    n = len(labels)
    with chart_axes(CELL_IN * n, CELL_IN * n) as (figure, axes):
        axes.set_xlim(-0.5, n - 1.5)
        axes.set_ylim(n - 0.5, 0.5)
        axes.set_aspect("equal")
        axes.set_axis_off()
        for (row, column), cell in sorted(cells.items(), key=lambda item: item[1].survives):
            shade = cell.n_both / highest
            axes.add_patch(
                Rectangle((column - 0.47, row - 0.47), 0.94, 0.94, facecolor=to_hex(shades(shade)),
                          edgecolor=ORANGE if cell.survives else "none",
                          linewidth=2.4 if cell.survives else 0, url=cell.href)
            )  # fmt: skip
            axes.text(column, row, str(cell.n_both), ha="center", va="center", fontsize=11,
                      color="#ffffff" if shade > 0.62 else INK, url=cell.href)  # fmt: skip
        for row in range(1, n):
            axes.annotate(labels[row], (-0.5, row), xytext=(-6, 0), textcoords="offset points",
                          ha="right", va="center")  # fmt: skip
        for column in range(n - 1):
            axes.annotate(labels[column], (column, column + 0.45), xytext=(0, 4), rotation=45,
                          textcoords="offset points", ha="left", va="bottom",
                          annotation_clip=False)  # fmt: skip
        description = (
            "Number of cases in which both factors are present, for each pair. "
            + "; ".join(
                f"{labels[row]} and {labels[column]}: {cell.n_both}"
                for (row, column), cell in sorted(cells.items())
                if cell.survives
            )
        )
        return to_svg(figure, name=name, title=title, description=description)
