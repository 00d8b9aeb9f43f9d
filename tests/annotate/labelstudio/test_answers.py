from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lent import (
    ALCOHOL,
    SCHOOL,
    SHARING,
    TEXT,
    lent,
    reading,
    region,
    segments,
    submitted,
)

from workbench.annotate.decisions import coded_units, decision_problems
from workbench.annotate.labelstudio.answers import AnswerRules, read_answer
from workbench.annotate.labelstudio.decisions import decisions_of, reconcile
from workbench.annotate.labelstudio.moves import CodeMoves
from workbench.annotate.labelstudio.tasks import TaskSettings, tasks_of_reading, tasks_to_json
from workbench.codebook import Codebook
from workbench.records import Action, Decision, Shown, codec

FACTS, ANALYSIS = 0, 1


def decided(batch: Any, task: Any, annotation: Any, codebook: Codebook) -> tuple[Decision, ...]:
    answer, problems = read_answer(task, annotation, AnswerRules(codebook=codebook))
    assert answer is not None, problems
    return decisions_of(batch, task, answer)


def test_a_task_holds_neighbours_of_one_section_and_its_text_is_the_documents() -> None:
    batch = lent()
    assert [[each.ordinal for each in task.segments] for task in batch.tasks] == [[1, 2], [4]]
    for task in batch.tasks:
        assert TEXT[task.start_char : task.start_char + len(task.text)] == task.text
    assert batch.tasks[ANALYSIS].place == "Ayla (fictional) · 2 Analysis · page 2"


def test_a_task_is_not_longer_than_asked_but_a_segment_is_never_cut() -> None:
    asked = [each for each in segments() if each.ordinal in (1, 2)]
    tasks = tasks_of_reading(
        reading(), asked, sample="s", shown=Shown.BLIND, settings=TaskSettings(max_chars=10)
    )
    assert [task.text for task in tasks] == [each.text for each in asked]
    assert len({task.external_id for task in tasks}) == 2


def test_a_blind_task_carries_no_suggestion_anywhere() -> None:
    blind = lent(Shown.BLIND)
    for task, plain in zip(blind.tasks, tasks_to_json(blind, blind.tasks), strict=True):
        assert task.suggestions == ()
        assert "predictions" not in plain
        assert "alcohol_misuse" not in repr(plain)


def test_a_batch_is_kept_and_read_again_unchanged() -> None:
    assert codec.loads(type(lent()), codec.dumps(lent())) == lent()
    assert len(lent(coder="x" * 64).title) <= 50
    assert lent(coder="x" * 64).title != lent(coder="x" * 63).title


def test_what_is_submitted_as_it_was_shown_is_accepted(codebook: Codebook) -> None:
    batch = lent()
    task = batch.tasks[FACTS]
    made = decided(batch, task, submitted(batch, task), codebook)
    assert [(d.action, d.target) for d in made[:2]] == [
        (Action.ACCEPT, ALCOHOL.coding_id), (Action.ACCEPT, SCHOOL.coding_id),
    ]  # fmt: skip
    assert [(d.action, d.segment) for d in made[2:]] == [
        (Action.COMPLETE, 1), (Action.COMPLETE, 2),
    ]  # fmt: skip
    assert made[0].text == "drank\u00a0heavily" == TEXT[made[0].start_char : made[0].end_char]
    assert made[0].person_id == "P2"
    assert {d.inclusion_probability for d in made} == {0.25}
    assert {d.suggestions for d in made} == {(ALCOHOL.coding_id, SCHOOL.coding_id)}
    codes = {code.code_id for code in codebook.codes}
    assert not list(decision_problems(made, (), {task.document_id: TEXT}, codes))
    (unit, _) = coded_units(made, segments())
    assert TEXT[segments()[1].start_char :][unit.marks[0].start_char :].startswith("drank")


