"""This side of the jail: starts the server and asks it for children."""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import workbench
from workbench.extract.jail.task import Task
from workbench.extract.reasons import ReasonNumber, reason
from workbench.records import Reason, codec

if TYPE_CHECKING:
    import subprocess

_PACKAGE_ROOT = Path(workbench.__file__).resolve().parents[1]
_SERVER = ("-m", "workbench.extract.jail.server")
_GRACE_S = 10.0  # the server ends a child before this side gives up on the server
_CHILD_REASONS = frozenset(int(number) for number in ReasonNumber if number < 256)
#: The server forks, so no library in it may start threads.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_KEPT = ("TMPDIR", "LD_LIBRARY_PATH")
_REQUEST, _ANSWER = struct.Struct("<Id"), struct.Struct("<i")

# Each thread has its own server: they work side by side, and a server dies with the thread
# that started it (a process is told of the end of that thread, not of the whole program).
_of_thread = threading.local()


def run_child(task: Task, pdf: BinaryIO, wall_s: float) -> Reason | None:
    """Have a child do a task to its end: None when it did, else the reason why not.

    After so many seconds the child is ended; by its own limits it ends before.
    """
    # The child shares the file's position, which a buffered reader may not have moved back.
    os.lseek(pdf.fileno(), 0, os.SEEK_SET)
    data = codec.dumps(task)
    for _ in range(2):  # an idle server may have been killed
        server = _server()
        try:
            status = server.run(data, pdf.fileno(), wall_s)
        except TimeoutError:
            return reason(ReasonNumber.TIME_LIMIT)
        except OSError:
            continue
        return _reason_of(status)
    return reason(ReasonNumber.CRASHED, "the process that starts the PDF reader was ended")


class Server:
    """One server process and the connection to it."""

    def __init__(self) -> None:
        import subprocess  # late: command-line start-up

        self.owner = os.getpid()
        self._connection, theirs = socket.socketpair()
        environment = {"PYTHONPATH": str(_PACKAGE_ROOT), "PYTHONHASHSEED": "0"}
        environment |= dict.fromkeys(_ONE_THREAD, "1")
        environment |= {name: os.environ[name] for name in _KEPT if name in os.environ}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, *_SERVER],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        self.pid = self._process.pid
        # Runs when the thread or the program ends, too.
        self.close = weakref.finalize(self, _close, self.owner, self._connection, self._process)

    def run(self, data: bytes, pdf: int, wall_s: float) -> int:
        """How the child ended that was given the task.

        Raises:
            TimeoutError: The server did not answer in time; it is ended.
            OSError: The server is gone.
        """
        answered = False
        try:
            self._connection.settimeout(wall_s + _GRACE_S)
            header = _REQUEST.pack(len(data), wall_s)
            socket.send_fds(self._connection, [header], [pdf])
            self._connection.sendall(data)
            answer = self._connection.recv(_ANSWER.size, socket.MSG_WAITALL)
            if len(answer) < _ANSWER.size:
                raise ConnectionResetError
            answered = True
        finally:
            if not answered:  # also when this thread is interrupted
                self.close()
        return int(_ANSWER.unpack(answer)[0])


def _close(owner: int, connection: socket.socket, process: subprocess.Popen[bytes]) -> None:
    connection.close()
    if os.getpid() != owner:  # a fork of the owner has no business with its server
        process.returncode = 0
        return
    process.kill()  # children die with their parent
    process.wait()


def _server() -> Server:
    """The server of this thread, started when there is none."""
    server: Server | None = getattr(_of_thread, "server", None)
    if server is None or server.owner != os.getpid() or not server.close.alive:
        server = _of_thread.server = Server()
    return server


def server_pid() -> int:
    """The process of the server of this thread; 0 when it has none."""
    server: Server | None = getattr(_of_thread, "server", None)
    return server.pid if server is not None and server.close.alive else 0


def close_server() -> None:
    """End the server of this thread; the next task starts another."""
    if server_pid():
        _of_thread.server.close()


def _reason_of(status: int) -> Reason | None:
    if status == 0:
        return None
    if status in _CHILD_REASONS:
        return reason(status)
    if -status in (signal.SIGXCPU, signal.SIGALRM, signal.SIGPROF):
        return reason(ReasonNumber.TIME_LIMIT)
    if -status == signal.SIGABRT:  # how PDFium ends when it gets no memory
        return reason(ReasonNumber.MEMORY_LIMIT)
    found = f"signal {-status}" if status < 0 else f"exit status {status}"
    return reason(ReasonNumber.CRASHED, found)
