"""Every command has help, says what to do next, and ends with the documented exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from papers import write_review
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.codebook import default_codebook_path

COMMANDS = (
    ["init"], ["add"], ["run"], ["status"], ["show"], ["report"], ["verify"], ["evaluate"],
    ["suggest"], ["edit"], ["import", "cases"], ["agreement"], ["decisions"], ["sample"],
    ["estimate"], ["topics"], ["compare"],
    ["adjudicate", "list"], ["adjudicate", "apply"], ["adjudicate", "feedback"], ["gold", "lock"],
    ["gold", "check"], ["import", "passages"], ["codebook", "check"],
    ["codebook", "list"], ["codebook", "show"], ["codebook", "diff"],
)  # fmt: skip
runner = CliRunner()


def workbench(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does, in a process of its own."""
    command = [sys.executable, "-m", "workbench", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    result = runner.invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output


def test_help_documents_the_exit_codes() -> None:
    output = runner.invoke(app, ["--help"]).output
    assert all(f"{code} " in output for code in (0, 1, 2, 3, 4, 130))


def test_every_command_is_in_the_documentation() -> None:
    pages = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parents[2].glob("docs/*.md")
    )
    assert [command for command in COMMANDS if f"workbench {' '.join(command)}" not in pages] == []


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys, workbench.cli.app; "
        "print([name for name in ('spacy', 'sqlalchemy', 'matplotlib', 'pandas', 'sklearn', "
        "'torch', 'statsmodels') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.slow
def test_a_user_gets_from_a_pdf_to_a_checked_report(tmp_path: Path) -> None:
    root = tmp_path / "work"
    assert workbench("init", root, "--title", "Fictional reviews").returncode == 0
    added = workbench("add", "-w", root, write_review(tmp_path / "maren.pdf"))
    assert "new: 1" in added.stdout
    assert "next: workbench run" in added.stdout
    done = workbench("run", "-w", root, "--json")
    assert json.loads(done.stdout)["documents"] == {"ok": 1}
    status = workbench("status", "-w", root)
    assert "documents: 1 ok" in status.stdout
    shown = workbench("show", "maren", "-w", root)
    assert "alcohol_misuse / perpetrator: present" in shown.stdout
    verified = workbench("verify", "-w", root, "--sample", "20")
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.slow
def test_a_bad_file_ends_with_3_when_asked_to_be_strict(tmp_path: Path) -> None:
    root = tmp_path / "work"
    workbench("init", root)
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"<html>not found</html>")
    workbench("add", "-w", root, bad)
    done = workbench("run", "-w", root, "--strict")
    assert done.returncode == 3
    assert "needs attention: bad.pdf: [102]" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["run", "-w", "{tmp}/none"], "is not a workspace", id="no workspace"),
        pytest.param(["add", "-w", "{tmp}", "{tmp}/none.pdf"], "does not exist", id="no file"),
        pytest.param(["codebook", "show", "nonsense"], "is not a code", id="no code"),
        pytest.param(["codebook", "check", "{tmp}/none.yaml"], "cannot be read", id="no file"),
        pytest.param(["evaluate", "--truth", "{tmp}"], "'pdf' and 'truth'", id="no truth"),
    ],
)
def test_an_error_is_one_message_without_a_traceback(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    result = workbench(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert result.returncode == 1
    assert result.stderr.startswith("error: ")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_command_that_is_not_understood_ends_with_2() -> None:
    assert runner.invoke(app, ["nonsense"]).exit_code == 2


def test_a_code_is_shown_with_its_definition() -> None:
    result = runner.invoke(app, ["codebook", "show", "school_exclusion"])
    assert "Definition" in result.output
    assert "school_exclusion" in result.output


def test_codes_can_be_listed_as_json() -> None:
    result = runner.invoke(app, ["codebook", "list", "--json"])
    assert len(json.loads(result.output)) == 66


def test_equal_codebooks_do_not_differ() -> None:
    path = str(default_codebook_path())
    assert "The codes are the same" in runner.invoke(app, ["codebook", "diff", path, path]).output


@pytest.mark.slow
def test_a_page_is_drawn_and_the_extraction_checked(tmp_path: Path) -> None:
    root, out = tmp_path / "work", tmp_path / "page.html"
    workbench("init", root)
    workbench("add", "-w", root, write_review(tmp_path / "maren.pdf"))
    assert workbench("run", "-w", root).returncode == 0
    drawn = workbench("show", "maren", "--page", "1", "--out", out, "-w", root)
    assert drawn.stdout.strip() == str(out)
    assert "data:image/png;base64," in out.read_text(encoding="utf-8")
    missing = workbench("show", "maren", "--page", "99", "-w", root)
    assert (missing.returncode, "there is no page 99" in missing.stderr) == (1, True)
    checked = workbench("verify", "--extraction", "-w", root, "--json")
    (found,) = json.loads(checked.stdout)["documents"]
    assert found["file_name"] == "maren.pdf"
    assert found["shares"]["words"]["share"] == 1.0
    assert "maren.pdf" in workbench("verify", "--extraction", "-w", root).stdout
