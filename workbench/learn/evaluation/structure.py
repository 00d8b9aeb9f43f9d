"""Paragraphs: their text, numbers, kinds, section roles, and rows with their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workbench.learn.evaluation.pooling import Bootstrap, confusion_table, pool_measures
from workbench.learn.evaluation.records import (
    Cell,
    Section,
    Table,
    Tally,
    precision_recall_f1,
    share,
)
from workbench.learn.matching.comparison import Comparison
from workbench.learn.matching.tokens import plain_text, word_keys
from workbench.records import EVIDENCE_ROLES, SectionRole, Segment, SegmentKind

TEXT_LABELS = {
    "words.found": "words of the truth found",
    "paragraphs.found": "paragraphs found",
    "paragraphs.exact": "paragraphs whose segment has exactly their text",
}
NUMBER_LABELS = {
    "numbers.precision": "numbers: precision",
    "numbers.recall": "numbers: recall",
    "numbers.f1": "numbers: F1",
}
ROLE_LABELS = {
    "section_role": "section role right",
    "section_role.evidence": "rightly in or out of facts, analysis and findings",
    "kind": "kind right",
}
ROW_LABELS = {
    "footnotes": "footnotes kept apart, whole",
    "table_rows": "table rows with all cells",
    "chronology": "chronology entries with all cells",
}
#: Kinds that carry no paragraph number of their own.
_UNNUMBERED = frozenset({SegmentKind.CONTENTS_LINE, SegmentKind.RUNNING_MATTER})
_ROWS = frozenset({SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY})
_RECOMMENDATION = re.compile(r"^recommendation(?=\w)", re.IGNORECASE)
_WHOLE = 0.9  # share of a footnote's words that must be found in its segment


def structure_sections(comparisons: Sequence[Comparison], bootstrap: Bootstrap) -> list[Section]:
    """The sections on text, numbers, roles and rows."""
    units = {comparison.truth.truth_id: _tallies(comparison) for comparison in comparisons}
    return [
        Section(
            key="text",
            title="Text",
            explanation="How much of what the documents say is in the text that was read, and "
            "how often a paragraph came out as one piece, word for word (spaces, quotes, dashes "
            "and footnote marks apart).",
            measures=pool_measures("text", TEXT_LABELS, units, bootstrap),
            tables=(_by_kind(comparisons),),
        ),
        Section(
            key="structure",
            title="Paragraph numbers",
            explanation="Whether each paragraph carries the number that the review prints beside "
            "it, and no other.",
            measures=pool_measures("structure", NUMBER_LABELS, units, bootstrap),
        ),
        Section(
            key="sections",
            title="Section roles and kinds",
            explanation="For the paragraphs that were found: is the section known for what it is "
            "for (only facts, analysis and findings count as evidence), and the passage for what "
            "it is?",
            measures=pool_measures("sections", ROLE_LABELS, units, bootstrap),
            tables=(
                confusion_table(
                    "sections.roles", "Section roles", _roles(comparisons), list(SectionRole)
                ),
                confusion_table("sections.kinds", "Kinds", _kinds(comparisons), list(SegmentKind)),
            ),
        ),
        Section(
            key="rows",
            title="Footnotes, tables and chronologies",
            explanation="Rows that came out as a row with every cell as printed, and footnotes "
            "that were kept out of the running text, of all that the documents hold.",
            measures=pool_measures("rows", ROW_LABELS, units, bootstrap),
        ),
    ]


def _tallies(comparison: Comparison) -> dict[str, Tally]:
    paragraphs = comparison.truth.paragraphs
    matched = comparison.alignment.paragraphs
    places = [place for paragraph in matched for place in paragraph.places]
    found = [index for index in range(len(paragraphs)) if comparison.main_segments[index] >= 0]
    return {
        "words.found": share(sum(place >= 0 for place in places), len(places)),
        "paragraphs.found": share(sum(each.is_found for each in matched), len(matched)),
        "paragraphs.exact": share(
            sum(is_exact(comparison, index) for index in found), len(paragraphs)
        ),
        "section_role": share(sum(_role_is_right(comparison, i) for i in found), len(found)),
        "section_role.evidence": share(
            sum(_evidence_is_right(comparison, i) for i in found), len(found)
        ),
        "kind": share(sum(_kind_is_right(comparison, i) for i in found), len(found)),
        **_numbers(comparison),
        **_rows(comparison),
    }


def is_exact(comparison: Comparison, index: int) -> bool:
    """Whether one segment has the paragraph's text and nothing else."""
    segment = comparison.main_segment(index)
    wanted = comparison.truth.paragraphs[index].text
    return segment is not None and plain_text(segment.text) == plain_text(wanted)


def printed_number(number: str) -> str:
    """The number as printed, without spaces and a closing full stop or colon.

    Whether the word stands with it ("Recommendation 3") or not ("3") makes no difference.
    """
    return _RECOMMENDATION.sub("", "".join(number.split()).rstrip(".:"))


