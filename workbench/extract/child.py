"""The jailed side: reads one PDF from standard input, writes records to one file, and ends.

Run by ``workbench.extract.jail`` only. The exit status is 0, or the number of a reason.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path

from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import ExtractSettings, RenderSettings
from workbench.records import codec

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(arguments: list[str]) -> int:
    """Do one task: ``read`` or ``render``."""
    task, settings_json, target, *rest = arguments
    _die_with_parent()
    gc.disable()  # one short life; the collector would only search through words
    if task == "render":
        rendering = codec.loads(RenderSettings, settings_json.encode())
        _limit_itself(rendering.limits, 64 * 2**20)
        return _render(Path(target), [int(number) for number in rest], rendering)
    settings = codec.loads(ExtractSettings, settings_json.encode())
    _limit_itself(settings, settings.max_output_bytes)
    return _read(Path(target), rest[0], settings)


def _die_with_parent() -> None:
    """Leave nothing running when the workbench is killed."""
    if sys.platform != "linux":  # elsewhere the limits end the child
        return
    import ctypes  # for this call only

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _limit_itself(settings: ExtractSettings, max_file_bytes: int) -> None:
    """Take the limits before anything of the file is looked at."""
    if sys.platform == "win32":  # no such limits there; the parent's wall limit holds
        return
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (settings.memory_bytes, settings.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_file_bytes, max_file_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (settings.cpu_s(), settings.max_cpu_s + 1))
    signal.setitimer(signal.ITIMER_REAL, settings.wall_s())


def _limit_by_pages(settings: ExtractSettings, n_pages: int) -> None:
    """Allow a long file its time, now that its length is known."""
    if sys.platform == "win32":
        return
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (settings.cpu_s(n_pages), settings.max_cpu_s + 1))
    signal.setitimer(signal.ITIMER_REAL, settings.wall_s(n_pages))


def _read(target: Path, document_id: str, settings: ExtractSettings) -> int:
    # The reader is loaded under the limits, and never in the parent.
    from workbench.extract.page import opening, reading

    pdf = opening.open_pdf(sys.stdin.buffer.read(), settings)
    if isinstance(pdf, ReasonNumber):
        return pdf
    head = reading.read_head(pdf)
    if head.n_pages == 0:
        return ReasonNumber.NO_PAGES
    if head.n_pages > settings.max_pages:
        return ReasonNumber.TOO_MANY_PAGES
    _limit_by_pages(settings, head.n_pages)
    try:
        with target.open("wb") as output:
            output.write(codec.dumps(head) + b"\n")
            for page in reading.read_pages(pdf, document_id, settings):
                output.write(codec.dumps(page) + b"\n")
    except reading.PageTooDenseError:
        return ReasonNumber.PAGE_TOO_DENSE
    except reading.NoPageReadableError:
        return ReasonNumber.DAMAGED
    except OSError:
        return ReasonNumber.OUTPUT_TOO_LARGE
    return 0


def _render(folder: Path, numbers: list[int], settings: RenderSettings) -> int:
    from workbench.extract.page import opening, painting

    pdf = opening.open_pdf(sys.stdin.buffer.read(), settings.limits)
    if isinstance(pdf, ReasonNumber):
        return pdf
    _limit_by_pages(settings.limits, len(numbers))
    painting.paint_pages(pdf, numbers, folder, settings)
    return 0


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
    except MemoryError:
        status = ReasonNumber.MEMORY_LIMIT
    # All files are closed; taking the document apart would cost more than reading a short one.
    os._exit(status)
