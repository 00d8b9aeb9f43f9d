"""Many patterns looked up by their first letters find what trying all of them finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.cases.journey.kinds import agency_kinds
from workbench.cases.journey.lookup import first_letters, lookup
from workbench.cases.register.likeness import likeness, same_groups, weights_of

PATTERNS = ("housing (?:team|officer)s?", "(?:home )?hub", "hous(?:ing|e)", "[hg]ps?", "hv\\d")
WORDS = ("housing", "team", "officers", "home", "hub", "house", "gp", "hp", "hv1", "rehousing",
         "teams", "a", "hub-bub", "gps", "’s")  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("gps?", {"gp"}),
        ("a&e", {"a&"}),
        ("(?:community |adult )?nurse", {"co", "ad", "nu"}),
        ("(?:(?:city |county )+)?council", {"ci", "co"}),
        ("[Pp]olice", {"Po", "po"}),
        ("sw\\d", {"sw"}),
        ("(?:^|(?<= ))Acute Trust", {"Ac"}),
        ("(?:foo|bar)(?: \\w+)? trust", {"fo", "ba"}),
        ("a?bc", {"ab", "bc"}),
        ("x(?:y|z)\\w+", {"xy", "xz"}),
    ],
)
def test_the_first_letters_of_a_pattern(pattern: str, letters: set[str]) -> None:
    assert first_letters(pattern) == letters


@pytest.mark.parametrize("pattern", ["\\w+ team", ".x", "a", "ab?", "(?:ab", "[a-z]b", "(?:a|bc)?"])
def test_a_pattern_that_can_begin_with_anything_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"letter|bracket"):
        first_letters(pattern)


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_it_finds_what_one_pattern_of_all_finds(text: str) -> None:
    tried = "|".join(f"(?P<p{place}>{each})" for place, each in enumerate(PATTERNS))
    whole = re.compile(rf"(?<![\w’'-])(?:{tried})(?![\w-])")
    wanted = [(int((m.lastgroup or "")[1:]), m.span()) for m in whole.finditer(text)]
    found = lookup(PATTERNS)
    assert [(place, match.span()) for place, match in found.finditer(text)] == wanted
    assert found.places(text) >= {place for place, _ in wanted}


def test_every_kind_of_agency_is_found_by_its_general_words() -> None:
    kinds = agency_kinds()
    found = {
        general.kind_id
        for text in ("The police, a GP, the MASH, her social worker, SW1 and A&E rang housing.",)
        for general in kinds.general_words(text)
    }
    assert found == {
        "police", "primary_care", "childrens_social_care", "social_care", "acute_hospital",
    }  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6), max_size=12),
    st.sampled_from((0.2, 0.34, 0.5, 0.75, 1.0)),
)
def test_no_two_texts_alike_are_passed_over(texts: list[list[str]], least: float) -> None:
    weights = weights_of(texts)
    group_of = {place: n for n, group in enumerate(same_groups(texts, least)) for place in group}
    for left in range(len(texts)):
        for right in range(left):
            if likeness(texts[left], texts[right], weights) >= least:
                assert group_of[left] == group_of[right]
