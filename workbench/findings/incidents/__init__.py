"""Incidents of many cases: how, where and when, of those that say it (T9)."""

from __future__ import annotations

from workbench.findings.incidents.counts import incident_findings
from workbench.findings.incidents.recount import incident_problems
from workbench.findings.incidents.school import read_calendar

__all__ = ["incident_findings", "incident_problems", "read_calendar"]
