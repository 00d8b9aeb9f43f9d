"""Hand-made work of coders on fictional passages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from workbench.annotate.agreement import CodedUnit, Mark


def mark(code_id: str, start: int = -1, end: int = -1, assertion: str = "") -> Mark:
    return Mark(code_id=code_id, start_char=start, end_char=end, assertion=assertion)


def coded(
    coder: str, document: str, unit: str, *marks: Mark, day: date | None = None, n_chars: int = 0
) -> CodedUnit:
    return CodedUnit(
        coder=coder, document_id=document, unit_id=unit, marks=marks, coded_on=day, n_chars=n_chars
    )


def two_coders(n_documents: int = 12, *, spans: bool = False) -> tuple[CodedUnit, ...]:
    """Two units a document; coder B misses "debt" in every fourth document."""
    units = []
    for at in range(n_documents):
        first = mark("debt", 0, 10) if spans else mark("debt")
        second = mark("debt", 4, 12) if spans else mark("debt")
        day = date(2026, 2, 2 + at)
        for coder, found in (("A", first), ("B", second)):
            marks = () if coder == "B" and at % 4 == 0 else (found,)
            units.append(coded(coder, f"d{at:02d}", "u1", *marks, day=day, n_chars=40))
            units.append(coded(coder, f"d{at:02d}", "u2", day=day, n_chars=60))
    return tuple(units)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
