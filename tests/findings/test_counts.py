"""Counts of factors and of ACE items, passages beside cases, and the length of reviews."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from finding_making import (
    CODEBOOK,
    PERPETRATOR,
    VICTIM,
    corpus,
    document_of,
    findings_of,
    made_case,
    passage,
    person,
)

from workbench.records import Assertion, Coding, Person, SectionRole, SubjectRole, Valence

CHILD, AGENCY = SubjectRole.INDEX_CHILD, SubjectRole.AGENCY
ACES = [code.code_id for code in CODEBOOK.ace_codes]
PEERS = [code.code_id for code in CODEBOOK.factors if code.group == "peers"]


def test_the_spread_of_factor_counts_shares_the_cases_out() -> None:
    present = {
        PEERS[0]: ["c00", "c01", "c02", "c03"], PEERS[1]: ["c00", "c01", "c02"],
        PEERS[2]: ["c00", "c01"], PEERS[3]: ["c00", "c01"], PEERS[4]: ["c00"],
    }  # fmt: skip
    made = findings_of(*corpus(present, 6))
    spread = {
        name: made[f"factors-peers-{name}"].case_ids
        for name in ("exactly_0", "exactly_1", "exactly_2", "exactly_3", "at_least_4")
    }
    assert list(map(len, spread.values())) == [2, 1, 1, 0, 2]
    assert made["factors-peers-at_least_1"].numerator == 4
    assert made["factors-all-at_least_4"].case_ids == ("c00", "c01")
    assert dict(made["factors-peers-exactly_0"].statistics)["median"] == 1.5
    assert made["factors-case-c00"].code_ids == tuple(PEERS[:5])
    assert (made["factors-case-c05"].numerator, made["factors-case-c05"].denominator) == (0, 62)


def test_a_band_that_a_group_cannot_reach_is_not_shown() -> None:
    made = findings_of(*corpus({}, 3))
    (place,) = [code for code in CODEBOOK.factors if code.group == "place"]
    assert place.group == "place"
    assert "factors-place-exactly_1" in made
    assert "factors-place-exactly_2" not in made
    assert "factors-place-at_least_4" not in made


def aces(codings: list[Coding], people: list[Person], role: SubjectRole = CHILD) -> list[int]:
    """Numerators of "at least 1, 2, 3, 4" for one case."""
    made = findings_of([made_case("a", codings, people)], codings)
    return [made[f"aces-{role}-at_least_{n}"].numerator for n in (1, 2, 3, 4)]


def child(person_id: str) -> Person:
    return person("a", CHILD, person_id)


def ace(item: int, person_id: str = "", start: int = 0) -> Coding:
    return passage("a", ACES[item], start, role=CHILD, person_id=person_id)


@pytest.mark.parametrize(
    ("codings", "people", "expected"),
    [
        pytest.param([ace(0), ace(1)], [child("P1")], [1, 1, 0, 0], id="one child has them all"),
        pytest.param([ace(0), ace(0, start=50)], [child("P1")], [1, 0, 0, 0], id="an item once"),
        pytest.param(
            [ace(0, "P1"), ace(1, "P1"), ace(2, "P2")], [child("P1"), child("P2")], [1, 1, 0, 0],
            id="items of two children are never one child's score",
        ),
        pytest.param(
            [ace(0, "P1"), ace(0, "P2", 50), ace(1, "P2"), ace(2, "P2")],
            [child("P1"), child("P2")], [1, 1, 1, 0], id="the child with the most counts",
        ),
        pytest.param(
            [ace(0), ace(1), ace(2)], [child("P1"), child("P2")], [1, 0, 0, 0],
            id="nobody named: at least one item for one of them",
        ),
        pytest.param([ace(0), ace(1)], [], [1, 1, 0, 0], id="nobody found in the text"),
        pytest.param([], [child("P1")], [0, 0, 0, 0], id="nothing said"),
    ],
)  # fmt: skip
def test_an_ace_count_is_one_persons(
    codings: list[Coding], people: list[Person], expected: list[int]
) -> None:
    assert aces(codings, people) == expected


def test_only_cases_with_such_a_person_are_the_denominator_and_the_note_warns() -> None:
    cases = [
        made_case("a", [ace(0)], [child("P1")]),
        made_case("b", people=[person("b", VICTIM, "P1")]),
        made_case("c", people=[person("c", CHILD, "P1")]),
    ]
    made = findings_of(cases, [ace(0)])
    finding = made["aces-index_child-at_least_1"]
    assert (finding.numerator, finding.denominator) == (1, 2)
    assert "lower bound" in finding.note
    assert "ten-item ACE set (CDC-Kaiser)" in finding.note
    assert "Not comparable with survey" in finding.note
    assert (
        made["aces-index_child-case-a"].label == "At least 1 of 10 ACE items for one index child: A"
    )
    assert "aces-deceased-at_least_1" not in made


def ruled_out(item: int, person_id: str = "", start: int = 200) -> Coding:
    return passage(
        "a", ACES[item], start, role=CHILD, person_id=person_id, assertion=Assertion.NEGATED
    )


@pytest.mark.parametrize(
    ("codings", "people", "expected"),
    [
        pytest.param([ace(0)], [child("P1")], (1, 10), id="silence leaves all open"),
        pytest.param([ace(0), ruled_out(1)], [child("P1")], (1, 9), id="one ruled out"),
        pytest.param([ace(0), ruled_out(0)], [child("P1")], (1, 10), id="affirmed in the end"),
        pytest.param(
            [ace(0, "P1"), ruled_out(1, "P2"), ruled_out(2, "P1")], [child("P1"), child("P2")],
            (1, 9), id="ruled out for this child, not for the other",
        ),
    ],
)  # fmt: skip
def test_an_ace_count_has_bounds(
    codings: list[Coding], people: list[Person], expected: tuple[int, int]
) -> None:
    made = findings_of([made_case("a", codings, people)], codings)
    said = dict(made["aces-index_child-case-a"].statistics)
    assert (said["at_least"], said["at_most"]) == expected
    assert said["surely_at_least"] == said["at_least"]  # people coded


def test_items_of_which_the_coder_is_not_sure_are_told_apart() -> None:
    codings = [ace(0), ace(1, start=50)]
    case = made_case("a", codings, [child("P1")])
    unsure = replace(case, states=(replace(case.states[0], score=0.5), case.states[1]))
    said = dict(findings_of([unsure], codings)["aces-index_child-case-a"].statistics)
    assert (said["at_least"], said["surely_at_least"]) == (2, 1)


def test_the_nine_item_set_of_surveys_is_counted_by_its_own_name() -> None:
    codings = [
        passage("a", code_id, 10 * n, role=CHILD)
        for n, code_id in enumerate(("ace_emotional_neglect", "ace_physical_abuse"))
    ]
    made = findings_of([made_case("a", codings, [child("P1")])], codings)
    assert made["aces-index_child-at_least_2"].numerator == 1
    assert made["aces9-index_child-at_least_1"].numerator == 1
    assert made["aces9-index_child-at_least_2"].numerator == 0  # neglect is no item there
    assert made["aces9-index_child-at_least_1"].label == (
        "At least 1 of 9 ACE items for one index child (nine-item UK survey set)"
    )
    assert "no neglect" in made["aces9-index_child-at_least_1"].note


def test_an_experience_outside_the_ten_items_is_not_counted_among_them() -> None:
    codings = [
        passage("a", "bereavement", role=CHILD),
        passage("a", "school_exclusion", role=CHILD),
    ]
    assert aces(codings, [child("P1")]) == [0, 0, 0, 0]


def test_passages_are_counted_beside_cases() -> None:
    codings = [
        passage("a", "ipa_pattern", 0),
        passage("a", "ipa_pattern", 0, role=PERPETRATOR),  # the same words, for two people
        passage("a", "ipa_pattern", 50),
        passage("b", "ipa_pattern", 0),
        passage("b", "drug_misuse", 90),
    ]
    cases = [made_case("a", codings[:3]), made_case("b", codings[3:])]
    made = findings_of(cases, codings)
    mentions = made["mentions-ipa_pattern"]
    assert (mentions.numerator, mentions.denominator, mentions.unit) == (3, 4, "passages")
    assert made["prevalence-present-ipa_pattern-any"].numerator == 2
    assert dict(mentions.statistics) == {"n_cases": 2.0}
    assert mentions.low is None


def test_words_of_a_review_that_its_summary_repeats_are_one_passage() -> None:
    codings = [
        passage("a", "ipa_pattern", 0, text="he hit her"),
        passage("a", "ipa_pattern", 80, text="he hit her"),
        passage("a", "ipa_pattern", 0, text="He  hit her", part="summary"),
        passage("a", "ipa_pattern", 40, text="she was slapped", part="summary"),
    ]
    made = findings_of([made_case("a", codings, parts=("", "summary"))], codings)
    assert made["mentions-ipa_pattern"].numerator == 3


def practice(case_id: str, start: int, valence: Valence, **more: Any) -> Coding:
    return passage(case_id, "ap_voice", start, role=AGENCY, valence=valence, **more)


def test_good_practice_is_counted_beside_failings_and_never_as_one() -> None:
    bad = [practice(case_id, 0, Valence.NEGATIVE) for case_id in ("a", "b")]
    good = [practice(case_id, 50, Valence.POSITIVE) for case_id in ("b", "c", "c")]
    good.append(practice("c", 90, Valence.POSITIVE))
    ignored = [
        practice("d", 0, Valence.POSITIVE, section_role=SectionRole.RECOMMENDATIONS),
        practice("elsewhere", 0, Valence.POSITIVE),
    ]
    cases = [made_case("a", bad[:1]), made_case("b", bad[1:]), made_case("c"), made_case("d")]
    made = findings_of(cases, [*bad, *good, *ignored])
    assert made["prevalence-present-ap_voice-agency"].case_ids == ("a", "b")
    assert made["practice-good-ap_voice"].case_ids == ("b", "c")
    both = made["practice-both-ap_voice"]
    assert (both.case_ids, both.denominator) == (("b",), 2)
    assert (made["mentions-ap_voice"].numerator, made["mentions-good-ap_voice"].numerator) == (2, 3)
    assert made["practice-good-ap_risk_assessment"].numerator == 0


def test_the_length_of_a_review_goes_with_its_factors_and_the_report_says_so() -> None:
    present = {PEERS[place]: [f"c{n:02d}" for n in range(place, 5)] for place in range(5)}
    cases, codings = corpus(present, 5)
    longer = [made_case(case.case_id, n_words=100 * (i + 1)) for i, case in enumerate(cases)]
    from dataclasses import replace

    cases = [replace(case, n_words=long.n_words) for case, long in zip(cases, longer, strict=True)]
    finding = findings_of(cases, codings)["length-factor_count"]
    assert finding.estimate == pytest.approx(1.0)
    assert finding.note.startswith("Warning: a longer review has more room")
    assert (finding.numerator, len(finding.case_ids)) == (5, 5)


def test_the_rank_correlation_is_the_published_one() -> None:
    # A textbook example (intelligence and hours of television, ten people): rho = -29/165.
    lengths = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    factors = [code.code_id for code in CODEBOOK.factors]
    cases, codings = [], []
    for number, (length, n) in enumerate(zip(lengths, hours, strict=True)):
        found = [passage(f"c{number}", code_id, 10 * i) for i, code_id in enumerate(factors[:n])]
        cases.append(made_case(f"c{number}", found, n_words=length))
        codings += found
    finding = findings_of(cases, codings, min_cases_for_pairs=99)["length-factor_count"]
    assert finding.estimate == pytest.approx(-29 / 165)
    assert finding.p_value == pytest.approx(0.6272, abs=1e-4)


@pytest.mark.parametrize(("n_cases", "present"), [(3, {PEERS[0]: ["c00"]}), (6, {})])
def test_no_correlation_is_made_where_none_is_defined(
    n_cases: int, present: dict[str, list[str]]
) -> None:
    assert "length-factor_count" not in findings_of(*corpus(present, n_cases))


def test_a_review_of_unknown_length_leaves_the_correlation_out() -> None:
    cases = [made_case(f"c{n}", [passage(f"c{n}", PEERS[0])][: n % 2], n_words=n) for n in range(6)]
    codings = [passage(f"c{n}", PEERS[0]) for n in (1, 3, 5)]
    assert "length-factor_count" not in findings_of(cases, codings)
    assert "length-factor_count" in findings_of(cases[1:], codings)


TRUTH_FOLDER = Path(__file__).parents[2] / "corpora" / "demo" / "truth"


@pytest.mark.parametrize("path", sorted(TRUTH_FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_the_ace_counts_of_the_demonstration_are_their_authors(path: Path) -> None:
    truth = json.loads(path.read_text(encoding="utf-8"))
    case_id, paragraphs = truth["id"], truth["paragraphs"]
    evidence = {"facts", "analysis", "findings"}
    codings = [
        passage(
            case_id, entry["code"], 10 * i, role=SubjectRole(entry["subject_role"]),
            person_id=entry["person_id"] or "",
        )
        for i, entry in enumerate(truth["codings"])
        if entry["assertion"] == "affirmed"
        and paragraphs[entry["paragraph_index"]]["section_role"] in evidence
    ]  # fmt: skip
    roles = {entry["id"]: SubjectRole(entry["role"]) for entry in truth["people"]}
    people = [
        Person(document_id=document_of(case_id), person_id=name, name=name, role=role)
        for name, role in roles.items()
    ]
    made = findings_of([made_case(case_id, codings, people)], codings)
    for role in (CHILD, VICTIM, PERPETRATOR, SubjectRole.DECEASED):
        of_people = [
            len(codes) for name, codes in truth["ace10"].items() if roles.get(name) is role
        ]
        finding = made.get(f"aces-{role}-case-{case_id}")
        assert (finding.numerator if finding else 0) == max(of_people, default=0), role
        if finding:
            assert max(of_people) <= dict(finding.statistics)["at_most"]
