"""Counts of what was right, and examples of what was not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple


class Failure(NamedTuple):
    """One thing that was read wrongly."""

    kind: str
    document: str
    page: int
    detail: str


@dataclass(slots=True)
class Tally:
    """Numerators and denominators by name, added over documents."""

    good: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    total: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    failures: list[Failure] = field(default_factory=list)
    document: str = ""

    def count(self, name: str, good: float, total: float = 1.0) -> None:
        """Add a numerator and a denominator."""
        self.good[name] += good
        self.total[name] += total

    def overlap(self, name: str, shared: float, read: float, true: float) -> None:
        """Add to a precision and a recall."""
        self.count(f"{name} precision", shared, read)
        self.count(f"{name} recall", shared, true)

    def fail(self, kind: str, page: int, detail: str) -> None:
        """Keep an example."""
        self.failures.append(Failure(kind, self.document, page, detail[:160]))

    def add(self, other: Tally) -> None:
        """Add the counts of another document."""
        for name, total in other.total.items():
            self.count(name, other.good[name], total)
        self.failures += other.failures

    def share(self, name: str) -> float:
        """A numerator over its denominator; 1 where there was nothing to get wrong."""
        return self.good[name] / self.total[name] if self.total.get(name) else 1.0

    def f1(self, name: str) -> float:
        """The harmonic mean of precision and recall."""
        precision, recall = self.share(f"{name} precision"), self.share(f"{name} recall")
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
