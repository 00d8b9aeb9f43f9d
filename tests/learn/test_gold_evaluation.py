"""Figures on gold passages: counted by hand, weighted by hand, and with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from gold_examples import TEXT, coding, passage

from workbench.learn.evaluation import EvaluationSettings
from workbench.learn.gold.evaluate import evaluate_passages
from workbench.learn.gold.pairs import pair_passages
from workbench.learn.gold.records import Codings, GoldEvaluation, GoldPassage
from workbench.learn.gold.report import render_gold
from workbench.learn.gold.subgroups import stated_age_group, stated_sex, year_of

QUICK = EvaluationSettings(n_resamples=200)


def evaluate(passages: Sequence[GoldPassage], codings: Codings) -> GoldEvaluation:
    return evaluate_passages(
        passages, codings, system="mine", baselines={"none": ("finds nothing", {})}, settings=QUICK
    )


def value(evaluation: GoldEvaluation, key: str) -> float | None:
    return evaluation.figures.measure(key).value


def test_pairs_are_counted_once_for_each_passage() -> None:
    passages = [
        passage("p1", coding("ap_voice"), coding("ap_voice", "six"), coding("alcohol_misuse")),
        passage("p2", coding("alcohol_misuse", assertion="negated")),
    ]
    given = {
        "p1": (coding("ap_voice"), coding("school_exclusion")),
        "p2": (coding("alcohol_misuse"),),
    }
    found = evaluate(passages, given)
    # Affirmed: one hit, two wrong (school_exclusion, alcohol in p2), one missed.
    assert value(found, "gold.affirmed.precision") == pytest.approx(1 / 3)
    assert value(found, "gold.affirmed.recall") == pytest.approx(1 / 2)
    assert value(found, "gold.affirmed.f1") == pytest.approx(2 / 5)
    # Any assertion: two hits, one wrong, one missed; of the two hits one has the assertion.
    assert value(found, "gold.any.f1") == pytest.approx(4 / 6)
    assert value(found, "matched.assertion") == pytest.approx(1 / 2)
    assert value(found, "matched.role") == 1  # only alcohol_misuse is no practice code


def test_without_codings_nothing_is_precise_and_nothing_is_found() -> None:
    found = evaluate([passage("p1", coding("ap_voice"))], {})
    assert value(found, "gold.affirmed.precision") is None
    assert value(found, "gold.affirmed.recall") == 0
    assert found.n_missing == 1
    assert "no line in the predictions" in render_gold(found, {"gold": "g"})


def test_the_mean_over_codes_takes_those_with_five_uses() -> None:
    passages = [passage(f"p{n}", coding("ap_voice")) for n in range(5)]
    passages += [passage(f"q{n}", coding("school_exclusion")) for n in range(4)]
    found = evaluate(passages, {f"p{n}": (coding("ap_voice"),) for n in range(3)})
    macro = found.figures.measure("gold.affirmed.macro_f1")
    assert macro.n == 1
    assert macro.value == pytest.approx(6 / 8)


def test_strata_weigh_as_many_passages_as_they_stand_for() -> None:
    common = {"stratum": "common", "stratum_size": 90, "stratum_sampled": 1}
    rare = {"stratum": "rare", "stratum_size": 2, "stratum_sampled": 2}
    passages = [
        passage("c", coding("ap_voice"), **common),
        passage("r1", coding("ap_voice"), **rare),
        passage("r2", coding("ap_voice"), **rare),
    ]
    found = evaluate(passages, {"r1": (coding("ap_voice"),), "r2": (coding("ap_voice"),)})
    assert value(found, "gold.affirmed.recall") == pytest.approx(2 / 3)
    # Cochran (1977), 6.11: (90 x 0 + 1 x 2) / (90 x 1 + 1 x 2)
    assert value(found, "weighted.affirmed.recall") == pytest.approx(2 / 92)
    assert value(found, "weighted.affirmed.f1") == pytest.approx(2 * 2 / (2 * 2 + 90))


def test_equal_weights_change_nothing() -> None:
    sizes = {"stratum": "s", "stratum_size": 30, "stratum_sampled": 10}
    passages = [passage(f"p{n}", coding("ap_voice"), **sizes) for n in range(10)]
    given = {f"p{n}": (coding(("ap_voice", "alcohol_misuse")[n % 2]),) for n in range(10)}
    found = evaluate(passages, given)
    for key in ("affirmed.precision", "affirmed.recall", "affirmed.f1", "any.f1"):
        one, other = found.figures.measure(f"gold.{key}"), found.figures.measure(f"weighted.{key}")
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))


def test_without_strata_nothing_is_weighted() -> None:
    found = evaluate([passage("p1", coding("ap_voice"))], {})
    assert "weighted" not in [section.key for section in found.figures.sections]


def test_intervals_resample_documents_not_passages() -> None:
    right = {f"p{n}": (coding("ap_voice"),) for n in range(10)}
    one_document = [
        passage(f"{'pq'[n % 2]}{n // 2}", coding("ap_voice"), doc=f"d{n % 2}") for n in range(20)
    ]
    measure = evaluate(one_document, right).figures.measure("gold.affirmed.recall")
    assert (measure.value, measure.low, measure.high) == (0.5, 0, 1)
    many = [passage(each.passage_id, *each.codings) for each in one_document]
    narrow = evaluate(many, right).figures.measure("gold.affirmed.recall")
    assert narrow.low is not None
    assert narrow.low > 0.2


@pytest.mark.parametrize(
    ("gold", "given", "right"),
    [
        pytest.param("negative", "negative", 1, id="both failings"),
        pytest.param("", "negative", 1, id="not written means failing"),
        pytest.param("positive", "negative", 0, id="praise taken for a failing"),
        pytest.param("positive", "not_applicable", 0, id="not applicable is the default too"),
    ],
)
def test_valence_of_practice(gold: str, given: str, right: int) -> None:
    found = evaluate(
        [passage("p1", coding("ap_voice", valence=gold))],
        {"p1": (coding("ap_voice", valence=given),)},
    )
    assert value(found, "matched.valence") == right


def test_valence_counts_only_where_both_affirm_a_practice_code() -> None:
    found = evaluate(
        [passage("p1", coding("ap_voice", assertion="general"), coding("alcohol_misuse"))],
        {"p1": (coding("ap_voice"), coding("alcohol_misuse"))},
    )
    assert found.figures.measure("matched.valence").n == 0


@pytest.mark.parametrize(
    ("quote", "overlap"),
    [
        pytest.param("two three", 1.0, id="the same words"),
        pytest.param("three four", 1 / 3, id="one word of three"),
        pytest.param("One two three four", 2 / 4, id="more around"),
        pytest.param("six", 0.0, id="elsewhere"),
        pytest.param("invented words", 0.0, id="not in the passage"),
    ],
)
def test_overlap_of_quotes_in_words(quote: str, overlap: float) -> None:
    (pairs,) = pair_passages(
        [passage("p1", coding("ap_voice"))], {"p1": (coding("ap_voice", quote),)}
    )
    assert pairs.overlap("ap_voice") == pytest.approx(overlap)


def test_of_equal_words_those_at_the_stated_place_count() -> None:
    text = "He drank. He drank."
    gold = passage("p1", coding("alcohol_misuse", "He drank", start_char=0), text=text)
    later = coding("alcohol_misuse", "He drank", start_char=10)
    (pairs,) = pair_passages([gold], {"p1": (later,)})
    assert pairs.overlap("alcohol_misuse") == 0


def test_quotes_that_are_invented_are_counted() -> None:
    found = evaluate(
        [passage("p1", coding("ap_voice"))],
        {"p1": (coding("ap_voice"), coding("alcohol_misuse", "not there at all"))},
    )
    assert value(found, "matched.quoted") == 0.5


def test_each_mistake_has_its_kind_and_its_passage() -> None:
    passages = [
        passage(
            "p1",
            coding("ap_voice", "two three"),
            coding("school_exclusion", "six"),
            coding("self_harm_suicidality", "ten"),
            coding("alcohol_misuse", "nine", assertion="general"),
        ),
        passage("p2"),
        passage("p3", coding("ap_voice", valence="positive")),
    ]
    given = {
        "p1": (
            coding("ap_risk_assessment", "three four"),
            coding("service_access", "twelve"),
            coding("alcohol_misuse", "nine", subject_role="agency"),
            coding("self_harm_suicidality", "ten", assertion="suspected"),
        ),
        "p2": (coding("ap_voice"),),
        "p3": (coding("ap_voice", "six", valence="negative"),),
    }
    found = {(m.passage_id, m.code_id, m.kind) for m in evaluate(passages, given).mistakes}
    assert found == {
        ("p1", "ap_risk_assessment", "affirmed on words for which gold has another code"),
        ("p1", "service_access", "affirmed on words that gold does not code"),
        ("p1", "alcohol_misuse", "affirmed, where gold has the code as general"),
        ("p1", "alcohol_misuse", "right code, wrong person"),
        ("p1", "self_harm_suicidality", "missed: found, but as suspected"),
        ("p1", "ap_voice", "missed: another code was found on its words"),
        ("p1", "school_exclusion", "missed: nothing was found on its words"),
        ("p2", "ap_voice", "affirmed in a passage for which gold has nothing"),
        ("p3", "ap_voice", "right code, failing and good practice confused"),
        ("p3", "ap_voice", "right code, but quoted from other words"),
    }


def test_wrong_and_missed_mistakes_add_up_to_the_counts() -> None:
    passages = [passage("p1", coding("ap_voice"), coding("alcohol_misuse")), passage("p2")]
    given = {"p1": (coding("ap_voice"),), "p2": (coding("ap_voice"), coding("alcohol_misuse"))}
    mistakes = evaluate(passages, given).mistakes
    assert sum(each.kind.startswith("affirmed") for each in mistakes) == 2
    assert sum(each.kind.startswith("missed") for each in mistakes) == 1


def test_a_baseline_stands_beside_the_system_with_the_gain() -> None:
    passages = [passage(f"p{n}", coding("ap_voice")) for n in range(6)]
    found = evaluate(passages, {f"p{n}": (coding("ap_voice"),) for n in range(6)})
    mine, none = found.figures.table("baselines.systems").rows
    assert mine[:4] == ("mine", 1, 1, 1)
    assert none[:4] == ("none", None, 0, 0)
    assert none[-3:] == (1, 1, 1)


def test_gold_that_people_settled_names_them() -> None:
    settled = [
        replace(passage("p1"), coders=("ben", "anna")),
        replace(passage("p2"), coders=("cleo",)),
    ]
    assert "settled by: anna, ben, cleo." in render_gold(evaluate(settled, {}), {})
    settled[1] = replace(settled[1], coders=())
    assert "names no coders" in render_gold(evaluate(settled, {}), {})


def test_the_report_says_who_coded_the_gold_and_holds_no_words_of_it() -> None:
    found = evaluate([passage("p1", coding("ap_voice", "eight nine"))], {"p1": ()})
    text = render_gold(found, {"gold": "gold.jsonl"})
    assert "names no coders" in text
    assert TEXT not in text
    assert "eight nine" not in text
    assert "\n| measure | value | 95 % interval | n |\n| --- | ---: | ---: | ---: |\n\n" not in text


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        pytest.param("She told her worker.", "female", id="pronouns"),
        pytest.param("Mr B drank.", "male", id="a title"),
        pytest.param("He told his mother.", "both", id="two people"),
        pytest.param("The theme was there.", "not stated", id="no word inside another"),
        pytest.param("Children in care were seen.", "not stated", id="a group"),
    ],
)
def test_sex_by_plain_words(text: str, sex: str) -> None:
    assert stated_sex(text) == sex


@pytest.mark.parametrize(
    ("text", "group"),
    [
        pytest.param("A boy of the school.", "under 18", id="a word for children"),
        pytest.param("He died aged 15.", "under 18", id="aged"),
        pytest.param("The 19-year-old left; the children stayed.", "18 to 24", id="hyphens"),
        pytest.param("At the age of eighty he fell.", "not stated", id="a number not known"),
        pytest.param("A man of 34 years of age.", "25 to 64", id="years of age"),
        pytest.param("Aged 70, he lived with a 4 year old.", "several", id="two ages"),
        pytest.param("He was seen 15 years later.", "not stated", id="no age"),
    ],
)
def test_age_groups(text: str, group: str) -> None:
    assert stated_age_group(text) == group


@pytest.mark.parametrize(
    ("doc", "year"),
    [
        pytest.param("letter_area_2024-04-03.pdf", "2024", id="a date"),
        pytest.param("report_2019_published_2021", "2021", id="the last of two"),
        pytest.param("R48e20190", "not stated", id="digits of a hash"),
    ],
)
def test_year_of_a_document(doc: str, year: str) -> None:
    assert year_of(doc) == year
