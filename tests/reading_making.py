"""Made-up readings, each paragraph on a page of its own."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    FrozenText,
    PlacedWord,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
    Temporality,
    Valence,
)


def segment(ordinal: int, text: str, start: int = 0, **changes: object) -> Segment:
    fields: dict[str, object] = {
        "document_id": "d", "ordinal": ordinal, "kind": SegmentKind.PARAGRAPH,
        "section_role": SectionRole.FACTS, "start_char": start, "end_char": start + len(text),
        "text": text, "page_start": 1, "page_end": 1,
    }  # fmt: skip
    return Segment(**(fields | changes))  # type: ignore[arg-type]


def reading(document_id: str, texts: Sequence[str], code: str = "") -> Reading:
    """Each text is a paragraph on its own page; the first third of them carries a code."""
    whole = "\n".join(texts)
    segments, words, codings, start = [], [], [], 0
    for ordinal, text in enumerate(texts):
        segments.append(
            segment(ordinal, text, start, document_id=document_id, number=f"1.{ordinal}",
                    page_start=ordinal + 1, page_end=ordinal + 1)
        )  # fmt: skip
        words.append(PlacedWord(start, start + len(text), ordinal + 1, 70.0, 90.0, 500.0, 104.0))
        if code and ordinal < len(texts) // 3:
            codings.append(coding(document_id, ordinal, start, text, code))
        start += len(text) + 1
    return Reading(
        document=Document(document_id=document_id, file_name=f"{document_id}.pdf",
                          status=DocumentStatus.OK, n_pages=len(texts)),
        frozen=FrozenText(document_id=document_id, text=whole, words=tuple(words)),
        segments=tuple(segments),
        codings=tuple(codings),
    )  # fmt: skip


def coding(document_id: str, ordinal: int, start: int, text: str, code: str) -> Coding:
    return Coding(
        document_id=document_id, segment=ordinal, start_char=start, end_char=start + len(text),
        text=text, code_id=code, assertion=Assertion.AFFIRMED, subject_role=SubjectRole.VICTIM,
        section_role=SectionRole.FACTS, temporality=Temporality.UNCLEAR,
        valence=Valence.NOT_APPLICABLE, score=0.9, source="rule:1",
    )  # fmt: skip
