"""Factors by group, what is distinctive of a corpus, and the crosswalk."""

from __future__ import annotations

from collections.abc import Mapping
from math import log, sqrt

import numpy as np
import pytest
from finding_making import CODEBOOK, corpus, findings_of, made_case, passage

from workbench.findings import FindingsSettings
from workbench.findings.intervals import share_difference
from workbench.findings.patterns.groups import group_findings
from workbench.findings.patterns.log_odds import distinctive
from workbench.findings.table import CaseTable
from workbench.records import Finding

CODE = "drug_misuse"


def test_the_difference_of_two_shares_has_the_published_interval() -> None:
    # Newcombe (1998), Stat. Med. 17, 873-890, table II, method 10.
    assert share_difference((56, 70), (48, 80)) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert share_difference((9, 10), (3, 10)) == pytest.approx((0.6, 0.1705, 0.8090), abs=5e-5)
    assert share_difference((10, 10), (0, 20)) == pytest.approx((1.0, 0.6791, 1.0), abs=5e-5)


def of_groups(n_first: int, n_second: int, groups: Mapping[str, str] | None = None,
              ) -> dict[str, Finding]:  # fmt: skip
    """Two groups of 30 cases, in which so many have drug misuse."""
    holders = [f"c{n:02d}" for n in (*range(n_first), *range(30, 30 + n_second))]
    given = {f"c{n:02d}": "North" if n < 30 else "South" for n in range(60)}
    return findings_of(
        *corpus({CODE: holders}, 60), groups={"area": given if groups is None else groups}
    )


def test_a_group_has_its_cases_and_its_shares() -> None:
    made = of_groups(20, 5)
    north = made["group-area-north"]
    assert (north.numerator, north.denominator) == (30, 60)
    share = made[f"group-area-north__{CODE}"]
    assert (share.numerator, share.denominator) == (20, 30)
    said = dict(share.statistics)
    assert (said["n_others"], said["n_others_with"]) == (30, 5)
    assert said["difference"] == pytest.approx(0.5)
    assert said["difference_low"] == pytest.approx(share_difference((20, 30), (5, 30)).low)
    assert share.q_value is not None
    assert share.q_value < 0.01


@pytest.mark.parametrize(
    "groups",
    [
        pytest.param({}, id="no case has a group"),
        pytest.param({f"c{n:02d}": "North" for n in range(60)}, id="all in one group"),
        pytest.param({f"c{n:02d}": "North" if n < 56 else "South" for n in range(60)}, id="small"),
        pytest.param({f"c{n:02d}": "" for n in range(60)}, id="groups without a name"),
    ],
)
def test_groups_that_cannot_be_compared_give_no_finding(groups: dict[str, str]) -> None:
    assert not [name for name in of_groups(20, 5, groups) if name.startswith("group-")]


def test_names_that_look_alike_in_a_file_name_stay_apart() -> None:
    given = {f"c{n:02d}": ("A b", "a-B", "C")[n % 3] for n in range(60)}
    made = of_groups(20, 5, given)
    assert {"group-area-a-b", "group-area-a-b-no2", "group-area-c"} <= set(made)
    assert made["group-area-a-b"].label != made["group-area-a-b-no2"].label


def test_equal_groups_are_rarely_told_apart() -> None:
    draw = np.random.default_rng(11)
    wrong = 0
    for _ in range(30):
        present = {
            code.code_id: [f"c{n:02d}" for n in np.flatnonzero(draw.random(60) < 0.4)]
            for code in CODEBOOK.factors[:12]
        }
        given = {f"c{n:02d}": ("N", "S", "E")[n % 3] for n in range(60)}
        cases, codings = corpus(present, 60)
        table = CaseTable.of(cases, codings, CODEBOOK, FindingsSettings())
        q_values = [f.q_value for f in group_findings(table, {"area": given})]
        wrong += any(q is not None and q <= 0.05 for q in q_values)
    assert wrong <= 4  # 5 % of 30 corpora; 5 or more come by chance in 1 of 64 trials


