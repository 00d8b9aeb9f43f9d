"""Records of the people whom cases are about, and cases that are a part of their review.

Cases and what is counted from them follow from the readings. Those of before have neither, so
they go, and the next run counts again; readings and decisions stay.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

COUNTED = (
    "incident_facts", "findings", "case_states", "case_people", "case_documents", "cases",
)  # fmt: skip
LISTS = ("codings_for", "codings_against", "codings_suspected")


def upgrade() -> None:
    """Make the tables; remove what the next run counts again."""
    for table in COUNTED:
        op.execute(f"DELETE FROM {table}")
    op.execute("DELETE FROM seals WHERE name IN ('cases', 'findings', 'incidents')")
    op.create_table(
        "case_parts",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("case_id", "person_id")),
        *(
            sa.Column(name, sa.JSON(), nullable=False)
            for name in ("segments", "coding_ids", "others")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.case_id"], "fk_case_parts_case_id_cases", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_parts"),
    )
    op.create_table(
        "case_subjects",
        sa.Column("case_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("position", "person")),
        sa.ForeignKeyConstraint(
            ["case_id", "person"], ["case_people.case_id", "case_people.position"],
            "fk_case_subjects_case_id_case_people", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name="pk_case_subjects"),
    )  # fmt: skip
    op.create_table(
        "subject_states",
        *(sa.Column(name, sa.String(), nullable=False)
          for name in ("case_id", "code_id", "subject_role", "state")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("subject", "position")),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in LISTS),
        sa.ForeignKeyConstraint(
            ["case_id", "subject"], ["case_subjects.case_id", "case_subjects.position"],
            "fk_subject_states_case_id_case_subjects", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "case_id", "subject", "is_shared", "position", name="pk_subject_states"
        ),
    )  # fmt: skip
    op.create_index("ix_subject_states_code_id", "subject_states", ["code_id"])
