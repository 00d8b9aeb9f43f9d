"""Samples of a workspace: drawn, assigned, kept, read again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import numpy as np

from workbench.annotate.sampling import (
    WHOLE,
    AssignSettings,
    FrameUnit,
    Method,
    Sample,
    SampleSettings,
    assign,
    draw,
)
from workbench.annotate.sampling.listing import Place, sample_csv
from workbench.errors import InputError
from workbench.learn.active.informativeness import uncertainty
from workbench.pipeline.annotation.places import workspace_codebook, write_text
from workbench.records import EVIDENCE_ROLES, Coding, Reading, Segment, SegmentKind, codec
from workbench.store import readings
from workbench.store.workspace import Workspace

SAMPLES = Path("annotations/samples")
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
#: Kinds of segments that say nothing to code.
NOT_CODED = frozenset(
    {
        SegmentKind.HEADING, SegmentKind.CONTENTS_LINE, SegmentKind.RUNNING_MATTER,
        SegmentKind.CAPTION,
    }
)  # fmt: skip


class By(StrEnum):
    """What strata are made of."""

    REVIEW_TYPE = "review_type"
    PUBLISHER = "publisher"
    SECTION_ROLE = "section_role"
    KIND = "kind"
    DOCUMENT = "document"
    FLAGGED = "flagged"  # whether the machine found anything


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameSettings:
    """What can be drawn."""

    unit: str = "segment"  # or "document"
    by: By = By.REVIEW_TYPE
    evidence_only: bool = True  # only sections that count as evidence: facts, analysis, findings
    new_only: bool = False  # leave out what an earlier sample holds

    def __post_init__(self) -> None:
        if self.unit not in {"segment", "document"}:
            raise ValueError(f"unit is {self.unit!r}; it is 'segment' or 'document'")


def draw_sample(
    root: Path,
    name: str,
    settings: SampleSettings,
    frame_settings: FrameSettings | None = None,
    assign_settings: AssignSettings | None = None,
) -> Sample:
    """Draw a sample, assign it, and keep it in the workspace.

    Args:
        root: The workspace.
        name: Of the sample; decisions name it as their design.
        settings: How many units, and how.
        frame_settings: What can be drawn.
        assign_settings: Who codes; None: nobody yet.

    Raises:
        InputError: The name is taken by another sample, nothing can be drawn, or the coders
            cannot take it all.
    """
    frame_settings = frame_settings or FrameSettings()
    if not NAME.fullmatch(name):
        raise InputError(
            f"{name!r}: a sample's name has letters, digits, dots, hyphens and underscores only."
        )
    with Workspace.open(root) as workspace:
        earlier = _earlier(root, name) if frame_settings.new_only else frozenset()
        found = list(_frame(workspace, settings.method, frame_settings, earlier))
    if not found:
        raise InputError(f"{root}: {_nothing(settings.method, frame_settings)}")
    units = [unit for unit, _ in found]
    drawn = draw(units, settings)
    codebook = workspace_codebook(root)
    ids = [unit.unit_id for unit in drawn.units]
    sample = Sample(
        name=name,
        method=settings.method,
        seed=settings.seed,
        unit=frame_settings.unit,
        frame=_in_words(settings.method, frame_settings),
        frame_hash=hashlib.sha256("\n".join(sorted(key for _, key in found)).encode()).hexdigest(),
        n_frame=len(units),
        strata=drawn.strata,
        units=drawn.units,
        assignments=assign(ids, assign_settings) if assign_settings else (),
        codebook=f"{codebook.version} ({codebook.content_hash[:12]})",
    )
    with Workspace.open(root) as workspace:
        _keep(root, sample, _places(workspace, sample))
    return sample


def read_sample(root: Path, name: str) -> Sample:
    """A sample that was kept.

    Raises:
        InputError: There is none of that name, or its file is damaged.
    """
    path = root / SAMPLES / f"{name}.json"
    try:
        return codec.loads(Sample, path.read_bytes())
    except FileNotFoundError as error:
        names = ", ".join(sorted(each.stem for each in path.parent.glob("*.json"))) or "none"
        raise InputError(f"{path}: there is no such sample; there are: {names}.") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a sample ({error}).") from error


def _places(workspace: Workspace, sample: Sample) -> dict[str, Place]:
    names = {each.document_id: each.file_name for each in readings.read_documents(workspace)}
    found: dict[str, Place] = {}
    segments: dict[str, tuple[Segment, ...]] = {}
    for unit in sample.units:
        file_name, key = names[unit.document_id], unit.document_id
        if unit.segment == WHOLE:
            found[unit.unit_id] = Place(file_name, "", "")
            continue
        if key not in segments:
            segments[key] = readings.read_reading(workspace, key).segments
        segment = next(each for each in segments[key] if each.ordinal == unit.segment)
        found[unit.unit_id] = Place(file_name, str(segment.page_start), segment.number or "")
    return found


def _keep(root: Path, sample: Sample, places: Mapping[str, Place]) -> None:
    path = root / SAMPLES / f"{sample.name}.json"
    data = codec.dumps(sample)
    if path.exists() and path.read_bytes() != data:
        raise InputError(
            f"{path}: a sample of this name was drawn before and is another one. Decisions refer "
            "to it, so it is never replaced: choose another name."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path.parent}: cannot be made ({error.strerror}).") from error
    write_text(path, data.decode())
    write_text(path.with_suffix(".csv"), sample_csv(sample, places))


def _earlier(root: Path, name: str) -> frozenset[str]:
    paths = [path for path in (root / SAMPLES).glob("*.json") if path.stem != name]
    samples = [read_sample(root, path.stem) for path in sorted(paths)]
    return frozenset(unit.unit_id for sample in samples for unit in sample.units)


class Part(NamedTuple):
    """A part of a reading that can be drawn."""

    segment: Segment | None  # None: the whole document
    text: str
    flagged: bool  # whether the machine found anything in it
    size: float


def _frame(
    workspace: Workspace, method: Method, settings: FrameSettings, earlier: frozenset[str]
) -> Iterator[tuple[FrameUnit, str]]:
    """Units that can be drawn, each with the hash of its name and words."""
    for reading in readings.read_readings(workspace):
        codings: dict[int, list[Coding]] = {}
        for coding in reading.codings:
            codings.setdefault(coding.segment, []).append(coding)
        segments = [
            each
            for each in reading.segments
            if can_be_coded(each, evidence_only=settings.evidence_only)
        ]
        if settings.unit == "document":
            flagged = any(each.ordinal in codings for each in segments)
            parts = [Part(None, reading.frozen.text, flagged, 1.0)] if segments else []
        else:
            parts = [
                Part(
                    each, each.text, each.ordinal in codings, _unsure(codings.get(each.ordinal, ()))
                )
                for each in segments
            ]
        for segment, text, flagged, size in parts:
            if method is Method.MISSED and flagged:
                continue
            unit = FrameUnit(
                unit_id=unit_id_of(reading.document.document_id, segment),
                document_id=reading.document.document_id,
                segment=segment.ordinal if segment else WHOLE,
                stratum=_stratum(reading, segment, settings.by, flagged=flagged),
                size=size,
            )
            if unit.unit_id not in earlier:
                yield unit, hashlib.sha256(f"{unit.unit_id}\n{text}".encode()).hexdigest()


def unit_id_of(document_id: str, segment: Segment | None) -> str:
    """The name of a segment, or of a whole document, in samples."""
    return f"{document_id[:12]}:{segment.ordinal:05d}" if segment else document_id[:12]


def can_be_coded(segment: Segment, *, evidence_only: bool = False) -> bool:
    """Whether a segment says something to code; of evidence only, when asked."""
    if segment.kind in NOT_CODED:
        return False
    return segment.section_role in EVIDENCE_ROLES or not evidence_only


def _unsure(codings: Sequence[Coding]) -> float:
    """How unsure the machine is of a segment: the entropy of its scores in bits."""
    if not codings:
        return 0.0
    scores = np.array([[min(max(coding.score, 0.0), 1.0) for coding in codings]])
    return float(uncertainty(scores)[0])


def _stratum(reading: Reading, segment: Segment | None, by: By, *, flagged: bool) -> str:
    if by is By.FLAGGED:
        return "flagged" if flagged else "unflagged"
    if by is By.DOCUMENT:
        return reading.document.document_id[:12]
    if by in {By.REVIEW_TYPE, By.PUBLISHER}:
        return str(getattr(reading.document, by) or "unknown")
    return str(getattr(segment, by)) if segment else "document"


def _nothing(method: Method, settings: FrameSettings) -> str:
    if method is Method.MISSED:
        return "there is no text in which the machine found nothing. Nothing can be missed there."
    hint = " or take --new-only out" if settings.new_only else ""
    return f"there is no {settings.unit} to draw. Run: workbench run{hint}."


def _in_words(method: Method, settings: FrameSettings) -> str:
    words = f"{settings.unit}s"
    if settings.evidence_only:
        words += " in sections that count as evidence"
    if method is Method.MISSED:
        words += ", in which the machine found nothing"
    if settings.new_only:
        words += ", that no earlier sample holds"
    return words
