"""The house rules that a reader would otherwise have to remember."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "workbench"
STAGES = (
    "extract", "segment", "coding", "learn", "annotate", "cases", "findings", "publish", "store",
    "engine", "web",
)  # fmt: skip
#: Stages may use these; one arrow between stages is allowed (coding applies what learn fits).
SHARED = ("workbench.records", "workbench.errors", "workbench.codebook")
ALLOWED = {("coding", "learn")}
#: Heavy library -> the only folder (or module) that may import it.
DOORS = {
    "pypdfium2": "extract",
    "pdfplumber": "extract",
    "pikepdf": "extract",
    "pytesseract": "extract",
    "spacy": "coding",
    "sklearn": "learn",
    "sentence_transformers": "learn",
    "label_studio_sdk": "annotate",
    "bertopic": "findings",
    "umap": "findings",
    "hdbscan": "findings",
    "statsmodels": "findings",
    "sqlalchemy": "store",
    "alembic": "store",
    "dask": "engine",
    "distributed": "engine",
    "matplotlib": "publish",
    "xlsxwriter": "publish",
    "fastapi": "web",
    "typer": "cli",
    "rich": "cli",
}
MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = sorted(
    path
    for folder in ("workbench", "tests", "benchmarks", "corpora/demo/build", "scripts")
    for path in (ROOT / folder).rglob("*.py")
)


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module: Path) -> str:
    """The stage folder of a module, or its name when it stands at the top."""
    parts = module.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_other_stage(stage: str) -> None:
    for module in (PACKAGE / stage).rglob("*.py"):
        others = [other for other in STAGES if other != stage and (stage, other) not in ALLOWED]
        forbidden = tuple(f"workbench.{name}" for name in (*others, "pipeline", "cli"))
        assert not [name for name in imports(module) if name.startswith(forbidden)], module


def test_records_and_errors_need_only_the_standard_library() -> None:
    for module in (PACKAGE / "errors.py", *(PACKAGE / "records").glob("*.py")):
        for imported in imports(module):
            root = imported.split(".")[0]
            assert root in sys.stdlib_module_names or root == "workbench", imported


def test_the_codebook_imports_no_stage() -> None:
    for module in (PACKAGE / "codebook").rglob("*.py"):
        own = [name for name in imports(module) if name.startswith("workbench.")]
        assert all(name.startswith(SHARED) for name in own), module


def test_the_command_line_reaches_stages_only_through_the_pipeline() -> None:
    allowed = (*SHARED, "workbench.pipeline", "workbench.cli")
    for module in MODULES:
        if room(module) == "cli":
            own = [name for name in imports(module) if name.startswith("workbench.")]
            assert all(name.startswith(allowed) for name in own), module


@pytest.mark.parametrize("library", DOORS)
def test_a_heavy_library_has_one_door(library: str) -> None:
    users = {
        room(module)
        for module in MODULES
        if any(name.split(".")[0] == library for name in imports(module))
    }
    assert users <= {DOORS[library]}, users


def test_only_the_command_line_prints_and_exits() -> None:
    for module in MODULES:
        if room(module) == "cli":
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"print", "exit", "quit"}, module


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert text.count("\n") <= 300, f"{source} has more than 300 lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            docstring = ast.get_docstring(node, clean=False) or ""
            if docstring:
                length -= docstring.count("\n") + 1
            assert length <= 60, f"{source}:{node.lineno} {node.name} has {length} lines"


def test_a_folder_holds_at_most_ten_modules() -> None:
    for folder in {module.parent for module in MODULES}:
        assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= 10, (
            folder
        )
