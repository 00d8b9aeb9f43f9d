"""Times of day to the bands of the codebook; where the words do not settle a band, none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

BANDS = ((0, 6, "00-06"), (6, 9, "06-09"), (9, 16, "09-16"), (16, 19, "16-19"), (19, 24, "19-24"))
_HOURS = {
    name: number
    for number, name in enumerate(
        (
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve",
        ),
        start=1,
    )
}  # fmt: skip
_HOUR_WORD = "|".join(_HOURS)
_HALF = r"(?P<half>\s*(?:a\.?m\b\.?|p\.?m\b\.?))"
_OCLOCK = r"\s+o['\u2019]?\s?clock"
#: Said right behind the hour: "at 8.30 that evening", "at four in the afternoon", "at 11 at night".
_PART = (
    r"(?P<said>(?:,? (?:in|on|of)(?: the| that)?| that| at) (?:\w+day )?"
    r"(?:morning|afternoon|evening|night))\b"
)
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d.:])(?P<hour>\d{{1,2}})(?:[.:](?P<minute>[0-5]\d))?{_HALF}",
        r"(?<![\d.:])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?:hours|hrs|h)\b",
        rf"(?<![\d.:\u00a3$])(?P<hour>\d{{1,2}})[.:](?P<minute>[0-5]\d){_PART}",
        r"(?<![\d.:\u00a3$])(?P<hour>[01]\d|2[0-3])[.:](?P<minute>[0-5]\d)(?![\d.:%])",
        r"\b(?P<part>half past|quarter (?:to|past)|(?:five|ten|twenty) (?:minutes )?(?:to|past))"
        rf"\s+(?P<hour>{_HOUR_WORD}|\d{{1,2}})\b(?:{_OCLOCK})?",
        rf"\b(?P<hour>{_HOUR_WORD}|\d{{1,2}}){_OCLOCK}",
        rf"\b(?:at|around|about|approximately|by|before|after|until|between|and|from) "
        rf"(?P<hour>{_HOUR_WORD}|\d{{1,2}}){_PART}",
        r"\b(?P<word>midnight|noon|midday)\b",
    )
)  # fmt: skip
_BEFORE = re.compile(
    r"\b(?:shortly|just|a little|minutes|moments|soon|not long) before\s*$|\bbefore\s*$", re.I
)
_FROM = re.compile(r"\b(?:between|from) (?:about |around |approximately )?$", re.IGNORECASE)
_TO = re.compile(r"\W*(?:and|to|until|-|\u2013) ?(?:about |around |approximately )?", re.I)
_OF_DAY = re.compile(
    r"\b(?P<morning>morning)\b|\b(?P<afternoon>afternoon)\b|\b(?P<evening>evening)\b"
    r"|\b(?P<night>night)\b", re.IGNORECASE,
)  # fmt: skip
#: Words that settle a band by themselves.
_WORDED = (
    (re.compile(r"\b(?:early hours|small hours|middle of the night|after midnight)\b", re.I),
     "00-06"),
    (re.compile(r"\b(?:late (?:in the|that|on the|on \w+) (?:evening|night)|late evening"
                r"|late at night|(?:shortly|just) before midnight|New Year['\u2019]s Eve)\b", re.I),
     "19-24"),
    (re.compile(r"\b(?:mid-?morning|late morning|lunch ?time|early afternoon)\b", re.I), "09-16"),
    (re.compile(r"\b(?:late afternoon|tea-?time)\b", re.I), "16-19"),
)  # fmt: skip
_NEAR_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocked:
    """A time that falls into one band, and where its words stand."""

    band: str
    start: int
    end: int
    is_worded: bool = False  # no hour is named


def clock_times(text: str, context: str = "") -> tuple[Clocked, ...]:
    """Times of a text whose band is certain, in order.

    "Eight o'clock" alone may be morning or evening and is left out; "a little before eight
    o'clock in the morning" is 06-09. "The evening" crosses two bands and is left out, and so is
    a stretch from one band to another ("between 5pm and 8pm").

    Args:
        text: A sentence.
        context: The text before it: "that morning" there says which eight o'clock is meant.
    """
    found: list[Clocked] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            minute = _minute(match, text, context)
            if minute is not None:
                start = match.start("hour") if match.groupdict().get("said") else match.start()
                found.append(Clocked(band=band_of(minute), start=start, end=match.end()))
    taken = list(found)
    for pattern, band in _WORDED:
        for match in pattern.finditer(text):
            if not any(match.start() < o.end and o.start < match.end() for o in taken):
                found.append(
                    Clocked(band=band, start=match.start(), end=match.end(), is_worded=True)
                )
    found.sort(key=lambda each: (each.start, each.end))
    open_ended = {
        each
        for first, last in pairwise(found)
        if first.band != last.band
        and _FROM.search(text[: first.start])
        and _TO.fullmatch(text[first.end : last.start])
        for each in (first, last)
    }
    return tuple(each for each in found if each not in open_ended)


def band_of(minute: int) -> str:
    """The band that holds a minute of the day (0 to 1439)."""
    return next(name for first, last, name in BANDS if first * 60 <= minute < last * 60)


def _minute(match: re.Match[str], text: str, context: str) -> int | None:
    groups = match.groupdict()
    if word := groups.get("word"):
        if word.lower() != "midnight":
            return 12 * 60
        before = text[: match.start()]
        if _BEFORE.search(before):
            return 24 * 60 - 5
        # "At midnight on Saturday" may be the end of either day; the band is the one after it.
        return 5
    hour = _number(groups["hour"])
    minute = int(groups.get("minute") or 0)
    half = (groups.get("half") or "").strip().lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif hour <= 12 and (groups.get("part") or groups.get("said") or groups.get("minute") is None):
        end = match.start("said") if groups.get("said") else match.end()
        added = _half_of_day(hour, text, match.start(), end, context)
        if added is None or hour == 0:
            return None
        minute += _shifted(groups.get("part"))
        hour = hour % 12 + added
    elif hour > 23:
        return None
    total = hour * 60 + minute
    if _BEFORE.search(text[: match.start()]):
        total -= 5
    return total % (24 * 60)


def _half_of_day(hour: int, text: str, start: int, end: int, context: str) -> int | None:
    """0 or 12, to be added to an hour (from 1) that is named without its half of the day."""
    part = _part_of_day(text, start, end, context)
    if part == "morning":
        return 0
    if part == "afternoon":
        return 12 if hour <= 6 or hour == 12 else None
    if part == "evening":
        return 12 if 4 <= hour <= 11 else None
    if part == "night":
        return 12 if 7 <= hour <= 11 else 0 if hour <= 5 or hour == 12 else None
    return None


def _part_of_day(text: str, start: int, end: int, context: str) -> str:
    after = _OF_DAY.search(text[end : end + _NEAR_CHARS])
    if after:
        return str(after.lastgroup)
    before = [*_OF_DAY.finditer(context), *_OF_DAY.finditer(text[:start])]
    return str(before[-1].lastgroup) if before else ""


def _number(text: str) -> int:
    return _HOURS.get(text.lower()) or int(text)


def _shifted(part: str | None) -> int:
    """Minutes that "half past", "quarter to" and the like add to the hour."""
    if not part:
        return 0
    words = part.lower().split()
    size = {"half": 30, "quarter": 15, "five": 5, "ten": 10, "twenty": 20}[words[0]]
    return -size if words[-1] == "to" else size
