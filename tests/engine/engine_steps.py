"""Steps for the engine's tests; worker processes import them by name."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LOADED: list[int] = []


def double(number: int) -> int:
    return 2 * number


def double_bytes(data: bytes) -> bytes:
    return data + data


def double_in_a_child(number: int) -> int:
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(double, (number,))


def work_a_little(_: int) -> int:
    time.sleep(0.01)
    return os.getpid()


def nothing(number: int) -> None:
    del number


def refuse_odd(number: int) -> int:
    if number % 2:
        raise TwoPartError("odd", number)
    return number


class TwoPartError(Exception):
    """Cannot be unpickled: its arguments are not those of its constructor."""

    def __init__(self, kind: str, number: int) -> None:
        super().__init__(f"{number} is\n{kind}")


def leave(number: int) -> int:
    sys.exit(f"left at {number}")


def give_back_a_generator(number: int) -> Iterator[int]:
    return (i for i in range(number))


def load() -> None:
    LOADED.append(os.getpid())


def count_loads(number: int) -> tuple[int, int]:
    del number
    return os.getpid(), len(LOADED)


def fail_to_load() -> None:
    raise FileNotFoundError("no model here")


def die_while_loading() -> None:
    os._exit(3)


def load_for_ever() -> None:
    time.sleep(600)


def misbehave(what: str) -> str:
    """Do what a name says; anything else is given back."""
    if what.startswith("exit"):
        os._exit(int(what.removeprefix("exit")))
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "abort":
        os.abort()
    if what == "loop":
        while True:
            pass
    if what == "sleep":
        time.sleep(600)
    return what


def die_once(marker: str) -> str:
    """End the process at the first call for a file name, not at the second."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return marker


def start_child_and_wait(folder: str) -> str:
    """Start a grandchild, one more in a session of its own, write down all pids, never end."""
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    children = [
        subprocess.Popen(command),
        subprocess.Popen(command, start_new_session=True),
    ]
    note = Path(folder) / f"{os.getpid()}.pids"
    note.with_suffix(".part").write_text(
        " ".join(str(pid) for pid in (os.getpid(), *(child.pid for child in children)))
    )
    note.with_suffix(".part").rename(note)
    time.sleep(600)
    return folder


def start_child_and_die(folder: str) -> str:
    """Leave a grandchild behind."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (Path(folder) / f"{os.getpid()}.pids").write_text(f"{os.getpid()} {child.pid}")
    os._exit(9)


def wait_if_told(what: str) -> str:
    """Give "go" back; start children and wait for ever at a folder."""
    return what if what == "go" else start_child_and_wait(what)


def wait_unless_second(folder: str) -> str:
    """The first worker that comes waits for ever with its children, the second is done."""
    try:
        (Path(folder) / "taken").touch(exist_ok=False)
    except FileExistsError:
        while not list(Path(folder).glob("*.pids")):
            time.sleep(0.02)
        return folder
    return start_child_and_wait(folder)


def process_group(_: int) -> int:
    return os.getpgrp()


def environment(name: str) -> str:
    return os.environ.get(name, "")


def is_gone(pid: int) -> bool:
    """Whether a process has ended; a zombie that nobody has collected has ended too."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def wait_until(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
