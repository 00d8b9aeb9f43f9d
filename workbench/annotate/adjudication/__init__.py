"""Disagreements settled by a third record, feedback to coders, and locked gold sets."""

from __future__ import annotations

from workbench.annotate.adjudication.feedback import Feedback, feedback_for
from workbench.annotate.adjudication.gold import gold_lines
from workbench.annotate.adjudication.records import Disagreement, Verdict
from workbench.annotate.adjudication.settle import settle
from workbench.annotate.adjudication.sheet import SHEET_COLUMNS, read_verdicts, sheet_csv
from workbench.annotate.adjudication.values import ValueDispute, settle_value, value_disputes

__all__ = [
    "SHEET_COLUMNS",
    "Disagreement",
    "Feedback",
    "ValueDispute",
    "Verdict",
    "feedback_for",
    "gold_lines",
    "read_verdicts",
    "settle",
    "settle_value",
    "sheet_csv",
    "value_disputes",
]
