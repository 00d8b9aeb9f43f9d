"""The process backend: one pipe to each worker, so that whatever ends a worker ends only it.

Own code rather than a library's pool, because in those that were tried one death could still
hang or break a whole run: pebble 5.2.3 waits for ever for a task that calls ``os._exit(0)`` and
gives up when an idle worker is killed; all share one pipe between the workers, which a worker
killed while it writes leaves garbled.
"""

from __future__ import annotations

import atexit
import pickle
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from workbench.engine import guard
from workbench.engine.outcome import EngineSettings, Outcome, Status
from workbench.engine.process import Job, WorkerProcess
from workbench.engine.worker import Tried, attempt
from workbench.errors import EngineError

#: How long idle workers get to end by themselves before they are killed.
FAREWELL_S = 5.0


def run_in_processes(
    step: Callable[[Any], Any],
    keyed: Iterable[tuple[str, Any]],
    settings: EngineSettings,
    initializer: Callable[[], None] | None,
) -> Generator[tuple[Outcome[Any], int], None, None]:
    """Yield each outcome with the number of items that are still in work.

    Raises:
        EngineError: The workers do not start, or the initializer fails in them.
    """
    packed = attempt(pickle.dumps, (step, initializer))
    if packed.value is None:
        raise EngineError(
            f"the step or its initializer cannot be sent to workers ({packed.error}). "
            "Use a function of a module, or functools.partial of one."
        )
    pool = _Pool(packed.value, settings)
    atexit.register(pool.stop)  # for an iterator that nobody has closed
    try:
        yield from pool.run(keyed)
    finally:
        pool.stop()
        atexit.unregister(pool.stop)


