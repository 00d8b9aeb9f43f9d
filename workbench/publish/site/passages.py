"""A coded passage for readers: its words in their sentence, its place and its coding."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.publish.labels import ASSERTIONS, ROLES, SECTIONS, TEMPORALITIES, VALENCES
from workbench.publish.names import coding_anchor, page_path, stem
from workbench.publish.site.catalogue import Catalogue, why_not_counted
from workbench.records import Coding, Person, Segment, SegmentKind, Temporality

#: A sentence ends at . ! or ? (with closing quotes) before a space and a capital or digit.
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]?[A-Z0-9])")
#: Longer context is cut on either side, at a word.
MAX_CONTEXT_CHARACTERS = 320
#: A table's row with more cells than this is shown by its first cell and the coded ones.
MAX_CELLS = 6
CELL_JOINT = " | "  # between the cells of a row, in its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a reader sees of one coding. Paths lead from the report's root."""

    coding: Coding
    code_label: str
    before: str
    after: str
    paragraph: str  # number as the review prints it, "" when it prints none
    place: str  # "Paragraph 4.12", "Footnote 3", "" when no number is printed
    page: int
    page_href: str
    factor_href: str
    assertion: str
    role: str
    person: str
    section: str
    heading: str
    when: str
    valence: str
    reason: str  # key of NOT_COUNTED, "" when it counts
    why_not: str
    doubts: tuple[str, ...]  # warnings of its page: recognised text, readers that disagree


class Passages:
    """Makes and keeps the passages of one publication, one for each coding."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: dict[str, Passage] = {}
        self._attributes = {
            code.code_id for code in catalogue.publication.codebook.codes if code.is_attribute
        }
        self._labels = {code.code_id: code.label for code in catalogue.publication.codebook.codes}

    def __call__(self, coding: Coding) -> Passage:
        """The passage of a coding."""
        if coding.coding_id not in self._made:
            self._made[coding.coding_id] = self._make(coding)
        return self._made[coding.coding_id]

    def _page_of(self, code_id: str) -> str:
        """Where all passages with a code are: its page, or that of the incidents."""
        if code_id in self._attributes:
            return f"incidents.html#{stem(code_id)}"
        return f"factors/{stem(code_id)}.html"

    def _make(self, coding: Coding) -> Passage:
        reading = self._catalogue.publication.readings[coding.document_id]
        segment = self._catalogue.segment(coding)
        before, after = context(segment, coding)
        boxes = reading.frozen.boxes(coding.start_char, coding.end_char)
        page = boxes[0].page if boxes else segment.page_start
        anchor = f"#{coding_anchor(coding.coding_id)}"
        reason = self._catalogue.reason_not_counted(coding)
        return Passage(
            coding=coding,
            code_label=self._labels.get(coding.code_id, coding.code_id),
            before=before,
            after=after,
            paragraph=segment.number,
            place=place_of(segment),
            page=page,
            page_href=page_path(coding.document_id, page) + (anchor if boxes else ""),
            factor_href=self._page_of(coding.code_id),
            assertion=ASSERTIONS[coding.assertion],
            role=ROLES[coding.subject_role],
            person=_person_name(reading.people, coding.person_id),
            section=SECTIONS[coding.section_role],
            heading=segment.section_path[-1] if segment.section_path else "",
            when=""
            if coding.temporality == Temporality.UNCLEAR
            else TEMPORALITIES[coding.temporality],
            valence=VALENCES[coding.valence],
            reason=reason,
            why_not=why_not_counted(coding, reason),
            doubts=reading.document.warnings_of(page),
        )


def place_of(segment: Segment) -> str:
    """The printed number in words; a number that brings its own word ("Finding 2") stays."""
    number = segment.number.strip()
    if not number or (number.split()[0].isalpha() and " " in number):
        return number
    return f"Footnote {number}" if segment.kind is SegmentKind.FOOTNOTE else f"Paragraph {number}"


def context(segment: Segment, coding: Coding) -> tuple[str, str]:
    """The rest of the sentence before and after the coded words.

    A coding over several sentences gets the whole of its first and last one. ``before + words +
    after`` is a part of the segment's text, unless an ellipsis marks a cut.
    """
    start = max(0, coding.start_char - segment.start_char)
    end = min(len(segment.text), coding.end_char - segment.start_char)
    if len(segment.cells) > MAX_CELLS:
        return _of_wide_row(segment, start, end)
    first, last = 0, len(segment.text)
    for mark in _SENTENCE_END.finditer(segment.text):
        if mark.end() <= start:
            first = mark.end()
        elif mark.start() + 1 >= end:
            last = mark.end()
            break
    before, after = segment.text[first:start], segment.text[end:last].rstrip()
    if len(before) > MAX_CONTEXT_CHARACTERS:
        before = "… " + before[-MAX_CONTEXT_CHARACTERS:].split(" ", 1)[-1]
    if len(after) > MAX_CONTEXT_CHARACTERS:
        after = after[:MAX_CONTEXT_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return before, after


def _of_wide_row(segment: Segment, start: int, end: int) -> tuple[str, str]:
    """The first cell, which names the row, and the rest of the coded cells.

    The other cells say nothing of the coded words and would fill the page.
    """
    text, joint = segment.text, CELL_JOINT
    first = text.rfind(joint, 0, start)
    last = text.find(joint, end)
    name = text[: text.find(joint)]
    before = text[:start] if first < 0 else text[first + len(joint) : start]
    if first > len(name):
        before = f"{name}{joint}…{joint}{before}"
    elif first == len(name):
        before = f"{name}{joint}{before}"
    return before, text[end:] if last < 0 else f"{text[end:last]}{joint}…"


def _person_name(people: tuple[Person, ...], person_id: str) -> str:
    return next((person.name for person in people if person.person_id == person_id), "")
