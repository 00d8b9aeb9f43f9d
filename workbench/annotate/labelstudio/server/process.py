"""Label Studio's process: in its own environment, on loopback, silent towards the world."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from workbench.annotate.labelstudio.server.home import Secrets
from workbench.errors import LabelStudioError, ServerUnreachableError

#: The first start makes the database: measured up to 150 s on two busy cores.
START_TIMEOUT_S = 600.0
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
_DATABASE = (
    "DJANGO_DB", "POSTGRE_HOST", "POSTGRE_PORT", "POSTGRE_USER", "POSTGRE_PASSWORD",
    "POSTGRE_NAME",
)  # fmt: skip


def environment(secrets: Secrets, *, local_models: bool = False) -> dict[str, str]:
    """The environment variables of the server; nothing else of ours reaches it.

    Sign-up needs an invitation; telemetry, error reports and the version check are off. The
    variables of Label Studio that choose PostgreSQL are passed on.

    Args:
        secrets: Account and key.
        local_models: Let the server talk to a model server on this machine. It then may reach
            every private address: only on a closed network.
    """
    made = {
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "LABEL_STUDIO_USERNAME": secrets.admin.email,
        "LABEL_STUDIO_PASSWORD": secrets.admin.password,
        "LABEL_STUDIO_USER_TOKEN": secrets.admin.token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "SECRET_KEY": secrets.secret_key,
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "CONVERTER_DOWNLOAD_RESOURCES": "false",
        # Connecting a model adds a webhook to it, so that both guards stand in the way.
        "ML_BLOCK_LOCAL_IP": "false" if local_models else "true",
        "SSRF_PROTECTION_ENABLED": "false" if local_models else "true",
    }
    passed = {key: os.environ[key] for key in (*_PASSED_ON, *_DATABASE) if key in os.environ}
    return {**passed, **made}


def command(program: Path, secrets: Secrets, data: Path) -> list[str]:
    """How the server is started.

    Raises:
        LabelStudioError: The program is not installed, or the server is not on this machine.
    """
    parts = urlsplit(secrets.url)
    if parts.hostname != "127.0.0.1" or not parts.port:
        raise LabelStudioError(f"{secrets.url}: is not on this machine, so it cannot be started.")
    if not program.exists():
        raise LabelStudioError(
            f"{program}: Label Studio is not installed. It has an environment of its own: "
            "make labelstudio-install."
        )
    return [
        str(program), "start", "--no-browser", "--internal-host", "127.0.0.1",
        "--port", str(parts.port), "--data-dir", str(data), "--enable-legacy-api-token",
    ]  # fmt: skip


@contextmanager
def running_server(
    program: Path,
    secrets: Secrets,
    home: Path,
    *,
    local_models: bool = False,
    on_wait: Callable[[float], None] = lambda _: None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers, until the block ends; its output goes to ``server.log``.

    Args:
        program: ``label-studio`` of its environment.
        secrets: Account, key and address.
        home: Gets ``data`` and ``server.log``.
        local_models: See ``environment``.
        on_wait: Told now and then for how many seconds it has been starting.

    Raises:
        LabelStudioError: It is not installed, something else answers at its address, or it ends
            or stays silent while starting.
    """
    arguments = command(program, secrets, home / "data")
    if answers(secrets.url):
        raise LabelStudioError(
            f"{secrets.url}: something answers there already. Stop it, or choose another --port."
        )
    (home / "data").mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / "server.log").open("ab") as log:
        # A session of its own, so that its children end with it.
        process = subprocess.Popen(
            arguments, env=environment(secrets, local_models=local_models), stdout=log,
            stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            _wait(process, secrets.url, home / "server.log", on_wait)
            yield process
        finally:
            _stop(process)


def answers(url: str, *, timeout_s: float = 5.0) -> bool:
    """Whether a Label Studio says that it is up."""
    try:
        with urlopen(f"{url}/health", timeout=timeout_s) as response:
            return bool(response.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _wait(
    process: subprocess.Popen[bytes], url: str, log: Path, on_wait: Callable[[float], None]
) -> None:
    began = time.monotonic()
    while not answers(url):
        waited = time.monotonic() - began
        if process.poll() is not None:
            raise LabelStudioError(
                f"{log}: the server ended while starting (exit code {process.returncode}). "
                "Its last lines say why."
            )
        if waited > START_TIMEOUT_S:
            raise ServerUnreachableError(url, f"not within {START_TIMEOUT_S:.0f} s; see {log}")
        on_wait(waited)
        time.sleep(0.5)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
