"""Pairs of factors: the table, the test, and what may be tested at all."""

from __future__ import annotations

import time
from itertools import combinations

import numpy as np
import pytest
from finding_making import (
    CODEBOOK,
    PERPETRATOR,
    VICTIM,
    corpus,
    findings_of,
    made_case,
    passage,
    person,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.findings import FindingsSettings
from workbench.findings.cooccurrence import FourfoldTable
from workbench.records import Case, CaseState, State, SubjectRole

# Cook and Cook (2026), Domestic Homicide Review Dataset, alcohol tags of single-victim
# incidents: both 160, victim only 62, perpetrator only 134, neither 263, of 619.
ALCOHOL = FourfoldTable(both=160, n_first=222, n_second=294, n=619)


def test_a_published_table_keeps_its_cells_and_gives_its_statistics() -> None:
    from statsmodels.stats.contingency_tables import Table2x2

    statistics = dict(ALCOHOL.statistics(0.95))
    assert (statistics["n_both"], statistics["n_neither"]) == (160, 263)
    assert statistics["odds_ratio"] == pytest.approx(160 * 263 / (62 * 134))
    assert statistics["lift"] == pytest.approx(160 * 619 / (222 * 294))
    other = Table2x2([[160, 62], [134, 263]])
    assert (statistics["odds_ratio_low"], statistics["odds_ratio_high"]) == pytest.approx(
        other.oddsratio_confint()
    )
    assert statistics["phi"] == pytest.approx(np.corrcoef(*marks(ALCOHOL))[0, 1])


def marks(table: FourfoldTable) -> tuple[list[int], list[int]]:
    only_first, only_second = table.n_first - table.both, table.n_second - table.both
    first = [1] * table.n_first + [0] * (only_second + table.neither)
    second = [1] * table.both + [0] * only_first + [1] * only_second + [0] * table.neither
    return first, second


def test_margins_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="not a 2x2 table"):
        FourfoldTable(both=1, n_first=8, n_second=8, n=10)


def alcohol_case(number: int, victim: bool, perpetrator: bool) -> Case:
    roles = [role for role, has in ((VICTIM, victim), (PERPETRATOR, perpetrator)) if has]
    name = f"c{number:03d}"
    case = made_case(name, people=[person(name, VICTIM, "P1"), person(name, PERPETRATOR, "P2")])
    states = tuple(
        CaseState(code_id="alcohol_misuse", subject_role=role, state=State.PRESENT)
        for role in roles
    )
    return Case(
        case_id=case.case_id, title=case.title, review_type=case.review_type,
        document_ids=case.document_ids, people=case.people, states=states, n_segments=1, n_words=1,
    )  # fmt: skip


def test_the_published_alcohol_counts_come_out_of_cases() -> None:
    victims, perpetrators = marks(ALCOHOL)
    cases = [
        alcohol_case(number, bool(victim), bool(perpetrator))
        for number, (victim, perpetrator) in enumerate(zip(victims, perpetrators, strict=True))
    ]
    made = findings_of(cases, [])
    of = {
        role: made[f"prevalence-present-alcohol_misuse-{role}"]
        for role in ("any", VICTIM, PERPETRATOR)
    }
    assert [finding.numerator for finding in of.values()] == [356, 222, 294]
    assert [round(finding.estimate, 3) for finding in of.values()] == [0.575, 0.359, 0.475]
    pair = made["roles-alcohol_misuse-victim-perpetrator"]
    assert (pair.numerator, pair.denominator) == (160, 619)
    assert dict(pair.statistics)["odds_ratio"] == pytest.approx(5.065, abs=5e-4)
    assert pair.p_value is not None
    assert pair.p_value < 1e-15


def test_reviews_without_both_people_do_not_make_a_factor_look_shared() -> None:
    cases = [alcohol_case(n, n < 4, n % 2 == 0) for n in range(8)]
    cases += [
        made_case(f"other {n}", people=[person(f"other {n}", SubjectRole.DECEASED, "P1")])
        for n in range(50)
    ]
    pair = findings_of(cases, [], min_cases_for_pairs=1)["roles-alcohol_misuse-victim-perpetrator"]
    assert (pair.numerator, pair.denominator, dict(pair.statistics)["lift"]) == (2, 8, 1.0)


def names(*numbers: int) -> list[str]:
    return [f"c{number:02d}" for number in numbers]


