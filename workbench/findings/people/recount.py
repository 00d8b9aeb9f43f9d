"""Findings on people counted again from the records of people, without the code that makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isclose, sqrt

from workbench.records import (
    Assertion,
    Case,
    CaseState,
    Coding,
    Finding,
    Person,
    State,
    SubjectRecord,
)

#: Measure -> what is said of each person that it counts.
_STATES = {
    "people_prevalence": "present",
    "people_ruled_out": "ruled_out",
    "people_shared": "shared",
    "people_not_mentioned": "",
}
#: What is counted here.
MEASURES = frozenset(_STATES) | {"people_group", "in_people_group"}
_GROUP, _SEPARATOR = "people-group-", "__"
_Z_95 = 1.959963984540054
_YEARS = {
    "under-10": range(10), "10-15": range(10, 16), "16-17": range(16, 18),
    "18-24": range(18, 25), "25-44": range(25, 45), "45-64": range(45, 65),
    "65-and-over": range(65, 999),
}  # fmt: skip
#: A case and one of its people.
Whom = tuple[Case, SubjectRecord]


def people_problems(
    findings: Sequence[Finding], cases: Sequence[Case], codings: Mapping[str, Coding]
) -> tuple[str, ...]:
    """One sentence for each finding on people that does not hold; empty when all do.

    Checked: how many people are counted, of which cases, out of how many, the upper and lower
    counts, the interval, and that each passage is of a person who is counted, about the factor.
    Findings of other measures are passed over.
    """
    of_role: dict[str, list[Whom]] = {}
    for case in cases:
        for record in case.subjects:
            of_role.setdefault(str(record.person.role), []).append((case, record))
    problems: list[str] = []
    for finding in findings:
        if finding.measure in MEASURES:
            problems += _problems(finding, of_role.get(str(finding.subject_role), []), codings)
    return tuple(problems)


def _problems(
    finding: Finding, of_role: Sequence[Whom], codings: Mapping[str, Coding]
) -> Iterator[str]:
    name = finding.finding_id
    base = _base(finding, of_role)
    counted = [whom for whom in base if _counts(finding, whom[1])]
    if finding.unit != "people":
        yield f"{name}: counts {finding.unit}, not people"
    if len(counted) != finding.numerator:
        yield f"{name}: says {finding.numerator}, but the cases give {len(counted)} people"
    if {case.case_id for case, _ in counted} != set(finding.case_ids):
        yield f"{name}: does not list the cases of the people that it counts"
    if len(base) != finding.denominator:
        yield f"{name}: is out of {finding.denominator}, but there are {len(base)} people"
    elif not isclose(finding.estimate * len(base), finding.numerator, abs_tol=1e-9):
        yield f"{name}: {finding.numerator} of {finding.denominator} is not {finding.estimate}"
    yield from _bound_problems(finding, base)
    yield from _passage_problems(finding, counted, codings)


def _base(finding: Finding, of_role: Sequence[Whom]) -> list[Whom]:
    """The people that the finding is out of: all of the role, or those of a group."""
    if finding.measure != "in_people_group":
        return list(of_role)
    group = finding.finding_id.rpartition(_SEPARATOR)[0]
    return [whom for whom in of_role if _is_of_group(group, whom[1].person)]


def _is_of_group(group_id: str, person: Person) -> bool:
    grouping, _, group = group_id.removeprefix(f"{_GROUP}{person.role}-").partition("-")
    if grouping == "age_band":
        age = person.age_years
        is_stated = age is not None and age >= 0
        return group == "not-stated" if not is_stated else age in _YEARS.get(group, ())
    said = {"sex": person.sex, "ethnicity": person.ethnicity}.get(grouping, "")
    words = "".join(mark if mark.isalnum() else " " for mark in said.casefold()).split()
    named = "-".join(words)
    is_unknown = named in ("", "unknown", "not-known", "not-stated", "not-recorded")
    return group == ("not-stated" if is_unknown else named)


def _counts(finding: Finding, record: SubjectRecord) -> bool:
    if finding.measure == "people_group":
        return _is_of_group(finding.finding_id, record.person)
    wanted = _STATES.get(finding.measure, "present")
    return _said(finding.code_ids[0], record) == wanted


def _said(code_id: str, record: SubjectRecord) -> str:
    for states, as_shared in ((record.states, ""), (record.shared, "shared")):
        for state in states:
            if state.code_id == code_id and state.state is not State.NOT_MENTIONED:
                return as_shared or str(state.state)
    return ""


def _bound_problems(finding: Finding, base: Sequence[Whom]) -> Iterator[str]:
    name, figures = finding.finding_id, dict(finding.statistics)
    if finding.measure == "people_prevalence":
        code_id = finding.code_ids[0]
        lower, upper = _lowest(code_id, base), sum(_may(code_id, record) for _, record in base)
        if figures["n_people_at_least"] != lower or figures["n_people_at_most"] != upper:
            yield f"{name}: its bounds are not {lower} and {upper} people"
        if not finding.numerator <= lower <= upper <= finding.denominator:
            yield f"{name}: {finding.numerator} does not lie inside its bounds"
    if base and (finding.low is None or finding.high is None):
        yield f"{name}: has no interval"
    elif base and finding.low is not None and finding.high is not None:
        low, high = _interval(finding.numerator / len(base), base)
        if not isclose(low, finding.low, abs_tol=1e-9) or not isclose(
            high, finding.high, abs_tol=1e-9
        ):
            yield f"{name}: its interval is {low} to {high}, not {finding.low} to {finding.high}"


def _may(code_id: str, record: SubjectRecord) -> bool:
    return any(_is_present(code_id, state) for state in (*record.states, *record.shared))


def _is_present(code_id: str, state: CaseState) -> bool:
    return state.code_id == code_id and state.state is State.PRESENT


def _lowest(code_id: str, base: Sequence[Whom]) -> int:
    """Who has it alone; and one person of each case where only several are said to have it."""
    alone: Counter[str] = Counter()
    several: set[str] = set()
    for case, record in base:
        alone[case.case_id] += any(_is_present(code_id, state) for state in record.states)
        if any(_is_present(code_id, state) for state in record.shared):
            several.add(case.case_id)
    return sum(max(n, case_id in several) for case_id, n in alone.items())


def _interval(share: float, base: Sequence[Whom]) -> tuple[float, float]:
    """Both bounds of the score interval of a share of so many reviews' worth of people."""
    squares = sum(n * n for n in Counter(case.document_ids[0] for case, _ in base).values())
    weight = _Z_95**2 * squares / len(base) ** 2
    middle = (share + weight / 2) / (1 + weight)
    reach = sqrt(weight * share * (1 - share) + weight * weight / 4) / (1 + weight)
    return (0.0 if share == 0 else middle - reach), (1.0 if share == 1 else middle + reach)


