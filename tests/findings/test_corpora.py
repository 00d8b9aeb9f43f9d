"""One corpus against another: planted differences, none, templates, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from finding_making import CODEBOOK, Codings, corpus, made_case, passage

from workbench.errors import InputError
from workbench.findings.patterns.corpora import compare_corpora, distinctive_terms
from workbench.findings.patterns.log_odds import distinctive
from workbench.records import Case, Finding

CODE, OTHER_CODE = "drug_misuse", "alcohol_misuse"


def named(cases: list[Case], codings: Codings, name: str) -> tuple[list[Case], Codings]:
    """The same cases under other names, as another corpus has them."""
    made: list[Case] = []
    found: Codings = {}
    for case in cases:
        of_case = [
            passage(f"{name}-{case.case_id}", each.code_id, each.start_char)
            for each in codings.values()
            if each.document_id == case.document_ids[0]
        ]
        found |= {each.coding_id: each for each in of_case}
        made.append(made_case(f"{name}-{case.case_id}", of_case))
    return made, found


def compared(n_this: int, n_other: int, n: int = 40) -> dict[str, Finding]:
    """Two corpora of ``n`` cases; the factor is in so many of each, another one in half."""
    half = [f"c{number:02d}" for number in range(0, n, 2)]
    both = [
        named(*corpus({CODE: [f"c{i:02d}" for i in range(k)], OTHER_CODE: half}, n), name)
        for k, name in ((n_this, "this"), (n_other, "other"))
    ]
    found = compare_corpora(both[0][0], both[1][0], both[0][1] | both[1][1], CODEBOOK)
    return {each.code_ids[0]: each for each in found}


def test_a_planted_difference_is_found_and_its_numbers_are_of_this_corpus() -> None:
    found = compared(30, 8)
    finding = found[CODE]
    said = dict(finding.statistics)
    assert (finding.numerator, finding.denominator) == (30, 40)
    assert (said["n_others_with"], said["n_others"]) == (8, 40)
    assert finding.q_value is not None
    assert finding.q_value < 0.001
    assert said["difference_low"] > 0
    assert said["passages_z"] > 1.96
    by_hand = distinctive({CODE: 30, OTHER_CODE: 20}, {CODE: 8, OTHER_CODE: 20})[CODE]
    assert said["passages_z"] == pytest.approx(by_hand.z)
    assert (found[OTHER_CODE].q_value or 1) > 0.05


def test_two_draws_from_one_corpus_are_rarely_told_apart() -> None:
    draw = np.random.default_rng(19)
    wrong = 0
    for _ in range(30):
        both = [
            named(
                *corpus(
                    {
                        code.code_id: [f"c{n:02d}" for n in np.flatnonzero(draw.random(30) < 0.4)]
                        for code in CODEBOOK.factors[:12]
                    },
                    30,
                ),
                name,
            )
            for name in ("this", "other")
        ]
        found = compare_corpora(both[0][0], both[1][0], both[0][1] | both[1][1], CODEBOOK)
        wrong += any(each.q_value is not None and each.q_value <= 0.05 for each in found)
    assert wrong <= 4  # 5 % of 30 pairs; 5 or more come by chance in 1 of 64 trials


def test_a_difference_that_only_a_template_makes_is_flagged() -> None:
    # Reviews of the one kind always ask for the factor, whichever corpus; the corpora differ by
    # how many they have of that kind.
    corpora: list[list[Case]] = []
    codings: Codings = {}
    for name, n_asking in (("this", 32), ("other", 8)):
        cases = []
        for number in range(40):
            asks = number < n_asking
            says = asks if number % 8 else not asks
            found = [passage(f"{name}-{number}", CODE)] if says else []
            codings |= {each.coding_id: each for each in found}
            kind = "offensive_weapons_homicide_review" if asks else "domestic_homicide_review"
            cases.append(replace(made_case(f"{name}-{number}", found), review_type=kind))
        corpora.append(cases)
    (finding,) = compare_corpora(corpora[0], corpora[1], codings, CODEBOOK)
    assert finding.q_value is not None
    assert finding.q_value <= 0.05
    assert dict(finding.statistics)["only_length"] == 1
    assert "templates" in finding.note


def test_what_cannot_be_compared_is_refused_with_everything_that_is_wrong() -> None:
    cases, codings = corpus({CODE: ["c00"]}, 6)
    with pytest.raises(InputError) as raised:
        compare_corpora(cases, cases[:3], codings, CODEBOOK)
    message = str(raised.value)
    assert "the other corpus has 3 case(s); 5 are the least" in message
    assert "3 case(s) stand in both corpora: C00, C01, C02" in message


def test_the_order_of_cases_does_not_matter() -> None:
    cases, codings = named(*corpus({CODE: ["c00", "c03", "c04"]}, 8), "this")
    others, more = named(*corpus({CODE: ["c01"]}, 7), "other")
    either = [
        compare_corpora(this, other, codings | more, CODEBOOK)
        for this, other in ((cases, others), (cases[::-1], others[::-1]))
    ]
    assert either[0] == either[1]


def test_words_of_one_corpus_come_first_and_those_of_the_other_last() -> None:
    this = [f"knife near the school {'park' if n % 2 else ''}" for n in range(24)]
    other = ["alcohol dependence known to the surgery" for _ in range(24)]
    reviews = [f"r{n % 6}" for n in range(24)]
    found = distinctive_terms((this, reviews), (other, reviews))
    assert found[0].z > 1.96 > -1.96 > found[-1].z
    terms = {each.term: each for each in found}
    assert terms["knife"].z == found[0].z
    assert (terms["knife"].n_this, terms["knife"].reviews_this) == (24, 6)
    assert terms["alcohol dependence"].z < 0


def test_words_that_two_reviews_repeat_are_their_story_and_not_named() -> None:
    this = ["lighthouse lighthouse lighthouse keeper"] * 2 + ["school exclusion noted"] * 4
    other = ["school exclusion noted"] * 6
    found = distinctive_terms(
        (this, [f"r{n}" for n in range(6)]), (other, [f"r{n}" for n in range(6)])
    )
    assert "lighthouse" not in {each.term for each in found}


def test_corpora_without_words_have_no_terms() -> None:
    assert distinctive_terms(([], []), ([], [])) == ()
