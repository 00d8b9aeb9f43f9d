"""The codebook: load, check and compare.

``load_codebook(path)`` gives a checked ``Codebook`` or raises ``CodebookError`` with every
problem of the file.
"""

from __future__ import annotations

from workbench.codebook.compare import compare
from workbench.codebook.load import (
    default_codebook_path,
    load_codebook,
    shipped,
    shipped_annotations,
)
from workbench.codebook.model import Codebook, ProximityRule

__all__ = [
    "Codebook",
    "ProximityRule",
    "compare",
    "default_codebook_path",
    "load_codebook",
    "shipped",
    "shipped_annotations",
]
