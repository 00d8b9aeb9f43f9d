"""The plainest coders do what their description says, no more."""

from __future__ import annotations

import pytest

from workbench.codebook import Codebook
from workbench.learn.gold.baselines import PlainCoder


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        pytest.param("He was permanently excluded.", "school_exclusion", True, id="a cue"),
        pytest.param("PERMANENTLY  EXCLUDED", "school_exclusion", True, id="capitals and spaces"),
        pytest.param("He was not permanently excluded.", "school_exclusion", True, id="negated"),
        pytest.param("unpermanently excluded", "school_exclusion", False, id="part of a word"),
    ],
)
def test_cues_are_whole_phrases_and_always_affirmed(
    codebook: Codebook, text: str, code: str, found: bool
) -> None:
    codings = PlainCoder(codebook, proximity=False).code(text)
    assert (code in {coding.code_id for coding in codings}) is found
    assert {coding.assertion for coding in codings} <= {"affirmed"}
    assert all(text[c.start_char :].startswith(c.quote) for c in codings)


@pytest.mark.parametrize(
    ("text", "valence"),
    [
        pytest.param("The risk assessment was inadequate.", "negative", id="a deficiency"),
        pytest.param("The risk assessment was thorough.", "positive", id="praise"),
        pytest.param("The risk assessment was thorough, not poor.", "positive", id="praise first"),
        pytest.param("The risk assessment was filed.", "", id="neither"),
        pytest.param("The risk assessment was filed. Nothing failed.", "", id="other sentence"),
        pytest.param(
            "The risk assessment was a b c d e f g h i j k l m n o inadequate.", "", id="too far"
        ),
    ],
)
def test_proximity_of_topic_and_deficiency(codebook: Codebook, text: str, valence: str) -> None:
    plain = PlainCoder(codebook, proximity=False).code(text)
    near = PlainCoder(codebook, proximity=True).code(text)
    extra = {c.valence for c in near if c.code_id == "ap_risk_assessment"} - {
        c.valence for c in plain if c.code_id == "ap_risk_assessment"
    }
    assert extra == ({valence} if valence else set())


def test_a_long_text_without_sentence_ends_is_read_in_one_go(codebook: Codebook) -> None:
    text = "word " * 20_000 + "risk assessment was inadequate"
    assert "ap_risk_assessment" in {
        coding.code_id for coding in PlainCoder(codebook, proximity=True).code(text)
    }
