"""Adverse childhood experiences: at least so many of the ten items, for one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from workbench.findings.table import CaseTable, role_words
from workbench.records import Case, Finding, SubjectRole

ACE_SET = "ten-item ACE set (CDC-Kaiser)"
#: Thresholds shown even when no case reaches them; surveys report four or more.
SHOWN_ALWAYS = 4
#: Chance (see ``CaseState.score``) from which an item is sure. On the demonstration corpus the
#: true count lies between ``surely_at_least`` and ``at_most`` for 35 of 35 people, whose number
#: the bound was chosen on; between ``at_least`` and ``at_most`` for 27.
SURE = 0.8
LOWER_BOUND = (
    f"A lower bound, from the {ACE_SET}: an item that the review does not mention may still have "
    "happened. Not comparable with survey figures, which ask everybody about every item."
)
UK_SET = "ACE9UK"  # as the codebook calls it among its frameworks


class AceSet(NamedTuple):
    """A named set of items: how its findings are called, and how they must be read."""

    prefix: str
    measure: str
    n_items: int
    name: str
    note: str


TEN = AceSet("aces", "aces", 10, "", LOWER_BOUND)
NINE = AceSet(
    "aces9",
    "aces_uk9",
    9,
    " (nine-item UK survey set)",
    "A lower bound, from the nine-item set of the household surveys of England and Wales (no "
    "neglect; alcohol and drugs are two items there and one code here, counted once). Not "
    "comparable with survey figures, which ask everybody about every item.",
)


def ace_findings(table: CaseTable) -> Iterator[Finding]:
    """For each role: cases in which one person has at least n items, and each case's own count.

    Two sets are counted, each by its name: the ten-item set, and the nine-item set of the
    surveys in England and Wales (Bellis et al. 2014, BMC Med. 12, 72).

    The denominator is the cases that tell of somebody in the role. Of several people in one
    role (two index children) the one with the most items counts, and only passages that name
    the person are added up: items of two children are never one child's score. Each case's own
    count has bounds in its statistics: ``surely_at_least`` leaves out items of which the coder
    is not sure; and up to ``at_most`` an item may have happened, unless the review rules it out
    for the person.
    """
    items = [code.code_id for code in table.factors if code.ace]
    of_survey = [code.code_id for code in table.factors if UK_SET in dict(code.maps)]
    for role in table.settings.ace_roles:
        places = table.telling_of(role)
        if not places:
            continue
        if items:
            found = {place: most_items_of_one(table, place, items, role) for place in places}
            yield from _at_least(table, (role, TEN), found, items)
            for place, of_one in found.items():
                if of_one:
                    ruled_out = _ruled_out_for_one(table, place, items, role, of_one)
                    yield _of_case(table, place, of_one, (len(items), len(ruled_out)), role)
        if of_survey:
            found = {place: most_items_of_one(table, place, of_survey, role) for place in places}
            yield from _at_least(table, (role, NINE), found, of_survey)


def _at_least(
    table: CaseTable,
    which: tuple[SubjectRole, AceSet],
    found: Mapping[int, Mapping[str, str]],
    items: Sequence[str],
) -> Iterator[Finding]:
    """For one set of items: the cases in which one person has at least 1, 2, ... of them."""
    role, ace_set = which
    highest = max(SHOWN_ALWAYS, *map(len, found.values()))
    for least in range(1, min(highest, len(items)) + 1):
        reached = [place for place in found if len(found[place]) >= least]
        yield Finding(
            finding_id=f"{ace_set.prefix}-{role}-at_least_{least}",
            measure=ace_set.measure,
            label=f"At least {least} of {ace_set.n_items} ACE items for one {role_words(role)}"
            f"{ace_set.name}",
            code_ids=tuple(items),
            subject_role=role,
            coding_ids=tuple(id_ for place in reached for id_ in found[place].values()),
            statistics=(("least", float(least)),),
            note=ace_set.note,
            **table.share(reached, len(found)).fields,
        )


def most_items_of_one(
    table: CaseTable, place: int, items: list[str], role: SubjectRole
) -> dict[str, str]:
    """The items present for the person of that role who has the most, each with a passage."""
    case = table.cases[place]
    affirmed = [
        (item, coding_id)
        for item in items
        for state in table.states(item, place, role)
        for coding_id in state.codings_for
    ]
    holders = _holders(case, role)
    of_person: dict[str, dict[str, str]] = defaultdict(dict)
    for item, coding_id in affirmed:
        coding = table.codings[coding_id]
        # Where one person alone has the role, every item is theirs, named or not.
        alone = len(set(holders.values())) <= 1
        holder = "" if alone else holders.get((coding.document_id, coding.person_id))
        if holder is not None:
            of_person[holder].setdefault(item, coding_id)
    # An item that is nobody's by name is somebody's: at least one, for one of them.
    return max(of_person.values(), key=len, default=dict(affirmed[:1]))


def _ruled_out_for_one(
    table: CaseTable, place: int, items: list[str], role: SubjectRole, of_one: dict[str, str]
) -> set[str]:
    """The items that the review rules out for the person whose items were counted."""
    holders = _holders(table.cases[place], role)
    alone = len(set(holders.values())) <= 1

    def holder_of(coding_id: str) -> str | None:
        coding = table.codings[coding_id]
        return "" if alone else holders.get((coding.document_id, coding.person_id))

    whose = {holder_of(coding_id) for coding_id in of_one.values()}
    return {
        item
        for item in items
        if item not in of_one
        for state in table.states(item, place, role)
        for coding_id in state.codings_against
        if holder_of(coding_id) in whose - {None}
    }


def _n_sure(table: CaseTable, place: int, items: dict[str, str], role: SubjectRole) -> int:
    """The items that the coder is sure of; all of them where people coded."""
    return sum(
        any(state.score >= SURE for state in table.states(item, place, role)) for item in items
    )


def _holders(case: Case, role: SubjectRole) -> dict[tuple[str, str], str]:
    """(document, person) to one name for the person, for everybody of that role."""
    return {
        place: f"{person.document_id}/{person.person_id}"
        for person in case.people
        if person.role is role
        for place in ((person.document_id, person.person_id), *person.same_as)
    }


def _of_case(
    table: CaseTable,
    place: int,
    items: dict[str, str],
    n_items_and_ruled_out: tuple[int, int],
    role: SubjectRole,
) -> Finding:
    n_items, n_ruled_out = n_items_and_ruled_out
    case = table.cases[place]
    return Finding(
        finding_id=f"aces-{role}-case-{case.case_id}",
        measure="aces_of_case",
        label=f"At least {len(items)} of {n_items} ACE items for one {role_words(role)}: "
        f"{case.title}",
        unit="items",
        numerator=len(items),
        denominator=n_items,
        estimate=len(items) / n_items,
        code_ids=tuple(items),
        subject_role=role,
        case_ids=(case.case_id,),
        coding_ids=tuple(items.values()),
        statistics=(
            ("at_least", float(len(items))),
            ("surely_at_least", float(_n_sure(table, place, items, role))),
            ("at_most", float(n_items - n_ruled_out)),
            ("n_ruled_out", float(n_ruled_out)),
        ),
        note=LOWER_BOUND,
    )
