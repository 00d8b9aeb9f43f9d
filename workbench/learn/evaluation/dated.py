"""Recommendations' addressees, and the dates of chronology entries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from workbench.learn.evaluation.pooling import Bootstrap, confusion_table, pool_measures
from workbench.learn.evaluation.records import Section, Tally, share
from workbench.learn.matching.comparison import Comparison
from workbench.learn.matching.tokens import word_keys
from workbench.learn.truth_records import TruthEvent, TruthRecommendation
from workbench.records import DatedEvent, Recommendation

ADDRESSEE_LABELS = {
    "stated": "recommendations for which an addressee is given",
    "exact": "addressee right, word for word",
    "right": "addressee right, short names and one of several allowed",
    "precision": "addressee right, of those given",
}
EVENT_LABELS = {
    "date": "date and precision right, of the events found in an entry",
    "date.read": "entries whose date was read",
    "day_month": "date right to the month, of the events found in an entry",
}
_MIN_CONTAINED = 0.8  # share of the word pairs of a recommendation that must be held
_MIN_EVENT = 0.6  # share of the words of an event that its entry must hold
_LITTLE = frozenset({"the", "of", "and", "for", "a", "in", "to"})


def detail_sections(comparisons: Sequence[Comparison], bootstrap: Bootstrap) -> list[Section]:
    """The sections on addressees and on dated events."""
    addressees = {each.truth.truth_id: _addressees(each) for each in comparisons}
    events = {each.truth.truth_id: _events(each) for each in comparisons}
    return [
        Section(
            key="addressees",
            title="Addressees of recommendations",
            explanation="For the recommendations that were found as records of their own: to "
            "whom they are made. Word for word means the same words in any order, but for "
            "articles; short names means that all words given are in the truth (the Board for "
            "the Safeguarding Adults Board). The truth also names addressees that the review "
            "nowhere prints.",
            measures=pool_measures("addressees", ADDRESSEE_LABELS, addressees, bootstrap),
        ),
        Section(
            key="events",
            title="Dates of chronology entries",
            explanation=f"An event of the truth is found in an entry that holds at least "
            f"{_MIN_EVENT} of its words; of several the one with most. A range is right when both "
            "ends are.",
            measures=pool_measures("events", EVENT_LABELS, events, bootstrap),
            tables=(
                confusion_table(
                    "events.precisions",
                    "Precision of dates",
                    [
                        (wanted.precision, given.precision.value)
                        for each in comparisons
                        for wanted, given in _matched_events(each)
                    ],
                ),
            ),
        ),
    ]


def _addressees(comparison: Comparison) -> dict[str, Tally]:
    pairs = [pair for pair in _matched_recommendations(comparison) if pair[0].addressee]
    given = [pair for pair in pairs if pair[1].addressee]
    right = sum(is_addressee(wanted.addressee, found.addressee) for wanted, found in given)
    return {
        "stated": share(len(given), len(pairs)),
        "exact": share(
            sum(_name_words(a.addressee) == _name_words(b.addressee) for a, b in given), len(pairs)
        ),
        "right": share(right, len(pairs)),
        "precision": share(right, len(given)),
    }


def is_addressee(wanted: str, given: str) -> bool:
    """Whether the words given name one of the bodies wanted, in full or in short."""
    words = _name_words(given)
    return any(
        words and (words <= _name_words(body) or _name_words(body) <= words)
        for body in (wanted, *re.split(r"\s*;\s*", wanted))
    )


def _name_words(name: str) -> frozenset[str]:
    return frozenset(word_keys(name)) - _LITTLE


def _matched_recommendations(
    comparison: Comparison,
) -> list[tuple[TruthRecommendation, Recommendation]]:
    """Recommendations of the truth, each with the record that holds its words."""
    records = comparison.reading.recommendations if comparison.reading else ()
    bags = [_word_pairs(record.text) for record in records]
    pairs = []
    for wanted in comparison.truth.recommendations:
        text = _word_pairs(wanted.text)
        held = [(text & bag).total() / max(text.total(), 1) for bag in bags]
        if held and max(held) >= _MIN_CONTAINED:
            pairs.append((wanted, records[held.index(max(held))]))
    return pairs


def _events(comparison: Comparison) -> dict[str, Tally]:
    pairs = _matched_events(comparison)
    records = _entries(comparison)
    exact = sum((a.date, a.precision) == (b.date, b.precision.value) for a, b in pairs)
    monthly = [(a, b) for a, b in pairs if a.precision in ("day", "month")]
    return {
        "date": share(exact, len(pairs)),
        "date.read": share(sum(bool(each.date) for each in records), len(records)),
        "day_month": share(sum(a.date[:7] == b.date[:7] for a, b in monthly), len(monthly)),
    }


def _entries(comparison: Comparison) -> list[DatedEvent]:
    records = comparison.reading.events if comparison.reading else ()
    return [record for record in records if record.is_entry]


def _matched_events(comparison: Comparison) -> list[tuple[TruthEvent, DatedEvent]]:
    """Events of the truth, each with the entry that holds most of its words."""
    records = _entries(comparison)
    bags = [Counter(word_keys(record.text)) for record in records]
    pairs = []
    for wanted in comparison.truth.chronology:
        words = Counter(word_keys(wanted.event))
        held = [(words & bag).total() / max(words.total(), 1) for bag in bags]
        if held and max(held) >= _MIN_EVENT:
            pairs.append((wanted, records[held.index(max(held))]))
    return pairs


def _word_pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(word_keys(text)))
