"""The codebook and the rules for context: those of a workspace, or those that are shipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.codebook import default_codebook_path, shipped_annotations
from workbench.errors import StoreError
from workbench.pipeline.versions import file_hash

FOLDER = Path("annotations/codebook")
CODEBOOK = FOLDER / "causation_factors.yaml"
CONTEXT = FOLDER / "context.yaml"
#: Candidates for new codes; for people to decide on, and never used to code.
PROPOSALS = FOLDER / "proposals.yaml"
EARLIER = FOLDER / "earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """One annotation file of a workspace that was brought up to the shipped one."""

    path: Path
    earlier: Path | None  # where the one that stood there is kept; None: there was none


def annotation_files(root: Path) -> tuple[Path, Path]:
    """The codebook and the context rules of a workspace.

    Raises:
        StoreError: One of them is not there.
    """
    files = (root / CODEBOOK, root / CONTEXT)
    for path in files:
        if not path.is_file():
            raise StoreError(
                f"{path}: is missing. workbench init {root} puts the shipped one back."
            )
    return files


def annotation_paths(root: Path | None) -> tuple[Path, Path]:
    """The codebook and the context of a workspace; the shipped ones without one."""
    if root is not None:
        return annotation_files(root)
    return default_codebook_path(), default_codebook_path().with_name(CONTEXT.name)


def add_missing_files(root: Path) -> None:
    """Copy the shipped annotation files that a workspace lacks.

    Raises:
        OSError: The workspace cannot be written.
    """
    for source, target in _pairs(root):
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(source, target)


def update_files(root: Path) -> tuple[Updated, ...]:
    """Bring a workspace's annotation files up to the shipped ones; nothing is lost.

    A file that differs is first moved to ``annotations/codebook/earlier``, its hash in its name,
    for the workspace's own changes are in it.

    Raises:
        StoreError: The workspace cannot be written.
    """
    updated = []
    try:
        for source, target in _pairs(root):
            if target.exists() and file_hash(target) == file_hash(source):
                continue
            earlier = None
            if target.exists():
                name = f"{target.stem}-{file_hash(target)[:12]}{target.suffix}"
                earlier = root / EARLIER / name
                earlier.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(target, earlier)
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(target.name + ".partial")
            shutil.copyfile(source, partial)
            partial.replace(target)
            updated.append(Updated(path=target, earlier=earlier))
    except OSError as error:
        raise StoreError(f"{root}: cannot be written ({error.strerror}).") from error
    return tuple(updated)


def _pairs(root: Path) -> Iterator[tuple[Path, Path]]:
    for source in sorted((shipped_annotations() / "codebook").glob("*.yaml")):
        yield source, root / FOLDER / source.name
