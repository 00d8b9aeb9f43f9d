"""How far an extraction agrees with itself: checks that need no truth.

Paragraph numbers count on, notes have marks, contents pages point at headings, words look like
words. A share that is low says where to look; a share of 1 does not prove that all is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from workbench.records import Document, Line, Page, Segment, SegmentKind, Word

NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)[.:]?$")
MARK = re.compile(r"^\d{1,3}$")
#: Reports that number their paragraphs may print the first of a section before its page.
ENTRY = re.compile(r"^(?P<title>.+?)(?:[\s.…_|]*\s\d{1,2}\.\d{1,3})?[\s.…_|]+(?P<page>\d{1,3})$")
LEADING = re.compile(
    r"^(?:(?:chapter|part|section|appendix|annex)\s+\w{1,3}\W|\d[\d.]*[.:)]?\s|[a-z][.)])\s*(?=\S)",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
JOINED = re.compile(r"[a-zà-ÿ][A-Z][a-zà-ÿ]{2}")
VOWEL = re.compile(r"[aeiouyàâäçéèêëîïôöûüáíóúw]", re.IGNORECASE)
LONGEST_PART = 22  # letters of a word without hyphens
RAISED = 0.8  # a raised mark is no larger than this share of its line's type
NUMBERED = (SegmentKind.PARAGRAPH, SegmentKind.HEADING, SegmentKind.RECOMMENDATION)
FEWEST = 5  # chances before a share is compared with those of other documents

Key = tuple[int, ...]


class Share(NamedTuple):
    """Hits over chances."""

    hits: int
    chances: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None without chances."""
        return self.hits / self.chances if self.chances else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionCheck:
    """What the checks found in one document."""

    document_id: str
    file_name: str
    n_pages: int
    numbers_continue: Share  # pairs of successive paragraph numbers that count on
    notes_marked: Share  # footnotes whose mark stands on their page
    marks_noted: Share  # raised marks whose footnote was found
    contents_titles: Share  # contents lines whose heading was found
    contents_pages: Share  # of those, pages that agree up to a constant shift
    word_like: Share  # words that look like words
    pages_with_warnings: Share  # pages on which the engines disagree, or words are doubtful
    breaks: tuple[str, ...] = ()  # "p. 12: 4.11, then 4.13"
    warnings: tuple[str, ...] = ()  # of the document and its pages, each once

    @property
    def shares(self) -> dict[str, Share]:
        """The shares by name; pages without warnings instead of pages with."""
        warned = self.pages_with_warnings
        return {
            "numbers": self.numbers_continue,
            "notes": self.notes_marked,
            "marks": self.marks_noted,
            "titles": self.contents_titles,
            "pages": self.contents_pages,
            "words": self.word_like,
            "unwarned": Share(warned.chances - warned.hits, warned.chances),
        }

    @property
    def lowest(self) -> float:
        """The lowest share with enough chances; 1 where there is none."""
        values = [s.hits / s.chances for s in self.shares.values() if s.chances >= FEWEST]
        return min(values, default=1.0)


def check_extraction(
    document: Document, pages: Sequence[Page], segments: Sequence[Segment]
) -> ExtractionCheck:
    """The truth-free checks of one document.

    Args:
        document: As it was read.
        pages: Of its extraction, with raised marks and warnings.
        segments: In reading order.
    """
    continues, breaks = _continuity(segments)
    titles, agreeing = _contents(segments)
    marked, noted = _notes(pages, segments)
    warned = [page for page in pages if page.warnings]
    texts = sorted({text for page in pages for text in page.warnings})
    return ExtractionCheck(
        document_id=document.document_id,
        file_name=document.file_name,
        n_pages=document.n_pages,
        numbers_continue=continues,
        notes_marked=marked,
        marks_noted=noted,
        contents_titles=titles,
        contents_pages=agreeing,
        word_like=_words(segments),
        pages_with_warnings=Share(len(warned), len(pages)),
        breaks=breaks,
        warnings=tuple(dict.fromkeys((*document.warnings, *texts))),
    )


def _continuity(segments: Sequence[Segment]) -> tuple[Share, tuple[str, ...]]:
    """Pairs of successive numbers that count on; a count that begins anew is no pair.

    Whole numbers and decimal ones count apart; whole numbers of headings count with the decimal
    ones where the document has those, else on their own.
    """
    keyed = [(s, key) for s in segments if s.kind in NUMBERED and (key := _key(s.number))]
    has_decimals = any(len(key) > 1 for _, key in keyed)
    families: dict[str, list[tuple[Segment, Key]]] = {}
    for segment, key in keyed:
        heads = segment.kind is SegmentKind.HEADING
        decimal = len(key) > 1 or (heads and has_decimals)
        family = "decimal" if decimal else "heading" if heads else "whole"
        families.setdefault(family, []).append((segment, key))
    hits = chances = 0
    breaks = []
    for members in families.values():
        for (_, before), (segment, after) in pairwise(members):
            if set(after) == {1} and len(after) == 1:
                continue
            chances += 1
            if counts_on(before, after):
                hits += 1
            else:
                breaks.append((segment.page_start, f"{_print(before)}, then {_print(after)}"))
    return Share(hits, chances), tuple(f"p. {page}: {text}" for page, text in sorted(breaks))


