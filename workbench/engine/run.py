"""The door of the engine, and the backend that needs no other process."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeVar

from workbench.engine.outcome import EngineSettings, Outcome, Progress, Status
from workbench.engine.pool import run_in_processes
from workbench.engine.worker import attempt
from workbench.errors import EngineError

Item = TypeVar("Item")
Value = TypeVar("Value")


def map(
    step: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    key: Callable[[Item], str] = str,
    settings: EngineSettings | None = None,
    progress: Callable[[Progress], None] | None = None,
    initializer: Callable[[], None] | None = None,
) -> Iterator[Outcome[Value]]:
    """Do a step on every item and yield the outcomes as they finish.

    With the process backend, whatever an item does (an error, a crash of its process, no end)
    ends in its own outcome; the other items are not touched. When the iterator is closed, left
    by an error or interrupted, all workers and what they have started are killed; the same
    happens by itself when this process is killed.

    Args:
        step: A function of a module; it runs once for each item, again after a death.
        items: Drawn one by one, only when a worker is free.
        key: The name of an item in its outcome.
        settings: Backend and limits.
        progress: Called in this process after each outcome.
        initializer: Called once in each worker before its first item.

    Raises:
        EngineError: The workers do not start, or the initializer fails in them.
    """
    settings = settings or EngineSettings()
    keyed = ((key(item), item) for item in items)
    if settings.backend == "inline":
        outcomes = _run_inline(step, keyed, initializer)
    else:
        outcomes = run_in_processes(step, keyed, settings, initializer)
    n_finished = n_not_done = 0
    try:
        for outcome, n_in_work in outcomes:
            n_finished += 1
            n_not_done += outcome.status is not Status.DONE
            if progress is not None:
                progress(
                    Progress(n_finished=n_finished, n_not_done=n_not_done, n_in_work=n_in_work)
                )
            yield outcome
    finally:
        outcomes.close()


def _run_inline(
    step: Callable[[Item], Value],
    keyed: Iterable[tuple[str, Item]],
    initializer: Callable[[], None] | None,
) -> Generator[tuple[Outcome[Value], int], None, None]:
    if initializer is not None:
        started = attempt(lambda _: initializer(), None)
        if started.error:
            raise EngineError(f"the work could not be prepared: {started.error}")
    for name, item in keyed:
        tried = attempt(step, item)
        yield (
            Outcome(
                key=name,
                status=Status.FAILED if tried.error else Status.DONE,
                value=tried.value,
                error=tried.error,
                traceback=tried.traceback,
                seconds=tried.seconds,
            ),
            0,
        )
