from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from store_records import (
    TEXT,
    document_id,
    make_coding,
    make_document,
    make_quarantined,
    make_reading,
)

from workbench.errors import DamagedObjectError, OffsetError, StoreError
from workbench.records import FrozenText, Reading, Segment
from workbench.store.readings import (
    read_codings,
    read_document_ids,
    read_documents,
    read_reading,
    read_readings,
    save_document,
    save_reading,
    search_segments,
)
from workbench.store.workspace import Workspace


def count(workspace: Workspace, table: str) -> int:
    with workspace.database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def change(workspace: Workspace, statement: str, **values: object) -> None:
    with workspace.database.write() as session:
        assert session.execute(text(statement), values).rowcount > 0  # type: ignore[attr-defined]


def test_a_reading_comes_back_as_it_was(workspace: Workspace) -> None:
    for name in "ab":
        save_reading(workspace, make_reading(name))
    assert read_reading(workspace, document_id("b")) == make_reading("b")
    expected = sorted((make_reading("a"), make_reading("b")), key=lambda r: r.document.document_id)
    assert list(read_readings(workspace)) == expected
    assert read_documents(workspace) == tuple(reading.document for reading in expected)
    chosen = [document_id("b"), document_id("a")]
    assert [r.document.file_name for r in read_readings(workspace, chosen)] == ["b.pdf", "a.pdf"]


def test_a_new_reading_takes_the_place_of_the_old(workspace: Workspace) -> None:
    save_reading(workspace, make_reading())
    shorter = replace(make_reading(), codings=make_reading().codings[1:], people=())
    save_reading(workspace, shorter)
    assert read_reading(workspace, document_id()) == shorter
    assert (count(workspace, "codings"), count(workspace, "people")) == (1, 0)
    assert count(workspace, "segments") == 2


def test_a_reading_without_words_comes_back(workspace: Workspace) -> None:
    empty = Reading(
        document=make_document(),
        frozen=FrozenText(document_id=document_id(), text="", words=()),
        segments=(),
    )
    save_reading(workspace, empty)
    assert read_reading(workspace, document_id()) == empty


def test_a_quarantined_document_comes_back_with_its_reason(workspace: Workspace) -> None:
    save_document(workspace, make_quarantined())
    assert read_documents(workspace) == (make_quarantined(),)
    with pytest.raises(StoreError, match="has no reading"):
        read_reading(workspace, document_id("q"))


def test_a_document_that_can_no_longer_be_read_loses_its_reading(workspace: Workspace) -> None:
    save_reading(workspace, make_reading("q"))
    save_document(workspace, make_quarantined("q"))
    assert read_document_ids(workspace) == ()
    assert count(workspace, "segments") == 0


def test_a_passage_that_is_not_in_the_text_is_refused_before_anything_is_written(
    workspace: Workspace,
) -> None:
    save_reading(workspace, make_reading())
    coding = make_reading().codings[0]
    shifted = replace(coding, start_char=coding.start_char + 1, end_char=coding.end_char + 1)
    with pytest.raises(OffsetError, match=r"reads 'drank heavily', but the text there is 'rank"):
        save_reading(workspace, replace(make_reading(), codings=(shifted,)))
    assert read_reading(workspace, document_id()) == make_reading()


@pytest.mark.parametrize("field", ["segments", "codings"])
def test_a_passage_of_another_document_is_refused(workspace: Workspace, field: str) -> None:
    foreign: Any = {field: getattr(make_reading("b"), field)}
    with pytest.raises(OffsetError):
        save_reading(workspace, replace(make_reading("a"), **foreign))


def test_the_text_of_another_document_is_refused(workspace: Workspace) -> None:
    with pytest.raises(OffsetError, match="comes with the text of"):
        save_reading(workspace, replace(make_reading(), frozen=make_reading("b").frozen))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE texts SET text = replace(text, 'drank', 'drunk')",
        "UPDATE segments SET text = 'x' || substr(text, 2) WHERE ordinal = 1",
        "UPDATE codings SET start_char = start_char + 1, end_char = end_char + 1",
        "UPDATE codings SET text = upper(text)",
    ],
)
def test_an_anchor_that_broke_in_the_database_stops_the_load(
    workspace: Workspace, statement: str
) -> None:
    save_reading(workspace, make_reading())
    change(workspace, statement)
    with pytest.raises(OffsetError, match="Run the document again from its PDF"):
        read_reading(workspace, document_id())


