"""A real Label Studio, started once for the tests of this folder.

They run only when they are asked for (``make test-labelstudio``), because the server is a
gigabyte to install and takes minutes to start for the first time.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from real_bench import Real

from workbench.annotate.labelstudio.server.home import make_secrets
from workbench.annotate.labelstudio.server.process import answers, running_server

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / ".venv-labelstudio/bin/label-studio"
#: A database without anything in it (make labelstudio-ready); making one takes a minute.
EMPTY = ROOT / ".venv-labelstudio/empty/label_studio.sqlite3"


@pytest.fixture(scope="session")
def server_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a running server.

    WORKBENCH_TEST_LABELSTUDIO=1 asks for one; WORKBENCH_TEST_LABELSTUDIO_HOME names the folder of
    one that is running already.
    """
    running = os.environ.get("WORKBENCH_TEST_LABELSTUDIO_HOME")
    if running:
        assert answers(make_secrets(Path(running)).url)
        yield Path(running)
        return
    if os.environ.get("WORKBENCH_TEST_LABELSTUDIO") != "1":
        pytest.skip("needs a real Label Studio: make test-labelstudio")
    if not PROGRAM.exists():
        pytest.fail(f"{PROGRAM} is not installed: make labelstudio-install")
    home = tmp_path_factory.mktemp("labelstudio")
    if EMPTY.exists():
        (home / "data").mkdir(mode=0o700)
        shutil.copy(EMPTY, home / "data" / EMPTY.name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with running_server(PROGRAM, make_secrets(home, port=port), home, local_models=True):
        yield home


@pytest.fixture
def real(tmp_path: Path, server_home: Path) -> Iterator[Real]:
    made = Real(tmp_path, server_home)
    yield made
    made.close()
