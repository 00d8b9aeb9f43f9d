"""Who knew and what was done, when agencies first knew, and what came before what.

``journey_findings`` makes the findings, ``journey_problems`` counts them again by other code.
"""

from __future__ import annotations

from workbench.findings.journey.compute import journey_findings
from workbench.findings.journey.recount import MEASURES, journey_problems

__all__ = ["MEASURES", "journey_findings", "journey_problems"]