def test_codings_alone_are_checked_as_well(workspace: Workspace) -> None:
    save_reading(workspace, make_reading())
    assert read_codings(workspace) == make_reading().codings
    change(workspace, "UPDATE codings SET text = upper(text)")
    with pytest.raises(OffsetError):
        read_codings(workspace)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE codings SET assertion = 'perhaps'",
        "UPDATE segments SET section_path = '[\"Back'",
        "UPDATE segments SET section_path = CAST(x'ff5b5d' AS TEXT)",
        "UPDATE documents SET status = 'lost'",
        "UPDATE people SET role = 'witness'",
    ],
)
def test_a_damaged_row_is_named(workspace: Workspace, statement: str) -> None:
    save_reading(workspace, make_reading())
    change(workspace, statement)
    with pytest.raises(StoreError, match=r"damaged|cannot be used"):
        read_reading(workspace, document_id())


def test_damaged_places_of_words_are_named(workspace: Workspace) -> None:
    save_reading(workspace, make_reading())
    (path,) = workspace.objects.folder.glob("[0-9a-f][0-9a-f]/*")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-9] + b"\0" * 9)
    with pytest.raises(DamagedObjectError):
        read_reading(workspace, document_id())


def test_one_coding_twice_is_a_fault_that_is_told(workspace: Workspace) -> None:
    save_reading(workspace, make_reading())
    twice = replace(make_reading(), codings=make_reading().codings[:1] * 2)
    with pytest.raises(StoreError, match="contradict each other"):
        save_reading(workspace, twice)
    assert read_reading(workspace, document_id()) == make_reading()


def test_two_sources_may_code_the_same_words_in_the_same_way(workspace: Workspace) -> None:
    both = tuple(
        make_coding("drank heavily", "parental_alcohol", 0, source=source)
        for source in ("rule:1", "human:second")
    )
    save_reading(workspace, replace(make_reading(), codings=both))
    assert read_codings(workspace, [document_id()]) == both


def test_a_coding_needs_its_segment(workspace: Workspace) -> None:
    stray = make_coding("drank heavily", "parental_alcohol", 7)
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        save_reading(workspace, replace(make_reading(), codings=(stray,)))


def test_text_with_half_a_surrogate_is_refused_not_lost(workspace: Workspace) -> None:
    broken = replace(make_reading(), frozen=replace(make_reading().frozen, text=TEXT + "\ud800"))
    with pytest.raises(StoreError, match="is not valid Unicode"):
        save_reading(workspace, broken)
    assert read_document_ids(workspace) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    words=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    before=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=10),
)
def test_any_text_comes_back_to_the_character(
    workspace: Workspace, words: str, before: str
) -> None:
    start = len(before)
    segment = replace(
        make_reading().segments[0], start_char=start, end_char=start + len(words), text=words
    )
    reading = Reading(
        document=replace(make_document(), title=words, warnings=(words,)),
        frozen=FrozenText(document_id=document_id(), text=before + words, words=()),
        segments=(segment,),
    )
    save_reading(workspace, reading)
    assert read_reading(workspace, document_id()) == reading


@pytest.mark.parametrize(
    ("phrase", "ordinals"),
    [
        ("nobody asked", [1]),
        ("ALEX", [0, 1]),
        ("pere said", [1]),
        ("asked nobody", []),
        ("Alex OR heavily", []),
        ('"drank', [0]),
        ("drank*", [0]),
        ("'; DROP TABLE segments", []),
        ("", []),
        ("🙂", [1]),
        ("!", []),
    ],
)
def test_a_phrase_finds_the_segments_that_hold_it(
    workspace: Workspace, phrase: str, ordinals: list[int]
) -> None:
    save_reading(workspace, make_reading())
    found = search_segments(workspace, phrase)
    assert sorted(segment.ordinal for segment in found) == ordinals
    assert all(isinstance(segment, Segment) for segment in found)


def test_the_index_follows_what_is_replaced(workspace: Workspace) -> None:
    for name in "ab":
        save_reading(workspace, make_reading(name))
        save_reading(workspace, make_reading(name))
    save_document(workspace, make_quarantined("b"))
    assert len(search_segments(workspace, "nobody asked")) == 1
    assert len(search_segments(workspace, "alex", limit=1)) == 1
