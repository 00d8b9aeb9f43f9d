"""The command line: parses, prints and exits; the work is done by the pipeline."""

from __future__ import annotations

from workbench.cli.app import main

__all__ = ["main"]
