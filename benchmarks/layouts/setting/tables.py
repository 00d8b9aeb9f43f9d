"""Tables, boxes, forms, figures and contents pages to strips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from benchmarks.layouts.setting.breaking import set_lines
from benchmarks.layouts.setting.fonts import width_of
from benchmarks.layouts.setting.looks import Look
from benchmarks.layouts.setting.strips import Frame, Setter, Strip, Stroke
from benchmarks.layouts.story.blocks import Block, Boxed, Figure, Form, Table, tokens_of

PAD = 4.0  # points between a rule and the words


def table_strips(setter: Setter, table: Table, width: float) -> list[Strip]:
    """The strips of a table; each row is one frame, so that it may go over a page break."""
    edges = [0.0]
    for share in table.shares:
        edges.append(edges[-1] + share * width)
    number = next(setter.tables)
    rows = [row_strips(setter, table, n, edges) for n in range(len(table.rows))]
    head = [pristine(strip) for row in rows[: table.n_head] for strip in row]
    for row in rows:
        for strip in row:
            if strip.frame is not None:
                strip.frame.table = number
                strip.frame.repeat = head if table.repeat_head else []
            if not table.split_rows and strip is not row[-1]:
                strip.keep = True
    for row in rows[: table.n_head]:
        for strip in row:
            strip.keep = True
    return [*(strip for row in rows for strip in row), Strip(height=10.0)]


def pristine(strip: Strip) -> Strip:
    """A copy of a head's strip, to be set again on the next page."""
    return replace(strip, inks=[replace(ink, part="repeated") for ink in strip.inks], notes=[])


def row_strips(setter: Setter, table: Table, n: int, edges: Sequence[float]) -> list[Strip]:
    """The strips of one row: strip k holds line k of every cell."""
    row = table.rows[n]
    look = setter.house.looks["head_cell" if n < table.n_head else "cell"]
    if n < table.n_head and table.dark_head:
        look = look.but(band="#24405c")
    spans = edges if len(row.cells) == len(edges) - 1 else (edges[0], edges[-1])
    height = look.leading * look.size
    strips: list[Strip] = []
    broken = False
    for cell, tokens in enumerate(row.cells):
        left, right = spans[cell] + PAD, spans[cell + 1] - PAD
        lines = set_lines(
            tokens,
            lambda _, left=left, right=right: (left, right - left),  # type: ignore[misc]
            replace(setter.manner(look), align="left"),
        )
        for k, line in enumerate(lines):
            broken = broken or line.broken
            if k == len(strips):
                strips.append(Strip(height=height))
            for ink in line.inks:
                ink.y += setter.baseline(look)
                ink.block, ink.cell, ink.row = row, cell, k
            setter.on_line(line.inks)
            strips[k].inks += line.inks
            strips[k].notes += line.notes
    strips.insert(0, Strip(height=3.0, keep=True))
    strips.append(Strip(height=3.0))
    strips[-2].keep = True
    frame = row_frame(table, n, spans)
    for strip in strips:
        strip.frame = frame
    setter.printed[row] = row.text
    if broken:
        setter.broken.add(row)
    return strips


def row_frame(table: Table, n: int, edges: Sequence[float]) -> Frame:
    """What is drawn around a row."""
    head = n < table.n_head
    frame = Frame(x0=edges[0], x1=edges[-1], closed=not table.open_breaks)
    if table.rules == "full":
        frame.uprights, frame.top, frame.bottom = tuple(edges), True, True
    frame.bottom = frame.bottom or table.rules == "half" or (table.rules == "head" and head)
    frame.top = frame.top or (table.rules in ("half", "head") and n == 0)
    if head and table.dark_head:
        frame.fill = "#24405c"
    elif table.zebra and n % 2 == 0:
        frame.fill = "#e9eef3"
    return frame


def boxed_strips(setter: Setter, box: Boxed, width: float) -> list[Strip]:
    """The strips of a box, with its padding."""
    inner = width - 2 * box.pad - (6.0 if box.bar else 0.0)
    left = box.pad + (6.0 if box.bar else 0.0)
    frame = Frame(x0=0.0, x1=width, fill=box.fill, bar=box.bar)
    if box.border:
        frame.uprights, frame.top, frame.bottom = (0.0, width), True, True
    strips = [Strip(height=box.pad, keep=True)]
    for block in box.blocks:
        strips += shifted(setter.block(block, inner), left)
    strips.append(Strip(height=box.pad))
    strips[-3].keep = True
    for strip in strips:
        strip.frame = frame
        strip.height += strip.gap
        for ink in strip.inks:
            ink.y += strip.gap
        strip.gap = 0.0
    return [Strip(height=4.0), *strips, Strip(height=12.0)]


def shifted(strips: list[Strip], left: float) -> list[Strip]:
    """The strips moved to the right."""
    for strip in strips:
        for ink in strip.inks:
            ink.x += left
    return strips


