"""A stub of an OpenAI-compatible server on loopback that answers well or badly, as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]
Behaviour = Callable[["Handler", Request], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the behaviour of its server."""

    server: StubServer

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        request = json.loads(self.rfile.read(length))
        self.server.requests.append(request)
        self.server.headers.append(dict(self.headers))
        self.server.paths.append(self.path)
        try:
            self.server.behaviour(self, request)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client has had enough

    def reply(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""


class StubServer(ThreadingHTTPServer):
    """Keeps what it was asked."""

    daemon_threads = True
    behaviour: Behaviour

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[Request] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[StubServer]:
    server = StubServer()
    server.behaviour = behaviour
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def record(code: str, quote: str, **given: str) -> dict[str, str]:
    """A well-formed record of an answer."""
    stated = {
        "assertion": "affirmed", "subject_role": "index_child", "valence": "not_applicable",
        "confidence": "high",
    }  # fmt: skip
    return {"code": code, "quote": quote, **stated, **given}


def completion(content: str, **choice: Any) -> bytes:
    """What a server sends around the text that a model wrote."""
    first = {"index": 0, "message": {"role": "assistant", "content": content}, **choice}
    return json.dumps({"object": "chat.completion", "choices": [first]}).encode()


def asked_codes(request: Request) -> list[str]:
    schema = request["response_format"]["json_schema"]["schema"]
    codes: list[str] = schema["properties"]["codings"]["items"]["properties"]["code"]["enum"]
    return codes


def answering(*records: dict[str, str]) -> Behaviour:
    """Gives the records whose code is asked for."""

    def behave(handler: Handler, request: Request) -> None:
        codes = asked_codes(request)
        given = [each for each in records if each.get("code") in codes]
        handler.reply(completion(json.dumps({"codings": given})))

    return behave


def saying(content: str, **choice: Any) -> Behaviour:
    """Gives the same text to every question."""
    return lambda handler, request: handler.reply(completion(content, **choice))


def sending(data: bytes, status: int = 200, **headers: str) -> Behaviour:
    """Sends the same bytes to every question."""
    return lambda handler, request: handler.reply(data, status, **headers)


def dripping(handler: Handler, request: Request) -> None:
    """Sends a byte now and then and never ends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def silent(handler: Handler, request: Request) -> None:
    """Answers long after everybody has gone."""
    time.sleep(1.0)
    handler.close_connection = True


def hanging_up(handler: Handler, request: Request) -> None:
    """Closes the connection without a word."""
    handler.close_connection = True


def flooding(handler: Handler, request: Request) -> None:
    """Sends more and more."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(2000):
        handler.wfile.write(b"x" * 65_536)
    handler.close_connection = True


def first(n: int, bad: Behaviour, good: Behaviour) -> Behaviour:
    """Behaves badly ``n`` times, then well."""

    def behave(handler: Handler, request: Request) -> None:
        (bad if len(handler.server.requests) <= n else good)(handler, request)

    return behave
