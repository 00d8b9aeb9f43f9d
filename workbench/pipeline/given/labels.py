"""Labelled cases in a workspace: by them prevalences are corrected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbench.codebook import Codebook
from workbench.findings import LabelledCase, read_labelled_cases
from workbench.records import Case

#: Columns: see ``workbench.findings.correction.labels``.
LABELLED_CASES = Path("annotations/labelled_cases.csv")


def labelled_cases(
    root: Path, cases: Sequence[Case], codebook: Codebook
) -> tuple[LabelledCase, ...]:
    """The labels in the workspace; none when the file is not there.

    Raises:
        LabelsError: The file has problems, all of them listed.
    """
    path = root / LABELLED_CASES
    if not path.is_file():
        return ()
    return read_labelled_cases(
        path,
        case_ids={case.case_id for case in cases},
        code_ids={code.code_id for code in codebook.factors},
    )
