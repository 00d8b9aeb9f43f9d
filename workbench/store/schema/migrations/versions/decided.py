"""Codings of documents on which people have decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TEXTS = (
    "document_id", "coding_id", "text", "code_id", "assertion", "subject_role", "section_role",
    "temporality", "valence", "source", "person_id", "explanation",
)  # fmt: skip


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "decided_codings",
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("position", "segment", "start_char", "end_char")
        ),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["texts.document_id"],
            "fk_decided_codings_document_id_texts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_decided_codings"),
    )
    op.create_index("ix_decided_codings_coding_id", "decided_codings", ["coding_id"])
