"""Whether the codebook already has a code for what a topic is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.findings.significance import false_discovery_q, fisher_exact
from workbench.findings.topics.model import Coded, CodeOverlap, TopicPassage

_LEVEL = 0.05
_MIN_LIFT = 2.0  # a code that stands everywhere names no topic
_MIN_PASSAGES = 3


def code_overlaps(
    passages: Sequence[TopicPassage], topics: Sequence[Sequence[int]]
) -> tuple[tuple[CodeOverlap, ...], ...]:
    """For each topic the codes that stand on its passages at least twice as often as elsewhere.

    Passages of one review are alike, so the p-values are too small: they sort codes and keep
    chance out, no more.

    Args:
        passages: All passages, outliers too.
        topics: The places of each topic's passages.
    """
    overall = Counter(code for passage in passages for code in passage.codes)
    found: list[tuple[int, CodeOverlap]] = []
    p_values: list[float] = []
    for number, members in enumerate(topics):
        here = Counter(code for place in members for code in passages[place].codes)
        for code_id, n in sorted(here.items()):
            share = n / len(members)
            lift = share * len(passages) / overall[code_id]
            test = fisher_exact(n, len(members), overall[code_id], len(passages))
            p_values.append(test.p_value)
            found.append((number, CodeOverlap(code_id, n, share, lift, 1.0)))
    kept: list[list[CodeOverlap]] = [[] for _ in topics]
    for (number, overlap), q in zip(found, false_discovery_q(p_values), strict=True):
        enough = overlap.n_passages >= _MIN_PASSAGES and overlap.lift >= _MIN_LIFT
        if enough and q <= _LEVEL:
            kept[number].append(overlap._replace(q_value=q))
    return tuple(tuple(sorted(each, key=lambda item: (-item.share, item.code_id))) for each in kept)


def coded_as(overlaps: Sequence[CodeOverlap], share: float) -> Coded:
    """Already coded, when a code that stands out is on at least that share of the topic."""
    if not overlaps:
        return Coded.NEW
    return Coded.ALREADY if overlaps[0].share >= share else Coded.PARTLY
