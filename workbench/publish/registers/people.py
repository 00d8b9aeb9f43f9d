"""The page of people, and a page for each: for whom factors are told. Cases are elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.publish.charts.people import PersonMark, people_chart
from workbench.publish.denominators.people import Whom, people_of
from workbench.publish.labels import ROLES, SAID_OF_PERSON
from workbench.publish.names import stem
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.render import Site
from workbench.records import Case, Code, Finding, SubjectRole

#: Factors in the chart: those told of most people, all roles together.
IN_CHART = 15
#: Comparisons of groups that the page shows of each role; the others are in findings.csv.
SHOWN_CONTRASTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One factor for one role: how many people, by what is said of them."""

    code: Code
    present: Finding
    ruled_out: Finding
    shared: Finding
    not_mentioned: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBlock:
    """The groups of one grouping."""

    title: str
    groups: Sequence[Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleBlock:
    """All that the page says of the people of one role."""

    role: SubjectRole
    title: str
    people: Sequence[PersonRow]
    cases: Sequence[Case]
    rows: Sequence[StateRow]
    groupings: Sequence[GroupBlock]
    contrasts: Sequence[Finding]
    n_contrasts: int
    n_tested: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person, and how many factors are told of them."""

    whom: Whom
    present: Sequence[Code]
    n_ruled_out: int
    n_shared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFactor:
    """One factor of a person, with the passages that say so."""

    code: Code
    passages: Sequence[Markup]


def write_people(site: Site) -> None:
    """Write ``people.html`` and ``people/<person>.html`` for each person of each case."""
    catalogue = site.catalogue
    blocks = [
        _block(catalogue, role)
        for role in SubjectRole
        if people_of(catalogue, role)
    ]  # fmt: skip
    factors = catalogue.publication.codebook.factors
    matrix = [
        (code, [catalogue.finding("people_prevalence", (code.code_id,), b.role) for b in blocks])
        for code in factors
    ]
    spoken = [row for row in matrix if any(row[1])]
    site.write(
        "people.html",
        "registers/people.html",
        blocks=blocks,
        matrix=spoken,
        unspoken=[code for code, found in matrix if not any(found)],
        chart=_chart(blocks, spoken),
        nameless=[case for case in catalogue.publication.cases if not case.subjects],
        name_of={code.code_id: code.label for code in factors},
    )
    for whom in people_of(catalogue):
        _write_person(site, whom)


def _block(catalogue: Catalogue, role: SubjectRole) -> RoleBlock:
    people = people_of(catalogue, role)
    contrasts = [f for f in catalogue.of_measure("in_people_group") if f.subject_role is role]
    tested = [finding for finding in contrasts if finding.q_value is not None]
    tested.sort(key=lambda finding: (finding.q_value or 0.0, finding.finding_id))
    groupings: dict[str, list[Finding]] = {}
    for finding in catalogue.of_measure("people_group"):
        if finding.subject_role is role:
            title = finding.label.partition(" (")[0]
            groupings.setdefault(title, []).append(finding)
    return RoleBlock(
        role=role,
        title=ROLES[role],
        people=[person_row(catalogue, whom) for whom in people],
        cases=list({whom.case.case_id: whom.case for whom in people}.values()),
        rows=_state_rows(catalogue, role),
        groupings=[GroupBlock(title=t, groups=found) for t, found in groupings.items()],
        contrasts=tested[:SHOWN_CONTRASTS],
        n_contrasts=len(contrasts),
        n_tested=len(tested),
    )


def _state_rows(catalogue: Catalogue, role: SubjectRole) -> list[StateRow]:
    rows = []
    for code in catalogue.publication.codebook.factors:
        ids = (code.code_id,)
        found = {
            said: catalogue.finding(f"people_{measure}", ids, role)
            for said, measure in (
                ("present", "prevalence"),
                ("ruled_out", "ruled_out"),
                ("shared", "shared"),
                ("not_mentioned", "not_mentioned"),
            )
        }
        made = {said: finding for said, finding in found.items() if finding is not None}
        if len(made) == len(found):
            rows.append(StateRow(code=code, **made))
    return sorted(rows, key=lambda row: -row.present.numerator)


def person_row(catalogue: Catalogue, whom: Whom) -> PersonRow:
    """What is said of a person, counted factor by factor."""
    said = [
        (code, whom.said(code.code_id)) for code in catalogue.publication.codebook.factors
    ]  # fmt: skip
    return PersonRow(
        whom=whom,
        present=[code for code, state in said if state == "present"],
        n_ruled_out=sum(state == "ruled_out" for _, state in said),
        n_shared=sum(state == "shared" for _, state in said),
    )


def _write_person(site: Site, whom: Whom) -> None:
    factors = site.catalogue.publication.codebook.factors
    parts = [
        (
            key,
            title,
            [
                PersonFactor(
                    code=code,
                    passages=site.passages_html(
                        site.catalogue.codings[id_] for id_ in whom.passages(code.code_id)
                    ),
                )
                for code in factors
                if whom.said(code.code_id) == key
            ],
        )
        for key, title in SAID_OF_PERSON.items()
    ]
    site.write(
        whom.href,
        "registers/person.html",
        section="people.html",
        whom=whom,
        person=whom.record.person,
        parts=parts,
        not_mentioned=[code for code in factors if not whom.said(code.code_id)],
    )


def _chart(
    blocks: Sequence[RoleBlock], matrix: Sequence[tuple[Code, Sequence[Finding | None]]]
) -> Markup:
    """The most frequent factors, the roles beside each other."""
    if not matrix:
        return Markup("")
    highest = sorted(
        matrix, key=lambda row: -sum(finding.numerator for finding in row[1] if finding)
    )[:IN_CHART]
    rows = [
        (code.label, [_mark(finding) if finding else None for finding in found])
        for code, found in highest
    ]
    roles = [f"{block.title} ({len(block.people)})" for block in blocks]
    return Markup(
        people_chart(
            rows, roles, name="people", title="Factors told of people, by role: share of its people"
        )
    )


def _mark(finding: Finding) -> PersonMark:
    return PersonMark(
        share=finding.estimate,
        low=finding.low or 0.0,
        high=1.0 if finding.high is None else finding.high,
        counts=f"{finding.numerator} of {finding.denominator}",
        href=f"evidence/{stem(finding.finding_id)}.html#numerator",
    )
