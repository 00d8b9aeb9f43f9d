"""Which numbers are believed: those that count on, and stand where a paragraph may begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.segment.blocks.numbers import Key, Label

LOOK_BACK = 40  # candidates of a family that a number may follow
START_ANYWHERE = -1.5  # a count that begins at neither 1 nor a
FAR = -1.5  # a jump forwards or a fresh start at another number than the first


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a line's first words as a number, with the evidence of its place."""

    line: int  # place in the reading order
    label: Label
    indent: int  # of the number from the left of its region, in steps
    evidence: float  # > 0 speaks for a number


def believed(candidates: Sequence[Candidate]) -> dict[int, Label]:
    """The label of each line whose number is believed, by place in the reading order.

    Numbers of one family are taken as the heaviest chain: each adds the evidence of its
    place and a bonus when it follows its predecessor ("4.12" after "4.11" or "4.11.3").
    """
    families: dict[tuple[str, int], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        family = candidate.label.family
        indent = 0 if family.startswith(("decimal", "named", "prefix")) else candidate.indent
        families[family, indent].append(candidate)
    chosen: dict[int, tuple[float, Label]] = {}
    for members in families.values():
        for candidate, weight in _heaviest_chain(members):
            known = chosen.get(candidate.line)
            if known is None or weight > known[0]:
                chosen[candidate.line] = (weight, candidate.label)
    return {line: label for line, (_, label) in chosen.items()}


def _heaviest_chain(members: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """The members of the heaviest chain, each with what it added."""
    totals: list[float] = []
    previous: list[int] = []
    added: list[float] = []
    for i, candidate in enumerate(members):
        best, back, step = _start(candidate.label.key), -1, _start(candidate.label.key)
        for j in range(max(0, i - LOOK_BACK), i):
            link = _link(members[j].label.key, candidate.label.key)
            if totals[j] + link > best:
                best, back, step = totals[j] + link, j, link
        totals.append(best + candidate.evidence)
        previous.append(back)
        added.append(step + candidate.evidence)
    if not totals:
        return []
    at = max(range(len(totals)), key=lambda i: totals[i])
    if totals[at] <= 0.5:
        return []
    chain = []
    while at >= 0:
        chain.append((members[at], added[at]))
        at = previous[at]
    return chain[::-1]


def _start(key: Key) -> float:
    return 0.0 if key[-1] == 1 else START_ANYWHERE


def _link(before: Key, after: Key) -> float:
    """How well a number follows another: above 0 when it counts on."""
    differ = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    if differ is None:
        deeper = after[len(before) :]
        return 1.5 if deeper and all(part == 1 for part in deeper) else FAR
    step = after[differ] - before[differ]
    rest = after[differ + 1 :]
    if step == 1:
        return 1.5 if all(part == 1 for part in rest) else -0.5
    if 1 < step <= 4 and not rest:
        return 1.5 - 0.75 * step
    if step < 0 and all(part == 1 for part in after[differ:]):
        return 0.0
    return FAR
