"""A review of several people gives one record for each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from case_making import codebook, coding, person, reading, truth_reading, truths
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.cases import subjects_of
from workbench.records import (
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
THEMATIC = next(truth for truth in truths() if truth["id"] == "D06_thematic_knife")


def thematic_reading() -> Reading:
    made = truth_reading(THEMATIC)
    kinds = [SegmentKind(paragraph["kind"]) for paragraph in THEMATIC["paragraphs"]]
    segments = tuple(
        replace(segment, kind=kind) for segment, kind in zip(made.segments, kinds, strict=True)
    )
    return replace(made, segments=segments)


def said(record: SubjectRecord) -> dict[str, dict[str, str]]:
    states: dict[str, dict[str, str]] = {}
    for state in record.states:
        if state.state is not State.NOT_MENTIONED:
            states.setdefault(state.code_id, {})[state.subject_role.value] = state.state.value
    return states


@pytest.mark.parametrize("number", range(5))
def test_each_young_person_of_a_thematic_review_has_their_true_states(number: int) -> None:
    subjects = subjects_of(thematic_reading(), CODEBOOK)
    assert len(subjects.records) == len(THEMATIC["cases"]) == 5
    record, truth = subjects.records[number], THEMATIC["cases"][number]
    assert (record.person.person_id, record.person.name) == (
        truth["person_id"], truth["pseudonym"],
    )  # fmt: skip
    assert said(record) == truth["states"]


def test_every_coding_is_one_subjects_or_shared() -> None:
    made = thematic_reading()
    subjects = subjects_of(made, CODEBOOK)
    given_out = [key for record in subjects.records for key in record.coding_ids]
    shared = {each.coding_id for each in subjects.shared}
    assert len(given_out) == len(set(given_out))
    assert not shared & set(given_out)
    assert shared | set(given_out) == {each.coding_id for each in made.codings}


TEXTS = ("Ann", "At a glance", "text", "Bo", "At a glance", "text", "Themes", "text")
HEADINGS = {0, 1, 3, 4, 6}


def two_children(codings: list[Coding], **more: str) -> Reading:
    people: list[Person] = [
        person("Ann", "d", person_id="P1", role=CHILD),
        person("Bo", "d", person_id="P2", role=CHILD),
        replace(person("the mother", "d", person_id="P3", role=PARENT), relation="mother of P1"),
        person("Bo\u2019s father", "d", person_id="P4", role=PARENT),
    ]
    made = reading("d", [(SectionRole.FACTS, text) for text in TEXTS], people=people, **more)
    segments = tuple(
        replace(s, kind=SegmentKind.HEADING if s.ordinal in HEADINGS else SegmentKind.PARAGRAPH)
        for s in made.segments
    )
    return replace(made, segments=segments, codings=tuple(codings))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param({"person_id": "P2", "segment": 2}, "P2", id="the person named, not the part"),
        pytest.param({"person_id": "P3", "segment": 7}, "P1", id="by relation"),
        pytest.param({"person_id": "P4", "segment": 7}, "P2", id="by a name that names them"),
        pytest.param({"segment": 2}, "P1", id="by the part, below a heading that recurs"),
        pytest.param({"segment": 5}, "P2", id="the next part"),
        pytest.param({"segment": 7}, "", id="after the parts, nobody's"),
    ],
)
def test_a_coding_is_given_to_whom_it_is_about(where: dict[str, Any], expected: str) -> None:
    one = coding("ap_voice", role=AGENCY, start=5, **where)
    made = subjects_of(two_children([one], review_type="serious_case_review"), CODEBOOK)
    owners = [r.person.person_id for r in made.records if one.coding_id in r.coding_ids]
    assert owners == ([expected] if expected else [])
    assert made.shared == (() if expected else (one,))


@pytest.mark.parametrize(
    ("kind", "roles", "n_records"),
    [
        pytest.param("serious_case_review", (CHILD, CHILD), 2, id="two children"),
        pytest.param("serious_case_review", (CHILD,), 0, id="one child"),
        pytest.param("domestic_homicide_review", (SubjectRole.VICTIM, CHILD, CHILD), 0,
                     id="the children of one victim"),
        pytest.param("domestic_homicide_review", (SubjectRole.VICTIM,) * 3, 3, id="three victims"),
        pytest.param("", (), 0, id="nobody"),
    ],
)  # fmt: skip
def test_only_reviews_of_several_are_split(
    kind: str, roles: tuple[SubjectRole, ...], n_records: int
) -> None:
    people = [person(f"Name{n}", "d", person_id=f"P{n}", role=role) for n, role in enumerate(roles)]
    made = reading("d", [(SectionRole.FACTS, "text")], people=people, review_type=kind)
    assert len(subjects_of(made, CODEBOOK).records) == n_records


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_the_codings_does_not_matter(order: list[int]) -> None:
    codings = [
        coding("ap_voice", role=AGENCY, start=10 * n, segment=(2, 5, 7)[n % 3]) for n in range(6)
    ]
    one, other = (
        subjects_of(two_children(some, review_type="thematic_review"), CODEBOOK)
        for some in (codings, [codings[place] for place in order])
    )
    assert one == other
