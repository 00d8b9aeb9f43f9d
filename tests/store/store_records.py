"""Hand-made records of fictional reviews for the store's tests."""

from __future__ import annotations

import hashlib
from typing import Any

from workbench.records import (
    Assertion,
    Case,
    CasePart,
    CaseState,
    Coding,
    DateBasis,
    DatedEvent,
    DatePrecision,
    Document,
    DocumentStatus,
    Finding,
    FrozenText,
    MetadataField,
    MetadataSource,
    Metadatum,
    Person,
    PlacedWord,
    Reading,
    Reason,
    Recommendation,
    SectionRole,
    Segment,
    SegmentKind,
    State,
    SubjectRecord,
    SubjectRole,
    Temporality,
    Valence,
)

#: Characters that are more than one byte in UTF-8 or more than one unit in UTF-16.
TEXT = "Alex’s mother drank heavily.\n\nNobody asked Alex 🙂 about it. Père said: “no”."
BLANK = TEXT.index("\n\n")


def document_id(name: str = "a") -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def make_document(name: str = "a") -> Document:
    return Document(
        document_id=document_id(name),
        file_name=f"{name}.pdf",
        status=DocumentStatus.OK,
        n_pages=2,
        title="Überprüfung: “Alex”",
        review_type="domestic_homicide_review",
        publisher="A fictional partnership",
        producer="by hand",
        warnings=("page 2 is rotated", "page 1 has a box"),
    )


def make_quarantined(name: str = "q") -> Document:
    return Document(
        document_id=document_id(name),
        file_name=f"{name}.pdf",
        status=DocumentStatus.QUARANTINED,
        reason=Reason(101, "the file is empty"),
    )


def make_segments(name: str = "a") -> tuple[Segment, ...]:
    parts = ((0, BLANK), (BLANK + 2, len(TEXT)))
    return tuple(
        Segment(
            document_id=document_id(name),
            ordinal=ordinal,
            kind=SegmentKind.PARAGRAPH if ordinal else SegmentKind.TABLE_ROW,
            section_role=SectionRole.FACTS,
            start_char=start,
            end_char=end,
            text=TEXT[start:end],
            page_start=1,
            page_end=ordinal + 1,
            number=f"4.{ordinal}",
            section_path=("Background", "Family"),
            level=0,
            cells=() if ordinal else ("Alex", "drank heavily."),
        )
        for ordinal, (start, end) in enumerate(parts)
    )


def make_coding(
    words: str, code_id: str, segment: int, *, name: str = "a", source: str = "rule:1"
) -> Coding:
    start = TEXT.index(words)
    return Coding(
        document_id=document_id(name),
        segment=segment,
        start_char=start,
        end_char=start + len(words),
        text=words,
        code_id=code_id,
        assertion=Assertion.AFFIRMED,
        subject_role=SubjectRole.PARENT_CARER,
        section_role=SectionRole.FACTS,
        temporality=Temporality.CHILDHOOD,
        valence=Valence.NOT_APPLICABLE,
        score=0.1 + 0.2,  # not a short decimal
        source=source,
        person_id="P1",
        explanation="cue: drank",
    )


def make_details(identity: str) -> dict[str, Any]:
    """What the document says of itself, recommends and dates."""
    return {
        "metadata": (
            Metadatum(
                document_id=identity,
                field=MetadataField.SUBJECT,
                value="Alex",
                confidence=0.1 + 0.2,
                source=MetadataSource.PAGE,
                end_char=4,
            ),
        ),
        "recommendations": (
            Recommendation(
                document_id=identity,
                segment=1,
                start_char=BLANK + 2,
                end_char=len(TEXT),
                text=TEXT[BLANK + 2 :],
                number="1",
                addressee="Père",
                timescale="by May 2021",
            ),
        ),
        "events": (
            DatedEvent(
                document_id=identity,
                segment=0,
                date="2019-21",
                precision=DatePrecision.SEASON,
                basis=DateBasis.PRINTED,
                printed="Spring 2019",
                text="drank heavily",
                agency="GP",
                is_approximate=True,
                start_char=0,
                end_char=BLANK,
            ),
        ),
    }


def make_reading(name: str = "a") -> Reading:
    identity = document_id(name)
    return Reading(
        document=make_document(name),
        frozen=FrozenText(
            document_id=identity,
            text=TEXT,
            words=(
                PlacedWord(0, 6, 1, 72.0, 100.125, 99.5, 112.0),
                PlacedWord(7, 13, 1, 102.25, 100.125, 140.0, 112.0),
            ),
        ),
        segments=make_segments(name),
        people=(
            Person(
                document_id=identity,
                person_id="P1",
                name="Alex",
                role=SubjectRole.INDEX_CHILD,
                aliases=("A", "the child"),
                relation="",
                age_years=9,
                end_char=4,
                same_as=(("f" * 64, "P3"),),
            ),
            Person(
                document_id=identity, person_id="P2", name="Père", role=SubjectRole.PARENT_CARER
            ),
        ),
        codings=(
            make_coding("drank heavily", "parental_alcohol", 0, name=name),
            make_coding("Nobody asked Alex 🙂", "voice_of_the_child", 1, name=name),
        ),
        **make_details(identity),
    )


def make_case(*names: str, case_id: str = "C1") -> Case:
    reading = make_reading(names[0])
    drinking, voice = reading.codings
    return Case(
        case_id=case_id,
        title="The review of Alex",
        review_type="domestic_homicide_review",
        document_ids=tuple(document_id(name) for name in names),
        people=reading.people,
        states=(
            CaseState(
                code_id="voice_of_the_child",
                subject_role=SubjectRole.AGENCY,
                state=State.PRESENT,
                score=1 / 3,
                codings_for=(voice.coding_id,),
            ),
            CaseState(
                code_id="parental_alcohol",
                subject_role=SubjectRole.PARENT_CARER,
                state=State.RULED_OUT,
                codings_against=(drinking.coding_id,),
                codings_suspected=(voice.coding_id,),
            ),
        ),
        n_segments=2,
        n_words=14,
        link_reason="the same title" if len(names) > 1 else "",
        subjects=(
            SubjectRecord(
                person=reading.people[0],
                states=(
                    CaseState(
                        code_id="school_exclusion",
                        subject_role=reading.people[0].role,
                        state=State.PRESENT,
                        score=2 / 3,
                        codings_for=(voice.coding_id,),
                    ),
                ),
                shared=(
                    CaseState(
                        code_id="missing_episodes",
                        subject_role=reading.people[0].role,
                        state=State.RULED_OUT,
                        codings_against=(drinking.coding_id,),
                    ),
                ),
            ),
        ),
        part=CasePart(
            person_id=reading.people[0].person_id,
            segments=((document_id(names[0]), 0), (document_id(names[0]), 1)),
            coding_ids=(voice.coding_id,),
            others=(drinking.coding_id,),
        ),
    )


def make_finding(finding_id: str = "prevalence-parental_alcohol", name: str = "a") -> Finding:
    return Finding(
        finding_id=finding_id,
        measure="prevalence",
        label="parental alcohol misuse",
        unit="cases",
        numerator=1,
        denominator=3,
        estimate=1 / 3,
        low=0.0615,
        high=None,
        p_value=5e-324,
        q_value=1.0,
        code_ids=("parental_alcohol",),
        subject_role=SubjectRole.PARENT_CARER,
        case_ids=("C1",),
        coding_ids=(make_reading(name).codings[0].coding_id,),
        statistics=(("lift", 1.5), ("odds_ratio", float("inf"))),
        note="cases without a mention count in the denominator",
    )
