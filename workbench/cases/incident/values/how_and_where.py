"""Method and place, from the wordings of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.cases.incident.telling.account import Account, Told
from workbench.cases.incident.telling.subjects import Cast
from workbench.cases.incident.values.candidates import Candidate
from workbench.cases.incident.values.wordings import (
    DIED_THERE,
    NOT_THE_PLACE,
    SUICIDES,
    VIOLENT,
    wordings,
)
from workbench.records import IncidentField

KILLING = re.compile(
    r"\b(?:killed(?! (?:him|her|them)sel)|murder(?:ed)?|manslaughter|unlawful(?:ly)? kill\w+"
    r"|homicide|stabbed|strangled)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:cause of (?:her |his )?death|died (?:from|of)|death was (?:caused|due)|injuries)\b", re.I
)
_NEAR_CHARS = 150.0
_APART = 0.6  # what a place counts that stands in a sentence without words of harm
_SOMEBODYS = re.compile(
    r"\b(?:in|at|inside|outside|to|of) (?P<whose>[A-Z][\w-]+(?: [A-Z0-9][\w-]*)?)['\u2019]s? "
    r"(?:own |home |family )*(?:home|flat|house|bungalow|address|bedroom|garden|property)\b"
    r"|\b(?:home|flat|house|bungalow|address|bedroom) of (?P<owner>[A-Z][\w-]+(?: [A-Z0-9]\w*)?)"
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
        found = [each for each in _worded(IncidentField.METHOD, told)]
        values = {each.value for each in found}
        for each in found:
            if each.value in SUICIDES and (killing or not _of_subject(each, cast)):
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
        for each in (*_worded(IncidentField.PLACE, told), *_dwellings(told, cast)):
            before = told.text[: each.start]
            in_care = each.value == "hospital_or_care_setting"
            if NOT_THE_PLACE.search(before) or (in_care and DIED_THERE.search(before)):
                continue
            yield _weighed(_whose(each, cast), told)


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


def _worded(field: IncidentField, told: Told) -> Iterator[Candidate]:
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


def _dwellings(told: Told, cast: Cast) -> Iterator[Candidate]:
    """Homes of people who are named: "at Kieran's flat", "the home of Ms K"."""
    for match in _SOMEBODYS.finditer(told.text):
        name = match["whose"] or match["owner"]
        if cast.names_harmed.fullmatch(name):
            value = "victim_home"
        elif cast.names_harming.fullmatch(name):
            value = "perpetrator_home"
        elif cast.names_others.fullmatch(name):
            value = "other_dwelling"
        else:
            continue
        yield Candidate(
            field=IncidentField.PLACE, value=value, told=told, start=match.start(),
            end=match.end(), weight=told.weight * 0.85, explanation=match.group(),
        )  # fmt: skip


def _whose(candidate: Candidate, cast: Cast) -> Candidate:
    """The place, where "his flat" is the home of whom "his" stands for."""
    pronoun = re.search(r"\b(?:his|her)\b", candidate.words, re.IGNORECASE)
    if candidate.value != "victim_home" or not pronoun:
        return candidate
    subject = cast.subject(candidate.told.text, candidate.start, candidate.told.context)
    if subject == "harming":
        return replace(candidate, value="perpetrator_home")
    return replace(candidate, value="other_dwelling") if subject == "other" else candidate


def _weighed(candidate: Candidate, told: Told) -> Candidate:
    if told.harm == (0, 0):
        return replace(candidate, weight=candidate.weight * _APART)
    gap = max(told.harm[0] - candidate.end, candidate.start - told.harm[1], 0)
    return replace(candidate, weight=candidate.weight / (1.0 + gap / _NEAR_CHARS))
