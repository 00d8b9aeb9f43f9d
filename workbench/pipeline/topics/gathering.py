"""The passages of a workspace in which topics are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.findings.topics import TopicPassage
from workbench.records import (
    Case,
    MetadataField,
    Person,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
)

#: Kinds of segment that tell something in sentences.
KINDS = frozenset(
    {
        SegmentKind.PARAGRAPH,
        SegmentKind.BULLET,
        SegmentKind.QUOTATION,
        SegmentKind.CHRONOLOGY_ENTRY,
        SegmentKind.RECOMMENDATION,
    }
)
MIN_WORDS = 8  # shorter segments say too little to be about something
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
#: What stands for a person's name. Not the role of the vocabulary, which is no English.
_STANDS_FOR = {
    SubjectRole.INDEX_CHILD: "the child",
    SubjectRole.VICTIM: "the victim",
    SubjectRole.PERPETRATOR: "the perpetrator",
    SubjectRole.DECEASED: "the deceased",
    SubjectRole.PARENT_CARER: "the parent",
    SubjectRole.SIBLING: "the sibling",
    SubjectRole.HOUSEHOLD_MEMBER: "the relative",
    SubjectRole.PEER: "the peer",
    SubjectRole.PATIENT_OR_GROUP: "the patient",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Passages by document, and the segments that they stand for."""

    passages: tuple[TopicPassage, ...]
    segments: Mapping[tuple[str, int], Segment]  # by document and ordinal
    n_left_out: int  # segments of these roles that are headings, notes, tables or too short


def gather(
    readings: Iterable[Reading],
    cases: Sequence[Case],
    roles: frozenset[SectionRole],
    *,
    mask_names: bool = True,
) -> Gathered:
    """Segments of the chosen section roles, with their review, codes and year.

    Args:
        readings: All documents with text.
        cases: What the documents tell of; documents of one case are one review, and so are
            cases of one leading document.
        roles: Section roles to look in.
        mask_names: Put words such as "the victim" for the names of people, which otherwise make
            a topic of each review.
    """
    review_of = reviews_of(cases)
    by_id = {reading.document.document_id: reading for reading in readings}
    passages: list[TopicPassage] = []
    segments: dict[tuple[str, int], Segment] = {}
    n_left_out = 0
    for document_id, reading in sorted(by_id.items()):
        review = review_of.get(document_id, document_id)
        year = _year(by_id.get(review, reading))
        names = _Names(reading.people) if mask_names else None
        codes = _codes(reading)
        # Without date and agency, or all entries of chronologies would be one topic.
        events = {
            event.segment: event.text for event in reading.events if event.text and event.is_entry
        }
        for segment in reading.segments:
            if segment.section_role not in roles:
                continue
            text = segment.text
            if segment.kind is SegmentKind.CHRONOLOGY_ENTRY:
                text = events.get(segment.ordinal, text)
            if segment.kind not in KINDS or len(text.split()) < MIN_WORDS:
                n_left_out += 1
                continue
            segments[document_id, segment.ordinal] = segment
            passages.append(
                TopicPassage(
                    document_id=document_id,
                    ordinal=segment.ordinal,
                    review=review,
                    text=names.masked(text) if names else text,
                    named_by=names.removed(text) if names else "",
                    codes=codes.get(segment.ordinal, ()),
                    year=year,
                )
            )
    return Gathered(passages=tuple(passages), segments=segments, n_left_out=n_left_out)


def reviews_of(cases: Iterable[Case]) -> dict[str, str]:
    """Document -> its review, which is named by the leading document of its case or cases."""
    return {
        document_id: case.document_ids[0] for case in cases for document_id in case.document_ids
    }


def review_titles(cases: Iterable[Case], readings: Mapping[str, Reading]) -> dict[str, str]:
    """Review -> title: that of its case; of its document, where several cases share it."""
    of_review: dict[str, list[str]] = {}
    for case in cases:
        of_review.setdefault(case.document_ids[0], []).append(case.title)
    found = {review: titles[0] for review, titles in of_review.items() if len(titles) == 1}
    for review, reading in readings.items():
        found.setdefault(review, reading.document.title or reading.document.file_name)
    return found


def _codes(reading: Reading) -> dict[int, tuple[str, ...]]:
    """Segment -> the codes that were used on it, whatever they say: it is about them."""
    found: dict[int, set[str]] = {}
    for coding in reading.codings:
        found.setdefault(coding.segment, set()).add(coding.code_id)
    return {segment: tuple(sorted(codes)) for segment, codes in found.items()}


def _year(reading: Reading) -> int | None:
    """The year in which a document was published, else completed; None where it does not say."""
    for each in reading.metadata:
        if each.field is MetadataField.REPORT_DATE and (found := _YEAR.search(each.value)):
            return int(found.group())
    return None


class _Names:
    """The names of a document's people, and what stands for them."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._instead = dict(self._pairs(people))
        listed = "|".join(
            re.escape(name) for name in sorted(self._instead, key=lambda name: (-len(name), name))
        )
        # "Adult A's" too; a name is never part of a longer word.
        self._pattern = re.compile(rf"(?<!\w)(?:the )?(?:{listed})(?!\w)") if listed else None

    @staticmethod
    def _pairs(people: Sequence[Person]) -> Iterator[tuple[str, str]]:
        for person in people:
            for name in (person.name, *person.aliases):
                # A common word such as "he" or "mother" is no name.
                if len(name) > 1 and name[0].isupper():
                    yield name, _STANDS_FOR.get(person.role, "the person")

    def masked(self, text: str) -> str:
        """The text with other words for the names."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._for(match[0]), text)

    def removed(self, text: str) -> str:
        """The text without the names."""
        return self._pattern.sub(" ", text) if self._pattern else text

    def _for(self, words: str) -> str:
        return self._instead.get(words) or self._instead[words.removeprefix("the ")]
