"""The context and lexicon files: what is wrong with one is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.codebook import Codebook
from workbench.coding import Coder, check_rules
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
        pytest.param("version: '2'\nassertion: {}", "'sections' is missing", id="an entry lacks"),
        pytest.param("version: '1'", "version '1'.*reads '2'", id="of another version"),
        pytest.param("version: '1'", "workbench codebook update", id="what to do"),
    ],
)
def test_a_broken_context_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(CodebookError, match=problem):
        load_context(write(tmp_path / "context.yaml", text))


def test_every_problem_of_a_context_is_told_at_once(context_path: Path, tmp_path: Path) -> None:
    text = context_path.read_text(encoding="utf-8")
    broken = (
        text.replace("  designations:", "  designation:")
        .replace("assertion: hypothetical", "assertion: hypothetic")
        .replace("strengths:\n  ambiguous: 0.", "strengths:\n  ambiguous: 9.", 1)
    )
    with pytest.raises(CodebookError) as caught:
        load_context(write(tmp_path / "context.yaml", broken))
    told = "\n".join(caught.value.problems)
    assert "people: the key 'designations' is missing" in told
    assert "people: the key 'designation' is not known here" in told
    assert "'hypothetic' is none of affirmed" in told
    assert "strengths.ambiguous: expected a share between 0 and 1, found 9." in told
    assert "workbench codebook update" in caught.value.problems[-1]


def test_of_a_context_of_another_version_nothing_else_is_told(
    context_path: Path, tmp_path: Path
) -> None:
    text = context_path.read_text(encoding="utf-8")
    old = text.replace('version: "2"', 'version: "1"').replace("  reported_by:", "  reports:")
    with pytest.raises(CodebookError) as caught:
        load_context(write(tmp_path / "context.yaml", old))
    assert len(caught.value.problems) == 1
    assert "reported_by" not in caught.value.problems[0]


def test_the_shipped_rules_are_sound(codebook: Codebook, context_path: Path) -> None:
    assert check_rules(context_path, codebook) == []


LINE = "      - plan ~ emotional abuse"
BLOCKED = "    false_positives: [condolences"
CHANGES = {
    "a code that is not there": (
        "    sufferer: [ipa_pattern", "    sufferer: [no_such, ipa_pattern",
        "'no_such' is not in the codebook",
    ),
    "two spellings of one trigger": (
        "        - allegedly", "        - allegedly\n        - alleging",
        "'alleged' and 'alleging' say the same",
    ),
    "another order is no repeat": (LINE, f"{LINE}\n      - emotional abuse ~ plan", ""),
    "one pattern twice": (LINE, f"{LINE}\n      - plans ~ emotional abuse", "finds what"),
    "a swallowed cue": (
        BLOCKED, BLOCKED.replace("[", "[miscarriage, "),
        "the cue 'miscarriage' is a false positive as well",
    ),
    "a part without a word": (LINE, "      - '? ~ emotional abuse'", "has no word"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_check_tells_what_loading_lets_pass(
    codebook: Codebook, context_path: Path, tmp_path: Path, change: str
) -> None:
    old, new, problem = CHANGES[change]
    for name in ("context.yaml", "lexicon.yaml"):
        text = context_path.with_name(name).read_text(encoding="utf-8")
        write(tmp_path / name, text.replace(old, new, 1))
    problems = check_rules(tmp_path / "context.yaml", codebook)
    assert [p for p in problems if problem in p] if problem else problems == []


def test_the_check_names_file_line_entry_and_remedy(
    codebook: Codebook, context_path: Path, tmp_path: Path
) -> None:
    write(tmp_path / "context.yaml", context_path.read_text(encoding="utf-8"))
    lexicon = context_path.with_name("lexicon.yaml").read_text(encoding="utf-8")
    broken = lexicon.replace(LINE, f"{LINE}\n      - plans ~ emotional abuse", 1)
    write(tmp_path / "lexicon.yaml", broken)
    number = broken.splitlines().index("      - plans ~ emotional abuse") + 1
    assert check_rules(tmp_path / "context.yaml", codebook) == [
        f"lexicon.yaml, line {number}: codes.ace_emotional_abuse: 'plans ~ emotional abuse' finds "
        "what 'plan ~ emotional abuse' finds; keep one"
    ]


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
