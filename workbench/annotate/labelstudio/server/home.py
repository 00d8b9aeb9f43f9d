"""The folder of a server: secrets, accounts and data, readable by its owner only."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from workbench.errors import LabelStudioError, SharedAccountError
from workbench.records import codec

_T = TypeVar("_T")
#: A domain that never exists (RFC 2606), because Label Studio wants addresses for names.
DOMAIN = "workbench.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account on a server. Whoever has the token is that person."""

    coder: str  # as decisions name them
    email: str
    token: str
    password: str = ""  # "" where somebody else made the account


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What a server of our own is started with."""

    url: str
    secret_key: str
    admin: Account


def default_home() -> Path:
    """Where the server's folder is unless one is named: outside every workspace."""
    named = os.environ.get("WORKBENCH_LABELSTUDIO_HOME")
    return Path(named) if named else Path.home() / ".local/share/case-review-workbench/labelstudio"


def make_secrets(home: Path, *, port: int = 8080) -> Secrets:
    """The secrets of a folder, random, made when there are none; the port of then is kept.

    Raises:
        LabelStudioError: The folder cannot be written, or holds something else.
    """
    if (home / "secrets.json").exists():
        return read_secrets(home)
    admin = Account(
        coder="admin",
        email=f"admin@{DOMAIN}",
        token=secrets.token_hex(20),
        password=secrets.token_urlsafe(18),
    )
    made = Secrets(
        url=f"http://127.0.0.1:{port}", secret_key=secrets.token_urlsafe(48), admin=admin
    )
    _write(home / "secrets.json", made)
    return made


def read_secrets(home: Path) -> Secrets:
    """The secrets of a folder.

    Raises:
        LabelStudioError: There are none, or they cannot be read.
    """
    return _read(Secrets, home / "secrets.json", "Start a server: workbench labelstudio serve.")


def read_accounts(home: Path) -> tuple[Account, ...]:
    """The coders' accounts; none where there is no file.

    Raises:
        LabelStudioError: The file cannot be read.
        SharedAccountError: Two coders have one account or one token.
    """
    if not (home / "accounts.json").exists():
        return ()
    hint = "It is a list of objects with coder, email, token and password."
    accounts = _read(tuple[Account, ...], home / "accounts.json", hint)
    check_not_shared(accounts)
    return accounts


def write_accounts(home: Path, accounts: Iterable[Account]) -> None:
    """Keep the coders' accounts.

    Raises:
        SharedAccountError: Two coders have one account or one token.
        LabelStudioError: The folder cannot be written.
    """
    kept = tuple(accounts)
    check_not_shared(kept)
    _write(home / "accounts.json", kept)


def check_not_shared(accounts: Iterable[Account]) -> None:
    """Raise where two coders could not be told apart.

    Raises:
        SharedAccountError: They have one name, address or token.
    """
    owners: dict[tuple[str, str], Account] = {}
    for account in accounts:
        for kind in ("coder", "email", "token"):
            other = owners.setdefault((kind, getattr(account, kind)), account)
            if other is not account:
                raise SharedAccountError(
                    f"{other.coder} and {account.coder} have one {kind}: nobody would know who "
                    "decided what. Give each coder an account of their own "
                    "(workbench labelstudio setup)."
                )


def _write(path: Path, value: object) -> None:
    text = json.dumps(codec.to_plain(value), indent=2) + "\n"
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        fresh.replace(path)
    except OSError as error:
        raise LabelStudioError(f"{path}: cannot be written ({error.strerror}).") from error


def _read(kind: type[_T], path: Path, hint: str) -> _T:
    try:
        return codec.loads(kind, path.read_bytes())
    except FileNotFoundError as error:
        raise LabelStudioError(f"{path}: is not there. {hint}") from error
    except (OSError, ValueError, AttributeError) as error:
        raise LabelStudioError(f"{path}: cannot be read ({error}). {hint}") from error
