"""Put a finished folder in the place of an old one, so that a killed run leaves one of the two."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.errors import InputError

#: A folder with this file is a report and may be replaced by another.
MARKER = "report.json"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h: swap two names in one step


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """An empty folder to write into; it takes the place of ``folder`` when the block ends well.

    When the block raises, nothing has changed. A folder that holds something else than a report
    is never replaced.

    Raises:
        InputError: ``folder`` is a file, holds other files, or its parent cannot be written.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    _refuse_foreign(folder)
    # Names that do not change: what a killed run left behind is found and cleared by the next.
    fresh = folder.with_name(f".{folder.name}.new")
    old = folder.with_name(f".{folder.name}.old")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if old.exists() and not folder.exists():
            old.rename(folder)
        for leftover in (fresh, old):
            if leftover.exists():
                shutil.rmtree(leftover)
        fresh.mkdir()
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror}). Choose another folder."
        ) from error
    try:
        yield fresh
        _swap(fresh, folder, old)
    finally:
        for leftover in (fresh, old):
            if leftover.exists() and folder.exists():
                shutil.rmtree(leftover)
        if fresh.exists():
            shutil.rmtree(fresh)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder}: is a file. Choose a folder for the report.")
    if any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise InputError(
            f"{folder}: holds other files and no report ({MARKER}). "
            "Choose an empty folder, or one that holds an earlier report."
        )


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        # Two steps where the system has no exchange; a run killed between them is mended by
        # the next one, which finds the old report and puts it back.
        folder.rename(old)
        fresh.rename(folder)


def _exchange(left: Path, right: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = (os.fsencode(left), os.fsencode(right))
    return bool(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
