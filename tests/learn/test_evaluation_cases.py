"""Cases, their states, people and their ACE counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_examples import make_truth
from evaluation_systems import (
    PERFECT,
    QUICK,
    TRUTH,
    added,
    measured,
    perfect_case,
    perfect_reading,
    value,
)

from workbench.learn.evaluation import evaluate
from workbench.learn.matching.names import PersonNames
from workbench.learn.truth_records import Truth, TruthPart, TruthPerson
from workbench.records import (
    Assertion,
    Case,
    CasePart,
    CaseState,
    Person,
    State,
    SubjectRecord,
    SubjectRole,
)


def test_a_linked_summary_is_not_counted_twice() -> None:
    summary = make_truth("T1s", lead=False)
    readings = {"T1": PERFECT, "T1s": perfect_reading(summary)}
    one = evaluate(readings, [perfect_case([TRUTH, summary])], [TRUTH, summary], QUICK)
    alone = measured(PERFECT, cases=[perfect_case([TRUTH])])
    assert one.measure("states.present.recall").n == alone.measure("states.present.recall").n == 4
    assert value(one, "states.cases.exact") == 1.0
    assert value(one, "states.links.recall") == value(one, "states.links.precision") == 1.0
    assert one.measure("ace.count").n == alone.measure("ace.count").n

    apart = replace(perfect_case([TRUTH]), case_id="other", document_ids=("sha-T1s",))
    two = evaluate(readings, [perfect_case([TRUTH]), apart], [TRUTH, summary], QUICK)
    assert value(two, "states.present.f1") == 1.0
    assert value(two, "states.cases.exact") == 0.0
    assert value(two, "states.links.recall") == 0.0
    assert value(two, "states.links.precision") is None


def test_documents_of_two_cases_in_one_are_a_wrong_link() -> None:
    other = make_truth("T2", "T2")
    readings = {"T1": PERFECT, "T2": perfect_reading(other)}
    mixed = replace(perfect_case([TRUTH]), document_ids=("sha-T1", "sha-T2"))
    evaluation = evaluate(readings, [mixed], [TRUTH, other], QUICK)
    assert value(evaluation, "states.links.precision") == 0.0
    assert value(evaluation, "states.links.recall") is None
    assert value(evaluation, "states.cases.exact") == 0.0


def test_states_are_told_apart_by_role_and_by_what_is_ruled_out() -> None:
    case = perfect_case([TRUTH])
    states = [
        replace(state, state=State.PRESENT) if state.code_id == "drug_misuse" else state
        for state in case.states
    ]
    states[0] = replace(states[0], subject_role=SubjectRole.PERPETRATOR)
    states.append(
        CaseState(code_id="self_harm", subject_role=SubjectRole.VICTIM, state=State.NOT_MENTIONED)
    )
    evaluation = measured(PERFECT, cases=[replace(case, states=tuple(states))])
    assert value(evaluation, "states.present.precision") == pytest.approx(3 / 5)
    assert value(evaluation, "states.present.recall") == pytest.approx(3 / 4)
    assert value(evaluation, "states.any_role.precision") == pytest.approx(4 / 5)
    assert value(evaluation, "states.any_role.recall") == 1.0
    assert value(evaluation, "states.ruled_out.recall") == 0.0
    assert value(evaluation, "states.ruled_out.precision") is None
    rows = {row[0]: row[1:] for row in evaluation.table("states.confusion").rows}
    answers = evaluation.table("states.confusion").columns[1:]
    assert answers == ("present", "ruled_out", "not_mentioned")
    assert rows == {"present": (3, 0, 1), "ruled_out": (1, 0, 0), "not_mentioned": (1, 0, 0)}


def test_the_score_of_a_present_state_is_held_against_the_truth() -> None:
    case = perfect_case([TRUTH])
    scored = [replace(state, score=0.75) for state in case.states]
    wrong = next(at for at, state in enumerate(scored) if state.state is State.PRESENT)
    scored[wrong] = replace(scored[wrong], subject_role=SubjectRole.SIBLING, score=0.25)
    evaluation = measured(PERFECT, cases=[replace(case, states=tuple(scored))])
    # Three are right and say 0.75, one is wrong and says 0.25; the ruled-out one has no part.
    assert evaluation.table("states.bins").rows == (
        ("0.20 to 0.30", 1, 0.25, 0.0),
        ("0.70 to 0.80", 3, 0.75, 1.0),
    )
    assert value(evaluation, "states.error") == pytest.approx(0.25)


def test_people_are_found_by_alias_and_judged_by_what_is_known_of_them() -> None:
    people = (
        Person(
            document_id="sha-T1",
            person_id="P1",
            name="The Victim",
            role=SubjectRole.INDEX_CHILD,
            sex="female",
        ),
        Person(
            document_id="sha-T1", person_id="P9", name="Nelly", role=SubjectRole.VICTIM, age_years=2
        ),
    )
    evaluation = measured(replace(PERFECT, people=people))
    assert value(evaluation, "people.people.precision") == pytest.approx(1 / 2)
    assert value(evaluation, "people.people.recall") == pytest.approx(1 / 2)
    assert value(evaluation, "people.role") == 0.0
    assert value(evaluation, "people.age") == 0.0
    assert value(evaluation, "people.age.stated") is None
    assert value(evaluation, "people.sex") == 1.0


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("Nell", ["P"], id="part of the full name"),
        pytest.param("Ms Ashgrove", ["P"], id="title and surname"),
        pytest.param("Mr Ashgrove", [], id="a title of the other sex"),
        pytest.param("Nell Rudkin", [], id="another surname"),
        pytest.param("Tom", [], id="a part that fits two people"),
    ],
)
def test_a_part_of_a_name_is_enough_where_it_fits_one_person(name: str, found: list[str]) -> None:
    wanted = [
        TruthPerson(person_id="1", name="Nell Ashgrove", role=SubjectRole.VICTIM, sex="female"),
        TruthPerson(person_id="2", name="Tom Rudkin", role=SubjectRole.PEER, sex="male"),
        TruthPerson(person_id="3", name="Tom Dray", role=SubjectRole.PEER, sex="male"),
    ]
    given = Person(document_id="d", person_id="P", name=name, role=SubjectRole.VICTIM)
    matched = PersonNames(wanted, [given]).matched
    assert [person.person_id for person in matched.values()] == found


def test_ace_counts_take_affirmed_codings_of_evidence_sections_only() -> None:
    general = replace(PERFECT.codings[0], code_id="ace_domestic_abuse", assertion=Assertion.GENERAL)
    second = replace(PERFECT.codings[0], code_id="ace_emotional_abuse")
    evaluation = measured(added(general, second))
    assert value(evaluation, "ace.count") == pytest.approx(1 / 2)  # Nell 2 for 1, Tom 0 for 0
    assert value(evaluation, "ace.difference") == pytest.approx(1 / 2)
    assert value(evaluation, "ace.items.precision") == pytest.approx(1 / 2)


def part_of(name: str, code: str, *, person_id: str = "P1", is_part: bool = True) -> Case:
    """A case with one present state; of a review of several incidents the part of one person."""
    person = Person(
        document_id="sha-T1", person_id=person_id, name=name, role=SubjectRole.INDEX_CHILD
    )
    state = CaseState(code_id=code, subject_role=SubjectRole.INDEX_CHILD, state=State.PRESENT)
    part = CasePart(person_id=person_id, segments=(), coding_ids=(), others=())
    return replace(
        perfect_case([TRUTH]), case_id=name, people=(person,), states=(state,),
        subjects=(SubjectRecord(person=person, states=(state,)),), part=part if is_part else None,
    )  # fmt: skip


def of_two(nell: str, tom: str) -> Truth:
    """A truth of two incidents; each person has one factor."""
    parts = tuple(
        TruthPart(
            person_id=name, name=name, incident={},
            states={code: {SubjectRole.INDEX_CHILD: State.PRESENT}},
        )
        for name, code in (("Nell", nell), ("Tom", tom))
    )  # fmt: skip
    return replace(TRUTH, parts=parts)


@pytest.mark.parametrize(
    ("cases", "exact", "precision", "recall"),
    [
        pytest.param([part_of("Tom", "bereavement"), part_of("nell", "drug_misuse")],
                     1.0, 1.0, 1.0, id="each by the name, in any order"),
        pytest.param([part_of("Nell", "drug_misuse")], 0.5, 1.0, 0.5, id="one is missed"),
        pytest.param([part_of("Nell", "drug_misuse"), part_of("Tom", "bereavement"),
                      part_of("Ann", "weapon_carrying")], 2 / 3, 2 / 3, 1.0, id="one too many"),
        pytest.param([part_of("Nell", "drug_misuse", is_part=False)], 0.0, 1.0, 0.5,
                     id="taken for one incident"),
    ],
)  # fmt: skip
def test_a_review_of_two_incidents_is_two_cases(
    cases: list[Case], exact: float, precision: float, recall: float
) -> None:
    truth = of_two("drug_misuse", "bereavement")
    evaluation = evaluate({"T1": PERFECT}, cases, [truth], QUICK)
    assert value(evaluation, "states.cases.exact") == pytest.approx(exact)
    assert value(evaluation, "states.present.precision") == pytest.approx(precision)
    assert value(evaluation, "states.present.recall") == pytest.approx(recall)
