"""Page images: complete, the same every time, and no file can do harm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from handmade import flate, painted, raw_pdf, stream, text
from PIL import Image

from workbench.extract import ExtractSettings, RenderSettings, render_pages

QUICK = RenderSettings(limits=replace(ExtractSettings(), cpu_base_s=2, cpu_per_page_s=0.0))


def three_pages(folder: Path) -> Path:
    pages = [text(f"Page {number} of the review.") for number in (1, 2, 3)]
    return painted(folder / "review.pdf", *pages)


def test_pages_are_painted_under_their_numbers(tmp_path: Path) -> None:
    images = render_pages(three_pages(tmp_path), [3, 1, 3], tmp_path / "images")
    assert images == {
        1: tmp_path / "images" / "page-0001.png",
        3: tmp_path / "images" / "page-0003.png",
    }
    assert sorted(path.name for path in (tmp_path / "images").iterdir()) == [
        "page-0001.png", "page-0003.png",
    ]  # fmt: skip
    with Image.open(images[1]) as image:
        assert image.size == (910, 1287)  # 595.28 by 841.89 points at 110 dots an inch


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = three_pages(tmp_path)
    first = render_pages(path, [1, 2], tmp_path / "first")
    second = render_pages(path, [2, 1], tmp_path / "second")
    assert [p.read_bytes() for _, p in sorted(first.items())] == [
        p.read_bytes() for _, p in sorted(second.items())
    ]


def test_a_page_of_text_is_small_and_its_paper_white(tmp_path: Path) -> None:
    full = text(*["The panel heard that nobody had asked the child what she wanted."] * 45)
    images = render_pages(painted(tmp_path / "full.pdf", full), [1], tmp_path)
    assert images[1].stat().st_size < 90_000
    with Image.open(images[1]) as image:
        pixels = np.asarray(image.convert("L"))
    assert pixels.min() < 20
    assert pixels.max() == 255


def test_pages_that_the_file_lacks_are_left_out(tmp_path: Path) -> None:
    assert list(render_pages(three_pages(tmp_path), [0, 2, 4], tmp_path)) == [2]


def test_a_file_that_is_no_pdf_gives_no_images(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"<html>")
    assert render_pages(tmp_path / "x.pdf", [1], tmp_path) == {}


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        render_pages(tmp_path / "x.pdf", [1], tmp_path)


def test_a_page_that_ends_the_child_costs_only_itself(tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<>>>>"
    bomb = flate(b" " * (300 * 2**20))
    plain = stream(b"0 0 m 300 300 l S")
    (tmp_path / "x.pdf").write_bytes(
        raw_pdf(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>",
                page % 6, page % 7, page % 6, plain, bomb,
            ]
        )
    )  # fmt: skip
    settings = replace(QUICK, limits=replace(QUICK.limits, memory_bytes=350 * 2**20))
    assert list(render_pages(tmp_path / "x.pdf", [1, 2, 3], tmp_path, settings)) == [1, 3]


def test_a_huge_page_is_scaled_down(tmp_path: Path) -> None:
    path = painted(tmp_path / "plan.pdf", text("Plan"), size=(14_000, 7_000))
    with Image.open(render_pages(path, [1], tmp_path)[1]) as image:
        assert image.size == (3_000, 1_500)


@pytest.mark.parametrize("changed", [{"resolution_dpi": 5}, {"colours": 1}])
def test_settings_that_cannot_be_are_refused(changed: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(changed))):
        replace(RenderSettings(), **changed)  # type: ignore[arg-type]
