"""The contract that Label Studio asks of a model server, as it was seen on the wire."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from label_studio_bench import make_sampled_workspace

from workbench.annotate.labelstudio.configuration import CODE
from workbench.annotate.labelstudio.tasks import tasks_to_json
from workbench.pipeline.labelstudio.batches import make_batches
from workbench.pipeline.labelstudio.suggesting import WorkspaceSuggester
from workbench.web.model_server import model_server


@pytest.fixture
def bench(tmp_path: Path) -> Any:
    pytest.importorskip("fastapi")
    from fastapi.testclient import TestClient

    root = tmp_path / "work"
    make_sampled_workspace(root, "anna", "ben")
    batch = make_batches(root, "week-1")[0]
    client = TestClient(model_server(WorkspaceSuggester(root)))
    return client, batch, tasks_to_json(batch, batch.tasks)


def codes(prediction: dict[str, Any]) -> list[str]:
    return [
        each["value"]["labels"][0] for each in prediction["result"] if each["from_name"] == CODE
    ]


def test_health_setup_versions_and_events_are_answered(bench: Any) -> None:
    client, _, _ = bench
    assert client.get("/health").json()["status"] == "UP"
    setup = {
        "project": "1.1700000000", "schema": "<View/>", "hostname": "", "access_token": "secret",
        "extra_params": "",
    }  # fmt: skip
    version = client.post("/setup", json=setup).json()["model_version"]
    assert version
    assert client.get("/versions").json() == {"versions": [version]}
    assert client.post("/webhook", json={"action": "START_TRAINING"}).status_code == 200


def test_a_pushed_task_gets_what_is_on_record_and_a_blind_one_nothing(bench: Any) -> None:
    client, batch, plain = bench
    answer = client.post("/predict", json={"tasks": plain, "label_config": "<View/>"}).json()
    assert len(answer["results"]) == len(batch.tasks) == 6
    for task, sent, got in zip(batch.tasks, plain, answer["results"], strict=True):
        if task.shown == "blind":
            assert got["result"] == []
        else:
            assert got["result"] == sent["predictions"][0]["result"] != []


def test_another_text_is_coded_anew_unless_it_is_blind(bench: Any) -> None:
    client, _, _ = bench
    text = "🙂 The mother had a history of alcohol misuse. She was drinking heavily."
    data = {"text": text, "external_id": "unknown"}
    tasks = [{"data": data}, {"data": {**data, "shown": "blind"}}, {"data": {}}]
    fresh, blind, empty = client.post("/predict", json={"tasks": tasks}).json()["results"]
    assert "alcohol_misuse" in codes(fresh)
    assert blind["result"] == empty["result"] == []
    for item in fresh["result"]:
        value = item["value"]
        assert text[value["start"] : value["end"]] == value["text"]


def test_a_mark_just_made_gets_only_the_suggestions_it_touches(bench: Any) -> None:
    client, batch, plain = bench
    at = next(
        at for at, task in enumerate(batch.tasks)
        if any(each.code_id == "alcohol_misuse" for each in task.suggestions)
    )  # fmt: skip
    (found,) = batch.tasks[at].suggestions
    start = found.start_char - batch.tasks[at].start_char
    for span, expected in (((start, start + 2), ["alcohol_misuse"]), ((0, start), [])):
        mark = {"value": {"start": span[0], "end": span[1], "text": "x"}}
        params = {"context": {"result": [mark]}}
        (got,) = client.post("/predict", json={"tasks": [plain[at]], "params": params}).json()[
            "results"
        ]
        assert codes(got) == expected


def test_what_is_no_request_is_refused(bench: Any) -> None:
    client, _, _ = bench
    assert client.post("/predict", json={"task": 1}).status_code == 422
