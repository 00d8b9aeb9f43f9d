"""The workbook: the tables for people who work in a spreadsheet. The only door to XlsxWriter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workbench.publish.denominators.people import OF_STATE
from workbench.publish.labels import ROLES
from workbench.publish.names import stem
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.patterns import shown_pairs
from workbench.publish.site.render import usable
from workbench.publish.tables.columns import TABLES
from workbench.publish.tables.csv_files import Cell
from workbench.publish.tables.incidents import incident_sheet
from workbench.records import Finding

#: A fixed date: the same findings give the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
#: A spreadsheet cell holds no more.
MAX_CELL_CHARACTERS = 32_767
MAX_LINKS = 65_000
_TEXT_WIDTH, _NUMBER_WIDTH, _LABEL_WIDTH = 18, 12, 46


def write_workbook(
    path: Path, catalogue: Catalogue, tables: Mapping[str, Sequence[Sequence[Cell]]]
) -> None:
    """Write ``findings.xlsx``: a sheet that explains it, and one for each kind of table.

    Texts are written as texts, never as formulas or links; numbers as numbers.
    """
    # Late: only the report needs it.
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": usable(catalogue.publication.title), "created": CREATED})
        writer = _SheetWriter(book)
        _read_me(writer, catalogue)
        writer.sheet("Prevalence", *_counts(catalogue, _prevalence(catalogue)))
        of_people = catalogue.of_measure(*sorted(set(OF_STATE) - {"in_people_group"}))
        writer.sheet("Prevalence of people", *_counts(catalogue, of_people))
        counts = [
            finding for finding in catalogue.publication.findings
            if finding.measure.startswith(("ace", "factor_count"))
        ]  # fmt: skip
        writer.sheet("ACE counts", *_counts(catalogue, counts))
        writer.sheet("Co-occurrence", *_pairs(catalogue))
        for title, name in (("Cases", "cases"), ("People", "people")):
            writer.sheet(title, [column.name for column in TABLES[name]], tables[name])
        writer.sheet("Incidents", *incident_sheet(catalogue))
        writer.sheet("Codings", [column.name for column in TABLES["codings"]], tables["codings"])


class _SheetWriter:
    """Writes tables with a frozen header; knows the formats of one workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book = book
        self._header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True,
                                        "valign": "top"})  # fmt: skip
        self._share = book.add_format({"num_format": "0%"})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Write one table; cells of a column named ``link`` become links into the report."""
        sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, self._header)
            sheet.set_column(column, column, _width(name, rows[0][column] if rows else ""))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._cell(sheet, number, column, header[column], cell)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)

    def _cell(
        self,
        sheet: Any,  # noqa: ANN401
        row: int,
        column: int,
        name: str,
        cell: Cell,
    ) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            text = usable(cell)[:MAX_CELL_CHARACTERS]
            # A spreadsheet takes at most 65,530 links on a sheet; then the path is text.
            if name == "link" and row <= MAX_LINKS:
                sheet.write_url(row, column, f"external:{text}", string="open")
                return
            sheet.write_string(row, column, text)
        elif name in ("share", "low", "high"):
            sheet.write_number(row, column, cell, self._share)
        else:
            sheet.write_number(row, column, cell)

    def lines(self, title: str, lines: Sequence[str]) -> None:
        """Write a sheet of plain sentences."""
        sheet = self._book.add_worksheet(title)
        sheet.set_column(0, 0, 110)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, usable(line), self._header if row == 0 else self._text)


def _width(name: str, example: Cell) -> int:
    if name in ("text", "before", "after", "factor", "pair", "title", "label", "words", "differs"):
        return _LABEL_WIDTH
    return _TEXT_WIDTH if isinstance(example, str) else _NUMBER_WIDTH


def _read_me(writer: _SheetWriter, catalogue: Catalogue) -> None:
    publication = catalogue.publication
    made_by = publication.provenance
    writer.lines(
        "Read me",
        [
            publication.title,
            f"{len(publication.cases)} cases from {len(publication.documents)} files. A case is "
            "one review of one index incident and counts once for a factor.",
            "Present, ruled out and not mentioned are three states. Not mentioned is silence, "
            "never absence.",
            "Sheets of people count people, the others cases: never compare their shares.",
            "Low and high are bounds of the 95% Wilson interval; for people it is widened where "
            "one review tells of several (Kish). They do not cover errors of the "
            "coder or the choice of cases.",
            "Incidents have one row for each case and attribute that it states; how sure is a "
            "rank, not a chance; a value that differs is shown beside and never counted.",
            "Prevalence in reviews is not prevalence in the population.",
            f"{publication.coded_by.in_words}. The source of each coding stands beside it.",
            "Links open pages of the report folder; keep this file inside it. Every column is "
            "explained in data_dictionary.csv.",
            f"Workbench {made_by.workbench_version}; coder {made_by.coder_version}; codebook "
            f"{made_by.codebook_id} {made_by.codebook_version} ({made_by.codebook_hash}); run "
            f"{made_by.run_key}.",
        ],
    )


def _prevalence(catalogue: Catalogue) -> list[Finding]:
    measures = ("prevalence", "ruled_out", "not_mentioned", "suspected")
    return catalogue.of_measure(*measures)


def _counts(
    catalogue: Catalogue, findings: Sequence[Finding]
) -> tuple[list[str], list[list[Cell]]]:
    labels = {code.code_id: code.label for code in catalogue.publication.codebook.codes}
    header = ["factor", "role", "measure", "label", "unit", "numerator", "denominator", "share",
              "low", "high", "passages", "link"]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            "; ".join(labels.get(code_id, code_id) for code_id in finding.code_ids[:1]),
            ROLES[finding.subject_role],
            finding.measure,
            finding.label,
            finding.unit,
            finding.numerator,
            finding.denominator,
            finding.estimate,
            finding.low,
            finding.high,
            len(set(finding.coding_ids)),
            f"evidence/{stem(finding.finding_id)}.html",
        ]
        for finding in findings
    ]
    return header, rows


def _pairs(catalogue: Catalogue) -> tuple[list[str], list[list[Cell]]]:
    labels = {code.code_id: code.label for code in catalogue.publication.codebook.codes}
    pairs = shown_pairs(catalogue)
    names = list(dict.fromkeys(name for finding in pairs for name, _ in finding.statistics))
    header = ["factor", "pair", "both", "cases", *names, "p_value", "q_value", "link"]
    rows: list[list[Cell]] = []
    for finding in pairs:
        statistics = dict(finding.statistics)
        rows.append(
            [
                *(labels.get(code_id, code_id) for code_id in finding.code_ids),
                finding.numerator,
                finding.denominator,
                *(statistics.get(name) for name in names),
                finding.p_value,
                finding.q_value,
                f"evidence/{stem(finding.finding_id)}.html",
            ]
        )
    return header, rows
