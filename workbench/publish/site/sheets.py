"""The pages of the documents: each a picture with its highlighted words."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.publish.names import page_name, page_path, short_id
from workbench.publish.publication import PageImage
from workbench.publish.registers.words import marked_ranges, words_anchor
from workbench.publish.site.passages import Passage
from workbench.publish.site.render import Site
from workbench.records import Box, Metadatum, PlacedWord, Reading, SegmentKind

A4_PT = (595.28, 841.89)
#: Kinds of picture that browsers show; any other suffix is not trusted.
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp"})
#: Segments that lists of recommendations and of topics lead to.
PASSAGE_KINDS = frozenset(
    {
        SegmentKind.PARAGRAPH,
        SegmentKind.BULLET,
        SegmentKind.QUOTATION,
        SegmentKind.CHRONOLOGY_ENTRY,
        SegmentKind.RECOMMENDATION,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The rectangles of one passage on one page."""

    p: Passage
    boxes: Sequence[Box]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMark:
    """The rectangles of one segment on one page; seen only when a link leads to it."""

    ordinal: int
    key: str
    boxes: Sequence[Box]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsMark:
    """The rectangles of other words that a link leads to; seen only then."""

    anchor: str
    boxes: Sequence[Box]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """One thing known of a document, and the page that says it (0 for none)."""

    metadatum: Metadatum
    page: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnText:
    """Words that are written on a page without a picture, where they stand."""

    text: str
    x0: float
    bottom: float
    width: float
    height: float


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One page of a document with its marks, in reading order."""

    number: int
    path: str
    width_pt: float
    height_pt: float
    codings: list[Mark] = field(default_factory=list)
    segments: list[SegmentMark] = field(default_factory=list)
    words: list[WordsMark] = field(default_factory=list)
    texts: list[DrawnText] = field(default_factory=list)  # where there is no picture


def write_sheets(site: Site) -> None:
    """Write ``pages/<document>/p<number>.html``, their pictures, and a list of each document."""
    publication = site.catalogue.publication
    marked = marked_ranges(publication)
    for document_id in sorted(publication.readings):
        reading = publication.readings[document_id]
        sheets = _sheets(site, reading)
        _mark_words(reading, marked.get(document_id, ()), sheets)
        for sheet in sheets:
            _write_sheet(site, reading, sheet)
        codings = {coding.coding_id: coding for coding in reading.codings}.values()
        in_order = sorted(codings, key=lambda coding: (coding.start_char, coding.coding_id))
        site.write(
            f"pages/{short_id(document_id)}/index.html",
            "document.html",
            section="documents.html",
            document=reading.document,
            cases=site.catalogue.cases_of(document_id),
            sheets=sheets,
            known=_known(reading),
            codings=[site.passage(coding) for coding in in_order],
        )


def _known(reading: Reading) -> list[KnownRow]:
    """What is known of a document beside its title, each with the page that says it."""
    rows = []
    for each in reading.metadata:
        boxes = reading.frozen.boxes(each.start_char, each.end_char) if each.end_char else ()
        page = boxes[0].page if boxes else 0
        href = page_path(reading.document.document_id, page) if page else ""
        rows.append(KnownRow(metadatum=each, page=page, href=href))
    return rows


def segment_key(document_id: str, ordinal: int) -> str:
    """The name of a segment, unique in the report."""
    return f"{short_id(document_id)}-{ordinal}"


def _sheets(site: Site, reading: Reading) -> list[Sheet]:
    document_id = reading.document.document_id
    sheets = []
    for number in range(1, _last_page(reading) + 1):
        image = site.catalogue.publication.page_images.get((document_id, number))
        width, height = (image.width_pt, image.height_pt) if image else A4_PT
        sheets.append(
            Sheet(number=number, path=page_path(document_id, number), width_pt=width,
                  height_pt=height)
        )  # fmt: skip
    pictured = site.catalogue.publication.page_images
    for word in reading.frozen.words:
        if (document_id, word.page) not in pictured:
            sheets[word.page - 1].texts.append(_drawn(reading, word))
    seen = set()
    for coding in sorted(reading.codings, key=lambda item: (item.start_char, item.coding_id)):
        if coding.coding_id not in seen:
            seen.add(coding.coding_id)
            boxes = reading.frozen.boxes(coding.start_char, coding.end_char)
            passage = site.passage(coding)
            for page, found in _by_page(boxes).items():
                sheets[page - 1].codings.append(Mark(p=passage, boxes=found))
    for segment in reading.segments:
        if segment.kind in PASSAGE_KINDS:
            key = segment_key(document_id, segment.ordinal)
            boxes = reading.frozen.boxes(segment.start_char, segment.end_char)
            for page, found in _by_page(boxes).items():
                mark = SegmentMark(ordinal=segment.ordinal, key=key, boxes=found)
                sheets[page - 1].segments.append(mark)
    return sheets


def _mark_words(
    reading: Reading, ranges: Sequence[tuple[int, int]], sheets: Sequence[Sheet]
) -> None:
    """Give each page the stretches of its text that agencies, dates and findings link to."""
    for start_char, end_char in ranges:
        boxes = reading.frozen.boxes(start_char, end_char)
        for page, found in _by_page(boxes).items():
            mark = WordsMark(anchor=words_anchor(start_char, end_char), boxes=found)
            sheets[page - 1].words.append(mark)


def _drawn(reading: Reading, word: PlacedWord) -> DrawnText:
    return DrawnText(
        text=reading.frozen.text[word.start_char : word.end_char],
        x0=word.x0,
        bottom=word.bottom,
        width=word.x1 - word.x0,
        height=word.bottom - word.top,
    )


def _last_page(reading: Reading) -> int:
    """The number of pages; never less than the last page that holds a word."""
    with_words = max((word.page for word in reading.frozen.words), default=0)
    return max(reading.document.n_pages, with_words)


def _by_page(boxes: Sequence[Box]) -> dict[int, list[Box]]:
    pages: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        pages[box.page].append(box)
    return pages


def _write_sheet(site: Site, reading: Reading, sheet: Sheet) -> None:
    document = reading.document
    image = site.catalogue.publication.page_images.get((document.document_id, sheet.number))
    last = _last_page(reading)
    site.write(
        sheet.path,
        "sheet.html",
        section="documents.html",
        sheet=sheet,
        document=document,
        cases=site.catalogue.cases_of(document.document_id),
        image=_copy_image(site, sheet, image) if image else "",
        before=f"{page_name(sheet.number - 1)}.html" if sheet.number > 1 else "",
        after=f"{page_name(sheet.number + 1)}.html" if sheet.number < last else "",
    )


def _copy_image(site: Site, sheet: Sheet, image: PageImage) -> str:
    suffix = image.path.suffix.lower()
    if suffix not in PICTURES or not image.path.is_file():
        return ""
    target = (site.folder / sheet.path).with_suffix(suffix)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(image.path, target)
    return target.name
