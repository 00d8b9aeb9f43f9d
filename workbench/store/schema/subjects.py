"""The people whom cases are about, and cases that are a part of their review."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.store.schema.tables import Base, StateColumns


class CasePartRow(Base):
    """What is one case's own of a review that tells of several incidents."""

    __tablename__ = "case_parts"
    case_id: Mapped[str] = mapped_column(
        ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str]
    segments: Mapped[list[Any]]
    coding_ids: Mapped[list[Any]]
    others: Mapped[list[Any]]


class CaseSubjectRow(Base):
    """One of the people whom a case is about; who it is stands in ``case_people``."""

    __tablename__ = "case_subjects"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "person"],
            ["case_people.case_id", "case_people.position"],
            ondelete="CASCADE",
        ),
    )
    case_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[int]  # position in case_people


class SubjectStateRow(StateColumns, Base):
    """What a case says of a code for one of its people."""

    __tablename__ = "subject_states"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_id", "subject"],
            ["case_subjects.case_id", "case_subjects.position"],
            ondelete="CASCADE",
        ),
    )
    case_id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[int] = mapped_column(primary_key=True)  # position in case_subjects
    is_shared: Mapped[bool] = mapped_column(primary_key=True)  # not said of this one alone
    position: Mapped[int] = mapped_column(primary_key=True)
