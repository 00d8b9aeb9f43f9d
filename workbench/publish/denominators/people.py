"""The people that a finding counts, and out of whom, found again from the cases."""

from __future__ import annotations

from typing import NamedTuple

from workbench.publish.denominators.listed import SEPARATOR, Base
from workbench.publish.names import stem
from workbench.publish.site.catalogue import Catalogue
from workbench.records import (
    Case,
    CaseState,
    Finding,
    PersonGrouping,
    State,
    SubjectRecord,
    SubjectRole,
)

#: Measures that count people; each state of a person that they count, "" for silence.
OF_STATE = {
    "people_prevalence": "present",
    "in_people_group": "present",
    "people_ruled_out": "ruled_out",
    "people_shared": "shared",
    "people_not_mentioned": "",
}
PEOPLE_MEASURES = frozenset(OF_STATE) | {"people_group"}
NOT_STATED = "not stated"


class Whom(NamedTuple):
    """One of the people whom a case is about."""

    case: Case
    record: SubjectRecord

    @property
    def href(self) -> str:
        """The page of the person, from the report's root."""
        return f"people/{stem(self.record.subject_id)}.html"

    @property
    def name(self) -> str:
        """As the review prints it, with the case."""
        return f"{self.record.person.name} ({self.case.title})"

    def said(self, code_id: str) -> str:
        """What is said of a factor: ``present``, ``ruled_out``, ``shared`` or nothing."""
        own = _spoken(code_id, self.record.states)
        if own:
            return str(own.state)
        return "shared" if _spoken(code_id, self.record.shared) else ""

    def passages(self, code_id: str) -> tuple[str, ...]:
        """The codings that say so."""
        state = _spoken(code_id, self.record.states) or _spoken(code_id, self.record.shared)
        if state is None:
            return ()
        is_present = state.state is State.PRESENT
        return state.codings_for if is_present else state.codings_against

    def is_of(self, group_id: str) -> bool:
        """Whether the person is of the group that a finding's id names."""
        person = self.record.person
        return any(
            group_id == f"people-group-{person.role}-{grouping}-"
            f"{(person.group(grouping) or NOT_STATED).replace(' ', '-')}"
            for grouping in PersonGrouping
        )


def _spoken(code_id: str, states: tuple[CaseState, ...]) -> CaseState | None:
    return next(
        (
            state
            for state in states
            if state.code_id == code_id and state.state is not State.NOT_MENTIONED
        ),
        None,
    )


def people_of(catalogue: Catalogue, role: SubjectRole | None = None) -> list[Whom]:
    """The people whom the cases are about, or those of one role, in the order of the cases."""
    return [
        Whom(case, record)
        for case in catalogue.publication.cases
        for record in case.subjects
        if role in (None, record.person.role)
    ]


def counted_people(catalogue: Catalogue, finding: Finding) -> list[Whom]:
    """The people of the numerator."""
    if finding.measure == "people_group":
        everybody = people_of(catalogue, finding.subject_role)
        return [whom for whom in everybody if whom.is_of(finding.finding_id)]
    said = OF_STATE[finding.measure]
    return [whom for whom in _out_of(catalogue, finding) if whom.said(finding.code_ids[0]) == said]


def base_people(catalogue: Catalogue, finding: Finding) -> list[Base]:
    """The people of the denominator, with the review of each."""
    return [
        Base(
            key=whom.record.subject_id,
            name=whom.name,
            href=whom.href,
            review=whom.case.review_id[:12],
        )
        for whom in _out_of(catalogue, finding)
    ]


def _out_of(catalogue: Catalogue, finding: Finding) -> list[Whom]:
    everybody = people_of(catalogue, finding.subject_role)
    if finding.measure != "in_people_group":
        return everybody
    group_id = finding.finding_id.rpartition(SEPARATOR)[0]
    return [whom for whom in everybody if whom.is_of(group_id)]
