"""Words, sentences and clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.text.passage import read_passage
from workbench.coding.text.words import canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strangled", "strangling"), ("abuse", "abused"), ("children", "child"), ("he", "she"),
        ("his", "their"), ("stabbing", "stabbed"), ("carries", "carried"), ("drank", "drinking"),
        ("threatened", "threatens"), ("MARACs", "MARAC"), ("herself", "himself"),
    ],
)  # fmt: skip
def test_inflection_and_person_do_not_matter(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SEND", "send"), ("missing", "missed"), ("note", "not"), ("DNA", "dna"), ("care", "car"),
        ("staffing", "staff"), ("he", "his"),
    ],
)  # fmt: skip
def test_near_misses_stay_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.text(max_size=20))
def test_a_key_of_a_key_of_a_lower_case_word_is_stable_in_length(word: str) -> None:
    assert len(canonical(word)) <= max(len(word), 8)


@given(st.text(max_size=120))
def test_words_stand_where_their_offsets_say(text: str) -> None:
    passage = read_passage(text)
    for position, (word, start) in enumerate(zip(passage.words, passage.starts, strict=True)):
        assert passage.end(position) - start == len(word)
    assert list(passage.starts) == sorted(passage.starts)
    for position in range(len(passage)):
        first, last = passage.sentence(position)
        assert first <= position < last


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("He left. She stayed.", 2, id="full stop"),
        pytest.param("Mr. K met Dr. N at 5.30pm.", 1, id="titles and times"),
        pytest.param("Police spoke to Ms Y. She wept.", 2, id="an initial ends a sentence"),
        pytest.param("He took e.g. cannabis.", 1, id="abbreviation in lower case"),
        pytest.param("Name | Age | Role", 3, id="cells"),
    ],
)
def test_sentences_end_where_they_should(text: str, sentences: int) -> None:
    assert len(read_passage(text).sentence_starts) == sentences
