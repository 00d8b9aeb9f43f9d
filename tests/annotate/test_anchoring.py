"""Quotations of other programs found in our text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.annotate.doors.anchoring import Text

TEXT = (
    "4.1 Maren’s mother “drank heavily” — every day – and owed money 🙂 to a lender.\n"
    "4.2 The school’s safe-\nguarding lead was not told. She was not told twice.\n\n"
    "4.3 Agencies\u00a0did not share infor­mation. She was not told why. Oﬃcers called."
)


@pytest.mark.parametrize(
    ("quote", "found", "how"),
    [
        pytest.param("owed money 🙂 to", "owed money 🙂 to", "exact", id="as it stands"),
        pytest.param('mother "drank heavily"', "mother “drank heavily”", "alike", id="marks"),
        pytest.param("Maren's MOTHER", "Maren’s mother", "alike", id="apostrophe and capitals"),
        pytest.param("every day - and owed", "every day – and owed", "alike", id="dash"),
        pytest.param("Agencies did\n not", "Agencies\u00a0did not", "alike", id="spaces"),
        pytest.param("share information", "share infor­mation", "alike", id="soft hyphen"),
        pytest.param("school's safeguarding lead", "school’s safe-\nguarding lead", "alike",
                     id="hyphen at a line's end"),
        pytest.param("Officers called", "Oﬃcers called", "alike", id="ligature"),
        pytest.param("owed money [...]", "owed money", "exact", id="cut short by the program"),
        pytest.param("lender.\n4.2 The", "lender.\n4.2 The", "exact", id="over two paragraphs"),
    ],
)  # fmt: skip
def test_words_are_found_however_the_program_writes_them(quote: str, found: str, how: str) -> None:
    result = Text(TEXT).find(quote)
    assert result.place is not None, result.problem
    assert TEXT[result.place.start_char : result.place.end_char] == found
    assert result.how == how


@pytest.mark.parametrize(
    ("quote", "problem"),
    [
        pytest.param("drank lightly", "does not occur", id="other word"),
        pytest.param("gencie did", "does not occur", id="cut words, other space"),
        pytest.param("was not told", "occurs 3 times; say the page", id="three times"),
        pytest.param("—", "quotes no words", id="a dash"),
        pytest.param("  ", "quotes no words", id="spaces"),
    ],
)
def test_words_that_are_not_there_or_not_certain_are_not_guessed(quote: str, problem: str) -> None:
    result = Text(TEXT).find(quote)
    assert result.place is None
    assert problem in result.problem


def test_the_place_in_the_document_chooses_between_several() -> None:
    text = Text(TEXT)
    last = TEXT.rindex("was not told")
    found = text.find("was not told", share=last / len(TEXT))
    assert found.place is not None
    assert found.place.start_char == last
    only = text.find("was not told", allowed=lambda place: place.start_char < 120)
    assert only.place is not None
    assert only.place.start_char == TEXT.index("was not told")
    nowhere = text.find("was not told", allowed=lambda place: False)
    assert "not on that page or paragraph" in nowhere.problem


def test_words_cut_in_the_middle_are_found_where_nothing_better_is() -> None:
    found = Text(TEXT).find("gencies\u00a0di")
    assert found.place is not None
    assert found.how == "exact"


@given(st.text(alphabet="ab -\n“”'\u00ad🙂ﬁ", min_size=1, max_size=60), st.data())
@settings(max_examples=150, deadline=None)
def test_what_was_cut_from_a_text_is_found_in_it_or_found_several_times(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    result = Text(text).find(quote)
    if result.place:
        assert 0 <= result.place.start_char < result.place.end_char <= len(text)
    else:
        assert "occurs" in result.problem or not any(map(str.isalnum, quote))
        assert "does not occur" not in result.problem
