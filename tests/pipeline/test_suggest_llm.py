"""A language model beside the rules: its codings are told apart, its failures cost nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from llm_stub import answering, record, sending, serving
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.learn.llm import LlmSettings
from workbench.pipeline.suggesting import Suggested, SuggestSettings, suggest

TEXT = "First.\n\nChild A was permanently excluded from school. Nobody asked him why."
ASKED = record("ap_voice", "Nobody asked him why", subject_role="agency", valence="negative")


def run(folder: Path, url: str, n: int = 1) -> tuple[Suggested, list[dict[str, Any]]]:
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps({"id": at, "text": TEXT}) + "\n" for at in range(n)))
    llm = LlmSettings(
        url=url, model="m", n_tries=1, wait_s=0.0, timeout_s=5.0, codes_per_request=62,
        max_failures=1,
    )  # fmt: skip
    done = suggest(source, target, settings=SuggestSettings(llm=llm, model="none"))
    return done, [json.loads(line) for line in target.read_text().splitlines()]


def by_source(line: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [coding for coding in line["codings"] if coding["source"].startswith(kind)]


def test_codings_of_the_model_stand_beside_those_of_the_rules(tmp_path: Path) -> None:
    with serving(answering(ASKED)) as server:
        done, (line,) = run(tmp_path, server.url)
    (voice,) = by_source(line, "llm:m@")
    assert (voice["code"], voice["quote"]) == ("ap_voice", "Nobody asked him why")
    assert TEXT[voice["start_char"] : voice["end_char"]] == voice["quote"]
    assert "school_exclusion" in {coding["code"] for coding in by_source(line, "rule:")}
    assert " and llm:m@" in done.coder


def test_what_the_model_invents_is_noted_and_left_out(tmp_path: Path) -> None:
    with serving(answering(record("ap_voice", "nobody ever spoke with him"))) as server:
        done, (line,) = run(tmp_path, server.url)
    assert by_source(line, "llm:") == []
    assert line["notes"] == ["llm: ap_voice: the quote does not stand in the passage"]
    assert done.notes == ("line 1: llm: ap_voice: the quote does not stand in the passage",)


def test_without_its_server_the_rules_code_everything_and_it_is_said(tmp_path: Path) -> None:
    with serving(sending(b"", 500)) as server:
        _, lines = run(tmp_path, server.url, n=3)
        assert len(server.requests) == 1  # given up after the first failure
    for line in lines:
        assert "school_exclusion" in {coding["code"] for coding in by_source(line, "rule:")}
        assert any("status 500" in note for note in line["notes"])


def test_no_model_is_asked_unless_one_is_named(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": 1, "text": TEXT}) + "\n")
    done = suggest(source, tmp_path / "out.jsonl")
    assert "llm" not in (tmp_path / "out.jsonl").read_text()
    assert "llm" not in done.coder


def test_the_command_takes_a_file_that_names_the_model(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": 1, "text": TEXT}) + "\n")
    with serving(answering(ASKED)) as server:
        (tmp_path / "llm.toml").write_text(
            f'[llm]\nurl = "{server.url}"\nmodel = "m"\ncodes_per_request = 62\n'
            'cache_folder = "kept"\n'
        )
        arguments = ["suggest", "-i", source, "-o", tmp_path / "out.jsonl",
                     "--llm", tmp_path / "llm.toml"]  # fmt: skip
        result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    assert "llm:m@" in (tmp_path / "out.jsonl").read_text()
    assert len(list((tmp_path / "kept").rglob("*.json"))) == 2  # one for each paragraph


@pytest.mark.parametrize("url", ["https://llm.example/v1"])
def test_passages_are_not_sent_to_another_machine_by_mistake(tmp_path: Path, url: str) -> None:
    (tmp_path / "llm.toml").write_text(f'[llm]\nurl = "{url}"\nmodel = "m"\n')
    arguments = ["suggest", "-i", "in", "-o", "out", "--llm", str(tmp_path / "llm.toml")]
    result = CliRunner().invoke(app, arguments)
    assert "is not this machine" in str(result.exception)
