"""The table of labelled cases: what is read, and every problem at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import LabelsError
from workbench.findings import LabelledCase, read_labelled_cases
from workbench.records import SubjectRole

HEAD = "case_id,code_id,subject_role,present,inclusion_probability\n"
CASES, CODES = {"a", "b"}, {"alcohol_misuse"}


def read(folder: Path, text: str) -> tuple[LabelledCase, ...]:
    path = folder / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return read_labelled_cases(path, CASES, CODES)


def test_a_label_says_what_it_says(tmp_path: Path) -> None:
    one, other = read(
        tmp_path, HEAD + "a,alcohol_misuse,any,yes,0.25\nb,alcohol_misuse,victim,no,\n"
    )
    assert (one.subject_role, one.present, one.inclusion_probability) == (None, True, 0.25)
    assert (other.subject_role, other.present) == (SubjectRole.VICTIM, False)
    assert other.inclusion_probability is None


def test_every_problem_is_named_with_its_line(tmp_path: Path) -> None:
    lines = [
        "z,alcohol_misuse,any,yes,1",
        "a,luck,nobody,perhaps,2",
        "a,alcohol_misuse,any,yes,",
        "a,alcohol_misuse,any,no,",
        "a,alcohol_misuse",
        "b,alcohol_misuse,any,yes,often",
    ]
    with pytest.raises(LabelsError) as caught:
        read(tmp_path, HEAD + "\n".join(lines) + "\n")
    problems = "\n".join(caught.value.problems)
    for expected in (
        "line 2: no case is called 'z'",
        "line 3: the codebook has no code 'luck'",
        "line 3: 'nobody' is no role",
        "line 3: present is 'perhaps'",
        "line 3: inclusion_probability is '2'",
        "line 5: a alcohol_misuse any is labelled twice",
        "line 6: has not 5 cells",
        "line 7: inclusion_probability is 'often'",
    ):
        assert expected in problems
    assert len(caught.value.problems) == 8


def test_unknown_and_missing_columns_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(LabelsError) as caught:
        read(tmp_path, "case_id,code_id,role,present\na,alcohol_misuse,any,yes\n")
    assert len(caught.value.problems) == 3


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabelsError, match="no CSV file"):
        read_labelled_cases(path, CASES, CODES)
