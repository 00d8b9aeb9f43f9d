"""The tables of what a document says of itself, recommends and dates."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.tables import Base


class OfDocument:
    """Rows that belong to a document's text, in their order."""

    document_id: Mapped[str] = mapped_column(
        ForeignKey("texts.document_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    start_char: Mapped[int]
    end_char: Mapped[int]


class MetadatumRow(OfDocument, Base):
    """One thing known of a document."""

    __tablename__ = "document_metadata"
    field: Mapped[str] = mapped_column(index=True)
    value: Mapped[str]
    confidence: Mapped[float]
    source: Mapped[str]


class RecommendationRow(OfDocument, Base):
    """A recommendation, and to whom it is made."""

    __tablename__ = "recommendations"
    segment: Mapped[int]
    text: Mapped[str]
    number: Mapped[str]
    addressee: Mapped[str]
    addressee_start: Mapped[int]
    addressee_end: Mapped[int]
    timescale: Mapped[str]


class DatedEventRow(OfDocument, Base):
    """An entry of a chronology."""

    __tablename__ = "dated_events"
    segment: Mapped[int]
    date: Mapped[str] = mapped_column(index=True)
    precision: Mapped[str]
    basis: Mapped[str]
    printed: Mapped[str]
    text: Mapped[str]
    agency: Mapped[str]
    is_approximate: Mapped[bool]
