"""How many cases really have a factor, when the coder that counted them errs.

Labels of a random sample carry the prediction-powered estimate; labels that were chosen in any
other way give the coder's sensitivity and specificity, and with them the Rogan-Gladen estimate.
``missed_upper_bound`` says how many cases an audit of the silent ones may have left undetected.
"""

from __future__ import annotations

from workbench.findings.correction.labels import LabelledCase, read_labelled_cases
from workbench.findings.correction.missed import missed_upper_bound
from workbench.findings.correction.prediction_powered import prediction_powered_share
from workbench.findings.correction.rogan_gladen import (
    CoderCounts,
    rogan_gladen,
    rogan_gladen_share,
)

__all__ = [
    "CoderCounts",
    "LabelledCase",
    "missed_upper_bound",
    "prediction_powered_share",
    "read_labelled_cases",
    "rogan_gladen",
    "rogan_gladen_share",
]
