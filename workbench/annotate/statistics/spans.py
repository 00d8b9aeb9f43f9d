"""Agreement on where the coded words begin and end: which spans of two coders are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """Coded characters, end excluded."""

    start_char: int
    end_char: int


def overlaps(one: Span, other: Span) -> bool:
    """Whether they share a character: the relaxed match."""
    return max(one.start_char, other.start_char) < min(one.end_char, other.end_char)


def is_exact(one: Span, other: Span) -> bool:
    """Whether they are the same characters."""
    return one == other


def n_matched(
    one: Sequence[Span], other: Sequence[Span], match: Callable[[Span, Span], bool] = overlaps
) -> int:
    """The most pairs that can be made when each span is in one pair at most.

    The maximum is sought (augmenting paths), so that the order of spans makes no difference.

    Source: H. W. Kuhn (1955), Nav. Res. Logist. Q. 2, 83-97, for the unweighted case.
    """
    partner: dict[int, int] = {}

    def placed(at: int, tried: set[int]) -> bool:
        for place, span in enumerate(other):
            if place in tried or not match(one[at], span):
                continue
            tried.add(place)
            if place not in partner or placed(partner[place], tried):
                partner[place] = at
                return True
        return False

    return sum(placed(at, set()) for at in range(len(one)))


def span_f1(n_both: float, n_one: float, n_other: float) -> float:
    """The F-measure of two coders' spans: ``2 x matched / all spans``; NaN without any span.

    It is the positive specific agreement, and kappa comes near it where the number of spans that
    neither marked has no bound: at this level there are no true negatives to count.

    Source: G. Hripcsak and A. S. Rothschild (2005), J. Am. Med. Inform. Assoc. 12, 296-298.
    """
    return 2 * n_both / (n_one + n_other) if n_one + n_other else float("nan")
