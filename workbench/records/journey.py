"""Which agencies were in touch with the people of a case, and when."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date as calendar_date
from datetime import timedelta

from workbench.errors import OffsetError
from workbench.records.vocabulary import DatePrecision

#: Two years, in which times without contact are looked for before the incident.
RECENT_DAYS = 731
#: Begins the ids of mentions: findings rest on mentions and on codings, and list both.
_MENTION = "agency-"


def is_mention_id(passage_id: str) -> bool:
    """Whether the id behind a finding is that of a mention, not of a coding."""
    return passage_id.startswith(_MENTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency that a document names, in whatever words."""

    document_id: str
    agency_id: str  # "A1", unique in the document
    kind: str  # id of a kind of agency, such as "police"; "other" where no word tells
    name: str  # in full, or in general words ("general practice") where it has no name
    is_named: bool  # False: the document has no name for it
    aliases: tuple[str, ...] = ()
    start_char: int  # first mention
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMention:
    """One place at which an agency is named in what the review says of the case."""

    document_id: str
    segment: int  # ordinal of the segment
    start_char: int  # of the words that name it; of the entry where only its column does
    end_char: int
    kind: str
    agency_id: str  # "" where only the kind is known: it has no name, or several may be meant
    sentence_start: int  # of the sentence or chronology entry around it
    sentence_end: int
    is_contact: bool  # the sentence says that it did something with the people of the case

    def __post_init__(self) -> None:
        inside = self.sentence_start <= self.start_char < self.end_char <= self.sentence_end
        if not inside:
            raise OffsetError(
                f"{self.document_id}: the agency at [{self.start_char}:{self.end_char}] is not "
                f"inside its sentence [{self.sentence_start}:{self.sentence_end}]"
            )

    @property
    def mention_id(self) -> str:
        """Stable name: these words for this kind of agency."""
        place = f"{self.document_id[:12]}-{self.start_char}-{self.end_char}"
        return f"{_MENTION}{place}-{self.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyEvent:
    """Something that happened at a time the document states."""

    document_id: str
    segment: int
    start_char: int  # of the chronology entry or of the sentence
    end_char: int
    text: str
    date: str  # as in ``DatedEvent``
    precision: DatePrecision
    printed: str
    kinds: tuple[str, ...] = ()  # of the agencies that were in touch
    mention_ids: tuple[str, ...] = ()  # where they are named
    agencies: tuple[str, ...] = ()  # their names
    person_ids: tuple[str, ...] = ()  # people of the document that it names
    coding_ids: tuple[str, ...] = ()  # affirmed codings inside it that count as evidence
    from_chronology: bool = True  # False: a sentence of the running text

    @property
    def event_id(self) -> str:
        """Stable name."""
        return f"{self.document_id[:12]}-{self.start_char}-{self.end_char}-{self.date}"

    @property
    def days(self) -> tuple[calendar_date, calendar_date] | None:
        """The first and the last day on which it can have happened; None where not dated."""
        return date_bounds(self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The way of one case's people through the agencies, as far as the review tells it."""

    case_id: str
    agencies: tuple[Agency, ...]
    mentions: tuple[AgencyMention, ...]  # in evidence sections, in reading order
    events: tuple[JourneyEvent, ...]  # by their first day; those without a date left out
    incident_date: str = ""  # ISO 8601, as exact as it is known; "" for not known
    birth_date: str = ""  # of the only subject, a range where it follows from the age; "" not known

    @property
    def contacts(self) -> tuple[AgencyMention, ...]:
        """The mentions that tell of a contact."""
        return tuple(mention for mention in self.mentions if mention.is_contact)

    @property
    def dated_contacts(self) -> tuple[JourneyEvent, ...]:
        """The events at which an agency was in touch, none that may lie after the incident."""
        bounds = date_bounds(self.incident_date)
        return tuple(
            event
            for event in self.events
            if event.kinds and event.days and (bounds is None or event.days[1] <= bounds[1])
        )

    @property
    def recent_from(self) -> calendar_date | None:
        """Two years before the first day on which the incident can have been; None: not known."""
        bounds = date_bounds(self.incident_date)
        return bounds[0] - timedelta(days=RECENT_DAYS) if bounds else None

    def longest_gap(self, since: calendar_date = calendar_date.min) -> Gap | None:
        """The longest time without a recorded contact between two recorded ones.

        Contacts that were surely over before ``since`` are passed over. Its length is what the
        printed dates leave sure: from the last day on which any earlier contact can have been to
        the first day on which the next one can. None with fewer than two dated contacts, or where
        no two lie surely apart.
        """
        longest: Gap | None = None
        before: JourneyEvent | None = None
        until = calendar_date.min
        for event in self.dated_contacts:
            first, last = event.days or (calendar_date.max, calendar_date.max)
            if last < since:
                continue
            if before is not None and (first - until).days > (longest.n_days if longest else 0):
                longest = Gap(n_days=(first - until).days, before=before, after=event)
            if last > until:
                before, until = event, last
        return longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which the review records no contact."""

    n_days: int  # at least
    before: JourneyEvent  # the contact that it begins with
    after: JourneyEvent


_SEASON_MONTHS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}


def date_bounds(iso: str) -> tuple[calendar_date, calendar_date] | None:
    """The first and the last day that a date can mean, as exact as it is printed.

    ``2019-05`` is any day of May 2019; ``2019-21`` (EDTF: spring) the three months from March;
    a range runs from the first day of its first to the last day of its last part. None for an
    empty or unreadable date.
    """
    parts = [_single_bounds(part) for part in iso.split("/")]
    if not iso or any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    return known[0][0], known[-1][1]


def _single_bounds(iso: str) -> tuple[calendar_date, calendar_date] | None:
    fields = iso.split("-")
    try:
        year = int(fields[0])
        if len(fields) == 1:
            return calendar_date(year, 1, 1), calendar_date(year, 12, 31)
        if len(fields) == 3:
            day = calendar_date(year, int(fields[1]), int(fields[2]))
            return day, day
        if fields[1] in _SEASON_MONTHS:
            first, last = _SEASON_MONTHS[fields[1]]
            # A winter begins in the year that it is named for and ends in the next one.
            end_year = year + (last < first)
            return calendar_date(year, first, 1), _last_day(end_year, last)
        month = int(fields[1])
        return calendar_date(year, month, 1), _last_day(year, month)
    except ValueError:
        return None


def _last_day(year: int, month: int) -> calendar_date:
    return calendar_date(year, month, calendar.monthrange(year, month)[1])
