from __future__ import annotations

import json
from pathlib import Path

import pytest
from label_studio_bench import ANNA, BEN, Bench, code_all, make_sampled_workspace
from label_studio_server import FakeClient, FakeServer
from typer.testing import CliRunner

from workbench.annotate.labelstudio.offsets import to_utf16
from workbench.annotate.labelstudio.server import home as homes
from workbench.annotate.labelstudio.server.home import Account
from workbench.cli.app import app
from workbench.errors import InputError, SharedAccountError
from workbench.pipeline.labelstudio import accounts

RUN = CliRunner()


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    server = FakeServer()
    made = Bench(tmp_path, server)
    make_sampled_workspace(made.root, "anna", "ben")
    homes.make_secrets(made.home)
    people = [Account(coder=c, email=f"{c}@x.invalid", token=f"{c}-token") for c in ("anna", "ben")]
    homes.write_accounts(made.home, people)
    server.user_ids = {"anna-token": ANNA, "ben-token": BEN}
    monkeypatch.setattr(accounts, "Client", lambda _, account: FakeClient(server, account))
    return made


def test_push_and_pull_say_what_became_of_every_coder(bench: Bench) -> None:
    where = ["week-1", "--home", str(bench.home), "--workspace", str(bench.root)]
    pushed = RUN.invoke(app, ["labelstudio", "push", *where])
    assert pushed.exit_code == 0
    assert "anna             6 new, 0 there already  http://fake/projects/1" in pushed.output
    code_all(bench)
    pulled = RUN.invoke(app, ["labelstudio", "pull", *where])
    assert pulled.exit_code == 0
    assert "ben              6 of 6 submitted" in pulled.output
    task = next(each for each in bench.tasks("anna") if each["annotations"][0]["result"])
    task["annotations"][0]["result"][0]["value"]["labels"] = ["made_up"]
    again = RUN.invoke(app, ["labelstudio", "pull", *where])
    assert again.exit_code == 3
    assert "problem: week-1:" in again.output
    assert "'made_up' is not a code" in again.output
    assert "refused.json" in again.output


def test_an_export_is_taken_in_as_a_pull_is(bench: Bench, tmp_path: Path) -> None:
    home, root = str(bench.home), str(bench.root)
    RUN.invoke(app, ["labelstudio", "push", "week-1", "--home", home, "--workspace", root])
    code_all(bench)
    path = tmp_path / "export.json"
    given = ["labelstudio", "pull", "week-1", "--from", str(path), "--workspace", root]
    tasks = bench.tasks("anna")
    path.write_text(json.dumps(tasks), encoding="utf-8")
    taken = RUN.invoke(app, [*given, "--coder", "anna"])
    assert taken.exit_code == 0, taken.output
    assert "anna             6 of 6 submitted" in taken.output
    made = bench.decisions()
    for task in tasks:  # the same marks, counted as JavaScript counts
        text = task["data"]["text"]
        for item in task["annotations"][0]["result"]:
            for key in ("start", "end"):
                item["value"][key] = to_utf16(text, item["value"][key])
    path.write_text(json.dumps(tasks), encoding="utf-8")
    again = RUN.invoke(app, [*given, "--coder", "anna"])
    assert "0 new decisions" in again.output, again.output
    assert bench.decisions() == made
    tasks[0]["annotations"][0]["completed_by"] = {"id": BEN, "email": "ben@x.invalid"}
    path.write_text(json.dumps(tasks), encoding="utf-8")
    two = RUN.invoke(app, [*given, "--coder", "anna"])
    assert isinstance(two.exception, SharedAccountError)
    for text in ("{}", "[1]", "[", '[{"id": 1, "data": {}}]'):
        path.write_text(text, encoding="utf-8")
        assert isinstance(RUN.invoke(app, [*given, "--coder", "anna"]).exception, InputError)
    assert isinstance(RUN.invoke(app, given).exception, InputError)


def test_check_ends_with_one_when_something_is_wrong(tmp_path: Path) -> None:
    checked = RUN.invoke(
        app,
        ["labelstudio", "check", "--home", str(tmp_path), "--program", str(tmp_path / "none")],
    )
    assert checked.exit_code == 1
    assert "make labelstudio-install" in checked.output
    assert "workbench labelstudio serve" in checked.output


@pytest.mark.parametrize("command", ["serve", "check", "setup", "push", "pull", "suggest"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    shown = RUN.invoke(app, ["labelstudio", command, "--help"])
    assert shown.exit_code == 0
    assert f"workbench labelstudio {command}" in shown.output
