"""Journeys and the register from cases and readings, and their findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.cases import agency_kinds, build_journeys, build_register
from workbench.codebook import Codebook
from workbench.findings import FindingsSettings, journey_findings, journey_problems
from workbench.records import (
    Case,
    Coding,
    Finding,
    Reading,
)
from workbench.records.journey import Journey
from workbench.records.register import RegisterEntry
from workbench.store import results
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What was found on the way of the cases' people through the agencies."""

    journeys: tuple[Journey, ...]
    register: tuple[RegisterEntry, ...]
    findings: tuple[Finding, ...]


def ways_of(
    cases: Sequence[Case],
    readings: Mapping[str, Reading],
    codings: Mapping[str, Coding],
    codebook: Codebook,
    settings: FindingsSettings,
    dates: Mapping[str, str],
) -> Ways:
    """Journeys, register and findings of all cases.

    Args:
        cases: Each review once.
        readings: By document id.
        codings: All of the readings, by their id.
        codebook: The one that the cases were made with.
        settings: Levels and thresholds.
        dates: Case id -> date of the incident, as exact as it is known.
    """
    journeys = build_journeys(cases, readings, dates)
    return Ways(
        journeys=journeys,
        register=build_register(cases, readings, journeys),
        findings=journey_findings(cases, journeys, codings, codebook, agency_labels(), settings),
    )


def agency_labels() -> dict[str, str]:
    """Kind of agency -> what it is called, in order."""
    return agency_kinds().labels


def journey_recount(
    workspace: Workspace, journeys: Sequence[Journey], codings: Mapping[str, Coding]
) -> tuple[str, ...]:
    """Every finding on journeys that does not hold, counted again from what is stored."""
    findings, cases = results.read_findings(workspace), results.read_cases(workspace)
    return journey_problems(findings, cases, journeys, codings)
