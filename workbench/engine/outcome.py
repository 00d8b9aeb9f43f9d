"""What comes back for each item, and how items are worked on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Literal, TypeVar

Value = TypeVar("Value")


class Status(StrEnum):
    """How the work on one item ended."""

    DONE = "done"
    FAILED = "failed"  # it raised an error
    TIMED_OUT = "timed_out"  # it was killed after ``timeout_s``
    DIED = "died"  # its process ended ``max_deaths`` times


@dataclass(frozen=True, kw_only=True)  # no slots: they and Generic do not go together
class Outcome(Generic[Value]):
    """One item's end; ``value`` is set only when it is done."""

    key: str
    status: Status
    value: Value | None = None
    error: str = ""  # one line: the error's name and message, or how the process ended
    traceback: str = ""  # of an error, as Python prints it
    seconds: float = 0.0  # wall time of the last try, without its way to and from the worker
    n_deaths: int = 0  # processes that ended on it before this outcome

    @property
    def required_value(self) -> Value:
        """The value of an item that is done.

        Raises:
            ValueError: It is not done.
        """
        if self.status is not Status.DONE:
            raise ValueError(f"{self.key}: is {self.status}, it has no value ({self.error})")
        return self.value  # type: ignore[return-value]  # a step may well return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is, after each outcome."""

    n_finished: int  # outcomes so far, of every status
    n_not_done: int  # of these: failed, timed out or died
    n_in_work: int  # items that a worker holds or that wait for another try


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """Where and within which limits a step is done."""

    backend: Literal["inline", "process"] = "process"
    n_workers: int = 0  # 0: one for each processor that this process may use
    timeout_s: float | None = None  # wall time for one item; the process backend kills for it
    max_deaths: int = 3  # processes that one item may take with it
    setup_timeout_s: float = 300.0  # wall time until a new worker is ready

    def __post_init__(self) -> None:
        if self.backend not in ("inline", "process"):
            raise ValueError(f"backend is {self.backend!r}; it is 'inline' or 'process'")
        if self.n_workers < 0 or self.max_deaths < 1:
            raise ValueError("n_workers is 0 or more, max_deaths 1 or more")
        if (self.timeout_s is not None and self.timeout_s <= 0) or self.setup_timeout_s <= 0:
            raise ValueError("timeout_s and setup_timeout_s are more than 0 seconds")

    @property
    def worker_count(self) -> int:
        """How many worker processes there are."""
        return self.n_workers or len(os.sched_getaffinity(0))
