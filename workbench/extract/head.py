"""What the jailed side says of a file and of each page, beside what stands on the pages."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.extract.reasons import ReasonNumber
from workbench.records import Page, PageSource

#: Document id, number from 1, label.
Names = tuple[str, int, str]

_FAILURES = {
    ReasonNumber.DAMAGED: "damaged, could not be read",
    ReasonNumber.PAGE_TOO_DENSE: "more characters than any printed page holds, not read",
    ReasonNumber.TIME_LIMIT: "takes longer than the limit, not read",
    ReasonNumber.MEMORY_LIMIT: "needs more memory than the limit, not read",
    ReasonNumber.OCR_FAILED: "a picture on which the text recognition fails, not read",
    ReasonNumber.CRASHED: "ends the PDF reader, not read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a file says of itself."""

    n_pages: int
    title: str
    producer: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """One page, and why it could not be read when it comes empty for that."""

    page: Page
    failure: ReasonNumber | None = None


def unread_page(names: Names, why: ReasonNumber) -> PageRead:
    """The empty page that stands for one that could not be read."""
    document_id, number, label = names
    page = Page(
        document_id=document_id, number=number, label=label, width_pt=0.0, height_pt=0.0,
        rotation_deg=0, source=PageSource.EMPTY, lines=(), warnings=(_FAILURES[why],),
    )  # fmt: skip
    return PageRead(page=page, failure=why)
