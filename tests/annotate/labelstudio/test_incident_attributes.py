"""What coders choose for the incident: decisions with a value, and no marks."""

from __future__ import annotations

from typing import Any

from lent import TEXT, lent, segments, submitted

from workbench.annotate.decisions import (
    apply_decisions,
    coded_units,
    decision_problems,
    in_force,
)
from workbench.annotate.labelstudio.answers import AnswerRules, read_answer
from workbench.annotate.labelstudio.decisions import decisions_of, reconcile
from workbench.codebook import Codebook
from workbench.records import Action, Decision, Shown

FACTS = 0


def decided(batch: Any, task: Any, annotation: Any, codebook: Codebook) -> tuple[Decision, ...]:
    answer, problems = read_answer(task, annotation, AnswerRules(codebook=codebook))
    assert answer is not None, problems
    return decisions_of(batch, task, answer)


def about_task(**said: list[str]) -> list[dict[str, Any]]:
    return [
        {"id": name, "from_name": name, "type": "choices", "value": {"choices": options}}
        for name, options in said.items()
    ]


def test_incident_attributes_become_decisions_with_a_value(codebook: Codebook) -> None:
    batch = lent(Shown.BLIND)
    task = batch.tasks[FACTS]
    note = {"id": "n", "from_name": "task_note", "type": "textarea", "value": {"text": ["twice"]}}
    chosen = about_task(
        incident_place=["park"], incident_time__time_band=["16-19"],
        incident_relationship=["parent", "other_relative"],
    )  # fmt: skip
    made = decided(batch, task, submitted(batch, task, result=[*chosen, note]), codebook)
    valued = [(d.code_id, d.value) for d in made if d.value]
    assert sorted(valued) == [
        ("incident_place", "park"), ("incident_relationship", "other_relative"),
        ("incident_relationship", "parent"), ("incident_time", "time_band=16-19"),
    ]  # fmt: skip
    for decision in made:
        first = segments()[1]
        if decision.value:
            assert decision.action is Action.ADD
            assert (decision.text, decision.segment) == (first.text, first.ordinal)
    assert [d.reason for d in made if d.action is Action.COMPLETE] == ["twice", ""]
    codes = {code.code_id for code in codebook.codes}
    values = {code.code_id: code.values for code in codebook.codes if code.is_attribute}
    given = {task.document_id: TEXT}
    assert list(decision_problems(made, (), given, codes, values)) == []
    problems = list(decision_problems(made, (), given, codes, {**values, "incident_place": ()}))
    assert [problem.split(": ")[1] for problem in problems] == [
        "'park' is no value of incident_place"
    ]


def test_an_attribute_is_no_mark_of_the_passage(codebook: Codebook) -> None:
    batch = lent(Shown.BLIND)
    task = batch.tasks[FACTS]
    made = decided(
        batch, task, submitted(batch, task, result=about_task(incident_place=["park"])), codebook
    )
    assert [unit.marks for unit in coded_units(made, segments())] == [(), ()]
    applied = apply_decisions((), made, TEXT, segments())
    assert (applied.codings, applied.disputes) == ((), ())


def test_another_choice_takes_the_place_of_the_first(codebook: Codebook) -> None:
    batch = lent(Shown.BLIND)
    task = batch.tasks[FACTS]
    known: list[Decision] = []
    for places in (["park"], ["park"], ["street_or_open_space"], []):
        annotation = submitted(batch, task, result=about_task(incident_place=places))
        known += reconcile(batch, task, decided(batch, task, annotation, codebook), known)
        assert [d.value for d in in_force(known) if d.value] == places
    assert [d.action for d in known if d.action is not Action.COMPLETE] == [
        Action.ADD, Action.UNDO, Action.ADD, Action.UNDO,
    ]  # fmt: skip