def form_strips(setter: Setter, form: Form, width: float) -> list[Strip]:
    """The strips of a form: a narrow cell with a number, a wide cell with prose."""
    strips: list[Strip] = []
    wide = width - form.narrow - 2 * PAD
    for row in form.rows:
        frame = Frame(x0=0.0, x1=width, uprights=(0.0, form.narrow, width), top=True, bottom=True)
        own = [Strip(height=3.0, keep=True)]
        for block in row.blocks:
            own += shifted(setter.block(replace_number(block), wide), form.narrow + PAD)
        head = row.blocks[0]
        if head.number:
            look = setter.look(head)
            inks = setter.line(head.number, look, "number")
            for ink in inks:
                ink.x, ink.y, ink.block = ink.x + 7.0, ink.y + setter.baseline(look), head
            own[1].inks = [*inks, *own[1].inks]
        renamed(setter, own, row.blocks)
        for strip in own:
            strip.frame = frame
            strip.height += strip.gap
            for ink in strip.inks:
                ink.y += strip.gap
            strip.gap = 0.0
        strips += own
    return strips


def replace_number(block: Block) -> Block:
    """A form's heading without its number, which stands in the narrow cell."""
    return replace(block, number="") if block.look == "form_heading" else block


def renamed(setter: Setter, strips: list[Strip], blocks: Sequence[Block]) -> None:
    """Give the words of a heading without number back to the heading of the form."""
    for block in blocks:
        setter.printed.setdefault(block, block.text)
    for strip in strips:
        for ink in strip.inks:
            if ink.block is not None and ink.block.look == "form_heading":
                ink.block = blocks[0]


def figure_strips(setter: Setter, figure: Figure, width: float) -> list[Strip]:
    """A bar chart in one strip: its labels are words, its bars are not."""
    look = setter.house.looks["label"]
    strip = Strip(height=figure.height, keep=True, gap=6.0)
    base, left = figure.height - 16.0, 34.0
    step = (width - left - 10.0) / len(figure.values)
    top = max(figure.values)
    for k, (value, label) in enumerate(zip(figure.values, figure.labels, strict=True)):
        x, high = left + k * step + 0.2 * step, (base - 20.0) * value / top
        bar = Stroke(x0=x, top=base - high, x1=x + 0.6 * step, bottom=base, filled=True)
        bar.color = "#2f6f8f"
        strip.strokes.append(bar)
        for text, y in ((str(value), base - high - 3.0), (label, base + 10.0)):
            inks = setter.line(text, look, "label")
            middle = x + 0.3 * step - width_of(text, setter.house.face(look)) / 2
            for ink in inks:
                ink.x, ink.y, ink.block = ink.x + middle, y, figure.block
            strip.inks += inks
    strip.strokes.append(Stroke(x0=left, top=8.0, x1=left, bottom=base))
    strip.strokes.append(Stroke(x0=left, top=base, x1=width, bottom=base))
    setter.printed[figure.block] = ""
    return [strip, Strip(height=4.0, keep=True)]


def contents_strips(
    setter: Setter, entries: Sequence[tuple[Block, str]], style: str, width: float
) -> list[Strip]:
    """The lines of a contents page: an entry for each heading, with its page at the right."""
    strips: list[Strip] = []
    for entry, page in entries:
        look = setter.look(entry)
        first = style == "page_first"
        look = look.but(indent=64.0, before=4.0) if first else look.but(right=34.0)
        named = setter.house.looks
        key = f"contents_line_{entry.level}"
        named[key] = look
        line = replace(entry, look=key)
        own = setter.block(line, width)
        setter.printed[entry] = setter.printed.pop(line)
        face = setter.house.face(look)
        last = own[-2] if not first else own[0]
        inks = setter.line(page, look, "page")
        for ink in inks:
            ink.x += 12.0 if first else width - width_of(page, face)
            ink.y, ink.row = last.inks[-1].y, last.inks[-1].row
        if style in ("dots", "spaced_dots"):
            add_leader(setter, last, look, (style, width - width_of(page, face)))
        last.inks = [*inks, *last.inks] if first else [*last.inks, *inks]
        for strip in own:
            strip.keep = False
            for ink in strip.inks:
                ink.block = entry
        strips += own
    return strips


def add_leader(setter: Setter, strip: Strip, look: Look, measure: tuple[str, float]) -> None:
    """Fill the room between an entry and its page with dots."""
    style, end = measure
    dot = ". " if style == "spaced_dots" else "."
    start = max(ink.x + ink.width for ink in strip.inks) + 0.35 * look.size
    n = int((end - 5.0 - start) / width_of(dot, setter.house.face(look.but(style="r"))))
    if n < 2:
        return
    inks = setter.line((dot * n).strip(), look.but(style="r"), "leader")
    shift = end - 5.0 - (inks[-1].x + inks[-1].width)
    for ink in inks:
        ink.x, ink.y = ink.x + shift, strip.inks[-1].y
    strip.inks += inks


def contents_entry(heading: Block, depth: int) -> Block:
    """The line of a contents page for a heading."""
    number = heading.number
    return Block(
        kind="contents_line",
        tokens=tokens_of(f"{number} {heading.text}".strip()),
        level=heading.level,
        role="front_matter",
        look=f"contents{min(heading.level, depth, 2)}",
    )
