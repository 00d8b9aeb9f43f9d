from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

Made = Callable[[str], tuple[Path, dict[str, Any]]]
#: A form drawn in whole lines, and a report drawn glyph by glyph upside down.
NAMES = ("L24", "L19")
NOT_IN_THE_MIDDLE = str.maketrans("", "", ".,’“”")
NOTICE = ["Fictional", "document", "for", "software", "testing"]


def test_all_names_differ_and_there_are_enough() -> None:
    from benchmarks.layouts.story.recipes import all_recipes

    names = [recipe.name for recipe in all_recipes()]
    assert len(names) == len(set(names)) >= 24


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_has_the_words_that_pdfium_reads(made: Made, name: str) -> None:
    path, truth = made(name)
    pdf = pypdfium2.PdfDocument(path)
    assert len(pdf) == len(truth["pages"])
    for number in range(1, len(pdf) + 1):
        text = pdf[number - 1].get_textpage().get_text_bounded()
        read = Counter(text.replace("\x02", "-").replace("\ufffe", "-").split())
        true = Counter(word[0] for word in truth["words"] if word[1] == number)
        # PDFium glues a few raised marks and numbers to their neighbours.
        assert (read & true).total() >= 0.98 * true.total(), (name, number)
    pdf.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_box_of_the_truth_holds_its_word_on_the_page(made: Made, name: str) -> None:
    path, truth = made(name)
    pdf = pypdfium2.PdfDocument(path)
    page = pdf[0]
    text = page.get_textpage()
    height = truth["pages"][0]["height"]
    width = truth["pages"][0]["width"]
    for word in [word for word in truth["words"] if word[1] == 1 and word[7] == "body"][::25]:
        x0, top, x1, bottom = word[2:6]
        middle = (top + bottom) / 2
        box = [x0 - 0.2, height - middle - 1, x1 + 0.2, height - middle + 1]
        if truth["pages"][0]["rotate"] == 180:
            box = [width - box[2], height - box[3], width - box[0], height - box[1]]
        # Quotation marks and stops do not reach the middle of the line.
        read = text.get_text_bounded(*box).strip().translate(NOT_IN_THE_MIDDLE)
        assert read == word[0].translate(NOT_IN_THE_MIDDLE)
    pdf.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_that_it_is_fictional(made: Made, name: str) -> None:
    _, truth = made(name)
    for page in truth["pages"]:
        words = [
            word[0]
            for word in truth["words"]
            if word[1] == page["number"] and truth["blocks"][word[6]]["kind"] == "running_matter"
        ]
        assert " ".join(NOTICE) in " ".join(words)


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_block_are_its_text(made: Made, name: str) -> None:
    _, truth = made(name)
    printed: dict[int, list[str]] = {}
    for word in truth["words"]:
        if word[7] == "body":
            printed.setdefault(word[6], []).append(word[0])
    for number, block in enumerate(truth["blocks"]):
        if block["kind"] == "paragraph" and len(block["pages"]) == 1 and not block["broken"]:
            assert " ".join(printed[number]).replace("- ", "-") == block["text"].replace("- ", "-")


def test_the_same_seed_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    from benchmarks.layouts.make import make_documents

    path, _ = made("L24")
    (again,) = make_documents(tmp_path, 3, ["L24"], browser=False)
    assert path.read_bytes() == again.read_bytes()
    assert path.with_suffix(".json").read_bytes() == again.with_suffix(".json").read_bytes()


def test_another_seed_gives_other_words(made: Made, tmp_path: Path) -> None:
    from benchmarks.layouts.make import make_documents

    path, _ = made("L24")
    (other,) = make_documents(tmp_path, 4, ["L24"], browser=False)
    assert path.read_bytes() != other.read_bytes()
