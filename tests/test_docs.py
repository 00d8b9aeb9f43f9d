"""The documentation says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import workbench
from workbench.extract import ReasonNumber

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_reason_number_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [n.name for n in ReasonNumber if f"| {int(n)} |" not in text] == []


def test_links_between_the_pages_lead_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_make_target_that_the_readme_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"demo", "test"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.M)] == []


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text or f"## [{workbench.__version__}]" in text


def test_nothing_names_this_machine_or_an_index() -> None:
    forbidden = re.compile(r"/work/main|/work/shared|pypi\.org|files\.pythonhosted", re.I)
    tracked = [
        path
        for folder in ("workbench", "tests", "docs", "benchmarks", "scripts", "corpora/demo/build",
                       "annotations", "requirements")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".yaml", ".toml", ".txt", ".json", ".html", ".jsonl"}
        and path != Path(__file__)
    ]  # fmt: skip
    assert [str(p) for p in tracked if forbidden.search(p.read_text(encoding="utf-8"))] == []
