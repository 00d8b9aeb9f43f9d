"""The house style of a document: sheets, looks of blocks, running matter, drawing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from benchmarks.layouts.setting.fonts import Face

NOTICE = "Fictional document for software testing"
A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one kind of block is set. Lengths in points."""

    family: str
    size: float
    style: str = "r"
    color: str = "#000000"
    leading: float = 1.22  # of the size
    align: str = "left"
    before: float = 0.0
    after: float = 6.0
    indent: float = 0.0  # of the text
    number_at: float = 0.0  # where a number or bullet begins
    right: float = 0.0  # indent at the right
    first: float = 0.0  # first-line indent
    number: str = "hang"  # hang, tight (ends at the text), run_in
    number_style: str = ""  # style of the number; the text's by default
    number_color: str = ""
    number_raised: bool = False
    under: str = ""  # colour of a rule under the block
    band: str = ""  # colour of a filled band behind the block
    small_caps: bool = False
    upper: bool = False
    tracking: float = 0.0
    keep: bool = False  # stay with the next block

    def but(self, **changes: object) -> Look:
        """The look with some traits changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page as a viewer shows it. Lengths in points, margins left, top, right, bottom."""

    width: float = A4[0]
    height: float = A4[1]
    margins: tuple[float, float, float, float] = (72.0, 78.0, 72.0, 78.0)
    rotate: int = 0  # the file's /Rotate
    bleed: float = 0.0  # the media box goes this far over the crop box
    turned: bool = False  # the body reads upwards on an upright page
    mirrored: bool = False  # even pages have left and right margins exchanged
    gutter: float = 22.0  # between columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One piece of running matter. Text may hold {n}, {label}, {title}, {chapter}, {total}."""

    text: str
    zone: str = "foot"  # head, foot
    align: str = "left"  # left, right, center, inner, outer
    pages: str = "all"  # all, odd, even, not_first
    size: float = 8.0
    style: str = "r"
    line: int = 0  # lines away from the edge of the text
    family: str = ""
    small_caps: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How the pages are drawn."""

    pen: str = "canvas"  # canvas, browser
    mode: str = "lines"  # lines, spaced, words, glyphs, kerned, kerned_spaces
    order: str = "reading"  # reading, feet_first, rows, bold_last
    tagged: bool = False
    double_struck: bool = False  # bold text is drawn twice, a little apart
    rules: str = "stroke"  # stroke, filled, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything that the setting of a document needs to know."""

    name: str
    looks: dict[str, Look]
    sheets: dict[str, Sheet]
    running: tuple[Running, ...]
    head_rule: str = ""  # colour
    foot_rule: str = ""
    number: str = "4.12"  # 4.12, 4.12., 12., 12, 4.1.2, none
    drawing: Drawing = field(default_factory=Drawing)
    kerned: bool = False
    ligatures: bool = False
    hyphenate: bool = False
    hyphen: str = "-"
    note_mark: str = "number"  # number, symbol
    note_rule: float = 0.3  # share of the frame's width; 0: no rule
    split_notes: bool = False
    title: str = ""

    def face(self, look: Look, style: str = "") -> Face:
        """The face of a look."""
        return Face(
            family=look.family,
            style=style or look.style,
            size=look.size,
            color="#ffffff" if look.band and not look.band.startswith("#e") else look.color,
            kerned=self.kerned,
            tracking=look.tracking,
            ligatures=self.ligatures,
            small_caps=look.small_caps,
        )


def base_looks(body: str, heads: str, size: float, color: str, align: str) -> dict[str, Look]:
    """Looks that a house begins from: body and heading families, body size, heading colour."""
    text = Look(family=body, size=size, align=align)
    hung = text.but(indent=36.0, after=8.0)
    head = Look(family=heads, size=size, style="b", color=color, keep=True)
    small = text.but(size=size - 1.5, after=2.0, leading=1.18, align="left")
    return {
        "title": head.but(size=size * 2.2, before=90, after=16, keep=False),
        "subtitle": head.but(size=size * 1.3, after=10, keep=False),
        "plain": text,
        "paragraph": hung,
        "unnumbered": text.but(after=8.0),
        "recommendation": hung,
        "heading1": head.but(size=size * 1.5, before=18, after=9),
        "heading2": head.but(size=size * 1.15, before=12, after=6),
        "heading3": head.but(style="i", before=8, after=4),
        "bullet1": text.but(indent=54.0, number_at=38.0, after=4.0),
        "bullet2": text.but(indent=74.0, number_at=58.0, after=3.0),
        "boxed_bullet": text.but(indent=16.0, number_at=2.0, after=4.0),
        "lettered": text.but(indent=62.0, number_at=38.0, after=4.0),
        "quotation": text.but(style="i", indent=60.0, right=36.0, before=2, after=8),
        "footnote": small.but(size=size - 2, indent=16.0, after=1.5),
        "cell": small,
        "head_cell": small.but(style="b"),
        "caption": head.but(size=size - 1, before=6, after=5),
        "contents1": text.but(style="b", before=5, after=2, align="left"),
        "contents2": text.but(indent=18.0, after=2, align="left"),
        "margin_note": Look(family=heads, size=size - 2.5, style="b", color=color),
        "boxed": text.but(after=5.0),
        "boxed_heading": head.but(after=5.0),
        "form_heading": head.but(color="#000000", after=6.0),
        "form": text.but(after=7.0, align="left"),
        "label": small.but(size=7.0),
        "address": text.but(after=0.0, align="left"),
    }
