"""Draw set pages with Chromium: its shaping, its kerning, its ligatures, its PDF writer.

The lines stand where the setter put them; within a line the browser places the glyphs, so the
boxes of the words are measured in the browser and given back to the pages.
"""

from __future__ import annotations

import html
import shutil
from itertools import groupby
from pathlib import Path

from benchmarks.layouts.setting.breaking import Ink
from benchmarks.layouts.setting.fonts import EMBEDDED, FAMILIES, font_path, rise_and_drop, width_of
from benchmarks.layouts.setting.looks import House
from benchmarks.layouts.setting.pages import SetPage
from benchmarks.layouts.setting.strips import Stroke

PX = 96 / 72
MEASURE = """() => Array.from(document.querySelectorAll('[data-w]')).map(line => {
  const boxes = []; let at = 0; const node = line.firstChild;
  for (const word of node.data.split(' ')) {
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + word.length);
    const box = range.getBoundingClientRect(); boxes.push([box.left, box.right]);
    at += word.length + 1;
  }
  return [line.dataset.w, line.parentElement.getBoundingClientRect().left, boxes];
})"""


def browser_path() -> str | None:
    """The installed Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def draw_browser(pages: list[SetPage], house: House, path: Path) -> None:
    """Write the pages to a PDF file and correct the boxes of their words."""
    # Imported here because only some documents need a browser.
    from playwright.sync_api import sync_playwright

    source = path.with_suffix(".html")
    source.write_text(document(pages, house), encoding="utf-8")
    sheet = pages[0].sheet
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path())
        tab = browser.new_page()
        tab.goto(source.resolve().as_uri())
        tab.evaluate("() => document.fonts.ready")
        for key, left, boxes in tab.evaluate(MEASURE):
            measured(pages, key, left, boxes)
        tab.pdf(
            path=str(path),
            width=f"{sheet.width * PX}px",
            height=f"{sheet.height * PX}px",
            print_background=True,
            margin={"top": "0", "right": "0", "bottom": "0", "left": "0"},
        )
        browser.close()
    source.unlink()


def measured(pages: list[SetPage], key: str, left: float, boxes: list[list[float]]) -> None:
    """Give the words of a line the boxes that the browser drew."""
    page, start = map(int, key.split(":"))
    for ink, (x0, x1) in zip(pages[page].inks[start:], boxes, strict=False):
        ink.x, ink.width = (x0 - left) / PX, (x1 - x0) / PX


def document(pages: list[SetPage], house: House) -> str:
    """The whole file as HTML: one fixed box for each page."""
    faces = "".join(
        f"@font-face {{font-family: '{name}'; src: url('{font_path(name).as_uri()}');}}"
        for family in EMBEDDED
        for name in FAMILIES[family]
    )
    sheet = pages[0].sheet
    style = (
        f"{faces} * {{margin: 0; padding: 0;}} @page {{size: {sheet.width}pt {sheet.height}pt;"
        f" margin: 0;}} .p {{position: relative; overflow: hidden; width: {sheet.width}pt;"
        f" height: {sheet.height - 0.2}pt; break-after: page;}} .p:last-child {{break-after:"
        " auto;} .w, .s {position: absolute; white-space: pre; line-height: 1;}"
    )
    body = "".join(page_of(page, n) for n, page in enumerate(pages))
    title = html.escape(house.title)
    return (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{title}</title>"
        f"<style>{style}</style><body>{body}</body></html>"
    )


def page_of(page: SetPage, number: int) -> str:
    """One page: rules and fills, then lines of words."""
    parts = [rule_of(stroke) for stroke in sorted(page.strokes, key=lambda s: not s.filled)]
    at = 0
    for _, group in groupby(page.inks, key=lambda ink: (ink.line, ink.runs[0][1], ink.part)):
        inks = list(group)
        parts.append(line_of(inks, f"{number}:{at}"))
        at += len(inks)
    return f"<div class='p'>{''.join(parts)}</div>"


def line_of(inks: list[Ink], key: str) -> str:
    """Words of one line and one face; justified lines have wider spaces."""
    face = inks[0].runs[0][1]
    gap = ""
    if len(inks) > 1:
        wide = inks[1].x - inks[0].x - inks[0].width
        gap = f"word-spacing:{wide - width_of(' ', face):.3f}pt;"
    rise, drop = rise_and_drop(face.font)
    top = inks[0].y - (1 + rise - drop) / 2 * face.size
    text = html.escape(" ".join(ink.text for ink in inks), quote=False)
    return (
        f"<span class='w' data-w='{key}' style=\"left:{inks[0].x:.3f}pt;top:{top:.3f}pt;{gap}"
        f"font:{face.size}pt '{face.font}';line-height:1;color:{face.color}\">{text}</span>"
    )


def rule_of(stroke: Stroke) -> str:
    """A rule or a filled rectangle as a coloured box."""
    wide, tall = max(stroke.x1 - stroke.x0, 0.6), max(stroke.bottom - stroke.top, 0.6)
    return (
        f"<div class='s' style='left:{stroke.x0:.2f}pt;top:{stroke.top:.2f}pt;width:{wide:.2f}pt;"
        f"height:{tall:.2f}pt;background:{stroke.color}'></div>"
    )
