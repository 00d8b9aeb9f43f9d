"""The tables of 647 real Domestic Homicide Reviews come out as their authors published them.

Cook and Cook (2026), Domestic Homicide Review Dataset, CC BY 4.0: library tags by incident,
victim and perpetrator. A tag that is not set is "not mentioned", never "absent".
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from workbench.cases import build_cases
from workbench.cases.tables import load_case_map, read_case_tables, table_cases
from workbench.codebook import Codebook, shipped_annotations
from workbench.findings import compute_findings, recount_problems
from workbench.records import Case, Coding, Finding, IncidentField, Standing

TABLES = ("incidents", "victims", "perpetrators")
MAP = shipped_annotations() / "case_tables" / "dhrd.yaml"

pytestmark = pytest.mark.real


def counted(
    shared: Path, codebook: Codebook, map_path: Path
) -> tuple[tuple[Case, ...], dict[str, Coding]]:
    case_map = load_case_map(map_path, codebook)
    paths = [shared / "real" / "dhrd" / f"{name}.csv" for name in TABLES]
    made = table_cases(read_case_tables(paths, case_map, map_path), case_map, codebook)
    readings = [case.reading for case in made]
    codings = {coding.coding_id: coding for reading in readings for coding in reading.codings}
    return build_cases(readings, codebook), codings


@pytest.fixture(scope="module")
def single_victim(
    shared: Path, codebook: Codebook, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[Case, ...], dict[str, Coding]]:
    """The incidents that the authors' tables are about."""
    title = 'title: "Domestic homicide review {key}"'
    text = MAP.read_text(encoding="utf-8")
    assert title in text
    path = tmp_path_factory.mktemp("map") / "single.yaml"
    path.write_text(
        text.replace(title, f'{title}\n  only: {{multiple_victims: "False"}}'), encoding="utf-8"
    )
    return counted(shared, codebook, path)


@pytest.fixture(scope="module")
def cases(single_victim: tuple[tuple[Case, ...], dict[str, Coding]]) -> tuple[Case, ...]:
    return single_victim[0]


@pytest.fixture(scope="module")
def findings(
    single_victim: tuple[tuple[Case, ...], dict[str, Coding]], codebook: Codebook
) -> dict[str, Finding]:
    cases, codings = single_victim
    made = compute_findings(cases, codings, codebook)
    assert recount_problems(made, cases, codings) == ()
    return {finding.finding_id: finding for finding in made}


@pytest.mark.parametrize(
    ("role", "n", "percent"),
    [("any", 356, 57.5), ("victim", 222, 35.9), ("perpetrator", 294, 47.5)],
)
def test_alcohol_is_present_as_often_as_published(
    findings: Mapping[str, Finding], role: str, n: int, percent: float
) -> None:
    finding = findings[f"prevalence-present-alcohol_misuse-{role}"]
    assert (finding.numerator, finding.denominator) == (n, 619)
    assert round(100 * finding.estimate, 1) == percent
    silent = findings[f"prevalence-not_mentioned-alcohol_misuse-{role}"]
    assert silent.numerator == 619 - n


def test_victim_by_perpetrator_is_the_published_table(findings: Mapping[str, Finding]) -> None:
    pair = findings["roles-alcohol_misuse-victim-perpetrator"]
    statistics = dict(pair.statistics)
    both, neither = statistics["n_both"], statistics["n_neither"]
    only_victim, only_perpetrator = statistics["n_first"] - both, statistics["n_second"] - both
    assert (both, only_victim, only_perpetrator, neither) == (160, 62, 134, 263)
    assert statistics["odds_ratio"] == pytest.approx(5.065, abs=5e-4)


def test_pairs_of_tags_equal_a_count_over_the_rows(
    cases: tuple[Case, ...], findings: Mapping[str, Finding]
) -> None:
    pairs = [finding for finding in findings.values() if finding.measure == "co_occurrence"]
    assert len(pairs) == 55  # eleven factors
    for pair in pairs:
        by_hand = sum(
            set(pair.code_ids) <= {state.code_id for state in case.states} for case in cases
        )
        assert pair.numerator == by_hand


def test_all_647_reviews_are_counted_in_less_than_thirty_seconds(
    shared: Path, codebook: Codebook
) -> None:
    start = time.process_time()
    cases, codings = counted(shared, codebook, MAP)
    made = {finding.finding_id: finding for finding in compute_findings(cases, codings, codebook)}
    assert time.process_time() - start < 30
    assert len(cases) == 647
    pair = dict(made["roles-alcohol_misuse-victim-perpetrator"].statistics)
    assert (pair["n_first"], pair["n_both"]) == (222, 160)


def test_a_number_leads_to_its_cells(
    single_victim: tuple[tuple[Case, ...], dict[str, Coding]], findings: Mapping[str, Finding]
) -> None:
    codings = single_victim[1]
    finding = findings["prevalence-present-alcohol_misuse-victim"]
    behind = [codings[coding_id] for coding_id in finding.coding_ids]
    assert len(behind) == 222
    assert {coding.text for coding in behind} == {"victim_vuln_alcohol: True"}
    assert all(coding.explanation.startswith("victims.csv, line ") for coding in behind)


def test_facts_of_the_incidents_are_what_the_rows_say(shared: Path, codebook: Codebook) -> None:
    folder = shared / "real" / "dhrd"
    rows = {name: _rows(folder / f"{name}.csv") for name in ("incidents", "victims")}
    suicides = {row["incident_id"] for row in rows["victims"] if row["victim_suicide"] == "True"}
    case_map = load_case_map(MAP, codebook)
    paths = [folder / f"{name}.csv" for name in TABLES]
    made = table_cases(read_case_tables(paths, case_map, MAP), case_map, codebook)
    counts = Counter(
        (fact.field.value, fact.value) for case in made for fact in case.facts
        if fact.standing is Standing.VALUE
    )  # fmt: skip

    def causes(*wanted: str) -> int:
        return sum(
            row["cause_of_death"] in wanted and row["incident_id"] not in suicides
            for row in rows["incidents"]
        )

    def ties(*wanted: str) -> int:
        return sum(
            row["relationship_to_perpetrator"] in wanted and row["victim_suicide"] == "False"
            for row in rows["victims"]
        )

    assert counts["method", "sharp_instrument"] == causes("sharp instrument") == 267
    assert counts["method", "blunt_instrument"] == causes(
        "blunt instrument", "hitting with a weapon"
    )
    assert counts["method", "shooting"] == causes("shooting") == 14
    assert counts["relationship", "self"] == len(suicides) == 65
    # Whose parent the victim was killed them: the tie is turned round.
    assert counts["relationship", "son_or_daughter"] == ties("Parent", "Step-parent") == 81
    assert counts["relationship", "ex_partner"] == ties(
        "Ex-spouse", "Ex-boyfriend or ex-girlfriend"
    )
    dates = [case.facts for case in made]
    assert sum(any(f.field is IncidentField.DATE for f in facts) for facts in dates) == 647
    years = Counter(f.value[:4] for facts in dates for f in facts if f.field is IncidentField.DATE)
    assert years == Counter(row["death_date"][-4:] for row in rows["incidents"])
    assert not [key for key in counts if key[0] == "place"]  # a residence is not said to be whose


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
