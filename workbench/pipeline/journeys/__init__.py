"""Agencies, contacts and recommendations of the cases, and the findings on them."""

from __future__ import annotations

from workbench.pipeline.journeys.counting import (
    Ways,
    agency_labels,
    journey_recount,
    ways_of,
)

__all__ = ["Ways", "agency_labels", "journey_recount", "ways_of"]
