"""Sentences, clauses and vocabulary of trained models."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_examples import segments_of

from workbench.learn.models.features.lexical import NAME, fit_lexical, plain_words, word_terms
from workbench.learn.models.features.sentences import split_clauses, split_sentences
from workbench.learn.models.units import units_of
from workbench.records import SectionRole


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("   \n ", []),
        ("She was seen once.", ["She was seen once."]),
        ("He left the flat early. She was seen by nobody.",
         ["He left the flat early.", "She was seen by nobody."]),
        ("He saw Dr. Amber at the surgery. Nothing was written down.",
         ["He saw Dr. Amber at the surgery.", "Nothing was written down."]),
        ("It was at 10.30 that the call came, not later.",
         ["It was at 10.30 that the call came, not later."]),
        ("“He hit me twice.” She said so to the nurse.",
         ["“He hit me twice.", "She said so to the nurse."]),
        ("March 2016 | Kieran was excluded from school | School",
         ["March 2016 | Kieran was excluded from school | School"]),
        ("one two three four\nfive six seven eight",
         ["one two three four", "five six seven eight"]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[str]) -> None:
    assert [text[slice(*span)] for span in split_sentences(text)] == sentences


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    spans = split_sentences(text)
    assert all(first < last for first, last in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    outside = set(range(len(text))) - {i for first, last in spans for i in range(first, last)}
    left = "".join(text[i] for i in sorted(outside))
    assert not any(character.isalnum() for character in left)


def test_what_has_no_end_is_read_in_pieces() -> None:
    text = "word " * 20_000
    spans = split_sentences(text)
    assert max(last - first for first, last in spans) <= 1200
    assert "".join(text[slice(*span)] for span in spans).count("word") == 20_000


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    text = (
        "She told the nurse about it, but the nurse did not ask who had hit her; no form was sent."
    )
    clauses = [text[slice(*span)] for span in split_clauses(text, 0, len(text))]
    assert clauses == [
        "She told the nurse about it",
        "but the nurse did not ask who had hit her",
        "no form was sent.",
    ]


def test_names_are_taken_out_and_acronyms_stay() -> None:
    known = frozenset({"the", "was", "seen", "by", "nurse"})
    words = plain_words("The nurse saw Marta Quill, NHS patient 42, by 9pm. Nurse was seen", known)
    assert words == ["the", "nurse", "saw", NAME, "nhs", "patient", "0", "by", "0", "nurse",
                     "was", "seen"]  # fmt: skip
    assert all(NAME not in term or " " in term for term in word_terms(words))


def test_the_vocabulary_holds_what_three_documents_share_and_no_name() -> None:
    texts = ["Marta was drinking at home"] * 3 + ["Marta saw the rare aardvark"] * 2
    space = fit_lexical(texts, ["a", "b", "c", "a", "a"])
    assert "drinking" in space.word_terms
    assert "aardvark" not in space.word_terms  # one document only, however often
    assert not any("marta" in term for term in (*space.word_terms, *space.run_terms, *space.known))


def test_the_same_word_twice_in_three_documents_is_not_enough() -> None:
    space = fit_lexical(["he drank", "he drank", "he slept"], ["a", "b", "c"])
    assert "drank" not in space.word_terms
    assert "he" in space.word_terms


def test_rows_have_length_one_and_unknown_texts_none() -> None:
    texts = ["he was drinking at home", "she was drinking at work", "they were drinking again"]
    space = fit_lexical(texts, ["a", "b", "c"])
    rows = space.transform([*texts, "", "xyzzy"])
    assert rows.shape == (5, space.n_terms)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    np.testing.assert_allclose(lengths[:3], 1, atol=1e-6)
    assert lengths[3] == 0


def test_alone_a_segment_has_lost_its_document_but_not_its_words() -> None:
    texts = ("The first visit was missed.", "Agencies should record every visit.")
    fact, advice = segments_of(texts)
    advice = replace(advice, section_role=SectionRole.RECOMMENDATIONS)
    units = units_of([((replace(fact, section_role=SectionRole.FINDINGS), advice), "g")])
    alone = units.alone()
    assert not units.bare.any()
    assert alone.bare.all()
    assert alone.segments[0].section_role is SectionRole.FACTS
    assert alone.segments[0].number == ""
    assert alone.segments[0].text == texts[0]
    assert alone.segments[1] == advice  # it states no facts, alone or not
    assert alone.asserted.tolist() == units.asserted.tolist() == [True, False]
