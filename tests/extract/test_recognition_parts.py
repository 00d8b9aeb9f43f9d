"""The parts of the recognition, each by itself and without tesseract."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from workbench.extract.ocr.continuity import mend_numbers
from workbench.extract.ocr.labels import with_read_labels
from workbench.extract.ocr.recognising import _is_word, _sure_lines, _with_labels_joined
from workbench.extract.ocr.sizes import even_sizes
from workbench.extract.ocr.straighten import dark_level, skew_deg, turned
from workbench.extract.ocr.strokes import find_strokes
from workbench.extract.ocr.tesseract import Seen, _words
from workbench.extract.ocr.titles import parted_titles
from workbench.extract.settings import OcrSettings
from workbench.records import Line, Page, PageSource, Word

HOCR = """
<span class='ocr_line' id='line_1_1' title="bbox 100 200 500 240; baseline -0.01 -8; x_size 33">
 <span class='ocrx_word' id='word_1_1' title='bbox 100 204 140 234; x_wconf 91'>4.1</span>
 <span class='ocrx_word' id='word_1_2' title='bbox 160 202 300 240; x_wconf 80'><b>happy</b></span>
 <span class='ocrx_word' id='word_1_3' title='bbox 310 202 330 240; x_wconf 12'> </span>
 <span class='ocrx_word' id='word_1_4' title='bbox 340 200 500 232; x_wconf 95'>R&amp;D</span>
</span>
<span class='ocr_line' id='line_1_2' title="bbox 10 100 40 900; textangle 90; x_size 30">
 <span class='ocrx_word' id='word_1_5' title='bbox 10 100 40 900; x_wconf 96'>DRAFT</span>
