"""The report of a small fictional corpus, written once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from fictional_corpus import (
    HEIGHT_PT,
    KEPT_CODES,
    PEOPLE,
    WIDTH_PT,
    paragraphs_of,
    publication_of,
    reading_of,
)
from PIL import Image

from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.publish import PageImage, Publication, write_report
from workbench.records import Reading


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """A few codes of the project's codebook: fewer findings, faster tests."""
    full = load_codebook(default_codebook_path())
    return replace(full, codes=tuple(full.code(code_id) for code_id in KEPT_CODES))


@pytest.fixture(scope="session")
def readings() -> dict[str, Reading]:
    """Six fictional reviews of six cases."""
    found = [
        reading_of(f"review-{n}", f"Review {n}: the death of Orla", paragraphs_of(n), PEOPLE)
        for n in range(6)
    ]
    return {reading.document.document_id: reading for reading in found}


@pytest.fixture(scope="session")
def images(
    readings: Mapping[str, Reading], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, int], PageImage]:
    """A small white picture for each page."""
    path = tmp_path_factory.mktemp("images") / "white.png"
    Image.new("L", (60, 85), 255).save(path)
    return {
        (document_id, page): PageImage(path, WIDTH_PT, HEIGHT_PT)
        for document_id, reading in readings.items()
        for page in range(1, reading.document.n_pages + 1)
    }


@pytest.fixture(scope="session")
def publication(
    readings: dict[str, Reading],
    images: dict[tuple[str, int], PageImage],
    codebook: Codebook,
) -> Publication:
    """The corpus as a publication."""
    return publication_of(readings, images, codebook)


@pytest.fixture(scope="session")
def report(publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the corpus; tests must not change it (see ``broken``)."""
    folder = tmp_path_factory.mktemp("written") / "report"
    write_report(publication, folder)
    return folder
