"""Drawn rules to grids: which edges belong together, and which cells they close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.records import Page

SNAP_PT = 2.5  # rules nearer than this are one rule
TOUCH_PT = 4.0  # rules whose ends are nearer than this meet
THIN_PT = 2.5  # an edge thinner than this is a rule
SHORTEST_PT = 5.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: where it stands across its direction, and from where to where."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A closed cell: its rectangle, and its first row and column in the grid."""

    x0: float
    top: float
    x1: float
    bottom: float
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells that hang together, by row and column."""

    x0: float
    top: float
    x1: float
    bottom: float
    cells: tuple[Cell, ...]

    @property
    def n_columns(self) -> int:
        """Different left edges among the cells."""
        return len({cell.column for cell in self.cells})


def grids(page: Page) -> list[Grid]:
    """Ruled areas of a page with at least one closed cell, from the top."""
    vertical = _vertical(page)
    horizontal = _horizontal(page)
    found = [
        grid
        for across, down in _components([*horizontal, *_open_ends(horizontal, vertical)], vertical)
        if (grid := _grid(across, down)) is not None and not _is_page_frame(grid, page)
    ]
    return sorted(found, key=lambda grid: (grid.top, grid.x0))


def loose_horizontals(page: Page, taken: Sequence[Grid]) -> list[Rule]:
    """Horizontal rules outside of the grids, from the top."""
    return [
        rule
        for rule in _horizontal(page)
        if not any(
            grid.top - TOUCH_PT <= rule.at <= grid.bottom + TOUCH_PT
            and rule.start < grid.x1
            and rule.end > grid.x0
            for grid in taken
        )
    ]


def head_boxes(found: Sequence[Grid], loose: Sequence[Rule]) -> list[Grid]:
    """Single filled cells that are the head of a table ruled only across."""
    return [
        grid
        for grid in found
        if len(grid.cells) == 1
        and sum(
            abs(rule.start - grid.x0) <= 3 and abs(rule.end - grid.x1) <= 3 and rule.at > grid.top
            for rule in loose
        )
        >= 2
        and any(0 < rule.at - grid.bottom < 60 and abs(rule.start - grid.x0) <= 3 for rule in loose)
    ]


def _horizontal(page: Page) -> list[Rule]:
    return _rules(
        Rule((e.top + e.bottom) / 2, e.x0, e.x1)
        for e in page.edges
        if e.bottom - e.top <= THIN_PT and e.x1 - e.x0 >= SHORTEST_PT
    )


def _vertical(page: Page) -> list[Rule]:
    return _rules(
        Rule((e.x0 + e.x1) / 2, e.top, e.bottom)
        for e in page.edges
        if e.x1 - e.x0 <= THIN_PT and e.bottom - e.top >= SHORTEST_PT
    )


def _rules(pieces: Iterable[Rule]) -> list[Rule]:
    """Rules on one line and touching, as one; ordered by place."""
    groups: list[list[Rule]] = []
    for piece in sorted(pieces, key=lambda rule: (rule.at, rule.start)):
        if groups and piece.at - groups[-1][0].at <= SNAP_PT:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [rule for group in groups for rule in _joined(group)]


def _joined(group: Sequence[Rule]) -> list[Rule]:
    at = sum(rule.at for rule in group) / len(group)
    joined: list[Rule] = []
    for rule in sorted(group, key=lambda rule: rule.start):
        if joined and rule.start <= joined[-1].end + TOUCH_PT:
            joined[-1] = Rule(at, joined[-1].start, max(joined[-1].end, rule.end))
        else:
            joined.append(Rule(at, rule.start, rule.end))
    return joined


def _open_ends(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Rule]:
    """Rules that close frames which a page break leaves open above or below."""
    ends: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for rule in vertical:
        if rule.end - rule.start > 24:
            ends.setdefault(("start", round(rule.start / TOUCH_PT)), []).append(
                (rule.at, rule.start)
            )
            ends.setdefault(("end", round(rule.end / TOUCH_PT)), []).append((rule.at, rule.end))
    found = []
    for places in ends.values():
        left, right = min(at for at, _ in places), max(at for at, _ in places)
        height = places[0][1]
        drawn = any(
            abs(rule.at - height) <= TOUCH_PT and rule.start <= left + TOUCH_PT
            and rule.end >= right - TOUCH_PT
            for rule in horizontal
        )  # fmt: skip
        if len(places) >= 2 and right - left > 100 and not drawn:
            found.append(Rule(height, left, right))
    return found


def _components(
    horizontal: Sequence[Rule], vertical: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of rules that meet, directly or through others."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for i, across in enumerate(horizontal):
        for j, down in enumerate(vertical, start=len(horizontal)):
            if _meet(across, down):
                parent[root(i)] = root(j)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, across in enumerate(horizontal):
        parts.setdefault(root(i), ([], []))[0].append(across)
    for j, down in enumerate(vertical, start=len(horizontal)):
        parts.setdefault(root(j), ([], []))[1].append(down)
    return list(parts.values())


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.start - TOUCH_PT <= down.at <= across.end + TOUCH_PT
        and down.start - TOUCH_PT <= across.at <= down.end + TOUCH_PT
    )


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    tops, lefts = _places(across), _places(down)
    if len(tops) < 2 or len(lefts) < 2:
        return None
    areas = _closed_areas(tops, lefts, across, down)
    cells = tuple(
        Cell(lefts[c0], tops[r0], lefts[c1 + 1], tops[r1 + 1], r0, c0)
        for r0, c0, r1, c1 in sorted(areas)
    )
    return Grid(lefts[0], tops[0], lefts[-1], tops[-1], cells)


def _places(rules: Sequence[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > SNAP_PT:
            places.append(at)
    return places


def _closed_areas(
    tops: Sequence[float], lefts: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> set[tuple[int, int, int, int]]:
    """Elementary fields joined where no rule divides them: (row, column) of first and last."""
    n_rows, n_columns = len(tops) - 1, len(lefts) - 1
    parent = {(r, c): (r, c) for r in range(n_rows) for c in range(n_columns)}

    def root(field: tuple[int, int]) -> tuple[int, int]:
        while parent[field] != field:
            field = parent[field]
        return field

    for r, c in parent:
        middle_x, middle_y = (lefts[c] + lefts[c + 1]) / 2, (tops[r] + tops[r + 1]) / 2
        if c + 1 < n_columns and not _covers(down, lefts[c + 1], middle_y):
            parent[root((r, c + 1))] = root((r, c))
        if r + 1 < n_rows and not _covers(across, tops[r + 1], middle_x):
            parent[root((r + 1, c))] = root((r, c))
    areas: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for member in parent:
        areas.setdefault(root(member), []).append(member)
    return {
        (min(r for r, _ in m), min(c for _, c in m), max(r for r, _ in m), max(c for _, c in m))
        for m in areas.values()
    }


def _covers(rules: Sequence[Rule], at: float, point: float) -> bool:
    return any(
        abs(rule.at - at) <= SNAP_PT and rule.start - 1 <= point <= rule.end + 1 for rule in rules
    )


def _is_page_frame(grid: Grid, page: Page) -> bool:
    """One cell around (nearly) the whole page is decoration."""
    return (
        len(grid.cells) == 1
        and grid.bottom - grid.top > 0.8 * page.height_pt
        and grid.x1 - grid.x0 > 0.7 * page.width_pt
    )
