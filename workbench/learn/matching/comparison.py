"""One document: its truth beside the system's reading of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.learn.matching.alignment import align
from workbench.learn.matching.tokens import Alignment, MatchedParagraph, segment_indexes
from workbench.learn.truth_records import Truth
from workbench.records import Coding, Person, Reading, Segment

# A segment begins a paragraph when it holds that many of its words, or that share of them.
_BEGINNING_WORDS = 5
_BEGINNING_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A truth, what the system read, and which passage is which."""

    truth: Truth
    document_id: str  # "" without a reading
    segments: tuple[Segment, ...]  # by offset
    people: tuple[Person, ...]
    codings: tuple[Coding, ...]
    reading: Reading | None
    alignment: Alignment
    main_segments: tuple[int, ...]  # for each paragraph the segment with most of it, -1 for none
    first_segments: tuple[int, ...]  # for each paragraph the segment that begins it, -1 for none
    segment_of_token: tuple[int, ...]

    def main_segment(self, paragraph: int) -> Segment | None:
        """The segment that holds most words of the paragraph."""
        index = self.main_segments[paragraph]
        return self.segments[index] if index >= 0 else None

    def paragraph_of(self, coding: Coding) -> int:
        """Index of the truth paragraph a coding stands in.

        Words outside all truth paragraphs give a negative number, the same for one segment.
        """
        found = self.alignment.paragraph_at(coding.start_char, coding.end_char)
        return found if found >= 0 else -1 - coding.segment


def compare(truth: Truth, reading: Reading | None) -> Comparison:
    """Align a truth with a reading; without one, nothing is found."""
    segments = tuple(sorted(reading.segments, key=lambda s: s.start_char)) if reading else ()
    alignment = align(
        [paragraph.text for paragraph in truth.paragraphs],
        reading.frozen.text if reading else "",
        (segment.start_char for segment in segments),
    )
    of_token = segment_indexes(alignment, segments)
    located = [_locate(paragraph, of_token) for paragraph in alignment.paragraphs]
    return Comparison(
        truth=truth,
        document_id=reading.document.document_id if reading else "",
        segments=segments,
        people=reading.people if reading else (),
        codings=reading.codings if reading else (),
        reading=reading,
        alignment=alignment,
        main_segments=tuple(main for main, _ in located),
        first_segments=tuple(first for _, first in located),
        segment_of_token=of_token,
    )


def _locate(paragraph: MatchedParagraph, of_token: Sequence[int]) -> tuple[int, int]:
    if not paragraph.is_found:
        return -1, -1
    counts = Counter(
        of_token[place] for place in paragraph.places if place >= 0 and of_token[place] >= 0
    )
    if not counts:
        return -1, -1
    enough = min(_BEGINNING_WORDS, _BEGINNING_SHARE * sum(counts.values()))
    main = min(counts, key=lambda index: (-counts[index], index))
    return main, min(index for index, count in counts.items() if count >= enough)
