"""Date, time band, weekday and school calendar of the incident, as far as the text says them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.cases.incident.telling.account import Account
from workbench.cases.incident.telling.clock import clock_times
from workbench.cases.incident.telling.dates import WEEKDAYS, weekdays_in
from workbench.cases.incident.telling.scene import Told
from workbench.cases.incident.values.candidates import Candidate
from workbench.records import FactBasis, IncidentField

WEEKEND = frozenset(WEEKDAYS[5:])
#: A time behind these words is that of the death, of the alarm, or of something else that day.
_AFTERWARDS = re.compile(
    r"\b(?:pronounced|died|passed away|death was|certified|life extinct)\b", re.IGNORECASE
)
_ALARM = re.compile(
    r"\b(?:999|ambulance|paramedics?|emergency|called|found|discovered|arrested|police)\b", re.I
)
_OTHER_BUSINESS = re.compile(
    r"\b(?:panel|meeting|met at|appointment|custody|blood|released|bailed|hearing|left|finished"
    r"|told to be out|seen at|buying|until)\b", re.IGNORECASE,
)  # fmt: skip
_HOLIDAY = re.compile(
    r"\b(?:(?:school|summer|easter|christmas|half[- ]term|bank) holidays?|half[- ]term"
    r"|(?:easter|christmas) (?:break|vacation)|school (?:was|had) (?:closed|broken up))\b",
    re.I,
)
_TERM = re.compile(
    r"\b(?:in (?:school )?term(?: time)?|term[- ]time|during (?:the )?(?:school )?term|school day"
    r"|on (?:his|her|their|the) way (?:to|home from|back from|from) (?:school|college)|after school"
    r"|(?:when|until|as|after) (?:the )?schools? (?:came out|finished|ended|closed|let out)"
    r"|(?:had|having) (?:been (?:at|in)|left|attended|finished(?: at)?) (?:school|college)"
    r"|school run|breakfast club|(?:first|last) (?:day|week) of (?:the )?(?:\w+ )?term"
    r"|week of (?:the )?(?:autumn|spring|summer) term|in school uniform"
    r"|at the end of the school day)"
    r"\b",
    re.IGNORECASE,
)
_NIGHT = re.compile(r"\b(?:on the|that|the|\w+day) night\b", re.IGNORECASE)
_EVENING = re.compile(r"\b(?:evening)\b", re.IGNORECASE)
_LONG_DEAD = re.compile(
    r"\b(?:been|lain|lying) (?:dead|there|undiscovered) for (?:\w+ ){0,4}(?:days?|weeks?"
    r"|months?|years?)|\b(?:died|dead) (?:\w+ ){0,3}(?:days|weeks?|months?|years?)"
    r" (?:earlier|before)\b",
    re.IGNORECASE,
)
_NEAR_CHARS = 120.0


def date_in(account: Account) -> Iterator[Candidate]:
    """The date of the account, as exact as it is printed; at most one."""
    if account.date is None or account.date_told is None:
        return
    told = account.date_told
    start = account.date.start - told.sentence.start_char
    yield Candidate(
        field=IncidentField.DATE, value=account.date.value, told=told, start=start,
        end=account.date.end - told.sentence.start_char, weight=0.9,
        explanation="the date beside the words of harm",
    )  # fmt: skip


def found_later(account: Account) -> bool:
    """Whether the day of the account is that of a finding, days or more after the death."""
    return any(told.weight >= 0.5 and _LONG_DEAD.search(told.text) for told in account.told)


def bands_in(account: Account) -> Iterator[Candidate]:
    """Times of the account by their band; a time of the harm before one of the alarm or death."""
    for told in account.told:
        if told.weight < 0.5:
            continue
        for each in clock_times(told.text, told.context):
            weight = (
                told.weight
                * _closeness(told, each.start, each.end)
                * _right_event(told, each.start)
            )
            if weight > 0:
                yield Candidate(
                    field=IncidentField.TIME_BAND, value=each.band, told=told, start=each.start,
                    end=each.end, weight=weight * (0.85 if each.is_worded else 1.0),
                    explanation=told.text[each.start : each.end],
                )  # fmt: skip
    yield from _night(account)


def _closeness(told: Told, start: int, end: int) -> float:
    if told.harm == (0, 0):
        return 0.7
    gap = max(told.harm[0] - end, start - told.harm[1], 0)
    return 1.0 / (1.0 + gap / _NEAR_CHARS)


def _right_event(told: Told, start: int) -> float:
    clause = re.split(r"[;]| and ", told.text[:start])[-1] + told.text[start : start + 40]
    if _OTHER_BUSINESS.search(clause) and told.harm == (0, 0):
        return 0.0
    if _AFTERWARDS.search(clause):
        return 0.35
    return 0.6 if _ALARM.search(clause) else 1.0


def _night(account: Account) -> Iterator[Candidate]:
    """The hours from 19 to 24, where "that evening" and "the night of" are both said."""
    near = [told for told in account.told if told.weight >= 0.65]
    if any(_EVENING.search(told.text) for told in near):
        for told in near:
            match = _NIGHT.search(told.text)
            if match:
                yield Candidate(
                    field=IncidentField.TIME_BAND, value="19-24", told=told, start=match.start(),
                    end=match.end(), weight=0.45 * told.weight,
                    explanation="both the night and the evening are named",
                )  # fmt: skip


def weekdays_of(account: Account) -> Iterator[Candidate]:
    """Weekdays that the account prints, and the one that follows from its date."""
    date = account.date
    for told in account.told:
        if told.weight < 0.6:
            continue
        for name, start, end in weekdays_in(told.text):
            beside = date is not None and abs(told.sentence.start_char + end - date.start) <= 6
            near = 1.0 if beside else 0.6 if told.harm != (0, 0) else 0.45
            yield Candidate(
                field=IncidentField.WEEKDAY, value=name, told=told, start=start, end=end,
                weight=told.weight * near, explanation="printed",
            )  # fmt: skip
    if date is not None and date.day is not None and account.date_told is not None:
        told = account.date_told
        yield Candidate(
            field=IncidentField.WEEKDAY, value=WEEKDAYS[date.day.weekday()], told=told,
            start=date.start - told.sentence.start_char, end=date.end - told.sentence.start_char,
            weight=0.9, basis=FactBasis.COMPUTED, explanation=f"the weekday of {date.value}",
        )  # fmt: skip


def school_days_in(account: Account) -> Iterator[Candidate]:
    """Term or holiday where the account says so; never reckoned from the month."""
    for told in account.told:
        if told.weight < 0.45:
            continue
        for value, pattern in (("school_holiday", _HOLIDAY), ("term", _TERM)):
            match = pattern.search(told.text)
            if match and not (value == "term" and _HOLIDAY.search(told.text)):
                yield Candidate(
                    field=IncidentField.SCHOOL_CALENDAR, value=value, told=told,
                    start=match.start(), end=match.end(), weight=0.9 * told.weight,
                    explanation=match.group(),
                )  # fmt: skip
