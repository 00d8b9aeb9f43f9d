"""Page images for the report, painted by a jailed child."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench.extract.jail import Task, TaskName, run_child
from workbench.extract.settings import RenderSettings

_DEFAULTS = RenderSettings()
_PNG = b"\x89PNG\r\n\x1a\n"
_MAX_RESTARTS = 5


def render_pages(
    pdf_path: Path,
    page_numbers: Sequence[int],
    folder: Path,
    settings: RenderSettings = _DEFAULTS,
) -> dict[int, Path]:
    """The images of the pages asked for (numbers from 1), written as ``page-0007.png``.

    The image shows the page as a viewer does: its left upper corner is the origin of all
    boxes, and one point is the image's width divided by the page's ``width_pt``. A page that
    the file lacks, or that cannot be painted within the limits, is left out. The same file
    and settings give the same bytes.

    Raises:
        OSError: The PDF cannot be read, or the folder cannot be written.
    """
    import tempfile  # late: command-line start-up

    wanted = sorted(set(page_numbers))
    folder.mkdir(parents=True, exist_ok=True)
    images: dict[int, Path] = {}
    with tempfile.TemporaryDirectory(prefix=".painting-", dir=folder) as scratch:
        for _ in range(1 + _MAX_RESTARTS):
            if not wanted:
                break
            finished = _paint(pdf_path, wanted, Path(scratch), settings)
            painted = [number for number in wanted if _take(number, Path(scratch), folder)]
            images |= {number: _image_path(folder, number) for number in painted}
            if finished:
                break
            # The first page without an image ended the child; the pages after it may be well.
            culprit = next((number for number in wanted if number not in images), wanted[-1])
            wanted = [number for number in wanted if number > culprit]
    return images


def _paint(pdf_path: Path, numbers: Sequence[int], scratch: Path, settings: RenderSettings) -> bool:
    """Whether the child came to its end."""
    task = Task(
        name=TaskName.RENDER, target=str(scratch), numbers=tuple(numbers),
        limits=settings.limits, rendering=settings,
    )  # fmt: skip
    with pdf_path.open("rb") as pdf:
        return run_child(task, pdf, settings.limits) is None


def _take(number: int, scratch: Path, folder: Path) -> bool:
    """Move one finished image to its place; whether there was one."""
    image = scratch / f"{number}.png"
    if image.is_symlink() or not image.is_file():
        return False
    with image.open("rb") as file:
        if file.read(len(_PNG)) != _PNG:
            return False
    image.replace(_image_path(folder, number))
    return True


def _image_path(folder: Path, number: int) -> Path:
    return folder / f"page-{number:04d}.png"
