"""The files that the user gave beside documents, read together: all that is wrong with any."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from workbench.codebook import Codebook
from workbench.errors import InputError
from workbench.findings import FindingsSettings, LabelledCase
from workbench.pipeline.given.calendar import calendar_of
from workbench.pipeline.given.groups import findings_settings
from workbench.pipeline.given.labels import labelled_cases
from workbench.records import CalendarPeriod, Case

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the user gave; empty where a file is not there."""

    labels: tuple[LabelledCase, ...]
    settings: FindingsSettings  # with the populations
    calendar: tuple[CalendarPeriod, ...]


def read_given(
    root: Path,
    cases: Sequence[Case],
    codebook: Codebook,
    groups: Mapping[str, Mapping[str, str]],
) -> Given:
    """Every file that the user gave, before anything is counted with one.

    Args:
        root: The workspace.
        cases: The cases that the files may name.
        codebook: The codes that they may name.
        groups: Grouping -> case id -> group, of which populations may be given.

    Raises:
        InputError: One file has problems (its own error), or several have (all of them named).
    """
    errors: list[InputError] = []

    def read(one: Callable[[], T], instead: T) -> T:
        try:
            return one()
        except InputError as error:
            errors.append(error)
            return instead

    given = Given(
        labels=read(lambda: labelled_cases(root, cases, codebook), ()),
        settings=read(lambda: findings_settings(root, groups), FindingsSettings()),
        calendar=read(lambda: calendar_of(root), ()),
    )
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise InputError("\n".join(str(error) for error in errors))
    return given
