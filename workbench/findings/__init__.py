"""Cases to findings: numbers with their denominator, their uncertainty and their passages.

``compute_findings`` makes them, ``journey_findings`` those on agencies and time. ``recount``,
``recount_problems`` and ``journey_problems`` count them again from the cases and journeys alone,
by other code.
"""

from __future__ import annotations

from workbench.findings.compute import compute_findings
from workbench.findings.correction import LabelledCase, read_labelled_cases
from workbench.findings.journey import journey_findings, journey_problems
from workbench.findings.rates.populations import read_populations
from workbench.findings.recount import recount, recount_problems
from workbench.findings.table import FindingsSettings

__all__ = [
    "FindingsSettings",
    "LabelledCase",
    "compute_findings",
    "journey_findings",
    "journey_problems",
    "read_labelled_cases",
    "read_populations",
    "recount",
    "recount_problems",
]
