"""Truth paragraphs are found again whatever the extraction did to them, and only there."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.learn.matching.alignment import align
from workbench.learn.matching.names import name_key
from workbench.learn.matching.tokens import Alignment, plain_text, tokenize, word_key

BODY = (
    "The housing officer visited the flat twice in March and found the door broken, but she did "
    "not ask who had broken it, and the notes of the visit were never shared with the police."
)
NEXT = "Two weeks later the school wrote to the family about attendance and received no answer."


def found_text(alignment: Alignment, text: str, paragraph: int) -> str:
    """The stretch of the document from the first to the last word of the paragraph."""
    places = [place for place in alignment.paragraphs[paragraph].places if place >= 0]
    tokens = alignment.tokens
    return text[tokens[min(places)].start_char : tokens[max(places)].end_char] if places else ""


@pytest.mark.parametrize(
    ("part", "key"),
    [
        pytest.param("Self-harm,", "selfharm", id="hyphen and comma"),
        pytest.param("mother’s", "mothers", id="curly quote"),
        pytest.param("illness.12", "illness", id="footnote mark"),
        pytest.param("illness³", "illness", id="raised footnote mark"),
        pytest.param("ﬁnd", "find", id="ligature"),
        pytest.param("P2", "p2", id="a name that ends in a digit stays"),
        pytest.param("2019", "2019", id="a year stays"),
        pytest.param("•", "", id="a bullet is no word"),
    ],
)
def test_words_are_compared_by_letters_and_digits(part: str, key: str) -> None:
    assert word_key(part) == key


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("“It’s –  over”", '"It\'s - over"', id="quotes, dash, spaces"),
        pytest.param("of the illness.4 It", "of the illness. It", id="mark after a full stop"),
        pytest.param("of the illness4, it", "of the illness, it", id="mark after a word"),
        pytest.param("aged 13, in 2019.", "aged 13, in 2019.", id="numbers are no marks"),
        pytest.param("version 1.2", "version 1.2", id="nor are decimals"),
    ],
)
def test_exact_text_forgives_typography_only(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(BODY, id="as it is"),
        pytest.param(BODY.replace(" ", "\n"), id="broken into lines"),
        pytest.param(BODY.replace("twice in", "twice2 in"), id="with a footnote mark"),
        pytest.param(BODY.replace("officer", "of- ficer"), id="with a broken word"),
        pytest.param(BODY.replace("housing", "h0using").replace("notes", "n0tes"), id="misread"),
        pytest.param("4.12 " + BODY, id="with its number in the text"),
    ],
)
def test_a_paragraph_is_found_in_what_became_of_it(printed: str) -> None:
    text = f"{NEXT}\n\n{printed}\n\nThe end of the matter."
    alignment = align([BODY, NEXT], text)
    assert alignment.paragraphs[0].share_found > 0.9
    assert found_text(alignment, text, 0).split()[-1] == "police."
    assert alignment.paragraphs[1].share_found == 1.0


def test_a_paragraph_torn_by_a_footnote_keeps_both_parts_and_not_the_footnote() -> None:
    words = BODY.split()
    note = "See the guidance on visits that the council issued for all landlords in that year."
    text = " ".join(words[:18]) + f"\n\n{note}\n\n" + " ".join(words[18:])
    alignment = align([BODY, note], text)
    assert [paragraph.share_found for paragraph in alignment.paragraphs] == [1.0, 1.0]
    start_char = text.index(note)
    assert alignment.paragraph_at(start_char, start_char + len(note)) == 1


def test_paragraphs_out_of_order_are_found() -> None:
    text = f"{NEXT}\n\n{BODY}"
    alignment = align([BODY, NEXT], text)
    assert found_text(alignment, text, 0) == BODY
    assert found_text(alignment, text, 1) == NEXT


def test_a_heading_is_not_looked_for_in_the_contents_list() -> None:
    contents = "Housing 3\n\nSchool 4\n\n"
    text = f"{contents}Housing\n\n{BODY}\n\nSchool\n\n{NEXT}"
    alignment = align(["Housing", BODY, "School", NEXT], text)
    for paragraph, heading in ((0, "Housing"), (2, "School")):
        place = alignment.paragraphs[paragraph].places[0]
        assert alignment.tokens[place].start_char == text.rindex(heading)


def test_a_first_heading_is_taken_from_its_text_not_from_the_contents_list() -> None:
    text = f"Review of Nell\n\nContents\n\nHousing 3\n\nSchool 4\n\nHousing\n\n{BODY}"
    alignment = align(["Review of Nell", "Housing", BODY], text)
    place = alignment.paragraphs[1].places[0]
    assert alignment.tokens[place].start_char == text.rindex("Housing")


def test_words_that_stand_twice_go_to_the_paragraph_that_is_near() -> None:
    text = f"{BODY}\n\nFirst part ends here.\n\n{NEXT}\n\n{BODY}\n\nSecond part ends here."
    alignment = align([BODY, "First part ends here.", NEXT, BODY, "Second part ends here."], text)
    assert alignment.paragraphs[0].places[0] == 0
    first_of_last = alignment.tokens[alignment.paragraphs[3].places[0]].start_char
    assert first_of_last == text.rindex(BODY)


def test_a_short_heading_with_a_misread_letter_is_found_near_its_place() -> None:
    text = f"{BODY}\n\nThe schoo1 years\n\n{NEXT}"
    alignment = align([BODY, "The school years", NEXT], text)
    assert found_text(alignment, text, 1) == "The schoo1 years"


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param("The coroner heard evidence over nine days in the autumn.", id="long"),
        pytest.param("Wholly unrelated", id="short"),
        pytest.param("The police did not ask the family about the notes", id="common words only"),
    ],
)
def test_a_paragraph_that_is_not_there_is_not_found(missing: str) -> None:
    alignment = align([missing, BODY, NEXT], f"{BODY}\n\n{NEXT}")
    assert not alignment.paragraphs[0].is_found
    assert alignment.paragraphs[1].share_found == alignment.paragraphs[2].share_found == 1.0


def test_a_text_with_many_misread_letters_keeps_most_of_its_words() -> None:
    rng = random.Random(3)
    paragraphs = [
        " ".join(rng.choice(BODY.split() + NEXT.split()) + rng.choice("abcdef") for _ in range(40))
        for _ in range(30)
    ]
    text = "\n\n".join(
        " ".join(word if rng.random() > 0.08 else f"#{word[1:]}x" for word in paragraph.split())
        for paragraph in paragraphs
    )
    alignment = align(paragraphs, text)
    assert all(paragraph.is_found for paragraph in alignment.paragraphs)
    owners = [owner for owner in alignment.owners if owner >= 0]
    assert owners == sorted(owners)  # none was put into another paragraph's place
    assert len(owners) / len(alignment.owners) > 0.85


def test_a_quotation_in_a_misread_text_is_still_one_stretch() -> None:
    text = BODY.replace("door broken", "d0or broken")
    alignment = align([BODY], text)
    quote = "found the door broken"
    start_char = BODY.index(quote)
    places = alignment.paragraphs[0].places_of(start_char, start_char + len(quote))
    words = [text[t.start_char : t.end_char] for t in (alignment.tokens[p] for p in sorted(places))]
    assert words == ["found", "the", "d0or", "broken,"]


def test_names_are_compared_without_case_and_article() -> None:
    assert name_key("The Victim") == name_key("victim")
    assert name_key("Mr A") != name_key("Mrs A")
    assert name_key("A") == ("a",)


words = st.lists(st.sampled_from(["Alpha", "beta", "gamma", "x1", "–", "it’s"]), max_size=12)


@given(st.lists(words.map(" ".join), max_size=6), st.randoms(use_true_random=False))
def test_no_word_belongs_to_two_paragraphs_and_each_equals_its_own(
    paragraphs: list[str], rng: random.Random
) -> None:
    printed = list(paragraphs)
    rng.shuffle(printed)
    text = "\n\n".join(printed)
    alignment = align(paragraphs, text)
    taken = [place for paragraph in alignment.paragraphs for place in paragraph.places]
    taken = [place for place in taken if place >= 0]
    assert len(taken) == len(set(taken))
    for index, paragraph in enumerate(alignment.paragraphs):
        for place in paragraph.places:
            assert place < 0 or alignment.owners[place] == index
    for token in tokenize(text):
        assert word_key(text[token.start_char : token.end_char]) == token.key
