"""What goes wrong on a real server has a name, and nothing that was decided is lost."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest
from dying_way import dying_way
from real_bench import Real

from workbench.annotate.labelstudio.server.home import write_accounts
from workbench.errors import (
    AnnotationsError,
    ServerUnreachableError,
    SharedAccountError,
    TokenRefusedError,
)
from workbench.pipeline.labelstudio import pull_sample, push_sample

pytestmark = [pytest.mark.labelstudio, pytest.mark.timeout(1800)]


def api(real: Real, at: int) -> httpx.Client:
    token = real.accounts[at].token
    return httpx.Client(base_url=real.url, headers={"Authorization": f"Token {token}"}, timeout=120)


def test_a_text_that_was_changed_on_the_server_is_named(real: Real) -> None:
    push_sample(real.root, "week-1", real.home)
    real.submit_all(0)
    client, project_id, title = real.project(0)
    plain = next(iter(client.tasks(project_id, title)))
    data = {**plain["data"], "text": plain["data"]["text"].replace("Ayla", "Aila") + " more"}
    with api(real, 0) as browser:
        assert browser.patch(f"/api/tasks/{plain['id']}/", json={"data": data}).status_code == 200
    anna, _ = pull_sample(real.root, "week-1", real.home)
    assert anna.n_submitted == 5
    (problem,) = anna.problems
    assert "the text was changed on the server" in problem
    with pytest.raises(AnnotationsError, match="its text was changed on the server"):
        push_sample(real.root, "week-1", real.home)


@pytest.mark.filterwarnings("ignore:The `parse_obj` method is deprecated")  # in the library
def test_a_personal_token_works_until_it_is_withdrawn_and_is_no_second_person(real: Real) -> None:
    push_sample(real.root, "week-1", real.home)
    real.submit_all(0)
    anna, ben = real.accounts
    with api(real, 0) as browser:
        made = browser.post("/api/token/")
        assert made.status_code == 201, made.text
        token = made.json()["token"]
        write_accounts(real.home, (anna, replace(ben, token=token)))
        with pytest.raises(SharedAccountError, match=anna.coder):
            pull_sample(real.root, "week-1", real.home)
        assert real.decisions() == []
        write_accounts(real.home, (replace(anna, token=token), ben))
        pulled, _ = pull_sample(real.root, "week-1", real.home)
        assert pulled.n_submitted == 6
        before = real.decisions()
        gone = browser.post("/api/token/blacklist/", json={"refresh": token})
        assert gone.status_code in {200, 204}, gone.text
    with pytest.raises(TokenRefusedError, match="expired or was withdrawn"):
        pull_sample(real.root, "week-1", real.home)
    assert real.decisions() == before != []


def test_a_server_that_goes_away_in_the_middle_loses_nothing(real: Real) -> None:
    push_sample(real.root, "week-1", real.home)
    real.submit_all(0)
    secrets = real.home / "secrets.json"
    whole = secrets.read_text(encoding="utf-8")
    port = int(real.url.rsplit(":", 1)[1])
    messages = []
    for n_bytes in (3_000, 9_000, 15_000, 25_000):
        with dying_way(port, n_bytes) as other:
            secrets.write_text(whole.replace(f":{port}", f":{other}"), encoding="utf-8")
            try:
                pull_sample(real.root, "week-1", real.home)
            except ServerUnreachableError as error:
                messages.append(str(error))
    assert len(messages) >= 2
    assert all("it goes on where it stopped" in each for each in messages)
    secrets.write_text(whole, encoding="utf-8")
    pull_sample(real.root, "week-1", real.home)
    made = real.decisions()
    assert len({each.decision_id for each in made}) == len(made) > 0
    assert [each.n_decisions for each in pull_sample(real.root, "week-1", real.home)] == [0, 0]
