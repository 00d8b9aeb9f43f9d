"""One page as the machine saw it: the image, with every line framed by what it was taken for."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from workbench.records import FrozenText, PageSource, Segment, SegmentKind

COLOURS = {
    SegmentKind.PARAGRAPH: "#0072b2",
    SegmentKind.BULLET: "#2a7fb8",
    SegmentKind.HEADING: "#d55e00",
    SegmentKind.FOOTNOTE: "#8a5a00",
    SegmentKind.TABLE_ROW: "#009e73",
    SegmentKind.CHRONOLOGY_ENTRY: "#00694d",
    SegmentKind.RECOMMENDATION: "#b0417f",
    SegmentKind.QUOTATION: "#6a3d9a",
    SegmentKind.CAPTION: "#7d6608",
    SegmentKind.CONTENTS_LINE: "#666666",
    SegmentKind.RUNNING_MATTER: "#777777",
}
MARGIN_PT = 150.0  # beside the page, for numbers on the left and roles on the right
ROW_PT = 9.0

_STYLE = """
body { margin: 1rem; font: 15px/1.5 system-ui, sans-serif; color: #16252d; background: #fff; }
h1 { font-size: 1.15rem; margin: 0; } p { margin: .2rem 0 .6rem; }
ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0;
  margin: 0 0 .6rem; }
li i { display: inline-block; width: .9em; height: .9em; margin-right: .35em;
  vertical-align: -.1em; }
svg { width: 100%; max-width: 1150px; height: auto; background: #eef2f3; display: block; }
svg text { font: 7.5px system-ui, sans-serif; } .warning { color: #8a3b00; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What is needed to draw a page."""

    file_name: str
    page: int  # from 1
    n_pages: int
    width_pt: float
    height_pt: float
    source: PageSource
    image: bytes  # PNG of the page; b"" when it could not be painted
    frozen: FrozenText | None  # None for a document that was not read
    segments: Sequence[Segment]  # of the whole document, in reading order
    warnings: Sequence[str] = ()


def write_page_view(view: PageView) -> str:
    """One HTML file without references to others: the image, and frames over it as SVG."""
    title = f"{view.file_name}, page {view.page} of {view.n_pages}"
    here = [s for s in view.segments if s.page_start <= view.page <= s.page_end]
    kinds = [kind for kind in SegmentKind if any(s.kind is kind for s in here)]
    legend = "".join(
        f'<li><i style="background:{COLOURS[kind]}"></i>{_plain(kind)} '
        f"({sum(s.kind is kind for s in here)})</li>"
        for kind in kinds
    )
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in view.warnings)
    frames = "\n".join(_frames(view, here))
    width = view.width_pt + 2 * MARGIN_PT
    box = f"{-MARGIN_PT:.1f} 0 {width:.1f} {view.height_pt:.1f}"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"<p>Text: {_source(view.source)}. {len(here)} segments. On the left the order, kind and "
        f"number of each segment where it begins, on the right the role of its section.</p>"
        f'{warnings}<ul>{legend}</ul>\n<svg viewBox="{box}" role="img" '
        f'aria-label="{escape(title)} with its segments">\n{_image(view)}\n{frames}\n'
        "</svg></body></html>\n"
    )


def _source(source: PageSource) -> str:
    return "recognised on a picture (OCR)" if source == "ocr" else f"{_plain(source)} layer"


def _plain(name: str) -> str:
    return str(name).replace("_", " ")


def _image(view: PageView) -> str:
    size = f'width="{view.width_pt:.2f}" height="{view.height_pt:.2f}"'
    if not view.image:
        return f'<rect {size} fill="#fff"/>'
    data = b64encode(view.image).decode("ascii")
    return f'<image {size} href="data:image/png;base64,{data}"/>'


def _frames(view: PageView, here: Sequence[Segment]) -> Iterator[str]:
    """A frame for each printed line of a segment, and its labels beside the first."""
    lowest = {True: 0.0, False: 0.0}  # where the labels of each side end
    for segment in here:
        if view.frozen is None:
            return
        boxes = [
            box
            for box in view.frozen.boxes(segment.start_char, segment.end_char)
            if box.page == view.page
        ]
        colour = COLOURS[segment.kind]
        tip = f"{_plain(segment.kind)}; {_plain(segment.section_role)}; "
        tip += " / ".join(segment.section_path) or "under no heading"
        lines = "".join(
            f'<rect x="{box.x0:.1f}" y="{box.top:.1f}" width="{box.x1 - box.x0:.1f}" '
            f'height="{box.bottom - box.top:.1f}"/>'
            for box in boxes
        )
        yield (
            f'<g fill="{colour}" fill-opacity=".14" stroke="{colour}" stroke-width=".7">'
            f"<title>{escape(tip)}</title>{lines}</g>"
        )
        if not boxes:
            continue
        begins = segment.page_start == view.page
        level = f" {segment.level}" if segment.level else ""
        left = f"{segment.ordinal} {_plain(segment.kind)}{level}"
        left += f"  [{segment.number}]" if segment.number else ""
        for on_left, text in ((True, left if begins else f"{left}, goes on"),
                              (False, _plain(segment.section_role))):  # fmt: skip
            at = max(boxes[0].top + 7.5, lowest[on_left] + ROW_PT)
            lowest[on_left] = at
            yield _label(view, text, at, colour, on_left=on_left)


def _label(view: PageView, text: str, at: float, colour: str, *, on_left: bool) -> str:
    x = -6.0 if on_left else view.width_pt + 6.0
    anchor = "end" if on_left else "start"
    return (
        f'<text x="{x:.1f}" y="{at:.1f}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(text)}</text>"
    )