def test_a_pair_is_named_in_alphabetical_order_and_leads_to_its_passages() -> None:
    cases, codings = corpus(
        {"ipa_pattern": names(*range(8)), "drug_misuse": names(*range(4, 12))}, 16
    )
    finding = findings_of(cases, codings)["cooccurrence-drug_misuse--ipa_pattern"]
    assert finding.case_ids == tuple(names(4, 5, 6, 7))
    assert (finding.numerator, finding.denominator, finding.estimate) == (4, 16, 0.25)
    assert len(finding.coding_ids) == 8
    assert "conditioned on being reviewed" in finding.note
    assert dict(finding.statistics)["lift"] == 1.0


def test_a_factor_of_too_few_cases_enters_no_pair() -> None:
    cases, codings = corpus({"ipa_pattern": names(0, 1, 2), "drug_misuse": names(0, 1)}, 6)
    pair = "cooccurrence-drug_misuse--ipa_pattern"
    assert pair not in findings_of(cases, codings)
    assert pair in findings_of(cases, codings, min_cases_for_pairs=2)


def test_pairs_that_no_table_could_decide_are_described_but_not_tested() -> None:
    half, few = names(*range(8)), names(0, 1, 2)
    cases, codings = corpus(
        {"ipa_pattern": half, "drug_misuse": half, "stalking_harassment": few}, 16
    )
    made = findings_of(cases, codings)
    strong = made["cooccurrence-drug_misuse--ipa_pattern"]
    # Identical halves of 16: both extreme tables, 2 / C(16, 8); the only test, so q equals p.
    assert strong.p_value == pytest.approx(2 / 12870)
    assert strong.q_value == strong.p_value
    weak = made["cooccurrence-ipa_pattern--stalking_harassment"]
    assert (weak.p_value, weak.q_value) == (None, None)
    assert dict(weak.statistics)["odds_ratio_corrected"] == 1.0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=14))
def test_co_occurrence_is_symmetric(drawn: list[tuple[bool, bool]]) -> None:
    def pair(first: str, second: str) -> dict[str, float]:
        holders = {
            first: [f"c{i:02d}" for i, (one, _) in enumerate(drawn) if one],
            second: [f"c{i:02d}" for i, (_, two) in enumerate(drawn) if two],
        }
        found = findings_of(*corpus(holders, len(drawn)), min_cases_for_pairs=1)
        made = found.get("cooccurrence-drug_misuse--ipa_pattern")
        if made is None:
            return {}
        p_value = {"p": made.p_value} if made.p_value is not None else {}
        return {"estimate": made.estimate, **dict(made.statistics), **p_value}

    one, other = pair("drug_misuse", "ipa_pattern"), pair("ipa_pattern", "drug_misuse")
    assert one.pop("n_first", None) == other.pop("n_second", None)
    assert one.pop("n_second", None) == other.pop("n_first", None)
    assert one == pytest.approx(other)


def test_sixty_factors_over_five_thousand_cases_take_seconds() -> None:
    rng = np.random.default_rng(1995)
    factors = [code.code_id for code in CODEBOOK.factors][:60]
    has = rng.random((5000, 60)) < rng.uniform(0.02, 0.6, 60)
    cases = []
    for number, row in enumerate(has):
        states = tuple(
            CaseState(
                code_id=code_id, subject_role=VICTIM, state=State.PRESENT,
                codings_for=(f"{number}-{code_id}",),
            )
            for code_id, present in zip(factors, row, strict=True)
            if present
        )  # fmt: skip
        cases.append(
            Case(
                case_id=f"c{number:04d}", title="", review_type="", document_ids=(str(number),),
                people=(), states=states, n_segments=1, n_words=1,
            )
        )  # fmt: skip
    from workbench.findings.cooccurrence import cooccurrence_findings
    from workbench.findings.table import CaseTable

    started = time.process_time()
    table = CaseTable.of(cases, {}, CODEBOOK, FindingsSettings())
    made = {finding.finding_id: finding for finding in cooccurrence_findings(table)}
    assert time.process_time() - started < 10  # measured: 1.5 s of one core
    assert len(made) == 60 * 59 // 2
    for i, j in list(combinations(range(60), 2))[::97]:
        first, second = sorted((factors[i], factors[j]))
        assert made[f"cooccurrence-{first}--{second}"].numerator == int(
            (has[:, i] & has[:, j]).sum()
        )


@pytest.mark.parametrize(
    "wrong", [{"confidence": 1.0}, {"false_discovery_level": 0.0}, {"min_cases_for_pairs": 0}]
)
def test_settings_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        FindingsSettings(**wrong)  # type: ignore[arg-type]


def test_a_passage_that_is_missing_is_an_error_not_a_smaller_number() -> None:
    coding = passage("a", "ipa_pattern")
    with pytest.raises(KeyError, match="ipa_pattern"):
        findings_of([made_case("a", [coding])], [])
