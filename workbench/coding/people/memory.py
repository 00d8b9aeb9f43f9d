"""Who a pronoun means: the person most present in the text that was just read.

Source: the idea of salience that decays with distance and favours subjects is that of Lappin
and Leass (1994), Computational Linguistics 20(4), 535-561; the weights here were set by hand
on half of the fictional reviews.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
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
    sex: str = ""
    is_oblique: bool = False  # after a preposition: hardly the subject of its clause
    is_plural: bool = False  # "the children", "both parents"
    of: tuple[SubjectRole, str] | None = None  # whose kin: role and person_id


SUBJECT_WEIGHT, OTHER_WEIGHT, POSSESSOR_WEIGHT, PRONOUN_WEIGHT = 2.5, 1.0, 0.8, 0.7
HEADING_WEIGHT = 4.0
_SUBJECT_WORDS = 5  # a mention so near the start of a sentence is taken for its subject
_PRONOUNS = frozenset({"he", "him", "his", "himself", "she", "her", "herself"})
_SENTENCE_DECAY, _SEGMENT_DECAY, _HEADING_DECAY = 0.75, 0.8, 0.3
_SEGMENT_DECAY_MINOR = 0.45  # of those the review is not about
_MAIN_BONUS = 0.5  # the people the review is about are meant more often than others
_UNKNOWN_SEX_FACTOR = 0.6
_FORGOTTEN = 0.05
_NEW_CLAUSE = frozenset({"that", "and", "who", "which", "when", "because", "as", "if", "but",
                         "what", "where", "while", "until", "before", "after"})  # fmt: skip
MAIN_ROLES = frozenset(
    {SubjectRole.INDEX_CHILD, SubjectRole.VICTIM, SubjectRole.DECEASED, SubjectRole.PERPETRATOR}
)


class Memory:
    """The people spoken of so far in one document, and how present each still is."""

    def __init__(self, prominence: Mapping[str, float]) -> None:
        self._prominence = prominence
        self._scores: dict[str, float] = {}
        self._people: dict[str, Mention] = {}
        self.plural: Mention | None = None  # "both parents", "the siblings": who "they" may be
        self._subject: Mention | None = None  # of the sentence that is read
        self._subject_before: Mention | None = None  # of the last sentence that had one
        self._clause_subject: Mention | None = None
        self._topic: Mention | None = None  # "Andre’s path": whose affair a sentence begins with
        self._here: list[Mention] = []  # of the sentence that is read

    def pass_sentence(self) -> None:
        """A sentence ends."""
        self._decay(_SENTENCE_DECAY, _SENTENCE_DECAY)
        self._subject_before = self._subject or self._topic or self._subject_before
        self._begin()

    def pass_segment(self, *, is_heading: bool) -> None:
        """A segment begins; a heading begins a new subject."""
        self._subject_before = None
        self._begin()
        if is_heading:
            self._decay(_HEADING_DECAY, _HEADING_DECAY)
            self.plural = None
        else:
            self._decay(_SEGMENT_DECAY, _SEGMENT_DECAY_MINOR)

    def pass_clause(self) -> None:
        """A clause ends within a sentence."""
        self._clause_subject = None

    def _begin(self) -> None:
        self._subject = self._clause_subject = self._topic = None
        self._here = []

    def _decay(self, of_mains: float, of_others: float) -> None:
        scores: dict[str, float] = {}
        for key, score in self._scores.items():
            score *= of_mains if self._people[key].role in MAIN_ROLES else of_others
            if score > _FORGOTTEN:
                scores[key] = score
        self._scores = scores

    def note(self, mention: Mention, weight: float) -> None:
        """A person is mentioned."""
        key = mention.person_id or f"{mention.role}:{mention.words.lower()}"
        self._scores[key] = self._scores.get(key, 0.0) + weight
        self._people[key] = mention
        if mention.is_possessor:
            self._topic = self._topic or (None if self._here else mention)
        elif not mention.is_oblique:
            self._subject = self._subject or mention
            self._clause_subject = self._clause_subject or mention
        self._here.append(mention)

    def reaches(self, words: Sequence[str], position: int) -> bool:
        """Whether the subject of the sentence stands in the clause of a word.

        "He hit him" tells of two, "he said that the beating had left him in debt" of one.
        """
        subject = self._subject
        return subject is not None and not _NEW_CLAUSE.intersection(words[subject.last : position])

    def grown_up(self, sex: str) -> Mention | None:
        """Whom "the boy" means in a review of adults: the one whose childhood is told."""
        own = self._subject.person_id if self._subject else ""
        mains = [m for m in self.ranked(sex) if m.role in MAIN_ROLES and m.person_id]
        others = [mention for mention in mains if mention.person_id != own]
        return next(iter(others or mains), None)

    def owner(self, sex: str, suiting: Set[str]) -> Mention | None:
        """Whom "his" (or "her") means before a kinship word: the nearest who has such kin.

        ``suiting`` are the ids of those who have.
        """
        nearest = [m for m in reversed(self._here) if not (m.is_oblique or m.is_possessor)]
        order = [self._clause_subject, *nearest, self._topic, *reversed(self._here),
                 self._subject_before, *self.ranked(sex)]  # fmt: skip
        fitting = [mention for mention in order if mention is not None and mention.sex == sex]
        return next((mention for mention in fitting if mention.person_id in suiting), None)

    def meant_by(self, sex: str, *, is_object: bool = False) -> Mention | None:
        """Whom "he" (or "she") means, or None.

        The subject of the same sentence, else whoever is named in it, else the subject of the
        sentence before, else the most present person. An object ("hit him") is somebody else
        than the subject of its clause.
        """
        ranked = self.ranked(sex)
        if is_object:
            own = self._subject.person_id if self._subject else ""
            others = [mention for mention in ranked if not own or mention.person_id != own]
            candidates = others or ranked
            return candidates[0] if candidates else None
        here = [] if self._subject else self._here[::-1]
        for subject in (self._subject, self._topic, *here, self._subject_before):
            if subject is not None and subject.sex == sex:
                return subject
        return ranked[0] if ranked else None

    def ranked(self, sex: str = "") -> list[Mention]:
        """The people still present, the most present first; of one sex where it is given."""
        values: list[tuple[float, str]] = []
        for key, score in self._scores.items():
            mention = self._people[key]
            if sex and mention.sex not in (sex, ""):
                continue
            value = score
            if mention.role in MAIN_ROLES:
                value += _MAIN_BONUS * (1.0 + self._prominence.get(mention.person_id, 0.0))
            values.append((value * (1.0 if mention.sex or not sex else _UNKNOWN_SEX_FACTOR), key))
        values.sort(key=lambda pair: -pair[0])
        return [self._people[key] for _, key in values]


def weight_of(mention: Mention, words_before: int) -> float:
    """How much a mention brings somebody to mind."""
    if mention.words.lower() in _PRONOUNS:
        return PRONOUN_WEIGHT
    if mention.is_possessor:
        return POSSESSOR_WEIGHT
    return SUBJECT_WEIGHT if words_before <= _SUBJECT_WORDS else OTHER_WEIGHT
