"""A way to a server that breaks in the middle of an answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Way:
    """Passes bytes on in both directions until so many have come back, then nothing any more."""

    def __init__(self, entrance: socket.socket, port: int, n_bytes: int) -> None:
        self.entrance, self.port, self.n_left = entrance, port, n_bytes
        self.open: list[socket.socket] = []

    def accept(self) -> None:
        """Let everybody in, until the entrance is shut."""
        while True:
            try:
                near, _ = self.entrance.accept()
            except OSError:
                return
            self.open.append(near)
            if self.n_left < 0:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.port))
            self.open.append(far)
            threading.Thread(target=self.there, args=(near, far), daemon=True).start()
            threading.Thread(target=self.back, args=(far, near), daemon=True).start()

    def there(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while data := near.recv(4096):
                far.sendall(data)

    def back(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(1024):
                self.n_left -= len(data)
                if self.n_left < 0:
                    break
                near.sendall(data)
        for each in (far, near):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def dying_way(port: int, n_bytes: int) -> Iterator[int]:
    """The port of a way to another port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as entrance:
        way = Way(entrance, port, n_bytes)
        thread = threading.Thread(target=way.accept)
        thread.start()
        try:
            yield entrance.getsockname()[1]
        finally:
            entrance.shutdown(socket.SHUT_RDWR)
            thread.join(30)
            for each in way.open:
                each.close()
