"""Hand-made truths, and systems that read them perfectly, not at all or nearly right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from workbench.learn.truth_records import (
    RunningMatter,
    Truth,
    TruthCoding,
    TruthParagraph,
    TruthPerson,
    TruthRecommendation,
)
from workbench.records import (
    Assertion,
    Case,
    CaseState,
    Coding,
    Document,
    DocumentStatus,
    FrozenText,
    Person,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
    State,
    SubjectRole,
    Temporality,
    Valence,
)

HEADER = "Northmere Partnership: Review of Nell"
TEXTS = (
    ("1", SegmentKind.HEADING, SectionRole.FACTS, "What happened to Nell"),
    (
        "1.1",
        SegmentKind.PARAGRAPH,
        SectionRole.FACTS,
        "Nell grew up with a father who drank heavily, and she was excluded from school at 13.",
    ),
    (
        "1.2",
        SegmentKind.PARAGRAPH,
        SectionRole.ANALYSIS,
        "There was no evidence that Nell herself used cannabis, and her teachers said as much.",
    ),
    (
        "",
        SegmentKind.FOOTNOTE,
        SectionRole.ANALYSIS,
        "The school kept its records on paper until the year in which Nell left it.",
    ),
    (
        "",
        SegmentKind.CHRONOLOGY_ENTRY,
        SectionRole.FACTS,
        "3 May 2019 | Police are called because Tom hit Nell in the street | Police",
    ),
    (
        "1.3",
        SegmentKind.PARAGRAPH,
        SectionRole.FINDINGS,
        "The agencies did not share what they knew, although the school shared its records early.",
    ),
    (
        "1",
        SegmentKind.RECOMMENDATION,
        SectionRole.RECOMMENDATIONS,
        "The partnership should write down who tells whom about a child that is excluded.",
    ),
)


def truth_coding(
    paragraph: int,
    quote: str,
    code_id: str,
    **changes: Any,  # noqa: ANN401
) -> TruthCoding:
    values: dict[str, Any] = {
        "assertion": Assertion.AFFIRMED,
        "subject_role": SubjectRole.VICTIM,
        "temporality": Temporality.PAST,
        "valence": Valence.NOT_APPLICABLE,
        "person_id": "NELL",
    }
    return TruthCoding(
        paragraph_index=paragraph, quote=quote, code_id=code_id, **(values | changes)
    )


def make_truth(truth_id: str = "T1", case_id: str = "T1", **changes: Any) -> Truth:  # noqa: ANN401
    paragraphs = tuple(
        TruthParagraph(
            number=number,
            kind=kind,
            section_role=role,
            page=1,
            page_end=1,
            text=text,
            cells=tuple(text.split(" | ")) if " | " in text else (),
        )
        for number, kind, role, text in TEXTS
    )
    practice = {"subject_role": SubjectRole.AGENCY, "person_id": ""}
    values: dict[str, Any] = {
        "truth_id": truth_id,
        "case_id": case_id,
        "kind": "domestic_homicide_review",
        "title": "Review of Nell",
        "pages": 1,
        "people": (
            TruthPerson(
                person_id="NELL",
                name="Nell",
                role=SubjectRole.VICTIM,
                aliases=("the victim",),
                age_years=19,
                sex="female",
            ),
            TruthPerson(person_id="TOM", name="Tom", role=SubjectRole.PERPETRATOR, sex="male"),
        ),
        "paragraphs": paragraphs,
        "running_matter": (
            RunningMatter(position="header", pattern="^Northmere Partnership: Review of Nell$"),
        ),
        "codings": (
            truth_coding(1, "a father who drank heavily", "ace_household_substance"),
            truth_coding(1, "excluded from school at 13", "school_exclusion"),
            truth_coding(2, "no evidence", "drug_misuse", assertion=Assertion.NEGATED),
            truth_coding(4, "Tom hit Nell", "prior_victimisation"),
            truth_coding(
                5,
                "did not share what they knew",
                "ap_information_sharing",
                valence=Valence.NEGATIVE,
                **practice,
            ),
        ),
        "optional_codings": (
            truth_coding(
                5,
                "the school shared its records early",
                "ap_record_keeping",
                valence=Valence.POSITIVE,
                **practice,
            ),
        ),
        "case": {
            "ace_household_substance": {SubjectRole.VICTIM: State.PRESENT},
            "school_exclusion": {SubjectRole.VICTIM: State.PRESENT},
            "drug_misuse": {SubjectRole.VICTIM: State.RULED_OUT},
            "prior_victimisation": {SubjectRole.VICTIM: State.PRESENT},
            "ap_information_sharing": {SubjectRole.AGENCY: State.PRESENT},
        },
        "positive_practice": {},
        "suspected_only": {},
        "ace10": {"NELL": ("ace_household_substance",), "TOM": ()},
        "incident": {},
        "recommendations": (
            TruthRecommendation(number="1", text=TEXTS[6][3], addressee="The partnership"),
        ),
    }
    return Truth(**(values | changes))


def make_document(truth: Truth, **changes: Any) -> Document:  # noqa: ANN401
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
    reading = Reading(
        document=document,
        frozen=FrozenText(document_id=document.document_id, text=text, words=()),
        segments=tuple(segments),
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
    )
    return with_codings(reading, truth, truth.codings)


def with_codings(reading: Reading, truth: Truth, wanted: Iterable[TruthCoding]) -> Reading:
    """The reading with exactly these codings, on the words of the truth."""
    return replace(reading, codings=tuple(system_coding(reading, truth, one) for one in wanted))


def system_coding(
    reading: Reading,
    truth: Truth,
    wanted: TruthCoding,
    **changes: Any,  # noqa: ANN401
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
