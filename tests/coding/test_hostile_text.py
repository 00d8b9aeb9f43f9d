"""Text that no review holds: it ends soon, and codes nothing that is not there."""

from __future__ import annotations

import pytest

from coding.made import Read, frozen_text, make_segments
from workbench.coding.people.finding.marks import MarkedText, occurrences
from workbench.coding.text.passage import read_passage
from workbench.records import SectionRole, SegmentKind

N = 100_000  # characters; each of these once took minutes, or would have


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("." * N, id="a run of dots"),
        pytest.param("-" * N, id="a run of hyphens"),
        pytest.param("(" * N, id="a run of brackets"),
        pytest.param("\u2019s" * (N // 2), id="a run of genitives"),
        pytest.param("a" * N, id="one word"),
        pytest.param("a-b/c." * (N // 6), id="no space"),
        pytest.param(" " * N, id="only spaces"),
        pytest.param("".join(map(chr, range(1, 32))) * (N // 31), id="control characters"),
        pytest.param("\u0647\u0630\u0627 \u0646\u0635 " * (N // 7), id="another alphabet"),
        pytest.param("\U000f0000 was killed by \U000f0001. " * (N // 20), id="private signs"),
    ],
)
def test_long_passages_without_english_words_end_without_codings(read: Read, text: str) -> None:
    people, codings = read(text)
    assert codings == ()
    assert people == ()


def test_a_text_without_full_stops_is_coded_in_parts(read: Read) -> None:
    text = "his father drank and hit his mother " * 1500
    _, codings = read(text)
    assert {"ace_household_substance", "ace_domestic_abuse"} <= {c.code_id for c in codings}
    whole = frozen_text(make_segments([(text, SectionRole.FACTS, SegmentKind.PARAGRAPH)]))
    assert all(whole[c.start_char : c.end_char] == c.text for c in codings)
    assert max(len(c.text.split()) for c in codings) <= 150


def test_control_characters_part_words() -> None:
    assert read_passage("a\x00knife\x1fwas\xa0found").words == ("a", "knife", "was", "found")


def test_words_around_a_huge_token_keep_their_offsets() -> None:
    text = "He had a knife " + "=-" * 200 + " and ran."
    passage = read_passage(text)
    assert passage.words == ("He", "had", "a", "knife", "and", "ran")
    assert [text[s : s + 3] for s in passage.starts[-2:]] == ["and", "ran"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("Ann", ["Ann"], id="not inside Anna"),
        pytest.param("Anna", ["Anna"], id="a whole word"),
        pytest.param("Mr K", ["Mr K"], id="several words"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_names_are_found_as_whole_words(words: str, expected: list[str]) -> None:
    text = "Ann saw Anna, and Mr K\u2019s Annabel."
    assert [text[a:b] for a, b in occurrences(text, words)] == expected


def test_a_marked_text_leads_back_to_the_text() -> None:
    text = "Dale Rudkin lived with Ann. Dale drank."
    marked = MarkedText(text, {"Dale Rudkin": "Dale Rudkin", "Dale": "Dale Rudkin", "Ann": "Ann"})
    signs = [sign for sign in marked.text if not sign.isascii()]
    assert [marked.name(sign) for sign in signs] == ["Dale Rudkin", "Ann", "Dale Rudkin"]
    start = marked.text.index("lived")
    assert marked.printed(start, len(marked.text)) == text[text.index("lived") :]
    assert marked.offset(len(marked.text) - len("drank.")) == text.index("drank")
