"""Numbers, running matter, rows and recommendations, judged one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_systems import PERFECT, TRUTH, measured, perfect_reading, value

from workbench.learn.evaluation import Evaluation
from workbench.records import (
    SegmentKind,
)


def test_paragraph_numbers_are_judged_as_printed() -> None:
    segments = list(PERFECT.segments)
    segments[2] = replace(segments[2], number="1.2")  # prints 1.1
    segments[4] = replace(segments[4], number="7")  # a footnote whose number the truth lacks
    segments[7] = replace(segments[7], number="1.")
    evaluation = measured(replace(PERFECT, segments=tuple(segments)))
    assert value(evaluation, "structure.numbers.precision") == pytest.approx(4 / 6)
    assert value(evaluation, "structure.numbers.recall") == pytest.approx(4 / 5)


def test_a_number_on_a_line_of_its_own_is_that_of_the_paragraph_below() -> None:
    label = replace(
        TRUTH.paragraphs[6],
        kind=SegmentKind.HEADING,
        number="Recommendation 1",
        text="Recommendation 1",
    )
    printed = replace(TRUTH, paragraphs=(*TRUTH.paragraphs[:6], label, TRUTH.paragraphs[6]))
    evaluation = measured(perfect_reading(printed))
    assert value(evaluation, "structure.numbers.f1") == 1.0
    assert evaluation.measure("structure.numbers.precision").n == 5


def test_running_matter_is_counted_in_words() -> None:
    segments = list(PERFECT.segments)
    segments[0] = replace(segments[0], kind=SegmentKind.PARAGRAPH)
    segments[1] = replace(segments[1], kind=SegmentKind.RUNNING_MATTER)  # a heading of 4 words
    evaluation = measured(replace(PERFECT, segments=tuple(segments)))
    assert value(evaluation, "running.words.precision") == 0.0
    assert value(evaluation, "running.words.recall") == 0.0
    assert evaluation.measure("running.words.recall").n == 5
    n_words = evaluation.measure("running.body_lost").n
    assert value(evaluation, "running.body_lost") == pytest.approx(4 / n_words)


def test_a_chronology_entry_needs_all_its_cells() -> None:
    segments = list(PERFECT.segments)
    entry = segments[5]
    segments[5] = replace(entry, cells=(entry.cells[0], " ".join(entry.cells[1:])))
    evaluation = measured(replace(PERFECT, segments=tuple(segments)))
    assert value(evaluation, "rows.chronology") == 0.0
    assert value(evaluation, "rows.footnotes") == 1.0
    assert value(evaluation, "text.paragraphs.exact") == 1.0


def test_a_recommendation_may_lack_a_few_words_but_not_many() -> None:
    def shortened(n_words: int) -> Evaluation:
        segments = list(PERFECT.segments)
        text = " ".join(segments[7].text.split()[:n_words])
        segments[7] = replace(
            segments[7], text=text, end_char=segments[7].start_char + len(text), number="2"
        )
        return measured(replace(PERFECT, segments=tuple(segments)))

    assert value(shortened(12), "recommendations.recall") == 1.0
    assert value(shortened(12), "recommendations.number") == 0.0
    assert value(shortened(6), "recommendations.recall") == 0.0
    assert value(shortened(6), "recommendations.precision") == 1.0  # a part of one, not a false one