def _passage_problems(
    finding: Finding, counted: Sequence[Whom], codings: Mapping[str, Coding]
) -> Iterator[str]:
    name = finding.finding_id
    theirs: dict[str, set[str]] = {}
    for case, record in counted:
        for state in (*record.states, *record.shared):
            if state.code_id in finding.code_ids:
                said = {*state.codings_for, *state.codings_against}
                theirs.setdefault(case.case_id, set()).update(said)
    spoken = finding.measure not in ("people_group", "people_not_mentioned")
    for case_id in finding.case_ids if spoken else ():
        if not theirs.get(case_id, set()).intersection(finding.coding_ids):
            yield f"{name}: counts people of the case {case_id} without a passage"
    known = set[str]().union(*theirs.values())
    expected = {
        "people_ruled_out": (Assertion.NEGATED,),
        "people_shared": (Assertion.AFFIRMED, Assertion.NEGATED),
    }.get(finding.measure, (Assertion.AFFIRMED,))
    for coding_id in finding.coding_ids:
        coding = codings.get(coding_id)
        if coding is None or coding_id not in known:
            yield f"{name}: rests on the passage {coding_id}, which tells of nobody counted"
        elif coding.assertion not in expected or not coding.counts_as_evidence:
            yield f"{name}: rests on the passage {coding_id}, which is {coding.assertion}"
