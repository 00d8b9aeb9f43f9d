"""What is wrong with a server, its accounts, or what is installed."""

from __future__ import annotations

import json
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from workbench.annotate.labelstudio.client import Client
from workbench.annotate.labelstudio.server.home import Account, read_accounts, read_secrets
from workbench.annotate.labelstudio.server.process import answers
from workbench.errors import LabelStudioError, WorkbenchError

#: Measured with these; others may change what offsets count.
TRIED_VERSIONS = ("1.23.2",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One thing that was looked at."""

    what: str
    problem: str = ""  # "" when it is as it should be


def check_server(home: Path, program: Path) -> Iterator[Checked]:
    """Look at everything that a round trip needs, in the order in which it would fail.

    Args:
        home: The folder of the server.
        program: ``label-studio`` in its environment.
    """
    yield _installed(program)
    try:
        secrets = read_secrets(home)
        accounts = read_accounts(home)
    except LabelStudioError as error:
        yield Checked(what="secrets and accounts", problem=str(error))
        return
    yield _private(home)
    if not answers(secrets.url):
        problem = f"{secrets.url} does not answer. Start it: workbench labelstudio serve."
        yield Checked(what="server", problem=problem)
        return
    yield _loopback(secrets.url)
    yield _version(secrets.url)
    yield _sign_up_closed(secrets.url)
    yield from (_account(secrets.url, account) for account in (secrets.admin, *accounts))
    if not accounts:
        problem = "there are none. Make some: workbench labelstudio setup --coders anna,ben."
        yield Checked(what="coders", problem=problem)


def _installed(program: Path) -> Checked:
    what = f"Label Studio ({program})"
    if not program.exists():
        return Checked(what=what, problem="is not installed: make labelstudio-install")
    try:
        subprocess.run([program.with_name("python"), "-c", ""], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        return Checked(what=what, problem=f"its environment is broken ({error}); make it anew")
    return Checked(what=what)


def _private(home: Path) -> Checked:
    for path in (home / "secrets.json", home / "accounts.json"):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            return Checked(what="secrets", problem=f"others can read {path}: chmod 600 {path}")
    return Checked(what="secrets")


def _loopback(url: str) -> Checked:
    host = urlsplit(url).hostname
    if host not in {"127.0.0.1", "::1", "localhost"} and not url.startswith("https://"):
        problem = f"{url} sends case texts and tokens in the clear; put it behind https"
        return Checked(what="address", problem=problem)
    return Checked(what="address")


def _version(url: str) -> Checked:
    try:
        with urlopen(f"{url}/api/version", timeout=10) as response:
            release = str(json.load(response).get("release", "unknown"))
    except (URLError, OSError, ValueError) as error:
        return Checked(what="version", problem=f"cannot be asked for ({error})")
    if release not in TRIED_VERSIONS:
        problem = f"is {release}; tried with {', '.join(TRIED_VERSIONS)}. Run the tests with it."
        return Checked(what="version", problem=problem)
    return Checked(what=f"version {release}")


def _sign_up_closed(url: str) -> Checked:
    try:
        with urlopen(f"{url}/user/login/", timeout=30) as response:
            page = response.read().decode(errors="replace")
    except (URLError, OSError) as error:
        return Checked(what="sign-up", problem=f"cannot be looked at ({error})")
    if "/user/signup" in page:
        problem = "is open to everybody: LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK=true"
        return Checked(what="sign-up", problem=problem)
    return Checked(what="sign-up is closed")


def _account(url: str, account: Account) -> Checked:
    what = f"account of {account.coder}"
    try:
        with Client(url, account) as client:
            email = client.email()
    except WorkbenchError as error:
        return Checked(what=what, problem=str(error))
    if email.lower() != account.email.lower():
        problem = f"the token belongs to {email}, not {account.email}"
        return Checked(what=what, problem=problem)
    return Checked(what=what)
