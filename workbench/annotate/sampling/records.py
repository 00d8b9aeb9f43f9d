"""Samples of documents or segments, and their assignment to coders."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.records import Shown

WHOLE = -1  # segment of a unit that is a whole document


class Method(StrEnum):
    """How units are drawn."""

    RANDOM = "random"  # each as likely as any other
    STRATIFIED = "stratified"  # at random within strata
    UNCERTAINTY = "uncertainty"  # the likelier, the less sure the machine is
    MISSED = "missed"  # at random among text in which the machine found nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameUnit:
    """A unit that can be drawn."""

    unit_id: str
    document_id: str
    segment: int = WHOLE
    stratum: str = ""
    size: float = 1.0  # for Method.UNCERTAINTY: how unsure the machine is of it, not negative


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnUnit:
    """A unit that was drawn. It stands for 1 / inclusion_probability units of the frame."""

    unit_id: str
    document_id: str
    segment: int
    stratum: str
    inclusion_probability: float  # above 0, up to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A part of the frame."""

    name: str
    n_frame: int
    n_drawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was drawn, in the order of the frame."""

    units: tuple[DrawnUnit, ...]
    strata: tuple[Stratum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One unit before one coder."""

    coder: str
    position: int  # in the coder's list, from 1
    unit_id: str
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample as it is kept: with all that is needed to draw it again, and to weigh it."""

    name: str
    method: Method
    seed: int
    unit: str  # "segment" or "document"
    frame: str  # what could be drawn, in words
    frame_hash: str  # of the ids of all that could be drawn, and their words
    n_frame: int
    strata: tuple[Stratum, ...]
    units: tuple[DrawnUnit, ...]
    assignments: tuple[Assignment, ...]  # by coder, then position
    codebook: str  # version and hash
