"""Accounts for coders, made through an invitation of the server's owner."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from workbench.annotate.labelstudio.server.home import DOMAIN, Account
from workbench.errors import LabelStudioError, ServerUnreachableError, TokenRefusedError

_CODER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_TIMEOUT_S = 60.0


def make_accounts(
    url: str, admin: Account, coders: Iterable[str], known: Iterable[Account]
) -> tuple[Account, ...]:
    """The known accounts, and a new one with a random password for each coder without one.

    Args:
        url: The server.
        admin: Its owner.
        coders: Names as decisions will have them.
        known: Accounts that are there already.

    Raises:
        LabelStudioError: A name cannot be part of an address, or the server refuses.
        ServerUnreachableError: It does not answer.
        TokenRefusedError: It does not know its owner.
    """
    accounts = {account.coder: account for account in known}
    missing = [coder for coder in dict.fromkeys(coders) if coder not in accounts]
    for coder in missing:
        if not _CODER.fullmatch(coder):
            raise LabelStudioError(
                f"{coder!r}: a coder's name has up to 32 letters, digits, dots, hyphens and "
                "underscores."
            )
    if missing:
        invitation = _invitation(url, admin)
        for coder in missing:
            accounts[coder] = _sign_up(url, invitation, coder)
    return tuple(accounts[coder] for coder in sorted(accounts))


def _invitation(url: str, admin: Account) -> str:
    import httpx

    try:
        answer = httpx.get(
            f"{url}/api/invite",
            headers={"Authorization": f"Token {admin.token}"},
            timeout=_TIMEOUT_S,
        )
    except httpx.HTTPError as error:
        raise ServerUnreachableError(url, str(error)) from error
    if answer.status_code in {401, 403}:
        raise TokenRefusedError(url, admin.coder)
    found = parse_qs(urlsplit(answer.json().get("invite_url", "")).query).get("token")
    if not found:
        raise LabelStudioError(f"{url}: gives no invitation (status {answer.status_code}).")
    return str(found[0])


def _sign_up(url: str, invitation: str, coder: str) -> Account:
    import httpx

    email, password = f"{coder.lower()}@{DOMAIN}", secrets.token_urlsafe(12)
    try:
        with httpx.Client(base_url=url, follow_redirects=True, timeout=_TIMEOUT_S) as browser:
            browser.get("/user/signup/", params={"token": invitation})
            posted = browser.post(
                "/user/signup/",
                params={"token": invitation},
                headers={"Referer": url},
                data={
                    "csrfmiddlewaretoken": browser.cookies.get("csrftoken", ""),
                    "email": email,
                    "password": password,
                },
            )
            found = browser.get("/api/current-user/token")
    except httpx.HTTPError as error:
        raise ServerUnreachableError(url, str(error)) from error
    token = found.json().get("token", "") if found.status_code == 200 else ""
    if not token:
        raise LabelStudioError(
            f"{url}: no account for {coder} ({email}; sign-up answered {posted.status_code}). If "
            "the address is taken, put its token into accounts.json, or choose another name."
        )
    return Account(coder=coder, email=email, password=password, token=token)
