"""House styles seen on real pages: inquiries, committees, inspectorates, coroners, partnerships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from benchmarks.layouts.setting.looks import (
    LETTER,
    NOTICE,
    Drawing,
    House,
    Look,
    Running,
    Sheet,
    base_looks,
)

#: Where the line that says that the document is fictional stands.
NOTICE_FOOT = Running(text=NOTICE, align="center", line=1, size=7.0)
NOTICE_HEAD = Running(text=NOTICE, zone="head", line=1, size=7.0)


def sheets(first: Sheet) -> dict[str, Sheet]:
    """The sheets of a house: upright, wide in three ways, turned."""
    wide = replace(first, width=first.height, height=first.width, mirrored=False)
    return {
        "first": first,
        "wide": wide,
        "rotated": replace(wide, rotate=90),
        "rotated_left": replace(wide, rotate=270),
        "upside_down": replace(first, rotate=180),
        "turned": replace(first, turned=True, mirrored=False),
    }


def finished(looks: Mapping[str, Look], number: str, gap: float) -> dict[str, Look]:
    """The looks that follow from others; the gap is the indent of numbered paragraphs."""
    made = dict(looks)
    made["paragraph"] = made["paragraph"].but(indent=gap if made["paragraph"].indent else 0.0)
    if number != "none":
        made["heading1_numbered"] = made["heading1"].but(indent=max(gap, 22.0))
    if number == "4.1.2":
        made["heading2_numbered"] = made["heading2"].but(indent=max(gap, 30.0))
    made["recommendation"] = made["recommendation"].but(indent=max(gap, 24.0))
    made["boxed_recommendation"] = made["boxed"].but(
        indent=0.0, number="run_in", number_style="b", after=2.0
    )
    made["salutation"] = made["plain"].but(before=24.0, after=10.0)
    made["form_item"] = made["form"].but(indent=24.0, number_at=2.0)
    return made


def partnership(name: str, title: str, **changes: object) -> House:
    """A safeguarding partnership's report made in a word processor."""
    looks = base_looks("sans", "sans", 9.0, "#1d4f91", "left")
    running = (
        Running(text="{title}", zone="head", style="i"),
        Running(text=NOTICE, size=8.0),
        Running(text="Page {n} of {total}", align="right", size=8.0),
    )
    return made(name, title, (looks, 36.0), running, Sheet(), changes)


def inquiry(name: str, title: str, **changes: object) -> House:
    """A public inquiry's volume: justified, hanging numbers, notes in normal figures."""
    looks = base_looks("serif", "sans", 9.0, "#222222", "justify")
    looks["heading1"] = looks["heading1"].but(upper=True)
    looks["heading3"] = looks["heading3"].but(color="#222222")
    running = (
        Running(text="{title}: Volume 1", zone="head", style="b"),
        Running(text="{label}", align="outer", size=9.0),
        NOTICE_FOOT,
    )
    sheet = Sheet(margins=(60.0, 86.0, 60.0, 84.0))
    return made(name, title, (looks, 38.0), running, sheet, {"note_rule": 1.0, **changes})


def lords(name: str, title: str, **changes: object) -> House:
    """A committee's report: old-style serif, tight numbers, odd and even heads, raised notes."""
    looks = base_looks("times", "times", 11.0, "#a01c32", "justify")
    looks["heading1"] = looks["heading1"].but(size=12.5, upper=True, under="#a01c32")
    looks["heading3"] = looks["heading3"].but(style="i", indent=38.0)
    looks["heading2"] = looks["heading2"].but(indent=38.0)
    looks["paragraph"] = looks["paragraph"].but(number="tight", after=6.0)
    looks["footnote"] = looks["footnote"].but(number_raised=True, indent=12.0)
    running = (
        Running(text="{title}", zone="head", pages="odd", align="right", size=9.0),
        Running(text="{label}", zone="head", pages="odd", align="left", size=9.0),
        Running(text="{label}", zone="head", pages="even", align="right", size=9.0),
        Running(text="{title}", zone="head", pages="even", align="left", size=9.0),
        NOTICE_FOOT,
    )
    sheet = Sheet(margins=(84.0, 80.0, 96.0, 78.0), mirrored=True)
    return made(name, title.upper(), (looks, 36.0), running, sheet, {"note_rule": 1.0, **changes})


