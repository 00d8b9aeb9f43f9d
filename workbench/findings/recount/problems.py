"""Everything about findings that does not hold, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isclose

from workbench.findings.incidents.recount import MEASURES as INCIDENT_MEASURES
from workbench.findings.journey.recount import MEASURES as JOURNEY_MEASURES
from workbench.findings.people.recount import MEASURES as PEOPLE_MEASURES
from workbench.findings.recount.count import CaseFiles, Codings, case_files, recount_in
from workbench.records import Assertion, Case, CaseIndex, Coding, Finding

#: What a passage behind a finding must say; every other measure rests on affirmed passages.
_ASSERTIONS = {"ruled_out": Assertion.NEGATED, "suspected": Assertion.SUSPECTED}
#: Measures whose denominator is not all cases.
_OWN_DENOMINATOR = frozenset(
    {
        "aces",
        "aces_uk9",
        "role_pair",
        "failing_and_good_practice",
        "group",
    }
)
#: Measures over the cases of another finding, whose id their own begins with.
_INSIDE = frozenset(
    {"in_group", "typology_profile", "rate", "concentration", "labelled_in_group", "coder_hit"}
)
_SEPARATOR = "__"
#: Measures that other code recounts.
_ELSEWHERE = JOURNEY_MEASURES | INCIDENT_MEASURES | PEOPLE_MEASURES

#: Measures whose estimate is something else than numerator / denominator.
_OTHER_ESTIMATE = frozenset({"length_correlation", "prevalence_corrected", "rate"})


def recount_problems(
    findings: Sequence[Finding], cases: Sequence[Case], codings: Mapping[str, Coding]
) -> tuple[str, ...]:
    """One sentence for each thing about the findings that does not hold; empty when all does.

    Findings of journeys, incidents and people are only checked for their ids:
    ``journey_problems``, ``incident_problems`` and ``people_problems`` recount them.

    Checked: ids are unique; numerator recounts and agrees with the cases, passages or codes
    listed behind it; estimate and denominator fit; every passage is known, belongs to a listed
    case, has a code of the finding, stands in a section that counts and says what is claimed.
    """
    files = case_files(cases, codings)
    by_id = {case.case_id: case for case in cases}
    uses = Counter(finding.finding_id for finding in findings)
    problems = [f"{name}: {n} findings have this id" for name, n in uses.items() if n > 1]
    members = {finding.finding_id: finding.case_ids for finding in findings}
    for finding in findings:
        if finding.measure in _ELSEWHERE:
            continue
        of_which = _files_of(finding, files, members)
        problems += _number_problems(finding, of_which, codings)
        problems += _passage_problems(finding, by_id, codings)
    return tuple(problems)


def _files_of(
    finding: Finding, files: CaseFiles, members: Mapping[str, Sequence[str]]
) -> CaseFiles:
    """The cases that the finding is out of: all, or those of the group that its id names."""
    if finding.measure not in _INSIDE:
        return files
    inside = members.get(finding.finding_id.rpartition(_SEPARATOR)[0], ())
    return {case_id: files[case_id] for case_id in inside if case_id in files}


def _number_problems(finding: Finding, files: CaseFiles, codings: Codings) -> Iterator[str]:
    name = finding.finding_id
    again = recount_in(finding, files, codings)
    if again != finding.numerator:
        yield f"{name}: says {finding.numerator}, but the cases give {again}"
    behind = {
        "cases": finding.case_ids,
        "passages": finding.coding_ids,
        "factors": finding.code_ids,
        "items": finding.code_ids,
    }
    listed = len(set(behind[finding.unit]))
    if listed != finding.numerator:
        yield f"{name}: says {finding.numerator}, but lists {listed} {finding.unit}"
    of_all = finding.unit == "cases" and finding.measure not in _OWN_DENOMINATOR
    if of_all and finding.denominator != len(files):
        yield f"{name}: is out of {finding.denominator}, but there are {len(files)} cases"
    share = finding.measure not in _OTHER_ESTIMATE
    if share and not isclose(
        finding.estimate * finding.denominator, finding.numerator, abs_tol=1e-9
    ):
        yield f"{name}: {finding.numerator} of {finding.denominator} is not {finding.estimate}"
    low, high = finding.low, finding.high
    if low is not None and high is not None and not low <= finding.estimate <= high:
        yield f"{name}: {finding.estimate} lies outside {low} to {high}"


def _passage_problems(
    finding: Finding, cases: Mapping[str, Case], codings: Codings
) -> Iterator[str]:
    name = finding.finding_id
    expected = _ASSERTIONS.get(finding.measure, Assertion.AFFIRMED)
    listed = CaseIndex(cases[case_id] for case_id in finding.case_ids if case_id in cases)
    for case_id in finding.case_ids:
        if case_id not in cases:
            yield f"{name}: lists the case {case_id}, which does not exist"
    for coding_id in finding.coding_ids:
        coding = codings.get(coding_id)
        if coding is None:
            yield f"{name}: rests on the passage {coding_id}, which does not exist"
        elif listed.of_coding(coding) is None:
            yield f"{name}: rests on the passage {coding_id} of a case that it does not list"
        elif coding.code_id not in finding.code_ids:
            yield f"{name}: rests on the passage {coding_id}, which is coded {coding.code_id}"
        elif coding.assertion is not expected or not coding.counts_as_evidence:
            yield (
                f"{name}: rests on the passage {coding_id}, which is {coding.assertion} in "
                f"{coding.section_role}; it should be {expected} in facts, analysis or findings"
            )
