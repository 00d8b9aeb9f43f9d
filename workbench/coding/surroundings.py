"""Whose a hit may be: the people near it, and how near they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from workbench.coding.matching import Hit
from workbench.coding.people.grammar import RELATIVE
from workbench.coding.people.kin import FORMER, PARTNERS
from workbench.coding.people.memory import Mention
from workbench.coding.text.passage import Passage
from workbench.records import SubjectRole

ADULTS = frozenset(
    {SubjectRole.PARENT_CARER, SubjectRole.HOUSEHOLD_MEMBER, SubjectRole.PEER, SubjectRole.AGENCY}
)
_HELP = frozenset({"interpret", "interprets", "interpreted", "interpreting", "translate",
                   "translates", "translated", "translating"})  # fmt: skip
_HELP_WORDS = 4  # from who interprets to the verb
_CELL = " | "  # between the cells of a row
_BEFORE_RELATIVE = 2  # words from a name to the "who" of its clause, with the comma
_NAME_WORDS = 3  # from a hit to the name behind it: "drug misuse by Maren"
_MENTIONS_BEFORE = 40  # of which some are groups
_LISTED = frozenset({SubjectRole.INDEX_CHILD, SubjectRole.VICTIM, SubjectRole.DECEASED})
_SOME = frozenset({"a", "an", "another", "any", "former", "previous", "earlier"})
_PRONOUNS = frozenset({"he", "him", "his", "himself", "she", "her", "herself", "they", "them",
                       "their"})  # fmt: skip
_DEATH = frozenset({"death", "funeral", "suicide", "loss"})
_LOSS = _DEATH | {"lost", "losing", "loses", "loss", "grieving", "mourned", "buried"}
_DYING = frozenset({"died", "dies", "dying", "dead", "killed", "drowned", "murdered"})


def _position(mention: Mention) -> int:
    return mention.first


class Subject(NamedTuple):
    """A role, the person where one was resolved, and the word that told."""

    role: SubjectRole
    person_id: str = ""
    reason: str = ""
    of: tuple[SubjectRole, str] | None = None  # whose relative, where that is said
    is_weak: bool = False  # nobody near the words was named: the whole document knows better


class Surroundings(NamedTuple):
    """The people near a hit."""

    mentions: Sequence[Mention]  # of its passage, by position
    before: Sequence[Mention] = ()  # the people of the text before, the most present first
    is_row: bool = False  # of a table

    def near(self, hit: Hit, passage: Passage) -> Sequence[Mention]:
        """The mentions of the hit's sentence, with those shortly before it."""
        if self.is_row:  # a row is about its first cell
            return self.mentions
        first, last = passage.sentence(hit.first)
        start = bisect_left(self.mentions, first, key=_position)
        end = bisect_left(self.mentions, last, key=_position)
        return self.mentions[max(0, start - _MENTIONS_BEFORE) : end]


def is_pronoun(mention: Mention) -> bool:
    """Whether a mention is a pronoun, which means whoever is most present."""
    return mention.words.lower() in _PRONOUNS


def stands_in(mention: Mention, hit: Hit, passage: Passage, mentions: Sequence[Mention]) -> bool:
    """Whether a mention stands in the sentence of a hit."""
    first, last = passage.sentence(hit.first)
    return first <= mention.first < last and mention in mentions


def is_told(mention: Mention, hit: Hit, passage: Passage) -> bool:
    """Whether a mention is the subject of the clause of a hit, or stands in the hit."""
    return passage.clause(hit.first)[0] <= mention.first < hit.last and not mention.is_oblique


def with_company(
    subjects: Sequence[Subject], hit: Hit, passage: Passage, mentions: Sequence[Mention]
) -> tuple[Subject, ...]:
    """The subjects, and who is named with them in one list: "Clara, Rui and Ewan were hungry".

    Only people whom the review is about are taken one by one; a list of parents or agencies says
    no more of each than of all.
    """
    first, last = passage.sentence(hit.first)
    here = [m for m in mentions if first <= m.first < last and m.person_id]
    found: dict[str, Subject] = {each.person_id: each for each in subjects if each.person_id}
    for each in list(found.values()):
        place = next((n for n, m in enumerate(here) if (m.person_id, m.words) == each[1:3]), None)
        if place is not None and each.role in _LISTED:
            for mention in _listed_with(place, here, passage):
                if mention.role is each.role:
                    own = each._replace(person_id=mention.person_id, reason=mention.words)
                    found.setdefault(mention.person_id, own)
    return (*found.values(), *(each for each in subjects if not each.person_id))


