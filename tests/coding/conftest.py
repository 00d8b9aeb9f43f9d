"""A coder, and a short way to let it read a few paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.made import Read, make_document, make_segments
from workbench.codebook import Codebook, default_codebook_path
from workbench.coding import Coder
from workbench.records import Coding, Person, SectionRole, SegmentKind


@pytest.fixture(scope="session")
def context_path() -> Path:
    return default_codebook_path().with_name("context.yaml")


@pytest.fixture(scope="session")
def coder(codebook: Codebook, context_path: Path) -> Coder:
    return Coder(codebook, context_path)


@pytest.fixture
def read(coder: Coder) -> Read:
    """Code a few paragraphs of a made-up review, all in one section."""

    def read_paragraphs(
        *texts: str,
        section: SectionRole = SectionRole.FACTS,
        kind: SegmentKind = SegmentKind.PARAGRAPH,
        review_type: str = "domestic_homicide_review",
    ) -> tuple[tuple[Person, ...], tuple[Coding, ...]]:
        segments = make_segments([(text, section, kind) for text in texts])
        return coder.code(make_document(review_type), segments)

    return read_paragraphs
