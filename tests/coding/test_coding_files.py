"""The context and lexicon files: what is wrong with one is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.codebook import Codebook
from workbench.coding import Coder
from workbench.coding.rules.context import load_context
from workbench.coding.rules.lexicon import load_lexicon
from workbench.errors import CodebookError


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_files_load(codebook: Codebook, context_path: Path) -> None:
    context = load_context(context_path)
    lexicon = load_lexicon(codebook, context_path.with_name("lexicon.yaml"))
    known = {code.code_id for code in codebook.codes}
    assert set(context.subjects.bearers) <= known
    assert set(context.subjects.derived) | set(context.subjects.derived.values()) <= known
    assert {pattern.code_id for pattern in lexicon.patterns} == {
        code.code_id for code in codebook.factors
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("- a", "holds no mapping", id="a list"),
        pytest.param("a: [", "no valid YAML", id="broken"),
        pytest.param("assertion: {}", "'sections' is missing", id="an entry lacks"),
    ],
)
def test_a_broken_context_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(CodebookError, match=problem):
        load_context(write(tmp_path / "context.yaml", text))


def test_a_missing_context_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        load_context(tmp_path / "context.yaml")


def test_every_problem_of_a_lexicon_is_told_at_once(codebook: Codebook, tmp_path: Path) -> None:
    path = write(
        tmp_path / "lexicon.yaml",
        "codes:\n"
        "  no_such_code: {cues: [a]}\n"
        "  bereavement: {cues: ['$nobody ~ died', ' ~ x'], cuse: [b]}\n",
    )
    with pytest.raises(CodebookError) as caught:
        load_lexicon(codebook, path)
    told = "\n".join(caught.value.problems)
    assert "'no_such_code' is not in the codebook" in told
    assert "'cuse' is none of" in told
    assert "no set '$nobody'" in told
    assert "has an empty part" in told


def test_the_version_changes_with_the_files(
    codebook: Codebook, context_path: Path, tmp_path: Path
) -> None:
    text = context_path.read_text(encoding="utf-8")
    plain = Coder(codebook, write(tmp_path / "context.yaml", text))
    version = plain.version
    assert Coder(codebook, tmp_path / "context.yaml").version == version
    write(tmp_path / "lexicon.yaml", "codes: {bereavement: {cues: [lost their twin]}}")
    assert Coder(codebook, tmp_path / "context.yaml").version != version


def test_a_coder_needs_no_lexicon(codebook: Codebook, context_path: Path, tmp_path: Path) -> None:
    text = context_path.read_text(encoding="utf-8")
    coder = Coder(codebook, write(tmp_path / "context.yaml", text))
    assert coder.version != Coder(codebook, context_path).version
