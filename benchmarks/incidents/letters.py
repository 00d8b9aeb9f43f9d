"""Rows of a table of coroners' reports as readings, coded by the rules as a run would."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.codebook import Codebook
from workbench.coding import Coder
from workbench.records import (
    Document,
    DocumentStatus,
    FrozenText,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
)

TABLE = "labelled/pfd_reports_text_and_categories.csv"
#: What the columns with text are for in a report.
PARTS = {
    "investigation": ("Investigation and inquest", SectionRole.FACTS),
    "circumstances": ("Circumstances of the death", SectionRole.FACTS),
    "concerns": ("Coroner's concerns", SectionRole.FINDINGS),
}
MIN_CHARS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One report: its row, and what the workbench reads of its text."""

    row: Mapping[str, str]
    reading: Reading


def read_letters(table: Path, coder: Coder, limit: int = 0) -> Iterator[Letter]:
    """The reports of the table that have text, in its order; the first so many, if limited."""
    csv.field_size_limit(10**8)
    n_read = 0
    with table.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if sum(len(row[part]) for part in PARTS) < MIN_CHARS:
                continue
            yield Letter(row=row, reading=_reading(row, coder))
            n_read += 1
            if n_read == limit:
                return


def coder_of(codebook: Codebook, annotations: Path) -> Coder:
    """The rules with the shipped context."""
    return Coder(codebook, annotations / "codebook" / "context.yaml")


def _reading(row: Mapping[str, str], coder: Coder) -> Reading:
    document_id = hashlib.sha256(row["report_id"].encode()).hexdigest()
    document = Document(
        document_id=document_id,
        file_name=f"{row['report_id']}.txt",
        status=DocumentStatus.OK,
        title=f"Report {row['report_id']}",
        review_type="prevention_of_future_deaths_report",
    )
    segments = tuple(_segments(row, document_id))
    text = "\n\n".join(segment.text for segment in segments)
    people, codings = coder.code(document, segments)
    frozen = FrozenText(document_id=document_id, text=text, words=())
    empty = Reading(document=document, frozen=frozen, segments=segments)
    return replace(empty, people=people, codings=codings)


def _segments(row: Mapping[str, str], document_id: str) -> Iterator[Segment]:
    position = ordinal = 0
    for part, (heading, role) in PARTS.items():
        for line in row[part].splitlines():
            text = " ".join(line.split())
            if not text:
                continue
            yield Segment(
                document_id=document_id,
                ordinal=ordinal,
                kind=SegmentKind.PARAGRAPH,
                section_role=role,
                start_char=position,
                end_char=position + len(text),
                text=text,
                page_start=1,
                page_end=1,
                section_path=(heading,),
            )
            position, ordinal = position + len(text) + 2, ordinal + 1
