"""Annotation joined with the store: agreement, samples, decisions, gold sets."""

from __future__ import annotations

from workbench.annotate.agreement import AgreementSettings
from workbench.annotate.doors.rating_tables import RatingColumns
from workbench.annotate.sampling import AssignSettings, Method, Sample, SampleSettings
from workbench.pipeline.annotation.agreement import (
    MeasuredAgreement,
    measure_agreement,
    planned_units,
)
from workbench.pipeline.annotation.samples import (
    SAMPLES,
    By,
    FrameSettings,
    draw_sample,
    read_sample,
)

__all__ = [
    "SAMPLES",
    "AgreementSettings",
    "AssignSettings",
    "By",
    "FrameSettings",
    "MeasuredAgreement",
    "Method",
    "RatingColumns",
    "Sample",
    "SampleSettings",
    "draw_sample",
    "measure_agreement",
    "planned_units",
    "read_sample",
]
