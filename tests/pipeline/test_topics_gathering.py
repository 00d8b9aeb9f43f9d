"""Passages of a workspace in which topics are looked for, and their embeddings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from workbench.findings.topics.model import Floats
from workbench.learn.models import Embedder
from workbench.pipeline.topics.embeddings import stored_rows
from workbench.pipeline.topics.gathering import gather
from workbench.records import (
    DateBasis,
    DatedEvent,
    DatePrecision,
    Document,
    DocumentStatus,
    FrozenText,
    MetadataField,
    MetadataSource,
    Metadatum,
    Person,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
)
from workbench.store.objects import ObjectStore

ROLES = frozenset({SectionRole.FACTS})


def segment(ordinal: int, text: str, **changes: object) -> Segment:
    fields: dict[str, object] = {
        "document_id": "d", "ordinal": ordinal, "kind": SegmentKind.PARAGRAPH,
        "section_role": SectionRole.FACTS, "start_char": 0, "end_char": len(text),
        "text": text, "page_start": 1, "page_end": 1,
    }  # fmt: skip
    return Segment(**(fields | changes))  # type: ignore[arg-type]


def gathered_texts(*segments: Segment, **more: object) -> list[tuple[str, str]]:
    made = Reading(
        document=Document(document_id="d", file_name="d.pdf", status=DocumentStatus.OK),
        frozen=FrozenText(document_id="d", text="", words=()),
        segments=segments,
        **more,  # type: ignore[arg-type]
    )
    gathered = gather([made], [], ROLES)
    return [(passage.text, passage.named_by) for passage in gathered.passages]


def test_names_give_way_to_what_people_are() -> None:
    person = Person(
        document_id="d", person_id="P1", name="Maren", aliases=("the Mother", "Adult M"),
        role=SubjectRole.VICTIM,
    )  # fmt: skip
    text = "Maren’s tenancy ended when Adult M and Marena went to Marensgate"
    assert gathered_texts(segment(0, text), people=(person,)) == [
        (
            "the victim’s tenancy ended when the victim and Marena went to Marensgate",
            " ’s tenancy ended when   and Marena went to Marensgate",
        )
    ]


@pytest.mark.parametrize(
    "left_out",
    [
        pytest.param({"kind": SegmentKind.HEADING}, id="headings"),
        pytest.param({"kind": SegmentKind.TABLE_ROW}, id="tables"),
        pytest.param({"section_role": SectionRole.GLOSSARY}, id="other roles"),
    ],
)
def test_only_sentences_of_the_chosen_roles_are_passages(left_out: dict[str, object]) -> None:
    text = "She told the officer that he had taken her phone"
    assert gathered_texts(segment(0, text, **left_out), segment(1, "Too short a text")) == []


def test_an_entry_of_a_chronology_is_what_happened_without_date_and_agency() -> None:
    event = DatedEvent(
        document_id="d", segment=0, date="2019-03-04", precision=DatePrecision.DAY,
        basis=DateBasis.PRINTED, printed="4 March 2019", agency="Police", start_char=0, end_char=9,
        text="Officers attend the flat after a call from a neighbour",
    )  # fmt: skip
    entry = segment(0, f"4 March 2019 | Police | {event.text}", kind=SegmentKind.CHRONOLOGY_ENTRY)
    assert gathered_texts(entry, events=(event,)) == [(event.text, event.text)]


def test_the_year_is_that_of_the_report() -> None:
    dated = Metadatum(document_id="d", field=MetadataField.REPORT_DATE, value="2021-05",
                      confidence=0.9, source=MetadataSource.USER)  # fmt: skip
    made = Reading(
        document=Document(document_id="d", file_name="d.pdf", status=DocumentStatus.OK),
        frozen=FrozenText(document_id="d", text="", words=()),
        segments=(segment(0, "one two three four five six seven eight"),),
        metadata=(dated,),
    )
    found = gather([made], [], ROLES)
    assert [passage.year for passage in found.passages] == [2021]


class CountingEmbedder:
    """Rows of two numbers; knows what it was asked."""

    n_dimensions = 2

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_a_text_is_embedded_once_for_each_model(tmp_path: Path) -> None:
    store, first = ObjectStore(tmp_path), CountingEmbedder("a" * 64)

    def rows(texts: list[str], embedder: CountingEmbedder) -> list[float]:
        made = stored_rows(store, ["x", "y", "x"], texts, cast(Embedder, embedder))
        return [float(row[0]) for row in made]

    assert rows(["one", "three", "fo"], first) == [3, 5, 2]
    assert rows(["one", "three", "fo"], first) == [3, 5, 2]
    assert sorted(first.asked) == ["fo", "one", "three"]
    assert rows(["one", "threes", "fo"], first) == [3, 6, 2]
    assert first.asked[3:] == ["threes"]
    other = CountingEmbedder("b" * 64)
    rows(["one", "three", "fo"], other)
    assert len(other.asked) == 3
