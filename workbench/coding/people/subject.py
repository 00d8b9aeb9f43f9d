"""Whose factor a coding is: the person, the agency or the place that carries it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from workbench.coding.assertion import Judgement
from workbench.coding.matching import Hit
from workbench.coding.people.directory import Directory
from workbench.coding.people.memory import Mention
from workbench.coding.rules.context import SubjectContext
from workbench.coding.text.passage import Passage
from workbench.records import Assertion, Code, SubjectRole

_AGENCY_PREFIX = "ap_"
_OBJECT_WORDS = 4  # "assaulted his former partner": how far the one who suffered it may stand


_EARLIER = 12  # mentions of the sentences before that are looked at


class Subject(NamedTuple):
    """A role, the person where one was resolved, and the word that told."""

    role: SubjectRole
    person_id: str = ""
    reason: str = ""


class Surroundings(NamedTuple):
    """The people near a hit."""

    mentions: Sequence[Mention]  # of its passage, by position
    previous: Sequence[Mention] = ()  # of the passage before
    is_row: bool = False  # of a table


class SubjectRules:
    """Chooses the subject of a hit for one document."""

    def __init__(self, context: SubjectContext, directory: Directory) -> None:
        self._context = context
        self._directory = directory
        self._defaults = context.defaults[directory.review_kind]
        # An inspection or a coroner's concern speaks of groups; a review of one case does not.
        self._tells_of_people = directory.review_kind not in {"other", "coroner"}

    def bearer(self, code: Code) -> str:
        """The kind of bearer a code has: agency, place, sufferer, actor, childhood ... self."""
        if code.code_id.startswith(_AGENCY_PREFIX):
            return "agency"
        return self._context.bearers.get(code.code_id, "self")

    def of_assertion(self, code: Code, assertion: Assertion) -> Subject | None:
        """The subject that an assertion decides: nobody's where only the topic is named."""
        if assertion is Assertion.GENERAL:
            if self._tells_of_people or self.bearer(code) == "agency":
                return Subject(SubjectRole.NOT_APPLICABLE, reason="topic only")
            return Subject(SubjectRole.PATIENT_OR_GROUP, reason="topic only")
        if assertion is Assertion.RECOMMENDATION and self.bearer(code) != "agency":
            return Subject(SubjectRole.PATIENT_OR_GROUP, reason="recommendation")
        if self.bearer(code) == "agency":
            return Subject(SubjectRole.AGENCY, reason="practice")
        return None

    def of_group(
        self, code: Code, judgement: Judgement, subject: Subject
    ) -> tuple[Judgement, Subject]:
        """What is said of a group in general is no fact about a person of the case."""
        bearer = self.bearer(code)
        if bearer in {"agency", "place"} or not self._is_group(subject):
            return judgement, subject
        if self._tells_of_people and bearer in {"childhood", "household"}:
            return judgement, Subject(self._default_role("childhood"), reason=subject.reason)
        if judgement.assertion in {Assertion.AFFIRMED, Assertion.HYPOTHETICAL}:
            judgement = Judgement(Assertion.GENERAL, "a group, nobody of the case")
        if judgement.assertion is Assertion.GENERAL and self._tells_of_people:
            subject = Subject(SubjectRole.NOT_APPLICABLE, reason=subject.reason)
        return judgement, subject

    def _is_group(self, subject: Subject) -> bool:
        # An inspection tells of no case: whoever has no name there stands for many.
        nameless = self._directory.review_kind == "other" and not subject.person_id
        return subject.role is SubjectRole.PATIENT_OR_GROUP or nameless

    def choose(self, code: Code, hit: Hit, passage: Passage, around: Surroundings) -> Subject:
        """The subject of a coding about a person or place."""
        bearer = self.bearer(code)
        if bearer == "place":
            return Subject(SubjectRole.PLACE, reason="place")
        allowed = frozenset(code.roles) | self._context.further_roles | {self._default_role(bearer)}
        mentions = self._individuals(hit, passage, around.mentions)
        previous = _people(around.previous)
        if bearer in {"childhood", "household"}:
            near = [m for m in self._near(bearer, hit, passage, mentions) if m.role in allowed]
            return self._child(bearer, hit, passage, near, (mentions, previous))
        if around.is_row and mentions and mentions[0].first == 0 and bearer in {"self", "actor"}:
            mentions = mentions[:1]  # a row is about its first cell
        candidates = [
            *self._near(bearer, hit, passage, mentions),
            *(m for m in reversed(previous) if not m.is_possessor),
        ]
        for mention in candidates:
            if mention.role in allowed:
                return _subject(mention)
        return Subject(self._default_role(bearer), reason="by default")

    def _individuals(
        self, hit: Hit, passage: Passage, mentions: Sequence[Mention]
    ) -> Sequence[Mention]:
        """In a review of a case, a group counts only in a sentence that names nobody."""
        if not self._tells_of_people:
            return mentions
        first, last = passage.sentence(hit.first)
        here = [m for m in mentions if first <= m.first < last]
        groups = [m for m in here if m.role is SubjectRole.PATIENT_OR_GROUP]
        if groups and len(groups) == len(here):
            return here
        return _people(mentions)

    def _near(
        self, bearer: str, hit: Hit, passage: Passage, mentions: Sequence[Mention]
    ) -> list[Mention]:
        """Mentions by preference: near the hit in its clause, its sentence, the text before."""
        clause, sentence = passage.clause(hit.first), passage.sentence(hit.first)
        start = bisect_left(mentions, sentence[0], key=_first)
        end = bisect_left(mentions, sentence[1], key=_first)
        here = [m for m in mentions[start:end] if not m.is_possessor]
        earlier = [m for m in mentions[max(0, start - _EARLIER) : start] if not m.is_possessor][
            ::-1
        ]
        within = [m for m in here if hit.first <= m.first < hit.last]
        before = [m for m in reversed(here) if m.first < hit.first]
        clause_before = [m for m in before if m.first >= clause[0]]
        sentence_before = [m for m in before if m.first < clause[0]]
        after = [m for m in here if hit.last <= m.first]
        owners = [m for m in mentions[start:end] if m.is_possessor and m.last >= hit.first - 1
                  and m.first < hit.last]  # fmt: skip
        agents = [m for m in after if passage.words[m.first - 1].lower() == "by"]
        objects = [m for m in after if m.first - hit.last <= _OBJECT_WORDS and m not in agents]
        if bearer == "actor":
            order = [agents, clause_before, within, owners, sentence_before, after, earlier]
        elif bearer == "sufferer":
            order = [objects if not agents else [], within[::-1], clause_before, owners,
                     sentence_before, after, earlier]  # fmt: skip
            return _sufferers_first([m for group in order for m in group])
        else:
            order = [owners, clause_before, within, sentence_before, after, earlier]
        return [m for group in order for m in group]

    def _child(
        self,
        bearer: str,
        hit: Hit,
        passage: Passage,
        candidates: Sequence[Mention],
        around: tuple[Sequence[Mention], Sequence[Mention]],
    ) -> Subject:
        """Whose childhood it was: the nearest person who is nobody's parent here.

        A parent's own childhood counts where only the parent is spoken of.
        """
        mentions, previous = around
        adults = {SubjectRole.PARENT_CARER, SubjectRole.HOUSEHOLD_MEMBER, SubjectRole.PEER}
        adult_ids = self._directory.parents
        people = [
            m
            for m in (*candidates, *reversed(previous))
            if m.role not in adults and m.person_id not in adult_ids
        ]
        start = bisect_left(mentions, passage.sentence(hit.first)[0], key=_first)
        near = mentions[max(0, start - _EARLIER) : start + 2 * _EARLIER]
        owners = [
            m
            for m in near
            if m.role not in adults and m.is_possessor and m.person_id not in adult_ids
        ]
        for mention in (*people, *owners):
            return _subject(mention)
        parents = [m for m in candidates if m.role is SubjectRole.PARENT_CARER]
        if (
            bearer == "childhood"
            and parents
            and self._directory.review_kind in {"child", "thematic"}
        ):
            return Subject(self._default_role(bearer), reason="child of " + parents[0].words)
        return Subject(self._default_role(bearer), reason="by default")

    def is_parent(self, subject: Subject) -> bool:
        """Whether a subject is a parent of a child of the case, whatever else they are."""
        return (
            subject.role is SubjectRole.PARENT_CARER or subject.person_id in self._directory.parents
        )

    def child_of(self, parent: Subject) -> Subject:
        """The child whose adversity a parent's condition is."""
        relation = self._directory.relations.get(parent.person_id)
        if relation is not None:
            for person in self._directory.people:
                if person.person_id == relation[1] and person.role is not SubjectRole.PARENT_CARER:
                    return Subject(person.role, person.person_id, "child of " + parent.reason)
        return Subject(self._default_role("childhood"), reason="child of " + parent.reason)

    def _default_role(self, bearer: str) -> SubjectRole:
        return self._defaults.get(bearer) or self._defaults["childhood"]


def _people(mentions: Sequence[Mention]) -> Sequence[Mention]:
    return [m for m in mentions if m.role is not SubjectRole.PATIENT_OR_GROUP]


def _first(mention: Mention) -> int:
    return mention.first


def _subject(mention: Mention) -> Subject:
    return Subject(mention.role, mention.person_id, mention.words)


def _sufferers_first(mentions: Sequence[Mention]) -> list[Mention]:
    """Keep the order, but the perpetrator last: others suffer what he does."""
    culprits = [m for m in mentions if m.role is SubjectRole.PERPETRATOR]
    return [m for m in mentions if m.role is not SubjectRole.PERPETRATOR] + culprits
