"""Reviewers' decisions, whose rows are never changed or removed, and what follows from them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.tables import Base


class DecisionRow(Base):
    """One decision. It refers to no other table: no run and no repair may take it along."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("start_char >= 0 AND end_char > start_char", name="offsets"),
        Index("ix_decisions_document_id_segment", "document_id", "segment"),
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1
    decision_id: Mapped[str] = mapped_column(unique=True)
    chain: Mapped[str]  # SHA-256 over the chain of the row before and this decision's id
    document_id: Mapped[str]
    segment: Mapped[int]
    start_char: Mapped[int]
    end_char: Mapped[int]
    text: Mapped[str]
    coder: Mapped[str]
    decided_at: Mapped[str]
    action: Mapped[str]
    shown: Mapped[str]
    code_id: Mapped[str]
    assertion: Mapped[str | None]
    subject_role: Mapped[str | None]
    temporality: Mapped[str]
    valence: Mapped[str]
    person_id: Mapped[str]
    certainty: Mapped[str]
    reason: Mapped[str]
    target: Mapped[str]
    suggestions: Mapped[list[Any]]
    settles: Mapped[list[Any]]
    design: Mapped[str]
    inclusion_probability: Mapped[float | None]
    codebook: Mapped[str]
    value: Mapped[str] = mapped_column(server_default="")


#: Name of the seal over a document's codings after decisions, before the document's id.
DECIDED = "decided:"


class DecidedCodingRow(Base):
    """A coding of a document on which people have decided: all of its codings, theirs included.

    They follow from decisions and the machine's codings, so each run writes them anew; a new
    reading of the document takes them along.
    """

    __tablename__ = "decided_codings"
    document_id: Mapped[str] = mapped_column(
        ForeignKey("texts.document_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    coding_id: Mapped[str] = mapped_column(index=True)
    segment: Mapped[int]
    start_char: Mapped[int]
    end_char: Mapped[int]
    text: Mapped[str]
    code_id: Mapped[str]
    assertion: Mapped[str]
    subject_role: Mapped[str]
    section_role: Mapped[str]
    temporality: Mapped[str]
    valence: Mapped[str]
    score: Mapped[float]
    source: Mapped[str]
    person_id: Mapped[str]
    explanation: Mapped[str]
