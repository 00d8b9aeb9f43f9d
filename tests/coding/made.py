"""Hand-made documents for the coding tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    Person,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
    Temporality,
    Valence,
)

Row = tuple[str, SectionRole, SegmentKind]
Read = Callable[..., tuple[tuple[Person, ...], tuple[Coding, ...]]]


def make_document(review_type: str, title: str = "") -> Document:
    return Document(
        document_id="d" * 64,
        file_name="made.pdf",
        status=DocumentStatus.OK,
        n_pages=1,
        title=title,
        review_type=review_type,
    )


def make_segments(rows: Sequence[Row], document_id: str = "d" * 64) -> tuple[Segment, ...]:
    segments, position = [], 0
    for ordinal, (text, role, kind) in enumerate(rows):
        segments.append(
            Segment(
                document_id=document_id,
                ordinal=ordinal,
                kind=kind,
                section_role=role,
                start_char=position,
                end_char=position + len(text),
                text=text,
                page_start=1,
                page_end=1,
            )
        )
        position += len(text) + 2
    return tuple(segments)


def frozen_text(segments: Sequence[Segment]) -> str:
    return "\n\n".join(segment.text for segment in segments)


def make_coding(start: int, **values: object) -> Coding:
    """A coding of one word of the first segment; the rest as given."""
    made = Coding(
        document_id="d" * 64,
        segment=0,
        start_char=start,
        end_char=start + 4,
        text="word",
        code_id="migration_language",
        assertion=Assertion.AFFIRMED,
        subject_role=SubjectRole.VICTIM,
        section_role=SectionRole.FACTS,
        temporality=Temporality.PAST,
        valence=Valence.NOT_APPLICABLE,
        score=0.5,
        source="rule:test",
        person_id="P1",
        explanation="word",
    )
    return replace(made, **values)  # type: ignore[arg-type]
