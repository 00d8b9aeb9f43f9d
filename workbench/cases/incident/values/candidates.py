"""What sentences say of the incident, each answer with how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.cases.incident.telling.scene import Told
from workbench.records import FactBasis, IncidentField

#: What a further sentence with the same answer adds, at most, as a share of what is open.
_SUPPORT = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One answer that one sentence gives."""

    field: IncidentField
    value: str
    told: Told
    start: int  # in the sentence
    end: int
    weight: float  # 0-1
    basis: FactBasis = FactBasis.STATED
    explanation: str = ""

    @property
    def start_char(self) -> int:
        """Of the words, in the frozen text."""
        return self.told.sentence.start_char + self.start

    @property
    def end_char(self) -> int:
        """Of the words, in the frozen text."""
        return self.told.sentence.start_char + self.end

    @property
    def words(self) -> str:
        """As the document prints them."""
        return self.told.sentence.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All candidates for one value, the surest first, and how sure they are together."""

    value: str
    score: float
    candidates: tuple[Candidate, ...]


def answers_of(candidates: Iterable[Candidate]) -> tuple[Answer, ...]:
    """The values by how sure they are; the best candidate decides, others add little.

    A long review repeats a weak hint many times; repetition must not outweigh one plain sentence.
    """
    by_value: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_value.setdefault(candidate.value, []).append(candidate)
    answers = []
    for value, found in by_value.items():
        ordered = sorted(found, key=lambda each: (-each.weight, each.start_char, each.end_char))
        unique = list(_one_for_each_sentence(ordered))
        answers.append(Answer(value=value, score=_score(unique), candidates=tuple(unique)))
    return tuple(sorted(answers, key=lambda each: (-each.score, each.value)))


def _one_for_each_sentence(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    seen = set()
    for candidate in candidates:
        start = candidate.told.sentence.start_char
        if start not in seen:
            seen.add(start)
            yield candidate


def _score(candidates: Sequence[Candidate]) -> float:
    first, *others = candidates
    open_share = 1.0
    for other in others[:3]:
        open_share *= 1.0 - other.weight
    return first.weight + (1.0 - first.weight) * _SUPPORT * (1.0 - open_share)
