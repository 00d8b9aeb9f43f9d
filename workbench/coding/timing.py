"""When a factor was there, seen from the index incident."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbench.coding.matching import Hit
from workbench.coding.text.passage import Passage
from workbench.coding.text.terms import Spans, Terms, within
from workbench.records import Assertion, Code, SubjectRole, Temporality

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_AGE = re.compile(
    r"\b(?:aged|age of|[Ww]hen (?:he|she) was|[Aa]t) "
    r"(\d{1,2}|[a-z]+teen|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    rf"(?![.:]\d| {_MONTH})"
)
_NUMBERS = {"four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
            "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
            "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}  # fmt: skip
_ADULT = 18
_MARKED = (Temporality.POST_INCIDENT, Temporality.INDEX_INCIDENT, Temporality.CHILDHOOD)
_YEAR_REACH_CHARS = 600  # a date holds for what follows it in the paragraph
_CURRENT_MONTHS = 12  # before the incident
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d$")
_PAST_WORDS = frozenset({"was", "were", "had", "did", "been", "died", "took", "went", "told",
                         "said", "became", "began", "felt", "found", "gave", "left", "made",
                         "saw", "spoke", "used", "wrote"})  # fmt: skip
_DATE = re.compile(rf"(?:\b({_MONTH}),? )?\b(19[4-9]\d|20[0-4]\d)\b")
_FATAL = (
    r"(?:died|killed|murdered|stabbed|death|found (?:dead|lifeless)|seriously injured|incident)"
)
_INCIDENT = (
    re.compile(rf"\b{_FATAL}\b[^.\n]{{0,80}}?\b\d{{1,2}} ({_MONTH}) (20[0-4]\d)\b"),
    re.compile(rf"\b\d{{1,2}} ({_MONTH}) (20[0-4]\d)\b[^.\n]{{0,80}}?\b{_FATAL}\b"),
    re.compile(rf"\b{_FATAL}\b[^.\n]{{0,60}}?\bin ({_MONTH}) (20[0-4]\d)\b"),
)

Month = int  # months since the year 0


def incident_month(texts: Sequence[str]) -> Month | None:
    """The month of the index incident: the one named most often beside a death or attack.

    Of months named equally often the one named first, since a review begins with its incident.
    """
    counts: dict[Month, int] = {}
    for text in texts:
        for pattern in _INCIDENT:
            for match in pattern.finditer(text):
                month = int(match.group(2)) * 12 + _MONTHS.index(match.group(1))
                counts[month] = counts.get(month, 0) + 1
    return max(counts, key=lambda month: counts[month]) if counts else None


_TIMES = {"current": Temporality.CURRENT} | {time.value: time for time in Temporality}


class TimingRules:
    """Chooses the temporality of a hit."""

    def __init__(self, terms: Terms, context: Mapping[str, frozenset[str]]) -> None:
        self._school_age = context["school_age_codes"]
        self._lasting = context["lasting_codes"]
        self._terms = {
            _TIMES[name]: terms.add(phrases) for name, phrases in context.items() if name in _TIMES
        }

    def choose(
        self, code: Code, role: SubjectRole, hit: Hit, reading: tuple[Passage, Spans],
        incident: Month | None,
    ) -> Temporality:  # fmt: skip
        """The temporality of an affirmed, suspected or negated coding."""
        passage, spans = reading
        sentence = passage.sentence(hit.first)
        text = passage.slice(*sentence)
        marked = [time for time in _MARKED if within(spans.get(self._terms[time], ()), *sentence)]
        if code.ace:
            return Temporality.CHILDHOOD
        if marked and not code.has_valence:
            return marked[0]
        if not code.has_valence and _is_young(text):
            return Temporality.CHILDHOOD
        if code.code_id in self._school_age and SubjectRole.INDEX_CHILD is not role:
            return Temporality.CHILDHOOD
        start = passage.starts[sentence[0]]
        before = passage.text[max(0, start - _YEAR_REACH_CHARS) : start]
        by_date = _by_date(_DATE.findall(text), incident)
        by_date = by_date or _by_date(_DATE.findall(before)[-1:], incident)
        if by_date is not None:
            return by_date
        for time in (Temporality.PAST, Temporality.CURRENT):
            if within(spans.get(self._terms[time], ()), *sentence):
                return time
        # What lasts is there at the incident too, unless the text says that it was over.
        return Temporality.CURRENT if code.code_id in self._lasting else Temporality.PAST

    @staticmethod
    def of_assertion(assertion: Assertion) -> Temporality | None:
        """Nothing happened at any time where only the topic is named."""
        if assertion in (Assertion.GENERAL, Assertion.RECOMMENDATION):
            return Temporality.UNCLEAR
        return None


def tells_the_past(words: Sequence[str]) -> bool:
    """Whether a sentence tells of what happened: it holds a verb in the past, or a year."""
    return any(
        word.lower() in _PAST_WORDS or (word.endswith("ed") and len(word) > 4) or _YEAR.match(word)
        for word in words
    )


def _is_young(text: str) -> bool:
    for match in _AGE.finditer(text):
        number = match.group(1)
        age = int(number) if number.isdigit() else _NUMBERS.get(number, _ADULT)
        if age < _ADULT:
            return True
    return False


def _by_date(dates: Sequence[tuple[str, str]], incident: Month | None) -> Temporality | None:
    """The time of the latest of some dates (month or "", year), seen from the incident."""
    if incident is None or not dates:
        return None
    months = [_month(name, int(year), incident) for name, year in dates]
    latest = max(months)
    if latest > incident:
        return Temporality.POST_INCIDENT
    return Temporality.CURRENT if latest > incident - _CURRENT_MONTHS else Temporality.PAST


def _month(name: str, year: int, incident: Month) -> Month:
    if name:
        return year * 12 + _MONTHS.index(name)
    # A year alone is taken as its end, yet the incident's own year as the time before it.
    return incident if year == incident // 12 else year * 12 + 11
