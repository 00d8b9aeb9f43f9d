"""A second opinion on some pages of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from workbench.extract.head import PageRead
from workbench.extract.jail import Task, TaskName, load_pages, run_child
from workbench.extract.second.agreement import disagreement, pages_to_compare
from workbench.extract.settings import ExtractSettings

_WORK_PER_PAGE = 20  # pages of PDFium that cost as much as one of pdfplumber


def with_second_opinion(
    pdf: BinaryIO, folder: Path, reads: Sequence[PageRead], settings: ExtractSettings
) -> list[PageRead]:
    """The pages, with a warning on each on which the second reader disagrees.

    A second reader that fails says nothing about the first.
    """
    found = list(reads)
    numbers = pages_to_compare([read.page for read in reads], settings)
    if not numbers:
        return found
    document_id, target = reads[0].page.document_id, folder / "second"
    task = Task(
        name=TaskName.PLUMB, target=str(target), document_id=document_id,
        numbers=tuple(numbers), limits=settings,
    )  # fmt: skip
    run_child(task, pdf, settings.wall_s(_WORK_PER_PAGE * len(numbers)))
    try:
        seen = load_pages(target, document_id, numbers, settings)[1]
    except (ValueError, OSError):
        return found
    for other in seen:
        read = found[other.page.number - 1]
        warning = disagreement(read.page, other.page, settings.opinion)
        if warning:
            page = replace(read.page, warnings=(*read.page.warnings, warning))
            found[other.page.number - 1] = replace(read, page=page)
    return found
