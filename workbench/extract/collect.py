"""All pages of a file, though one of them may end the child that reads it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import BinaryIO

from workbench.extract.head import Head, PageRead, unread_page
from workbench.extract.jail import Task, TaskName, load_pages, run_child
from workbench.extract.reasons import ReasonNumber, reason
from workbench.extract.settings import ExtractSettings
from workbench.records import Reason

_PAGE_REASONS = (ReasonNumber.TIME_LIMIT, ReasonNumber.MEMORY_LIMIT, ReasonNumber.CRASHED)


@dataclass(slots=True, kw_only=True)
class Collected:
    """What was read of a file; without a head it could not be opened, and ``why`` says so."""

    head: Head | None = None
    reads: list[PageRead] = field(default_factory=list)
    why: Reason | None = None

    @property
    def is_readable(self) -> bool:
        """Whether at least one page could be read."""
        return any(read.failure is None for read in self.reads)

    @property
    def has_words(self) -> bool:
        """Whether there is a word on any page."""
        return any(read.page.lines for read in self.reads)


def collect_pages(
    pdf: BinaryIO,
    document_id: str,
    folder: Path,
    settings: ExtractSettings,
    name: TaskName = TaskName.READ,
) -> Collected:
    """The pages of a file in order; those that cannot be read come empty and say why.

    A page that ends the child is passed over, and another child goes on after it. The time
    for all of them together is that of one file of this length.
    """
    found = Collected()
    begin, with_labels = time.monotonic(), True
    for attempt in range(1 + settings.max_restarts):
        target = folder / f"{name}-{attempt}"
        task = Task(
            name=name, target=str(target), document_id=document_id,
            first=len(found.reads) + 1, with_labels=with_labels, limits=settings,
        )  # fmt: skip
        found.why = run_child(task, pdf, settings.wall_s(settings.max_pages))
        try:
            _take(found, target, document_id, settings)
        except (ValueError, OSError) as error:
            return Collected(why=reason(ReasonNumber.BAD_OUTPUT, str(error)[:200]))
        target.unlink(missing_ok=True)
        if found.why is None or found.head is None or found.why.number not in _PAGE_REASONS:
            break
        if found.why.number == ReasonNumber.CRASHED and with_labels:
            with_labels = False  # the page gets a second chance without its label
            continue
        _pass_over(found, document_id)
        n_pages = found.head.n_pages
        if len(found.reads) == n_pages or time.monotonic() - begin > settings.wall_s(n_pages):
            break
    return _completed(found, document_id)


def _take(found: Collected, target: Path, document_id: str, settings: ExtractSettings) -> None:
    """Add what a child wrote to what its forerunners wrote."""
    if not target.exists() and found.why is not None:
        return
    numbers = count(len(found.reads) + 1)
    head, reads = load_pages(target, document_id, numbers, settings)
    if found.head is None:
        found.head = head
    elif head is not None and head.n_pages != found.head.n_pages:
        raise ValueError("it has another number of pages than before")
    found.reads += reads
    if found.why is None and (head is None or len(found.reads) != head.n_pages):
        raise ValueError(f"{len(found.reads)} pages came back of {head.n_pages if head else 0}")


def _pass_over(found: Collected, document_id: str) -> None:
    """Note the page that ended the child as one that cannot be read."""
    if found.head is not None and found.why is not None:
        number = len(found.reads) + 1
        if number <= found.head.n_pages:
            found.reads.append(
                unread_page((document_id, number, ""), ReasonNumber(found.why.number))
            )


def _completed(found: Collected, document_id: str) -> Collected:
    """With the pages that were not come to, after too many that end the child."""
    if found.head is None or found.why is None:
        return found
    if found.why.number not in _PAGE_REASONS:
        return Collected(why=found.why)  # too much output
    numbers = range(len(found.reads) + 1, found.head.n_pages + 1)
    why = ReasonNumber(found.why.number)
    found.reads += [unread_page((document_id, number, ""), why) for number in numbers]
    return found
