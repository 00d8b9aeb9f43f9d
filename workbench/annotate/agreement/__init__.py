"""How far coders agree, on each code and on all, at the level of spans, segments and cases."""

from __future__ import annotations

from workbench.annotate.agreement.measure import measure_codings
from workbench.annotate.agreement.ratings import measure_ratings
from workbench.annotate.agreement.records import (
    Agreement,
    AgreementSettings,
    CodedUnit,
    Figure,
    Mark,
    RatingTable,
)
from workbench.annotate.agreement.report import to_csv, to_plain, to_text

__all__ = [
    "Agreement",
    "AgreementSettings",
    "CodedUnit",
    "Figure",
    "Mark",
    "RatingTable",
    "measure_codings",
    "measure_ratings",
    "to_csv",
    "to_plain",
    "to_text",
]
