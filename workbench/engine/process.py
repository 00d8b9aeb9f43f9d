"""One worker process as the pool sees it: the pipe to it, and the job that it has.

Workers are spawned, not forked: a fork of a process with threads (a progress bar, a web server,
BLAS) may copy a lock that nobody will release. As a child of this process, a worker that has
ended keeps its number until it is joined, so its group can be killed without hitting another.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from workbench.engine import guard
from workbench.engine.outcome import EngineSettings
from workbench.engine.worker import serve

#: A worker has one processor: without this each would start a thread for every one of them.
THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
#: An item up to this size fits into the pipe whether or not the worker reads it already.
EARLY_BYTES = 16_384


@dataclass(slots=True, kw_only=True)
class Job:
    """An item on its way; ``data`` is the item, pickled."""

    key: str
    data: bytes
    n_deaths: int = 0


class WorkerProcess:
    """A process, the pipe to it, and the job that it has."""

    def __init__(self, payload: bytes, settings: EngineSettings) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        # Not a daemon: those may not have children, and jailed steps do.
        self.process = context.Process(target=serve, args=(theirs, payload), daemon=False)
        with _one_thread_each():
            self.process.start()
        theirs.close()
        self.pid = self.process.pid or 0
        self.settings = settings
        self.ready = False
        self.job: Job | None = None
        self.has_data = False  # the job's item is on its way
        self.deadline = time.monotonic() + settings.setup_timeout_s

    def give(self, job: Job) -> None:
        """Have it do a job: at once, or as soon as it is prepared."""
        self.job = job
        self.has_data = False
        if self.ready:
            self._start_clock()
        if self.ready or len(job.data) <= EARLY_BYTES:
            self._send(job)

    def get_ready(self) -> None:
        """Note that it is prepared; only now the time of its job begins."""
        self.ready = True
        self._start_clock()
        if self.job is not None and not self.has_data:
            self._send(self.job)

    def kill(self) -> str:
        """End it and all that it has started; what comes back says how it ended."""
        guard.kill_family(self.pid)
        self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        self.connection.close()
        if code < 0:
            return f"was killed by {signal.Signals(-code).name}"
        return f"ended with exit status {code}"

    def _start_clock(self) -> None:
        timeout_s = self.settings.timeout_s
        self.deadline = float("inf") if timeout_s is None else time.monotonic() + timeout_s

    def _send(self, job: Job) -> None:
        self.has_data = True
        # A worker that has just died is noticed by the next wait, like any other death.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send_bytes(job.data)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    added = [name for name in THREAD_LIMITS if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]
