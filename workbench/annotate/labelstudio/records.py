"""What was lent to Label Studio, kept by the workbench so that answers are judged by our word."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.records import Coding, Shown

#: A JSON object of Label Studio.
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LentSegment:
    """A segment inside the text of a task."""

    ordinal: int
    start_char: int  # in the document
    end_char: int
    inclusion_probability: float | None = None  # in the sample that brought it


@dataclass(frozen=True, slots=True, kw_only=True)
class LentTask:
    """One task before one coder: a run of segments of one section, with all between them."""

    external_id: str  # the same task has the same id, so that it is pushed once
    document_id: str
    start_char: int  # of the text in the document
    text: str
    place: str  # for people: title, section, page
    segments: tuple[LentSegment, ...]
    shown: Shown
    suggestions: tuple[Coding, ...] = ()  # that were shown; none when blind

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text, hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def suggestion_id(self, coding: Coding) -> str:
        """The id of the region that shows a suggestion: of this task, stable."""
        named = f"{self.external_id}\n{coding.coding_id}"
        return "s" + hashlib.sha256(named.encode()).hexdigest()[:15]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """All tasks of one sample before one coder, in their order; never changed once pushed."""

    sample: str
    coder: str
    codebook: str  # version and hash, as decisions name it
    suggested_by: str  # version of what made the suggestions
    tasks: tuple[LentTask, ...]
    most_used: tuple[str, ...] = ()  # codes that get a key, the most used first

    @property
    def title(self) -> str:
        """The title of its project: at most 50 characters, and of no other batch."""
        digest = hashlib.sha256(f"{self.sample}\n{self.coder}".encode()).hexdigest()[:8]
        return f"{self.sample[:20]} / {self.coder[:16]} [{digest}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A mark in Label Studio, checked: its words stand exactly at its offsets."""

    region_id: str
    start_char: int  # in the document
    end_char: int
    text: str
    code_id: str
    assertion: str
    subject_role: str
    temporality: str
    valence: str
    certainty: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One submitted annotation of one task, checked."""

    external_id: str
    annotation_id: int
    submitted_at: str  # ISO 8601, with its zone
    regions: tuple[Region, ...]
    about_task: str = ""  # the note on the passage
    #: Incident attributes: code, and value as the codebook writes it ("park", "time_band=16-19").
    attributes: tuple[tuple[str, str], ...] = ()
