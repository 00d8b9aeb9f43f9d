"""Documents and what was read in them: text, segments, people and codings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, delete, select, text
from sqlalchemy.orm import Session

from workbench.errors import OffsetError, StoreError
from workbench.records import (
    Coding,
    DatedEvent,
    Document,
    FrozenText,
    Metadatum,
    Person,
    PlacedWord,
    Reading,
    Recommendation,
    Segment,
    codec,
)
from workbench.store.rows import add_rows, fetch, from_columns, replace_seal, seal_of, to_columns
from workbench.store.schema.decisions import DECIDED, DecidedCodingRow
from workbench.store.schema.details import DatedEventRow, MetadatumRow, RecommendationRow
from workbench.store.schema.tables import (
    CodingRow,
    DocumentRow,
    PersonRow,
    SealRow,
    SegmentRow,
    TextRow,
)
from workbench.store.workspace import Workspace


def save_document(workspace: Workspace, document: Document) -> None:
    """Keep how the extraction of a file ended, for a file that has no reading.

    A reading from an earlier run, if there is one, is removed with it.
    """
    with workspace.database.write() as session:
        _write_document(session, document)
        forget_reading(session, document.document_id)


def read_documents(workspace: Workspace) -> tuple[Document, ...]:
    """The documents that a run has read, by id, whatever their status."""
    query = (
        select(*DocumentRow.__table__.columns)
        .where(DocumentRow.status != "")
        .order_by(DocumentRow.document_id)
    )
    with workspace.database.read() as session:
        return tuple(_document(row) for row in fetch(session, query))


def save_reading(workspace: Workspace, reading: Reading) -> None:
    """Keep a reading in place of the one that the document had, in one transaction.

    Raises:
        OffsetError: A segment or coding is not what stands in the text at its offsets.
        StoreError: Two codings have one id and source, or the workspace cannot be written.
    """
    check_anchors(reading)
    document_id = reading.document.document_id
    words_hash = workspace.objects.put(codec.dumps(reading.frozen.words))
    with workspace.database.write() as session:
        _write_document(session, reading.document)
        forget_reading(session, document_id)
        add_rows(
            session,
            TextRow,
            [
                {
                    "document_id": document_id,
                    "text": reading.frozen.text,
                    "words_hash": words_hash,
                }
            ],
        )
        add_rows(session, SegmentRow, map(to_columns, reading.segments))
        add_rows(session, PersonRow, _in_order(reading.people))
        add_rows(session, MetadatumRow, _in_order(reading.metadata))
        add_rows(session, RecommendationRow, _in_order(reading.recommendations))
        add_rows(session, DatedEventRow, _in_order(reading.events))
        add_rows(
            session,
            CodingRow,
            (
                to_columns(coding, position=position, coding_id=coding.coding_id)
                for position, coding in enumerate(reading.codings)
            ),
        )
        replace_seal(session, f"reading:{document_id}", reading_seal(reading, words_hash))


def read_reading(workspace: Workspace, document_id: str) -> Reading:
    """The reading of a document, with every anchor checked.

    Raises:
        StoreError: There is none, or its rows are damaged.
        DamagedObjectError: The places of its words are not what was written.
        OffsetError: A segment or coding is not what stands in the text at its offsets.
    """
    with workspace.database.read() as session:
        text_row = session.get(TextRow, document_id)
        if text_row is None:
            raise StoreError(
                f"{document_id}: has no reading in {workspace.root}. Run: workbench run"
            )
        found, words_hash = text_row.text, text_row.words_hash
        documents = fetch(session, _rows_of(DocumentRow, document_id))
        segments = fetch(session, _rows_of(SegmentRow, document_id, "ordinal"))
        people = fetch(session, _rows_of(PersonRow, document_id, "position"))
        codings = fetch(session, _rows_of(CodingRow, document_id, "position"))
        metadata = fetch(session, _rows_of(MetadatumRow, document_id, "position"))
        asked = fetch(session, _rows_of(RecommendationRow, document_id, "position"))
        events = fetch(session, _rows_of(DatedEventRow, document_id, "position"))
    if not documents:
        raise StoreError(f"{document_id}: its row in {workspace.database.path} is lost. Run again.")
    words = codec.loads(tuple[PlacedWord, ...], workspace.objects.get(words_hash))
    reading = Reading(
        document=_document(documents[0]),
        frozen=FrozenText(document_id=document_id, text=found, words=words),
        segments=tuple(from_columns(Segment, row._mapping) for row in segments),
        people=tuple(from_columns(Person, row._mapping) for row in people),
        codings=tuple(from_columns(Coding, row._mapping) for row in codings),
        metadata=tuple(from_columns(Metadatum, row._mapping) for row in metadata),
        recommendations=tuple(from_columns(Recommendation, row._mapping) for row in asked),
        events=tuple(from_columns(DatedEvent, row._mapping) for row in events),
    )
    check_anchors(reading)
    return reading


def read_document_ids(workspace: Workspace) -> tuple[str, ...]:
    """The ids of the documents that have a reading, sorted."""
    with workspace.database.read() as session:
        return tuple(session.scalars(select(TextRow.document_id).order_by(TextRow.document_id)))


def read_readings(
    workspace: Workspace, document_ids: Sequence[str] | None = None
) -> Iterator[Reading]:
    """The readings of the documents given, in that order, one at a time; of all by default."""
    for document_id in read_document_ids(workspace) if document_ids is None else document_ids:
        yield read_reading(workspace, document_id)


def read_codings(
    workspace: Workspace, document_ids: Sequence[str] | None = None
) -> tuple[Coding, ...]:
    """The codings that hold for the documents given, in the order of the text, anchors checked.

    Where people have decided on a document, these are the codings after their decisions.
    """
    codings: list[Coding] = []
    for document_id in read_document_ids(workspace) if document_ids is None else document_ids:
        with workspace.database.read() as session:
            found = session.scalars(
                select(TextRow.text).where(TextRow.document_id == document_id)
            ).one_or_none()
            is_decided = session.get(SealRow, f"{DECIDED}{document_id}") is not None
            table = DecidedCodingRow if is_decided else CodingRow
            rows = fetch(session, _rows_of(table, document_id, "position"))
        of_document = [from_columns(Coding, row._mapping) for row in rows]
        _check_passages(document_id, found or "", of_document)
        codings += of_document
    return tuple(codings)


def search_segments(workspace: Workspace, phrase: str, *, limit: int = 50) -> tuple[Segment, ...]:
    """The segments that hold the words of a phrase one after another, best first.

    Case and accents do not matter; nothing in the phrase is an operator.
    """
    quoted = '"' + phrase.replace('"', '""').replace("\0", " ") + '"'
    statement = text(
        "SELECT rowid FROM segments_fts WHERE segments_fts MATCH :phrase ORDER BY rank, rowid "
        "LIMIT :limit"
    )
    with workspace.database.read() as session:
        keys = list(session.scalars(statement, {"phrase": quoted, "limit": limit}))
        query = select(*SegmentRow.__table__.columns).where(SegmentRow.segment_key.in_(keys))
        rows = {row.segment_key: row for row in fetch(session, query)}
    return tuple(from_columns(Segment, rows[key]._mapping) for key in keys)


def check_anchors(reading: Reading) -> None:
    """Refuse a reading of which a passage is not what stands in the text.

    Raises:
        OffsetError: With the document, the offsets and both texts.
    """
    document_id = reading.document.document_id
    if reading.frozen.document_id != document_id:
        raise OffsetError(f"{document_id}: comes with the text of {reading.frozen.document_id}.")
    _check_passages(document_id, reading.frozen.text, reading.segments)
    _check_passages(document_id, reading.frozen.text, reading.codings)
    _check_passages(document_id, reading.frozen.text, reading.recommendations)


def reading_seal(reading: Reading, words_hash: str) -> str:
    """The hash that is kept of a reading."""
    return seal_of(
        reading.frozen.text, words_hash, reading.segments, reading.people, reading.codings,
        reading.metadata, reading.recommendations, reading.events,
    )  # fmt: skip


def _check_passages(
    document_id: str, frozen_text: str, passages: Sequence[Segment | Coding | Recommendation]
) -> None:
    for passage in passages:
        found = frozen_text[passage.start_char : passage.end_char]
        if passage.document_id != document_id or found != passage.text:
            raise OffsetError(
                f"{document_id}: the passage [{passage.start_char}:{passage.end_char}] of "
                f"{passage.document_id} reads {passage.text[:60]!r}, but the text there is "
                f"{found[:60]!r}. Run the document again from its PDF."
            )


def _write_document(session: Session, document: Document) -> None:
    values = to_columns(document)
    reason = values.pop("reason") or [None, None]
    session.merge(DocumentRow(**values, reason_number=reason[0], reason_text=reason[1]))
    session.flush()
    replace_seal(session, f"document:{document.document_id}", seal_of(document))


def forget_reading(session: Session, document_id: str) -> None:
    """Remove the reading of a document: segments, people and codings go with the text."""
    session.execute(delete(TextRow).where(TextRow.document_id == document_id))
    session.execute(delete(SealRow).where(SealRow.name == f"{DECIDED}{document_id}"))


def _document(row: Row[Any]) -> Document:
    numbered = row.reason_number is not None
    reason = [row.reason_number, row.reason_text] if numbered else None
    return from_columns(Document, row._mapping, reason=reason)


def _in_order(records: Sequence[object]) -> Iterator[dict[str, Any]]:
    return (to_columns(record, position=position) for position, record in enumerate(records))


def _rows_of(table: Any, document_id: str, order: str = "document_id") -> Any:  # noqa: ANN401
    return (
        select(*table.__table__.columns)
        .where(table.document_id == document_id)
        .order_by(getattr(table, order))
    )
