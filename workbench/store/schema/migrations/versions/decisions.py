"""Decisions of reviewers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXTS = (
    "decision_id", "chain", "document_id", "text", "coder", "decided_at", "action", "shown",
    "code_id", "temporality", "valence", "person_id", "certainty", "reason", "target", "design",
    "codebook",
)  # fmt: skip


def upgrade() -> None:
    """Make the table; in SQLite, triggers refuse every change of what stands in it."""
    op.create_table(
        "decisions",
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("segment", "start_char", "end_char")
        ),
        sa.Column("assertion", sa.String(), nullable=True),
        sa.Column("subject_role", sa.String(), nullable=True),
        sa.Column("suggestions", sa.JSON(), nullable=False),
        sa.Column("settles", sa.JSON(), nullable=False),
        sa.Column("inclusion_probability", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "start_char >= 0 AND end_char > start_char", name=op.f("ck_decisions_offsets")
        ),
        sa.PrimaryKeyConstraint("position", name="pk_decisions"),
        sa.UniqueConstraint("decision_id", name="uq_decisions_decision_id"),
    )
    op.create_index("ix_decisions_document_id_segment", "decisions", ["document_id", "segment"])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER decisions_no_{event.lower()} BEFORE {event} ON decisions BEGIN "
                "SELECT RAISE(ABORT, 'decisions are append-only'); END"
            )
