"""The people whom a case is about, and a review of several incidents as several cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from case_making import codebook, coding, person, reading, truth_reading, truths
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.cases import build_cases
from workbench.records import (
    Case,
    CaseIndex,
    Coding,
    Person,
    Reading,
    SectionRole,
    SegmentKind,
    State,
    SubjectRecord,
    SubjectRole,
)

CODEBOOK = codebook()
CHILD, AGENCY, PARENT = SubjectRole.INDEX_CHILD, SubjectRole.AGENCY, SubjectRole.PARENT_CARER
VICTIM, PERPETRATOR = SubjectRole.VICTIM, SubjectRole.PERPETRATOR
THEMATIC = next(truth for truth in truths() if truth["id"] == "D06_thematic_knife")


def thematic_reading() -> Reading:
    made = truth_reading(THEMATIC)
    kinds = [SegmentKind(paragraph["kind"]) for paragraph in THEMATIC["paragraphs"]]
    segments = tuple(
        replace(segment, kind=kind) for segment, kind in zip(made.segments, kinds, strict=True)
    )
    return replace(made, segments=segments)


def said(case: Case) -> dict[str, dict[str, str]]:
    states: dict[str, dict[str, str]] = {}
    for state in case.states:
        if state.state is not State.NOT_MENTIONED:
            states.setdefault(state.code_id, {})[state.subject_role.value] = state.state.value
    return states


@pytest.fixture(scope="module")
def thematic_cases() -> tuple[Case, ...]:
    return build_cases([thematic_reading()], CODEBOOK)


@pytest.mark.parametrize("number", range(5))
def test_each_young_person_of_a_thematic_review_is_a_case_with_their_true_states(
    number: int, thematic_cases: tuple[Case, ...]
) -> None:
    assert len(thematic_cases) == len(THEMATIC["cases"]) == 5
    case, truth = thematic_cases[number], THEMATIC["cases"][number]
    assert case.part
    assert case.part.person_id == truth["person_id"]
    assert case.title.startswith(f"{truth['pseudonym']}: ")
    assert said(case) == truth["states"]
    subjects = [record.person.name for record in case.subjects]
    assert subjects[0] == truth["pseudonym"]
    assert {each.role for each in case.people} >= {CHILD, PERPETRATOR, PARENT}
    assert sum(each.role is CHILD for each in case.people) == 1


def test_a_passage_of_a_thematic_review_belongs_to_one_case_or_to_none(
    thematic_cases: tuple[Case, ...],
) -> None:
    made, index = thematic_reading(), CaseIndex(thematic_cases)
    holders = {
        each.coding_id: [case.case_id for case in thematic_cases if case.holds(each)]
        for each in made.codings
    }
    assert max(map(len, holders.values())) == 1
    assert any(not cases for cases in holders.values())
    for each in made.codings:
        found = index.of_coding(each)
        assert [case.case_id for case in (found,) if case] == holders[each.coding_id]
    used = {
        key
        for case in thematic_cases
        for state in case.states
        for key in (*state.codings_for, *state.codings_against, *state.codings_suspected)
    }
    assert used <= {key for key, cases in holders.items() if cases}


def test_the_words_searched_for_the_people_of_a_review_are_a_part_of_all_of_it(
    thematic_cases: tuple[Case, ...],
) -> None:
    (whole,) = build_cases(
        [replace(thematic_reading(), document=replace(
            thematic_reading().document, review_type="serious_case_review"))],
        CODEBOOK,
    )  # fmt: skip
    assert whole.part is None
    assert 0 < sum(case.n_words for case in thematic_cases) < whole.n_words
    assert all(case.n_segments > 5 for case in thematic_cases)


TEXTS = ("Ann", "At a glance", "text", "Bo", "At a glance", "text", "Themes", "text",
         "Ann went missing", "Ann met Bo", "The mother and Bo\u2019s father",
         "Both of them")  # fmt: skip
KINDS = {n: SegmentKind.HEADING for n in (0, 1, 3, 4, 6)} | {
    n: SegmentKind.CHRONOLOGY_ENTRY for n in (8, 9)
}


def two_children(codings: list[Coding], *, review_type: str, name: str = "d") -> Reading:
    people: list[Person] = [
        person("Ann", name, person_id="P1", role=CHILD),
        person("Bo", name, person_id="P2", role=CHILD),
        replace(person("the mother", name, person_id="P3", role=PARENT), relation="mother of P1"),
        person("Bo\u2019s father", name, person_id="P4", role=PARENT),
    ]
    made = reading(
        name, [(SectionRole.FACTS, text) for text in TEXTS], people=people, review_type=review_type
    )
    segments = tuple(
        replace(s, kind=KINDS.get(s.ordinal, SegmentKind.PARAGRAPH)) for s in made.segments
    )
    return replace(made, segments=segments, codings=tuple(codings))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param({"person_id": "P2", "segment": 2}, "P2", id="the person named, not the part"),
        pytest.param({"person_id": "P3", "segment": 10}, "P1", id="by relation"),
        pytest.param({"person_id": "P4", "segment": 10}, "P2", id="by a name that names them"),
        pytest.param({"person_id": "P2", "segment": 11}, "", id="nobody is named there"),
        pytest.param(
            {"person_id": "P2", "segment": 11, "source": "signs:1"},
            "P2",
            id="the column names them",
        ),
        pytest.param({"segment": 2}, "P1", id="by the part, below a heading that recurs"),
        pytest.param({"segment": 5}, "P2", id="the next part"),
        pytest.param({"segment": 7}, "", id="after the parts, nobody's"),
        pytest.param({"segment": 8}, "P1", id="an entry that names one"),
        pytest.param({"segment": 9}, "", id="an entry that names both"),
    ],
)
def test_a_passage_belongs_to_the_case_of_whom_it_is_about(
    where: dict[str, Any], expected: str
) -> None:
    one = coding("ap_voice", role=AGENCY, start=5, **where)
    cases = build_cases([two_children([one], review_type="thematic_review")], CODEBOOK)
    assert [case.part.person_id for case in cases if case.part] == ["P1", "P2"]
    holders = [case.part.person_id for case in cases if case.part and case.holds(one)]
    assert holders == ([expected] if expected else [])


def test_people_are_in_the_case_to_which_they_belong() -> None:
    ann, bo = build_cases([two_children([], review_type="thematic_review")], CODEBOOK)
    assert [each.name for each in ann.people] == ["Ann", "the mother"]
    assert [each.name for each in bo.people] == ["Bo", "Bo\u2019s father"]


def test_a_review_that_is_told_theme_by_theme_stays_one_case() -> None:
    made = two_children([], review_type="thematic_review")
    plain = tuple(replace(s, kind=SegmentKind.PARAGRAPH) for s in made.segments)
    (case,) = build_cases([replace(made, segments=plain)], CODEBOOK)
    assert case.part is None
    assert [record.person.name for record in case.subjects] == ["Ann", "Bo"]


@pytest.mark.parametrize(("n_without", "n_cases"), [(1, 2), (2, 1)])
def test_a_review_with_parts_for_few_of_its_people_stays_one_case(
    n_without: int, n_cases: int
) -> None:
    made = two_children([], review_type="thematic_review")
    more = [person(f"Cy{n}", "d", person_id=f"P{9 + n}", role=CHILD) for n in range(n_without)]
    assert len(build_cases([replace(made, people=(*made.people, *more))], CODEBOOK)) == n_cases


def test_two_children_of_one_incident_are_one_case_and_two_records() -> None:
    codings = [
        coding("school_exclusion", role=CHILD, person_id="P1", segment=7, start=5),
        coding("missing_episodes", role=CHILD, segment=5, start=25),
        coding("weapon_carrying", role=CHILD, segment=7, start=35),
        coding("alcohol_misuse", role=PARENT, person_id="P3", segment=7, start=45),
    ]
    (case,) = build_cases([two_children(codings, review_type="serious_case_review")], CODEBOOK)
    ann, bo = case.subjects
    assert case.part is None
    assert len(case.states) == 4
    assert [state.code_id for state in ann.states] == ["school_exclusion"]
    assert [state.code_id for state in bo.states] == ["missing_episodes"]
    assert [state.code_id for state in ann.shared] == ["weapon_carrying"]
    assert ann.shared == bo.shared


@pytest.mark.parametrize(
    ("kind", "roles", "expected"),
    [
        pytest.param("serious_case_review", (CHILD, CHILD), "C C", id="two children"),
        pytest.param("serious_case_review", (CHILD,), "C", id="one child"),
        pytest.param("domestic_homicide_review", (VICTIM, CHILD, CHILD), "V",
                     id="the children of a victim are not whom the review is about"),
        pytest.param("domestic_homicide_review", (PERPETRATOR, VICTIM, VICTIM), "V V P",
                     id="perpetrators last"),
        pytest.param("domestic_homicide_review", (PARENT,), "", id="nobody"),
        pytest.param("", (), "", id="no people"),
    ],
)  # fmt: skip
def test_whom_a_case_is_about(kind: str, roles: tuple[SubjectRole, ...], expected: str) -> None:
    people = [person(f"Name{n}", "d", person_id=f"P{n}", role=role) for n, role in enumerate(roles)]
    made = reading("d", [(SectionRole.FACTS, "text")], people=people, review_type=kind)
    (case,) = build_cases([made], CODEBOOK)
    letters = {CHILD: "C", VICTIM: "V", PERPETRATOR: "P"}
    assert " ".join(letters[record.person.role] for record in case.subjects) == expected


def test_what_is_said_of_the_only_victim_is_said_of_them_whoever_is_named() -> None:
    made = reading(
        "d", [(SectionRole.FACTS, "text")], people=[person("Vi", "d", person_id="P1", role=VICTIM)]
    )
    one = coding("alcohol_misuse", role=VICTIM, start=0)
    (case,) = build_cases([replace(made, codings=(one,))], CODEBOOK)
    assert case.subjects == (SubjectRecord(person=case.people[0], states=case.states),)


def test_a_summary_of_a_thematic_review_tells_of_the_same_cases() -> None:
    full = two_children([], review_type="thematic_review", name="full")
    named = coding("ap_voice", document="summary", role=AGENCY, start=5, person_id="P1")
    summary = reading(
        "summary",
        [(SectionRole.FACTS, "Ann in short")],
        people=[person("Ann", "summary", person_id="P1", role=CHILD),
                person("Bo", "summary", person_id="P2", role=CHILD)],
        review_type="thematic_review",
    )  # fmt: skip
    linked = {each.document.document_id: "Both" for each in (full, summary)}
    cases = build_cases([full, replace(summary, codings=(named,))], CODEBOOK, linked)
    assert [len(case.document_ids) for case in cases] == [2, 2]
    assert [case.holds(named) for case in cases] == [True, False]


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_the_codings_does_not_matter(order: list[int]) -> None:
    codings = [
        coding("ap_voice", role=AGENCY, start=10 * n, segment=(2, 5, 7)[n % 3]) for n in range(6)
    ]
    one, other = (
        build_cases([two_children(some, review_type="thematic_review")], CODEBOOK)
        for some in (codings, [codings[place] for place in order])
    )
    assert one == other
