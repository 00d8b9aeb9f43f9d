"""People of the published tables of domestic homicides: each row counts once."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from workbench.cases import build_cases
from workbench.cases.tables import load_case_map, read_case_tables, table_cases
from workbench.codebook import Codebook, shipped_annotations
from workbench.findings.people import people_findings, people_problems
from workbench.records import Finding

MAP = shipped_annotations() / "case_tables" / "dhrd.yaml"
TABLES = ("incidents", "victims", "perpetrators")

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def findings(shared: Path, codebook: Codebook) -> dict[str, Finding]:
    case_map = load_case_map(MAP, codebook)
    paths = [shared / "real" / "dhrd" / f"{name}.csv" for name in TABLES]
    made = table_cases(read_case_tables(paths, case_map, MAP), case_map, codebook)
    readings = [case.reading for case in made]
    cases = build_cases(readings, codebook)
    found = people_findings(cases, codebook)
    codings = {coding.coding_id: coding for reading in readings for coding in reading.codings}
    assert people_problems(found, cases, codings) == ()
    return {finding.finding_id: finding for finding in found}


@pytest.mark.parametrize(
    ("role", "table"), [("victim", "victims"), ("perpetrator", "perpetrators")]
)
def test_people_with_alcohol_and_by_sex_are_the_rows_of_the_tables(
    findings: Mapping[str, Finding], shared: Path, role: str, table: str
) -> None:
    path = shared / "real" / "dhrd" / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    drink = findings[f"people-present-alcohol_misuse-{role}"]
    assert drink.numerator == sum(row[f"{role}_vuln_alcohol"] == "True" for row in rows)
    assert drink.denominator == len(rows)
    sexes = Counter(row[f"sex_of_{role}"].casefold() for row in rows)
    for sex in ("female", "male"):
        assert findings[f"people-group-{role}-sex-{sex}"].numerator == sexes[sex]
    not_stated = findings[f"people-group-{role}-sex-not-stated"]
    assert not_stated.numerator == len(rows) - sexes["female"] - sexes["male"]


def test_the_published_share_of_victims_with_alcohol_is_one_of_people_too(
    findings: Mapping[str, Finding],
) -> None:
    """222 of 619 victims, 35.9 %: each of a review of their own, so that Wilson's bounds hold."""
    victims = findings["people-present-alcohol_misuse-victim"]
    assert (victims.numerator, victims.denominator) == (222, 619)
    assert dict(victims.statistics)["effective_people"] == 619
