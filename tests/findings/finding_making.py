"""Hand-made cases for findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.findings import FindingsSettings, LabelledCase, compute_findings
from workbench.records import (
    Assertion,
    Case,
    CaseState,
    Coding,
    Finding,
    Person,
    SectionRole,
    State,
    SubjectRole,
    Temporality,
    Valence,
)

VICTIM, PERPETRATOR = SubjectRole.VICTIM, SubjectRole.PERPETRATOR
AFFIRMED = Assertion.AFFIRMED
Codings = dict[str, Coding]


def codebook() -> Codebook:
    return load_codebook(default_codebook_path())


CODEBOOK = codebook()


def document_of(case_id: str, part: str = "") -> str:
    return sha256(f"{case_id}{part}".encode()).hexdigest()


def passage(
    case_id: str,
    code_id: str,
    start: int = 0,
    *,
    role: SubjectRole = VICTIM,
    assertion: Assertion = AFFIRMED,
    part: str = "",
    **more: Any,
) -> Coding:
    fields: dict[str, Any] = {
        "text": "words", "section_role": SectionRole.FACTS, "temporality": Temporality.UNCLEAR,
        "valence": Valence.NOT_APPLICABLE, "score": 1.0, "source": "human:test", "segment": 0,
    } | more  # fmt: skip
    return Coding(
        document_id=document_of(case_id, part), start_char=start,
        end_char=start + len(fields["text"]), code_id=code_id, assertion=assertion,
        subject_role=role, **fields,
    )  # fmt: skip


def person(case_id: str, role: SubjectRole, person_id: str) -> Person:
    return Person(document_id=document_of(case_id), person_id=person_id, name=person_id, role=role)


def made_case(
    case_id: str,
    codings: Sequence[Coding] = (),
    people: Sequence[Person] = (),
    n_words: int = 100,
    parts: Sequence[str] = ("",),
) -> Case:
    """A case whose states follow from evidence codings without good practice."""
    topics: dict[tuple[str, SubjectRole], list[Coding]] = {}
    for coding in codings:
        topics.setdefault((coding.code_id, coding.subject_role), []).append(coding)
    return Case(
        case_id=case_id, title=case_id.title(), review_type="domestic_homicide_review",
        document_ids=tuple(document_of(case_id, part) for part in parts), people=tuple(people),
        states=tuple(state_of(found) for found in topics.values()),
        n_segments=10, n_words=n_words,
    )  # fmt: skip


def state_of(codings: Sequence[Coding]) -> CaseState:
    said = {
        assertion: tuple(coding.coding_id for coding in codings if coding.assertion is assertion)
        for assertion in (AFFIRMED, Assertion.NEGATED, Assertion.SUSPECTED)
    }
    state = State.NOT_MENTIONED
    if said[AFFIRMED]:
        state = State.PRESENT
    elif said[Assertion.NEGATED]:
        state = State.RULED_OUT
    return CaseState(
        code_id=codings[0].code_id, subject_role=codings[0].subject_role, state=state, score=1.0,
        codings_for=said[AFFIRMED], codings_against=said[Assertion.NEGATED],
        codings_suspected=said[Assertion.SUSPECTED],
    )  # fmt: skip


def corpus(
    present: Mapping[str, Sequence[str]], n_cases: int, role: SubjectRole = VICTIM
) -> tuple[list[Case], Codings]:
    """Cases c00, c01 ...; ``present`` maps a code to the cases that have it."""
    cases: list[Case] = []
    codings: Codings = {}
    for number in range(n_cases):
        case_id = f"c{number:02d}"
        found = [
            passage(case_id, code_id, 10 * place, role=role)
            for place, (code_id, holders) in enumerate(present.items())
            if case_id in holders
        ]
        codings |= {coding.coding_id: coding for coding in found}
        cases.append(made_case(case_id, found))
    return cases, codings


def findings_of(
    cases: Sequence[Case],
    codings: Mapping[str, Coding] | Sequence[Coding],
    labels: Sequence[LabelledCase] = (),
    groups: Mapping[str, Mapping[str, str]] | None = None,
    **settings: Any,
) -> dict[str, Finding]:
    if not isinstance(codings, Mapping):
        codings = {coding.coding_id: coding for coding in codings}
    made = compute_findings(
        cases, codings, CODEBOOK, FindingsSettings(**settings), labels, groups or {}
    )
    assert len({finding.finding_id for finding in made}) == len(made)
    return {finding.finding_id: finding for finding in made}


def changed(finding: Finding, **fields: Any) -> Finding:
    return replace(finding, **fields)
