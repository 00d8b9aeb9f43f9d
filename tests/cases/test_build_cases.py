"""A review is counted once, in however many documents it comes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from case_making import (
    codebook,
    coding,
    document_id_of,
    person,
    reading,
    truth_reading,
    truths,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.cases import LinkSettings, build_cases
from workbench.cases.build import slug
from workbench.records import Case, Reading, SectionRole, State, SubjectRole

CODEBOOK = codebook()
FACTS = SectionRole.FACTS
TRUTHS = {truth["id"]: truth for truth in truths()}


def sentences(topic: str, n: int) -> list[str]:
    return [
        f"In {topic} part {i} the panel read how {topic} came to notice {i} of the {topic} team"
        for i in range(n)
    ]


def story(name: str, topic: str, n: int = 20, **more: Any) -> Reading:
    return reading(name, [(FACTS, text) for text in sentences(topic, n)], **more)


def test_a_summary_and_the_full_review_are_one_case_led_by_the_full_one() -> None:
    full = story("full", "river", 30, title="Overview report")
    summary = reading(
        "summary",
        [
            *((FACTS, text) for text in sentences("river", 12)),
            (FACTS, "A new sentence of its own."),
        ],
        title="Executive summary",
    )
    (case,) = build_cases([summary, full], CODEBOOK)
    assert case.document_ids == (document_id_of("full"), document_id_of("summary"))
    assert case.title == "Overview report"
    assert case.link_reason == (
        "100 % of the eight-word sequences of 'Executive summary' stand in 'Overview report'"
    )


def test_what_only_the_summary_says_counts_and_words_said_twice_count_once() -> None:
    full = replace(story("full", "river", 30), codings=(coding("drug_misuse", document="full"),))
    summary = replace(
        story("summary", "river", 12),
        codings=(
            coding("drug_misuse", document="summary"),
            coding("alcohol_misuse", document="summary", start=30),
        ),
    )
    (case,) = build_cases([summary, full], CODEBOOK)
    (alone,) = build_cases([full], CODEBOOK)
    assert case.state("alcohol_misuse") is State.PRESENT
    assert [len(state.codings_for) for state in case.states] == [1, 2]
    assert (case.n_words, case.n_segments) == (alone.n_words, 30)


def test_words_outside_the_evidence_sections_are_not_counted() -> None:
    made = reading("d", [(FACTS, "one two three"), (SectionRole.GLOSSARY, "four five")])
    (case,) = build_cases([made], CODEBOOK)
    assert (case.n_words, case.n_segments) == (3, 2)


def test_a_document_that_could_not_be_read_is_no_case() -> None:
    assert build_cases([reading("scan", [])], CODEBOOK) == ()
    assert build_cases([], CODEBOOK) == ()


def test_a_reading_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="was read twice"):
        build_cases([story("a", "river"), story("a", "river")], CODEBOOK)


SHARED_TEXT = [(FACTS, text) for text in sentences("river", 5)]


@pytest.mark.parametrize(
    ("names", "others", "n_shared", "n_cases"),
    [
        pytest.param(["Noreen", "Kieran"], ["Noreen", "Kieran"], 5, 1, id="two names, some text"),
        pytest.param(["Noreen", "Kieran"], ["Noreen", "Kieran"], 0, 2, id="two names, no text"),
        pytest.param(["Noreen", "Kieran"], ["Noreen"], 5, 2, id="one name, some text"),
        pytest.param(["Adult A", "Mr K"], ["Adult A", "Mr K"], 5, 2, id="letters tell nothing"),
        pytest.param([], [], 5, 2, id="some text, no names"),
        pytest.param([], [], 12, 1, id="much text, no names"),
        pytest.param(["Noreen"], ["Maya"], 12, 2, id="much text of a form, other people"),
        pytest.param(["Noreen"], ["Maya"], 20, 1, id="a re-issue with new pseudonyms"),
    ],
)
def test_wording_and_names_together_decide(
    names: list[str], others: list[str], n_shared: int, n_cases: int
) -> None:
    def made(document: str, names: list[str], texts: list[str]) -> Reading:
        people = [
            person(name, document, person_id=f"P{i}", role=list(SubjectRole)[i])
            for i, name in enumerate(names)
        ]
        return reading(document, [(FACTS, text) for text in texts], people=people)

    shared = sentences("river", n_shared)
    one = made("one", names, [*shared, *sentences("hill", 20 - n_shared)])
    two = made("two", others, [*shared, *sentences("lake", 20 - n_shared)])
    assert len(build_cases([one, two], CODEBOOK)) == n_cases


@pytest.mark.parametrize(
    ("ages", "n_cases"),
    [
        pytest.param((66, 34), 1, id="the same people"),
        pytest.param((66, 35), 2, id="another age"),
        pytest.param((66, None), 2, id="one age not stated"),
    ],
)
def test_a_summary_in_new_words_is_known_by_its_people(
    ages: tuple[int | None, int | None], n_cases: int
) -> None:
    def cast(document: str, ages: tuple[int | None, ...]) -> list[Any]:
        return [
            person("Noreen", document, age=ages[0]),
            person("Kieran", document, person_id="P2", age=ages[1], role=SubjectRole.PERPETRATOR),
        ]

    one = story("one", "river", people=cast("one", (66, 34)), title="Overview")
    two = story("two", "lake", people=cast("two", ages), title="Summary")
    cases = build_cases([one, two], CODEBOOK)
    assert len(cases) == n_cases
    if n_cases == 1:
        assert cases[0].link_reason.endswith(
            "name the same people: Kieran (perpetrator, 34), Noreen (victim, 66)"
        )


def test_a_collection_does_not_draw_unrelated_cases_together() -> None:
    one = story("one", "river", people=[person("Noreen", "one")])
    two = story("two", "lake", 18, people=[person("Maya", "two")])
    both = [(FACTS, text) for text in sentences("river", 20) + sentences("lake", 18)]
    collection = reading("both", both, title="Summaries of the year")
    cases = build_cases([one, collection, two], CODEBOOK)
    assert sorted(len(case.document_ids) for case in cases) == [1, 2]


def test_the_list_of_the_user_joins_and_keeps_apart() -> None:
    copies = [story("one", "river"), story("two", "river"), story("three", "lake")]
    linked = {document_id_of("one"): "River", document_id_of("three"): "River"}
    linked[document_id_of("two")] = "Brook"
    cases = build_cases(copies, CODEBOOK, linked)
    assert {case.case_id[:5]: len(case.document_ids) for case in cases} == {"river": 2, "brook": 1}
    (river,) = (case for case in cases if len(case.document_ids) == 2)
    assert river.link_reason == "2 documents listed as case 'River'"


def test_a_document_that_the_list_leaves_out_still_finds_its_case() -> None:
    copies = [story("one", "river"), story("two", "river", 12)]
    (case,) = build_cases(copies, CODEBOOK, {document_id_of("one"): "River"})
    assert case.case_id == f"river-{document_id_of('one')[:6]}"


def test_a_person_of_two_documents_is_one_and_two_of_one_document_are_two() -> None:
    full = story(
        "full", "river", 30,
        people=[person("Child A", "full"), person("“Maya”", "full", person_id="P2")],
    )  # fmt: skip
    summary = story(
        "summary", "river", 12,
        people=[
            person("Maya", "summary", person_id="P9", age=15, aliases=("the girl",)),
            person("Child A", "summary", person_id="P8"),
            person("Child A", "summary", person_id="P7"),
        ],
    )  # fmt: skip
    (case,) = build_cases([summary, full], CODEBOOK)
    assert [(p.name, p.age_years) for p in case.people] == [
        ("Child A", None), ("“Maya”", 15), ("Child A", None),
    ]  # fmt: skip
    assert case.people[1].same_as == ((document_id_of("summary"), "P9"),)
    assert case.people[1].aliases == ("the girl",)


def demonstration() -> list[Reading]:
    return [truth_reading(truth) for truth in TRUTHS.values()]


def partition(cases: tuple[Case, ...]) -> set[frozenset[str]]:
    names = {document_id_of(name): name for name in TRUTHS}
    return {frozenset(names[document_id] for document_id in case.document_ids) for case in cases}


def test_the_demonstration_documents_fall_into_their_cases() -> None:
    expected: dict[str, set[str]] = {}
    for name, truth in TRUTHS.items():
        expected.setdefault(truth["case_id"], set()).add(name)
    assert partition(build_cases(demonstration(), CODEBOOK)) == {
        frozenset(names) for names in expected.values()
    }


@pytest.mark.parametrize("name", ["D01_dhr_parricide", "D07_scr_neglect", "D12_joint_teen"])
def test_a_copy_with_its_names_blacked_out_is_the_same_case(name: str) -> None:
    original = truth_reading(TRUTHS[name])
    names = [part for p in original.people for part in re.findall(r"\w{3,}", p.name)]
    hidden = re.compile(r"\b(" + "|".join(names) + r")\b")
    redacted = reading(
        "redacted copy",
        [
            (segment.section_role, hidden.sub("", segment.text) or "-")
            for segment in original.segments
        ],
    )
    (case,) = build_cases([original, redacted], CODEBOOK)
    assert case.document_ids[0] == document_id_of(name)


@settings(max_examples=10, deadline=None)
@given(st.permutations(["one", "two", "three", "four"]))
def test_the_order_of_the_documents_does_not_matter(order: list[str]) -> None:
    texts = {
        "one": ("river", 30),
        "two": ("river", 12),
        "three": ("lake", 20),
        "four": ("river", 9),
    }
    readings = [story(name, *texts[name]) for name in order]
    expected = [story(name, *texts[name]) for name in sorted(order)]
    assert build_cases(readings, CODEBOOK) == build_cases(expected, CODEBOOK)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Domestic Homicide Review: the death of “Noreen” in May 2022", "noreen-may-2022"),
        ("Overview Report", "overview-report"),
        ("Serious Case Review: Kit & Wren", "kit-wren"),
        ("Zoë's story ../../etc", "zoes-story-etc"),
        ("???", "case"),
        ("x" * 90, "x" * 40),
    ],
)  # fmt: skip
def test_a_case_is_named_by_what_is_particular_to_its_title(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_two_cases_never_share_an_id() -> None:
    same_start = [story("one", "river"), story("two", "lake")]
    shared = "abcdef"
    renamed = [
        replace(made, document=replace(made.document, document_id=f"{shared}{i}", title="Maya"))
        for i, made in enumerate(same_start)
    ]
    cases = build_cases(renamed, CODEBOOK)
    assert [case.case_id for case in cases] == ["maya-abcdef0", "maya-abcdef1"]


def test_settings_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="shares must rise"):
        LinkSettings(min_shared=0.05)
