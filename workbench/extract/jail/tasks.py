"""What a child does with the open file on its standard input; its status is 0 or a reason."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from workbench.extract.head import Head
from workbench.extract.jail import limits
from workbench.extract.jail.packing import pack_head, pack_page
from workbench.extract.jail.task import Task, TaskName
from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import ExtractSettings

_MAX_IMAGE_BYTES = 64 * 2**20
_PLUMBING_PER_READING = 20  # pages of PDFium that cost as much as one of pdfplumber
#: A page of a few words, for practice.
_SAMPLE = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 62>> stream
BT /F 11 Tf 72 700 Td (The panel met) Tj ET 72 690 99 9 re S
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
"""


def load_readers() -> None:
    """Load what the tasks need; done by the server, which never looks into a file."""
    from workbench.extract.page import opening, painting, reading  # noqa: F401

    # What is done for the first time here, children need not do each for themselves.
    settings = ExtractSettings()
    opened = opening.open_pdf(_SAMPLE, settings)
    if not isinstance(opened, ReasonNumber):
        pack_head(reading.read_head(opened))
        list(map(pack_page, reading.read_pages(opened, "", (1,), settings)))
        opened.pdf.close()


def load_for(name: TaskName) -> None:
    """Load what few tasks need, before the first of them."""
    if name is TaskName.PLUMB:
        from workbench.extract.second import plumbing  # noqa: F401
    elif name is TaskName.RECOGNISE:
        from workbench.extract.ocr import recognising  # noqa: F401
    elif name is TaskName.REWRITE:
        from workbench.extract.second import rewriting  # noqa: F401


def do(task: Task) -> int:
    """Do one task under its limits."""
    is_painting = task.name is TaskName.RENDER
    limits.limit_itself(
        task.limits, _MAX_IMAGE_BYTES if is_painting else task.limits.max_output_bytes
    )
    return _DOERS[task.name](task)


def _read(task: Task) -> int:
    # PDF readers are reached only from here, so that nothing else of the package needs them.
    from workbench.extract.page import opening, reading

    settings = task.limits
    opened = opening.open_pdf(sys.stdin.buffer.read(), settings)
    if isinstance(opened, ReasonNumber):
        return opened
    head = reading.read_head(opened)
    refused = _refused(head, settings)
    if refused is not None:
        return refused
    limits.allow_for_pages(settings, head.n_pages)
    numbers = range(task.first, head.n_pages + 1)
    labelled = opened if task.with_labels else opened._replace(has_labels=False)
    pages = reading.read_pages(labelled, task.document_id, numbers, settings)
    return _write(Path(task.target), pack_head(head), map(pack_page, pages), settings)


def _plumb(task: Task) -> int:
    from workbench.extract.second import plumbing

    settings = task.limits
    pdf = plumbing.open_pdf(sys.stdin.buffer.read())
    head = plumbing.read_head(pdf)
    refused = _refused(head, settings)
    if refused is not None:
        return refused
    numbers = task.numbers or range(task.first, head.n_pages + 1)
    limits.allow_for_pages(settings, _PLUMBING_PER_READING * len(numbers))
    pages = plumbing.read_pages(pdf, task.document_id, numbers, settings)
    return _write(Path(task.target), pack_head(head), map(pack_page, pages), settings)


def _refused(head: Head, settings: ExtractSettings) -> ReasonNumber | None:
    if head.n_pages == 0:
        return ReasonNumber.NO_PAGES
    return ReasonNumber.TOO_MANY_PAGES if head.n_pages > settings.max_pages else None


def _rewrite(task: Task) -> int:
    from workbench.extract.second import rewriting

    return rewriting.rewrite(sys.stdin.buffer.read(), Path(task.target))


def _recognise(task: Task) -> int:
    from workbench.extract.ocr import recognising
    from workbench.extract.page import opening, reading

    opened = opening.open_pdf(sys.stdin.buffer.read(), task.limits)
    if isinstance(opened, ReasonNumber):
        return opened
    limits.allow_for_scans(task.limits.ocr, len(task.numbers))
    pages = recognising.recognise_pages(
        opened, task.document_id, task.numbers, task.limits.ocr, task.program
    )
    head = pack_head(reading.read_head(opened))
    return _write(Path(task.target), head, map(pack_page, pages), task.limits)


def _write(target: Path, head: bytes, pages: Iterable[bytes], settings: ExtractSettings) -> int:
    """Write frames as they come: what was read before a page that ends this process stays."""
    limits.begin_page(settings)
    try:
        with target.open("wb", buffering=0) as output:
            for frame in chain((head,), pages):
                if output.write(frame) < len(frame):
                    return ReasonNumber.OUTPUT_TOO_LARGE
                limits.begin_page(settings)
    except OSError:
        return ReasonNumber.OUTPUT_TOO_LARGE
    return 0


def _render(task: Task) -> int:
    from workbench.extract.page import opening, painting

    opened = opening.open_pdf(sys.stdin.buffer.read(), task.limits)
    if isinstance(opened, ReasonNumber):
        return opened
    limits.allow_for_pages(task.limits, len(task.numbers))
    turns = dict(zip(task.numbers, task.turns_deg, strict=False))
    painting.paint_pages(opened.pdf, task.numbers, turns, Path(task.target), task.rendering)
    return 0


_DOERS = {
    TaskName.READ: _read,
    TaskName.RENDER: _render,
    TaskName.RECOGNISE: _recognise,
    TaskName.PLUMB: _plumb,
    TaskName.REWRITE: _rewrite,
}
