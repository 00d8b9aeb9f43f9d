"""Where the patterns of the lexicon stand in a passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from workbench.coding.rules.lexicon import Lexicon, Pattern, RuleKind
from workbench.coding.text.passage import Passage
from workbench.coding.text.terms import Spans, Terms, within

_LONGEST_PHRASE_WORDS = 12


class Hit(NamedTuple):
    """A pattern found in a passage: word positions from 0, end excluded."""

    pattern: Pattern
    first: int
    last: int
    words: str  # the words that were found, for explanations
    anchor: int  # where the part that names the factor begins
    parts: tuple[tuple[int, int], ...]  # word spans of the parts that were found
    kind: RuleKind  # of the pattern; of a phrase, whether one word or several were found


class Matcher:
    """Finds the patterns of one lexicon."""

    def __init__(self, terms: Terms, lexicon: Lexicon) -> None:
        self._patterns = [
            (pattern, [terms.add(part) for part in pattern.parts],
             terms.add(pattern.excluded), terms.add(pattern.needed))
            for pattern in lexicon.patterns
        ]  # fmt: skip
        self._false = [
            (terms.add(phrases), code_id)
            for code_id, phrases in lexicon.false_positives.items()
            if phrases
        ]
        self._by_first: dict[int, list[int]] = defaultdict(list)
        for index, (_, parts, _, _) in enumerate(self._patterns):
            self._by_first[parts[0]].append(index)

    def find(self, passage: Passage, spans: Spans) -> list[Hit]:
        """Every hit, the longest of a code first where they overlap; codes may share words."""
        blocked = {code_id: spans.get(term, ()) for term, code_id in self._false}
        hits: list[Hit] = []
        for term in sorted(spans):
            for index in self._by_first.get(term, ()):
                hits += self._of_pattern(index, spans, passage)
        return [
            hit
            for hit in _longest(hits, passage)
            if not _inside(
                hit, within(blocked.get(hit.pattern.code_id, ()), *passage.sentence(hit.first))
            )
        ]

    def _of_pattern(self, index: int, spans: Spans, passage: Passage) -> Iterable[Hit]:
        pattern, parts, excluded, needed = self._patterns[index]
        if any(part not in spans for part in parts):
            return
        for anchor in spans[parts[0]]:
            sentence = passage.sentence(anchor[0])
            if excluded in spans and within(spans[excluded], *sentence):
                continue
            if pattern.needed and not within(spans.get(needed, ()), *sentence):
                continue
            if pattern.exact and passage.words[anchor[0]] != pattern.source:
                continue
            chosen = _chain(pattern, anchor, [spans[part] for part in parts[1:]], sentence)
            if chosen is None:
                continue
            first, last = min(s[0] for s in chosen), max(s[1] for s in chosen)
            words = " … ".join(passage.slice(*span) for span in sorted(dict.fromkeys(chosen)))
            yield Hit(
                pattern, first, last, words, anchor[0], tuple(chosen), _kind(pattern, last - first)
            )


def _chain(
    pattern: Pattern,
    anchor: tuple[int, int],
    others: Sequence[Sequence[tuple[int, int]]],
    sentence: tuple[int, int],
) -> list[tuple[int, int]] | None:
    """For each further part the nearest span to the ones chosen so far, or None."""
    chosen = [anchor]
    for spans in others:
        left, right = min(s[0] for s in chosen), max(s[1] for s in chosen)
        best: tuple[int, tuple[int, int]] | None = None
        start = max(sentence[0], left - pattern.gap_words - _LONGEST_PHRASE_WORDS)
        for span in within(spans, start, min(sentence[1], right + pattern.gap_words + 1)):
            if _overlaps(span, chosen):
                continue
            if pattern.ordered and span[0] < right:
                continue
            gap = max(span[0] - right, left - span[1], 0)
            if gap <= pattern.gap_words and (best is None or gap < best[0]):
                best = (gap, span)
        if best is None:
            return None
        chosen.append(best[1])
    return chosen


def _kind(pattern: Pattern, n_words: int) -> RuleKind:
    if pattern.kind not in (RuleKind.CUE, RuleKind.WORD):
        return pattern.kind
    return RuleKind.CUE if n_words > 1 else RuleKind.WORD


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def _inside(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a part of the hit stands wholly inside a false positive."""
    return any(span[0] <= part[0] and part[1] <= span[1] for span in spans for part in hit.parts)


def _longest(hits: Sequence[Hit], passage: Passage) -> list[Hit]:
    """Of the hits of one code that overlap, the longest phrase; phrases before proximity."""
    kept: list[Hit] = []
    taken: dict[tuple[str, str, int], list[tuple[int, int]]] = defaultdict(list)
    for hit in sorted(hits, key=_preference):
        key = (hit.pattern.code_id, hit.pattern.valence, passage.sentence(hit.first)[0])
        if not _overlaps((hit.first, hit.last), taken[key]):
            taken[key].append((hit.first, hit.last))
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.first, hit.last, hit.pattern.code_id))


_RANK = {RuleKind.NEGATED_CUE: 0, RuleKind.CUE: 1, RuleKind.PATTERN: 2, RuleKind.AMBIGUOUS: 3,
         RuleKind.WORD: 3, RuleKind.GOOD_PRACTICE: 4, RuleKind.PROXIMITY: 5}  # fmt: skip


def _preference(hit: Hit) -> tuple[int, int, int, str]:
    return _RANK.get(hit.pattern.kind, 9), hit.first - hit.last, hit.first, hit.pattern.source
