"""Who a pronoun means: the person most present in the text that was just read.

Source: the idea of salience that decays with distance and favours subjects is that of Lappin
and Leass (1994), Computational Linguistics 20(4), 535-561; the weights here were set by hand
on half of the fictional reviews.
"""

from __future__ import annotations

from typing import NamedTuple

from workbench.records import SubjectRole


class Mention(NamedTuple):
    """A person in a passage: word positions from 0, end excluded."""

    first: int
    last: int
    role: SubjectRole
    person_id: str  # "" when it names nobody of the directory
    words: str
    is_possessor: bool  # "Kieran's sister" mentions Kieran only to name her


SUBJECT_WEIGHT, OTHER_WEIGHT, POSSESSOR_WEIGHT, PRONOUN_WEIGHT = 2.5, 1.0, 0.8, 0.7
HEADING_WEIGHT = 4.0
_SENTENCE_DECAY, _SEGMENT_DECAY, _HEADING_DECAY = 0.75, 0.8, 0.3
_MAIN_BONUS = 0.5  # the people the review is about are meant more often than others
_UNKNOWN_SEX_FACTOR = 0.6
_FORGOTTEN = 0.05
_MAIN_ROLES = frozenset(
    {SubjectRole.INDEX_CHILD, SubjectRole.VICTIM, SubjectRole.DECEASED, SubjectRole.PERPETRATOR}
)


class Memory:
    """The people spoken of so far in one document, and how present each still is."""

    def __init__(self) -> None:
        self._scores: dict[str, float] = {}
        self._people: dict[str, tuple[Mention, str]] = {}
        self.plural: Mention | None = None  # "both parents", "the siblings": who "they" may be

    def pass_sentence(self) -> None:
        """A sentence ends."""
        self._decay(_SENTENCE_DECAY)

    def pass_segment(self, *, is_heading: bool) -> None:
        """A segment begins; a heading begins a new subject."""
        self._decay(_HEADING_DECAY if is_heading else _SEGMENT_DECAY)
        if is_heading:
            self.plural = None

    def _decay(self, factor: float) -> None:
        self._scores = {k: v * factor for k, v in self._scores.items() if v * factor > _FORGOTTEN}

    def note(self, mention: Mention, sex: str, weight: float) -> None:
        """A person is mentioned."""
        key = mention.person_id or f"{mention.role}:{mention.words.lower()}"
        self._scores[key] = self._scores.get(key, 0.0) + weight
        self._people[key] = (mention, sex)

    def meant_by(self, sex: str) -> Mention | None:
        """The most present person whom "he" (or "she") may mean, or None."""
        best: tuple[float, Mention] | None = None
        for key, score in self._scores.items():
            mention, known = self._people[key]
            if known not in (sex, ""):
                continue
            value = score + (_MAIN_BONUS if mention.role in _MAIN_ROLES else 0.0)
            value *= 1.0 if known else _UNKNOWN_SEX_FACTOR
            if best is None or value > best[0]:
                best = (value, mention)
        return best[1] if best else None