def test_changed_removed_and_new_marks_are_told_apart(codebook: Codebook) -> None:
    batch = lent()
    task = batch.tasks[FACTS]
    annotation = submitted(batch, task)
    keep = [each for each in annotation["result"] if each["id"] == task.suggestion_id(ALCOHOL)]
    for item in keep:
        item["value"]["end"] += len("” 🙂")
        item["value"]["text"] = "drank\u00a0heavily” 🙂"
    extra = region(task, "owed money to a lender", "poverty_debt", note="lender 👍🏽")
    made = decided(batch, task, {**annotation, "result": [*keep, *extra]}, codebook)
    by_action = {d.action: d for d in made}
    assert by_action[Action.AMEND].target == ALCOHOL.coding_id
    assert by_action[Action.AMEND].text == "drank\u00a0heavily” 🙂"
    assert by_action[Action.REJECT].target == SCHOOL.coding_id
    assert by_action[Action.ADD].text == "owed money to a lender"
    assert by_action[Action.ADD].reason == "lender 👍🏽"
    assert by_action[Action.ADD].segment == 1


def test_a_suggestion_marked_again_by_hand_is_still_that_suggestion(codebook: Codebook) -> None:
    batch = lent()
    task = batch.tasks[ANALYSIS]
    again = region(
        task, SHARING.text, SHARING.code_id, subject_role="agency", valence="negative",
        temporality="past",
    )  # fmt: skip
    made = decided(batch, task, submitted(batch, task, result=again), codebook)
    assert (made[0].action, made[0].target) == (Action.ACCEPT, SHARING.coding_id)


@given(data=st.data())
def test_any_words_marked_by_hand_come_back_as_those_words(
    codebook: Codebook, data: st.DataObject
) -> None:
    batch = lent(Shown.BLIND)
    task = batch.tasks[FACTS]
    asked = data.draw(st.sampled_from(task.segments))
    first = asked.start_char - task.start_char
    start = data.draw(st.integers(first, first + asked.end_char - asked.start_char - 1))
    end = data.draw(st.integers(start + 1, len(task.text)))
    span = {"start": start, "end": end, "text": task.text[start:end]}
    result = [
        {"id": "r", "from_name": name, "type": kind, "value": {**span, kind: [value]}}
        for name, kind, value in (
            ("code", "labels", "alcohol_misuse"), ("assertion", "choices", "negated"),
            ("subject_role", "choices", "victim"),
        )
    ]  # fmt: skip
    mark = decided(batch, task, submitted(batch, task, result=result), codebook)[0]
    assert mark.text == TEXT[mark.start_char : mark.end_char] == task.text[start:end]
    assert mark.segment == asked.ordinal


