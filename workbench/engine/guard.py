"""Kills process families, and as a program of its own those of a main process that is gone.

The program reads ``+pid`` and ``-pid`` lines: a worker that was started, one that has ended.
When its input ends and workers are left, the main process was killed without a chance to stop
them, so the guard does. It imports next to nothing, to be there at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def kill_family(pid: int) -> None:
    """Kill a worker, its process group, and descendants that have left the group."""
    strays = _descendants(pid)
    # The group may not exist yet: a worker makes it as its first act.
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    for stray in strays:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(stray, signal.SIGKILL)


def _descendants(pid: int) -> list[int]:
    """Children and their children, as Linux lists them; elsewhere none are found."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        for listed in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            with suppress(OSError):
                children = [int(child) for child in listed.read_text().split()]
                found += children
                waiting += children
    return found


def watch(lines: Iterable[str]) -> None:
    """Follow the lines to their end, then kill the families that are left."""
    pids: set[int] = set()
    for line in lines:
        if line.startswith("+"):
            pids.add(int(line[1:]))
        else:
            pids.discard(int(line[1:]))
    for pid in sorted(pids):
        kill_family(pid)


if __name__ == "__main__":
    watch(sys.stdin)