</span>
"""


def test_words_are_taken_from_hocr_with_their_baseline_and_size() -> None:
    first, second, third, side = _words(HOCR)
    assert [first.text, second.text, third.text] == ["4.1", "happy", "R&D"]
    assert first.baseline == pytest.approx(240 - 8 - 0.01 * 20)
    assert third.baseline == pytest.approx(240 - 8 - 0.01 * 320)
    assert first.size == second.size == third.size == pytest.approx(38 / 0.935, abs=5)
    assert (side.text, side.size, side.confidence) == ("DRAFT", 0.0, 0)


def lines_of_print(skew: float = 0.0) -> Image.Image:
    image = Image.new("L", (900, 1200), 255)
    draw = ImageDraw.Draw(image)
    for row in range(30):
        for column in range(18):
            x, y = 80 + 41 * column, 90 + 34 * row
            draw.rectangle((x, y, x + 27 + (row * 7 + column * 5) % 9, y + 13), fill=20)
    return image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.parametrize("skew", [-4.0, -1.3, -0.4, 0.0, 0.25, 2.7])
def test_the_skew_of_print_is_found_and_undone(skew: float) -> None:
    image = lines_of_print(skew)
    found = skew_deg(np.asarray(image))
    assert found == pytest.approx(skew, abs=0.13)
    assert abs(skew_deg(np.asarray(turned(image, found)))) <= 0.15


def test_a_blank_page_has_no_skew() -> None:
    assert skew_deg(np.full((900, 600), 255, dtype=np.uint8)) == 0.0


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (0, 0)), (90, (1, 0)), (180, (1, 1)), (270, (0, 1))]
)
def test_a_turn_is_clockwise(turn: float, corner: tuple[int, int]) -> None:
    image = Image.new("L", (40, 60), 255)
    image.putpixel((0, 0), 0)
    result = turned(image, turn)
    x, y = corner[0] * (result.width - 1), corner[1] * (result.height - 1)
    assert result.getpixel((x, y)) == 0


def test_ink_is_parted_from_paper_between_their_levels() -> None:
    gray = np.array([[30] * 90 + [40] * 10, [200] * 50 + [240] * 50], dtype=np.uint8)
    assert 40 < dark_level(gray) <= 200


def test_strokes_are_rules_or_bars_and_letters_are_neither() -> None:
    image = lines_of_print()
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 60, 860, 62), fill=0)
    draw.rectangle((60, 60, 62, 1100), fill=0)
    draw.rectangle((300, 1120, 460, 1145), fill=0)
    rules, bars = find_strokes(np.asarray(image), 150)
    level = [rule for rule in rules if rule.x1 - rule.x0 > rule.bottom - rule.top]
    upright = [rule for rule in rules if rule not in level]
    assert [(rule.x0, rule.x1) for rule in level] == [(60, 861)]
    assert [(rule.top, rule.bottom) for rule in upright] == [(60, 1101)]
    assert [tuple(bar) for bar in bars] == [(300, 1120, 461, 1146)]


def page(number: int, lines: list[tuple[str, float]], source: PageSource = PageSource.OCR) -> Page:
    made = []
    for row, (text, size) in enumerate(lines):
        y = 100 + 20 * row
        words = tuple(
            Word(word, 72 + 50 * n, y - 0.9 * size, 110 + 50 * n, y + 0.22 * size, size)
            for n, word in enumerate(text.split())
        )
        made.append(
            Line(words=words, x0=72, top=words[0].top, x1=words[-1].x1, bottom=words[0].bottom,
                 size_pt=size)
        )  # fmt: skip
    return Page(
        document_id="0" * 64, number=number, label="", width_pt=595, height_pt=842,
        rotation_deg=0, source=source, lines=tuple(made),
    )  # fmt: skip


def test_sizes_that_differ_by_a_pixel_become_one_and_the_baseline_stays() -> None:
    measured = [("the panel met again", 11.2), ("and heard nine", 10.8), ("agencies in May", 11.0),
                ("Findings", 15.9), ("a note", 8.0)]  # fmt: skip
    (found,) = even_sizes([page(1, measured)])
    assert [line.size_pt for line in found.lines] == [11.0, 11.0, 11.0, 15.9, 8.0]
    for row, line in enumerate(found.lines):
        assert line.words[0].bottom - 0.22 * line.size_pt == pytest.approx(100 + 20 * row, abs=0.02)


def test_pages_of_text_keep_their_sizes() -> None:
    written = page(1, [("the panel met", 11.2), ("again", 10.8)], PageSource.TEXT)
    assert even_sizes([written]) == (written,)


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        pytest.param(["4.1", "4.2", "43", "4.4"], ["4.1", "4.2", "4.3", "4.4"], id="no point"),
        pytest.param(["4.1", "4.2", "‘4.3", "5.1"], ["4.1", "4.2", "4.3", "5.1"], id="a speck"),
        pytest.param(["4.1", "4.2", "5,1", "5.2"], ["4.1", "4.2", "5.1", "5.2"], id="a comma"),
        pytest.param(["4.1", "4.2", "4.3", "51"], ["4.1", "4.2", "4.3", "5.1"], id="a section"),
        pytest.param(["4.1", "4.2", "4.3", "61"], ["4.1", "4.2", "4.3", "61"], id="not the next"),
        pytest.param(["4.1", "4.2", "4.3", "44."], ["4.1", "4.2", "4.3", "4.4"], id="point after"),
        pytest.param(["41", "42", "4.3"], ["41", "42", "4.3"], id="too few to know"),
    ],
)
def test_a_number_that_lost_its_point_is_mended_by_the_one_before(
    read: list[str], mended: list[str]
) -> None:
    (found,) = mend_numbers([page(1, [(f"{number} The panel", 11.0) for number in read])])
    assert [line.words[0].text for line in found.lines] == mended


def test_numbers_of_pages_of_text_are_not_touched() -> None:
    written = page(1, [(f"{n} The panel", 11.0) for n in ("4.1", "4.2", "4.3", "44")],
                   PageSource.TEXT)  # fmt: skip
    assert mend_numbers([written]) == (written,)


def seen(text: str, x0: float, baseline: float, line: int) -> Seen:
    return Seen(text, x0, x0 + 10 * len(text), baseline, 30.0, 90, line)


def test_numbers_that_were_taken_for_a_column_come_before_their_text() -> None:
    words = [
        seen("4.1", 80, 100, 1), seen("4.2", 80, 200, 2),
        seen("The", 160, 101, 3), seen("panel", 210, 101, 3),
        seen("met", 160, 140, 4), seen("Nobody", 160, 199, 5), seen("asked", 250, 199, 5),
    ]  # fmt: skip
    ordered = " ".join(word.text for word in _with_labels_joined(words))
    assert ordered == "4.1 The panel met 4.2 Nobody asked"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MrT", ["Mr", "T"]),
        ("MrsE’s", ["Mrs", "E’s"]),
        ("AdultB,", ["Adult", "B,"]),
        ("Mr", ["Mr"]),
        ("MrTan", ["MrTan"]),
        ("Children", ["Children"]),
    ],
)
def test_a_title_is_parted_from_the_letter_that_it_names(text: str, expected: list[str]) -> None:
    words = parted_titles([Seen(text, 100, 200, 50, 30, 90, 1)])
    assert [word.text for word in words] == expected
    assert (words[0].x0, words[-1].x1) == (100, 200)
    assert all(left.x1 == right.x0 for left, right in pairwise(words))


@pytest.mark.parametrize(
    ("text", "confidence", "line", "kept"),
    [
        pytest.param("Elsie", 0, 1, True, id="a word in a line of print"),
        pytest.param("te", 0, 1, False, id="a speck in a line of print"),
        pytest.param("-", 45, 1, False, id="a sign"),
        pytest.param("grain", 12, 2, False, id="a word in a line of noise"),
        pytest.param("on", 80, 1, True, id="a sure short word"),
    ],
)
def test_what_counts_as_a_word(text: str, confidence: int, line: int, kept: bool) -> None:
    seen = Seen(text, 10, 60, 50, 30, confidence, line)
    others = [Seen("recognised", 70, 200, 50, 30, 93, 1), Seen("wm", 70, 90, 90, 30, 20, 2)]
    sure = _sure_lines([seen, *others])
    assert _is_word(seen, [], sure, OcrSettings()) is kept


class Rereader:
    """Stands for tesseract: what it sees on one sheet after the other."""

    def __init__(self, *sheets: list[Seen]) -> None:
        self.sheets = list(sheets)

    def words(self, image: Image.Image, *, is_block: bool, enlarged: int) -> list[Seen]:
        assert is_block
        assert enlarged == 2
        return self.sheets.pop(0)


def numbered(*labels: str) -> list[Seen]:
    """Paragraphs of one line, each with something in the column of its number."""
    words = []
    for row, label in enumerate(labels):
        y = 100 + 60 * row
        if label:
            words.append(Seen(label, 200, 240, y, 30, 50, 10 * row))
        words.append(Seen("It", 310, 330, y, 30, 95, 10 * row + 1))
        words.append(Seen("rained", 340, 420, y, 30, 95, 10 * row + 1))
    return words


def page_with_ink(row: int) -> Image.Image:
    image = Image.new("L", (600, 600), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((310, 80, 420, 100), fill=0)  # some print, so that there is ink and paper
    draw.rectangle((200, 80 + 60 * row, 235, 98 + 60 * row), fill=0)
    return image


SHEET_TOP = 60  # a baseline within the first piece of a sheet
AGAIN = Seen("1.2", 60, 110, SHEET_TOP, 60, 88, 1)


@pytest.mark.parametrize(
    ("label", "second", "expected"),
    [
        pytest.param("de?", "1.2", "1.2", id="letters were read"),
        pytest.param("", "1.2", "1.2", id="nothing was read"),
        pytest.param("de?", "bed", "de?", id="it is no number"),
        pytest.param("note", "12", "note", id="a number without a point is not believed here"),
    ],
)
def test_a_number_that_was_not_seen_is_looked_for_in_its_column(
    label: str, second: str, expected: str
) -> None:
    words = numbered("1.1", label, "1.3")
    reader = Rereader([], [AGAIN._replace(text=second)])
    found = with_read_labels(words, page_with_ink(1), reader)  # type: ignore[arg-type]
    texts = [word.text for word in found]
    assert texts == ["1.1", "It", "rained", expected, "It", "rained", "1.3", "It", "rained"]


def test_a_point_is_not_lost_by_a_second_look() -> None:
    reader = Rereader([AGAIN._replace(text="23")], [])
    found = with_read_labels(numbered("2.3", "2.4"), page_with_ink(0), reader)  # type: ignore[arg-type]
    assert found[0].text == "2.3"


def test_without_a_column_of_numbers_nothing_is_looked_for() -> None:
    words = numbered("de?", "")
    assert with_read_labels(words, page_with_ink(1), Rereader()) == words  # type: ignore[arg-type]
