"""A hand-made truth."""

from __future__ import annotations

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
    SectionRole,
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
    **changes: Any,
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


PRACTICE: dict[str, Any] = {"subject_role": SubjectRole.AGENCY, "person_id": ""}


def example_codings() -> tuple[TruthCoding, ...]:
    return (
        truth_coding(1, "a father who drank heavily", "ace_household_substance"),
        truth_coding(1, "excluded from school at 13", "school_exclusion"),
        truth_coding(2, "no evidence", "drug_misuse", assertion=Assertion.NEGATED),
        truth_coding(4, "Tom hit Nell", "prior_victimisation"),
        truth_coding(
            5,
            "did not share what they knew",
            "ap_information_sharing",
            valence=Valence.NEGATIVE,
            **PRACTICE,
        ),
    )


def make_truth(truth_id: str = "T1", case_id: str = "T1", **changes: Any) -> Truth:
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
        "codings": example_codings(),
        "optional_codings": (
            truth_coding(
                5,
                "the school shared its records early",
                "ap_record_keeping",
                valence=Valence.POSITIVE,
                **PRACTICE,
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
