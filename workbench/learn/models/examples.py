"""Labelled documents: what the models are fitted on and measured with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.learn.gold.records import GoldPassage
from workbench.learn.truth_records import Truth, TruthCoding
from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
)

#: What files of passages call the kinds of their documents.
REVIEW_TYPES = {"pfd": "prevention_of_future_deaths_report"}
_PASSAGE_SECTIONS = {"circumstances": SectionRole.FACTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A code on words of a segment, by somebody who is taken to be right."""

    segment: int  # ordinal
    start_char: int  # in the segment's text
    end_char: int
    code_id: str
    assertion: Assertion
    subject_role: SubjectRole
    is_doubtful: bool = False  # counted neither way


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledDocument:
    """A document, all that is coded in it, and what the rules said of it.

    ``rule_views`` are the rules' codings of its segments: first as they stand in their document,
    then, if there is a second, each read alone, as a bare passage without a document is.
    """

    name: str  # as its file names it: of a truth or of a passage
    document: Document
    segments: tuple[Segment, ...]
    labels: tuple[Label, ...]
    rule_views: tuple[tuple[Coding, ...], ...] = ()
    group: str  # documents of one case, or passages of one report, are never parted
    kind: str  # "review" or "passage"
    weight: float = 1.0  # how much it counts when evidence is weighed and thresholds are chosen


def labelled_review(truth: Truth) -> LabelledDocument:
    """A review with its truth, its paragraphs as the segments of the segment stage."""
    document_id = hashlib.sha256(truth.truth_id.encode()).hexdigest()
    segments: list[Segment] = []
    position, path = 0, tuple[str, ...]()
    for ordinal, paragraph in enumerate(truth.paragraphs):
        text = paragraph.text
        if paragraph.kind is SegmentKind.HEADING:
            path = (*path[: max(0, (paragraph.level or 1) - 1)], text)
        if text:
            segments.append(
                Segment(
                    document_id=document_id,
                    ordinal=ordinal,
                    kind=paragraph.kind,
                    section_role=paragraph.section_role,
                    start_char=position,
                    end_char=position + len(text),
                    text=text,
                    page_start=max(1, paragraph.page),
                    page_end=max(1, paragraph.page_end, paragraph.page),
                    number=paragraph.number,
                    section_path=path,
                )
            )
        position += len(text) + 2
    texts = {segment.ordinal: segment.text for segment in segments}
    return LabelledDocument(
        name=truth.truth_id,
        document=Document(
            document_id=document_id,
            file_name=f"{truth.truth_id}.pdf",
            status=DocumentStatus.OK,
            title=truth.title,
            review_type=truth.kind,
        ),
        segments=tuple(segments),
        labels=(
            *_labels(truth.codings, texts, is_doubtful=False),
            *_labels(truth.optional_codings, texts, is_doubtful=True),
        ),
        group=truth.case_id,
        kind="review",
    )


def _labels(
    codings: Sequence[TruthCoding], texts: dict[int, str], *, is_doubtful: bool
) -> Iterable[Label]:
    for coding in codings:
        text = texts.get(coding.paragraph_index, "")
        for quote in (coding.quote, *coding.more_quotes):
            start = text.find(quote)
            if start < 0:
                continue
            yield Label(
                segment=coding.paragraph_index,
                start_char=start,
                end_char=start + len(quote),
                code_id=coding.code_id,
                assertion=coding.assertion,
                subject_role=coding.subject_role,
                is_doubtful=is_doubtful,
            )


def labelled_passage(passage: GoldPassage, *, states_type: bool = True) -> LabelledDocument:
    """A coded passage as a document of one paragraph.

    Args:
        passage: Of a gold file.
        states_type: Whether the document says what kind of review it is; bare passages do not,
            and the rules then know less of whose factor it is.
    """
    document_id = hashlib.sha256(passage.passage_id.encode()).hexdigest()
    review_type = REVIEW_TYPES.get(passage.source, passage.source) if states_type else ""
    segment = Segment(
        document_id=document_id,
        ordinal=0,
        kind=SegmentKind.PARAGRAPH,
        section_role=_PASSAGE_SECTIONS.get(passage.section, SectionRole.FINDINGS),
        start_char=0,
        end_char=len(passage.text),
        text=passage.text,
        page_start=1,
        page_end=1,
    )
    labels = []
    for coding in passage.codings:
        start = passage.text.find(coding.quote)
        labels.append(
            Label(
                segment=0,
                start_char=max(0, start),
                end_char=max(0, start) + len(coding.quote) if start >= 0 else len(passage.text),
                code_id=coding.code_id,
                assertion=Assertion(coding.assertion or Assertion.AFFIRMED),
                subject_role=SubjectRole(coding.subject_role or SubjectRole.NOT_APPLICABLE),
            )
        )
    return LabelledDocument(
        name=passage.passage_id,
        document=Document(
            document_id=document_id,
            file_name=passage.doc,
            status=DocumentStatus.OK,
            review_type=review_type,
        ),
        segments=(segment,),
        labels=tuple(labels),
        group=passage.doc,
        kind="passage",
    )
