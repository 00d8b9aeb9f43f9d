"""Passages coded in other programs, taken in as decisions."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from decided_workspace import make_workspace
from decision_making import DOCUMENT, PARTS, TEXT
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import CoderTableError, InputError
from workbench.pipeline.annotation.importing import ImportOptions, code_map_csv, import_passages
from workbench.records import Action, Assertion, Decision, Shown, SubjectRole
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace

runner = CliRunner()
MOMENT = "2026-03-01T08:00:00+00:00"
BY_ANNA = ImportOptions(coder="anna", decided_at=MOMENT)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "work")


def write_csv(path: Path, *rows: str, heading: str = "document,code,quote") -> Path:
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


def stored(root: Path) -> tuple[Decision, ...]:
    with Workspace.open(root) as workspace:
        return read_decisions(workspace)


def test_a_table_becomes_decisions_with_exact_offsets(root: Path, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "c.csv",
        'maren.pdf,alcohol_misuse,"Maren\'s mother  drank",ben,suspected,2026-02-01T09:00:00Z,odd',
        "MAREN,School exclusion,excluded Maren,,,,",
        heading="Document,Code,Quote,Coder,Assertion,Date,Memo",
    )
    done = import_passages(root, path, BY_ANNA)
    assert (done.n_passages, done.n_anchored, done.n_alike, done.n_new) == (2, 2, 1, 2)
    first, second = stored(root)
    assert TEXT[first.start_char : first.end_char] == first.text == "Maren’s mother drank"
    assert (first.coder, first.assertion, first.reason) == ("ben", Assertion.SUSPECTED, "odd")
    assert first.decided_at == "2026-02-01T09:00:00+00:00"
    assert (first.action, first.shown, first.design) == (Action.ADD, Shown.BLIND, "import:c.csv")
    assert (second.code_id, second.coder) == ("school_exclusion", "anna")
    assert (second.decided_at, second.segment) == (MOMENT, 1)


def test_a_second_import_adds_nothing(root: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", "maren,alcohol_misuse,drank heavily")
    assert import_passages(root, path, BY_ANNA).n_new == 1
    assert import_passages(root, path, BY_ANNA).n_new == 0


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param("maren,alcohol_misuse,drank gin,,", "does not occur", id="words"),
        pytest.param("other,alcohol_misuse,drank heavily,,", "not in the workspace", id="document"),
        pytest.param("maren,drinking,drank heavily,,", "'drinking' is not matched", id="code"),
        pytest.param("maren,alcohol_misuse,drank heavily,9,", "not on that page", id="page"),
        pytest.param(
            "maren,alcohol_misuse,drank heavily,,certain", "'certain' is none of", id="word"
        ),
    ],
)
def test_what_cannot_be_anchored_is_left_out_with_the_reason(
    root: Path, tmp_path: Path, row: str, problem: str
) -> None:
    good = "maren,school_exclusion,excluded Maren,,"
    path = write_csv(tmp_path / "c.csv", row, good, heading="document,code,quote,page,assertion")
    done = import_passages(root, path, BY_ANNA)
    assert done.n_new == 1
    (left,) = done.not_anchored
    assert left.passage.where == "line 2"
    assert problem in left.problem


@pytest.mark.parametrize(
    ("rows", "heading", "words"),
    [
        pytest.param(["a,b"], "document,code", "has no column quote", id="column"),
        pytest.param(["m,,drank"], "document,code,quote", "line 2: has no code", id="no code"),
        pytest.param(["m,c,q,x"], "document,code,quote,page", "a number \\('x'", id="page"),
        pytest.param([], "document,code,quote", "holds no row", id="no row"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    root: Path, tmp_path: Path, rows: list[str], heading: str, words: str
) -> None:
    path = write_csv(tmp_path / "c.csv", *rows, heading=heading)
    with pytest.raises(CoderTableError, match=words):
        import_passages(root, path, BY_ANNA)


def test_somebody_must_have_coded_it(root: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", "maren,alcohol_misuse,drank heavily")
    with pytest.raises(InputError, match="--coder NAME"):
        import_passages(root, path, ImportOptions(decided_at=MOMENT))


def test_a_spreadsheet_is_read_as_people_save_it(root: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Document name", "Codename", "Coded text", "Page", "Date", None])
    sheet.append(["maren.pdf", "alcohol misuse", "drank heavily", 1, datetime(2026, 2, 3), "x"])
    sheet.append([None] * 5)
    sheet.append(["maren.pdf", "School exclusion", "wrong words", 1.0, None])
    book.save(tmp_path / "c.xlsx")
    done = import_passages(root, tmp_path / "c.xlsx", BY_ANNA)
    (decision,) = stored(root)
    assert (decision.text, decision.decided_at) == ("drank heavily", "2026-02-03T00:00:00+00:00")
    (left,) = done.not_anchored
    assert left.passage.where == "line 4"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("c.xlsx", b"not a spreadsheet", "is no ZIP archive"),
        ("c.ods", b"", "must end in .csv or .xlsx"),
        ("c.qdc", b"<CodeBook/>", "is a codebook without passages"),
    ],
)
def test_other_files_are_refused(
    root: Path, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        import_passages(root, tmp_path / name, BY_ANNA)


def test_codes_are_matched_by_hand_through_a_table(root: Path, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "c.csv", "maren,Drinking,drank heavily", "maren,School exclusion,twice"
    )
    assert code_map_csv(path, root).splitlines()[1:] == [
        "Drinking,,,", "School exclusion,school_exclusion,,",
    ]  # fmt: skip
    codes = write_csv(tmp_path / "m.csv", "Drinking,alcohol_misuse", heading="theirs,ours")
    done = import_passages(root, path, ImportOptions(coder="anna", decided_at=MOMENT, codes=codes))
    assert (done.n_new, done.unmatched_codes) == (2, ())
    write_csv(codes, "Drinking,gin", heading="theirs,ours")
    with pytest.raises(CoderTableError, match="'gin' is not a code of the codebook"):
        import_passages(root, path, ImportOptions(coder="anna", decided_at=MOMENT, codes=codes))


def test_coders_who_read_to_the_end_can_be_compared(root: Path, tmp_path: Path) -> None:
    one = write_csv(tmp_path / "a.csv", "maren,alcohol_misuse,drank heavily")
    other = write_csv(tmp_path / "b.csv", "maren,school_exclusion,excluded Maren")
    for path, coder in ((one, "anna"), (other, "ben")):
        asked = ImportOptions(coder=coder, decided_at=MOMENT, complete=True)
        assert import_passages(root, path, asked).n_new == 1 + len(PARTS)
    result = runner.invoke(app, ["agreement", "-w", str(root)])
    assert "3 units of 1 documents" in result.output


def test_a_dry_run_takes_nothing_in(root: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", "maren,alcohol_misuse,drank heavily")
    result = runner.invoke(
        app, ["import", "passages", str(path), "-w", str(root), "--coder", "a", "--dry-run"]
    )
    assert result.exit_code == 0, result.output
    assert "anchored: 1" in result.output
    assert stored(root) == ()


def test_the_command_reports_what_was_left_out_and_ends_with_3(root: Path, tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "c.csv", "maren,gin,drank heavily", "maren,alcohol_misuse,drank heavily"
    )
    report = tmp_path / "left.csv"
    asked = [
        "import",
        "passages",
        str(path),
        "-w",
        str(root),
        "--coder",
        "anna",
        "--report",
        str(report),
    ]
    result = runner.invoke(app, asked)
    assert result.exit_code == 3
    assert "codes without a match: gin" in result.output
    with report.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["where"] == "line 2"


def test_the_role_is_the_only_one_that_the_code_can_have(root: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", "maren,ap_information_sharing,did not share information")
    import_passages(root, path, BY_ANNA)
    (decision,) = stored(root)
    assert (decision.document_id, decision.subject_role) == (DOCUMENT, SubjectRole.AGENCY)
