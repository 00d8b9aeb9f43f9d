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


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task for one child."""

    name: TaskName
    target: str  # the file or folder that the child may write
    document_id: str = ""
    numbers: tuple[int, ...] = ()  # pages, from 1; for READ the first page to read, or none
    limits: ExtractSettings = _LIMITS
    rendering: RenderSettings = _RENDERING
