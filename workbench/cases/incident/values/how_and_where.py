"""Method and place, from the wordings of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.cases.incident.telling.account import Account
from workbench.cases.incident.telling.scene import Told
from workbench.cases.incident.telling.subjects import Cast
from workbench.cases.incident.values.candidates import Candidate
from workbench.cases.incident.values.homes import dwellings_in, whose_home
from workbench.cases.incident.values.pairs import KILLING, is_denied
from workbench.cases.incident.values.wordings import (
    DIED_THERE,
    NOT_THE_PLACE,
    SUICIDES,
    VIOLENT,
    wordings,
)
from workbench.records import IncidentField

_CAUSE = re.compile(
    r"\b(?:cause of (?:her |his )?death|died (?:from|of)|death was (?:caused|due)|injuries)\b", re.I
)
_NEAR_CHARS = 150.0
_APART = 0.6  # what a place counts that stands in a sentence without words of harm
_WENT_TO = re.compile(
    r"(\b(?:went|walk(?:ed|ing)|ran|drove|cycled|travel(?:led|ling)|came|headed|got|gone|going|moved"
    r"|made (?:his|her|their) way)(?: (?:back|over|down|up|on|out|together|with \w+)){0,2} )to\b",
    re.IGNORECASE,
)
_AREA = re.compile(
    r"\b(?:in|of|within) (?:the )?(?:London )?(?:[Bb]orough of|(?:town|city|village|ward|district)"
    r" of) (?P<area>[A-Z][\w'\u2019-]+(?: (?:and |upon |on )?[A-Z][\w'\u2019-]+)*)"
    r"|\b(?:in|of) (?:the )?(?P<ward>[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+)*)"
    r" (?:ward|[Bb]orough)\b"
)


def methods_in(account: Account, cast: Cast) -> Iterator[Candidate]:
    """Every method that the account words; somebody's suicide only if it is the subject's own."""
    killing = any(
        told.weight >= 0.4 and KILLING.search(told.text) and told.harm != (0, 0)
        for told in account.told
    )
    for told in account.told:
        found = [each for each in worded(IncidentField.METHOD, told)]
        values = {each.value for each in found}
        for each in found:
            own = not killing and _of_subject(each, cast)
            if each.value in SUICIDES and (not own or is_denied(told.text, each.end)):
                continue
            yield each
        violent = sorted(values & VIOLENT - {"hitting_kicking_no_weapon"})
        if len(violent) > 1 and _CAUSE.search(told.text) and told.weight >= 0.5:
            first, last = found[0], found[-1]
            yield Candidate(
                field=IncidentField.METHOD, value="multiple", told=told,
                start=min(first.start, last.start), end=max(first.end, last.end),
                weight=0.95 * told.weight, explanation=" and ".join(violent),
            )  # fmt: skip


def places_in(account: Account, cast: Cast) -> Iterator[Candidate]:
    """Every place that the account words, nearer to the words of harm counting more."""
    for told in account.told:
        if told.weight < 0.35:
            continue
        arrived = _arrived(told, account)
        for each in (*worded(IncidentField.PLACE, arrived), *dwellings_in(told, cast)):
            before = told.text[: each.start]
            in_care = each.value == "hospital_or_care_setting"
            if NOT_THE_PLACE.search(before) or (in_care and DIED_THERE.search(before)):
                continue
            apart = told.harm == (0, 0)
            if apart and cast.subject(told.text, each.start, told.context) == "other":
                continue  # where a sister was, not where it happened
            yield _weighed(whose_home(each, cast), told)


def _arrived(told: Told, account: Account) -> Told:
    """A sentence before the harm, where "walked to the park" says that they were in the park."""
    if told.sentence.start_char >= account.told[0].sentence.start_char:
        return told
    return replace(told, text=_WENT_TO.sub(lambda match: match[1] + "at", told.text))


def areas_in(account: Account) -> Iterator[Candidate]:
    """Boroughs, wards, towns and villages that a sentence with the harm or its date names."""
    for told in account.told:
        if told.weight < 0.6:
            continue
        for match in _AREA.finditer(told.sentence.text):
            name = "area" if match["area"] else "ward"
            yield Candidate(
                field=IncidentField.AREA, value=match[name], told=told, start=match.start(name),
                end=match.end(name), weight=told.weight * (0.9 if told.harm != (0, 0) else 0.6),
                explanation="a borough, ward, town or village",
            )  # fmt: skip


def worded(field: IncidentField, told: Told) -> Iterator[Candidate]:
    """Every value of method or place whose wording a sentence has."""
    taken: list[tuple[int, int, str]] = []
    for wording in wordings(field):
        for match in wording.pattern.finditer(told.text):
            if any(
                value == wording.value and match.start() < end and start < match.end()
                for start, end, value in taken
            ):
                continue
            taken.append((match.start(), match.end(), wording.value))
            yield Candidate(
                field=field, value=wording.value, told=told, start=match.start(),
                end=match.end(), weight=told.weight * wording.strength,
                explanation=" ".join(match.group().split()),
            )  # fmt: skip


def _of_subject(candidate: Candidate, cast: Cast) -> bool:
    told = candidate.told
    subject = cast.subject(told.text, candidate.start, told.context)
    return subject in ("harmed", "")


def _weighed(candidate: Candidate, told: Told) -> Candidate:
    if told.harm == (0, 0):
        return replace(candidate, weight=candidate.weight * _APART)
    gap = max(told.harm[0] - candidate.end, candidate.start - told.harm[1], 0)
    return replace(candidate, weight=candidate.weight / (1.0 + gap / _NEAR_CHARS))
