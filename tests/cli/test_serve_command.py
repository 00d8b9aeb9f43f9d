"""The server ends with the command that started it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbench.annotate.labelstudio.server.process import answers

#: Answers as Label Studio does when it is asked whether it is up.
STANDING_IN = """#!{python}
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass

HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Handler).serve_forever()
"""


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT], ids=lambda each: each.name)
def test_a_server_ends_with_its_command(tmp_path: Path, sent: signal.Signals) -> None:
    program = tmp_path / "label-studio"
    program.write_text(STANDING_IN.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = subprocess.Popen(
        [sys.executable, "-m", "workbench", "labelstudio", "serve", "--home",
         str(tmp_path / "home"), "--program", str(program), "--port", str(port)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        end = time.monotonic() + 120
        while not answers(url, timeout_s=1):
            assert command.poll() is None, command.communicate()[0]
            assert time.monotonic() < end
            time.sleep(0.1)
        command.send_signal(sent)
        printed, _ = command.communicate(timeout=60)
    finally:
        command.kill()
        command.wait()
    assert not answers(url, timeout_s=1), "the server goes on alone"
    assert command.returncode == 130
    assert b"starting http://127.0.0.1" in printed