def commons(name: str, title: str, **changes: object) -> House:
    """A select committee's report: bold coloured numbers, short note rule, page number below."""
    looks = base_looks("sans", "sans", 9.2, "#006548", "left")
    looks["heading2"] = looks["heading2"].but(style="r", size=12.0)
    looks["paragraph"] = looks["paragraph"].but(number_style="b", number_color="#006548")
    looks["quotation"] = looks["quotation"].but(style="r", indent=60.0)
    running = (Running(text="{label}", align="center", size=9.0), NOTICE_FOOT)
    sheet = Sheet(margins=(88.0, 84.0, 88.0, 88.0), mirrored=True)
    return made(name, title, (looks, 28.0), running, sheet, {"note_rule": 0.18, **changes})


def inspectorate(name: str, title: str, **changes: object) -> House:
    """An inspectorate's letter: no numbers, square bullets, a large page number over a rule."""
    looks = base_looks("sans", "sans", 9.6, "#000000", "left")
    looks["heading1"] = looks["heading1"].but(size=11.0)
    looks["unnumbered"] = looks["unnumbered"].but(after=11.0)
    looks["bullet1"] = looks["bullet1"].but(indent=20.0, number_at=2.0, after=7.0)
    running = (
        Running(text="{title}", style="b", size=7.0),
        Running(text="12 to 14 June 2024", line=1, style="b", size=7.0),
        Running(text="{n}", align="right", size=14.0),
        NOTICE_HEAD,
    )
    sheet = Sheet(margins=(70.0, 96.0, 72.0, 80.0))
    changes = {"number": "none", "foot_rule": "#000000", **changes}
    return made(name, title, (looks, 24.0), running, sheet, changes)


def coroner(name: str, title: str, **changes: object) -> House:
    """A coroner's form: one table on every page."""
    looks = base_looks("helvetica", "helvetica", 9.5, "#000000", "left")
    looks["heading1"] = looks["heading1"].but(size=11.0)
    running = (Running(text="{n}", align="center", size=9.0), NOTICE_FOOT)
    changes = {"number": "none", **changes}
    return made(name, title, (looks, 24.0), running, Sheet(), changes)


def magazine(name: str, title: str, **changes: object) -> House:
    """A designed report: banded headings, bars beside boxes, columns."""
    looks = base_looks("helvetica", "helvetica", 9.5, "#7a1f5c", "left")
    looks["heading1"] = looks["heading1"].but(band="#c0394f", size=13.0)
    running = (
        Running(text="{chapter}", zone="head", align="outer", size=8.0, style="b"),
        Running(text="{n}", align="outer", size=10.0),
        Running(text=NOTICE, align="inner", size=7.5, style="i"),
    )
    sheet = Sheet(margins=(54.0, 72.0, 54.0, 72.0))
    changes = {"number": "none", **changes}
    return made(name, title, (looks, 24.0), running, sheet, changes)


def made(
    name: str,
    title: str,
    style: tuple[dict[str, Look], float],
    running: tuple[Running, ...],
    sheet: Sheet,
    changes: Mapping[str, object],
) -> House:
    """A house from its parts; changes may name looks, parts of the sheet and of the drawing."""
    looks, gap = style
    options: dict[str, Any] = dict(changes)
    gap = float(options.pop("gap", gap))
    for key, look in options.pop("looks", {}).items():
        looks[key] = looks[key].but(**look)
    family = options.pop("family", None)
    if family is not None:
        looks = {key: look.but(family=family) for key, look in looks.items()}
    if options.pop("letter", False):
        sheet = replace(sheet, width=LETTER[0], height=LETTER[1])
    sheet = replace(sheet, **options.pop("sheet", {}))
    return House(
        name=name,
        looks=finished(looks, options.get("number", "4.12"), gap),
        sheets=sheets(sheet),
        running=running,
        drawing=Drawing(**options.pop("draw", {})),
        title=title,
        **options,
    )
