"""The passage of the analysis or findings that a recommendation answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
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
#: So many telling words a recommendation and the passage that it answers have in common.
MIN_WORDS = 3
#: So many times as much like it as the next passage is the one that it answers, or none is.
MIN_MARGIN = 1.3
#: What a shared code is worth.
_CODE_FACTOR = 1.2
#: How soon a word that is repeated, and a long passage, count for less; the usual values.
_REPEATED, _LONG = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class _Passage:
    segment: Segment
    words: Counter[str]
    code_ids: frozenset[str]


class FindingLinks:
    """Finds the answered passages of one document."""

    def __init__(self, reading: Reading) -> None:
        coded: dict[int, set[str]] = defaultdict(set)
        for coding in reading.codings:
            if coding.assertion is Assertion.AFFIRMED:
                coded[coding.segment].add(coding.code_id)
        self._passages = [
            _Passage(segment, Counter(stems(segment.text)), frozenset(coded[segment.ordinal]))
            for segment in reading.segments
            if segment.section_role in _ANSWERED and segment.kind in _TOLD
        ]
        self._by_number = {_plain(s.number): s for s in reversed(reading.segments) if s.number}
        self._headings = [s for s in reading.segments if s.kind is SegmentKind.HEADING]
        words = [list(passage.words) for passage in self._passages]
        self._weights = weights_of(words)
        self._rare = weights_of(words, least=0.0)
        self._asked = weights_of((stems(each.text) for each in reading.recommendations), least=0.0)
        n_words = sum(passage.words.total() for passage in self._passages)
        self._usual_length = n_words / max(len(self._passages), 1)

    def link(self, recommendation: Recommendation, code_ids: Sequence[str]) -> FindingLink | None:
        """The passage that it answers; None where that is not plain.

        A printed reference settles it. Else it is the passage of the analysis or findings that
        is most like it, where no other comes near: the more so if the passage has a code of its
        theme.
        """
        printed = self._printed(recommendation.text)
        if printed is not None:
            return _to(printed, LinkBasis.PRINTED, 1.0)
        wanted = stems(recommendation.text)
        ranked = sorted(
            (
                (self._likeness(wanted, passage, code_ids), -place, passage)
                for place, passage in enumerate(self._passages)
            ),
            key=lambda each: each[:2],
            reverse=True,
        )
        if not ranked:
            return None
        best, _, passage = ranked[0]
        next_best = ranked[1][0] if len(ranked) > 1 else 0.0
        n_shared = len(passage.words.keys() & set(wanted))
        if n_shared < MIN_WORDS or best < MIN_MARGIN * next_best:
            return None
        shares_code = passage.code_ids.intersection(code_ids)
        basis = LinkBasis.CODE_AND_WORDS if shares_code else LinkBasis.WORDS
        return _to(passage.segment, basis, held(wanted, list(passage.words), self._weights))

    def _likeness(self, wanted: Sequence[str], passage: _Passage, code_ids: Sequence[str]) -> float:
        """How much of what is asked a passage speaks of; comparable for one recommendation.

        Words weigh more that few passages and few recommendations of the document have.

        Source: Robertson and Zaragoza (2009), Foundations and Trends in Information Retrieval
        3(4), 333-389, BM25 with its usual values.
        """
        long = 1 - _LONG + _LONG * passage.words.total() / self._usual_length
        shared = sorted(passage.words.keys() & set(wanted))
        likeness = sum(
            self._rare[word] * self._asked.get(word, 1.0)
            * passage.words[word] / (passage.words[word] + _REPEATED * long)
            for word in shared
        )  # fmt: skip
        return likeness * (_CODE_FACTOR if passage.code_ids.intersection(code_ids) else 1)

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
