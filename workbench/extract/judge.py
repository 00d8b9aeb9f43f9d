"""How a document ended, seen from its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.extract.head import PageRead
from workbench.extract.reasons import ReasonNumber, reason
from workbench.extract.settings import ExtractSettings
from workbench.records import DocumentStatus, PageSource, Reason

_KINDS = {
    PageSource.IMAGE_ONLY: "pictures without a text layer, not read",
    PageSource.GARBLED: "a text layer that does not decode to words",
    PageSource.FOREIGN_OCR: "text recognised by another program: expect misread words",
    PageSource.EMPTY: "no words",
}


def judge(
    reads: Sequence[PageRead], settings: ExtractSettings, *, has_tesseract: bool
) -> tuple[DocumentStatus, Reason | None]:
    """The status of a document, and why it is not ``ok``.

    A document with pages and no words is never ``ok``.
    """
    failures = Counter(read.failure for read in reads if read.failure is not None)
    n_read = len(reads) - failures.total()
    if n_read < settings.min_read_share * len(reads) or n_read == 0:
        ((worst, _),) = failures.most_common(1)
        found = f"{failures.total()} of {len(reads)} pages" if len(reads) > 1 else ""
        return DocumentStatus.QUARANTINED, reason(worst, found)
    sources = Counter(read.page.source for read in reads)
    n_filled = len(reads) - sources[PageSource.EMPTY]
    if n_filled == 0:
        return DocumentStatus.NEEDS_OCR, reason(ReasonNumber.NO_WORDS)
    for source, number in (
        (PageSource.IMAGE_ONLY, ReasonNumber.IMAGE_ONLY),
        (PageSource.GARBLED, ReasonNumber.GARBLED),
    ):
        if sources[source] > settings.min_scan_page_share * n_filled:
            found = f"{sources[source]} of {len(reads)} pages"
            if settings.ocr.is_on and not has_tesseract:
                number = ReasonNumber.OCR_MISSING
            elif settings.ocr.is_on and source is PageSource.IMAGE_ONLY:
                number = ReasonNumber.OCR_FAILED
            return DocumentStatus.NEEDS_OCR, reason(number, found)
    return DocumentStatus.OK, None


def page_warnings(reads: Sequence[PageRead]) -> tuple[str, ...]:
    """One warning for each matter, with the pages that it is about."""
    numbers: dict[str, list[int]] = {}
    for source, meaning in _KINDS.items():
        numbers[meaning] = [
            read.page.number
            for read in reads
            if read.page.source is source and read.failure is None
        ]
    for read in reads:
        for text in read.page.warnings:
            numbers.setdefault(text, []).append(read.page.number)
    return tuple(f"page {ranges(found)}: {text}" for text, found in numbers.items() if found)


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers for people: ``[1, 2, 3, 7]`` gives ``"1-3, 7"``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}-{part[-1]}" if part[1:] else str(part[0]) for part in parts)
