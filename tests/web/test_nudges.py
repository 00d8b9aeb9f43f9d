"""Events of Label Studio: what is one, what is none, and that none decides anything."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workbench.web.nudges import NUDGES, SECRET_HEADER, nudge_server

SECRET = {SECRET_HEADER: "s3cret"}
EVENT = {"action": "ANNOTATION_CREATED"}


@pytest.fixture
def bench() -> Any:
    pytest.importorskip("fastapi")
    from fastapi.testclient import TestClient

    heard: list[str] = []
    return TestClient(nudge_server({7: "anna", 8: "ben"}, "s3cret", heard.append)), heard


@pytest.mark.parametrize("action", NUDGES)
def test_an_event_nudges_for_its_projects_coder(bench: Any, action: str) -> None:
    client, heard = bench
    answer = client.post("/nudge/8", json={"action": action}, headers=SECRET)
    assert (answer.status_code, answer.json()) == (
        200, {"status": "pulling soon", "coder": "ben"},
    )  # fmt: skip
    assert heard == ["ben"]


@pytest.mark.parametrize(
    ("path", "headers", "body", "status", "error"),
    [
        pytest.param("/nudge/7", {}, EVENT, 401, "WrongSecret", id="no secret"),
        pytest.param("/nudge/7", {SECRET_HEADER: "x"}, EVENT, 401, "WrongSecret", id="wrong"),
        pytest.param("/nudge/7", {SECRET_HEADER: "sécret"}, EVENT, 401, "WrongSecret", id="é"),
        pytest.param("/nudge/9", SECRET, EVENT, 404, "UnknownProject", id="another project"),
        pytest.param("/nudge/week-1", SECRET, EVENT, 404, "UnknownProject", id="no number"),
        pytest.param("/nudge/²", SECRET, EVENT, 404, "UnknownProject", id="a digit, no number"),
        pytest.param("/nudge/7", SECRET, b"{", 400, "BadEvent", id="no JSON"),
        pytest.param("/nudge/7", SECRET, b"\xff\xfe", 400, "BadEvent", id="no text"),
        pytest.param("/nudge/7", SECRET, b"", 400, "BadEvent", id="empty"),
        pytest.param("/nudge/7", SECRET, b"[" * 9999, 400, "BadEvent", id="deep"),
        pytest.param("/nudge/7", SECRET, b" " * 1_000_001, 400, "BadEvent", id="huge"),
        pytest.param("/nudge/7", SECRET, [EVENT], 400, "BadEvent", id="a list"),
        pytest.param("/nudge/7", SECRET, {"action": 7}, 400, "BadEvent", id="no action"),
    ],
)  # fmt: skip
def test_what_is_no_event_of_ours_is_named_and_wakes_nobody(
    bench: Any, path: str, headers: dict[str, str], body: Any, status: int, error: str
) -> None:
    client, heard = bench
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    plain = {name: value.encode() for name, value in headers.items()}
    answer = client.post(path, content=sent, headers=plain)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["message"]
    assert heard == []


def test_other_actions_are_answered_and_ignored(bench: Any) -> None:
    client, heard = bench
    answer = client.post("/nudge/7", json={"action": "START_TRAINING"}, headers=SECRET)
    assert answer.json() == {"status": "ignored", "action": "START_TRAINING"}
    assert client.get("/nudge/7").status_code == 405
    assert client.post("/elsewhere", json=EVENT).status_code == 404
    assert heard == []
