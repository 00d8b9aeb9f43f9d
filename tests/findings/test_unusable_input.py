"""Input without a statistic: suppressed numbers, contradictions, one case, cases all alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from finding_making import CODEBOOK, corpus, findings_of, made_case, passage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import LabelsError, PopulationsError
from workbench.findings import read_labelled_cases, read_populations, recount_problems
from workbench.records import SubjectRole

CODES = [code.code_id for code in CODEBOOK.factors[:6]]
GROUPS = {"area": {"c00": "A0", "c01": "A1"}}
HEAD = "case_id,code_id,subject_role,present,inclusion_probability\n"
IN_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
#: Marks of ONS, NHS Digital and the Office for Students for numbers that are not given.
SUPPRESSED = ("*", "..", ":", "-", "c", "[c]", "(c)", "x", "[x]", "z", "[u]", "<5", "< 10", "≤7",
              "1-7", "1 to 7", "5–9", "fewer than 10", "under 20", "suppressed", "n/a")  # fmt: skip


def populations(folder: Path, text: str) -> list[str]:
    """The problems of a table of populations; empty when there is none."""
    path = folder / "populations.csv"
    path.write_text(f"grouping,group,population\n{text}", encoding="utf-8")
    try:
        read_populations(path, GROUPS)
    except PopulationsError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize("mark", SUPPRESSED)
def test_a_suppressed_population_is_refused_as_what_it_is(tmp_path: Path, mark: str) -> None:
    problems = populations(tmp_path, f"area,A0,{mark}\narea,A1,7\n")
    assert problems[0].startswith(f"line 2: population is {mark!r}: a suppressed number")


@IN_FOLDER
@given(st.lists(st.sampled_from([*SUPPRESSED, "0", "-3", "many", "nan", "inf", ""]), min_size=2,
                max_size=2))  # fmt: skip
def test_no_mark_ever_becomes_a_denominator(tmp_path: Path, cells: list[str]) -> None:
    text = "".join(f"area,A{place},{cell}\n" for place, cell in enumerate(cells))
    problems = populations(tmp_path, text)
    assert [p for p in problems if p.startswith("line 2: population is")]
    assert [p for p in problems if p.startswith("line 3: population is")]


@IN_FOLDER
@given(st.lists(st.integers(1, 10**8), min_size=2, max_size=2))
def test_every_number_of_people_is_taken(tmp_path: Path, sizes: list[int]) -> None:
    text = "".join(f"area,A{place},{size}\n" for place, size in enumerate(sizes))
    assert populations(tmp_path, text) == []


def test_decisions_that_contradict_one_another_are_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(
        f"{HEAD}a,{CODES[0]},any,no,\na,{CODES[0]},victim,yes,\na,{CODES[0]},perpetrator,yes,\n"
        f"b,{CODES[0]},any,yes,\nb,{CODES[0]},victim,no,\n"
        f"c,{CODES[0]},any,no,\nc,{CODES[0]},victim,no,\n",
        encoding="utf-8",
    )
    with pytest.raises(LabelsError) as raised:
        read_labelled_cases(path, {"a", "b", "c"}, set(CODES))
    assert raised.value.problems == (
        f"a {CODES[0]}: present is 'no' for any role, but 'yes' for victim, perpetrator: settle it "
        "first",
    )


def compared(made: Mapping[str, object]) -> set[str]:
    """The findings that compare or test something."""
    patterns = r"(group|typology|rate|concentration|corrected|labelled|placed)-"
    return {name for name in made if re.match(patterns, name)}


def test_one_case_is_described_and_nothing_is_tested() -> None:
    cases, codings = corpus({code: ["c00"] for code in CODES}, 1)
    made = findings_of(cases, codings, groups={"area": {"c00": "A0"}})
    assert compared(made) == set()
    assert all(each.p_value is None and each.q_value is None for each in made.values())
    assert made[f"prevalence-present-{CODES[0]}-any"].numerator == 1
    low = made[f"prevalence-present-{CODES[0]}-any"].low
    assert low is not None
    assert low < 0.25  # one of one is no certainty
    assert recount_problems(tuple(made.values()), cases, codings) == ()


@pytest.mark.parametrize("have", [True, False], ids=["all have all", "none has any"])
def test_cases_that_are_all_alike_show_no_pattern(have: bool) -> None:
    names = [f"c{n:02d}" for n in range(30)]
    cases, codings = corpus({code: names if have else [] for code in CODES}, 30)
    given_groups = {"area": {name: f"A{n % 2}" for n, name in enumerate(names)}}
    made = findings_of(cases, codings, groups=given_groups)
    assert not [name for name in compared(made) if name.startswith("typology")]
    assert all(each.p_value is None for each in made.values())
    assert not [each for each in made.values() if dict(each.statistics).get("survives")]
    assert recount_problems(tuple(made.values()), cases, codings) == ()


def test_groups_of_nobody_and_groups_without_a_name_are_left_out() -> None:
    cases, codings = corpus({CODES[0]: ["c00", "c01", "c02"]}, 12)
    area = {case.case_id: ("" if n < 2 else f"A{n % 2}") for n, case in enumerate(cases)}
    made = findings_of(cases, codings, groups={"area": area, "empty": {}})
    sizes = {n: each.numerator for n, each in made.items() if each.measure == "group"}
    assert sizes == {"group-area-a0": 5, "group-area-a1": 5}
    assert all(each.denominator == 10 for each in made.values() if each.measure == "group")


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(CODES[:4]), st.sampled_from(list(SubjectRole)[:3])),
                 max_size=4, unique=True),
        min_size=2, max_size=9,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_every_finding_is_the_same_whatever_the_order_of_cases(
    drawn: list[list[tuple[str, SubjectRole]]], random: object
) -> None:
    cases, codings = [], []
    for number, marks in enumerate(drawn):
        found = [
            passage(f"c{number}", code, 10 * place, role=role)
            for place, (code, role) in enumerate(marks)
        ]
        cases.append(made_case(f"c{number}", found, n_words=100 + number))
        codings += found
    groups = {"area": {case.case_id: f"A{n % 2}" for n, case in enumerate(cases)}}
    shuffled = list(cases)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert findings_of(cases, codings, groups=groups) == findings_of(
        shuffled, codings[::-1], groups=dict(reversed(groups.items()))
    )
