"""The coder's errors by group: what it finds and what it claims stand on one line."""

from __future__ import annotations

from workbench.publish.registers.equality import equality_rows
from workbench.records import Finding, SubjectRole


def hit(kind: str, group: str, number: int, *, warned: bool = False) -> Finding:
    words = "found" if kind == "with" else "claimed"
    return Finding(
        finding_id=f"labelled-{kind}-drug_misuse-victim__sex-{number}__found",
        measure="coder_hit",
        label=f"Own drug misuse (victim): {words} by the coder, of the labelled cases {kind} it, "
        f"sex {group}",
        unit="cases", numerator=1, denominator=2, estimate=0.5,
        code_ids=("drug_misuse",), subject_role=SubjectRole.VICTIM,
        note="Of the labelled cases of this group." + (" Warning: unlike." if warned else ""),
    )  # fmt: skip


def test_each_group_is_one_line_whatever_its_number_in_the_findings() -> None:
    rows = equality_rows(
        [
            hit("with", "Female", 1), hit("with", "Male", 2, warned=True),
            hit("without", "Male", 1), hit("without", "Unknown, or not it, said", 2),
        ]
    )  # fmt: skip
    assert [(row.group, row.role) for row in rows] == [
        ("Sex Female", "Victim"), ("Sex Male", "Victim"),
        ("Sex Unknown, or not it, said", "Victim"),
    ]  # fmt: skip
    female, male, _ = rows
    assert (female.found is not None, female.claimed is None, female.differs) == (True, True, False)
    assert male.found is not None
    assert male.claimed is not None
    assert male.differs
