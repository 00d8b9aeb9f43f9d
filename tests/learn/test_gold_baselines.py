"""The plainest coders do what their description says, no more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from gold_examples import coding, passage
from numpy.typing import NDArray

from workbench.codebook import Codebook
from workbench.learn.gold.baselines import PlainCoder, linear_codings


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


class Remembering:
    """Keeps what it was taught, and affirms everything."""

    def __init__(self, background: Sequence[str]) -> None:
        self.texts: set[str] = set()

    def fit(self, texts: Sequence[str], labels: NDArray[np.bool_]) -> None:
        self.texts = set(texts)
        self.n_codes = labels.shape[1]

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        assert not self.texts & set(texts), "taught what it is tested on"
        assert not {text.split()[0] for text in self.texts} & {text.split()[0] for text in texts}
        return np.ones((len(texts), self.n_codes))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.zeros((len(texts), 1))


def test_the_learned_baseline_is_never_taught_a_passage_of_a_document_it_codes() -> None:
    passages = [
        passage(f"p{at}", coding("ap_voice"), text=f"doc{at // 3} text {at}", doc=f"doc{at // 3}")
        for at in range(30)
    ]
    more = [
        passage(f"m{at}", coding("alcohol_misuse"), text=f"doc{at} more {at}", doc=f"doc{at}")
        for at in range(20)  # the first ten are of documents that are coded
    ]
    found = linear_codings(passages, more, Remembering)
    assert set(found) == {each.passage_id for each in passages}
    assert {c.code_id for codings in found.values() for c in codings} == {
        "ap_voice", "alcohol_misuse",
    }  # fmt: skip


def test_the_learned_baseline_learns_and_only_affirms() -> None:
    words = {"ap_voice": "unheard", "alcohol_misuse": "drinking"}
    passages = [
        passage(f"p{at}", coding(code), text=f"he was {word} on day {at} of it", doc=f"d{at}")
        for at, (code, word) in enumerate(list(words.items()) * 20)
    ]
    found = linear_codings(passages)
    right = sum(
        {c.code_id for c in found[each.passage_id]} == {c.code_id for c in each.codings}
        for each in passages
    )
    assert right == len(passages)
    assert {c.assertion for codings in found.values() for c in codings} == {"affirmed"}
    assert {c.subject_role for codings in found.values() for c in codings} == {"agency", ""}


def test_one_document_alone_cannot_be_learned_from() -> None:
    passages = [passage(f"p{at}", coding("ap_voice"), doc="only") for at in range(5)]
    assert linear_codings(passages) == {}
