"""The command that measures agreement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import InputError

runner = CliRunner()


def write_tables(folder: Path) -> list[str]:
    for name, missed in (("anna", ()), ("ben", (0, 4))):
        rows = [f"d{at},u1,{'' if at in missed else 'debt'}" for at in range(6)]
        rows += [f"d{at},u2," for at in range(6)]
        (folder / f"{name}.csv").write_text("document,unit,code\n" + "\n".join(rows), "utf-8")
    return [str(folder / "anna.csv"), str(folder / "ben.csv")]


def test_agreement_of_two_files_is_printed_and_written(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    result = runner.invoke(
        app, ["agreement", *write_tables(tmp_path), "--csv", str(target), "--resamples", "200"]
    )
    assert result.exit_code == 0
    assert "# Agreement of anna, ben" in result.output
    assert "another does so in 80 of 100" in result.output
    assert target.read_text("utf-8").startswith(
        "level,code,measure,value,low,high,prevalence_value"
    )


def test_agreement_as_a_page_runs_nothing_and_loads_nothing(tmp_path: Path) -> None:
    target = tmp_path / "agreement.html"
    files = write_tables(tmp_path)
    evil = tmp_path / "<b>.csv"
    evil.write_text((tmp_path / "ben.csv").read_text("utf-8").replace("debt", "<script>"), "utf-8")
    asked = ["agreement", files[0], str(evil), "--html", str(target), "--resamples", "200"]
    assert runner.invoke(app, asked).exit_code == 0
    page = target.read_text("utf-8")
    assert "<h1>Agreement of &lt;b&gt;, anna</h1>" in page
    assert "<script" not in page
    assert "src=" not in page.replace("default-src", "").replace("style-src", "")
    assert "Did both mark the code in the same segment?".casefold() in page.casefold()


def test_agreement_as_json_can_be_read_by_scripts(tmp_path: Path) -> None:
    result = runner.invoke(
        app, ["agreement", *write_tables(tmp_path), "--json", "--resamples", "200"]
    )
    found = json.loads(result.stdout)
    assert found["coders"] == ["anna", "ben"]
    assert found["figures"][1]["measures"]["positive_agreement"]["value"] == pytest.approx(0.8)


def test_units_are_planned_before_anything_is_coded() -> None:
    result = runner.invoke(app, ["agreement", "--plan", "0.7,0.1", "--width", "0.2"])
    # Bloch and Kraemer (1989): 0.3 (0.3 x -0.4 + 0.7 x 1.3 / 0.18) = 1.4807; x 1.96^2 / 0.1^2.
    assert result.output == "units that two coders have to code: 569\n"
    for wrong in ("0.7", "x,y", "2,0.1", "0.7,0"):
        failed = runner.invoke(app, ["agreement", "--plan", wrong])
        assert isinstance(failed.exception, InputError)
        assert "give the kappa and the prevalence" in str(failed.exception)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--unit", "id"], "go with --ratings", id="unit without ratings"),
        pytest.param(["--width", "0"], "above 0", id="width"),
        pytest.param(["--workspace", "nowhere"], "cannot be read", id="no workspace"),
    ],
)
def test_options_that_make_no_sense_say_so(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    result = runner.invoke(app, ["agreement", *write_tables(tmp_path), *arguments])
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)
