"""Decisions replayed, laid over the machine's codings, and turned into coders' work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from decision_making import (
    DOCUMENT,
    PARTS,
    TEXT,
    about,
    complete,
    decision,
    segments,
    suggestion,
    undo,
)

from workbench.annotate.agreement import measure_codings
from workbench.annotate.decisions import (
    Applied,
    anchor,
    apply_decisions,
    coded_units,
    decision_problems,
    in_force,
)
from workbench.records import Action, Assertion, Coding, Decision, Segment, Shown, SubjectRole

ALCOHOL = suggestion("drank heavily", "alcohol_misuse")
DEBT = suggestion("owed money", "financial_hardship")


def applied(codings: Sequence[Coding], *decisions: Decision) -> Applied:
    return apply_decisions(codings, decisions, TEXT, segments())


def sources(found: Applied) -> list[tuple[str, str]]:
    return [(coding.code_id, coding.source) for coding in found.codings]


def test_without_decisions_nothing_changes() -> None:
    found = applied([ALCOHOL, DEBT])
    assert (found.codings, found.n_human, found.n_removed) == ((ALCOHOL, DEBT), 0, 0)


def test_an_accepted_suggestion_becomes_the_coders_and_others_stay_the_machines() -> None:
    found = applied([ALCOHOL, DEBT], about("anna", Action.ACCEPT, ALCOHOL))
    assert sources(found) == [("alcohol_misuse", "human:anna"), ("financial_hardship", "rule:1")]
    assert (found.n_human, found.n_removed) == (1, 1)
    assert found.codings[0].score == 1.0


def test_a_rejected_suggestion_is_gone() -> None:
    found = applied([ALCOHOL, DEBT], about("anna", Action.REJECT, ALCOHOL))
    assert sources(found) == [("financial_hardship", "rule:1")]


def test_an_amended_suggestion_has_the_coders_words_and_role() -> None:
    amended = decision(
        "anna", Action.AMEND, "mother drank", "alcohol_misuse", shown=Shown.SUGGESTED,
        target=ALCOHOL.coding_id, assertion=Assertion.SUSPECTED,
    )  # fmt: skip
    (found,) = applied([ALCOHOL], amended).codings
    assert (found.text, found.assertion) == ("mother drank", Assertion.SUSPECTED)
    assert TEXT[found.start_char : found.end_char] == found.text


def test_the_later_decision_of_a_coder_counts() -> None:
    yes, no = about("anna", Action.ACCEPT, ALCOHOL), about("anna", Action.REJECT, ALCOHOL)
    assert sources(applied([ALCOHOL], no, yes)) == [("alcohol_misuse", "human:anna")]
    assert sources(applied([ALCOHOL], yes, no)) == []


def test_a_segment_read_to_its_end_loses_what_the_coder_did_not_mark() -> None:
    added = decision("anna", Action.ADD, "owed money 🙂", "financial_hardship")
    found = applied([ALCOHOL], added, complete("anna", 0))
    assert sources(found) == [("financial_hardship", "human:anna")]


def test_an_undone_decision_does_not_count_and_can_be_put_in_force_again() -> None:
    yes = about("anna", Action.REJECT, ALCOHOL)
    back = undo(yes)
    assert in_force([yes, back]) == ()
    assert in_force([yes, back, undo(back)]) == (yes,)
    assert in_force([yes, undo(yes, coder="ben")]) == (yes,)
    assert sources(applied([ALCOHOL], yes, back)) == [("alcohol_misuse", "rule:1")]


def test_a_coder_who_changes_a_mark_of_their_own_has_put_it_away() -> None:
    first = decision("anna", Action.ADD, "drank", "alcohol_misuse")
    wider = decision(
        "anna", Action.AMEND, "drank heavily", "alcohol_misuse", target=first.decision_id
    )
    assert [coding.text for coding in applied([], first, wider).codings] == ["drank heavily"]
    away = decision("anna", Action.REJECT, "drank", "alcohol_misuse", target=first.decision_id)
    assert in_force([first, away]) == (away,)
    of_ben = decision("ben", Action.REJECT, "drank", "alcohol_misuse", target=first.decision_id)
    assert first in in_force([first, of_ben])


def test_decisions_that_moved_are_still_known_by_their_ids() -> None:
    marked, done = (
        decision("anna", Action.ADD, "drank heavily", "alcohol_misuse"),
        complete("ben", 0),
    )
    before = "A new first paragraph."
    text = f"{before}\n\n{TEXT}"
    parts = [before, *PARTS]
    places = tuple(
        replace(
            segments()[0], ordinal=ordinal, start_char=text.index(part),
            end_char=text.index(part) + len(part), text=part,
        )
        for ordinal, part in enumerate(parts)
    )  # fmt: skip
    (dispute,) = apply_decisions([], [marked, done], text, places).disputes
    grounds = [dispute.grounds[coder][0] for coder in ("anna", "ben")]
    assert [each.segment for each in grounds] == [1, 1]
    assert [dispute.id_of(each) for each in grounds] == [marked.decision_id, done.decision_id]


def test_coders_who_differ_leave_the_machines_coding_until_it_is_settled() -> None:
    yes, no = about("anna", Action.ACCEPT, ALCOHOL), about("ben", Action.REJECT, ALCOHOL)
    found = applied([ALCOHOL], yes, no)
    assert sources(found) == [("alcohol_misuse", "rule:1")]
    (dispute,) = found.disputes
    assert (dispute.segment, dispute.code_id) == (0, "alcohol_misuse")
    assert {coder: len(marks) for coder, marks in dispute.marks.items()} == {"anna": 1, "ben": 0}


def test_coders_who_differ_on_the_assertion_differ() -> None:
    one = about("anna", Action.ACCEPT, ALCOHOL)
    other = about("ben", Action.AMEND, ALCOHOL, assertion=Assertion.SUSPECTED)
    assert len(applied([ALCOHOL], one, other).disputes) == 1


def test_coders_who_agree_stand_for_it_together_whatever_their_words() -> None:
    one = decision("anna", Action.ADD, "owed money", "financial_hardship")
    other = decision("ben", Action.ADD, "owed money 🙂 to a lender", "financial_hardship")
    found = applied([], one, other)
    assert sources(found) == [("financial_hardship", "human:anna+ben")]
    assert found.codings[0].text == "owed money"


@pytest.mark.parametrize(
    ("action", "wanted"),
    [(Action.ADD, [("alcohol_misuse", "human:cleo")]), (Action.REJECT, [])],
)
def test_an_adjudicator_settles_it(action: Action, wanted: list[tuple[str, str]]) -> None:
    yes, no = about("anna", Action.ACCEPT, ALCOHOL), about("ben", Action.REJECT, ALCOHOL)
    final = decision(
        "cleo", action, "drank heavily", "alcohol_misuse",
        settles=(yes.decision_id, no.decision_id), target=yes.decision_id,
        shown=Shown.SUGGESTED, reason="definition, exclusion 2",
    )  # fmt: skip
    found = applied([ALCOHOL], yes, no, final)
    assert (sources(found), found.disputes) == (wanted, ())


def test_words_that_moved_are_followed_and_words_that_are_gone_are_reported() -> None:
    first, second = (
        decision("anna", Action.ADD, "drank heavily", "alcohol_misuse"),
        complete("anna", 1),
    )
    shifted = "A new first line.\n\n" + TEXT.replace("Her mother was not told.", "")
    moved = len("A new first line.\n\n")
    parts = shifted.split("\n\n")
    places = tuple(
        Segment(
            document_id=DOCUMENT, ordinal=ordinal, kind=segments()[0].kind,
            section_role=segments()[0].section_role, start_char=shifted.index(part),
            end_char=shifted.index(part) + len(part), text=part, page_start=1, page_end=1,
        )
        for ordinal, part in enumerate(parts)
    )  # fmt: skip
    found = anchor([first, second], shifted, places)
    (kept,) = found.decisions
    assert (kept.start_char, kept.segment) == (first.start_char + moved, 1)
    assert shifted[kept.start_char : kept.end_char] == "drank heavily"
    assert found.stale == (second,)


def test_words_that_occur_twice_elsewhere_are_not_guessed() -> None:
    wanted = decision("anna", Action.ADD, "drank heavily", "alcohol_misuse")
    text = "x" * 40 + " drank heavily. He drank heavily."
    place = Segment(
        document_id=DOCUMENT, ordinal=0, kind=segments()[0].kind,
        section_role=segments()[0].section_role, start_char=0, end_char=len(text), text=text,
        page_start=1, page_end=1,
    )  # fmt: skip
    assert anchor([wanted], text, [place]).stale == (wanted,)


def test_completed_segments_are_the_coders_work_for_agreement() -> None:
    decisions = [
        decision("anna", Action.ADD, "drank heavily", "alcohol_misuse"), complete("anna", 0),
        complete("ben", 0), decision("ben", Action.ADD, "excluded Maren", "school_exclusion"),
    ]  # fmt: skip
    anna, ben = coded_units(decisions, segments(), {DOCUMENT: "case 1"})
    assert (anna.unit_id, anna.case_id, anna.coded_on) == ("00000", "case 1", date(2026, 2, 28))
    (mark,) = anna.marks
    assert PARTS[0][mark.start_char : mark.end_char] == "drank heavily"
    assert (ben.marks, ben.n_chars) == ((), len(PARTS[0]))
    figure = measure_codings([anna, ben]).figure("span", "alcohol_misuse")
    assert figure.estimates["span_f1"].value == 0


def test_blind_work_can_be_taken_alone() -> None:
    decisions = [complete("anna", 0), complete("ben", 0, shown=Shown.SUGGESTED)]
    assert [unit.coder for unit in coded_units(decisions, segments(), shown=Shown.BLIND)] == [
        "anna"
    ]


YES = about("anna", Action.ACCEPT, ALCOHOL)


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        pytest.param(undo(YES, coder="ben"), "only they can do that", id="undo of another"),
        pytest.param(undo(complete("anna", 2)), "which nobody decided", id="undo of nothing"),
        pytest.param(
            decision("cleo", Action.ADD, "drank heavily", "alcohol_misuse", settles=("x",)),
            "settles x, which nobody decided", id="settles nothing",
        ),
        pytest.param(
            decision("anna", Action.ADD, "drank heavily", "alcohol_misuse",
                     settles=(YES.decision_id,)),
            "somebody else has to adjudicate", id="own judge",
        ),
        pytest.param(
            decision("anna", Action.ADD, "drank heavily", "alcohol"), "is not a code", id="code"
        ),
    ],
)  # fmt: skip
def test_decisions_that_cannot_be_added_are_named(new: Decision, problem: str) -> None:
    (found,) = decision_problems([new], [YES], {DOCUMENT: TEXT}, ["alcohol_misuse"])
    assert problem in found


def test_text_that_is_not_there_is_named() -> None:
    (found,) = decision_problems([YES], [], {DOCUMENT: "x" + TEXT}, ["alcohol_misuse"])
    assert "it has changed since" in found
    (found,) = decision_problems([YES], [], {}, ["alcohol_misuse"])
    assert "is not in the workspace" in found


def test_a_role_is_part_of_what_coders_say() -> None:
    one = about("anna", Action.ACCEPT, ALCOHOL)
    other = about("ben", Action.AMEND, ALCOHOL, subject_role=SubjectRole.INDEX_CHILD)
    assert applied([ALCOHOL], one, other).disputes
