"""A story in a house style to finished pages, with its contents page and running matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from benchmarks.layouts.setting import tables
from benchmarks.layouts.setting.breaking import Ink
from benchmarks.layouts.setting.fonts import register_fonts
from benchmarks.layouts.setting.looks import House, Look, Running
from benchmarks.layouts.setting.pages import Pager, SetPage
from benchmarks.layouts.setting.strips import Setter, Strip, Stroke
from benchmarks.layouts.story.blocks import (
    Block,
    Boxed,
    Break,
    Contents,
    Figure,
    Form,
    Item,
    Story,
    Table,
    tokens_of,
)

NUMERALS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """Finished pages, and what was printed for each block."""

    pages: list[SetPage]
    printed: dict[Block, str]
    broken: set[Block]


def roman(n: int) -> str:
    """The number in small roman numerals."""
    text = ""
    for value, numeral in NUMERALS:
        while n >= value:
            text, n = text + numeral, n - value
    return text


def compose(story: Story, house: House) -> Composition:
    """Set the story twice: the first time to learn the page of each heading."""
    register_fonts()
    _, pages = _run(story, house, {})
    labels = {
        ink.block: page.label
        for page in reversed(pages)
        for ink in page.inks
        if ink.block is not None and ink.block.kind == "heading"
    }
    setter, pages = _run(story, house, labels)
    return Composition(pages=pages, printed=setter.printed, broken=setter.broken)


def _run(story: Story, house: House, labels: dict[Block, str]) -> tuple[Setter, list[SetPage]]:
    house = replace(house, looks=dict(house.looks))
    setter = Setter(house)
    pager = Pager(setter, house.sheets["first"])
    headings = [i for i in story.items if isinstance(i, Block) and i.kind == "heading" and i.level]
    for breaks, items in _stretches(story.items):
        for stop in breaks:
            _break(pager, house, stop)
        strips: list[Strip] = []
        for item in items:
            strips += _strips(setter, item, pager.width, (headings, labels))
        if pager.n_columns > 1:
            pager.level_columns(strips)
        pager.flow(strips)
    pager.close_columns()
    _labels(pager.pages)
    for page in pager.pages:
        for running in house.running:
            _run_matter(setter, page, running, len(pager.pages))
        _edge_rules(page, house)
    return setter, pager.pages


def _stretches(items: list[Item]) -> Iterator[tuple[list[Break], list[Item]]]:
    """Breaks, and the items between them."""
    breaks: list[Break] = []
    held: list[Item] = []
    for item in items:
        if isinstance(item, Break):
            if held:
                yield breaks, held
                breaks, held = [], []
            breaks.append(item)
        else:
            held.append(item)
    yield breaks, held


def _break(pager: Pager, house: House, stop: Break) -> None:
    if stop.front is not None:
        pager.front = stop.front
    if stop.columns and stop.page:
        pager.n_columns = stop.columns
    if stop.sheet:
        pager.sheet = house.sheets[stop.sheet]
    used = pager.pages[-1].inks or any(column.notes for column in pager.columns)
    if stop.page and used:
        pager.new_page()
    elif stop.page:
        pager.pages[-1].sheet, pager.pages[-1].front = pager.sheet, pager.front
        pager.open_columns(0.0)
    elif stop.columns:
        pager.set_columns(stop.columns)


def _strips(
    setter: Setter, item: Item, width: float, heads: tuple[list[Block], dict[Block, str]]
) -> list[Strip]:
    makers: dict[type, Callable[[], list[Strip]]] = {
        Block: lambda: setter.block(item, width),  # type: ignore[arg-type]
        Table: lambda: tables.table_strips(setter, item, width),  # type: ignore[arg-type]
        Boxed: lambda: tables.boxed_strips(setter, item, width),  # type: ignore[arg-type]
        Form: lambda: tables.form_strips(setter, item, width),  # type: ignore[arg-type]
        Figure: lambda: tables.figure_strips(setter, item, width),  # type: ignore[arg-type]
        Contents: lambda: _contents(setter, item, width, heads),  # type: ignore[arg-type]
    }
    return makers[type(item)]()


def _contents(
    setter: Setter,
    contents: Contents,
    width: float,
    heads: tuple[list[Block], dict[Block, str]],
) -> list[Strip]:
    headings, labels = heads
    entries = [
        (tables.contents_entry(heading, contents.depth), labels.get(heading, "00"))
        for heading in headings
        if heading.level <= contents.depth and "unlisted" not in heading.traits
    ]
    return tables.contents_strips(setter, entries, contents.style, width)


def _labels(pages: list[SetPage]) -> None:
    """Roman labels in the front, then arabic ones from 1."""
    n_front = sum(page.front for page in pages)
    for page in pages:
        page.label = roman(page.number) if page.front else str(page.number - n_front)


def _on(page: SetPage, running: Running) -> bool:
    odd = page.number % 2 == 1
    wanted = {"odd": odd, "even": not odd, "not_first": page.number > 1}
    return wanted.get(running.pages, True)


def _run_matter(setter: Setter, page: SetPage, running: Running, total: int) -> None:
    """Set one piece of running matter on a page."""
    house = setter.house
    text = running.text.format(
        n=page.number, label=page.label, title=house.title, chapter=page.chapter, total=total
    ).strip()
    if not _on(page, running) or not text:
        return
    look = Look(
        family=running.family or house.looks["paragraph"].family,
        size=running.size,
        style=running.style,
        small_caps=running.small_caps,
    )
    block = Block(kind="running_matter", tokens=tokens_of(text), look="running")
    inks = setter.line(text, look)
    left, top, right, bottom = _margins(page)
    wide = inks[-1].x + inks[-1].width
    outer = "right" if page.number % 2 else "left"
    align = {"outer": outer, "inner": "left" if outer == "right" else "right"}.get(
        running.align, running.align
    )
    x = {
        "left": left,
        "right": page.sheet.width - right - wide,
        "center": (page.sheet.width - wide) / 2,
    }[align]
    step = running.line * 11.0
    y = top - 26.0 - step if running.zone == "head" else page.sheet.height - bottom + 30.0 + step
    for ink in inks:
        ink.x, ink.y, ink.block, ink.zone = ink.x + x, y, block, running.zone
    _insert(page, inks, running.zone)
    setter.printed[block] = " ".join(ink.text for ink in inks)


def _insert(page: SetPage, inks: list[Ink], zone: str) -> None:
    if zone == "head":
        n = sum(ink.zone == "head" for ink in page.inks)
        page.inks[n:n] = inks
    else:
        page.inks += inks


def _margins(page: SetPage) -> tuple[float, float, float, float]:
    left, top, right, bottom = page.sheet.margins
    if page.sheet.mirrored and page.number % 2 == 0:
        left, right = right, left
    return left, top, right, bottom


def _edge_rules(page: SetPage, house: House) -> None:
    """The rules under the head and over the foot."""
    left, top, right, bottom = _margins(page)
    for color, y in (
        (house.head_rule, top - 20.0),
        (house.foot_rule, page.sheet.height - bottom + 18.0),
    ):
        if color:
            x1 = page.sheet.width - right
            page.strokes.append(Stroke(x0=left, top=y, x1=x1, bottom=y, color=color))
