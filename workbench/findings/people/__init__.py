"""Factors over people, beside those over cases: each person of a role counts once (T1, T2).

Tables of people and tables of cases are never mixed: every finding here has the unit "people".
``people_findings`` makes them, ``people_problems`` counts them again by other code.
"""

from __future__ import annotations

from workbench.findings.people.compute import people_findings
from workbench.findings.people.recount import MEASURES, people_problems

__all__ = ["MEASURES", "people_findings", "people_problems"]