def _key(number: str) -> Key | None:
    match = NUMBER.match(number)
    return tuple(int(part) for part in match.group(1).split(".")) if match else None


def _print(key: Key) -> str:
    return ".".join(map(str, key))


def counts_on(before: Key, after: Key) -> bool:
    """Whether a number follows another: one more at some level, and 1 at all levels below."""
    shared = 0
    while shared < min(len(before), len(after)) and before[shared] == after[shared]:
        shared += 1
    if shared == len(before):
        return len(after) > shared and all(part == 1 for part in after[shared:])
    if shared == len(after):
        return False
    step = after[shared] - before[shared]
    return step == 1 and all(part == 1 for part in after[shared + 1 :])


def _notes(pages: Sequence[Page], segments: Sequence[Segment]) -> tuple[Share, Share]:
    """Footnotes with a mark on their page, and raised marks with a footnote.

    A note on no page with its mark may be an endnote: its mark may stand anywhere before it.
    """
    raised: dict[int, Counter[str]] = {}
    for page in pages:
        raised[page.number] = Counter(mark for line in page.lines for mark in _marks(line))
    everywhere = {mark for marks in raised.values() for mark in marks}
    notes = [
        s for s in segments if s.kind is SegmentKind.FOOTNOTE and MARK.match(s.number)
    ]  # fmt: skip
    by_page = {(s.page_start, s.number) for s in notes}
    ends = {s.number for s in notes if not raised.get(s.page_start, Counter())[s.number]}
    marked = sum(
        bool(raised.get(s.page_start, Counter())[s.number]) or s.number in everywhere
        for s in notes
    )  # fmt: skip
    marks = [(page, mark, count) for page, found in raised.items() for mark, count in found.items()]
    noted = sum(n for page, mark, n in marks if (page, mark) in by_page or mark in ends)
    return Share(marked, len(notes)), Share(noted, sum(n for _, _, n in marks))


def _marks(line: Line) -> Iterator[str]:
    """Raised numbers of a line that do not open it."""
    for word in line.words[1:]:
        text = word.text.strip(",;.")
        if word.size_pt <= RAISED * line.size_pt and MARK.match(text) and _is_raised(word, line):
            yield text


def _is_raised(word: Word, line: Line) -> bool:
    full = [each.bottom for each in line.words if each.size_pt > RAISED * line.size_pt]
    return bool(full) and word.bottom < max(full) + 0.5


def _contents(segments: Sequence[Segment]) -> tuple[Share, Share]:
    """Contents lines whose title is a heading, and whose page number points at it."""
    entries = [
        match
        for s in segments
        if s.kind is SegmentKind.CONTENTS_LINE and (match := ENTRY.match(" ".join(s.text.split())))
    ]
    headings: dict[str, list[int]] = {}
    for s in segments:
        if s.kind is SegmentKind.HEADING:
            headings.setdefault(_bare(s.text), []).append(s.page_start)
    shifts: list[set[int]] = []
    for entry in entries:
        places = headings.get(_bare(entry["title"]), [])
        if places:
            shifts.append({place - int(entry["page"]) for place in places})
    counts = Counter(shift for found in shifts for shift in found)
    usual = max(counts, key=lambda shift: (counts[shift], -abs(shift)), default=0)
    agreeing = sum(usual in found for found in shifts)
    return Share(len(shifts), len(entries)), Share(agreeing, len(shifts))


def _bare(title: str) -> str:
    """A title without its number, spaces, punctuation and case."""
    return re.sub(r"\W+", "", LEADING.sub("", title.strip())).casefold()


def _words(segments: Sequence[Segment]) -> Share:
    hits = chances = 0
    for segment in segments:
        for word in WORD.findall(segment.text):
            chances += 1
            hits += looks_like_a_word(word)
    return Share(hits, chances)


def looks_like_a_word(word: str) -> bool:
    """Whether letters may be a word: a vowel or an abbreviation, not too long, not two joined."""
    parts = re.split("[-’']", word)
    if any(len(part) > LONGEST_PART for part in parts) or JOINED.search(word):
        return word.startswith(("Mac", "Mc", "De", "Fitz", "O’")) and len(word) <= LONGEST_PART
    return len(word) <= 3 or word.isupper() or bool(VOWEL.search(word))