def _number_is_right(comparison: Comparison, index: int) -> bool:
    first = comparison.first_segments[index]
    wanted = printed_number(comparison.truth.paragraphs[index].number)
    return (
        bool(wanted) and first >= 0 and printed_number(comparison.segments[first].number) == wanted
    )


def _numbers(comparison: Comparison) -> dict[str, Tally]:
    right = [
        index
        for index in range(len(comparison.truth.paragraphs))
        if _number_is_right(comparison, index)
    ]
    n_wanted = sum(bool(printed_number(p.number)) for p in comparison.truth.paragraphs)
    hits = {comparison.first_segments[index] for index in right}
    given = {at for at, segment in enumerate(comparison.segments) if _is_numbered(segment)}
    return precision_recall_f1("numbers", len(hits), len(given - hits), n_wanted - len(hits))


def _is_numbered(segment: Segment) -> bool:
    number = printed_number(segment.number)
    # A number on a line of its own is no further number: the paragraph below has it.
    stands_alone = printed_number(segment.text) == number
    return bool(number) and not stands_alone and segment.kind not in _UNNUMBERED


def _role_is_right(comparison: Comparison, index: int) -> bool:
    segment = comparison.main_segment(index)
    wanted = comparison.truth.paragraphs[index].section_role
    return segment is not None and segment.section_role == wanted


def _evidence_is_right(comparison: Comparison, index: int) -> bool:
    segment = comparison.main_segment(index)
    wanted = comparison.truth.paragraphs[index].section_role in EVIDENCE_ROLES
    return segment is not None and (segment.section_role in EVIDENCE_ROLES) == wanted


def _kind_is_right(comparison: Comparison, index: int) -> bool:
    segment = comparison.main_segment(index)
    return segment is not None and segment.kind == comparison.truth.paragraphs[index].kind


def _roles(comparisons: Iterable[Comparison]) -> Iterable[tuple[str, str]]:
    for comparison in comparisons:
        for index, paragraph in enumerate(comparison.truth.paragraphs):
            segment = comparison.main_segment(index)
            if segment is not None:
                yield paragraph.section_role.value, segment.section_role.value


def _kinds(comparisons: Iterable[Comparison]) -> Iterable[tuple[str, str]]:
    for comparison in comparisons:
        for index, paragraph in enumerate(comparison.truth.paragraphs):
            segment = comparison.main_segment(index)
            if segment is not None:
                yield paragraph.kind.value, segment.kind.value


def _rows(comparison: Comparison) -> dict[str, Tally]:
    kinds = {
        "footnotes": SegmentKind.FOOTNOTE,
        "table_rows": SegmentKind.TABLE_ROW,
        "chronology": SegmentKind.CHRONOLOGY_ENTRY,
    }
    tallies = {}
    for key, kind in kinds.items():
        wanted = [index for index, p in enumerate(comparison.truth.paragraphs) if p.kind == kind]
        tallies[key] = share(sum(_is_whole(comparison, index) for index in wanted), len(wanted))
    return tallies


def _is_whole(comparison: Comparison, index: int) -> bool:
    """Whether the row has its cells, or the footnote its words, in a segment of its kind."""
    paragraph, segment = comparison.truth.paragraphs[index], comparison.main_segment(index)
    if segment is None:
        return False
    if paragraph.cells:
        # Whether a dated row is a chronology entry or a table row is measured under kinds.
        return segment.kind in _ROWS and _cells(segment.cells) == _cells(paragraph.cells)
    within = sum(
        place >= 0 and comparison.segment_of_token[place] == comparison.main_segments[index]
        for place in comparison.alignment.paragraphs[index].places
    )
    n_words = len(word_keys(segment.text))
    n_wanted = len(comparison.alignment.paragraphs[index].tokens)
    is_kind = segment.kind == paragraph.kind
    return is_kind and within >= _WHOLE * n_wanted and within >= _WHOLE * n_words


def _cells(cells: Sequence[str]) -> list[tuple[str, ...]]:
    return [word_keys(cell) for cell in cells]


def _by_kind(comparisons: Sequence[Comparison]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind in SegmentKind:
        places = [
            (comparison, index)
            for comparison in comparisons
            for index, paragraph in enumerate(comparison.truth.paragraphs)
            if paragraph.kind == kind
        ]
        numbered = [at for at in places if at[0].truth.paragraphs[at[1]].number]
        if places:
            rows.append(
                (
                    kind.value,
                    len(places),
                    sum(c.main_segments[i] >= 0 for c, i in places) / len(places),
                    sum(is_exact(c, i) for c, i in places) / len(places),
                    sum(_kind_is_right(c, i) for c, i in places) / len(places),
                    len(numbered),
                    sum(_number_is_right(c, i) for c, i in numbered) / len(numbered)
                    if numbered
                    else None,
                )
            )
    columns = ("kind", "n", "found", "exact text", "kind right", "numbered", "number right")
    return Table(key="text.kinds", title="By kind of passage", columns=columns, rows=tuple(rows))
