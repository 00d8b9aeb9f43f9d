"""ACE counts, factor counts, co-occurrence, groups and kinds of case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from workbench.publish.charts import matrix_chart, network_chart, prevalence_chart
from workbench.publish.charts.matrix import Cell
from workbench.publish.charts.network import Tie
from workbench.publish.charts.prevalence import Bar
from workbench.publish.denominators.listed import INSIDE, SEPARATOR, grouping_of
from workbench.publish.labels import ROLES, group_label
from workbench.publish.names import stem
from workbench.publish.registers.equality import equality_rows
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.render import Site
from workbench.records import Finding, SubjectRole

N_MATRIX_FACTORS = 20
#: Level of false-discovery control below which a pair is said to survive.
ALPHA = 0.05
#: Columns of the factor counts: heading, least, most (None: open upwards).
TOP_COUNT = 4
BANDS: tuple[tuple[str, int, int | None], ...] = (
    *((str(n), n, n) for n in range(TOP_COUNT)),
    (f"{TOP_COUNT} or more", TOP_COUNT, None),
    ("1 or more", 1, None),
)
PAIR_COLUMNS = (
    ("lift", "Lift"),
    ("phi", "Phi"),
    ("odds_ratio_adjusted", "Odds ratio among like reviews"),
    ("q_adjusted", "q among like reviews"),
)


def write_counts(site: Site) -> None:
    """Write ``ace-counts.html``."""
    catalogue = site.catalogue
    of_role: dict[SubjectRole | None, list[Finding]] = {}
    for finding in catalogue.of_measure("aces"):
        of_role.setdefault(finding.subject_role, []).append(finding)
    spreads: dict[tuple[str, ...], list[Finding]] = {}
    for finding in catalogue.of_measure("factor_count"):
        spreads.setdefault(finding.code_ids, []).append(finding)
    groups = {code.code_id: code.group for code in catalogue.publication.codebook.factors}
    of_case = {finding.case_ids: finding for finding in catalogue.of_measure("factors_of_case")}
    site.write(
        "ace-counts.html",
        "ace-counts.html",
        roles=[AceBlock(role, found, _ace_chart(role, found)) for role, found in of_role.items()],
        spreads=[
            Spread(
                "All factors"
                if len({groups[code_id] for code_id in code_ids}) > 1
                else group_label(groups[code_ids[0]]),
                len(code_ids),
                [_band(found, least, most) for _, least, most in BANDS],
            )
            for code_ids, found in spreads.items()
        ],
        bands=[heading for heading, *_ in BANDS],
        case_counts=[
            (case, of_case[(case.case_id,)])
            for case in catalogue.publication.cases
            if (case.case_id,) in of_case
        ],
        correlations=catalogue.of_measure("length_correlation"),
        of_survey=catalogue.of_measure("aces_uk9"),
    )


def _band(findings: Sequence[Finding], least: int, most: int | None) -> Finding | None:
    """The finding that counts cases with so many factors; ``most`` None: and more."""
    for finding in findings:
        bounds = dict(finding.statistics)
        is_open = bounds["least"] < bounds["most"] or bounds["least"] >= TOP_COUNT
        if bounds["least"] == least and is_open == (most is None):
            return finding
    return None


class AceBlock(NamedTuple):
    """The ACE counts for one role."""

    role: SubjectRole | None
    findings: Sequence[Finding]
    chart: Markup


class Spread(NamedTuple):
    """How many factors of one group the cases have."""

    label: str
    n_factors: int
    findings: Sequence[Finding | None]  # one for each of BANDS; None where it cannot occur


def _ace_chart(role: SubjectRole | None, findings: Sequence[Finding]) -> Markup:
    bars = [
        Bar(
            label=f"At least {dict(finding.statistics).get('least', 0):.0f}",
            share=finding.estimate,
            low=finding.estimate if finding.low is None else finding.low,
            high=finding.estimate if finding.high is None else finding.high,
            counts=f"{finding.numerator} of {finding.denominator}",
            href=f"evidence/{stem(finding.finding_id)}.html",
        )
        for finding in findings
    ]
    name = f"ace-{stem(str(role or 'any'))}"
    title = f"Share of cases by number of ACE items, {ROLES[role].lower()}"
    return Markup(prevalence_chart(bars, name=name, title=title))


def survives(finding: Finding) -> bool:
    """Whether a pair stays after control of the false discovery rate, also among like reviews."""
    stated = dict(finding.statistics).get("survives")
    if stated is not None:
        return stated == 1.0
    return finding.q_value is not None and finding.q_value < ALPHA


def matrix_codes(catalogue: Catalogue) -> list[str]:
    """The factors of the matrix, in the order of the codebook.

    The most frequent ones without those of every case: they stand with everything, which says
    nothing.
    """
    order = {code.code_id: rank for rank, code in enumerate(catalogue.publication.codebook.codes)}
    frequent = sorted(
        (
            finding for finding in catalogue.of_measure("prevalence")
            if finding.subject_role is None and finding.code_ids[0] in order
            and 0 < finding.numerator < finding.denominator
        ),
        key=lambda finding: (-finding.numerator, order[finding.code_ids[0]]),
    )  # fmt: skip
    chosen = {finding.code_ids[0] for finding in frequent[:N_MATRIX_FACTORS]}
    return sorted(chosen, key=order.__getitem__)


def _in_every_case(catalogue: Catalogue) -> list[str]:
    return [
        finding.code_ids[0]
        for finding in catalogue.of_measure("prevalence")
        if finding.subject_role is None and finding.numerator == finding.denominator
    ]


def shown_pairs(catalogue: Catalogue) -> list[Finding]:
    """The pairs that the report shows: those of the matrix and every surviving one."""
    chosen = set(matrix_codes(catalogue))
    pairs = [
        finding for finding in catalogue.of_measure("co_occurrence")
        if len(finding.code_ids) == 2 and (chosen.issuperset(finding.code_ids) or survives(finding))
    ]  # fmt: skip
    return sorted(
        pairs,
        key=lambda finding: (
            2.0 if finding.q_value is None else finding.q_value,
            2.0 if finding.p_value is None else finding.p_value,
            -finding.numerator,
            finding.finding_id,
        ),
    )


def write_co_occurrence(site: Site) -> None:
    """Write ``co-occurrence.html``."""
    catalogue = site.catalogue
    codes = matrix_codes(catalogue)
    name_of = {code.code_id: code.label for code in catalogue.publication.codebook.codes}
    pairs = shown_pairs(catalogue)
    surviving = [finding for finding in pairs if survives(finding)]
    attracted = [finding for finding in surviving if _attracts(finding)]
    with_p = [
        finding for finding in catalogue.of_measure("co_occurrence") if finding.p_value is not None
    ]
    names = {name for finding in pairs for name, _ in finding.statistics}
    site.write(
        "co-occurrence.html",
        "co-occurrence.html",
        labels_shown=[name_of[code_id] for code_id in codes] if pairs else [],
        matrix=_matrix(codes, name_of, pairs) if pairs else "",
        network=_network(attracted, name_of) if attracted else "",
        surviving=surviving,
        tested=[finding for finding in pairs if finding.p_value is not None],
        untested=[finding for finding in pairs if finding.p_value is None],
        in_all=[name_of[code_id] for code_id in _in_every_case(catalogue)],
        name_of=name_of,
        columns=[column for column in PAIR_COLUMNS if column[0] in names],
        n_tested=len(with_p),
        sets=catalogue.of_measure("factor_set"),
        alpha="5%",
    )


class GroupBlock(NamedTuple):
    """One grouping: its groups, and the factors whose share differs between them."""

    name: str
    groups: Sequence[Finding]
    n_tested: int
    differing: Sequence[tuple[Finding, Finding]]  # group, factor in it


class KindRow(NamedTuple):
    """One factor in each kind of case."""

    code_id: str
    of_kinds: Sequence[Finding | None]  # None for a kind that no case most likely belongs to


def write_groups(site: Site) -> None:
    """Write ``groups.html``: groups compared, kinds of case, levels and objectives."""
    catalogue = site.catalogue
    name_of = {code.code_id: code.label for code in catalogue.publication.codebook.codes}
    inside: dict[str, list[Finding]] = {}
    for finding in catalogue.of_measure(*INSIDE):
        inside.setdefault(finding.finding_id.rpartition(SEPARATOR)[0], []).append(finding)
    groupings: dict[str, list[Finding]] = {}
    for group in catalogue.of_measure("group"):
        groupings.setdefault(grouping_of(group), []).append(group)
    kinds = catalogue.of_measure("typology_class")
    site.write(
        "groups.html",
        "groups.html",
        groupings=[_group_block(name, found, inside) for name, found in groupings.items()],
        kinds=kinds,
        kind_rows=_kind_rows(kinds, inside),
        title_of={case.case_id: case.title for case in catalogue.publication.cases},
        crosswalk=catalogue.of_measure("crosswalk"),
        rates=catalogue.of_measure("rate"),
        concentrations=catalogue.of_measure("concentration"),
        equality=equality_rows(catalogue.of_measure("coder_hit")),
        name_of=name_of,
    )


def _kind_rows(kinds: Sequence[Finding], inside: dict[str, list[Finding]]) -> list[KindRow]:
    """Factors by kind; those that tell the kinds apart most come first."""
    of_kind = [{f.code_ids[0]: f for f in inside.get(kind.finding_id, ())} for kind in kinds]
    code_ids = dict.fromkeys(code_id for found in of_kind for code_id in found)

    def spread(code_id: str) -> float:
        shares = [found[code_id].estimate for found in of_kind if code_id in found]
        return min(shares) - max(shares)

    return [
        KindRow(code_id, [found.get(code_id) for found in of_kind])
        for code_id in sorted(code_ids, key=spread)
    ]


def _group_block(
    name: str, groups: Sequence[Finding], inside: dict[str, list[Finding]]
) -> GroupBlock:
    pairs = [(group, each) for group in groups for each in inside.get(group.finding_id, ())]
    differing = [pair for pair in pairs if pair[1].q_value is not None and pair[1].q_value <= ALPHA]
    differing.sort(key=lambda pair: (pair[1].q_value or 0.0, pair[1].finding_id))
    n_tested = sum(each.q_value is not None for _, each in pairs)
    return GroupBlock(name, groups, n_tested, differing)


def _attracts(finding: Finding) -> bool:
    return dict(finding.statistics).get("phi", 1.0) > 0


def _matrix(codes: Sequence[str], name_of: dict[str, str], pairs: Sequence[Finding]) -> Markup:
    position = {code_id: place for place, code_id in enumerate(codes)}
    cells = {}
    for finding in pairs:
        places = sorted((position.get(code_id, -1) for code_id in finding.code_ids), reverse=True)
        if places[1] >= 0:
            cells[places[0], places[1]] = Cell(
                n_both=finding.numerator,
                survives=survives(finding),
                href=f"evidence/{stem(finding.finding_id)}.html",
            )
    svg = matrix_chart([name_of[code_id] for code_id in codes], cells, name="matrix",
                       title="Cases in which both factors are present")  # fmt: skip
    return Markup(svg)


def _network(findings: Sequence[Finding], name_of: dict[str, str]) -> Markup:
    ties = [
        Tie(
            left=finding.code_ids[0],
            right=finding.code_ids[1],
            n_both=finding.numerator,
            href=f"evidence/{stem(finding.finding_id)}.html",
        )
        for finding in findings
    ]
    svg = network_chart(ties, name_of, name="ties", title="Pairs that survive")
    return Markup(svg)
