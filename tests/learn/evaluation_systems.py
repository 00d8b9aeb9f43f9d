"""Systems that read the example truth perfectly, not at all or nearly right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from evaluation_examples import HEADER, make_truth

from workbench.learn.evaluation import Evaluation, EvaluationSettings, evaluate
from workbench.learn.truth_records import (
    Truth,
    TruthCoding,
)
from workbench.records import (
    Case,
    CaseState,
    Coding,
    DateBasis,
    DatedEvent,
    DatePrecision,
    Document,
    DocumentStatus,
    FrozenText,
    Person,
    Reading,
    Recommendation,
    SectionRole,
    Segment,
    SegmentKind,
)


def make_document(truth: Truth, **changes: Any) -> Document:
    values: dict[str, Any] = {
        "document_id": f"sha-{truth.truth_id}",
        "file_name": f"{truth.truth_id}.pdf",
        "status": DocumentStatus.OK,
        "n_pages": truth.pages,
        "title": truth.title,
        "review_type": truth.kind,
    }
    return Document(**(values | changes))


def perfect_reading(truth: Truth) -> Reading:
    """What a system without any fault makes of the document."""
    document = make_document(truth)
    segments, text = [], ""
    passages: list[tuple[str, dict[str, Any]]] = [
        (
            HEADER,
            {"kind": SegmentKind.RUNNING_MATTER, "section_role": SectionRole.FRONT_MATTER},
        ),
        *(
            (
                paragraph.text,
                {
                    "kind": paragraph.kind,
                    "section_role": paragraph.section_role,
                    "number": paragraph.number,
                    "cells": paragraph.cells,
                },
            )
            for paragraph in truth.paragraphs
        ),
    ]
    for ordinal, (passage, properties) in enumerate(passages):
        text += "\n\n" if text else ""
        segments.append(
            Segment(
                document_id=document.document_id,
                ordinal=ordinal,
                start_char=len(text),
                end_char=len(text) + len(passage),
                text=passage,
                page_start=1,
                page_end=1,
                **properties,
            )
        )
        text += passage
    frozen = FrozenText(document_id=document.document_id, text=text, words=())
    reading = Reading(document=document, frozen=frozen, segments=tuple(segments))
    return with_codings(with_details(reading, truth), truth, truth.codings)


def with_details(reading: Reading, truth: Truth) -> Reading:
    """The reading with exactly the people, recommendations and events of the truth."""
    document = reading.document
    return replace(
        reading,
        people=tuple(
            Person(
                document_id=document.document_id,
                person_id=f"P{number}",
                name=person.name,
                role=person.role,
                age_years=person.age_years,
                sex=person.sex,
            )
            for number, person in enumerate(truth.people, start=1)
        ),
        recommendations=tuple(
            Recommendation(
                document_id=document.document_id,
                segment=0,
                start_char=0,
                end_char=0,
                text=wanted.text,
                addressee=wanted.addressee,
            )
            for wanted in truth.recommendations
        ),
        events=tuple(
            DatedEvent(
                document_id=document.document_id,
                segment=0,
                date=event.date,
                precision=DatePrecision(event.precision),
                basis=DateBasis.PRINTED,
                printed=event.date,
                text=event.event,
                start_char=0,
                end_char=0,
            )
            for event in truth.chronology
        ),
    )


def with_codings(reading: Reading, truth: Truth, wanted: Iterable[TruthCoding]) -> Reading:
    """The reading with exactly these codings, on the words of the truth."""
    return replace(reading, codings=tuple(system_coding(reading, truth, one) for one in wanted))


def system_coding(
    reading: Reading,
    truth: Truth,
    wanted: TruthCoding,
    **changes: Any,
) -> Coding:
    """The coding that a system gives when it is right about this one."""
    segment = reading.segments[wanted.paragraph_index + 1]
    start_char = segment.start_char + segment.text.index(wanted.quote)
    ids = {person.person_id: f"P{n}" for n, person in enumerate(truth.people, start=1)}
    values: dict[str, Any] = {
        "document_id": reading.document.document_id,
        "segment": segment.ordinal,
        "start_char": start_char,
        "end_char": start_char + len(wanted.quote),
        "text": wanted.quote,
        "code_id": wanted.code_id,
        "assertion": wanted.assertion,
        "subject_role": wanted.subject_role,
        "section_role": segment.section_role,
        "temporality": wanted.temporality,
        "valence": wanted.valence,
        "score": 1.0,
        "source": "rule:test",
        "person_id": ids.get(wanted.person_id, ""),
    }
    return Coding(**(values | changes))


def empty_reading(truth: Truth) -> Reading:
    """What a system makes of a document when it finds nothing in it."""
    document = make_document(truth, title="", review_type="")
    return Reading(
        document=document,
        frozen=FrozenText(document_id=document.document_id, text="", words=()),
        segments=(),
    )


def perfect_case(truths: Sequence[Truth]) -> Case:
    """The case that the documents tell of, the leading one first."""
    lead = next(truth for truth in truths if truth.lead)
    return Case(
        case_id=lead.case_id,
        title=lead.title,
        review_type=lead.kind,
        document_ids=tuple(f"sha-{truth.truth_id}" for truth in truths),
        people=(),
        states=tuple(
            CaseState(code_id=code_id, subject_role=role, state=state)
            for code_id, roles in lead.case.items()
            for role, state in roles.items()
        ),
        n_segments=0,
        n_words=0,
    )


QUICK = EvaluationSettings(n_resamples=100)
TRUTH = make_truth()
PERFECT = perfect_reading(TRUTH)


def measured(
    reading: Reading | None, truth: Truth = TRUTH, cases: Sequence[Case] = ()
) -> Evaluation:
    readings = {} if reading is None else {truth.truth_id: reading}
    return evaluate(readings, cases, [truth], QUICK)


def value(evaluation: Evaluation, key: str) -> float | None:
    return evaluation.measure(key).value


def with_coding(number: int, **changes: object) -> Reading:
    """The perfect reading with one coding changed."""
    codings = list(PERFECT.codings)
    codings[number] = replace(codings[number], **changes)  # type: ignore[arg-type]
    return replace(PERFECT, codings=tuple(codings))


def added(*codings: Coding) -> Reading:
    return replace(PERFECT, codings=(*PERFECT.codings, *codings))
