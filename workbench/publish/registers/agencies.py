"""The page of agencies: who was in touch, who knew of what, and what was done (T6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.publish.names import stem
from workbench.publish.site.render import Site
from workbench.records import Code, Finding

#: The heat map has so many factors and kinds of agency at most; the lists have all.
N_FACTORS, N_KINDS = 24, 12
#: So many kinds stand beside a practice theme; the others fold away.
N_BESIDE = 5
#: Shades of the heat map, from none to all cases.
N_SHADES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One kind of agency: how many cases it was in touch in, and how many contacts are told."""

    kind: str
    label: str
    in_touch: Finding
    n_contacts: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One cell of the heat map."""

    finding: Finding | None
    shade: int  # 0 to N_SHADES


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One factor and the kinds of agency that were in touch with it."""

    code: Code
    present: Finding | None
    squares: Sequence[Square]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRow:
    """One practice theme: cases, passages and agencies, for worse and for better."""

    code: Code
    failing: Finding | None
    passages: Finding | None
    good: Finding | None
    good_passages: Finding | None
    failing_by: Sequence[tuple[str, Finding]]  # label of the kind; most cases first
    good_by: Sequence[tuple[str, Finding]]


def write_agencies(site: Site) -> None:
    """Write ``agencies.html``."""
    kinds = _kind_rows(site)
    columns = sorted(kinds, key=lambda row: (-row.in_touch.numerator, row.label))[:N_KINDS]
    by_kind = _by_code_and_kind(site, "agency_factor")
    rows = _factor_rows(site, by_kind, [row.kind for row in columns])
    site.write(
        "agencies.html",
        "registers/agencies.html",
        kinds=kinds,
        columns=columns,
        rows=rows[:N_FACTORS],
        n_left_out=max(0, len(rows) - N_FACTORS),
        practice=_practice_rows(site),
        n_cases=len(site.catalogue.publication.cases),
        n_beside=N_BESIDE,
    )


def _kind_rows(site: Site) -> list[KindRow]:
    publication = site.catalogue.publication
    rows = []
    for finding in site.catalogue.of_measure("agency_in_touch"):
        kind = finding.finding_id.removeprefix("agency-in-touch-")
        rows.append(
            KindRow(
                kind=kind, label=publication.agency_labels[kind], in_touch=finding,
                n_contacts=len(set(finding.coding_ids)),
                href=f"evidence/{stem(finding.finding_id)}.html#numerator",
            )
        )  # fmt: skip
    return rows


def _by_code_and_kind(site: Site, measure: str) -> dict[str, dict[str, Finding]]:
    """Code -> kind of agency -> finding."""
    found: dict[str, dict[str, Finding]] = {}
    prefix = f"{measure.replace('_', '-')}-"
    for finding in site.catalogue.of_measure(measure):
        code_id = finding.code_ids[0]
        kind = finding.finding_id.removeprefix(prefix).removesuffix(f"-{code_id}")
        found.setdefault(code_id, {})[kind] = finding
    return found


def _factor_rows(
    site: Site, by_kind: Mapping[str, Mapping[str, Finding]], kinds: Sequence[str]
) -> list[FactorRow]:
    """Factors by the most cases that any kind of agency stands with, the most frequent first."""
    n_cases = max(1, len(site.catalogue.publication.cases))
    rows = []
    for code in site.catalogue.publication.codebook.factors:
        of_kind = by_kind.get(code.code_id, {})
        if any(kind in of_kind for kind in kinds):
            squares = [_square(of_kind.get(kind), n_cases) for kind in kinds]
            present = site.catalogue.finding("prevalence", (code.code_id,))
            rows.append(FactorRow(code=code, present=present, squares=squares))
    rows.sort(key=lambda row: (-_total(row), row.code.label))
    return rows


def _total(row: FactorRow) -> int:
    return sum(square.finding.numerator for square in row.squares if square.finding)


def _square(finding: Finding | None, n_cases: int) -> Square:
    if finding is None:
        return Square(finding=None, shade=0)
    shade = -(-finding.numerator * N_SHADES // n_cases)  # rounded up: one case is not none
    return Square(finding=finding, shade=min(N_SHADES, shade))


def _practice_rows(site: Site) -> list[PracticeRow]:
    labels = site.catalogue.publication.agency_labels
    failing = _by_code_and_kind(site, "agency_failing")
    good = _by_code_and_kind(site, "agency_good")
    rows = []
    for code in site.catalogue.publication.codebook.factors:
        if code.has_valence:
            key = (code.code_id,)
            rows.append(
                PracticeRow(
                    code=code,
                    failing=site.catalogue.finding("prevalence", key),
                    passages=site.catalogue.finding("mentions", key),
                    good=site.catalogue.finding("good_practice", key),
                    good_passages=site.catalogue.finding("mentions_good", key),
                    failing_by=_most_first(failing.get(code.code_id, {}), labels),
                    good_by=_most_first(good.get(code.code_id, {}), labels),
                )
            )
    return rows


def _most_first(
    of_kind: Mapping[str, Finding], labels: Mapping[str, str]
) -> list[tuple[str, Finding]]:
    found = [(labels[kind], finding) for kind, finding in of_kind.items()]
    return sorted(found, key=lambda each: (-each[1].numerator, each[0]))
