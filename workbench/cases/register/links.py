"""The passage of the analysis or findings that a recommendation answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.cases.register.likeness import held, stems, weights_of
from workbench.records import (
    Assertion,
    Reading,
    Recommendation,
    SectionRole,
    Segment,
    SegmentKind,
)
from workbench.records.register import FindingLink, LinkBasis

#: "see paragraph 5.12", "(paras 4.3 and 4.9)", "Finding 2".
_PARAGRAPH = re.compile(
    r"\b(?:see |in |at |from )?(?:paragraphs?|paras?\.?|sections?|¶+)\s*(?P<number>\d+(?:\.\d+)+)",
    re.IGNORECASE,
)
_FINDING = re.compile(
    r"\b(?P<what>(?:key )?finding|learning point|lesson|theme|practice episode) (?P<number>\d+)\b",
    re.IGNORECASE,
)
_ANSWERED = frozenset({SectionRole.ANALYSIS, SectionRole.FINDINGS})
_TOLD = frozenset({SegmentKind.PARAGRAPH, SegmentKind.BULLET, SegmentKind.TABLE_ROW})
#: Least share of the words of a recommendation that the passage it answers has.
MIN_WORDS_WITH_CODE, MIN_WORDS = 0.25, 0.3


@dataclass(frozen=True, slots=True)
class _Passage:
    segment: Segment
    words: list[str]
    code_ids: frozenset[str]


class FindingLinks:
    """Finds the answered passages of one document."""

    def __init__(self, reading: Reading) -> None:
        coded: dict[int, set[str]] = {}
        for coding in reading.codings:
            if coding.assertion is Assertion.AFFIRMED:
                coded.setdefault(coding.segment, set()).add(coding.code_id)
        self._passages = [
            _Passage(segment, stems(segment.text), frozenset(coded.get(segment.ordinal, ())))
            for segment in reading.segments
            if segment.section_role in _ANSWERED and segment.kind in _TOLD
        ]
        self._by_number = {_plain(s.number): s for s in reversed(reading.segments) if s.number}
        self._headings = [s for s in reading.segments if s.kind is SegmentKind.HEADING]
        self._weights: Mapping[str, float] = weights_of(p.words for p in self._passages)

    def link(self, recommendation: Recommendation, code_ids: Sequence[str]) -> FindingLink | None:
        """The passage that it answers; None where nothing in the document is like it.

        A printed reference settles it. Else it is the passage of the analysis or findings that
        has a code of its theme and most of its words; else the one with most of its words.
        """
        printed = self._printed(recommendation.text)
        if printed is not None:
            return _to(printed, LinkBasis.PRINTED, 1.0)
        words = stems(recommendation.text)
        best: tuple[float, FindingLink] | None = None
        for passage in self._passages:
            score = held(words, passage.words, self._weights)
            shares_code = bool(passage.code_ids.intersection(code_ids))
            if score < (MIN_WORDS_WITH_CODE if shares_code else MIN_WORDS):
                continue
            # A shared code is worth as much as a doubled share of the words.
            rank = score * (2 if shares_code else 1)
            if best is None or rank > best[0]:
                basis = LinkBasis.CODE_AND_WORDS if shares_code else LinkBasis.WORDS
                best = rank, _to(passage.segment, basis, score)
        return best[1] if best else None

    def _printed(self, text: str) -> Segment | None:
        for match in _PARAGRAPH.finditer(text):
            segment = self._by_number.get(match["number"])
            if segment is not None:
                return segment
        for match in _FINDING.finditer(text):
            wanted = f"{match['what']} {match['number']}".lower()
            for segment in self._headings:
                if f"{segment.number} {segment.text}".lower().strip().startswith(wanted):
                    return segment
            if wanted in self._by_number:
                return self._by_number[wanted]
        return None


def _plain(number: str) -> str:
    return number.strip().rstrip(".:").lower()


def _to(segment: Segment, basis: LinkBasis, score: float) -> FindingLink:
    return FindingLink(
        basis=basis, score=score, segment=segment.ordinal,
        start_char=segment.start_char, end_char=segment.end_char,
    )  # fmt: skip
