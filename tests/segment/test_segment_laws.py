from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from segment.printing import line, page, segmented
from workbench.records import Line, Page, Word
from workbench.segment import Segmentation

WORDS = st.text(alphabet="abcdefghij", min_size=2, max_size=9)
OPENINGS = st.sampled_from(["", "4.12", "12.", "(a)", "•", "iv)", "Recommendation 3", "2019."])


@st.composite
def printed_lines(draw: st.DrawFn) -> list[Line]:
    lines: list[Line] = []
    top = 40.0
    for _ in range(draw(st.integers(1, 18))):
        top += draw(st.sampled_from([14.0, 14.0, 14.0, 22.0, 40.0]))
        words = draw(st.lists(WORDS, min_size=1, max_size=9))
        if draw(st.booleans()):
            words[-1] += draw(st.sampled_from([".", "-", "?"]))
        text = f"{draw(OPENINGS)} {' '.join(words)}".strip()
        x0 = draw(st.sampled_from([72.0, 72.0, 90.0, 300.0]))
        size = draw(st.sampled_from([11.0, 11.0, 8.0, 16.0]))
        lines.append(line(text, top, x0, size=size, bold=draw(st.booleans())))
    return lines


@st.composite
def documents(draw: st.DrawFn) -> list[Page]:
    return [page(number + 1, draw(printed_lines())) for number in range(draw(st.integers(1, 4)))]


def places(made: Segmentation) -> dict[tuple[int, float, float], int]:
    """How often the place of each printed word stands in the frozen text."""
    counted: dict[tuple[int, float, float], int] = {}
    for word in made.frozen.words:
        place = (word.page, word.x0, word.top)
        counted[place] = counted.get(place, 0) + 1
    return counted


def letters(words: list[Word]) -> str:
    """All letters and digits, in one order, so that repaired hyphens do not count."""
    return "".join(sorted("".join(char for word in words for char in word.text if char.isalnum())))


@settings(max_examples=30, deadline=None)
@given(documents())
def test_every_word_stands_once_in_the_text_or_is_a_number_or_bullet(pages: list[Page]) -> None:
    made = segmented(*pages)
    counted = places(made)
    assert all(count == 1 for count in counted.values())
    kept = [
        word
        for printed in pages
        for row in printed.lines
        for word in row.words
        if (printed.number, word.x0, word.top) not in counted
    ]
    numbers = " ".join(segment.number for segment in made.segments)
    assert letters([word for word in kept if word.text != "•"]) == "".join(
        sorted(char for char in numbers if char.isalnum())
    )


@settings(max_examples=30, deadline=None)
@given(documents())
def test_offsets_give_back_the_text_and_segments_do_not_overlap(pages: list[Page]) -> None:
    made = segmented(*pages)
    text, end = made.frozen.text, -2
    for ordinal, segment in enumerate(made.segments):
        assert segment.ordinal == ordinal
        assert text[segment.start_char : segment.end_char] == segment.text
        assert segment.start_char == end + 2
        end = segment.end_char
        if segment.cells:
            assert " | ".join(segment.cells) == segment.text
    assert end == len(text)


@settings(max_examples=30, deadline=None)
@given(documents())
def test_every_word_of_the_text_has_a_box_on_its_page(pages: list[Page]) -> None:
    made = segmented(*pages)
    by_place = {
        (printed.number, word.x0, word.top): word
        for printed in pages
        for row in printed.lines
        for word in row.words
    }
    last = 0
    for placed in made.frozen.words:
        assert placed.start_char >= last
        last = placed.end_char
        word = by_place[placed.page, placed.x0, placed.top]
        frozen = made.frozen.text[placed.start_char : placed.end_char]
        assert frozen in (word.text, word.text[:-1])
    for segment in made.segments:
        boxes = made.frozen.boxes(segment.start_char, segment.end_char)
        assert {box.page for box in boxes} <= set(range(segment.page_start, segment.page_end + 1))


@settings(max_examples=10, deadline=None)
@given(documents())
def test_the_same_pages_give_the_same_segments(pages: list[Page]) -> None:
    assert segmented(*pages) == segmented(*pages)
