"""The files of a codebook folder are checked together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbench.codebook import default_codebook_path
from workbench.errors import CodebookError
from workbench.pipeline.coders.checking import check_annotations


def copied(folder: Path, *names: str) -> Path:
    for name in names:
        shutil.copyfile(default_codebook_path().with_name(name), folder / name)
    return folder / "causation_factors.yaml"


def test_the_shipped_files_are_sound() -> None:
    codebook, has_rules = check_annotations(default_codebook_path())
    assert codebook.factors
    assert has_rules


def test_a_codebook_may_stand_alone(tmp_path: Path) -> None:
    assert not check_annotations(copied(tmp_path, "causation_factors.yaml"))[1]


def test_problems_of_the_rules_are_told(tmp_path: Path) -> None:
    path = copied(tmp_path, "causation_factors.yaml", "context.yaml", "lexicon.yaml")
    context = path.with_name("context.yaml")
    text = context.read_text(encoding="utf-8")
    context.write_text(text.replace("sufferer: [ipa", "sufferer: [no_code, ipa"), encoding="utf-8")
    with pytest.raises(
        CodebookError, match=r"context\.yaml, line \d+: subjects\.bearers: 'no_code'"
    ):
        check_annotations(path)


def test_rules_of_an_earlier_version_name_the_remedy(tmp_path: Path) -> None:
    path = copied(tmp_path, "causation_factors.yaml", "context.yaml")
    context = path.with_name("context.yaml")
    text = context.read_text(encoding="utf-8")
    context.write_text(text.replace('version: "2"', 'version: "1"'), encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        check_annotations(path)
    assert len(caught.value.problems) == 1
    assert "version '1'" in caught.value.problems[0]
    assert "workbench codebook update" in caught.value.problems[0]
