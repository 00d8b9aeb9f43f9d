"""One disposable child process for one file: whatever is in the file stays in there."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import workbench
from workbench.extract.reasons import ReasonNumber, reason
from workbench.extract.settings import ExtractSettings
from workbench.records import Reason

_PACKAGE_ROOT = Path(workbench.__file__).resolve().parents[1]
_CHILD = ("-m", "workbench.extract.child")
_GRACE_S = 10.0  # the child ends itself before its parent does
_CHILD_REASONS = frozenset(int(number) for number in ReasonNumber if number < 256)


def run_child(arguments: Sequence[str], pdf: BinaryIO, settings: ExtractSettings) -> Reason | None:
    """Run the child to its end: None when it did its task, else the reason why not."""
    import subprocess  # late: the child imports this package too, and starts faster without

    environment = {"PYTHONPATH": str(_PACKAGE_ROOT), "PYTHONHASHSEED": "0"}
    environment |= {
        name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR") if name in os.environ
    }
    # The child shares the file's position, which a buffered reader may not have moved back.
    os.lseek(pdf.fileno(), 0, os.SEEK_SET)
    with subprocess.Popen(
        [sys.executable, *_CHILD, *arguments],
        stdin=pdf,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as child:
        try:
            status = child.wait(timeout=settings.wall_s(settings.max_pages) + _GRACE_S)
        except subprocess.TimeoutExpired:
            return reason(ReasonNumber.TIME_LIMIT)
        finally:
            child.kill()
    return _reason_of(status)


def _reason_of(status: int) -> Reason | None:
    if status == 0:
        return None
    if status in _CHILD_REASONS:
        return reason(status)
    if -status in (signal.SIGXCPU, signal.SIGALRM):
        return reason(ReasonNumber.TIME_LIMIT)
    if -status == signal.SIGABRT:  # how PDFium ends when it gets no memory
        return reason(ReasonNumber.MEMORY_LIMIT)
    found = f"signal {-status}" if status < 0 else f"exit status {status}"
    return reason(ReasonNumber.CRASHED, found)
