"""What the documents say of one incident: cases, their states, and the people they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.records.coding import Coding, Person
from workbench.records.vocabulary import State, SubjectRole


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """What one case says of one code for one role."""

    code_id: str
    subject_role: SubjectRole
    state: State
    score: float = 0.0  # 0-1: the chance that one of the codings for the state is right
    codings_for: tuple[str, ...] = ()  # ids of affirmed codings that count
    codings_against: tuple[str, ...] = ()  # ids of negated codings that count
    codings_suspected: tuple[str, ...] = ()  # reported beside, never counted


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRecord:
    """What a case says of one of the people it is about, in the role that the person has."""

    person: Person
    states: tuple[CaseState, ...]  # what is said of this person
    shared: tuple[CaseState, ...] = ()  # said of several of the role, or not of which one

    @property
    def subject_id(self) -> str:
        """Stable name of the person: the document and the person's id there."""
        return f"{self.person.document_id[:12]}-{self.person.person_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """What is one case's own of a review that tells of several incidents."""

    person_id: str  # whose case it is, in the leading document
    segments: tuple[tuple[str, int], ...]  # document id, ordinal: the person's part of it
    coding_ids: tuple[str, ...]  # passages elsewhere that tell of the person alone
    others: tuple[str, ...]  # passages inside the part that tell of another case's person


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One index incident; several documents may tell of it, and one document of several."""

    case_id: str
    title: str
    review_type: str
    document_ids: tuple[str, ...]  # the leading document first
    people: tuple[Person, ...]
    states: tuple[CaseState, ...]  # by code and role; not_mentioned only where suspected
    n_segments: int  # segments that were searched; the same words in two documents once
    n_words: int  # words in the sections that count as evidence, counted in the same way
    link_reason: str = ""  # why several documents are one case
    subjects: tuple[SubjectRecord, ...] = ()  # the people it is about, each once
    part: CasePart | None = None  # None: all that the documents tell belongs to this case

    @property
    def review_id(self) -> str:
        """The review that tells of the case: its leading document. Several cases may share it."""
        return self.document_ids[0]

    def holds(self, coding: Coding) -> bool:
        """Whether a passage belongs to this case."""
        if coding.document_id not in self.document_ids:
            return False
        if self.part is None or coding.coding_id in self.part.coding_ids:
            return True
        return self.tells(coding.document_id, coding.segment) and (
            coding.coding_id not in self.part.others
        )

    def tells(self, document_id: str, segment: int) -> bool:
        """Whether a segment of a document belongs to this case."""
        if document_id not in self.document_ids:
            return False
        return self.part is None or (document_id, segment) in self.part.segments

    def state(self, code_id: str, subject_role: SubjectRole | None = None) -> State:
        """The state of a code for a role, or for any role when none is given."""
        states = {
            state.state
            for state in self.states
            if state.code_id == code_id and subject_role in (None, state.subject_role)
        }
        for candidate in (State.PRESENT, State.RULED_OUT):
            if candidate in states:
                return candidate
        return State.NOT_MENTIONED


class CaseIndex:
    """Which case a passage belongs to, and which cases a document tells of."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._of_document: dict[str, list[Case]] = {}
        for case in cases:
            for document_id in case.document_ids:
                self._of_document.setdefault(document_id, []).append(case)

    def of_document(self, document_id: str) -> tuple[Case, ...]:
        """The cases, in their order; none for a document that no case has."""
        return tuple(self._of_document.get(document_id, ()))

    def of_coding(self, coding: Coding) -> Case | None:
        """The case that holds a passage.

        None where no case has the document, or where the passage speaks of several people of a
        review whose people are cases of their own: such a passage counts for none of them.
        """
        found = self._of_document.get(coding.document_id, ())
        return next((case for case in found if case.holds(coding)), None)
