from __future__ import annotations

from typing import Any

import pytest

from benchmarks.layouts.scoring.align import ReadWord, TruthWord, longest_rise, match, x_iou
from benchmarks.layouts.scoring.blocks import Held, ReadBlock, score_blocks
from benchmarks.layouts.scoring.tally import Tally
from benchmarks.layouts.scoring.words import score_kinds
from benchmarks.layouts.setting.breaking import Manner, set_lines
from benchmarks.layouts.setting.fonts import Face, glyph_offsets, hyphen_points
from benchmarks.layouts.story.blocks import tokens_of

FACE = Face(family="times", style="r", size=10.0)


def word(text: str, x0: float, block: int = 0, part: str = "body", top: float = 10.0) -> TruthWord:
    return TruthWord(text, 1, x0, top, x0 + 10.0, top + 10.0, block, part)


def block(kind: str, text: str, **traits: Any) -> dict[str, Any]:
    given = {
        "kind": kind, "number": "", "level": 0, "role": "", "text": text, "cells": [],
        "pages": [1], "scored": True, "traits": [], "also": [], "broken": False,
    }  # fmt: skip
    return {**given, **traits}


def segment(kind: str, text: str, number: str = "", cells: tuple[str, ...] = ()) -> ReadBlock:
    return ReadBlock(kind, number, 0, "facts", text, cells, (1, 1))


def scored(blocks: list[dict[str, Any]], words: list[TruthWord], read: list[ReadBlock],
           owner: dict[int, int]) -> Tally:  # fmt: skip
    page = {"number": 1, "columns": 1, "rotate": 0, "turned": False}
    tally = Tally()
    score_blocks({"blocks": blocks, "pages": [page]}, Held(read, words, owner), tally)
    return tally


@pytest.mark.parametrize(
    ("ranks", "length"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([1, 2, 3], 3, id="in order"),
        pytest.param([3, 2, 1], 1, id="backwards"),
        pytest.param([4, 5, 6, 1, 2, 3, 7], 4, id="second column first"),
    ],
)
def test_the_longest_rise_is_the_longest_common_subsequence(ranks: list[int], length: int) -> None:
    assert longest_rise(ranks) == length


def test_words_are_matched_by_place_and_text() -> None:
    true = [word("the", 0), word("the", 20), word("end", 40)]
    read = [ReadWord("end", 1, 41, 10, 51, 20), ReadWord("the", 1, 19, 11, 29, 21)]
    assert match(true, read) == {0: 2, 1: 1}
    assert x_iou(true[1], read[1]) == pytest.approx(9 / 11)


def test_a_word_on_another_page_or_line_is_no_match() -> None:
    true = [word("the", 0)]
    assert match(true, [ReadWord("the", 2, 0, 10, 10, 20)]) == {}
    assert match(true, [ReadWord("the", 1, 0, 21, 10, 31)]) == {}


def test_a_paragraph_counts_when_its_text_is_the_same() -> None:
    words = [word("a", 0), word("b", 20)]
    owner = {0: 0, 1: 0}
    right = scored([block("paragraph", "a b")], words, [segment("paragraph", "a b")], owner)
    wrong = scored([block("paragraph", "a b")], words, [segment("paragraph", "a b c")], owner)
    assert right.share("paragraph text exact") == 1.0
    assert wrong.share("paragraph text exact") == 0.0


def test_a_number_counts_only_at_its_own_paragraph() -> None:
    words = [word("a", 0, 0), word("b", 20, 1)]
    blocks = [block("paragraph", "a", number="4.1"), block("paragraph", "b", number="4.2")]
    read = [segment("paragraph", "a", "4.1"), segment("paragraph", "b", "7")]
    tally = scored(blocks, words, read, {0: 0, 1: 1})
    assert tally.good["numbers recall"] == 1
    assert tally.total["numbers recall"] == 2
    assert tally.share("numbers precision") == 0.5


@pytest.mark.parametrize(
    ("cells", "exact"),
    [
        pytest.param(("May", "", "Seen"), 1.0, id="all cells"),
        pytest.param(("May", "Seen"), 0.0, id="an empty cell lost"),
        pytest.param(("May", "", "Seen ."), 0.0, id="another sign"),
    ],
)
def test_a_row_counts_when_every_cell_is_the_same(cells: tuple[str, ...], exact: float) -> None:
    row = block("table_row", "May |  | Seen", cells=["May", "", "Seen"], traits=["ruled"])
    words = [word("May", 0), word("Seen", 40)]
    read = [segment("table_row", " | ".join(cells), cells=cells)]
    tally = scored([row], words, read, {0: 0, 1: 0})
    assert tally.share("ruled rows exact") == exact


def test_lines_keep_their_width_and_lose_no_word() -> None:
    text = "Practitioners considered whether multi-agency arrangements were understood by everybody"
    manner = Manner(face=FACE, align="justify", hyphenate=True)
    lines = set_lines(tokens_of(text), lambda _: (0.0, 90.0), manner)
    assert len(lines) > 3
    for line in lines[:-1]:
        assert line.inks[-1].x + line.inks[-1].width <= 90.01
    joined = " ".join(ink.text for line in lines for ink in line.inks)
    assert joined.replace("- ", "").replace("-", "") == text.replace("-", "")


@pytest.mark.parametrize(
    ("word_", "points"),
    [
        pytest.param("practice", [4], id="ct does not stand between vowels: c and t part"),
        pytest.param("other", [], id="digraph"),
        pytest.param("2019–2021", [], id="figures"),
    ],
)
def test_words_break_between_two_consonants(word_: str, points: list[int]) -> None:
    assert hyphen_points(word_) == points


def test_kerning_draws_pairs_together() -> None:
    kerned = Face(family="times", style="r", size=10.0, kerned=True)
    assert glyph_offsets("AV", kerned)[1] < glyph_offsets("AV", FACE)[1]


def test_f1_joins_precision_and_recall() -> None:
    tally = Tally()
    tally.overlap("words", 6, 8, 12)
    assert tally.share("words precision") == 0.75
    assert tally.share("words recall") == 0.5
    assert tally.f1("words") == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("safe guarding", "words joined or split", id="space inside a word"),
        pytest.param("safe-guarding", "hyphen", id="hyphen left in"),
        pytest.param("safeguarding board", "other signs in it", id="a word too many"),
    ],
)
def test_a_failure_says_why(text: str, reason: str) -> None:
    words = [word("safeguarding", 0)]
    tally = scored(
        [block("paragraph", "safeguarding")], words, [segment("paragraph", text)], {0: 0}
    )
    assert [failure.kind for failure in tally.failures] == [f"text: {reason}"]


def test_notes_read_as_paragraphs_lower_the_recall_of_footnotes() -> None:
    words = [word("note", 0, 0), word("body", 20, 1)]
    truth = {"blocks": [block("footnote", "note"), block("paragraph", "body")], "pages": []}
    tally = Tally()
    score_kinds(truth, words, {0: "paragraph", 1: "paragraph"}, tally)
    assert tally.share("footnotes recall") == 0.0
    assert tally.total["footnotes precision"] == 0.0
