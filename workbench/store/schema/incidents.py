"""What cases say of their incidents."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.tables import Base


class IncidentFactRow(Base):
    """One value of one field, with the words that give it."""

    __tablename__ = "incident_facts"
    __table_args__ = (
        CheckConstraint("start_char >= 0 AND end_char > start_char", name="offsets"),
        Index("ix_incident_facts_field_value", "field", "value"),
    )
    case_id: Mapped[str] = mapped_column(
        ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str]
    value: Mapped[str]
    basis: Mapped[str]
    standing: Mapped[str]
    score: Mapped[float]
    document_id: Mapped[str]
    segment: Mapped[int]
    start_char: Mapped[int]
    end_char: Mapped[int]
    text: Mapped[str]
    person_id: Mapped[str]
    explanation: Mapped[str]
