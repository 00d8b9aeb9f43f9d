"""Tables that the user gives beside documents, before anything is known of their cells."""

from __future__ import annotations

from workbench.findings.given.rows import read_rows

__all__ = ["read_rows"]