def broken(change: Any) -> list[dict[str, Any]]:
    """The suggestions as submitted, with one thing changed in the first result."""
    batch = lent()
    result: list[dict[str, Any]] = submitted(batch, batch.tasks[FACTS])["result"]
    change(result)
    return result


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param(
            lambda r: r[0]["value"].update(labels=["drinks"]), "'drinks' is not a code",
            id="unknown label",
        ),
        pytest.param(
            lambda r: [i["value"].update(end=99_999) for i in r[:4]], "no passage of a text",
            id="offset out of range",
        ),
        pytest.param(
            lambda r: [i["value"].update(start=i["value"]["start"] + 1, end=i["value"]["end"] + 1)
                       for i in r[:4]],
            "the text at .* reads", id="shifted by one",
        ),
        pytest.param(
            lambda r: r[0]["value"].update(text="Drank heavily"), "not 'Drank heavily'",
            id="another quotation",
        ),
        pytest.param(lambda r: r[0]["value"].pop("text"), "no whole offsets", id="no quotation"),
        pytest.param(
            lambda r: r[0]["value"].update(start="12"), "no whole offsets", id="offset is a text"
        ),
        pytest.param(lambda r: r.pop(0), "choices, but no code", id="choices alone"),
        pytest.param(lambda r: r.pop(1), "does not say its assertion", id="no assertion"),
        pytest.param(
            lambda r: r[1]["value"].update(choices=["maybe"]), "'maybe' is no value",
            id="unknown assertion",
        ),
        pytest.param(
            lambda r: r[1]["value"].update(start=0), "different offsets", id="parts drift apart"
        ),
        pytest.param(
            lambda r: r.append({"id": "x", "type": "relation", "from_name": "rel", "value": {}}),
            "says nothing that can be read", id="a relation",
        ),
        pytest.param(
            lambda r: r.append(dict(r[0])), "says its code twice", id="two marks under one id"
        ),
        pytest.param(
            lambda r: r.append(dict(r[1])), "says its assertion twice", id="two answers to one"
        ),
        pytest.param(lambda r: r.append("text"), "is no mark", id="not an object"),
        pytest.param(
            lambda r: r.append({"id": "x", "type": "choices", "from_name": "incident_place",
                                "value": {"choices": ["moon"]}}),
            "'moon' is no value", id="unknown attribute value",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_believed_is_named_and_nothing_of_it_is_taken(
    codebook: Codebook, change: Any, problem: str
) -> None:
    batch = lent()
    task = batch.tasks[FACTS]
    annotation = submitted(batch, task, result=broken(change))
    answer, problems = read_answer(task, annotation, AnswerRules(codebook=codebook))
    assert answer is None
    assert any(re.search(problem, each) for each in problems), problems
    assert all(each.startswith(f"{task.external_id}: annotation 7: ") for each in problems)


def test_a_mark_between_the_passages_that_were_asked_is_named(codebook: Codebook) -> None:
    batch = lent(Shown.BLIND)
    task = batch.tasks[FACTS]
    gap = task.text.index("\n\nThe school")
    span = {"start": gap, "end": gap + 5, "text": task.text[gap : gap + 5]}
    result = [
        {"id": "r", "from_name": name, "type": kind, "value": {**span, kind: [value]}}
        for name, kind, value in (
            ("code", "labels", "alcohol_misuse"), ("assertion", "choices", "negated"),
            ("subject_role", "choices", "victim"),
        )
    ]  # fmt: skip
    annotation = submitted(batch, task, result=result)
    _, problems = read_answer(task, annotation, AnswerRules(codebook=codebook))
    assert "outside of the passages" in problems[0]


def test_a_former_code_that_was_merged_counts_as_the_new_one(codebook: Codebook) -> None:
    batch = lent(Shown.BLIND)
    task = batch.tasks[FACTS]
    annotation = submitted(batch, task, result=region(task, "owed money", "old_debt"))
    moves = CodeMoves(merged={"old_debt": "poverty_debt"}, split={"old_x": ("a", "b")})
    answer, _ = read_answer(task, annotation, AnswerRules(codebook=codebook, moves=moves))
    assert answer is not None
    assert answer.regions[0].code_id == "poverty_debt"
    annotation = submitted(batch, task, result=region(task, "owed money", "old_x"))
    _, problems = read_answer(task, annotation, AnswerRules(codebook=codebook, moves=moves))
    assert "choose a or b instead" in problems[0]


def test_pulling_again_adds_nothing_and_a_change_undoes_what_it_replaces(
    codebook: Codebook,
) -> None:
    batch = lent()
    task = batch.tasks[FACTS]
    first = submitted(batch, task)
    known = reconcile(batch, task, decided(batch, task, first, codebook), ())
    assert len(known) == 4
    later = {**first, "updated_at": "2026-03-03T08:00:00Z"}
    assert reconcile(batch, task, decided(batch, task, later, codebook), known) == ()
    gone = task.suggestion_id(SCHOOL)
    changed = {**later, "result": [r for r in first["result"] if r["id"] != gone]}
    more = reconcile(batch, task, decided(batch, task, changed, codebook), known)
    assert [d.action for d in more] == [Action.UNDO, Action.REJECT]
    assert more[0].target == known[1].decision_id
    again = {**first, "updated_at": "2026-03-04T08:00:00Z"}
    back = reconcile(batch, task, decided(batch, task, again, codebook), (*known, *more))
    assert [d.action for d in back] == [Action.UNDO, Action.ACCEPT]
    codes = {code.code_id for code in codebook.codes}
    texts = {task.document_id: TEXT}
    assert not list(decision_problems((*more, *back), known, texts, codes))


def test_what_other_coders_samples_and_adjudicators_decided_is_left_alone(
    codebook: Codebook,
) -> None:
    batch = lent()
    task = batch.tasks[FACTS]
    wanted = decided(batch, task, submitted(batch, task), codebook)
    others = tuple(
        replace(decision, **change)
        for decision in wanted[:2]
        for change in ({"coder": "ben"}, {"design": "week-2"}, {"settles": ("x",)})
    )
    assert reconcile(batch, task, wanted, others) == wanted
