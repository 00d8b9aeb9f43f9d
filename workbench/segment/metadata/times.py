"""When a review was published, which time it looks at, and when the incident was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.records import DatePrecision, MetadataField, Metadatum, SegmentKind
from workbench.segment.chronology.dates import PrintedDate, dates_in
from workbench.segment.metadata.printed import SKIPPED, Printed, front, metadatum

PUBLISHED = re.compile(r"\b(?:published|publication)\b[^.;\d]{0,60}$", re.IGNORECASE)
COMPLETED = re.compile(
    r"\b(?:adopted|approved|agreed|accepted|completed|submitted|presented|final report|version"
    r"|dated?)\b[^.;\d]{0,60}$",
    re.IGNORECASE,
)
INSPECTED = re.compile(r"\b(?:inspections?|incidents?|death|died)\b", re.IGNORECASE)
SIGNED = re.compile(r"\b(?:dated?|signed|signature)\b", re.IGNORECASE)
PERIOD = re.compile(
    r"\b(?:period (?:under review|of the review|from|between)|covers the (?:period|years)"
    r"|review (?:period|covers|examines|considers)|agency involvement|time ?frame)\b",
    re.IGNORECASE,
)
MAX_PERIOD_CHARS = 240
FATAL = re.compile(
    r"\b(?:died|dies|(?:was|were) (?:\w+ )?(?:killed|murdered|stabbed|shot|strangled|assaulted)"
    r"|(?:was|were) found (?:dead|seriously)|killed|fatally)\b",
    re.IGNORECASE,
)
#: Sentences that date something else: the inquiry, the trial, an earlier death.
NOT_FATAL = re.compile(
    r"\b(?:investigation|inquest|review|notified|convicted|sentenced|pleaded|mother|father|parents?"
    r"|grand\w+|brother|sister|husband|wife|friend|born|research|act \d{4}|published|report)\b",
    re.IGNORECASE,
)
MONTHLY = frozenset({DatePrecision.DAY, DatePrecision.MONTH})
MAX_CLAUSE_CHARS = 60
N_PASSAGES = 60  # of the beginning of the text, in which the incident is told


def report_date(printed: Sequence[Printed], *, is_coroners: bool = False) -> Metadatum | None:
    """The date of publication, else of completion, else the one that stands alone."""
    if is_coroners and (signed := _signed(printed)):
        return signed
    best: Metadatum | None = None
    for each in front(printed):
        if each.n_words > 40 or each.segment.number:
            continue
        for found in dates_in(each.text):
            confidence = _date_confidence(each.text, found)
            if confidence and (best is None or confidence > best.confidence):
                span = found.start, found.end
                best = metadatum(
                    MetadataField.REPORT_DATE, found.date, each.segment, confidence, span
                )
    return best


def _date_confidence(text: str, found: PrintedDate) -> float:
    if found.precision is DatePrecision.RANGE:
        return 0.0
    before = text[: found.start]
    if PUBLISHED.search(before):
        return 0.95
    if COMPLETED.search(before):
        return 0.85
    if found.start == 0 and found.end >= len(text.rstrip(" .")):
        return 0.8
    at_end = found.end >= len(text.rstrip(" .")) and found.precision in MONTHLY
    return 0.6 if at_end and not INSPECTED.search(text) else 0.0


def _signed(printed: Sequence[Printed]) -> Metadatum | None:
    """The date below the last heading of a coroner's report."""
    kept = [each for each in printed if each.segment.kind not in SKIPPED]
    headings = [i for i, each in enumerate(kept) if SIGNED.search(each.text) and each.n_words <= 12]
    for at in reversed(headings):
        for each in kept[at : at + 4]:
            signed = next(dates_in(each.text), None)
            if signed is not None and signed.precision is DatePrecision.DAY:
                span = signed.start, signed.end
                return metadatum(MetadataField.REPORT_DATE, signed.date, each.segment, 0.9, span)
    return None


def period(printed: Sequence[Printed]) -> Metadatum | None:
    """The time under review, where one sentence gives its beginning and its end."""
    for each in printed:
        match = PERIOD.search(each.text) if each.segment.kind not in SKIPPED else None
        if match is None:
            continue
        sentence = re.split(r"\.\s", each.text[match.start() :])[0][:MAX_PERIOD_CHARS]
        dates = list(dates_in(sentence))
        ranges = [found for found in dates if found.precision is DatePrecision.RANGE]
        if ranges:
            value, last = ranges[0].date, ranges[0]
        elif len(dates) > 1 and re.search(r"\b(?:to|until|and)\s+$", sentence[: dates[1].start]):
            value, last = f"{dates[0].date}/{dates[1].date}", dates[1]
        else:
            continue
        span = match.start(), match.start() + last.end
        return metadatum(MetadataField.PERIOD, value, each.segment, 0.8, span)
    return None


def incident_date(printed: Sequence[Printed], title: Metadatum | None) -> Metadatum | None:
    """The month of the death or incident: from the title, else from the first telling of it."""
    if title is not None and re.search(r"\b(?:died|deaths?|killed)\b", title.value):
        for found in dates_in(title.value):
            if found.month:
                return Metadatum(
                    document_id=title.document_id, field=MetadataField.INCIDENT_DATE,
                    value=found.month, confidence=0.95, source=title.source,
                    start_char=title.start_char, end_char=title.end_char,
                )  # fmt: skip
    prose = [
        each for each in printed
        if each.segment.kind in (SegmentKind.PARAGRAPH, SegmentKind.BULLET)
    ]  # fmt: skip
    for each in prose[:N_PASSAGES]:
        for sentence in re.finditer(r"[^.]+(?:\.|$)", each.text):
            text = sentence.group()
            if not FATAL.search(text) or NOT_FATAL.search(text):
                continue
            of_death = _fatal_date(text)
            if of_death is not None:
                span = sentence.start() + of_death.start, sentence.start() + of_death.end
                return metadatum(
                    MetadataField.INCIDENT_DATE, of_death.month, each.segment, 0.6, span
                )
    return None


def _fatal_date(sentence: str) -> PrintedDate | None:
    """The date that stands close to the words that tell of the death, in the same clause."""
    for fatal in FATAL.finditer(sentence):
        for found in dates_in(sentence):
            first, second = sorted([fatal.span(), (found.start, found.end)])
            between = sentence[first[1] : second[0]]
            if found.month and len(between) <= MAX_CLAUSE_CHARS and not re.search("[:;]", between):
                return found
    return None
