"""Hand-made readings, and the demonstration truth as readings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    FrozenText,
    Person,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
    Temporality,
    Valence,
)

TRUTH_FOLDER = Path(__file__).parents[2] / "corpora" / "demo" / "truth"


def codebook() -> Codebook:
    return load_codebook(default_codebook_path())


def document_id_of(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def reading(
    name: str,
    paragraphs: Sequence[tuple[SectionRole, str]],
    *,
    title: str = "",
    people: Sequence[Person] = (),
    review_type: str = "domestic_homicide_review",
) -> Reading:
    """A reading of paragraphs; its document id is the hash of the name."""
    document_id = document_id_of(name)
    segments, start = [], 0
    for ordinal, (role, text) in enumerate(paragraphs):
        segments.append(
            Segment(
                document_id=document_id, ordinal=ordinal, kind=SegmentKind.PARAGRAPH,
                section_role=role, start_char=start, end_char=start + len(text), text=text,
                page_start=1, page_end=1, number=f"1.{ordinal + 1}",
            )
        )  # fmt: skip
        start += len(text) + 2
    return Reading(
        document=Document(
            document_id=document_id, file_name=f"{name}.pdf", status=DocumentStatus.OK, n_pages=1,
            title=title or name, review_type=review_type,
        ),
        frozen=FrozenText(
            document_id=document_id, text="\n\n".join(text for _, text in paragraphs), words=()
        ),
        segments=tuple(segments),
        people=tuple(people),
    )  # fmt: skip


def person(
    name: str, document: str, *, person_id: str = "P1", age: int | None = None,
    role: SubjectRole = SubjectRole.VICTIM, aliases: tuple[str, ...] = (),
) -> Person:  # fmt: skip
    return Person(
        document_id=document_id_of(document), person_id=person_id, name=name, role=role,
        age_years=age, aliases=aliases,
    )  # fmt: skip


def coding(
    code_id: str,
    *,
    document: str = "d",
    start: int = 0,
    role: SubjectRole = SubjectRole.VICTIM,
    assertion: Assertion = Assertion.AFFIRMED,
    section: SectionRole = SectionRole.FACTS,
    **more: Any,
) -> Coding:
    fields: dict[str, Any] = {
        "text": "words", "temporality": Temporality.UNCLEAR, "valence": Valence.NOT_APPLICABLE,
        "score": 0.5, "source": "human:test", "segment": 0,
    } | more  # fmt: skip
    return Coding(
        document_id=document_id_of(document), start_char=start,
        end_char=start + len(fields["text"]), code_id=code_id, assertion=assertion,
        subject_role=role, section_role=section, **fields,
    )  # fmt: skip


def truths() -> list[dict[str, Any]]:
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(TRUTH_FOLDER.glob("*.json"))
    ]


def truth_reading(truth: Mapping[str, Any]) -> Reading:
    """The reading that a faultless extraction and coding of a demonstration file would give."""
    document_id = document_id_of(truth["id"])
    made = reading(
        truth["id"],
        [(SectionRole(p["section_role"]), p["text"]) for p in truth["paragraphs"]],
        title=truth["title"], review_type=truth["kind"],
    )  # fmt: skip
    codings = []
    for entry in truth["codings"]:
        segment = made.segments[entry["paragraph_index"]]
        start = segment.start_char + max(segment.text.find(entry["quote"]), 0)
        codings.append(
            Coding(
                document_id=document_id, segment=segment.ordinal, start_char=start,
                end_char=start + len(entry["quote"]), text=entry["quote"], code_id=entry["code"],
                assertion=Assertion(entry["assertion"]),
                subject_role=SubjectRole(entry["subject_role"]),
                section_role=segment.section_role,
                temporality=Temporality(entry["temporality"]), valence=Valence(entry["valence"]),
                score=1.0, source="human:truth", person_id=entry["person_id"] or "",
            )
        )  # fmt: skip
    people = [
        Person(
            document_id=document_id, person_id=entry["id"], name=entry["name"],
            role=SubjectRole(entry["role"]), aliases=tuple(entry["aliases"]),
            relation=entry["relation"] or "", age_years=entry["age"], sex=entry["sex"] or "",
            ethnicity=entry["ethnicity"] or "",
        )
        for entry in truth["people"]
    ]  # fmt: skip
    return Reading(
        document=made.document, frozen=made.frozen, segments=made.segments,
        people=tuple(people), codings=tuple(codings),
    )  # fmt: skip
