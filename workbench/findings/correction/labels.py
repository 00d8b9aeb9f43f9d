"""Cases that a human labelled, and the table in which they are given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import LabelsError
from workbench.findings.given import read_rows
from workbench.records import SubjectRole

COLUMNS = ("case_id", "code_id", "subject_role", "present", "inclusion_probability")
ANY_ROLE = "any"
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCase:
    """What a human says of one factor in one case, whatever the coder found."""

    case_id: str
    code_id: str
    subject_role: SubjectRole | None  # None: any role
    present: bool
    #: The chance (above 0, at most 1) with which the case entered the sample; None when it was
    #: not drawn at random.
    inclusion_probability: float | None = None


def read_labelled_cases(
    path: Path, case_ids: Collection[str], code_ids: Collection[str]
) -> tuple[LabelledCase, ...]:
    """The labels of a CSV file, in its order.

    The file has the columns ``case_id``, ``code_id``, ``subject_role`` (a role, or "any"),
    ``present`` ("yes" or "no") and ``inclusion_probability`` (empty where the case was not
    drawn at random).

    Raises:
        LabelsError: The file has problems; all of them are listed with their lines.
    """
    columns, rows = read_rows(path, LabelsError)
    problems = [f"column {name!r} is missing" for name in COLUMNS if name not in columns]
    problems += [
        f"column {name!r} is not known; known are {', '.join(COLUMNS)}"
        for name in columns
        if name not in COLUMNS
    ]
    if problems:
        raise LabelsError(path, problems)
    labels: dict[tuple[str, str, str], LabelledCase] = {}
    for line, row in enumerate(rows, start=2):
        found = _problems_of(row, case_ids, code_ids)
        key = (row["case_id"], row["code_id"], row["subject_role"])
        if not found and key in labels:
            found = [f"{' '.join(key)} is labelled twice: settle it first"]
        problems += [f"line {line}: {problem}" for problem in found]
        if not found:
            labels[key] = _label(row)
    problems += _contradictions(labels.values())
    if problems:
        raise LabelsError(path, problems)
    return tuple(labels.values())


def _problems_of(
    row: Mapping[str, str], case_ids: Collection[str], code_ids: Collection[str]
) -> list[str]:
    problems = []
    if any(row.get(name) is None for name in COLUMNS) or None in row:
        return [f"has not {len(COLUMNS)} cells"]
    if row["case_id"] not in case_ids:
        problems.append(f"no case is called {row['case_id']!r}")
    if row["code_id"] not in code_ids:
        problems.append(f"the codebook has no code {row['code_id']!r}")
    if row["subject_role"] not in {ANY_ROLE, *SubjectRole}:
        problems.append(f"{row['subject_role']!r} is no role; for all of them write 'any'")
    if row["present"] not in _ANSWERS:
        problems.append(f"present is {row['present']!r}, not 'yes' or 'no'")
    if not _is_chance(row["inclusion_probability"]):
        problems.append(
            f"inclusion_probability is {row['inclusion_probability']!r}: it must be above 0 and "
            "at most 1, or empty"
        )
    return problems


def _contradictions(labels: Iterable[LabelledCase]) -> Iterator[str]:
    """A factor that is present for somebody is present for any role."""
    answers: dict[tuple[str, str], dict[SubjectRole | None, bool]] = {}
    for label in labels:
        answers.setdefault((label.case_id, label.code_id), {})[label.subject_role] = label.present
    for (case_id, code_id), of_role in answers.items():
        having = [role for role, present in of_role.items() if role and present]
        if having and of_role.get(None) is False:
            yield (
                f"{case_id} {code_id}: present is 'no' for any role, but 'yes' for "
                f"{', '.join(having)}: settle it first"
            )


def _is_chance(text: str) -> bool:
    try:
        return not text or 0 < float(text) <= 1
    except ValueError:
        return False


def _label(row: Mapping[str, str]) -> LabelledCase:
    role, chance = row["subject_role"], row["inclusion_probability"]
    return LabelledCase(
        case_id=row["case_id"],
        code_id=row["code_id"],
        subject_role=None if role == ANY_ROLE else SubjectRole(role),
        present=_ANSWERS[row["present"]],
        inclusion_probability=float(chance) if chance else None,
    )
