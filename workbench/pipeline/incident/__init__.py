"""Incident facts of a workspace: the calendar it is given, what is stored, and the passages."""

from __future__ import annotations

from workbench.pipeline.incident.counting import (
    CaseIncident,
    as_mapping,
    dated_in,
    incident_dates,
    incident_groups,
    incidents_told,
    stored_facts,
    with_passages,
)

__all__ = [
    "CaseIncident",
    "as_mapping",
    "dated_in",
    "incident_dates",
    "incident_groups",
    "incidents_told",
    "stored_facts",
    "with_passages",
]
