"""The limits that a child takes before it looks at a file."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

from workbench.extract.settings import ExtractSettings, OcrSettings

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36  # linux/prctl.h
_IS_LINUX = sys.platform == "linux"
_LIBC = ctypes.CDLL(None)  # loaded before there is anything to fear


def die_with_parent() -> None:
    """Leave nothing running when the process that started this one is killed."""
    if _IS_LINUX:  # elsewhere the end of the connection and the limits end it
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of all that a child leaves behind, so that it can be ended."""
    if _IS_LINUX:
        _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans() -> None:
    """Kill whatever a child has left behind, however it tried to get away."""
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0]:
                continue
        except ChildProcessError:
            return
        listed = Path(f"/proc/self/task/{os.getpid()}/children")
        for pid in listed.read_text().split() if listed.exists() else ():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        os.waitpid(-1, 0)


def limit_itself(settings: ExtractSettings, max_file_bytes: int) -> None:
    """Take the limits on memory, time and what may be written."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (settings.memory_bytes, settings.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_file_bytes, max_file_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (settings.cpu_s(), settings.max_cpu_s + 1))
    signal.setitimer(signal.ITIMER_REAL, settings.wall_s())


def allow_for_pages(settings: ExtractSettings, n_pages: int) -> None:
    """Allow a long file its time, now that its length is known."""
    resource.setrlimit(resource.RLIMIT_CPU, (settings.cpu_s(n_pages), settings.max_cpu_s + 1))
    signal.setitimer(signal.ITIMER_REAL, settings.wall_s(n_pages))


def allow_for_scans(settings: OcrSettings, n_pages: int) -> None:
    """Allow the time that pictures of pages take; tesseract has limits of its own."""
    cpu_s = round(settings.page_cpu_s * (1 + n_pages))
    resource.setrlimit(resource.RLIMIT_CPU, (min(cpu_s, _hard_cpu_s()), _hard_cpu_s()))
    signal.setitimer(signal.ITIMER_REAL, settings.wall_s(n_pages))


def _hard_cpu_s() -> int:
    return resource.getrlimit(resource.RLIMIT_CPU)[1]


def begin_page(settings: ExtractSettings) -> None:
    """Allow the next page its processor time: one page without end must not cost the others."""
    signal.setitimer(signal.ITIMER_PROF, settings.page_cpu_s)
