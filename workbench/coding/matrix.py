"""Tables of factors by person, in which a tick says of each person what the row is about.

Reviews of several people print one: a row for each factor, a column for each person. The row's
words alone would affirm the factor of somebody; only the signs say of whom, and of whom not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.records import (
    SIGNS,
    Assertion,
    Code,
    Coding,
    Person,
    Segment,
    SegmentKind,
)

_TICKS = frozenset({"✓", "✔", "☑", "√", "yes", "y"})
_CROSSES = frozenset({"✗", "✘", "✕", "×", "no", "n"})
_DOUBTS = frozenset({"?", "possible", "possibly", "suspected"})
_SILENT = frozenset({"", "-", "–", "—", "n/a", "n/k", "not known", "unknown", "not recorded"})
_SIGNS = _TICKS | _CROSSES | _DOUBTS | _SILENT
#: A cross may as well mean that nothing is known; it rules out only where the review says so.
_LEGEND = re.compile(
    r"(?:\bcross(?:es)?\b|[✗✘✕×]|\bno\b)[^.;,]{0,60}\b(?:ruled out|absent|not present|not there|"
    r"did not apply|not the case)\b",
    re.IGNORECASE,
)
_NEAR = 4  # segments with words between which and the head of a table a legend is looked for
#: The row is about somebody in the person's home, not about the person.
_KIN = re.compile(
    r"\b(?:parent\w*|mother\w*|father\w*|maternal|paternal|household\w*|sibling\w*|carer\w*)\b",
    re.IGNORECASE,
)
_ADVERSITY = "ace_"
_PASSED_OVER = frozenset({SegmentKind.RUNNING_MATTER})


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """What the signs of one row say, of whom."""

    label_end: int  # end of the first cell, in the document's text
    is_of_kin: bool
    said: tuple[tuple[Person, Assertion, str], ...]  # person, what the sign says, the sign


def matrix_rows(segments: Sequence[Segment], people: Iterable[Person]) -> dict[int, MatrixRow]:
    """Ordinal -> what is said in it, for each row of a table of factors by person.

    Such a table has a head of which two cells or more are names of people, and rows that have
    nothing but signs below them. A row with other words in a column is left to the usual rules.
    """
    by_name = {
        _key(name): person
        for person in people
        for name in (person.name, *person.aliases)
        if _key(name)
    }
    rows: dict[int, MatrixRow] = {}
    columns: dict[int, Person] = {}
    n_cells, crosses_rule_out = 0, False
    for place, segment in enumerate(segments):
        if segment.kind in _PASSED_OVER:
            continue
        if segment.kind is not SegmentKind.TABLE_ROW:
            columns = {}
            continue
        named = {
            at: by_name[_key(cell)]
            for at, cell in enumerate(segment.cells)
            if _key(cell) in by_name
        }
        if len(set(map(_id, named.values()))) > 1 and 0 not in named:
            columns, n_cells = named, len(segment.cells)
            crosses_rule_out = _has_legend(segments, place)
        elif columns and len(segment.cells) == n_cells:
            row = _row(segment, columns, crosses_rule_out=crosses_rule_out)
            if row:
                rows[segment.ordinal] = row
    return rows


def _row(
    segment: Segment, columns: Mapping[int, Person], *, crosses_rule_out: bool
) -> MatrixRow | None:
    signs = {at: segment.cells[at].strip().lower() for at in columns}
    if not all(sign in _SIGNS for sign in signs.values()):
        return None
    meant = dict.fromkeys(_TICKS, Assertion.AFFIRMED) | dict.fromkeys(_DOUBTS, Assertion.SUSPECTED)
    if crosses_rule_out:
        meant |= dict.fromkeys(_CROSSES, Assertion.NEGATED)
    label = segment.cells[0]
    return MatrixRow(
        label_end=segment.start_char + segment.text.find(label) + len(label),
        is_of_kin=bool(_KIN.search(label)),
        said=tuple(
            (columns[at], meant[sign], segment.cells[at].strip())
            for at, sign in signs.items()
            if sign in meant
        ),
    )


def _has_legend(segments: Sequence[Segment], head: int) -> bool:
    """Whether the words around a table say that a cross rules a factor out."""
    before = [s for s in segments[:head] if s.kind is not SegmentKind.RUNNING_MATTER][-_NEAR:]
    after = [
        s
        for s in segments[head:]
        if s.kind not in (SegmentKind.RUNNING_MATTER, SegmentKind.TABLE_ROW)
    ][:_NEAR]
    return any(_LEGEND.search(segment.text) for segment in (*before, *after))


def of_columns(
    codings: Iterable[Coding],
    row: MatrixRow,
    codes: Mapping[str, Code],
    derived: Mapping[str, str],
) -> Iterator[Coding]:
    """The codings of a row, once for each person whose sign says anything.

    Args:
        codings: What the rules make of the row's words.
        row: What its signs say.
        codes: The codebook by code id; a code that the person's role does not have is left out.
        derived: Code id of a parent's condition -> code id of the child's adversity.
    """
    best: dict[str, Coding] = {}
    for coding in codings:
        code_id = coding.code_id
        if row.is_of_kin and not code_id.startswith(_ADVERSITY):
            code_id = derived.get(code_id, "")
        known = best.get(code_id)
        inside = coding.end_char <= row.label_end
        if code_id and inside and (known is None or coding.score > known.score):
            best[code_id] = coding
    for code_id, coding in best.items():
        for person, assertion, sign in row.said:
            if person.role in codes[code_id].roles:
                yield replace(
                    coding,
                    code_id=code_id,
                    assertion=assertion,
                    subject_role=person.role,
                    person_id=person.person_id,
                    source=SIGNS + coding.source.partition(":")[2],
                    explanation=f"{coding.explanation}; '{sign}' in the column '{person.name}'",
                )


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _id(person: Person) -> str:
    return person.person_id
