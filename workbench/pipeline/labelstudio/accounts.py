"""Accounts of coders on a server, kept beside its secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from workbench.annotate.labelstudio.client import Client
from workbench.annotate.labelstudio.server.accounts import make_accounts
from workbench.annotate.labelstudio.server.home import (
    Account,
    read_accounts,
    read_secrets,
    write_accounts,
)
from workbench.errors import LabelStudioError, SharedAccountError


def set_up_accounts(home: Path, coders: Iterable[str]) -> tuple[Account, ...]:
    """An account for each coder, made where there is none; all accounts of the server.

    Raises:
        LabelStudioError: The server has no secrets here, does not answer, or refuses.
    """
    secrets = read_secrets(home)
    accounts = make_accounts(secrets.url, secrets.admin, coders, read_accounts(home))
    write_accounts(home, accounts)
    return accounts


@contextmanager
def clients_of(home: Path, coders: Sequence[str]) -> Iterator[Mapping[str, Client]]:
    """Coder -> their own access to the server, while the block lasts; no two are one person.

    Raises:
        LabelStudioError: A coder has no account.
        SharedAccountError: Two tokens belong to one account.
        TokenRefusedError: A token is not valid (any more).
        ServerUnreachableError: The server does not answer.
    """
    secrets, accounts = read_secrets(home), {each.coder: each for each in read_accounts(home)}
    missing = [coder for coder in coders if coder not in accounts]
    if missing:
        names = ",".join(missing)
        raise LabelStudioError(
            f"{home / 'accounts.json'}: has no account of {names}. Make it: workbench labelstudio "
            f"setup --coders {names}"
        )
    with ExitStack() as stack:
        clients = {
            coder: stack.enter_context(Client(secrets.url, accounts[coder])) for coder in coders
        }
        _check_different(clients)
        yield clients


def _check_different(clients: Mapping[str, Client]) -> None:
    owners: dict[int, str] = {}
    for coder, client in clients.items():
        other = owners.setdefault(client.user_id, coder)
        if other != coder:
            raise SharedAccountError(
                f"the tokens of {other} and {coder} belong to one account ({client.email()}): "
                "nobody would know who decided what. Give each coder an account of their own "
                "(workbench labelstudio setup)."
            )
