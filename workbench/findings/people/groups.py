"""People by sex, band of age and ethnicity, as far as the reviews say it, and factors in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.findings.intervals import Estimate
from workbench.findings.patterns.groups import MIN_GROUP
from workbench.findings.patterns.typology import SEPARATOR
from workbench.findings.people.intervals import difference, effective_people
from workbench.findings.people.table import Member, PeopleTable, Said, people_of_reviews
from workbench.findings.significance import (
    ExactTest,
    fisher_exact,
    q_of_testable,
)
from workbench.findings.table import role_words
from workbench.records import AGE_BANDS, Code, Finding, PersonGrouping, SubjectRole

NOT_STATED = "not stated"
#: Below this many people in the group or beside it a comparison is a hint and no more.
FEW = 20
GROUP_NOTE = (
    "People of this role in the reviews read, by what the reviews say of them; those of whom they "
    "do not say it are a group of their own."
)
COMPARED = (
    "A share of the group's people, beside the other people of the role of whom it is stated. "
    "What is said of several, or not of which one, counts for nobody. The test takes one person "
    "for each review, the first that it names, so that people of one review do not count as "
    "independent; q after false-discovery control over all factors and groups of this grouping."
)
EXPLORATORY = f" Exploratory: fewer than {FEW} people on one side."
_TITLES = {
    PersonGrouping.SEX: "Sex",
    PersonGrouping.AGE_BAND: "Age",
    PersonGrouping.ETHNICITY: "Ethnicity as printed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """One group, and the people it is compared with: all others of whom it is stated."""

    finding_id: str
    label: str
    inside: tuple[Member, ...]
    others: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contrast:
    """One factor in one group against the others."""

    group: _Group
    code: Code
    with_it: tuple[Member, ...]
    n_others_with: int
    test: ExactTest
    n_tested: int  # reviews in the test


def people_group_findings(table: PeopleTable, role: SubjectRole) -> Iterator[Finding]:
    """For each grouping that the reviews state of anybody: the groups, and factors in them.

    ``people_group`` has the size of each group, however small, as a share of the role's people.
    ``in_people_group`` has, for a group of ``MIN_GROUP`` people or more beside as many others,
    and each factor that enough people have: the share of the group's people, and in
    ``statistics`` the others' number, the difference with its interval, and ``exploratory``.
    """
    for grouping in PersonGrouping:
        groups = _groups_of(table.people[role], role, grouping)
        if len(groups) == 1 and groups[0].label == NOT_STATED:
            continue
        everybody = table.people[role]
        for group in groups:
            yield Finding(
                finding_id=group.finding_id,
                measure="people_group",
                label=f"{_TITLES[grouping]} ({role_words(role)}): {group.label}",
                subject_role=role,
                note=GROUP_NOTE,
                **table.share(group.inside, everybody),
            )
        yield from _contrast_findings(table, role, groups)


def _groups_of(
    everybody: Sequence[Member], role: SubjectRole, grouping: PersonGrouping
) -> list[_Group]:
    members: dict[str, list[Member]] = {}
    for member in everybody:
        members.setdefault(member.person.group(grouping) or NOT_STATED, []).append(member)
    bands = [band for _, band in AGE_BANDS]
    order = sorted(
        members,
        key=lambda name: (name == NOT_STATED, bands.index(name) if name in bands else -1, name),
    )
    return [
        _Group(
            finding_id=f"people-group-{role}-{grouping}-{name.replace(' ', '-')}",
            label=_printed(members[name], grouping, name),
            inside=tuple(members[name]),
            others=tuple(
                member
                for other in order
                if other not in (name, NOT_STATED)
                for member in members[other]
            ),
        )
        for name in order
    ]


def _printed(members: Sequence[Member], grouping: PersonGrouping, name: str) -> str:
    """The group as most reviews print it."""
    if grouping is not PersonGrouping.ETHNICITY or name == NOT_STATED:
        return name
    uses = Counter(member.person.ethnicity.strip() for member in members)
    return min(uses, key=lambda text: (-uses[text], text))


def _contrast_findings(
    table: PeopleTable, role: SubjectRole, groups: Sequence[_Group]
) -> Iterator[Finding]:
    compared = [group for group in groups if min(len(group.inside), len(group.others)) >= MIN_GROUP]
    codes = list(table.spoken_of(role))
    contrasts = [each for group in compared for each in _contrasts(table, group, codes)]
    level = table.settings.false_discovery_level
    q_values = q_of_testable([each.test for each in contrasts], level)
    for each, q_value in zip(contrasts, q_values, strict=True):
        yield _finding(table, role, each, q_value)


def _contrasts(table: PeopleTable, group: _Group, codes: Sequence[Code]) -> Iterator[_Contrast]:
    """The contrast of each factor that enough people have and some do not."""
    n_people = len(group.inside) + len(group.others)
    independent = _one_of_each_review((*group.inside, *group.others))
    chosen = set(map(id, group.inside))
    first = [member for member in independent if id(member) in chosen]
    for code in codes:
        inside, others = _with(group.inside, code), _with(group.others, code)
        if not table.settings.min_cases_for_pairs <= len(inside) + len(others) < n_people:
            continue
        test = fisher_exact(
            len(_with(first, code)), len(first), len(_with(independent, code)), len(independent)
        )
        yield _Contrast(
            group=group,
            code=code,
            with_it=inside,
            n_others_with=len(others),
            test=test,
            n_tested=len(independent),
        )


def _with(members: Sequence[Member], code: Code) -> tuple[Member, ...]:
    return tuple(each for each in members if each.said(code.code_id) is Said.PRESENT)


def _one_of_each_review(members: Sequence[Member]) -> list[Member]:
    """The first person of each review: by their place in the case, whatever is said of them."""
    first: dict[str, Member] = {}
    for member in sorted(members, key=_place):
        first.setdefault(member.case.review_id, member)
    return list(first.values())


def _place(member: Member) -> tuple[str, int]:
    return member.case.case_id, member.case.subjects.index(member.record)


def _finding(
    table: PeopleTable, role: SubjectRole, each: _Contrast, q_value: float | None
) -> Finding:
    inside, others = each.group.inside, each.group.others
    share = table.share(each.with_it, inside)
    beside = table.share(others[: each.n_others_with], others)
    apart = difference(
        Estimate(share["estimate"], share["low"], share["high"]),
        Estimate(beside["estimate"], beside["low"], beside["high"]),
    )
    few = min(len(inside), len(others)) < FEW
    sizes = people_of_reviews(inside)
    return Finding(
        finding_id=f"{each.group.finding_id}{SEPARATOR}{each.code.code_id}",
        measure="in_people_group",
        label=f"{each.code.label}, told of the people of the group "
        f"{each.group.label} ({role_words(role)})",
        code_ids=(each.code.code_id,),
        subject_role=role,
        coding_ids=tuple(
            dict.fromkeys(
                id_
                for member in each.with_it
                for id_ in member.passages(each.code.code_id, Said.PRESENT)
            )
        ),
        p_value=None if q_value is None else each.test.p_value,
        q_value=q_value,
        statistics=(
            ("n_other_people", float(len(others))),
            ("n_other_people_with", float(each.n_others_with)),
            ("difference_people", apart.value),
            ("difference_people_low", apart.low),
            ("difference_people_high", apart.high),
            ("n_people_reviews", float(len(sizes))),
            ("effective_people", effective_people(sizes)),
            ("n_tested", float(each.n_tested)),
            ("exploratory", float(few)),
        ),
        note=COMPARED + (EXPLORATORY if few else ""),
        **share,
    )
