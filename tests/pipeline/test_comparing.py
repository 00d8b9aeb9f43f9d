"""``workbench compare``: two workspaces, one page."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from reading_making import reading
from topic_making import TOPICS
from typer.testing import CliRunner

from workbench.cases import build_cases
from workbench.cli.app import app
from workbench.codebook import default_codebook_path, load_codebook
from workbench.errors import InputError
from workbench.pipeline.coders.annotations import CODEBOOK, CONTEXT
from workbench.pipeline.comparing import compare_workspaces
from workbench.store import readings, results
from workbench.store.workspace import Workspace

N_REVIEWS = 6


def workspace_of(root: Path, digits: str, topics: tuple[str, ...], code: str) -> Path:
    """Reviews that speak of some topics; all have the code."""
    draw = np.random.default_rng(3)
    source = default_codebook_path()
    with Workspace.create(root) as workspace:
        made = []
        for digit in digits:
            texts = [
                f"{' '.join(draw.permutation(TOPICS[name][0].split())[:6])} in week {each} of it"
                for name in topics
                for each in range(3)
            ]
            made.append(reading(digit * 64, texts, code))
            readings.save_reading(workspace, made[-1])
        results.replace_cases(workspace, build_cases(made, load_codebook(source)))
    (root / CODEBOOK).parent.mkdir(parents=True, exist_ok=True)
    for path in (CODEBOOK, CONTEXT):
        shutil.copyfile(source.with_name(path.name), root / path)
    return root


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One corpus speaks of drink and school, the other of homes and school."""
    folder = tmp_path_factory.mktemp("corpora")
    workspace_of(folder / "this", "012345", ("drink", "school"), "alcohol_misuse")
    workspace_of(folder / "other", "abcdef", ("home", "school"), "housing_instability")
    return folder


@pytest.fixture
def two(made: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Copies that a test may change."""
    shutil.copytree(made, tmp_path / "corpora")
    return tmp_path / "corpora" / "this", tmp_path / "corpora" / "other"


def test_what_one_corpus_has_more_of_is_written_with_its_places(two: tuple[Path, Path]) -> None:
    done = compare_workspaces(*two)
    factors = {each.code_id: each for each in done.comparison.factors}
    assert (factors["alcohol_misuse"].n, factors["alcohol_misuse"].n_other) == (6, 0)
    assert {"vodka", "detox"} & {each.term for each in done.comparison.more}
    assert {"tenancy", "eviction"} & {each.term for each in done.comparison.less}
    passages = done.comparison.more[0].passages
    assert len({each.href.split("/")[1] for each in passages}) == len(passages) == 3
    page = done.page.read_text(encoding="utf-8")
    assert "6 of 6 (100%)" in page
    assert not re.findall(r'(?:href|src)="(?:https?:)?//', page)
    again = compare_workspaces(*two)
    assert again.page.read_text(encoding="utf-8") == page


def test_the_command_prints_and_gives_json(two: tuple[Path, Path]) -> None:
    arguments = ["compare", str(two[1]), "-w", str(two[0])]
    plain = CliRunner().invoke(app, arguments)
    assert plain.exit_code == 0, plain.output
    assert "6 of 6 here, 0 of 6 there; difference +1.00 (+0.45 to +1.00); q 0." in plain.stdout
    said = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert (said["cases"], said["other_cases"]) == (6, 6)
    assert said["factors"][0]["q_value"] < 0.05


def test_a_workspace_is_not_compared_with_itself(two: tuple[Path, Path]) -> None:
    with pytest.raises(InputError, match=r"6 case\(s\) stand in both corpora"):
        compare_workspaces(two[0], two[0])


def test_another_codebook_is_refused_with_both_named(two: tuple[Path, Path]) -> None:
    path = two[1] / CODEBOOK
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("version: ", "version: 9", 1), encoding="utf-8")
    with pytest.raises(InputError, match="another codebook"):
        compare_workspaces(*two)


def test_a_workspace_that_was_not_run_says_what_to_do(two: tuple[Path, Path]) -> None:
    with Workspace.open(two[1]) as workspace:
        results.replace_cases(workspace, ())
    with pytest.raises(InputError, match="First: workbench run"):
        compare_workspaces(*two)
