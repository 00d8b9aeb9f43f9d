from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.annotate.labelstudio.offsets import (
    OffsetUnit,
    Quote,
    from_utf16,
    in_characters,
    to_utf16,
    unit_of,
)
from workbench.errors import OffsetError

#: Emoji (one with a joiner, one with a skin tone), CRLF, no-break space, curly quotes, accents.
TEXT = "👩‍👧 said:\r\n“It’s 5\u00a0pm”\u2028– Père 👍🏽 left.\r\nShe\u00a0stayed."
texts = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("👩👧👍🏽\u200d\r\n\u00a0“”’–é\u2028\u0301a b.")),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


def test_utf16_counts_what_javascript_counts() -> None:
    at = TEXT.index("left")
    assert to_utf16(TEXT, at) == len(TEXT[:at].encode("utf-16-le")) // 2 == at + 4


@given(texts, st.data())
def test_offsets_go_there_and_back(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    there = to_utf16(text, offset)
    assert there == len(text[:offset].encode("utf-16-le")) // 2
    assert from_utf16(text, there) == offset


@given(texts.filter(bool), st.data())
def test_words_marked_in_either_count_are_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    plain = Quote(start, end, words)
    units = Quote(to_utf16(text, start), to_utf16(text, end), words)
    assert in_characters(text, plain, OffsetUnit.CODE_POINT) == (start, end)
    assert in_characters(text, units, OffsetUnit.UTF16) == (start, end)


@pytest.mark.parametrize("offset", [-1, 1, 99])
def test_a_utf16_offset_inside_an_emoji_or_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(OffsetError, match=f"UTF-16 offset {offset} "):
        from_utf16("👍 yes", offset)


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param(Quote(0, 99_999, "yes"), id="end far outside"),
        pytest.param(Quote(-3, 3, "yes"), id="negative"),
        pytest.param(Quote(2, 2, ""), id="empty"),
        pytest.param(Quote(3, 2, "s"), id="backwards"),
        pytest.param(Quote(3, 6, "yes"), id="off by one"),
        pytest.param(Quote(2, 5, "Yes"), id="another letter"),
    ],
)
def test_words_that_do_not_stand_there_are_refused(quote: Quote) -> None:
    with pytest.raises(OffsetError):
        in_characters("👍 yes", quote, OffsetUnit.CODE_POINT)
    assert in_characters("👍 yes", Quote(2, 5, "yes"), OffsetUnit.CODE_POINT) == (2, 5)


def test_line_breaks_may_be_quoted_as_the_editor_quotes_them_and_in_no_other_way() -> None:
    text = "🙂 and\r\nowed"
    for quoted in ("and\r\nowed", "and\\n\\nowed"):
        assert in_characters(text, Quote(2, 11, quoted), OffsetUnit.CODE_POINT) == (2, 11)
    for quoted in ("and\nowed", "and owed", "and\\nowed", "and\\r\\nowed", "and\n\nowed"):
        with pytest.raises(OffsetError, match="reads"):
            in_characters(text, Quote(2, 11, quoted), OffsetUnit.CODE_POINT)


def test_a_file_is_read_in_one_count_only() -> None:
    text = "👍 yes"
    assert unit_of([(text, Quote(2, 5, "yes"))]) is OffsetUnit.CODE_POINT
    assert unit_of([(text, Quote(3, 6, "yes"))]) is OffsetUnit.UTF16
    assert unit_of([("yes", Quote(0, 3, "yes")), (text, Quote(3, 6, "yes"))]) is OffsetUnit.UTF16
    mixed = [(text, Quote(2, 5, "yes")), (text, Quote(3, 6, "yes"))]
    assert unit_of(mixed) is OffsetUnit.CODE_POINT  # so that the second is named
    assert unit_of([("yes", Quote(0, 3, "yes"))]) is OffsetUnit.CODE_POINT
