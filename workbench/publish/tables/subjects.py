"""The table of people: what a case says of each whom it is about. Never mixed with cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.publish.denominators.people import Whom, people_of
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.tables.column import LIST_SEPARATOR, Column
from workbench.records import AGE_BANDS, CaseState, Person, PersonGrouping, State, SubjectRole


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """One state of one person."""

    case_id: str
    person: Person
    state: CaseState
    is_shared: bool

    @property
    def coding_ids(self) -> Sequence[str]:
        """The passages that decided it."""
        of_state = {
            State.PRESENT: self.state.codings_for,
            State.RULED_OUT: self.state.codings_against,
            State.NOT_MENTIONED: self.state.codings_suspected,
        }
        return of_state[self.state.state]


SUBJECTS: tuple[Column, ...] = (
    Column(name="case_id", meaning="Case of the review", unit="id",
           value=lambda row: row.case_id),
    Column(name="document_id", meaning="SHA-256 of the review's file", unit="id",
           allowed="64 hexadecimal digits", value=lambda row: row.person.document_id),
    Column(name="person_id", meaning="One of the people whom the case is about",
           unit="id", value=lambda row: row.person.person_id),
    Column(name="name", meaning="Name as the review prints it", value=lambda row: row.person.name),
    Column(name="role", meaning="Role of the person", unit="category",
           allowed=", ".join(SubjectRole), value=lambda row: str(row.person.role)),
    Column(name="code_id", meaning="Factor", unit="id", value=lambda row: row.state.code_id),
    Column(name="said_of", meaning="The person: it is said of this one. Shared: it is said of "
           "several people of the role, or not of which one", unit="category",
           allowed="person, shared", value=lambda row: "shared" if row.is_shared else "person"),
    Column(name="state", meaning="What the review says of the factor in this person's history; "
           "not_mentioned here means that it is only suspected", unit="category",
           allowed=", ".join(State), value=lambda row: str(row.state.state)),
    Column(name="coding_ids", meaning="The passages that decide it, as in codings.csv",
           unit="ids", value=lambda row: LIST_SEPARATOR.join(row.coding_ids)),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person, and the factors told of them."""

    whom: Whom
    said: Sequence[tuple[str, str]]  # code, what is said

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.whom.record.person

    def codes(self, said: str) -> list[str]:
        """The factors of which that is said."""
        return [code_id for code_id, state in self.said if state == said]


PEOPLE: tuple[Column, ...] = (
    Column(name="subject_id", meaning="Stable name of the person: document and person there",
           unit="id", value=lambda row: row.whom.record.subject_id),
    Column(name="case_id", meaning="Case of the review", unit="id",
           value=lambda row: row.whom.case.case_id),
    Column(name="review_id", meaning="SHA-256 of the leading document of the review; people who "
           "share it are not independent", unit="id", value=lambda row: row.whom.case.review_id),
    Column(name="document_id", meaning="SHA-256 of the document that names the person first",
           unit="id", value=lambda row: row.person.document_id),
    Column(name="person_id", meaning="The person there, as in subjects.csv", unit="id",
           value=lambda row: row.person.person_id),
    Column(name="role", meaning="Role of the person", unit="category",
           allowed=", ".join(SubjectRole), value=lambda row: str(row.person.role)),
    Column(name="name", meaning="Name as the review prints it", value=lambda row: row.person.name),
    Column(name="age_years", meaning="Age; empty where it is not stated", unit="years",
           allowed="from 0", value=lambda row: row.person.age_years),
    Column(name="age_band", meaning="Band of the age", unit="category",
           allowed=", ".join(band for _, band in AGE_BANDS),
           value=lambda row: row.person.group(PersonGrouping.AGE_BAND)),
    Column(name="sex", meaning="Sex; empty where it is not stated", unit="category",
           value=lambda row: row.person.sex),
    Column(name="ethnicity", meaning="Ethnicity as the review prints it; empty where it is not "
           "stated", value=lambda row: row.person.ethnicity),
    Column(name="n_factors_present", meaning="Factors told of this person", unit="factors",
           allowed="from 0", value=lambda row: len(row.codes("present"))),
    Column(name="n_factors_ruled_out", meaning="Factors ruled out of this person", unit="factors",
           allowed="from 0", value=lambda row: len(row.codes("ruled_out"))),
    Column(name="n_factors_shared", meaning="Factors only said of several people of the role, or "
           "not of which one", unit="factors", allowed="from 0",
           value=lambda row: len(row.codes("shared"))),
    Column(name="factors_present", meaning="Which factors are told of this person", unit="ids",
           value=lambda row: LIST_SEPARATOR.join(row.codes("present"))),
    Column(name="link", meaning="The person in this report", unit="path",
           value=lambda row: row.whom.href),
)  # fmt: skip


def people_rows(catalogue: Catalogue) -> list[PersonRow]:
    """Every person whom a case is about, and every perpetrator, once."""
    factors = catalogue.publication.codebook.factors
    return [
        PersonRow(whom=whom, said=[(code.code_id, whom.said(code.code_id)) for code in factors])
        for whom in people_of(catalogue)
    ]


def subject_rows(catalogue: Catalogue) -> list[SubjectRow]:
    """Every state of every person whom a case is about."""
    return [
        SubjectRow(case_id=case.case_id, person=record.person, state=state, is_shared=is_shared)
        for case in catalogue.publication.cases
        for record in case.subjects
        for is_shared, states in ((False, record.states), (True, record.shared))
        for state in states
    ]
