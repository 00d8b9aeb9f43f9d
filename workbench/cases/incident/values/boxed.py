"""What cells of tables and boxes say of the incident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from workbench.cases.incident.telling.account import Account
from workbench.cases.incident.telling.boxes import Asked, Boxed
from workbench.cases.incident.telling.harm import incident_dates
from workbench.cases.incident.telling.scene import Told
from workbench.cases.incident.telling.sentences import Blanked
from workbench.cases.incident.values.candidates import Candidate
from workbench.cases.incident.values.how_and_where import worded
from workbench.cases.incident.values.when import bands_in, date_in, school_days_in, weekdays_of
from workbench.cases.incident.values.who import related_in_cell
from workbench.records import IncidentField

_WEIGHT = 0.85  # a cell says it plainly, but of which hour of the day it may be silent
#: Cells leave out what a sentence says before a place: "Market Street", "Bus stop".
_BEFORE_A_PLACE = ("", "in ", "at ", "in a ", "in the ", "on the ", "at the ")


def candidates_of(boxed: Boxed, blanked: Blanked) -> Iterator[Candidate]:
    """The values that one cell gives."""
    told = Told(
        sentence=boxed.sentence, text=blanked(boxed.sentence.text), weight=_WEIGHT, harm=(0, 1)
    )
    yield from _READERS[boxed.asked](told)


def _when(told: Told) -> Iterator[Candidate]:
    dates = incident_dates(told.text)
    shifted = None
    if dates:
        start = told.sentence.start_char
        shifted = replace(dates[0], start=dates[0].start + start, end=dates[0].end + start)
    account = Account(told=(told,), date=shifted, date_told=told if dates else None)
    for found in (date_in, bands_in, weekdays_of, school_days_in):
        yield from found(account)


def _where(told: Told) -> Iterator[Candidate]:
    """The place, worded as a sentence would have it; the offsets stay those of the cell."""
    for before in _BEFORE_A_PLACE:
        text = before + told.text[:1].lower() + told.text[1:] if before else told.text
        found = list(worded(IncidentField.PLACE, replace(told, text=text))) or list(
            worded(IncidentField.PLACE, replace(told, text=before + told.text))
        )
        for each in found:
            start, end = max(0, each.start - len(before)), each.end - len(before)
            if start < end:
                yield replace(each, start=start, end=end, told=told)
        if found:
            return


def _how(told: Told) -> Iterator[Candidate]:
    yield from worded(IncidentField.METHOD, told)


_READERS: dict[Asked, Callable[[Told], Iterator[Candidate]]] = {
    Asked.WHEN: _when,
    Asked.WHERE: _where,
    Asked.HOW: _how,
    Asked.WHO: related_in_cell,
}
