"""Where people stand in a passage: names, kinship words, role words and pronouns."""

from __future__ import annotations

from workbench.coding.people.directory import Directory
from workbench.coding.people.memory import (
    HEADING_WEIGHT,
    OTHER_WEIGHT,
    POSSESSOR_WEIGHT,
    PRONOUN_WEIGHT,
    SUBJECT_WEIGHT,
    Memory,
    Mention,
)
from workbench.coding.rules.context import PeopleContext
from workbench.coding.text.passage import Passage
from workbench.records import Person, SubjectRole

_MALE, _FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "herself"})
_POSSESSIVES = frozenset({"his", "her", "their"})
_THEY = frozenset({"they", "them", "their", "both"})
_PLURALS = frozenset({"parents", "the couple", "siblings", "grandparents", "sons", "daughters"})
_SUBJECT_WORDS = 5  # a mention so near the start of a sentence is taken for its subject
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "each", "his", "her", "their", "any"})
_ADJECTIVES_BEFORE_KIN = 2


class MentionFinder:
    """Finds the people of one document in its passages, in reading order."""

    def __init__(self, directory: Directory, context: PeopleContext) -> None:
        self._directory = directory
        self._context = context
        self._names: dict[str, list[tuple[tuple[str, ...], Person]]] = {}
        for person in directory.people:
            words = tuple(person.name.split())
            self._names.setdefault(words[0], []).append((words, person))
        for entries in self._names.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._roles: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for role, phrases in context.role_words.items():
            for phrase in phrases:
                words = tuple(phrase.split())
                self._roles.setdefault(words[0], []).append((words, role))
        self._mains = {sex: self._main(sex) for sex in ("male", "female")}

    def find(self, passage: Passage, memory: Memory, *, is_heading: bool = False) -> list[Mention]:
        """The mentions of a passage by position; ``memory`` is brought up to date."""
        memory.pass_segment(is_heading=is_heading)
        lower = tuple(word.lower() for word in passage.words)
        starts = frozenset(passage.sentence_starts[1:])
        mentions: list[Mention] = []
        position = sentence = 0
        while position < len(passage):
            if position in starts:
                memory.pass_sentence()
                sentence = position
            mention = (
                self._name(passage, position)
                or self._kin(passage, lower, position, mentions, memory)
                or self._role_word(passage, lower, position)
                or self._pronoun(lower, position, memory)
            )
            if mention is None:
                position += 1
                continue
            mentions.append(mention)
            weight = HEADING_WEIGHT if is_heading else _weight(mention, position - sentence)
            self._note(mention, weight, memory)
            position = mention.last
        return mentions

    def _note(self, mention: Mention, weight: float, memory: Memory) -> None:
        word = mention.words.lower()
        if word in _PLURALS or word.endswith(("parents", "siblings", "children")):
            memory.plural = mention
        elif mention.role is not SubjectRole.PATIENT_OR_GROUP and word not in _THEY:
            kin = self._context.kin.get(word)
            sex = _pronoun_sex(word) or (kin.sex if kin else "") or self._sex(mention)
            memory.note(mention, sex, weight)

    def _name(self, passage: Passage, position: int) -> Mention | None:
        for words, person in self._names.get(passage.words[position], ()):
            end = position + len(words)
            if passage.words[position:end] == words:
                return Mention(
                    position, end, person.role, person.person_id, person.name,
                    end < len(passage) and passage.words[end].lower() in {"'s", "’s"},
                )  # fmt: skip
        return None

    def _kin(
        self,
        passage: Passage,
        lower: tuple[str, ...],
        position: int,
        mentions: list[Mention],
        memory: Memory,
    ) -> Mention | None:
        kin = self._kin_word(lower, position)
        if kin is None:
            return None
        word, end = kin
        entry = self._context.kin[word]
        possessor = self._possessor(lower, position, mentions, memory)
        person = self._directory.kin_of(possessor.person_id, word) if possessor else None
        if person is None and possessor is None:
            person = self._only_kin(word)
        role = person.role if person else self._kin_role(entry.role, word, possessor)
        return Mention(
            position, end, role, person.person_id if person else "", passage.slice(position, end),
            end < len(passage) and passage.words[end].lower() in {"'s", "’s"},
        )  # fmt: skip

    def _kin_word(self, lower: tuple[str, ...], position: int) -> tuple[str, int] | None:
        word = lower[position]
        for length in (3, 2):
            joined = "-".join(lower[position : position + length])
            if position + length <= len(lower) and joined in self._context.kin:
                return joined, position + length
        return (word, position + 1) if word in self._context.kin else None

    def _possessor(
        self, lower: tuple[str, ...], position: int, mentions: list[Mention], memory: Memory
    ) -> Mention | None:
        """Whose mother: the owner of "his", or the name before "'s"."""
        for back in range(1, _ADJECTIVES_BEFORE_KIN + 2):
            if position - back < 0:
                return None
            word = lower[position - back]
            if word in {"'s", "’s"}:
                owners = [m for m in mentions if m.last == position - back]
                return owners[0] if owners else None
            if word in _POSSESSIVES:
                owners = [m for m in mentions if m.first == position - back]
                return owners[0] if owners else None
            if word in {"the", "a", "an", "and", "of"}:
                return None
        return None

    def _kin_role(self, role: SubjectRole, word: str, possessor: Mention | None) -> SubjectRole:
        """The role of an unnamed relative, who may be the other main person."""
        kind = self._directory.review_kind
        if word in {"son", "daughter", "sons", "daughters", "child"} and kind in {
            "child",
            "thematic",
        }:
            return SubjectRole.INDEX_CHILD
        partner = word in {"husband", "wife", "partner", "boyfriend", "girlfriend", "ex-partner",
                           "ex-husband", "ex-wife"}  # fmt: skip
        if not partner or kind not in {"homicide", "joint"} or possessor is None:
            return role
        for one, other in (
            (SubjectRole.VICTIM, SubjectRole.PERPETRATOR),
            (SubjectRole.PERPETRATOR, SubjectRole.VICTIM),
        ):
            if possessor.role is one and self._are_partners(other):
                return other
        return role

    def _are_partners(self, other: SubjectRole) -> bool:
        """Whether the main people are, as far as is known, partners and not parent and child."""
        for person in self._directory.of_role(other):
            word = self._directory.relations.get(person.person_id, ("", ""))[0]
            if word in {"son", "daughter", "brother", "sister", "grandson", "mother", "father"}:
                return False
        return True

    def _only_kin(self, word: str) -> Person | None:
        found = [
            person
            for person in self._directory.people
            if self._directory.relations.get(person.person_id, ("", ""))[0] == word
        ]
        return found[0] if len(found) == 1 else None

    def _role_word(self, passage: Passage, lower: tuple[str, ...], position: int) -> Mention | None:
        for words, name in self._roles.get(lower[position], ()):
            end = position + len(words)
            if lower[position:end] != words:
                continue
            if len(words) == 1 and position and lower[position - 1] in _DETERMINERS:
                continue
            role = self._role_of_word(name)
            people = self._directory.of_role(role)
            return Mention(
                position, end, role, people[0].person_id if len(people) == 1 else "",
                passage.slice(position, end),
                end < len(passage) and lower[end] in {"'s", "’s"},
            )  # fmt: skip
        return None

    def _role_of_word(self, name: str) -> SubjectRole:
        kind = self._directory.review_kind
        if name == "patient":
            return {
                "patient": SubjectRole.PERPETRATOR, "coroner": SubjectRole.DECEASED,
            }.get(kind, SubjectRole.PATIENT_OR_GROUP)  # fmt: skip
        role = SubjectRole(name)
        if role is SubjectRole.INDEX_CHILD and kind in {"homicide", "patient", "adult"}:
            return SubjectRole.HOUSEHOLD_MEMBER
        if role is SubjectRole.INDEX_CHILD and kind == "other":
            return SubjectRole.PATIENT_OR_GROUP
        if role is SubjectRole.VICTIM and kind in {"child", "thematic"}:
            return SubjectRole.INDEX_CHILD
        return role

    def _pronoun(self, lower: tuple[str, ...], position: int, memory: Memory) -> Mention | None:
        word = lower[position]
        sex = _pronoun_sex(word)
        if sex:
            found = memory.meant_by(sex) or self._mains[sex]
        elif word in _THEY:
            found = memory.plural
        else:
            return None
        if found is None:
            return None
        return Mention(
            position, position + 1, found.role, found.person_id, word, word in _POSSESSIVES
        )

    def _sex(self, mention: Mention) -> str:
        for person in self._directory.people:
            if person.person_id == mention.person_id:
                return person.sex
        return ""

    def _main(self, sex: str) -> Mention | None:
        order = (SubjectRole.INDEX_CHILD, SubjectRole.VICTIM, SubjectRole.DECEASED,
                 SubjectRole.PERPETRATOR)  # fmt: skip
        for role in order:
            for person in self._directory.of_role(role):
                if not sex or person.sex in (sex, ""):
                    return Mention(0, 0, role, person.person_id, person.name, False)
        if self._directory.review_kind == "coroner":
            return Mention(0, 0, SubjectRole.DECEASED, "", "the deceased", False)
        return None


def _pronoun_sex(word: str) -> str:
    if word in _MALE:
        return "male"
    return "female" if word in _FEMALE else ""


def _weight(mention: Mention, words_before: int) -> float:
    if _pronoun_sex(mention.words.lower()):
        return PRONOUN_WEIGHT
    if mention.is_possessor:
        return POSSESSOR_WEIGHT
    return SUBJECT_WEIGHT if words_before <= _SUBJECT_WORDS else OTHER_WEIGHT
