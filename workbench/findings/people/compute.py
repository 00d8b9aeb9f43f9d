"""Of how many people of a role a factor is told, ruled out, or not mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.codebook import Codebook
from workbench.findings.people.groups import people_group_findings
from workbench.findings.people.intervals import effective_people
from workbench.findings.people.table import Member, PeopleTable, Said, people_of_reviews
from workbench.findings.table import SILENCE, FindingsSettings, role_words
from workbench.records import Case, Code, Finding, SubjectRole

NOTE = (
    "A share of the people of this role in the reviews read, not of cases and not of the "
    "population. Only what is said of the person counts; a passage on several of them, or that "
    "does not say on which, is in the upper count alone."
)
ALIKE = (
    " Several people of one review are no independent cases: the interval takes them to be "
    "wholly alike (Kish)."
)
SHARED_NOTE = (
    "Said of several people of the role in one case, or without saying of which one: it may be "
    "true of each of them, and counts for none alone."
)
_WORDS = {
    Said.PRESENT: ("people_prevalence", "told of the person", NOTE),
    Said.RULED_OUT: ("people_ruled_out", "considered and ruled out of the person", NOTE),
    Said.SHARED: ("people_shared", "only said of several, or not of which one", SHARED_NOTE),
    Said.NOT_MENTIONED: ("people_not_mentioned", "not mentioned of the person", SILENCE),
}


def people_findings(
    cases: Sequence[Case], codebook: Codebook, settings: FindingsSettings | None = None
) -> tuple[Finding, ...]:
    """Every number on people that may be published of these cases.

    For each role of the people whom cases are about, and each factor that is spoken of for the
    role, four findings that share its people out: ``people_prevalence``, ``people_ruled_out``,
    ``people_shared`` and ``people_not_mentioned``. ``statistics`` of the first has
    ``n_people_at_least``: with one more person for each case that tells the factor of several
    and of nobody alone, since somebody there has it; and ``n_people_at_most``: as if what is
    said of several were true of each. Then the people by sex, band of age and ethnicity
    (see ``people_group_findings``).

    Args:
        cases: Each once, in any order.
        codebook: It has the factors.
        settings: For the level of intervals and of false-discovery control.

    Returns:
        Findings with the unit "people"; a person counts once. Empty when no case has a record
        of a person.
    """
    table = PeopleTable.of(cases, codebook, settings or FindingsSettings())
    findings: list[Finding] = []
    for role in table.people:
        for code in table.spoken_of(role):
            findings += _states_of(table, code, role)
    for role in table.people:
        findings += people_group_findings(table, role)
    return tuple(findings)


def _states_of(table: PeopleTable, code: Code, role: SubjectRole) -> Iterator[Finding]:
    everybody = table.people[role]
    sizes = people_of_reviews(everybody)
    alike = ALIKE if max(sizes) > 1 else ""
    reviews = (
        ("n_people_reviews", float(len(sizes))), ("effective_people", effective_people(sizes)),
    )  # fmt: skip
    for said, (measure, words, note) in _WORDS.items():
        counted = [each for each in everybody if each.said(code.code_id) is said]
        bounds = _bounds(code.code_id, everybody) if said is Said.PRESENT else ()
        failing = " as a failing" if code.has_valence and said is Said.PRESENT else ""
        yield Finding(
            finding_id=f"people-{said}-{code.code_id}-{role}",
            measure=measure,
            label=f"{code.label}{failing} ({role_words(role)}): {words}",
            code_ids=(code.code_id,),
            subject_role=role,
            coding_ids=passages_of(counted, code.code_id, said),
            statistics=(*bounds, *reviews),
            note=note + alike,
            **table.share(counted, everybody),
        )


def passages_of(members: Sequence[Member], code_id: str, said: Said) -> tuple[str, ...]:
    """The passages that say so of these people, each once."""
    return tuple(
        dict.fromkeys(each for member in members for each in member.passages(code_id, said))
    )


def _bounds(code_id: str, everybody: Sequence[Member]) -> tuple[tuple[str, float], ...]:
    has = {member.case.case_id for member in everybody if member.said(code_id) is Said.PRESENT}
    may = {member.case.case_id for member in everybody if member.may_have(code_id)}
    n_alone = sum(member.said(code_id) is Said.PRESENT for member in everybody)
    at_most = sum(member.may_have(code_id) for member in everybody)
    return (
        ("n_people_at_least", float(n_alone + len(may - has))),
        ("n_people_at_most", float(at_most)),
    )
