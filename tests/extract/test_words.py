"""Words as a reader sees them, whatever way the file draws them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from handmade import one_page, stream
from page_reading import read_page, words_of
from reportlab.pdfbase.pdfmetrics import stringWidth

from workbench.extract.page.words import repaired


def drawn(content: str, **characters: str) -> bytes:
    """A page with this content; keywords say which text a letter of its font stands for."""
    page = one_page(stream(content.encode()), b"", b"<<>>", to_unicode(characters))
    if not characters:
        return page
    return page.replace(b"/BaseFont/Helvetica>>", b"/BaseFont/Helvetica/ToUnicode 7 0 R>>")


def to_unicode(characters: dict[str, str]) -> bytes:
    rows = "".join(
        f"<{ord(letter):02X}> <{text.encode('utf-16-be').hex().upper()}>\n"
        for letter, text in characters.items()
    )
    return stream(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
            "/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange "
            f"{len(characters)} beginbfchar\n{rows}endbfchar endcmap end end"
        ).encode()
    )


def line(text: str, x: float = 72, y: float = 700, size: float = 12) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def glyph_by_glyph(text: str, size: float = 11, wobble: float = 0.0) -> str:
    """Each glyph set by itself, spaces left out, as some printer drivers do."""
    content, x = "", 72.0
    for number, char in enumerate(text):
        if char != " ":
            content += line(char, round(x + wobble * (number % 2), 2), size=size)
        x += stringWidth(char, "Helvetica", size)
    return content


def texts(content: str, **characters: str) -> list[str]:
    return [word.text for word in words_of(read_page(drawn(content, **characters)))]


@pytest.mark.parametrize(
    ("content", "characters", "expected"),
    [
        pytest.param(line("oAce hours"), {"A": "ﬃ"}, ["office", "hours"], id="ligature"),
        pytest.param(line("oAce hours"), {"A": "ffi"}, ["office", "hours"], id="glyph of three"),
        pytest.param(line("A Be safe"), {"A": "\uf0b7"}, ["•", "Be", "safe"], id="Symbol bullet"),
        pytest.param(line("heAre"), {"A": "\u00ad"}, ["here"], id="soft hyphen inside"),
        pytest.param(line("noA break"), {"A": "\u00a0"}, ["no", "break"], id="no-break space"),
        pytest.param(line("zeroA width"), {"A": "\u200b"}, ["zero", "width"], id="zero width"),
        pytest.param(line("12.03.2019"), {}, ["12.03.2019"], id="date stays whole"),
    ],
)  # fmt: skip
def test_characters_become_what_is_read(
    content: str, characters: dict[str, str], expected: list[str]
) -> None:
    assert texts(content, **characters) == expected


@pytest.mark.parametrize(
    ("content", "characters"),
    [
        pytest.param(line("safe-") + line("guarding now", y=685), {}, id="hyphen"),
        pytest.param(
            line("safeA") + line("guarding now", y=685), {"A": "\u00ad"}, id="soft hyphen"
        ),
    ],
)
def test_a_word_over_a_line_end_keeps_its_hyphen_and_its_two_places(
    content: str, characters: dict[str, str]
) -> None:
    page = read_page(drawn(content, **characters))
    assert [line.text for line in page.lines] == ["safe-", "guarding now"]
    upper, lower = page.lines[0], page.lines[1]
    assert upper.bottom <= lower.top + 2
    assert (upper.x0, lower.x0) == (72, 72)


def test_a_character_of_two_utf16_units_shifts_no_box() -> None:
    plain = words_of(read_page(drawn(line("xAy and so"))))
    astral = words_of(read_page(drawn(line("xAy and so"), A="\U0001d538")))
    assert [word.text for word in astral] == ["x\U0001d538y", "and", "so"]
    assert [word[1:5] for word in astral] == [word[1:5] for word in plain]


@pytest.mark.parametrize("wobble", [0.0, 0.4, 0.8])
def test_words_drawn_glyph_by_glyph_are_whole_and_parted(wobble: float) -> None:
    sentence = "the panel met till illicit filming was 1.12 agreed, firmly"
    assert texts(glyph_by_glyph(sentence, wobble=wobble)) == sentence.split()


@pytest.mark.parametrize(
    ("kerning", "expected"),
    [
        pytest.param(-280, ["the", "panel"], id="a space by moving"),
        pytest.param(-180, ["the", "panel"], id="a narrow space by moving"),
        pytest.param(-60, ["thepanel"], id="kerning is no space"),
    ],
)
def test_gaps_inside_a_string_part_words_only_when_wide(kerning: int, expected: list[str]) -> None:
    content = f"BT /F1 12 Tf 72 700 Td [(the){kerning}(panel)] TJ ET"
    assert texts(content) == expected


def test_letter_spaced_words_stay_whole() -> None:
    assert texts("BT /F1 12 Tf 3 Tc 72 700 Td (CHAPTER ONE) Tj ET") == ["CHAPTER", "ONE"]


def test_a_raised_mark_is_a_word_of_its_own_on_the_same_line() -> None:
    content = (
        "BT /F1 12 Tf 72 700 Td (in 2021.) Tj /F1 7 Tf 4 Ts (12) Tj 0 Ts "
        "/F1 12 Tf ( The panel) Tj ET"
    )
    (found,) = read_page(drawn(content)).lines
    assert [(word.text, word.size_pt) for word in found.words] == [
        ("in", 12), ("2021.", 12), ("12", 7), ("The", 12), ("panel", 12),
    ]  # fmt: skip


def test_a_raised_ending_is_no_mark() -> None:
    content = "BT /F1 12 Tf 72 700 Td (the 21) Tj /F1 7 Tf 4 Ts (st) Tj ET"
    assert texts(content) == ["the", "21st"]


def test_words_outside_the_page_are_left_out_and_told() -> None:
    page = read_page(drawn(line("seen") + line("unseen", x=700) + line("unseen", y=900)))
    assert [word.text for word in words_of(page)] == ["seen"]
    assert page.warnings == ("words outside the visible page (2) are left out",)


def test_widths_that_a_damaged_font_gives_do_no_harm() -> None:
    widths = b"/FirstChar 97/LastChar 99/Widths[-9000 -9000 9000000]>>"
    damaged = drawn(line("a ba") + line("c", y=600)).replace(
        b"/BaseFont/Helvetica>>", b"/BaseFont/Helvetica" + widths
    )
    page = read_page(damaged)
    for word in words_of(page):
        assert -page.width_pt - 1 <= word.x0 <= word.x1 <= 2 * page.width_pt + 2


def test_bold_is_read_from_the_name_of_the_font() -> None:
    bold = drawn(line("Findings")).replace(b"/Helvetica", b"/Helvetica-Bold")
    assert [word.bold for word in words_of(read_page(bold))] == [True]
    assert [word.bold for word in words_of(read_page(drawn(line("Findings"))))] == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ﬁnding", "finding"),
        ("oﬀer", "offer"),
        ("safe\ufffe", "safe-"),
        ("safe\x02", "safe-"),
        ("safe\u00ad", "safe-"),
        ("\u00ad", ""),
        ("well-known", "well-known"),
        ("\ud835\udd38", "\U0001d538"),
        ("\ud835", "\ufffd"),
    ],
)
def test_repairs(text: str, expected: str) -> None:
    assert repaired(text) == expected


@pytest.mark.parametrize(
    ("n_chars", "lengths"),
    [
        pytest.param(500, [500], id="an address of a web page"),
        pytest.param(501, [500, 1], id="a little more"),
        pytest.param(20_000, [500] * 40, id="a flood"),
    ],
)
def test_no_word_is_longer_than_any_in_print(n_chars: int, lengths: list[int]) -> None:
    page = read_page(drawn(line("." * n_chars, size=0.05)))
    words = words_of(page)
    assert [len(word.text) for word in words] == lengths
    assert all(left.x1 <= right.x0 + 0.01 for left, right in pairwise(words))
    assert bool(page.warnings) == (n_chars > 500)


def marked(text: str, y: float, mark: str = "Artifact") -> str:
    return f"/{mark} <</Type/Pagination>> BDC\n{line(text, y=y)}EMC\n"


def test_heads_that_the_file_marks_as_no_text_are_marked() -> None:
    page = read_page(
        drawn(
            marked("Overview report", 800) + marked("The panel met.", 780, "P")
            + marked("A watermark", 400) + line("Page 3", y=30)
        )
    )  # fmt: skip
    assert {line.text: line.is_artifact for line in page.lines} == {
        "Overview report": True,
        "The panel met.": False,
        "A watermark": False,  # only heads and feet are looked at
        "Page 3": False,
    }
