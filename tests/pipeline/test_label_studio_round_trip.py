"""What is lent comes back once and whole, whatever happens on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from label_studio_bench import ANNA, BEN, Bench, code_all, make_sampled_workspace
from label_studio_server import FakeClient, FakeServer
from lent import TEXT, reading

from workbench.annotate.labelstudio.server import home as homes
from workbench.annotate.labelstudio.server.home import Account
from workbench.errors import (
    AnnotationsError,
    BatchChangedError,
    CodeMovesError,
    InputError,
    LabelStudioError,
    ProjectGoneError,
    ServerUnreachableError,
    SharedAccountError,
    TokenRefusedError,
)
from workbench.pipeline.annotation.places import CODEBOOK
from workbench.pipeline.labelstudio import accounts
from workbench.pipeline.labelstudio.batches import MOVES, batch_path
from workbench.records import Action, Shown
from workbench.store import readings
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace


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


def test_every_coder_gets_a_project_and_every_task_once(bench: Bench) -> None:
    assert bench.push() == [("anna", 6, 0), ("ben", 6, 0)]
    before = json.dumps(bench.server.projects)
    assert bench.push() == [("anna", 0, 6), ("ben", 0, 6)]
    assert json.dumps(bench.server.projects) == before
    shown = [task["data"]["shown"] for task in bench.tasks("anna")]
    assert shown == ["blind"] * 3 + ["suggested"] * 3
    assert all(bool(t["predictions"]) == (t["data"]["shown"] == "suggested")
               for t in bench.tasks("anna"))  # fmt: skip


def test_a_push_that_stopped_goes_on_where_it_stopped(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.pipeline.labelstudio.push._AT_ONCE", 1)
    bench.server.dies_after = 7
    with pytest.raises(ServerUnreachableError, match="goes on where it stopped"):
        bench.push()
    n_there = len(bench.tasks("anna"))
    assert 0 < n_there < 6
    bench.server.dies_after = None
    assert bench.push() == [("anna", 6 - n_there, n_there), ("ben", 6, 0)]
    ids = [task["data"]["external_id"] for task in bench.tasks("anna")]
    assert len(set(ids)) == len(ids) == 6


def test_what_was_coded_comes_back_with_exact_words_and_only_once(bench: Bench) -> None:
    bench.push()
    code_all(bench)
    anna, ben = bench.pull()
    assert (anna.problems, ben.problems) == ((), ())
    assert (anna.n_submitted, ben.n_submitted) == (6, 6)
    assert ("anna", Action.ADD, "drank\u00a0heavily” 🙂") in bench.decisions()
    assert ("anna", Action.ACCEPT, "excluded Ayla twice") in bench.decisions()
    assert ("ben", Action.REJECT, "excluded Ayla twice") in bench.decisions()
    with Workspace.open(bench.root) as workspace:
        for decision in read_decisions(workspace):
            assert TEXT[decision.start_char : decision.end_char] == decision.text
            assert decision.design == "week-1"
            assert decision.inclusion_probability == 1.0
            assert bool(decision.suggestions) == (decision.shown is Shown.SUGGESTED)
    n_before = len(bench.decisions())
    assert [each.n_decisions for each in bench.pull()] == [0, 0]
    assert len(bench.decisions()) == n_before == anna.n_decisions + ben.n_decisions


def test_a_changed_answer_is_decided_anew_and_the_old_one_is_undone(bench: Bench) -> None:
    bench.push()
    code_all(bench)
    bench.pull()
    task = next(each for each in bench.tasks("anna") if each["annotations"][0]["result"])
    task["annotations"][0].update(result=[], updated_at=bench.server.now())
    anna, _ = bench.pull()
    assert anna.n_decisions >= 1
    assert bench.decisions()[-1][1] in {Action.UNDO, Action.REJECT}
    assert [each.n_decisions for each in bench.pull()] == [0, 0]


def test_a_server_that_goes_away_in_the_middle_of_a_pull_loses_nothing(bench: Bench) -> None:
    bench.push()
    code_all(bench)
    bench.server.dies_after = bench.server.n_requests + 6
    with pytest.raises(ServerUnreachableError):
        bench.pull()
    assert bench.decisions() == []
    bench.server.dies_after = None
    bench.pull()
    assert len({coder for coder, _, _ in bench.decisions()}) == 2


Break = Callable[[Bench], None]


def _delete_project(bench: Bench) -> None:
    bench.server.projects.pop(1)


def _expire(bench: Bench) -> None:
    bench.server.user_ids.pop("anna-token")


def _one_account(bench: Bench) -> None:
    bench.server.user_ids["ben-token"] = ANNA


def _forget_batch(bench: Bench) -> None:
    batch_path(bench.root, "week-1", "ben").unlink()


def _no_account(bench: Bench) -> None:
    homes.write_accounts(bench.home, homes.read_accounts(bench.home)[:1])


@pytest.mark.parametrize(
    ("how", "error", "words"),
    [
        pytest.param(_delete_project, ProjectGoneError, "has no project", id="project deleted"),
        pytest.param(_expire, TokenRefusedError, "expired", id="token expired"),
        pytest.param(_one_account, SharedAccountError, "anna and ben", id="one account for two"),
        pytest.param(_forget_batch, InputError, "Push it first", id="never pushed"),
        pytest.param(_no_account, LabelStudioError, "has no account of ben", id="no account"),
    ],
)
def test_what_stops_a_pull_is_named_and_nothing_is_taken_or_lost(
    bench: Bench, how: Break, error: type[Exception], words: str
) -> None:
    bench.push()
    code_all(bench)
    bench.pull()
    before = bench.decisions()
    how(bench)
    with pytest.raises(error, match=words):
        bench.pull()
    assert bench.decisions() == before


def test_what_cannot_be_believed_is_named_kept_and_stops_nothing_else(bench: Bench) -> None:
    bench.push()
    code_all(bench)
    tasks = bench.tasks("anna")
    shown = [task for task in tasks if task["annotations"][0]["result"]]
    shown[0]["annotations"][0]["result"][0]["value"]["labels"] = ["made_up"]
    for item in shown[1]["annotations"][0]["result"]:
        item["value"]["end"] = 99_999
    empty = [task for task in tasks if not task["annotations"][0]["result"]]
    empty[0]["data"]["text"] += " and more"
    empty[1]["annotations"][0]["updated_by"] = BEN
    anna, ben = bench.pull()
    assert anna.n_submitted == 2
    assert ben.n_submitted == 6
    for words in ("'made_up' is not a code", "is no passage of", "text was changed on the server",
                  f"another account (user {BEN})"):  # fmt: skip
        assert sum(words in problem for problem in anna.problems) == 1, anna.problems
    refused = batch_path(bench.root, "week-1", "anna").with_suffix(".refused.json")
    assert len(json.loads(refused.read_text(encoding="utf-8"))) == 4
    shown[0]["annotations"][0]["result"][0]["value"]["labels"] = ["alcohol_misuse"]
    assert bench.pull()[0].n_submitted == 3


def test_skipped_withdrawn_and_foreign_tasks_decide_nothing(bench: Bench) -> None:
    bench.push()
    code_all(bench)
    bench.tasks("anna")[0]["annotations"][0]["was_cancelled"] = True
    anna, _ = bench.pull()
    assert (anna.n_submitted, anna.n_skipped) == (5, 1)
    n_before = len(bench.decisions())
    bench.tasks("anna")[1]["annotations"].clear()
    bench.tasks("anna")[2]["data"]["external_id"] = "by hand"
    anna, _ = bench.pull()
    assert len(bench.decisions()) == n_before
    assert any("has no annotation any more" in note for note in anna.notes)
    assert any("is not of this batch" in note for note in anna.notes)
    assert any("1 task(s) are not on the server" in note for note in anna.notes)


def test_text_that_was_read_anew_stops_a_push_and_is_named_by_a_pull(bench: Bench) -> None:
    bench.push()
    code_all(bench)
    old = reading()
    changed = TEXT.replace("Ayla", "Aila")
    parts = tuple(
        replace(each, text=changed[each.start_char : each.end_char]) for each in old.segments
    )
    with Workspace.open(bench.root) as workspace:
        readings.save_reading(
            workspace,
            replace(old, frozen=replace(old.frozen, text=changed), segments=parts, codings=()),
        )
    anna, _ = bench.pull()
    assert any("was read anew since" in problem for problem in anna.problems)
    assert anna.n_submitted == 2  # the passage that did not change
    with pytest.raises(BatchChangedError, match="draw a new sample"):
        bench.push()


def test_text_changed_on_the_server_stops_a_push(bench: Bench) -> None:
    bench.push()
    bench.tasks("ben")[0]["data"]["text"] = "something else"
    with pytest.raises(AnnotationsError, match="its text was changed on the server"):
        bench.push()


def test_a_codebook_that_lost_a_code_in_use_is_not_pushed_until_it_says_where_it_went(
    bench: Bench,
) -> None:
    bench.push()
    code_all(bench)
    path = bench.root / CODEBOOK
    text = path.read_text(encoding="utf-8").replace("alcohol_misuse", "alcohol_harm")
    path.write_text(text, encoding="utf-8")
    before = json.dumps(bench.server.projects)
    with pytest.raises(CodeMovesError, match="'alcohol_misuse' was used 3 time"):
        bench.push()
    assert json.dumps(bench.server.projects) == before
    (bench.root / MOVES).write_text("merge: {alcohol_harm: [alcohol_misuse]}", encoding="utf-8")
    bench.push()
    assert 'value="alcohol_misuse" background="#999999"' in bench.server.projects[1]["config"]
    bench.pull()
    with Workspace.open(bench.root) as workspace:
        marks = [d for d in read_decisions(workspace) if d.action is Action.ADD]
    assert {mark.code_id for mark in marks} == {"alcohol_harm"}
