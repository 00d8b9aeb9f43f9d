"""Incident facts of cases, and the value of a decision on an incident attribute."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXTS = (
    "case_id", "field", "value", "basis", "standing", "document_id", "text", "person_id",
    "explanation",
)  # fmt: skip


def upgrade() -> None:
    """Make the table; add a column to the decisions, which have no value so far."""
    op.create_table(
        "incident_facts",
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("position", "segment", "start_char", "end_char")
        ),
        sa.Column("score", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "start_char >= 0 AND end_char > start_char", name=op.f("ck_incident_facts_offsets")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], "fk_incident_facts_case_id_cases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_incident_facts"),
    )
    op.create_index("ix_incident_facts_field_value", "incident_facts", ["field", "value"])
    # Not in batch mode: that would copy the rows, and lose the triggers that guard them.
    op.add_column("decisions", sa.Column("value", sa.String(), nullable=False, server_default=""))
