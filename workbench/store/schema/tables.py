"""The tables. Columns carry the names of the records' fields; every change needs a migration.

Only types that SQLite and PostgreSQL share are used. Keys are natural ones, so that two runs
that end in another order fill equal tables; the two surrogate keys (``source_key``,
``segment_key``) are left out of dumps. Lists are JSON arrays (``json_each`` in SQLite).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: Every constraint has a name, or SQLite migrations could not drop it again.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of a workspace."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {list[Any]: JSON, float: Double}


class DocumentRow(Base):
    """A file's content; ``status`` is "" until a run has read it."""

    __tablename__ = "documents"
    document_id: Mapped[str] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    reason_number: Mapped[int | None]
    reason_text: Mapped[str | None]
    n_pages: Mapped[int]
    title: Mapped[str]
    review_type: Mapped[str]
    publisher: Mapped[str]
    producer: Mapped[str]
    warnings: Mapped[list[Any]]


class SourceRow(Base):
    """A path that held a document; the newest row of a path is the one in use."""

    __tablename__ = "sources"
    __table_args__ = (
        Index(
            "ix_sources_path_in_use",
            "path",
            unique=True,
            sqlite_where=text("NOT superseded"),
            postgresql_where=text("NOT superseded"),
        ),
    )
    source_key: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), index=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    superseded: Mapped[bool]


class StepRow(Base):
    """The ledger: one finished step, and the object that it gave."""

    __tablename__ = "ledger"
    key: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str]
    version: Mapped[str]
    document_id: Mapped[str] = mapped_column(index=True)  # "" for a step over the whole corpus
    output_hash: Mapped[str]
    finished_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class TextRow(Base):
    """A document's frozen text, and the object that holds the places of its words."""

    __tablename__ = "texts"
    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str]
    words_hash: Mapped[str]


class SegmentRow(Base):
    """A passage, in reading order."""

    __tablename__ = "segments"
    __table_args__ = (
        UniqueConstraint("document_id", "ordinal"),
        CheckConstraint("start_char >= 0 AND end_char > start_char", name="offsets"),
    )
    segment_key: Mapped[int] = mapped_column(primary_key=True)  # the full-text index needs it
    document_id: Mapped[str] = mapped_column(ForeignKey("texts.document_id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    kind: Mapped[str]
    section_role: Mapped[str]
    start_char: Mapped[int]
    end_char: Mapped[int]
    text: Mapped[str]
    page_start: Mapped[int]
    page_end: Mapped[int]
    number: Mapped[str]
    section_path: Mapped[list[Any]]
    level: Mapped[int]
    cells: Mapped[list[Any]]


class PersonColumns:
    """What is known of a person, of a document or of a case."""

    document_id: Mapped[str]
    person_id: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    aliases: Mapped[list[Any]]
    relation: Mapped[str]
    age_years: Mapped[int | None]
    sex: Mapped[str]
    ethnicity: Mapped[str]
    start_char: Mapped[int]
    end_char: Mapped[int]
    same_as: Mapped[list[Any]]  # [document_id, person_id] pairs


class PersonRow(PersonColumns, Base):
    """A person of a document."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("document_id", "person_id"),)
    document_id: Mapped[str] = mapped_column(
        ForeignKey("texts.document_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)


class CodingRow(Base):
    """A use of a code on exact words."""

    __tablename__ = "codings"
    __table_args__ = (
        UniqueConstraint("coding_id", "source"),
        ForeignKeyConstraint(
            ["document_id", "segment"],
            ["segments.document_id", "segments.ordinal"],
            ondelete="CASCADE",
        ),
        CheckConstraint("start_char >= 0 AND end_char > start_char", name="offsets"),
        Index("ix_codings_code_id_assertion", "code_id", "assertion"),
    )
    document_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    coding_id: Mapped[str]
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


class CaseRow(Base):
    """One review of one index incident."""

    __tablename__ = "cases"
    case_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[str]
    review_type: Mapped[str]
    n_segments: Mapped[int]
    n_words: Mapped[int]
    link_reason: Mapped[str]


class CaseDocumentRow(Base):
    """Which documents tell of a case; position 0 leads."""

    __tablename__ = "case_documents"
    case_id: Mapped[str] = mapped_column(
        ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), index=True)


class CasePersonRow(PersonColumns, Base):
    """A person of a case."""

    __tablename__ = "case_people"
    case_id: Mapped[str] = mapped_column(
        ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)


class StateColumns:
    """What is said of a code for a role, of a case or of one of its people."""

    code_id: Mapped[str] = mapped_column(index=True)
    subject_role: Mapped[str]
    state: Mapped[str]
    score: Mapped[float]
    codings_for: Mapped[list[Any]]
    codings_against: Mapped[list[Any]]
    codings_suspected: Mapped[list[Any]]


class CaseStateRow(StateColumns, Base):
    """What a case says of a code for a role."""

    __tablename__ = "case_states"
    __table_args__ = (UniqueConstraint("case_id", "code_id", "subject_role"),)
    case_id: Mapped[str] = mapped_column(
        ForeignKey("cases.case_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)


class FindingRow(Base):
    """A number with all that is behind it."""

    __tablename__ = "findings"
    finding_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    measure: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    unit: Mapped[str]
    numerator: Mapped[int]
    denominator: Mapped[int]
    estimate: Mapped[float]
    low: Mapped[float | None]
    high: Mapped[float | None]
    p_value: Mapped[float | None]
    q_value: Mapped[float | None]
    code_ids: Mapped[list[Any]]
    subject_role: Mapped[str | None]
    case_ids: Mapped[list[Any]]
    coding_ids: Mapped[list[Any]]
    statistics: Mapped[list[Any]]
    note: Mapped[str]


class SealRow(Base):
    """SHA-256 of records as they were written, because SQLite's own check misses changed text."""

    __tablename__ = "seals"
    name: Mapped[str] = mapped_column(primary_key=True)  # "reading:<document_id>", "cases" ...
    sha256: Mapped[str]
