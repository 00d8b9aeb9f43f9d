"""Readings to cases: one incident, one case, and what it says of each factor.

``build_cases`` joins the documents that tell of one review, gathers its people and rolls its
codings up to three states. ``positive_practice`` gives the good practice that a state, which
tells of failings, leaves out. Each of the people whom a case is about has a record of their own in
it (``Case.subjects``). ``build_journeys`` gives agencies, contacts and dated events,
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

__all__ = [
    "LinkSettings",
    "agency_kinds",
    "build_cases",
    "build_journeys",
    "build_register",
    "incidents_of",
    "positive_practice",
]
