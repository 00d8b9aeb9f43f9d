"""All that is wrong with what the user gave, whichever file it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from workbench.codebook import Codebook
from workbench.errors import InputError
from workbench.pipeline.given.calendar import calendar_of
from workbench.pipeline.given.groups import POPULATIONS, findings_settings
from workbench.pipeline.given.labels import labelled_cases
from workbench.records import Case

#: The grouping of cases by the area of their incident.
AREAS = "area_of_incident"


def check_given(
    root: Path,
    cases: Sequence[Case],
    codebook: Codebook,
    groups: Mapping[str, Mapping[str, str]],
    areas: Callable[[], Mapping[str, str]],
) -> None:
    """Read every file that the user gave beside documents, before anything is counted with one.

    Args:
        root: The workspace.
        cases: The cases that the files may name.
        codebook: The codes that they may name.
        groups: Grouping -> case id -> group, without the areas of incidents.
        areas: Gives the area of each case's incident; asked only where populations are given.

    Raises:
        InputError: One file has problems (its own error), or several have (all of them named).
    """
    errors: list[InputError] = []
    readers: tuple[Callable[[], object], ...] = (
        lambda: labelled_cases(root, cases, codebook),
        lambda: _populations(root, groups, areas),
        lambda: calendar_of(root),
    )
    for read in readers:
        try:
            read()
        except InputError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise InputError("\n".join(str(error) for error in errors))


def _populations(
    root: Path, groups: Mapping[str, Mapping[str, str]], areas: Callable[[], Mapping[str, str]]
) -> None:
    if not (root / POPULATIONS).is_file():
        return
    known = areas()
    findings_settings(root, {**groups, AREAS: known} if known else groups)
