"""A damaged file written anew by qpdf, through pikepdf. Runs inside the jail only."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from workbench.extract.reasons import ReasonNumber


def rewrite(content: bytes, target: Path) -> int:
    """Write what can be found of a file as a sound one; 0, or the number of a reason."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                return ReasonNumber.NO_PAGES
            pdf.save(target)
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError):  # the last from qpdf itself
        return ReasonNumber.DAMAGED
    return 0
