"""When a factor was there, seen from the index incident."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbench.coding.matching import Hit
from workbench.coding.passage import Passage
from workbench.coding.terms import Spans, Terms, within
from workbench.records import Assertion, Code, Temporality

_YEAR = re.compile(r"\b(19[4-9]\d|20[0-4]\d)\b")
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
_YEAR_REACH_CHARS = 600  # a year holds for what follows it in the paragraph
_CURRENT_YEARS = 1  # before the year of the incident


def incident_year(texts: Sequence[str]) -> int | None:
    """The year of the index incident: the year named most often beside a death or attack."""
    counts: dict[int, int] = {}
    pattern = re.compile(
        r"(?:died|killed|murdered|stabbed|death|fatal|incident|found dead|injured)"
        r"[^.\n]{0,80}?\b(20[0-4]\d)\b"
        r"|\b(20[0-4]\d)\b[^.\n]{0,60}(?:died|killed|murdered|stabbed|was found dead|was injured)"
    )
    for text in texts:
        for match in pattern.finditer(text):
            year = int(match.group(1) or match.group(2))
            counts[year] = counts.get(year, 0) + 1
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


class TimingRules:
    """Chooses the temporality of a hit."""

    def __init__(self, terms: Terms, context: Mapping[str, frozenset[str]]) -> None:
        names = {"current": Temporality.CURRENT}
        self._terms = {
            names.get(name) or Temporality(name): terms.add(phrases)
            for name, phrases in context.items()
        }

    def choose(
        self, code: Code, hit: Hit, passage: Passage, spans: Spans, incident: int | None
    ) -> Temporality:
        """The temporality of an affirmed, suspected or negated coding."""
        sentence = passage.sentence(hit.first)
        text = passage.slice(*sentence)
        marked = [time for time in _MARKED if within(spans.get(self._terms[time], ()), *sentence)]
        if code.ace:
            return Temporality.CHILDHOOD
        if marked and not code.has_valence:
            return marked[0]
        if not code.has_valence and _is_young(text):
            return Temporality.CHILDHOOD
        before = passage.text[: passage.starts[sentence[0]]][-_YEAR_REACH_CHARS:]
        by_year = _by_year(text, incident) or _by_year(_last_year(before), incident)
        if by_year is not None:
            return by_year
        for time in (Temporality.PAST, Temporality.CURRENT):
            if within(spans.get(self._terms[time], ()), *sentence):
                return time
        return Temporality.PAST

    @staticmethod
    def of_assertion(assertion: Assertion) -> Temporality | None:
        """Nothing happened at any time where only the topic is named."""
        if assertion in (Assertion.GENERAL, Assertion.RECOMMENDATION):
            return Temporality.UNCLEAR
        return None


def _is_young(text: str) -> bool:
    for match in _AGE.finditer(text):
        number = match.group(1)
        age = int(number) if number.isdigit() else _NUMBERS.get(number, _ADULT)
        if age < _ADULT:
            return True
    return False


def _last_year(text: str) -> str:
    years = _YEAR.findall(text)
    return years[-1] if years else ""


def _by_year(text: str, incident: int | None) -> Temporality | None:
    years = [int(year) for year in _YEAR.findall(text)]
    if incident is None or not years:
        return None
    latest = max(years)
    if latest > incident:
        return Temporality.POST_INCIDENT
    if latest >= incident - _CURRENT_YEARS:
        return Temporality.CURRENT
    return Temporality.PAST
