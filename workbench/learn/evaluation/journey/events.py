"""Dated events against the chronology of the truth: found or not, and by which agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.learn.evaluation.journey.names import same_agency
from workbench.learn.evaluation.pooling import Bootstrap, pool_measures
from workbench.learn.evaluation.records import Section, Tally, precision_recall_f1, share
from workbench.learn.matching.comparison import Comparison
from workbench.learn.matching.tokens import word_keys
from workbench.learn.truth_records import TruthEvent
from workbench.records import DatedEvent, SegmentKind
from workbench.records.journey import Journey

LABELS = {
    "printed.precision": "entries of chronologies: precision",
    "printed.recall": "entries of chronologies: recall",
    "printed.f1": "entries of chronologies: F1",
    "told.recall": "events that only the text tells: recall",
    "all.precision": "all dated events: share that the truth lists",
    "all.recall": "all dated events: recall",
    "all.f1": "all dated events: F1",
    "agency": "agency right, of the events found that have one",
}
_MIN_HELD = 0.6  # share of the words of an event that a printed entry must hold


@dataclass(frozen=True, slots=True)
class Matched:
    """Events of the truth with the records that have their date, and what is left."""

    pairs: tuple[tuple[TruthEvent, DatedEvent], ...]
    missed: tuple[TruthEvent, ...]
    spare: tuple[DatedEvent, ...]


def chronology_section(
    comparisons: Sequence[Comparison],
    bootstrap: Bootstrap,
    journeys: Mapping[str, Journey],
) -> Section:
    """The section on dated events.

    Args:
        comparisons: Documents with content.
        bootstrap: Over the same documents.
        journeys: By document id; for the agencies of events.
    """
    units = {each.truth.truth_id: _tallies(each, journeys) for each in comparisons}
    return Section(
        key="chronology",
        title="Chronology",
        explanation="An event is found when the system has one with the same date and the same "
        "precision; of several the one with most words in common; each counts once. Events that "
        "stand in a printed chronology are held against its entries. The truth lists the events "
        "that matter and not every date of the text, so that the share of all dated events that "
        "it lists is no precision: of events told in sentences only the recall can be measured.",
        measures=pool_measures("chronology", LABELS, units, bootstrap),
    )


def _tallies(comparison: Comparison, journeys: Mapping[str, Journey]) -> dict[str, Tally]:
    records = comparison.reading.events if comparison.reading else ()
    entries = [record for record in records if record.is_entry]
    printed, told = _by_place(comparison)
    in_entries = match_events(printed, entries)
    everything = match_events(comparison.truth.chronology, records)
    found_told = sum(event in told for event, _ in everything.pairs)
    # An entry that has the date of an event which the truth does not see printed is not wrong.
    spare = match_events(told, in_entries.spare).spare
    with_agency = [(event, record) for event, record in everything.pairs if event.agencies]
    journey = journeys.get(comparison.document_id or "")
    right = sum(
        _agency_is_right(event, record, comparison, journey) for event, record in with_agency
    )
    return {
        **precision_recall_f1("printed", len(in_entries.pairs), len(spare), len(in_entries.missed)),
        "told.recall": share(found_told, len(told)),
        **precision_recall_f1(
            "all", len(everything.pairs), len(everything.spare), len(everything.missed)
        ),
        "agency": share(right, len(with_agency)),
    }


def match_events(wanted: Sequence[TruthEvent], records: Sequence[DatedEvent]) -> Matched:
    """Pair each event with a record of equal date and precision, most words in common first."""
    left = list(records)
    pairs, missed = [], []
    for event in wanted:
        same = [r for r in left if (r.date, r.precision.value) == (event.date, event.precision)]
        if not same:
            missed.append(event)
            continue
        words = Counter(word_keys(event.event))
        best = max(same, key=lambda record: (words & Counter(word_keys(record.text))).total())
        left.remove(best)
        pairs.append((event, best))
    return Matched(tuple(pairs), tuple(missed), tuple(left))


def _by_place(comparison: Comparison) -> tuple[list[TruthEvent], list[TruthEvent]]:
    """The events that the truth prints in a chronology, and those that only the text tells."""
    entries = [
        Counter(word_keys(paragraph.text))
        for paragraph in comparison.truth.paragraphs
        if paragraph.kind is SegmentKind.CHRONOLOGY_ENTRY
    ]
    printed: list[TruthEvent] = []
    told: list[TruthEvent] = []
    for event in comparison.truth.chronology:
        words = Counter(word_keys(event.event))
        held = max(((words & entry).total() for entry in entries), default=0)
        (printed if held >= _MIN_HELD * max(words.total(), 1) else told).append(event)
    return printed, told


def _agency_is_right(
    event: TruthEvent, record: DatedEvent, comparison: Comparison, journey: Journey | None
) -> bool:
    """Whether the event, in full or as printed, names one of the agencies of the truth."""
    if journey is None or comparison.reading is None:
        return False
    text = comparison.reading.frozen.text
    named = [
        text[mention.start_char : mention.end_char]
        for mention in journey.mentions
        if mention.document_id == record.document_id
        and record.start_char <= mention.start_char < record.end_char
    ]
    named += [
        name
        for each in journey.events
        if (each.start_char, each.end_char, each.date)
        == (record.start_char, record.end_char, record.date)
        for name in each.agencies
    ]
    return any(same_agency(wanted, name) for wanted in event.agencies for name in named)
