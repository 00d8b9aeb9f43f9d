"""The first tables: documents, readings, cases, findings, and the full-text index."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
GONE = "CASCADE"


def upgrade() -> None:
    """Make every table in an empty database."""
    _create_files()
    _create_readings()
    _create_details()
    _create_codings()
    _create_cases()
    _create_findings()
    if op.get_bind().dialect.name == "sqlite":
        _create_full_text_index()


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _doubles(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Double(), nullable=False) for name in names]


def _person_columns() -> list[sa.Column[Any]]:
    """What is known of a person, of a document or of a case."""
    return [
        *_texts("person_id", "name", "role"),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("age_years", sa.Integer(), nullable=True),
        *_texts("sex", "ethnicity"),
        *_numbers("start_char", "end_char"),
        sa.Column("same_as", sa.JSON(), nullable=False),
    ]


def _create_files() -> None:
    """Documents, where they came from, and what has been done with them."""
    op.create_table(
        "documents",
        *_texts("document_id", "file_name", "status"),
        sa.Column("reason_number", sa.Integer(), nullable=True),
        sa.Column("reason_text", sa.String(), nullable=True),
        sa.Column("n_pages", sa.Integer(), nullable=False),
        *_texts("title", "review_type", "publisher", "producer"),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_documents"),
    )
    op.create_index("ix_documents_status", "documents", ["status"])
    op.create_table(
        "sources",
        sa.Column("source_key", sa.Integer(), nullable=False),
        *_texts("path", "document_id"),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.document_id"], name="fk_sources_document_id_documents"
        ),
        sa.PrimaryKeyConstraint("source_key", name="pk_sources"),
    )
    op.create_index("ix_sources_document_id", "sources", ["document_id"])
    op.create_index(
        "ix_sources_path_in_use",
        "sources",
        ["path"],
        unique=True,
        sqlite_where=sa.text("NOT superseded"),
        postgresql_where=sa.text("NOT superseded"),
    )
    op.create_table(
        "ledger",
        *_texts("key", "step", "version", "document_id", "output_hash"),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_ledger"),
    )
    op.create_index("ix_ledger_document_id", "ledger", ["document_id"])
    op.create_table(
        "seals",
        *_texts("name", "sha256"),
        sa.PrimaryKeyConstraint("name", name="pk_seals"),
    )


def _create_readings() -> None:
    """The text of a document and its segments."""
    op.create_table(
        "texts",
        *_texts("document_id", "text", "words_hash"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name="fk_texts_document_id_documents",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_texts"),
    )
    op.create_table(
        "segments",
        sa.Column("segment_key", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        *_texts("kind", "section_role"),
        *_numbers("start_char", "end_char"),
        sa.Column("text", sa.String(), nullable=False),
        *_numbers("page_start", "page_end"),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("section_path", sa.JSON(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name="ck_segments_offsets"),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["texts.document_id"],
            name="fk_segments_document_id_texts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segment_key", name="pk_segments"),
        sa.UniqueConstraint("document_id", "ordinal", name="uq_segments_document_id_ordinal"),
    )


def _create_codings() -> None:
    """Who and what a document speaks of."""
    op.create_table(
        "people",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_person_columns(),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["texts.document_id"],
            name="fk_people_document_id_texts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_people"),
        sa.UniqueConstraint("document_id", "person_id", name="uq_people_document_id_person_id"),
    )
    op.create_table(
        "codings",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("coding_id", sa.String(), nullable=False),
        *_numbers("segment", "start_char", "end_char"),
        *_texts(
            "text", "code_id", "assertion", "subject_role", "section_role", "temporality", "valence"
        ),
        sa.Column("score", sa.Double(), nullable=False),
        *_texts("source", "person_id", "explanation"),
        sa.CheckConstraint("start_char >= 0 AND end_char > start_char", name="ck_codings_offsets"),
        sa.ForeignKeyConstraint(
            ["document_id", "segment"],
            ["segments.document_id", "segments.ordinal"],
            name="fk_codings_document_id_segment_segments",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_codings"),
        sa.UniqueConstraint("coding_id", "source", name="uq_codings_coding_id_source"),
    )
    op.create_index("ix_codings_code_id_assertion", "codings", ["code_id", "assertion"])


def _create_cases() -> None:
    """Cases and what they say of each code."""
    op.create_table(
        "cases",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("title", "review_type"),
        *_numbers("n_segments", "n_words"),
        sa.Column("link_reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_cases"),
    )
    op.create_table(
        "case_documents",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.case_id"],
            name="fk_case_documents_case_id_cases",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
            name="fk_case_documents_document_id_documents",
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_case_documents"),
    )
    op.create_index("ix_case_documents_document_id", "case_documents", ["document_id"])
    op.create_table(
        "case_people",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        *_person_columns(),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name="fk_case_people_case_id_cases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_case_people"),
    )
    op.create_table(
        "case_states",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("code_id", "subject_role", "state"),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("codings_for", sa.JSON(), nullable=False),
        sa.Column("codings_against", sa.JSON(), nullable=False),
        sa.Column("codings_suspected", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], name="fk_case_states_case_id_cases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_case_states"),
        sa.UniqueConstraint(
            "case_id", "code_id", "subject_role", name="uq_case_states_case_id_code_id_subject_role"
        ),
    )
    op.create_index("ix_case_states_code_id", "case_states", ["code_id"])


def _create_details() -> None:
    """What documents say of themselves, recommend and date."""
    tables: dict[str, list[sa.Column[Any]]] = {
        "document_metadata": [*_texts("field", "value", "source"), *_doubles("confidence")],
        "recommendations": [*_texts("text", "number", "addressee", "timescale"),
                            *_numbers("segment", "addressee_start", "addressee_end")],
        "dated_events": [*_texts("date", "precision", "basis", "printed", "text", "agency"),
                         *_numbers("segment"),
                         sa.Column("is_approximate", sa.Boolean(), nullable=False)],
    }  # fmt: skip
    common = ("position", "start_char", "end_char")
    for name, columns in tables.items():
        key = sa.PrimaryKeyConstraint("document_id", "position", name=f"pk_{name}")
        link = f"fk_{name}_document_id_texts"
        fk = sa.ForeignKeyConstraint(["document_id"], ["texts.document_id"], link, ondelete=GONE)
        op.create_table(name, *_texts("document_id"), *_numbers(*common), *columns, fk, key)
    op.create_index("ix_document_metadata_field", "document_metadata", ["field"])
    op.create_index("ix_dated_events_date", "dated_events", ["date"])


def _create_findings() -> None:
    """The numbers."""
    op.create_table(
        "findings",
        sa.Column("finding_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("measure", "label", "unit"),
        *_numbers("numerator", "denominator"),
        sa.Column("estimate", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("p_value", sa.Double(), nullable=True),
        sa.Column("q_value", sa.Double(), nullable=True),
        sa.Column("code_ids", sa.JSON(), nullable=False),
        sa.Column("subject_role", sa.String(), nullable=True),
        sa.Column("case_ids", sa.JSON(), nullable=False),
        sa.Column("coding_ids", sa.JSON(), nullable=False),
        sa.Column("statistics", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("finding_id", name="pk_findings"),
    )
    op.create_index("ix_findings_measure", "findings", ["measure"])


def _create_full_text_index() -> None:
    """An index over the segments' words; triggers keep it in step with the table."""
    op.execute(
        "CREATE VIRTUAL TABLE segments_fts USING fts5("
        "text, content='segments', content_rowid='segment_key', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    add = "INSERT INTO segments_fts(rowid, text) VALUES (new.segment_key, new.text);"
    drop = (
        "INSERT INTO segments_fts(segments_fts, rowid, text) "
        "VALUES ('delete', old.segment_key, old.text);"
    )
    for name, moment, action in (
        ("added", "AFTER INSERT", add),
        ("removed", "AFTER DELETE", drop),
        ("changed", "AFTER UPDATE OF text", drop + add),
    ):
        op.execute(f"CREATE TRIGGER segments_{name} {moment} ON segments BEGIN {action} END")
