"""One opened document, page after page."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from workbench.extract.head import Head, Names, PageRead, unread_page
from workbench.extract.page.drawings import Drawings, covers, read_drawings
from workbench.extract.page.frame import Frame
from workbench.extract.page.lines import build_lines
from workbench.extract.page.opening import Opened
from workbench.extract.page.triage import page_source
from workbench.extract.page.words import read_words
from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import ExtractSettings
from workbench.records import Line, Page, Word

#: The longest addresses of web pages in print are shorter.
MAX_WORD_CHARS = 500
_WRITTEN_BY_PROGRAM = re.compile(r"^(Microsoft (Office )?(Word|PowerPoint|Excel) - )")


def read_head(opened: Opened) -> Head:
    """The head of an opened file."""
    pdf = opened.pdf
    warnings = [opened.repair] if opened.repair else []
    if pdfium_c.FPDF_GetSecurityHandlerRevision(pdf) >= 0:
        permissions = pdfium_c.FPDF_GetDocPermissions(pdf)
        if not permissions & 0x10:
            warnings.append(
                "its publisher asks that text is not copied from it (a setting of the file): "
                "check that you may use it"
            )
    metadata = pdf.get_metadata_dict(skip_empty=True)
    return Head(
        n_pages=len(pdf),
        title=_title(metadata.get("Title", "")),
        producer=_clean(metadata.get("Producer", "")),
        warnings=tuple(warnings),
    )


def read_pages(
    opened: Opened, document_id: str, numbers: Iterable[int], settings: ExtractSettings
) -> Iterator[PageRead]:
    """The pages of these numbers (from 1); one that cannot be read comes empty and says why."""
    pdf = opened.pdf
    has_form = pdf.get_formtype() != pdfium_c.FORMTYPE_NONE
    for number in numbers:
        label = _clean(pdf.get_page_label(number - 1)) if opened.has_labels else ""
        names = document_id, number, label
        try:
            page = pdf[number - 1]
        except pdfium.PdfiumError:
            yield unread_page(names, ReasonNumber.DAMAGED)
            continue
        yield _read_page(page, names, has_form, settings)
        page.close()


def frame_of(page: pdfium.PdfPage) -> Frame:
    """The visible part of a page."""
    left, bottom, right, top = page.get_bbox()
    return Frame(
        left=left, bottom=bottom, right=right, top=top, rotation_deg=page.get_rotation() % 360
    )


def _read_page(
    page: pdfium.PdfPage, names: Names, has_form: bool, settings: ExtractSettings
) -> PageRead:
    document_id, number, label = names
    frame = frame_of(page)
    text_page = page.get_textpage()
    if text_page.count_chars() > settings.max_page_chars:
        text_page.close()
        return unread_page(names, ReasonNumber.PAGE_TOO_DENSE)
    words, n_outside, artifacts = read_words(text_page.raw, frame)
    text_page.close()
    drawings = read_drawings(page.raw, frame, settings.max_page_drawings)
    words, n_hidden = _without_hidden(words, drawings)
    words, n_long = cut_to_length(words)
    n_filled = _count_filled_fields(page) if has_form else 0
    warnings = []
    if n_filled:
        warnings.append(
            f"form fields that are filled in ({n_filled}) are not read: print the file to a new PDF"
        )
    if n_hidden:
        warnings.append(
            f"words under dark boxes ({n_hidden}) are left out: the redaction hides them but does "
            "not remove them from the file; tell its publisher"
        )
    if not drawings.is_complete:
        warnings.append("more drawings than are read: rules of tables may be missing")
    if n_long:
        warnings.append(
            f"words of more than {MAX_WORD_CHARS} characters ({n_long}) are cut into pieces"
        )
    if n_outside:
        warnings.append(f"words outside the visible page ({n_outside}) are left out")
    read = Page(
        document_id=document_id,
        number=number,
        label=label,
        width_pt=round(frame.width_pt, 2),
        height_pt=round(frame.height_pt, 2),
        rotation_deg=frame.rotation_deg,
        source=page_source(words, drawings, settings),
        lines=_marked(build_lines(words, drawings.edges), artifacts),
        edges=tuple(drawings.edges),
        filled_boxes=tuple(drawings.filled_boxes),
        warnings=tuple(warnings),
    )
    return PageRead(page=read)


def cut_to_length(words: list[Word]) -> tuple[list[Word], int]:
    """The words, those that no print has in pieces, and how many such there were.

    Floods of glyphs and leaders without end must not become one word: what comes after reads
    words one at a time.
    """
    n_long = sum(len(word[0]) > MAX_WORD_CHARS for word in words)
    if not n_long:
        return words, 0
    return [piece for word in words for piece in _pieces(word)], n_long


def _pieces(word: Word) -> Iterator[Word]:
    n_chars, width = len(word.text), word.x1 - word.x0
    for start in range(0, n_chars, MAX_WORD_CHARS):
        text = word.text[start : start + MAX_WORD_CHARS]
        x0 = word.x0 + width * start / n_chars
        yield word._replace(text=text, x0=x0, x1=x0 + width * len(text) / n_chars)


def _marked(lines: tuple[Line, ...], artifacts: Container[Word]) -> tuple[Line, ...]:
    """The lines, those marked whose words the writer marked, all of them."""
    return tuple(
        replace(line, is_artifact=True)
        if line.words[0] in artifacts and all(word in artifacts for word in line.words)
        else line
        for line in lines
    )


def _count_filled_fields(page: pdfium.PdfPage) -> int:
    """Form fields with a value: they are drawn over the page and are no part of its text."""
    n_filled = 0
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, index)
        if pdfium_c.FPDFAnnot_GetSubtype(note) == pdfium_c.FPDF_ANNOT_WIDGET:
            # The length counts two bytes for the end of an empty text.
            n_filled += pdfium_c.FPDFAnnot_GetStringValue(note, b"V", None, 0) > 2
        pdfium_c.FPDFPage_CloseAnnot(note)
    return n_filled


def _without_hidden(words: list[Word], drawings: Drawings) -> tuple[list[Word], int]:
    """The words that a reader sees, and how many more lie under a dark box."""
    if not drawings.filled_boxes:
        return words, 0
    seen = [
        word
        for word in words
        if not any(
            covers(box, (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
            for box in drawings.filled_boxes
        )
    ]
    # A full stop that was left behind tells nothing.
    n_telling = sum(any(map(str.isalnum, word.text)) for word in words)
    return seen, n_telling - sum(any(map(str.isalnum, word.text)) for word in seen)


def _title(value: Any) -> str:  # noqa: ANN401 - from the file
    """The title that the file gives itself, less what word processors put there."""
    title = _WRITTEN_BY_PROGRAM.sub("", _clean(value))
    return "" if title.lower() in ("untitled", "(anonymous)", "document1") else title


def _clean(value: Any) -> str:  # noqa: ANN401 - from the file
    text = str(value).encode("utf-8", "replace").decode()
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:500]
