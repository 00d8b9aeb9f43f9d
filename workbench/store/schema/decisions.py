"""The table of reviewers' decisions: rows are added, never changed and never removed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index
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
