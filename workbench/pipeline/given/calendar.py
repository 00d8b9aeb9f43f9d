"""The school calendar that a workspace is given."""

from __future__ import annotations

from pathlib import Path

from workbench.findings.incidents import read_calendar
from workbench.records import CalendarPeriod

#: Columns: see ``workbench.findings.incidents.school``.
CALENDAR = Path("annotations/calendar.csv")


def calendar_of(root: Path) -> tuple[CalendarPeriod, ...]:
    """The calendar in the workspace; none when the file is not there.

    Raises:
        CalendarError: The file has problems, all of them listed.
    """
    path = root / CALENDAR
    return read_calendar(path) if path.is_file() else ()
