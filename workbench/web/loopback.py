"""An application of ours on this machine, beside other work."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from workbench.errors import LabelStudioError

_START_TIMEOUT_S = 30.0


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application's address on loopback, at a free port, until the block ends.

    Raises:
        LabelStudioError: It does not start.
    """
    import uvicorn  # its import takes time, and whoever only builds an application needs it not

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(app, log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listening]}, name="loopback", daemon=True
        )
        thread.start()
        try:
            _wait(server, thread)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


def _wait(server: object, thread: threading.Thread) -> None:
    began = time.monotonic()
    while not getattr(server, "started", False):
        if not thread.is_alive() or time.monotonic() - began > _START_TIMEOUT_S:
            raise LabelStudioError("the workbench cannot listen for events on this machine.")
        time.sleep(0.05)