def test_a_difference_that_only_length_makes_is_flagged() -> None:
    # Later reviews are longer, long ones mention the factor, whichever the period.
    cases, codings, period = [], [], {}
    for number in range(120):
        late = number >= 60
        is_long = number % 10 < (9 if late else 1)
        mentions = is_long if number % 20 else not is_long
        name = f"c{number:03d}"
        found = [passage(name, CODE)] if mentions else []
        cases.append(made_case(name, found, n_words=9000 + number if is_long else 900 + number))
        codings += found
        period[name] = "late" if late else "early"
    made = findings_of(cases, codings, groups={"period": period})
    flagged = made[f"group-period-late__{CODE}"]
    said = dict(flagged.statistics)
    assert flagged.q_value is not None
    assert flagged.q_value <= 0.05
    assert said["only_length"] == 1
    assert "templates or of lengths" in flagged.note
    plain = of_groups(20, 5)[f"group-area-north__{CODE}"]
    assert dict(plain.statistics).get("only_length") == 0
    assert "Warning" not in plain.note


def test_log_odds_follow_the_formula_of_the_paper() -> None:
    # Monroe, Colaresi and Quinn (2008), equations 16, 20 and 22, by hand.
    first, second = {"debt": 30, "gang": 10, "home": 60}, {"debt": 10, "gang": 10, "home": 80}
    made = distinctive(first, second, prior_size=50.0)
    prior = 50 * 40 / 200
    with_first, with_second = 30 + prior, 10 + prior
    ratio = log(with_first / (100 + 50 - with_first)) - log(with_second / (100 + 50 - with_second))
    assert made["debt"].log_odds_ratio == pytest.approx(ratio)
    assert made["debt"].z == pytest.approx(ratio / sqrt(1 / with_first + 1 / with_second))
    assert made["gang"].z == pytest.approx(0)
    assert made["home"].z < 0 < made["debt"].z


def test_a_group_that_speaks_more_of_a_factor_says_so_whatever_its_length() -> None:
    # Both groups have both factors in every case; the first speaks of drugs three times as often.
    cases, codings, area = [], [], {}
    for number in range(20):
        name, first = f"c{number:02d}", number < 10
        found = [passage(name, CODE, 10 * n) for n in range(6 if first else 2)]
        found += [passage(name, "ipa_pattern", 500 + 10 * n) for n in range(2)]
        found += [passage(name, "alcohol_misuse", 900 + 10 * n) for n in range(2)][: number % 3]
        cases.append(made_case(name, found))
        codings += found
        area[name] = "N" if first else "S"
    made = findings_of(cases, codings, groups={"area": area})
    alcohol = dict(made["group-area-n__alcohol_misuse"].statistics)
    by_hand = distinctive(
        {CODE: 60, "ipa_pattern": 20, "alcohol_misuse": 9},
        {CODE: 20, "ipa_pattern": 20, "alcohol_misuse": 10},
    )["alcohol_misuse"]
    assert alcohol["passages_z"] == pytest.approx(by_hand.z)
    assert alcohol["passages_log_odds_ratio"] == pytest.approx(by_hand.log_odds_ratio)
    assert by_hand.z < 0


def test_a_rare_name_is_drawn_to_no_difference() -> None:
    common, rare = {"a": 100, "b": 900}, {"a": 50, "b": 950}
    with_rare = distinctive(common | {"once": 1}, rare)
    assert abs(with_rare["once"].z) < 1 < with_rare["a"].z


def test_nothing_used_gives_nothing_and_less_than_nothing_is_refused() -> None:
    assert distinctive({}, {}) == {}
    assert distinctive({"a": 3}, {"a": 4}) == {}
    with pytest.raises(ValueError, match="less than never"):
        distinctive({"a": -1}, {})


def test_levels_and_objectives_count_a_case_once() -> None:
    code = next(code for code in CODEBOOK.factors if code.code_id == CODE)
    other = next(c for c in CODEBOOK.factors if c.level == code.level and c.code_id != CODE)
    made = findings_of(*corpus({CODE: ["c00", "c01"], other.code_id: ["c01", "c02"]}, 10))
    level = made[f"crosswalk-level-{code.level.lower()}"]
    assert (level.numerator, level.denominator) == (3, 10)
    assert dict(level.statistics)["n_factors_present"] == 2
    objectives = [name for name in made if name.startswith("crosswalk-objective-")]
    assert len(objectives) == len(CODEBOOK.objectives)
    for key in code.objectives:
        assert made[f"crosswalk-objective-{key.lower()}"].numerator >= 2
