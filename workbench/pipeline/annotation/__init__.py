"""Annotation joined with the store: agreement, samples, decisions, gold sets."""

from __future__ import annotations

from workbench.annotate.agreement import AgreementSettings
from workbench.annotate.doors.rating_tables import RatingColumns
from workbench.pipeline.annotation.agreement import MeasuredAgreement, measure_agreement

__all__ = ["AgreementSettings", "MeasuredAgreement", "RatingColumns", "measure_agreement"]
