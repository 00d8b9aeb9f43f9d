"""Gold and given codings of a passage, code by code: what counts, and what agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.learn.evaluation.records import Tally, precision_recall_f1, share
from workbench.learn.gold.records import Codings, GoldPassage, PassageCoding
from workbench.learn.matching.pairs import agrees, is_practice
from workbench.learn.matching.tokens import tokenize

#: The guide of the gold gives practice codes this valence where none is written.
_DEFAULT_VALENCE = "negative"


@dataclass(frozen=True, kw_only=True)  # no slots: they and cached properties do not go together
class PassagePairs:
    """The codings of one passage by code, on both sides."""

    passage: GoldPassage
    wanted: Mapping[str, Sequence[PassageCoding]]
    given: Mapping[str, Sequence[PassageCoding]]

    @cached_property
    def wanted_affirmed(self) -> frozenset[str]:
        """Codes that gold affirms."""
        return _affirmed(self.wanted)

    @cached_property
    def given_affirmed(self) -> frozenset[str]:
        """Codes that the system affirms."""
        return _affirmed(self.given)

    @property
    def matched(self) -> list[str]:
        """Codes that both have, whatever the assertion, in order."""
        return sorted(self.wanted.keys() & self.given.keys())

    def agree(self, code_id: str, name: str) -> bool:
        """Whether any coding of the code has the same value on both sides."""
        return agrees(
            (getattr(coding, name) for coding in self.wanted[code_id]),
            (getattr(coding, name) for coding in self.given[code_id]),
        )

    def tallies(self) -> dict[str, Tally]:
        """What the passage adds to each measure."""
        matched = self.matched
        factors = [code for code in matched if not is_practice(code)]
        overlaps = [self.overlap(code) for code in matched if self._is_quoted(code)]
        valued = [
            code
            for code in matched
            if is_practice(code) and code in self.wanted_affirmed & self.given_affirmed
        ]
        return {
            **_counted("affirmed", self.wanted_affirmed, self.given_affirmed),
            **_counted("any", frozenset(self.wanted), frozenset(self.given)),
            "assertion": share(
                sum(self.agree(code, "assertion") for code in matched), len(matched)
            ),
            "role": share(sum(self.agree(code, "subject_role") for code in factors), len(factors)),
            "valence": share(sum(map(self._valence_agrees, valued)), len(valued)),
            "words.overlap": share(sum(iou > 0 for iou in overlaps), len(overlaps)),
            "words.iou": share(sum(overlaps), len(overlaps)),
            "quoted": share(*self._quotes()),
        }

    def valences(self, code_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The valences that gold and system affirm of a practice code."""
        return _valences(self.wanted[code_id]), _valences(self.given[code_id])

    def _valence_agrees(self, code_id: str) -> bool:
        return agrees(*self.valences(code_id))

    def overlap(self, code_id: str) -> float:
        """Highest share of common words among all words of a gold and a given quote, 0-1."""
        wanted = [self.words(coding) for coding in self.wanted[code_id]]
        given = [self.words(coding) for coding in self.given[code_id]]
        return max(
            (len(one & other) / max(1, len(one | other)) for one in wanted for other in given),
            default=0.0,
        )

    def words(self, coding: PassageCoding) -> frozenset[int]:
        """Positions in the passage of the words that a coding quotes; none when it does not."""
        text, quote = self.passage.text, coding.quote
        start = coding.start_char
        if start < 0 or not text.startswith(quote, start):
            start = text.find(quote)
        if start < 0 or not quote:
            return frozenset()
        end = start + len(quote)
        return frozenset(
            position
            for position, token in enumerate(tokenize(text))
            if token.start_char < end and token.end_char > start
        )

    def _is_quoted(self, code_id: str) -> bool:
        return any(coding.quote for coding in self.given[code_id])

    def _quotes(self) -> tuple[int, int]:
        """Given quotes that occur in the text, of all given quotes."""
        quotes = [coding.quote for codings in self.given.values() for coding in codings]
        stated = [quote for quote in quotes if quote]
        return sum(quote in self.passage.text for quote in stated), len(stated)


def pair_passages(passages: Iterable[GoldPassage], codings: Codings) -> tuple[PassagePairs, ...]:
    """Each passage with the codings that are given of it; none where none are."""
    return tuple(
        PassagePairs(
            passage=passage,
            wanted=_by_code(passage.codings),
            given=_by_code(codings.get(passage.passage_id, ())),
        )
        for passage in passages
    )


def add_up(pairs: Iterable[PassagePairs], *, weighted: bool = False) -> dict[str, dict[str, Tally]]:
    """The tallies of each document, in the order of first appearance.

    With weights each passage counts as often as its weight says, so that the quotient of two
    sums estimates the same quotient over all passages of the strata.

    Source: W. G. Cochran (1977), Sampling Techniques, 3rd edition, section 6.11, the combined
    ratio estimate: sum over strata of (N_h / n_h) times the sample's sum, above and below.
    """
    documents: dict[str, dict[str, Tally]] = {}
    for each in pairs:
        weight = each.passage.weight if weighted else 1.0
        sums = documents.setdefault(each.passage.doc, {})
        for key, tally in each.tallies().items():
            old = sums.get(key, Tally(0, 0, 0))
            sums[key] = Tally(
                old.part + weight * tally.part, old.whole + weight * tally.whole, old.n + tally.n
            )
    return documents


def _by_code(codings: Iterable[PassageCoding]) -> dict[str, list[PassageCoding]]:
    grouped: dict[str, list[PassageCoding]] = {}
    for coding in codings:
        grouped.setdefault(coding.code_id, []).append(coding)
    return grouped


def _affirmed(codings: Mapping[str, Sequence[PassageCoding]]) -> frozenset[str]:
    return frozenset(code for code, uses in codings.items() if any(use.is_affirmed for use in uses))


def _counted(name: str, wanted: frozenset[str], given: frozenset[str]) -> dict[str, Tally]:
    return precision_recall_f1(name, len(wanted & given), len(given - wanted), len(wanted - given))


def _valences(codings: Iterable[PassageCoding]) -> frozenset[str]:
    stated = {use.valence or _DEFAULT_VALENCE for use in codings if use.is_affirmed}
    return frozenset(stated - {"not_applicable"} or {_DEFAULT_VALENCE})
