"""Where annotation finds its codebook, and how it writes its files."""

from __future__ import annotations

from pathlib import Path

from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.errors import InputError

CODEBOOK = Path("annotations/codebook/causation_factors.yaml")


def workspace_codebook(root: Path | None) -> Codebook:
    """The codebook of a workspace; the shipped one without a workspace.

    Raises:
        CodebookError: It is missing or has problems.
    """
    return load_codebook(default_codebook_path() if root is None else root / CODEBOOK)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        InputError: It cannot be written.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}).") from error
