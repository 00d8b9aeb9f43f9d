"""The model has no say where the signs of a table say what is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import pytest
from coding.made import make_document, make_segments

from workbench.learn.models import ModelCoder
from workbench.pipeline.coders.plan import CombinedCoder, coder_plan
from workbench.records import Coding, Document, SectionRole, Segment, SegmentKind

ROWS = (
    ("Ilka was 15 when she was stabbed. Ilka lived with her mother.", ()),
    ("Bram was 16 when he was stabbed. Bram lived with his father.", ()),
    ("Ilka was reported missing in May.", ()),
    ("Factor | Ilka | Bram", ("Factor", "Ilka", "Bram")),
    ("Missing from home | – | ✓", ("Missing from home", "–", "✓")),
)


class NothingStays:
    """A model that throws every rule coding out, and notes what it was shown."""

    def __init__(self) -> None:
        self.shown: list[int] = []
        self.rules: list[int] = []

    def suggest(
        self, _: Document, segments: Sequence[Segment], codings: Sequence[Coding], __: Any
    ) -> tuple[Coding, ...]:
        self.shown = [segment.ordinal for segment in segments]
        self.rules = [coding.segment for coding in codings]
        return ()


def test_a_row_of_signs_is_neither_shown_to_the_model_nor_changed_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds = [SegmentKind.TABLE_ROW if cells else SegmentKind.PARAGRAPH for _, cells in ROWS]
    made = make_segments(
        [(text, SectionRole.FACTS, kind) for (text, _), kind in zip(ROWS, kinds, strict=True)]
    )
    segments = [replace(s, cells=cells) for s, (_, cells) in zip(made, ROWS, strict=True)]
    coder, model = CombinedCoder(coder_plan(None, "none")), NothingStays()
    monkeypatch.setattr(coder, "_model", cast(ModelCoder, model))
    people, codings = coder.code(make_document("thematic_review"), segments)
    assert model.shown == [0, 1, 2, 3]
    assert 2 in model.rules
    assert 4 not in model.rules
    names = {person.person_id: person.name for person in people}
    assert [(c.code_id, names[c.person_id]) for c in codings] == [("missing_episodes", "Bram")]
