"""How far coders agree: read their tables, measure, and write what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.annotate.agreement import (
    Agreement,
    AgreementSettings,
    measure_codings,
    measure_ratings,
    to_csv,
    to_plain,
    to_text,
)
from workbench.annotate.doors.agreement_page import to_html
from workbench.annotate.doors.coder_tables import read_codings
from workbench.annotate.doors.rating_tables import RatingColumns, read_ratings
from workbench.annotate.statistics.planning import units_for_width
from workbench.errors import InputError
from workbench.pipeline.annotation.decisions import units_of_workspace
from workbench.pipeline.annotation.places import workspace_codebook, write_text


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredAgreement:
    """Agreement, as text, table and JSON."""

    agreement: Agreement

    def text(self) -> str:
        """Tables and readings in Markdown."""
        return to_text(self.agreement)

    def plain(self) -> dict[str, object]:
        """As JSON has it."""
        return to_plain(self.agreement)

    def write_html(self, path: Path) -> None:
        """Write a page that opens from disk.

        Raises:
            InputError: The file cannot be written.
        """
        write_text(path, to_html(self.agreement))

    def write_csv(self, path: Path) -> None:
        """Write a row for each measure.

        Raises:
            InputError: The file cannot be written.
        """
        write_text(path, to_csv(self.agreement))


def planned_units(expected: str, width: float) -> int:
    """Units that two coders have to code, from what is expected before anything is coded.

    Args:
        expected: Kappa and prevalence with a comma between, such as "0.7,0.1".
        width: Wanted of the 95 % interval of kappa.

    Raises:
        InputError: These are no such numbers.
    """
    try:
        kappa, prevalence = (float(part) for part in expected.split(","))
        return units_for_width(kappa, prevalence, width)
    except ValueError as error:
        raise InputError(
            f"--plan {expected!r}: give the kappa and the prevalence that you expect, such as "
            f"0.7,0.1, and a --width above 0 ({error})."
        ) from error


def measure_agreement(
    paths: Sequence[Path],
    columns: RatingColumns | None = None,
    settings: AgreementSettings | None = None,
    root: Path | None = None,
) -> MeasuredAgreement:
    """Agreement from files of codings, or from one table of ratings.

    Args:
        paths: Files of codings (CSV or JSON lines), or one CSV of ratings; none: the decisions
            of the workspace.
        columns: Which columns hold ratings; None for codings.
        settings: How to measure.
        root: A workspace; its codebook then says which codes there are.

    Raises:
        InputError: Nothing can be compared, or a file cannot be read.
        CoderTableError: A file has problems; all of them are listed.
    """
    settings = settings or AgreementSettings()
    if columns is not None:
        if len(paths) != 1:
            raise InputError("agreement of ratings needs one file that holds all columns.")
        table = read_ratings(paths[0], columns)
        return MeasuredAgreement(agreement=measure_ratings(table, settings))
    if paths:
        units = read_codings(paths)
    elif root is not None:
        units = units_of_workspace(root)
    else:
        raise InputError(
            "agreement needs a file of codings, a table of ratings, or a --workspace whose coders "
            "have decided."
        )
    known: tuple[str, ...] = ()
    if root is not None:
        known = tuple(code.code_id for code in workspace_codebook(root).codes)
        strange = {mark.code_id for unit in units for mark in unit.marks} - set(known)
        if strange:
            raise InputError(
                f"{', '.join(map(str, paths))}: codes that are not in the codebook of {root}: "
                f"{', '.join(sorted(strange))}. Rename them, or leave --workspace out."
            )
    return MeasuredAgreement(agreement=measure_codings(units, settings, known))
