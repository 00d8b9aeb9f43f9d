"""Page images for the report, painted by a jailed child."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from workbench.extract.jail import Task, TaskName, run_child
from workbench.extract.mend import rewritten
from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import RenderSettings
from workbench.records import Reason

_DEFAULTS = RenderSettings()
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = struct.Struct(">8sI4sII")  # signature; length, kind, width, height of the first chunk
_MAX_RESTARTS = 5


def render_pages(
    pdf_path: Path,
    page_numbers: Sequence[int],
    folder: Path,
    settings: RenderSettings = _DEFAULTS,
    turns_deg: Mapping[int, float] = MappingProxyType({}),
) -> dict[int, Path]:
    """The images of the pages asked for (numbers from 1), written as ``page-0007.png``.

    The image shows the page as a viewer does: its left upper corner is the origin of all
    boxes, and one point is the image's width divided by the page's ``width_pt``. A scan that
    was turned before it was recognised is turned here, too, by its page's ``scan_turn_deg`` in
    ``turns_deg``. A page that the file lacks, or that cannot be painted within the limits, is
    left out. The same file and settings give the same bytes.

    Raises:
        OSError: The PDF cannot be read, or the folder cannot be written.
    """
    import tempfile  # late: command-line start-up

    wanted = sorted(set(page_numbers))
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".painting-", dir=folder) as name,
        pdf_path.open("rb") as pdf,
    ):
        scratch = Path(name)
        images, why = _painted(pdf, wanted, turns_deg, (scratch, folder), settings)
        if not images and why is not None and why.number == ReasonNumber.DAMAGED:
            path = rewritten(pdf, scratch, settings.limits)
            if path is not None:
                with path.open("rb") as mended:
                    images, _ = _painted(mended, wanted, turns_deg, (scratch, folder), settings)
    return images


def _painted(
    pdf: BinaryIO,
    wanted: Sequence[int],
    turns_deg: Mapping[int, float],
    folders: tuple[Path, Path],
    settings: RenderSettings,
) -> tuple[dict[int, Path], Reason | None]:
    """The images that could be painted, and why the last child did not come to its end."""
    scratch, folder = folders
    images: dict[int, Path] = {}
    why = None
    for _ in range(1 + _MAX_RESTARTS):
        if not wanted:
            break
        task = Task(
            name=TaskName.RENDER, target=str(scratch), numbers=tuple(wanted),
            turns_deg=tuple(turns_deg.get(number, 0.0) for number in wanted),
            limits=settings.limits, rendering=settings,
        )  # fmt: skip
        why = run_child(task, pdf, settings.limits.wall_s(len(wanted)))
        taken = [number for number in wanted if _take(number, scratch, folder, settings)]
        images |= {number: _image_path(folder, number) for number in taken}
        if why is None:
            break
        # The first page without an image ended the child; the pages after it may be well.
        culprit = next((number for number in wanted if number not in images), wanted[-1])
        wanted = [number for number in wanted if number > culprit]
    return images, why


def _take(number: int, scratch: Path, folder: Path, settings: RenderSettings) -> bool:
    """Move one finished image to its place; whether there was one that can be trusted."""
    image = scratch / f"{number}.png"
    if image.is_symlink() or not image.is_file():
        return False
    with image.open("rb") as file:
        head = file.read(_PNG_HEAD.size)
    if len(head) < _PNG_HEAD.size:
        return False
    signature, _, kind, width, height = _PNG_HEAD.unpack(head)
    # Whoever opens the image later must not be flooded by it.
    limit = settings.max_side_px + 1
    if signature != _PNG or kind != b"IHDR" or not (0 < width <= limit and 0 < height <= limit):
        return False
    image.replace(_image_path(folder, number))
    return True


def _image_path(folder: Path, number: int) -> Path:
    return folder / f"page-{number:04d}.png"