def _listed_with(place: int, here: Sequence[Mention], passage: Passage) -> list[Mention]:
    """The mentions of one list around a place; only commas and one "and" stand between them."""
    begin = end = place
    while begin and _joins(here[begin - 1], here[begin], passage):
        begin -= 1
    while end + 1 < len(here) and _joins(here[end], here[end + 1], passage):
        end += 1
    listed = here[begin : end + 1]
    words = passage.words[listed[0].first : listed[-1].last]
    return list(listed) if "and" in words else []


def _joins(one: Mention, other: Mention, passage: Passage) -> bool:
    between = passage.words[one.last : other.first]
    return bool(between) and len(between) <= 2 and set(between) <= {",", "and"}


def is_sure(mention: Mention, hit: Hit, passage: Passage) -> bool:
    """Whether the words say whose a hit is: a subject before it, or a name close behind it.

    A kinship word inside a hit ("shame … father") or behind it may be anybody's. Of whom a row of
    a table begins with, all of it tells.
    """
    is_named = bool(mention.person_id or mention.of)
    if is_told(mention, hit, passage):
        return is_named or mention.first < hit.first
    clause = passage.clause(hit.first)[0]
    if is_named and passage.words[clause].lower() in RELATIVE and not mention.is_oblique:
        return clause - _BEFORE_RELATIVE <= mention.last <= clause  # "The boy, who is 13, was ..."
    if mention.first == 0 and _CELL in passage.text:
        return True
    return bool(mention.person_id) and 0 <= mention.first - hit.last <= _NAME_WORDS


def is_outsider(mention: Mention, passage: Passage) -> bool:
    """Whether a mention is some partner or other: "an assault on a former partner"."""
    if mention.person_id or mention.of or mention.words.lower() not in PARTNERS | FORMER:
        return False
    before = passage.words[max(0, mention.first - 2) : mention.first]
    return not _SOME.isdisjoint(word.lower() for word in before)


def suits(bearer: str, mention: Mention, hit: Hit, passage: Passage) -> bool:
    """Whether somebody may bear a factor: who interprets needs no interpreter."""
    if bearer == "helped":
        return not helps(mention, passage)
    # A parent counts missing episodes; the child was missing.
    return bearer != "young" or mention.role not in ADULTS or is_told(mention, hit, passage)


def helps(mention: Mention, passage: Passage) -> bool:
    """Whether somebody is said to interpret: "husband or sister-in-law interpreted"."""
    end = min(mention.last + _HELP_WORDS, passage.clause(mention.first)[1])
    after = [word.lower() for word in passage.words[mention.last : end]]
    before = [word.lower() for word in passage.words[max(0, mention.first - 3) : mention.first]]
    return not _HELP.isdisjoint(after) or (
        "through" in before  # "conducted through the husband"
    )


def died(mention: Mention, hit: Hit, passage: Passage) -> bool:
    """Whether words say that somebody died: "Ms W died", "the death of PGM"."""
    if mention.is_possessor:
        following = passage.words[mention.last + 1 : mention.last + 3]
        return not _DEATH.isdisjoint(word.lower() for word in following)
    before = passage.words[max(0, mention.first - 4) : mention.first]
    after = passage.words[mention.last : min(mention.last + 4, passage.clause(mention.first)[1])]
    return not _LOSS.isdisjoint(word.lower() for word in before) or not _DYING.isdisjoint(
        word.lower() for word in after
    )


def people_of(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions of individuals, without those of groups."""
    return [m for m in mentions if m.role is not SubjectRole.PATIENT_OR_GROUP]


def subject_of(mention: Mention) -> Subject:
    """A mention as the subject of a coding."""
    return Subject(mention.role, mention.person_id, mention.words, mention.of)
