"""The program that forks the children; started by ``workbench.extract.jail.service`` only.

Its standard input is a socket. Each request is a length, the open file, and a ``Task``; the
answer is how the child ended: its exit status, or the negative number of a signal.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import struct
import sys
from contextlib import suppress
from typing import NoReturn

from workbench.extract.jail import limits, tasks
from workbench.extract.jail.task import Task
from workbench.extract.reasons import ReasonNumber
from workbench.records import codec

#: Length of the task in bytes, and wall seconds after which the child is killed.
REQUEST = struct.Struct("<Id")
ANSWER = struct.Struct("<i")
_MAX_TASK_BYTES = 2**20


def serve(connection: socket.socket) -> None:
    """Answer requests until the other side is gone."""
    while True:
        header, files, _, _ = socket.recv_fds(connection, REQUEST.size, 1)
        if len(header) < REQUEST.size or not files:
            return
        length, wall_s = REQUEST.unpack(header)
        task = codec.loads(Task, _receive(connection, min(length, _MAX_TASK_BYTES)))
        tasks.load_for(task.name)
        status = _run(task, files[0], wall_s, connection)
        connection.sendall(ANSWER.pack(status))


def _receive(connection: socket.socket, length: int) -> bytes:
    parts = []
    while length:
        parts.append(connection.recv(length))
        if not parts[-1]:
            raise EOFError
        length -= len(parts[-1])
    return b"".join(parts)


def _run(task: Task, pdf: int, wall_s: float, connection: socket.socket) -> int:
    """Have a child do the task; nothing that it started is left when this returns."""
    # The child holds one end of a pipe, which tells of its end, however it ends.
    lifeline, held = os.pipe()
    pid = os.fork()
    if pid == 0:
        connection.close()
        _be_child(task, pdf)
    for descriptor in (held, pdf):
        os.close(descriptor)
    waiting = select.poll()
    waiting.register(lifeline, 0)  # hang-up is always told
    waiting.register(connection, 0)
    ended = waiting.poll(1000 * wall_s)
    os.close(lifeline)
    status = _end(pid)
    if any(descriptor == connection.fileno() for descriptor, _ in ended):
        raise EOFError  # nobody waits for the answer
    return status if ended else -signal.SIGALRM


def _end(pid: int) -> int:
    """End a child with its process group; how it had ended."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)  # does nothing to a child that has ended by itself
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)  # it may not have made its group yet
    _, ended = os.waitpid(pid, 0)
    limits.end_orphans()
    return os.waitstatus_to_exitcode(ended)


def _be_child(task: Task, pdf: int) -> NoReturn:
    """The life of a child, from its fork to its end."""
    status: int = ReasonNumber.CRASHED
    try:
        os.setpgid(0, 0)
        limits.die_with_parent()
        os.dup2(pdf, 0)
        status = tasks.do(task)
    except MemoryError:
        status = ReasonNumber.MEMORY_LIMIT
    finally:
        # Taking the document apart would cost more than reading a short one; and a child must
        # never go on as a second server.
        os._exit(status)


def main() -> None:
    """Load what children need, once, and serve."""
    limits.die_with_parent()
    limits.adopt_orphans()
    tasks.load_readers()
    # Children live short and share these pages of memory: the collector would copy them all.
    gc.collect()
    gc.freeze()
    gc.disable()
    with socket.socket(fileno=os.dup(0)) as connection, suppress(EOFError, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        serve(connection)


if __name__ == "__main__":
    main()
    sys.exit(0)
