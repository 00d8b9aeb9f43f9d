"""Tables of factors by person: what a sign says of whom, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coding.made import make_document, make_segments
from workbench.coding import Coder
from workbench.records import Coding, SectionRole, Segment, SegmentKind

TELLS = (
    "Ilka was 15 when she was stabbed. Ilka lived with her mother.",
    "Bram was 16 when he was stabbed. Bram lived with his father.",
)
LEGEND = "A tick means established, a cross that it was considered and ruled out, a dash silence."
HEAD = ("Factor", "Ilka", "Bram")
Said = set[tuple[str, str, str]]


def table(*rows: tuple[str, ...], legend: str = LEGEND) -> tuple[Segment, ...]:
    """A short review, a legend and a table, whose ordinals begin at 3."""
    texts = [*TELLS, legend, *(" | ".join(row) for row in rows)]
    kinds = [SegmentKind.PARAGRAPH] * 3 + [SegmentKind.TABLE_ROW] * len(rows)
    made = make_segments(
        [(text, SectionRole.ANALYSIS, kind) for text, kind in zip(texts, kinds, strict=True)]
    )
    cells = ((), (), (), *rows)
    return tuple(replace(s, cells=own) for s, own in zip(made, cells, strict=True))


def coded(coder: Coder, segments: tuple[Segment, ...]) -> tuple[list[Coding], Said]:
    people, codings = coder.code(make_document("thematic_review"), segments)
    names = {person.person_id: person.name for person in people}
    of_table = [coding for coding in codings if coding.segment > 3]
    return of_table, {(c.code_id, names.get(c.person_id, ""), str(c.assertion)) for c in of_table}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(
            ("Missing from home or care", "✓", "✗"),
            {("missing_episodes", "Ilka", "affirmed"), ("missing_episodes", "Bram", "negated")},
            id="tick and cross",
        ),
        pytest.param(
            ("Sexual abuse", "–", "✗"), {("ace_sexual_abuse", "Bram", "negated")},
            id="a dash is silence",
        ),
        pytest.param(
            ("Physical abuse", "Yes", "?"),
            {("ace_physical_abuse", "Ilka", "affirmed"),
             ("ace_physical_abuse", "Bram", "suspected")},
            id="words and a question mark",
        ),
        pytest.param(
            ("Parental mental illness", "✓", ""),
            {("ace_household_mental_illness", "Ilka", "affirmed")},
            id="a parent's condition is the child's adversity",
        ),
        pytest.param(
            ("Father in prison", "✓", ""), {("ace_household_offending", "Ilka", "affirmed")},
            id="and not the child's own",
        ),
        pytest.param(("Sexual abuse", "", ""), set(), id="nobody"),
    ],
)  # fmt: skip
def test_a_sign_says_of_its_column_what_the_row_is_about(
    coder: Coder, row: tuple[str, ...], expected: Said
) -> None:
    codings, said = coded(coder, table(HEAD, row))
    assert said == expected
    for coding in codings:
        assert coding.text in row[0]
        assert "in the column" in coding.explanation


def test_a_cross_says_nothing_where_the_review_does_not_tell_what_it_means(coder: Coder) -> None:
    row = ("Missing from home or care", "✓", "✗")
    plain = "The table was made by the panel."
    unclear = "A cross means that no record was found."
    for legend in (plain, unclear):
        assert coded(coder, table(HEAD, row, legend=legend))[1] == {
            ("missing_episodes", "Ilka", "affirmed")
        }


def test_a_head_that_a_new_page_repeats_goes_on(coder: Coder) -> None:
    rows = (HEAD, ("Missing from home", "✓", "–"), HEAD, ("Sexual abuse", "–", "✓"))
    assert coded(coder, table(*rows))[1] == {
        ("missing_episodes", "Ilka", "affirmed"), ("ace_sexual_abuse", "Bram", "affirmed"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((("Factor", "Ilka", "Notes"), ("Sexual abuse", "✓", "✗")), id="one person"),
        pytest.param((HEAD, ("Sexual abuse", "✓", "by an uncle")), id="words in a column"),
        pytest.param((HEAD, ("Sexual abuse", "✓")), id="another number of cells"),
        pytest.param((("Factor", "2021", "2022"), ("Sexual abuse", "✓", "✗")), id="no people"),
    ],
)
def test_other_tables_are_left_to_the_usual_rules(
    coder: Coder, rows: tuple[tuple[str, ...], ...]
) -> None:
    codings, _ = coded(coder, table(*rows))
    assert codings
    assert all("in the column" not in coding.explanation for coding in codings)
