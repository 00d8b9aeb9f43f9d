"""Segments as rows, sentences below them, codes as columns: the shape that all models share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.examples import LabelledDocument
from workbench.learn.models.features.sentences import split_sentences
from workbench.records import Assertion, SectionRole, Segment, SegmentKind

#: Headings and the like name topics; they assert nothing and are not rows.
UNREAD_KINDS = frozenset(
    {
        SegmentKind.HEADING,
        SegmentKind.CAPTION,
        SegmentKind.CONTENTS_LINE,
        SegmentKind.RUNNING_MATTER,
    }
)
#: What stands there is no fact of the case: nothing is suggested, but much can be learned.
UNASSERTED_SECTIONS = frozenset(
    {
        SectionRole.RECOMMENDATIONS,
        SectionRole.TERMS_OF_REFERENCE,
        SectionRole.METHODOLOGY,
        SectionRole.GLOSSARY,
        SectionRole.LITERATURE,
        SectionRole.FRONT_MATTER,
    }
)
UNASSERTED_KINDS = frozenset({SegmentKind.RECOMMENDATION, SegmentKind.FOOTNOTE})

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The segments of some documents that are read, and their sentences."""

    segments: tuple[Segment, ...]  # rows
    sentences: tuple[tuple[int, int], ...]  # offsets in their segment's text
    row_of: NDArray[np.int32]  # of each sentence; ascending
    groups: tuple[str, ...]  # of each row
    bare: NDArray[np.bool_]  # whether each row is from a document without any structure

    @property
    def sentence_texts(self) -> list[str]:
        """The words of each sentence."""
        return [
            self.segments[row].text[first:last]
            for row, (first, last) in zip(self.row_of, self.sentences, strict=True)
        ]

    @property
    def sentence_groups(self) -> list[str]:
        """The group of each sentence."""
        return [self.groups[row] for row in self.row_of]

    @property
    def asserted(self) -> NDArray[np.bool_]:
        """Whether each row may state facts of the case."""
        return np.array([may_assert(segment) for segment in self.segments], dtype=bool)

    def alone(self) -> Units:
        """The same as if each segment that may state facts were a passage without a document."""
        return replace(
            self,
            segments=tuple(plain(s) if may_assert(s) else s for s in self.segments),
            bare=np.ones(len(self.segments), dtype=bool),
        )

    def best(self, scores: Floats) -> tuple[Floats, Floats]:
        """For each row the highest and the second highest score among its sentences."""
        first = np.full((len(self.segments), scores.shape[1]), -np.inf, dtype=np.float32)
        np.maximum.at(first, self.row_of, scores)
        rest = np.where(scores < first[self.row_of], scores, -np.inf)
        second = np.full_like(first, -np.inf)
        np.maximum.at(second, self.row_of, rest.astype(np.float32))
        return first, np.where(np.isfinite(second), second, 0.0).astype(np.float32)


def may_assert(segment: Segment) -> bool:
    """Whether a segment stands where facts of the case are told."""
    return (
        segment.kind not in UNREAD_KINDS | UNASSERTED_KINDS
        and segment.section_role not in UNASSERTED_SECTIONS
    )


def plain(segment: Segment) -> Segment:
    """A segment without what its document tells of it."""
    return replace(
        segment,
        kind=SegmentKind.PARAGRAPH,
        section_role=SectionRole.FACTS,
        number="",
        section_path=(),
    )


def units_of(documents: Sequence[tuple[Sequence[Segment], str]]) -> Units:
    """The units of documents, each given as its segments and its group."""
    segments: list[Segment] = []
    groups: list[str] = []
    sentences: list[tuple[int, int]] = []
    row_of: list[int] = []
    bare: list[bool] = []
    for parts, group in documents:
        is_bare = not any(map(_has_structure, parts))
        for segment in parts:
            spans = split_sentences(segment.text)
            if segment.kind in UNREAD_KINDS or not spans:
                continue
            row_of += [len(segments)] * len(spans)
            sentences += spans
            segments.append(segment)
            groups.append(group)
            bare.append(is_bare)
    return Units(
        segments=tuple(segments),
        sentences=tuple(sentences),
        row_of=np.array(row_of, dtype=np.int32),
        groups=tuple(groups),
        bare=np.array(bare, dtype=bool),
    )


def _has_structure(segment: Segment) -> bool:
    """Whether a segment could be of a whole review, not only of a passage taken out of one."""
    return (
        segment.kind is not SegmentKind.PARAGRAPH
        or bool(segment.number)
        or bool(segment.section_path)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What is right of the units, code by code."""

    rows: Floats  # 1 where the segment affirms the code, rows x codes
    sentences: Floats  # 1 where the quoted words lie in the sentence, sentences x codes
    doubtful: NDArray[np.bool_]  # rows x codes that count neither way


def targets_of(
    documents: Sequence[LabelledDocument], units: Units, codes: Sequence[str]
) -> Targets:
    """The affirmed labels of documents, as ``units_of`` laid out their segments."""
    column = {code: i for i, code in enumerate(codes)}
    place = {(s.document_id, s.ordinal): i for i, s in enumerate(units.segments)}
    rows = np.zeros((len(units.segments), len(codes)), dtype=np.float32)
    sentences = np.zeros((len(units.sentences), len(codes)), dtype=np.float32)
    doubtful = np.zeros(rows.shape, dtype=bool)
    begins = np.searchsorted(units.row_of, np.arange(len(units.segments) + 1))
    for document in documents:
        for label in document.labels:
            row = place.get((document.document.document_id, label.segment))
            at = column.get(label.code_id)
            if row is None or at is None:
                continue
            if label.is_doubtful:
                doubtful[row, at] = True
            elif label.assertion is Assertion.AFFIRMED:
                rows[row, at] = 1
                for i in range(begins[row], begins[row + 1]):
                    first, last = units.sentences[i]
                    if first < label.end_char and label.start_char < last:
                        sentences[i, at] = 1
    doubtful &= rows == 0
    return Targets(rows=rows, sentences=sentences, doubtful=doubtful)
