"""Readings to cases: one review, one case, and what it says of each factor.

``build_cases`` joins the documents that tell of one review, gathers its people and rolls its
codings up to three states. ``positive_practice`` gives the good practice that a state, which
tells of failings, leaves out. ``subjects_of`` gives each of the people whom one review is about
a record of their own. ``build_journeys`` gives agencies, contacts and dated events,
``build_register`` the recommendations, ``incidents_of`` the facts of the incident. ``tables``
turns tables of cases that others coded into readings.
"""

from __future__ import annotations

from workbench.cases.build import build_cases
from workbench.cases.incident.settle import incidents_of
from workbench.cases.journey.build import build_journeys
from workbench.cases.journey.kinds import agency_kinds
from workbench.cases.link import LinkSettings
from workbench.cases.register.build import build_register
from workbench.cases.rollup import positive_practice
from workbench.cases.subjects import subjects_of

__all__ = [
    "LinkSettings",
    "agency_kinds",
    "build_cases",
    "build_journeys",
    "build_register",
    "incidents_of",
    "positive_practice",
    "subjects_of",
]
