"""The people of several documents of one case: a name that one of them has taken out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_making import person

from workbench.cases.people import merge_people
from workbench.records import Person, SubjectRole

KILLER = SubjectRole.PERPETRATOR


def in_copy(name: str, number: int = 1, **more: object) -> Person:
    made = person(name, "copy", person_id=f"P{number}", role=KILLER)
    return replace(made, **more)  # type: ignore[arg-type]


def in_full(name: str, number: int = 1, **more: object) -> Person:
    return replace(in_copy(name, number, **more), document_id="f" * 64)


@pytest.mark.parametrize(
    ("full", "copy", "expected"),
    [
        pytest.param([in_full("Dale Orm")], [in_copy("Mr [redacted]")], ["Dale Orm"],
                     id="the only one of the role"),
        pytest.param([in_full("Dale Orm")], [in_copy("\u2588\u2588\u2588")], ["Dale Orm"],
                     id="under a black box"),
        pytest.param([in_full("Dale Orm"), in_full("Cal Orm", 2)], [in_copy("Mr [redacted]")],
                     ["Dale Orm", "Cal Orm", "Mr [redacted]"], id="one of two: not which"),
        pytest.param([in_full("Dale Orm"), in_full("Cal Orm", 2)],
                     [in_copy("Mr [redacted]"), in_copy("Dale Orm", 2)], ["Dale Orm", "Cal Orm"],
                     id="the one whom no name has found"),
        pytest.param([in_full("Dale Orm", age_years=30)], [in_copy("[Redacted]", age_years=50)],
                     ["Dale Orm", "[Redacted]"], id="another age"),
        pytest.param([in_full("Dale Orm")], [in_copy("XXXX", role=SubjectRole.SIBLING)],
                     ["Dale Orm", "XXXX"], id="another role"),
        pytest.param([in_full("Dale Orm")], [in_copy("Mr Smith")], ["Dale Orm", "Mr Smith"],
                     id="another name"),
    ],
)  # fmt: skip
def test_a_name_that_was_taken_out_is_the_only_one_it_can_be(
    full: list[Person], copy: list[Person], expected: list[str]
) -> None:
    merged = merge_people([full, copy])
    assert [each.name for each in merged] == expected
    found = [each for each in merged if each.same_as]
    assert sum(len(each.same_as) for each in found) == len(full) + len(copy) - len(expected)
