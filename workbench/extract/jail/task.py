"""What is asked of a child."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.extract.settings import ExtractSettings, RenderSettings

_LIMITS, _RENDERING = ExtractSettings(), RenderSettings()


class TaskName(StrEnum):
    """What a child can do with a file."""

    READ = "read"  # words, lines and drawings of its pages
    RENDER = "render"  # images of its pages
    RECOGNISE = "recognise"  # words of pages that are pictures
    PLUMB = "plumb"  # words and lines of its pages, as the second reader has them
    REWRITE = "rewrite"  # the file itself, written anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task for one child."""

    name: TaskName
    target: str  # the file or folder that the child may write
    document_id: str = ""
    first: int = 1  # the page to begin with, when all are read
    with_labels: bool = True  # False after a crash: page labels can be a trap of their own
    numbers: tuple[int, ...] = ()  # of pages, from 1; none for all
    turns_deg: tuple[float, ...] = ()  # for RENDER: clockwise, for each page; none for 0
    program: str = ""  # path of tesseract, for RECOGNISE
    limits: ExtractSettings = _LIMITS
    rendering: RenderSettings = _RENDERING
