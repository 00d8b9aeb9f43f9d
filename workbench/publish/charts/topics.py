"""Topics as a map of size and stability, and as a tree of likeness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workbench.publish.charts.figure import BLUE, INK, MUTED, ORANGE, RULE, chart_axes, to_svg

#: Bounds of Hennig (2007): stable from, and not to be trusted below.
STABLE, UNSTABLE = 0.75, 0.6
ROW_IN = 0.27  # height of one topic in the tree
MAX_LETTERS = 46  # of a topic's name beside the tree


class Dot(NamedTuple):
    """One topic of the map."""

    topic_id: str
    name: str
    n_passages: int
    stability: float  # 0-1
    is_new: bool  # no code of the codebook stands out on it
    href: str


class Leaf(NamedTuple):
    """One topic of the tree."""

    topic_id: str
    name: str
    href: str


class Fork(NamedTuple):
    """Two parts of the tree, each a ``Leaf`` or a ``Fork``, and how unlike they are (0-1)."""

    first: Leaf | Fork
    second: Leaf | Fork
    distance: float


def topic_map(dots: Sequence[Dot], *, name: str, title: str) -> str:
    """Dots by number of passages (logarithmic) and stability; new topics are rings."""
    sizes = [dot.n_passages for dot in dots]
    ticks = [n for n in (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if n <= 2 * max(sizes)]
    with chart_axes(9.4, 5.2) as (figure, axes):
        axes.set_xscale("log")
        axes.set_xlim(0.8 * min(sizes), 1.5 * max(sizes))
        axes.set_ylim(-0.04, 1.06)
        axes.set_xticks(ticks, [f"{n:,}" for n in ticks])
        axes.minorticks_off()
        axes.set_yticks([0, 0.2, 0.4, UNSTABLE, STABLE, 1])
        axes.set_xlabel("passages")
        axes.set_ylabel("comes back (mean best-match Jaccard index)")
        axes.axhspan(STABLE, 1.06, color=BLUE, alpha=0.06, linewidth=0)
        for bound in (UNSTABLE, STABLE):
            axes.axhline(bound, color=RULE, linewidth=1.2)
        edge = 1.48 * max(sizes)
        for text, at in (("stable", STABLE + 0.01), ("unstable", UNSTABLE - 0.05)):
            axes.annotate(text, (edge, at), ha="right", va="bottom", color=MUTED, fontsize=12)
        for dot in dots:
            axes.scatter(
                [dot.n_passages], [dot.stability], s=58, urls=[dot.href], zorder=3,
                facecolor="white" if dot.is_new else BLUE, edgecolor=ORANGE if dot.is_new else BLUE,
                linewidth=1.8,
            )  # fmt: skip
            axes.annotate(dot.topic_id, (dot.n_passages, dot.stability), xytext=(6, 4),
                          textcoords="offset points", color=INK, fontsize=9.5,
                          url=dot.href)  # fmt: skip
        description = "; ".join(
            f"{dot.topic_id} {dot.name}: {dot.n_passages} passages, comes back {dot.stability:.2f}"
            for dot in dots
        )
        return to_svg(figure, name=name, title=title, description=description)


def topic_tree(tree: Fork, *, name: str, title: str) -> str:
    """A tree of topics: the further to the right two parts join, the less alike they are."""
    leaves = list(_leaves(tree))
    rows = {leaf.topic_id: row for row, leaf in enumerate(leaves)}
    with chart_axes(8.4, ROW_IN * len(leaves) + 0.7) as (figure, axes):
        start = max(0.0, int(10 * _nearest(tree)) / 10 - 0.1)
        ticks = [start + step * (1 - start) / 4 for step in range(5)]
        axes.set_xlim(start, 1)
        axes.set_ylim(len(leaves) - 0.4, -0.6)
        axes.set_xticks(ticks, [f"{tick:.2f}" for tick in ticks])
        axes.set_xlabel("distance of the terms: 0 the same, 1 nothing in common")
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.grid(visible=True, axis="x", color=RULE, linewidth=0.7)
        axes.set_axisbelow(True)
        axes.set_yticks(range(len(leaves)), [""] * len(leaves))
        for x, y in _lines(tree, rows, start)[2]:
            axes.plot(x, y, color=BLUE, linewidth=1.3, solid_capstyle="projecting")
        for row, leaf in enumerate(leaves):
            axes.annotate(f"{leaf.topic_id} {_short(leaf.name)}", (start, row), xytext=(-8, 0),
                          textcoords="offset points", ha="right", va="center", color=INK,
                          fontsize=11.5, url=leaf.href)  # fmt: skip
        description = "; ".join(f"{leaf.topic_id} {leaf.name}" for leaf in leaves)
        return to_svg(figure, name=name, title=title, description=description)


def _leaves(part: Leaf | Fork) -> Iterator[Leaf]:
    if isinstance(part, Leaf):
        yield part
        return
    yield from _leaves(part.first)
    yield from _leaves(part.second)


Line = tuple[list[float], list[float]]


def _nearest(part: Leaf | Fork) -> float:
    """The distance of the two topics that are most alike."""
    if isinstance(part, Leaf):
        return 1.0
    return min(part.distance, _nearest(part.first), _nearest(part.second))


def _lines(
    part: Leaf | Fork, rows: dict[str, int], start: float
) -> tuple[float, float, list[Line]]:
    """Where a part ends (distance and row), and the lines inside it."""
    if isinstance(part, Leaf):
        return start, float(rows[part.topic_id]), []
    x_first, y_first, first = _lines(part.first, rows, start)
    x_second, y_second, second = _lines(part.second, rows, start)
    fork = (
        [x_first, part.distance, part.distance, x_second],
        [y_first, y_first, y_second, y_second],
    )
    return part.distance, (y_first + y_second) / 2, [*first, *second, fork]


def _short(name: str) -> str:
    return name if len(name) <= MAX_LETTERS else f"{name[:MAX_LETTERS].rsplit(' ', 1)[0]} …"
