"""The round trip with the server itself, and one coder's path in a real browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lent import TEXT
from real_bench import Real

from workbench.annotate.labelstudio.server.home import (
    Account,
    read_accounts,
    write_accounts,
)
from workbench.errors import (
    LabelStudioError,
    ProjectGoneError,
    ServerUnreachableError,
    SharedAccountError,
    TokenRefusedError,
)
from workbench.pipeline.labelstudio import (
    check_server,
    pull_sample,
    push_sample,
    set_up_accounts,
)
from workbench.records import Action, Shown

pytestmark = [pytest.mark.labelstudio, pytest.mark.timeout(1800)]


def test_two_coders_go_there_and_back_and_a_second_time_changes_nothing(real: Real) -> None:
    pushed = push_sample(real.root, "week-1", real.home)
    assert [(each.n_new, each.n_known) for each in pushed] == [(6, 0), (6, 0)]
    again = push_sample(real.root, "week-1", real.home)
    assert [(each.n_new, each.n_known) for each in again] == [(0, 6), (0, 6)]
    real.submit_all(0)
    anna, ben = pull_sample(real.root, "week-1", real.home)
    assert (anna.n_submitted, anna.problems) == (6, ())
    assert (ben.n_submitted, ben.n_decisions) == (0, 0)
    made = real.decisions()
    assert all(TEXT[each.start_char : each.end_char] == each.text for each in made)
    (added,) = [each for each in made if each.action is Action.ADD]
    assert added.text == "heavily” 🙂 and\r\nowed"  # CRLF and emoji came back as they went
    assert (added.reason, added.shown, added.coder) == ("“so”", Shown.BLIND, real.coders[0])
    accepted = {each.text for each in made if each.action is Action.ACCEPT}
    assert accepted == {
        "drank\u00a0heavily", "excluded Ayla twice", "did not share information",
    }  # fmt: skip
    assert [each.n_decisions for each in pull_sample(real.root, "week-1", real.home)] == [0, 0]
    assert real.decisions() == made


def test_what_the_server_believes_and_the_workbench_does_not_is_named(real: Real) -> None:
    push_sample(real.root, "week-1", real.home)
    client, project_id, title = real.project(0)
    plain = next(each for each in client.tasks(project_id, title) if each["predictions"])
    result = [dict(each) for each in plain["predictions"][0]["result"]]
    for item in result:
        item["value"] = {**item["value"], "end": 99_999}
    result[0]["value"]["labels"] = ["made_up"]
    client.answer(plain["id"], result)  # the server takes it
    anna, _ = pull_sample(real.root, "week-1", real.home)
    assert any("'made_up' is not a code" in problem for problem in anna.problems)
    assert any("is no passage of" in problem for problem in anna.problems)
    assert real.decisions() == []


def test_another_coder_who_answers_in_my_project_is_named(real: Real) -> None:
    push_sample(real.root, "week-1", real.home)
    client, project_id, title = real.project(0)
    plain = next(iter(client.tasks(project_id, title)))
    real.client(1).answer(plain["id"], [])
    anna, _ = pull_sample(real.root, "week-1", real.home)
    assert "another account" in anna.problems[0]
    assert real.decisions() == []


def test_a_deleted_project_a_refused_token_a_shared_account_and_a_silent_server_are_named(
    real: Real,
) -> None:
    push_sample(real.root, "week-1", real.home)
    real.submit_all(0)
    pull_sample(real.root, "week-1", real.home)
    before = real.decisions()
    anna, ben = real.accounts
    for accounts, error in (
        ((replace(anna, token="0" * 40), ben), TokenRefusedError),
        ((anna, replace(ben, token="ey.expired.jwt")), LabelStudioError),
        ((anna,), LabelStudioError),
    ):
        write_accounts(real.home, accounts)
        with pytest.raises(error):
            pull_sample(real.root, "week-1", real.home)
    with pytest.raises(SharedAccountError):
        write_accounts(real.home, (anna, replace(ben, token=anna.token)))
    write_accounts(real.home, (anna, ben))
    client, project_id, title = real.project(0)
    client.delete_project(project_id, title)
    with pytest.raises(ProjectGoneError):
        pull_sample(real.root, "week-1", real.home)
    secrets = (real.home / "secrets.json").read_text().replace(real.url, "http://127.0.0.1:9")
    (real.home / "secrets.json").write_text(secrets)
    with pytest.raises(ServerUnreachableError):
        pull_sample(real.root, "week-1", real.home)
    assert real.decisions() == before != []


def test_check_finds_a_good_server_good_and_a_wrong_token_wrong(real: Real, tmp_path: Path) -> None:
    program = Path(__file__).parents[2] / ".venv-labelstudio/bin/label-studio"
    assert [each.problem for each in check_server(real.home, program) if each.problem] == []
    anna, ben = real.accounts
    write_accounts(real.home, (replace(anna, email="other@workbench.invalid"), ben))
    problems = [each.problem for each in check_server(real.home, program) if each.problem]
    assert problems == [f"the token belongs to {anna.email}, not other@workbench.invalid"]
    (real.home / "accounts.json").chmod(0o644)
    assert any("chmod 600" in each.problem for each in check_server(real.home, program))
    missing = list(check_server(tmp_path / "nowhere", tmp_path / "label-studio"))
    assert ["is not installed" in each.problem for each in missing] == [True, False]


def test_nobody_signs_up_without_an_invitation(real: Real) -> None:
    import httpx

    with httpx.Client(base_url=real.url, timeout=60) as browser:
        browser.get("/user/login/")
        posted = browser.post(
            "/user/signup/",
            headers={"Referer": real.url},
            data={
                "csrfmiddlewaretoken": browser.cookies.get("csrftoken", ""),
                "email": "stranger@workbench.invalid",
                "password": "long-enough-1",
            },
        )
    assert posted.status_code == 403


def test_an_account_that_is_taken_is_named(real: Real) -> None:
    write_accounts(real.home, ())
    with pytest.raises(LabelStudioError, match="If the address is taken"):
        set_up_accounts(real.home, real.coders[:1])
    assert read_accounts(real.home) == ()
    assert isinstance(real.accounts[0], Account)
