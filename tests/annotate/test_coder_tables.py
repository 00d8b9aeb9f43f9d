"""Reading tables of coders' work; every problem is named with its line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from coder_work import write

from workbench.annotate.agreement import CodedUnit, Mark
from workbench.annotate.doors.coder_tables import read_codings
from workbench.annotate.doors.rating_tables import RatingColumns, read_ratings
from workbench.errors import CoderTableError, InputError


def test_rows_of_one_unit_are_taken_together(tmp_path: Path) -> None:
    path = write(
        tmp_path / "codings.csv",
        "Coder,document,case,unit,code,start_char,end_char,length,assertion,role,date\n"
        "A,d1,c1,u1,debt,0,4,20,affirmed,parent_carer,2026-02-03\n"
        "A,d1,c1,u1,gambling,,,20,,,2026-02-05\n"
        "B,d1,c1,u1,,,,20,,,2026-02-04T10:11:12\n",
    )
    marks = (
        Mark(code_id="debt", start_char=0, end_char=4, assertion="affirmed",
             subject_role="parent_carer"),
        Mark(code_id="gambling"),
    )  # fmt: skip
    assert read_codings([path]) == (
        CodedUnit(coder="A", document_id="d1", unit_id="u1", case_id="c1", marks=marks,
                  coded_on=date(2026, 2, 5), n_chars=20),
        CodedUnit(coder="B", document_id="d1", unit_id="u1", case_id="c1", marks=(),
                  coded_on=date(2026, 2, 4), n_chars=20),
    )  # fmt: skip


def test_gold_files_of_two_coders_can_be_given_as_they_are(tmp_path: Path) -> None:
    text = "He owed 🙂 money. He owed more."
    line = {"id": 7, "doc": "d1", "text": text, "codings": [{"code": "debt", "quote": "owed 🙂"}]}
    one = write(tmp_path / "anna.jsonl", json.dumps(line) + "\n\n")
    other = write(tmp_path / "ben.jsonl", json.dumps({**line, "codings": []}))
    anna, ben = read_codings([one, other])
    assert (anna.coder, ben.coder, ben.marks) == ("anna", "ben", ())
    (found,) = anna.marks
    assert text[found.start_char : found.end_char] == "owed 🙂"
    assert anna.n_chars == len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("", "is empty", id="empty"),
        pytest.param("unit,code\n", "holds no row", id="heading only"),
        pytest.param("unit,theme\nu1,debt\n", "no column code", id="no code column"),
        pytest.param("unit,code\n,debt\n", "line 2: has no unit", id="no unit"),
        pytest.param("unit,code\nu1,debt,x\n", "line 2: has 3 cells", id="too many cells"),
        pytest.param(
            "unit,code,date\nu1,debt,3.2.2026\n", "'3.2.2026' is no date such as", id="date"
        ),
        pytest.param(
            "unit,code,start,end\nu1,debt,x,4\n", "start_char 'x' is no whole number", id="offset"
        ),
        pytest.param("unit,code,start,end\nu1,debt,4,4\n", "are no passage", id="empty passage"),
        pytest.param("unit,code,start,end\nu1,debt,4,\n", "are no passage", id="no end"),
        pytest.param(
            "unit,code,start,end,length\nu1,debt,0,9,5\n", "has 5 characters", id="beyond the end"
        ),
        pytest.param(
            "unit,code\nu1,debt\nu1,\n", "line 3 says that nothing was found", id="contradiction"
        ),
        pytest.param(
            "unit,code\nu1,Debt\nu2,debt\n", "'Debt' and 'debt' are probably the same", id="alike"
        ),
    ],
)
def test_a_csv_that_cannot_be_used_is_named_with_its_problem(
    tmp_path: Path, text: str, words: str
) -> None:
    path = write(tmp_path / "codings.csv", text)
    with pytest.raises(InputError, match=words) as caught:
        read_codings([path])
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("{", "line 1: is no JSON", id="broken"),
        pytest.param("[1]", "holds no JSON object", id="list"),
        pytest.param('{"id": 1}', "has no list 'codings'", id="no codings"),
        pytest.param('{"codings": []}', "has no 'id'", id="no id"),
        pytest.param('{"id": 1, "codings": [{}]}', "has no 'code'", id="no code"),
        pytest.param(
            '{"id": 1, "text": "abc", "codings": [{"code": "x", "quote": "z"}]}',
            "'z' does not occur", id="quote",
        ),
        pytest.param(
            '{"id": 1, "codings": []}\n{"id": 1, "codings": []}', "twice", id="unit twice"
        ),
    ],
)  # fmt: skip
def test_json_lines_that_cannot_be_used_are_named(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(CoderTableError, match=words):
        read_codings([write(tmp_path / "codings.jsonl", line)])


def test_two_coders_must_have_had_the_same_text(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{name}.jsonl", json.dumps({"id": 1, "text": text, "codings": []}))
        for name, text in (("a", "He owed."), ("b", "He owed. "))
    ]
    with pytest.raises(CoderTableError, match="its text is not the one that another coder had"):
        read_codings(paths)


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "c.csv", "unit,code,date\n,debt,\nu1,debt,tomorrow\n")
    with pytest.raises(CoderTableError) as caught:
        read_codings([path])
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        pytest.param(b"unit,code\n\xff,x\n", "c.csv", "Save it as UTF-8", id="not UTF-8"),
        pytest.param(b"unit", "c.txt", "must end in .csv or .jsonl", id="other kind"),
    ],
)
def test_a_file_of_another_kind_is_refused(
    tmp_path: Path, content: bytes, name: str, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_codings([tmp_path / name])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.csv: cannot be read"):
        read_codings([tmp_path / "nothing.csv"])


def test_a_table_of_ratings_is_read_by_its_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", "Id,R1,R2,When\nx,Yes,,2026-02-03\ny,No,No,\n")
    columns = RatingColumns(coders=("R1", "R2"), unit="Id", date="When")
    table = read_ratings(path, columns)
    assert table.values == (("Yes", ""), ("No", "No"))
    assert (table.unit_ids, table.dates) == (("x", "y"), (date(2026, 2, 3), None))


@pytest.mark.parametrize(
    ("text", "coders", "words"),
    [
        pytest.param(
            "id,r1\nx,Yes\n", ("r1", "r2"), "no column 'r2'; there are: id, r1", id="column"
        ),
        pytest.param("id,r1\nx,Yes\n", ("r1",), "two columns of ratings", id="one coder"),
        pytest.param("id,r1,r2\n", ("r1", "r2"), "holds no row", id="no row"),
        pytest.param(
            "id,r1,r2\nx,1,1\nx,1,1\n", ("r1", "r2"), "'x' has more than one row", id="twice"
        ),
    ],
)
def test_a_table_of_ratings_that_cannot_be_used_is_named(
    tmp_path: Path, text: str, coders: tuple[str, ...], words: str
) -> None:
    path = write(tmp_path / "r.csv", text)
    with pytest.raises(CoderTableError, match=words):
        read_ratings(path, RatingColumns(coders=coders, unit="id"))
