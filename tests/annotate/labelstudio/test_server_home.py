from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.annotate.labelstudio.server.home import (
    Account,
    make_secrets,
    read_accounts,
    read_secrets,
    write_accounts,
)
from workbench.annotate.labelstudio.server.process import (
    answers,
    command,
    environment,
    running_server,
)
from workbench.errors import LabelStudioError, SharedAccountError

ANNA = Account(coder="anna", email="anna@x.invalid", token="a")
BEN = Account(coder="ben", email="ben@x.invalid", token="b")


def test_secrets_are_random_kept_and_for_their_owner_only(tmp_path: Path) -> None:
    made = make_secrets(tmp_path / "one", port=8123)
    assert made == make_secrets(tmp_path / "one", port=9999) == read_secrets(tmp_path / "one")
    assert made.url == "http://127.0.0.1:8123"
    other = make_secrets(tmp_path / "two")
    assert len({made.secret_key, other.secret_key, made.admin.token, other.admin.token}) == 4
    mode = (tmp_path / "one/secrets.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    write_accounts(tmp_path / "one", (ANNA, BEN))
    assert read_accounts(tmp_path / "one") == (ANNA, BEN)
    assert stat.S_IMODE((tmp_path / "one/accounts.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("field", ["coder", "email", "token"])
def test_two_coders_who_could_not_be_told_apart_are_refused(tmp_path: Path, field: str) -> None:
    double = replace(BEN, **{field: getattr(ANNA, field)})
    with pytest.raises(SharedAccountError, match=f"have one {field}"):
        write_accounts(tmp_path, (ANNA, double))
    assert read_accounts(tmp_path) == ()


@pytest.mark.parametrize("text", ["{", "[1]", '{"url": 1}', "\xff"])
def test_a_damaged_file_of_accounts_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "accounts.json").write_text(text, encoding="latin-1")
    with pytest.raises(LabelStudioError, match=r"accounts\.json: cannot be read"):
        read_accounts(tmp_path)


def test_missing_secrets_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LabelStudioError, match="workbench labelstudio serve"):
        read_secrets(tmp_path)


def test_the_server_is_silent_closed_and_gets_nothing_else_of_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOMETHING_PRIVATE", "1")
    monkeypatch.setenv("POSTGRE_HOST", "db")
    made = environment(make_secrets(tmp_path))
    assert made["LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK"] == "true"
    assert made["COLLECT_ANALYTICS"] == made["LATEST_VERSION_CHECK"] == "false"
    assert made["SENTRY_DSN"] == made["FRONTEND_SENTRY_DSN"] == ""
    assert made["ML_BLOCK_LOCAL_IP"] == "true"
    assert made["POSTGRE_HOST"] == "db"
    assert "SOMETHING_PRIVATE" not in made


def test_it_listens_on_loopback_only(tmp_path: Path) -> None:
    secrets = make_secrets(tmp_path, port=8123)
    arguments = command(Path(sys.executable), secrets, tmp_path / "data")
    assert arguments[arguments.index("--internal-host") + 1] == "127.0.0.1"
    with pytest.raises(LabelStudioError, match="not on this machine"):
        command(Path(sys.executable), replace(secrets, url="http://example.org:80"), tmp_path)
    with pytest.raises(LabelStudioError, match="make labelstudio-install"):
        command(tmp_path / "label-studio", secrets, tmp_path)


def test_a_program_that_ends_while_starting_is_named(tmp_path: Path) -> None:
    program = tmp_path / "label-studio"
    program.write_text("#!/bin/sh\necho no luck\nexit 7\n", encoding="utf-8")
    program.chmod(0o700)
    secrets = make_secrets(tmp_path / "home", port=9)
    assert not answers(secrets.url, timeout_s=1)
    with (
        pytest.raises(LabelStudioError, match=r"exit code 7"),
        running_server(program, secrets, tmp_path / "home"),
    ):
        pytest.fail("it never ran")
    assert "no luck" in (tmp_path / "home/server.log").read_text(encoding="utf-8")
