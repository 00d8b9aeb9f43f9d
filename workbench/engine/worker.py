"""What runs inside a worker process: one item after another, every error taken down."""

from __future__ import annotations

import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Argument = TypeVar("Argument")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried(Generic[Value]):
    """What came of one call; ``error`` is "" when it went well."""

    value: Value | None = None
    error: str = ""
    traceback: str = ""
    seconds: float = 0.0


def attempt(function: Callable[[Argument], Value], argument: Argument) -> Tried[Value]:
    """Call a function and take down its value or its error, as text.

    Errors travel as text because many exceptions cannot be pickled back into what they were.
    """
    started = time.perf_counter()
    try:
        value = function(argument)
    # The one place that takes every error: what an item raises must not end the other items.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return Tried(
            error=" ".join(f"{type(error).__name__}: {error}".split()),
            traceback=traceback.format_exc(),
            seconds=time.perf_counter() - started,
        )
    return Tried(value=value, seconds=time.perf_counter() - started)


def serve(connection: Connection, payload: bytes) -> None:
    """Prepare, say so, then answer each item until the other end is closed.

    Args:
        connection: Brings pickled items, takes pickled ``Tried``; the first answers no item
            but says how the preparation went.
        payload: The pickled pair of step and initializer.
    """
    # A group of its own: the pool kills whatever a step has started together with the worker,
    # and Ctrl-C in a terminal reaches only the main process, which then stops the workers.
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepared = attempt(_prepare, payload)
    connection.send_bytes(pickle.dumps(Tried(error=prepared.error, traceback=prepared.traceback)))
    if prepared.value is None:
        return
    step = prepared.value
    while True:
        try:
            data = connection.recv_bytes()
        except EOFError:
            return
        connection.send_bytes(_packed(attempt(lambda data: step(pickle.loads(data)), data)))


def _prepare(payload: bytes) -> Callable[[Any], Any]:
    step: Callable[[Any], Any]
    step, initializer = pickle.loads(payload)
    if initializer is not None:
        initializer()
    return step


def _packed(tried: Tried[Any]) -> bytes:
    packed = attempt(pickle.dumps, tried)
    if packed.value is not None:
        return packed.value
    unsendable: Tried[Any] = Tried(
        error=f"the value cannot be sent back: {packed.error}",
        traceback=packed.traceback,
        seconds=tried.seconds,
    )
    return pickle.dumps(unsendable)
