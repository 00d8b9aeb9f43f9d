"""A small fictional corpus, set on pages by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbench.cases import agency_kinds, build_cases, build_journeys, build_register
from workbench.codebook import Codebook
from workbench.findings import compute_findings, journey_findings
from workbench.findings.people import people_findings
from workbench.publish import PageImage, Provenance, Publication, Quality
from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    FrozenText,
    Person,
    PlacedWord,
    Reading,
    Reason,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
    Temporality,
    Valence,
)

KEPT_CODES = (
    "ace_physical_abuse", "ace_domestic_abuse", "alcohol_misuse", "ipa_pattern",
    "nonfatal_strangulation", "school_exclusion", "ap_information_sharing", "ap_voice",
    "incident_place",
)  # fmt: skip
WIDTH_PT, HEIGHT_PT = 595.0, 842.0
LINE_PT, LEFT_PT, RIGHT_PT, TOP_PT = 14.0, 72.0, 520.0, 90.0
PARAGRAPHS_A_PAGE = 3


class Said(NamedTuple):
    """One paragraph: where it stands, its text, and how words of it are coded."""

    section: SectionRole
    text: str
    codings: tuple[tuple[str, str, Assertion, SubjectRole, Valence], ...] = ()
    kind: SegmentKind = SegmentKind.PARAGRAPH


def said(  # noqa: PLR0913 - one coding has as many sides
    section: SectionRole,
    text: str,
    words: str = "",
    code: str = "",
    assertion: Assertion = Assertion.AFFIRMED,
    role: SubjectRole = SubjectRole.VICTIM,
    valence: Valence = Valence.NOT_APPLICABLE,
) -> Said:
    """A paragraph with one coding, or none."""
    return Said(section, text, ((words, code, assertion, role, valence),) if words else ())


def reading_of(
    name: str, title: str, paragraphs: Sequence[Said], people: Sequence[tuple[str, SubjectRole]]
) -> Reading:
    """A reading whose words stand on a grid, three paragraphs to a page."""
    document_id = hashlib.sha256(name.encode()).hexdigest()
    text, words, segments, codings = "", [], [], []
    for ordinal, paragraph in enumerate(paragraphs):
        page = 1 + ordinal // PARAGRAPHS_A_PAGE
        text += "\n\n" if text else ""
        start = len(text)
        top = TOP_PT + 200 * (ordinal % PARAGRAPHS_A_PAGE)
        words += placed(paragraph.text, start, page, top)
        text += paragraph.text
        segments.append(
            Segment(
                document_id=document_id, ordinal=ordinal, kind=paragraph.kind,
                section_role=paragraph.section, start_char=start, end_char=len(text),
                text=paragraph.text, page_start=page, page_end=page, number=f"4.{ordinal + 1}",
                section_path=("Background",),
            )
        )  # fmt: skip
        for quote, code, assertion, role, valence in paragraph.codings:
            at = start + paragraph.text.index(quote)
            codings.append(
                Coding(
                    document_id=document_id, segment=ordinal, start_char=at,
                    end_char=at + len(quote), text=quote, code_id=code, assertion=assertion,
                    subject_role=role, section_role=paragraph.section,
                    temporality=Temporality.PAST, valence=valence, score=0.9, source="rule:test",
                    person_id=person_of(people, role), explanation="a cue phrase",
                )
            )  # fmt: skip
    document = Document(
        document_id=document_id, file_name=f"{name}.pdf", status=DocumentStatus.OK,
        n_pages=1 + (len(paragraphs) - 1) // PARAGRAPHS_A_PAGE, title=title,
        review_type="domestic_homicide_review",
    )  # fmt: skip
    return Reading(
        document=document,
        frozen=FrozenText(document_id=document_id, text=text, words=tuple(words)),
        segments=tuple(segments),
        people=tuple(
            Person(document_id=document_id, person_id=f"P{n}", name=who, role=role)
            for n, (who, role) in enumerate(people, start=1)
        ),
        codings=tuple(codings),
    )


def person_of(people: Sequence[tuple[str, SubjectRole]], role: SubjectRole) -> str:
    """The id of the first person in the role."""
    return next((f"P{n}" for n, (_, has) in enumerate(people, start=1) if has is role), "")


def placed(text: str, start: int, page: int, top: float) -> list[PlacedWord]:
    """The words of a paragraph set in lines."""
    found, x, at = [], LEFT_PT, 0
    for word in text.split(" "):
        width = 5.0 * len(word)
        if x + width > RIGHT_PT:
            x, top = LEFT_PT, top + LINE_PT
        if word:
            place = (page, x, top, x + width, top + 11)
            found.append(PlacedWord(start + at, start + at + len(word), *place))
        at += len(word) + 1
        x += width + 4
    return found


FACTS, ANALYSIS = SectionRole.FACTS, SectionRole.ANALYSIS
VICTIM, PERPETRATOR = SubjectRole.VICTIM, SubjectRole.PERPETRATOR
AGENCY, CHILD = SubjectRole.AGENCY, SubjectRole.INDEX_CHILD
PEOPLE = (("Orla", VICTIM), ("Tarn", PERPETRATOR), ("Child W", CHILD))


def paragraphs_of(n: int) -> list[Said]:
    """The review of the n-th case: what it says differs from case to case."""
    drink = "Tarn drank heavily for many years. His sister said so in her statement to the panel."
    alcohol = Assertion.AFFIRMED if n % 3 else Assertion.NEGATED
    grew_up = "As a child he saw his father hit his mother. Nobody asked him about it at school."
    shared = "The surgery did not share what it knew with the health visitor, although it met her."
    return [
        said(SectionRole.TERMS_OF_REFERENCE, "The review will ask about domestic abuse in the "
             "family.", "domestic abuse", "ipa_pattern", Assertion.GENERAL,
             SubjectRole.NOT_APPLICABLE),
        said(FACTS, drink, "drank heavily", "alcohol_misuse", alcohol, PERPETRATOR),
        said(FACTS, grew_up, "saw his father hit his mother", "ace_domestic_abuse",
             Assertion.AFFIRMED if n % 2 else Assertion.SUSPECTED, PERPETRATOR),
        said(FACTS, grew_up, "saw his father hit his mother", "ace_physical_abuse",
             Assertion.HYPOTHETICAL, PERPETRATOR),
        said(ANALYSIS, shared, "did not share what it knew", "ap_information_sharing",
             Assertion.AFFIRMED, AGENCY, Valence.NEGATIVE),
        said(ANALYSIS, "The school nurse shared her worry at once and in writing.",
             "shared her worry at once", "ap_information_sharing", Assertion.AFFIRMED, AGENCY,
             Valence.POSITIVE),
        said(FACTS, "Orla told a friend that he had choked her twice before that winter.",
             "choked her twice", "nonfatal_strangulation") if n < 4
        else said(FACTS, "Orla lived beside the mill and kept two hens."),
        Said(SectionRole.RECOMMENDATIONS, "The partnership should audit how surgeries share "
             "what they know.", kind=SegmentKind.RECOMMENDATION),
    ]  # fmt: skip


def publication_of(
    readings: Mapping[str, Reading],
    images: Mapping[tuple[str, int], PageImage],
    codebook: Codebook,
    title: str = "A fictional corpus",
) -> Publication:
    """Cases and findings of the readings, with two files that were not read."""
    cases = build_cases(list(readings.values()), codebook, {})
    codings = {coding.coding_id: coding for item in readings.values() for coding in item.codings}
    journeys = build_journeys(cases, readings, {})
    labels = agency_kinds().labels
    unread = (
        Document(document_id="e" * 64, file_name="scan.pdf", status=DocumentStatus.NEEDS_OCR,
                 reason=Reason(20, "no page has text"), n_pages=12),
        Document(document_id="f" * 64, file_name="page.pdf", status=DocumentStatus.QUARANTINED,
                 reason=Reason(3, "is HTML, no PDF"), warnings=("named .pdf",)),
    )  # fmt: skip
    return Publication(
        title=title,
        cases=cases,
        findings=(
            *compute_findings(cases, codings, codebook),
            *people_findings(cases, codebook),
            *journey_findings(cases, journeys, codings, codebook, labels),
        ),
        journeys={journey.case_id: journey for journey in journeys},
        register=build_register(cases, readings, journeys),
        agency_labels=labels,
        readings=readings,
        documents=(*(reading.document for reading in readings.values()), *unread),
        codebook=codebook,
        page_images=images,
        provenance=Provenance(
            workbench_version="0.0.0", coder_version="rules-test",
            codebook_id=codebook.codebook_id, codebook_version=codebook.version,
            codebook_hash=codebook.content_hash, run_key="k" * 64,
            settings=(("window_tokens", "10"),),
        ),
        quality=(Quality(what="Codings", value="F1 0.70", measured_on="6 fictional reviews"),),
    )  # fmt: skip
