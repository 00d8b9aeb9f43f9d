"""What speaks for a code in a segment, in numbers that mean the same for every code.

These are the inputs of the stacked model. Because no column belongs to one code, what is
learned from the common codes holds for the rare ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.units import Units
from workbench.records import Assertion, Coding, SectionRole, SegmentKind, SubjectRole

Floats = NDArray[np.float32]
_SECTIONS = (SectionRole.FACTS, SectionRole.ANALYSIS, SectionRole.FINDINGS, SectionRole.APPENDIX)
_KINDS = (SegmentKind.BULLET, SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY,
          SegmentKind.QUOTATION)  # fmt: skip
_LEAST, _MOST = 1e-3, 0.999

RULE_COLUMNS = (
    *(f"rule: {assertion.value}" for assertion in Assertion),
    "rule: of a group",
    "rule: strength",
    "rule: hits",
)
_STRENGTH, _HITS, _GROUP = (
    RULE_COLUMNS.index("rule: strength"),
    RULE_COLUMNS.index("rule: hits"),
    RULE_COLUMNS.index("rule: of a group"),
)
_AFFIRMED = RULE_COLUMNS.index("rule: affirmed")
SIMILARITY_COLUMNS = ("like the definition", "like the inclusions", "like a cue", "like five cues")
TUNED_COLUMNS = (
    "tuned log-odds",
    "tuned probability",
    "second tuned probability",
    "tuned lead over other codes",
    "bare x tuned log-odds",
    "tuned log-odds x length",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """All that is known of each (segment, code) before stacking."""

    best: Floats  # highest sentence score, rows x codes
    second: Floats  # second highest
    rules: Floats  # rows x codes x RULE_COLUMNS
    similarity: Floats | None  # rows x codes x SIMILARITY_COLUMNS, standardised; None: no embedder
    tuned: Floats | None = None  # highest log-odds by a tuned encoder, rows x codes
    second_tuned: Floats | None = None  # second highest, as a probability


def rule_signals(units: Units, codings: Sequence[Coding], codes: Sequence[str]) -> Floats:
    """What the rules found, by segment and code."""
    column = {code: i for i, code in enumerate(codes)}
    place = {(s.document_id, s.ordinal): i for i, s in enumerate(units.segments)}
    found = np.zeros((len(units.segments), len(codes), len(RULE_COLUMNS)), dtype=np.float32)
    for coding in codings:
        row, code = place.get((coding.document_id, coding.segment)), column.get(coding.code_id)
        if row is None or code is None:
            continue
        cell = found[row, code]
        cell[RULE_COLUMNS.index(f"rule: {coding.assertion.value}")] = 1
        cell[_HITS] += 1
        if coding.assertion is Assertion.AFFIRMED:
            cell[_STRENGTH] = max(cell[_STRENGTH], coding.score)
        elif coding.subject_role is SubjectRole.PATIENT_OR_GROUP:
            cell[_GROUP] = 1
    found[:, :, _HITS] = np.log1p(found[:, :, _HITS])
    return found


def evidence_columns(*, with_similarity: bool = False, with_tuned: bool = False) -> tuple[str, ...]:
    """Names of the columns of ``evidence``, in order, for explanations and tests."""
    return (
        "sentence score",
        "sentence log-odds",
        "second sentence log-odds",
        "lead over other codes",
        "code frequency",
        "length",
        "log-odds x length",
        "codes by rule in the segment",
        *RULE_COLUMNS,
        "log-odds x rule: affirmed",
        "bare passage",
        "bare x log-odds",
        "bare x rule: affirmed",
        "bare x lead",
        "bare x frequency",
        *(f"section: {section.value}" for section in _SECTIONS),
        *(f"kind: {kind.value}" for kind in _KINDS),
        *(SIMILARITY_COLUMNS if with_similarity else ()),
        *(TUNED_COLUMNS if with_tuned else ()),
    )


def evidence(units: Units, signals: Signals, frequency: Floats) -> Floats:
    """Rows x codes x columns, as ``evidence_columns`` names them.

    Args:
        units: The segments.
        signals: Of the same segments.
        frequency: Share of the segments that have each code, in what was learned from.
    """
    n_rows, n_codes = signals.best.shape
    logit = log_odds(signals.best)
    length = np.log1p([len(segment.text.split()) for segment in units.segments])
    lengths = _for_codes(length.astype(np.float32), n_codes)
    affirmed = signals.rules[:, :, _AFFIRMED]
    bare = _for_codes(units.bare, n_codes)
    lead = signals.best - _others_best(signals.best)
    common = np.broadcast_to(np.log(frequency + 1e-4), (n_rows, n_codes))
    columns = [
        signals.best,
        logit,
        log_odds(signals.second),
        lead,
        common,
        lengths,
        logit * lengths,
        _for_codes(affirmed.sum(axis=1), n_codes),
        *np.moveaxis(signals.rules, 2, 0),
        logit * affirmed,
        bare,
        bare * logit,
        bare * affirmed,
        bare * lead,
        bare * common,
        *(
            _for_codes(np.array([s.section_role is role for s in units.segments]), n_codes)
            for role in _SECTIONS
        ),
        *(
            _for_codes(np.array([s.kind is kind for s in units.segments]), n_codes)
            for kind in _KINDS
        ),
    ]
    if signals.similarity is not None:
        columns += list(np.moveaxis(signals.similarity, 2, 0))
    if signals.tuned is not None and signals.second_tuned is not None:
        tuned = signals.tuned
        columns += [
            tuned,
            as_probability(tuned),
            signals.second_tuned,
            tuned - _others_best(tuned),
            bare * tuned,
            tuned * lengths,
        ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=2)


def as_probability(log_odds: Floats) -> Floats:
    """1 / (1 + e^-x)."""
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=np.float32)


def log_odds(scores: Floats) -> Floats:
    """ln(p / (1 - p)), with p kept between 0.001 and 0.999."""
    kept = np.clip(scores, _LEAST, _MOST)
    return np.asarray(np.log(kept / (1 - kept)), dtype=np.float32)


def _others_best(scores: Floats) -> Floats:
    """For each cell the highest score among the other codes of its row."""
    if scores.shape[1] < 2:
        return np.zeros_like(scores)
    top = np.sort(scores, axis=1)[:, -2:]
    return np.where(scores == top[:, 1:], top[:, :1], top[:, 1:])


def _for_codes(values: NDArray[np.generic], n_codes: int) -> Floats:
    return np.broadcast_to(np.asarray(values, dtype=np.float32)[:, None], (len(values), n_codes))
