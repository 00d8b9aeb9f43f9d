"""Findings: cases for each 100,000 people of a group, and the ratio to the other groups (T10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite

from workbench.findings.patterns.groups import Groups
from workbench.findings.patterns.typology import SEPARATOR
from workbench.findings.rates.concentration import concentration
from workbench.findings.rates.poisson import PER, rate, rate_ratio
from workbench.findings.table import CaseTable
from workbench.records import Finding

#: No rate of fewer cases; rates of fewer than the second are marked unreliable.
#: Source: Office for National Statistics, mortality statistics: no rate under 3 deaths, fewer
#: than 20 flagged "u".
MIN_CASES, MIN_RELIABLE = 3, 20
#: Fewer places are compared by their rates alone.
MIN_PLACES = 10
PLACED_NOTE = "The cases that the rates and the concentration of this grouping are about."
NOTE = (
    "Reviewed cases for each 100,000 people, with exact Poisson bounds: not a rate of homicide, "
    "since most homicides are not reviewed."
)
UNRELIABLE = f" Unreliable (u): fewer than {MIN_RELIABLE} cases."
PLACE_NOTE = (
    "The same number of cases, scattered at random over the groups by population, is printed "
    "beside it: few cases over many places always heap up."
)


def rate_findings(table: CaseTable, groups: Groups) -> Iterator[Finding]:
    """For each grouping with populations: the rate of each group with three cases or more.

    ``estimate``, ``low`` and ``high`` are for each 100,000; ``statistics`` hold the population
    and the ratio to the rate of all other groups together, with exact bounds. For a grouping of
    ten groups or more, one finding says how concentrated the cases are.
    """
    sizes: dict[str, dict[str, float]] = {}
    for population in table.settings.populations:
        sizes.setdefault(population.grouping, {})[population.group] = population.n
    for grouping, of_group in sorted(sizes.items()):
        members = _members(table, groups.get(grouping, {}), of_group)
        placed = sorted(place for places in members.values() for place in places)
        if not placed:
            continue
        yield Finding(
            finding_id=_placed_id(grouping),
            measure="placed",
            label=f"Cases with a known group: {grouping.replace('_', ' ')}",
            note=PLACED_NOTE,
            **table.share(placed).fields,
        )
        for number, (group, places) in enumerate(members.items()):
            if len(places) >= MIN_CASES:
                yield _rate(table, (grouping, group, number), members, of_group)
        if len(of_group) >= MIN_PLACES:
            yield _place(table, grouping, members, of_group)


def _placed_id(grouping: str) -> str:
    return f"placed-{re.sub(r'[^a-z0-9]+', '-', grouping.lower()).strip('-')}"


def _members(
    table: CaseTable, labels: Mapping[str, str], of_group: Mapping[str, float]
) -> dict[str, list[int]]:
    return {
        group: [
            place for place, case in enumerate(table.cases) if labels.get(case.case_id) == group
        ]
        for group in sorted(of_group)
    }


def _rate(
    table: CaseTable,
    name: tuple[str, str, int],
    members: Mapping[str, list[int]],
    of_group: Mapping[str, float],
) -> Finding:
    grouping, group, number = name
    places, size = members[group], of_group[group]
    n_all, everybody = sum(map(len, members.values())), sum(of_group.values())
    confidence = table.settings.confidence
    found = rate(len(places), size, confidence)
    statistics = [("population", size), ("per", float(PER))]
    if len(of_group) > 1:
        ratio = rate_ratio((len(places), size), (n_all - len(places), everybody - size), confidence)
        names = ("rate_ratio", "rate_ratio_low", "rate_ratio_high")
        statistics += [pair for pair in zip(names, ratio, strict=True) if isfinite(pair[1])]
    fields = table.share(places, n_all).fields
    fields |= {"estimate": found.value, "low": found.low, "high": found.high}
    title = grouping.replace("_", " ").capitalize()
    return Finding(
        finding_id=f"{_placed_id(grouping)}{SEPARATOR}rate-{number + 1}",
        measure="rate",
        label=f"{title}: {group}: reviewed cases for each 100,000 people",
        statistics=tuple(statistics),
        note=NOTE + (UNRELIABLE if len(places) < MIN_RELIABLE else ""),
        **fields,
    )


def _place(
    table: CaseTable,
    grouping: str,
    members: Mapping[str, list[int]],
    of_group: Mapping[str, float],
) -> Finding:
    groups = sorted(of_group)
    n_top = max(1, round(len(groups) / 10))
    counts = [len(members[group]) for group in groups]
    found = concentration(counts, n_top, [of_group[group] for group in groups])
    order = sorted(groups, key=lambda group: (-len(members[group]), group))
    inside = sorted(place for group in order[:n_top] for place in members[group])
    title = grouping.replace("_", " ").capitalize()
    return Finding(
        finding_id=f"{_placed_id(grouping)}{SEPARATOR}concentration",
        measure="concentration",
        label=f"{title}: cases in the {n_top} of {len(groups)} groups that have most of them",
        p_value=found.p_value,
        statistics=(
            ("gini", found.gini),
            ("generalised_gini", found.generalised_gini),
            ("random_generalised_gini", found.random_generalised_gini),
            ("random_share", found.random_top_share),
            ("random_share_low", found.random_top_low),
            ("random_share_high", found.random_top_high),
            ("n_places", float(found.n_places)),
        ),
        note=PLACE_NOTE,
        **table.share(inside, sum(counts)).fields,
    )
