"""Rules and model joined: who decides what, and what a reader is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from model_examples import ALCOHOL, RECORDS, rule_coding, segment, segments_of

from workbench.codebook import Codebook
from workbench.learn.models import ModelView, Suggestion, combine
from workbench.records import Assertion, Coding, Segment, SubjectRole, Temporality, Valence

SOURCE = "model:made@0123456789ab"
TEXTS = (
    "She drank every evening. The nurse asked her son about it.",
    "There was no history of drinking.",
)


def suggestion(where: Segment, code_id: str, words: str, probability: float = 0.7) -> Suggestion:
    start = where.start_char + where.text.index(words)
    return Suggestion(
        segment=where,
        code_id=code_id,
        probability=probability,
        start_char=start,
        end_char=start + len(words),
        reason="model 0.70; words 'drank'",
        role=SubjectRole.PERPETRATOR,
    )


def view(*suggestions: Suggestion, learned: Sequence[str] = (ALCOHOL, RECORDS)) -> ModelView:
    return ModelView(
        suggestions=suggestions,
        probabilities={(s.segment.ordinal, s.code_id): s.probability for s in suggestions},
        learned=frozenset(learned),
        source=SOURCE,
    )


def joined(made: ModelView, rules: Sequence[Coding], codebook: Codebook) -> tuple[Coding, ...]:
    return combine(made, rules, {code.code_id: code for code in codebook.codes})


def test_an_affirmed_rule_coding_that_the_model_shares_keeps_its_words_and_person(
    codebook: Codebook,
) -> None:
    where = segment(TEXTS[0])
    rule = replace(rule_coding(where, ALCOHOL, "drank every evening"), person_id="P2")
    (found,) = joined(view(suggestion(where, ALCOHOL, "She drank")), [rule], codebook)
    assert (found.text, found.person_id) == ("drank every evening", "P2")
    assert found.score == 0.7
    assert found.source == SOURCE
    assert found.explanation == "cue 'words'; model 0.70"


def test_an_affirmed_rule_coding_that_the_model_does_not_share_goes(codebook: Codebook) -> None:
    assert joined(view(), [rule_coding(segment(TEXTS[0]), ALCOHOL)], codebook) == ()


def test_codes_that_were_not_learned_stay_with_the_rules(codebook: Codebook) -> None:
    rule = rule_coding(segment(TEXTS[0]), ALCOHOL)
    assert joined(view(learned=[RECORDS]), [rule], codebook) == (rule,)


@pytest.mark.parametrize("assertion", [a for a in Assertion if a is not Assertion.AFFIRMED])
def test_what_the_rules_do_not_affirm_stays_when_the_model_is_silent(
    assertion: Assertion, codebook: Codebook
) -> None:
    rule = rule_coding(segment(TEXTS[1]), ALCOHOL, "drinking", assertion=assertion)
    assert joined(view(), [rule], codebook) == (rule,)


def test_on_the_same_words_the_model_overrules_another_assertion(codebook: Codebook) -> None:
    where = segment(TEXTS[0])
    rule = rule_coding(where, ALCOHOL, "drank", assertion=Assertion.GENERAL)
    (found,) = joined(view(suggestion(where, ALCOHOL, "She drank")), [rule], codebook)
    assert found.assertion is Assertion.AFFIRMED


def test_on_other_words_both_stay(codebook: Codebook) -> None:
    where = segment(TEXTS[0])
    rule = rule_coding(where, ALCOHOL, "asked her son", assertion=Assertion.NEGATED)
    found = joined(view(suggestion(where, ALCOHOL, "She drank")), [rule], codebook)
    assert [c.assertion for c in found] == [Assertion.AFFIRMED, Assertion.NEGATED]


def test_the_model_alone_points_to_its_words_and_says_why(codebook: Codebook) -> None:
    where = segment(TEXTS[0], start_char=100)
    (found,) = joined(view(suggestion(where, ALCOHOL, "drank every")), [], codebook)
    assert where.text[found.start_char - 100 : found.end_char - 100] == found.text == "drank every"
    assert found.explanation.startswith("model 0.70")
    assert found.subject_role is SubjectRole.PERPETRATOR  # nothing near tells: as usual
    assert found.temporality is Temporality.UNCLEAR
    assert found.valence is Valence.NOT_APPLICABLE


def test_practice_is_an_agencys_and_a_failing_unless_the_rules_say_otherwise(
    codebook: Codebook,
) -> None:
    where = segment(TEXTS[0])
    made = view(suggestion(where, RECORDS, "The nurse asked"))
    (found,) = joined(made, [], codebook)
    assert (found.subject_role, found.valence) == (SubjectRole.AGENCY, Valence.NEGATIVE)
    good = replace(
        rule_coding(where, RECORDS, "nurse", assertion=Assertion.GENERAL),
        valence=Valence.POSITIVE,
    )
    (found,) = joined(made, [good], codebook)
    assert found.valence is Valence.POSITIVE


def test_the_person_is_taken_from_the_nearest_words_about_a_person(codebook: Codebook) -> None:
    here, after = segments_of(TEXTS)
    near = replace(
        rule_coding(here, "drug_misuse", "drank", role=SubjectRole.DECEASED), person_id="P1"
    )
    agency = rule_coding(here, RECORDS, "nurse", role=SubjectRole.AGENCY)
    made = view(suggestion(after, ALCOHOL, "history of drinking"), learned=[ALCOHOL])
    found = [c for c in joined(made, [near, agency], codebook) if c.code_id == ALCOHOL]
    assert [(c.subject_role, c.person_id) for c in found] == [(SubjectRole.DECEASED, "P1")]


def test_codings_stand_in_the_order_of_the_text(codebook: Codebook) -> None:
    here, after = segments_of(TEXTS)
    made = view(suggestion(after, ALCOHOL, "drinking"), suggestion(here, ALCOHOL, "drank"))
    found = joined(made, [rule_coding(here, "drug_misuse", "asked")], codebook)
    assert [c.start_char for c in found] == sorted(c.start_char for c in found)
    assert len({c.coding_id for c in found}) == len(found) == 3