class _Pool:
    """The workers of one run."""

    def __init__(self, payload: bytes, settings: EngineSettings) -> None:
        self._payload, self._settings = payload, settings
        self._workers: list[WorkerProcess] = []
        self._again: deque[Job] = deque()  # jobs whose worker has died
        self._finished: deque[Outcome[Any]] = deque()
        self._n_setup_deaths = 0
        # In a session of its own, so that what ends this process does not end it.
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(guard.__file__))],
            stdin=subprocess.PIPE,
            start_new_session=True,
            text=True,
            bufsize=1,
        )

    def run(
        self, keyed: Iterable[tuple[str, Any]]
    ) -> Generator[tuple[Outcome[Any], int], None, None]:
        """Do all jobs; yield outcomes with the number of jobs still in work."""
        jobs = self._jobs(keyed)
        while True:
            self._hand_out(jobs)
            while self._finished:
                outcome = self._finished.popleft()
                yield outcome, self._n_in_work()
            if not self._n_in_work():
                return
            self._wait()

    def stop(self) -> None:
        """End every worker and what it has started; idle ones may end by themselves."""
        for worker in self._workers:
            if worker.job is None:
                worker.connection.close()
        until = time.monotonic() + FAREWELL_S
        for worker in self._workers:
            if worker.job is None:
                worker.process.join(max(0.0, until - time.monotonic()))
        while self._workers:
            self._remove(self._workers[-1])
        with suppress(BrokenPipeError):
            self._guard.communicate()

    def _n_in_work(self) -> int:
        return len(self._again) + sum(worker.job is not None for worker in self._workers)

    def _jobs(self, keyed: Iterable[tuple[str, Any]]) -> Iterator[Job]:
        for key, item in keyed:
            packed = attempt(pickle.dumps, item)
            if packed.value is not None:
                yield Job(key=key, data=packed.value)
            else:
                error = f"the item cannot be sent to a worker: {packed.error}"
                self._finished.append(Outcome(key=key, status=Status.FAILED, error=error))

    def _hand_out(self, jobs: Iterator[Job]) -> None:
        while True:
            idle = next((worker for worker in self._workers if worker.job is None), None)
            if idle is None and len(self._workers) >= self._settings.worker_count:
                return
            job = self._again.popleft() if self._again else next(jobs, None)
            if job is None:
                return
            (idle or self._new_worker()).give(job)

    def _new_worker(self) -> WorkerProcess:
        worker = WorkerProcess(self._payload, self._settings)
        self._workers.append(worker)
        self._tell_guard("+", worker)
        return worker

    def _remove(self, worker: WorkerProcess) -> str:
        self._workers.remove(worker)
        self._tell_guard("-", worker)
        return worker.kill()

    def _tell_guard(self, sign: str, worker: WorkerProcess) -> None:
        # Without its guard a run goes on; only a kill of this process would leave workers.
        with suppress(BrokenPipeError):
            if self._guard.stdin is not None:
                self._guard.stdin.write(f"{sign}{worker.pid}\n")

    def _wait(self) -> None:
        """Wait until a worker answers, dies or is overdue, and deal with it."""
        handles: dict[Any, WorkerProcess] = {}
        for worker in self._workers:
            handles[worker.connection] = handles[worker.process.sentinel] = worker
        left_s = min(worker.deadline for worker in self._workers) - time.monotonic()
        ready = wait(list(handles), None if left_s == float("inf") else max(0.0, left_s))
        heard = {id(handles[handle]): handles[handle] for handle in ready}
        for worker in heard.values():
            self._hear(worker)
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.deadline <= now]:
            if worker.connection.poll():  # it has just made it
                self._hear(worker)
            else:
                self._end_overdue(worker)

    def _hear(self, worker: WorkerProcess) -> None:
        try:
            # A worker may have answered and then ended: its answer counts.
            data = worker.connection.recv_bytes() if worker.connection.poll() else None
        except (EOFError, OSError):
            data = None
        if data is None:
            self._bury(worker)
            return
        read = attempt(pickle.loads, data)
        tried: Tried[Any] = read.value if read.value is not None else read
        if not worker.ready:
            if tried.error:
                raise EngineError(f"the workers could not be prepared: {tried.error}")
            self._n_setup_deaths = 0
            worker.get_ready()
        elif worker.job is not None:
            self._finish(worker.job, tried)
            worker.job = None
            worker.deadline = float("inf")

    def _finish(self, job: Job, tried: Tried[Any]) -> None:
        self._finished.append(
            Outcome(
                key=job.key,
                status=Status.FAILED if tried.error else Status.DONE,
                value=tried.value,
                error=tried.error,
                traceback=tried.traceback,
                seconds=tried.seconds,
                n_deaths=job.n_deaths,
            )
        )

    def _bury(self, worker: WorkerProcess) -> None:
        """A worker has ended: its job is tried again, or has died with it."""
        job, ready = worker.job, worker.ready
        how = self._remove(worker)
        if not ready:
            self._n_setup_deaths += 1
            if self._n_setup_deaths >= self._settings.max_deaths:
                raise EngineError(
                    f"the workers do not start: {self._n_setup_deaths} of them ended while they "
                    f"were prepared (the last {how})."
                )
        elif job is not None:
            job.n_deaths += 1
            if job.n_deaths >= self._settings.max_deaths:
                self._finished.append(
                    Outcome(
                        key=job.key,
                        status=Status.DIED,
                        error=f"its process {how}, {job.n_deaths} times",
                        n_deaths=job.n_deaths,
                    )
                )
                return
        if job is not None:
            self._again.append(job)

    def _end_overdue(self, worker: WorkerProcess) -> None:
        job, ready = worker.job, worker.ready
        self._remove(worker)
        if not ready:
            raise EngineError(
                f"a worker was not ready after {self._settings.setup_timeout_s:g} s. "
                "Look at what its initializer loads, or allow more time."
            )
        if job is not None:
            timeout_s = self._settings.timeout_s or 0.0
            self._finished.append(
                Outcome(
                    key=job.key,
                    status=Status.TIMED_OUT,
                    error=f"not finished after {timeout_s:g} s",
                    seconds=timeout_s,
                    n_deaths=job.n_deaths,
                )
            )
