"""Readings to cases: one review, one case, and what it says of each factor.

``build_cases`` joins the documents that tell of one review, gathers its people and rolls its
codings up to three states. ``positive_practice`` gives the good practice that a state, which
tells of failings, leaves out. ``subjects_of`` gives each of the people whom one review is about
a record of their own. ``tables`` turns tables of cases that others coded into readings.
"""

from __future__ import annotations

from workbench.cases.build import build_cases
from workbench.cases.link import LinkSettings
from workbench.cases.rollup import positive_practice
from workbench.cases.subjects import subjects_of

__all__ = ["LinkSettings", "build_cases", "positive_practice", "subjects_of"]
