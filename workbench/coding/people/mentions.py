"""Where people stand in a passage: names, kinship words, role words and pronouns."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.coding.people.directory import Directory
from workbench.coding.people.grammar import DETERMINERS, is_oblique, is_possessive
from workbench.coding.people.kin import CHILDREN, FORMER, PARTNERS
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
from workbench.coding.text.passage import Passage, read_passage
from workbench.records import Person, SubjectRole

_MALE, _FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "herself"})
_THEY = frozenset({"they", "them", "their", "both"})
_PLURALS = frozenset({"parents", "the couple", "siblings", "grandparents", "sons", "daughters",
                      "the children", "both children", "the parents", "both parents",
                      "the siblings", "the boys", "the girls", "friends"})  # fmt: skip
_SUBJECT_WORDS = 5  # a mention so near the start of a sentence is taken for its subject
_ADJECTIVES_BEFORE_KIN = 2
_SOMEBODY_ELSES = frozenset({"a", "an", "another", "former", "previous", "ex", "first", "new",
                             "different", "each", "every", "one"})  # fmt: skip
_OWN = {"'s", "’s"}
_POSSESSIVES = frozenset({"his", "her", "their"})


class MentionFinder:
    """Finds the people of one document in its passages, in reading order."""

    def __init__(self, directory: Directory, context: PeopleContext) -> None:
        self._directory = directory
        self._context = context
        self._kin_heads = frozenset(word.replace("-", " ").split()[0] for word in context.kin)
        self._names: dict[str, list[tuple[tuple[str, ...], Person]]] = {}
        self._sexes = {person.person_id: person.sex for person in directory.people}
        for person in directory.people:
            for form in (person.name, *person.aliases):
                words = read_passage(form).words
                # Whose mother "his mother" is depends on where it stands.
                if words and words[0].lower() not in _POSSESSIVES and (
                    words[0][0].isupper() or len(words) > 1
                ):  # fmt: skip
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
                self._name(passage, lower, position)
                or self._kin(passage, lower, position, mentions)
                or self._role_word(passage, lower, position)
                or self._pronoun(passage, lower, position, memory)
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
        if mention.is_plural:
            memory.plural = mention
        elif (
            mention.role is not SubjectRole.PATIENT_OR_GROUP and mention.words.lower() not in _THEY
        ):
            memory.note(mention, weight)

    def _made(
        self,
        span: tuple[int, int],
        words: str,
        lower: Sequence[str],
        who: tuple[SubjectRole, str, str],
    ) -> Mention:
        first, last = span
        role, person_id, sex = who
        return Mention(
            first, last, role, person_id, words,
            is_possessor=last < len(lower) and lower[last] in _OWN,
            sex=sex or self._sexes.get(person_id, ""),
            is_oblique=is_oblique(lower, first),
            is_plural=words.lower() in _PLURALS,
        )  # fmt: skip

    def _name(self, passage: Passage, lower: Sequence[str], position: int) -> Mention | None:
        for words, person in self._names.get(passage.words[position], ()):
            end = position + len(words)
            if passage.words[position:end] == words:
                who = (person.role, person.person_id, person.sex)
                return self._made((position, end), person.name, lower, who)
        return None

    def _kin(
        self, passage: Passage, lower: Sequence[str], position: int, mentions: Sequence[Mention]
    ) -> Mention | None:
        kin = self._kin_word(lower, position)
        if kin is None:
            return None
        word, end = kin
        entry = self._context.kin[word]
        possessor = _possessor(lower, position, mentions)
        person = None
        if possessor is not None:
            person = self._directory.kin_of(possessor.person_id, word)
        elif not _SOMEBODY_ELSES & set(lower[max(0, position - 2) : position]):
            person = self._only_kin(word)
        if (
            person is not None
            and word in PARTNERS
            and "former" in lower[max(0, position - 2) : position]
        ):
            person = None if self._is_partner_now(person, word) else person
        role = person.role if person else self._kin_role(entry.role, word, possessor)
        who = (role, person.person_id if person else "", entry.sex)
        made = self._made((position, end), passage.slice(position, end), lower, who)
        return made._replace(of=(possessor.role, possessor.person_id)) if possessor else made

    def _is_partner_now(self, person: Person, word: str) -> bool:
        relation = self._directory.relations.get(person.person_id, ("", ""))[0]
        return relation == word and word == "partner"

    def _kin_word(self, lower: Sequence[str], position: int) -> tuple[str, int] | None:
        word = lower[position]
        if word not in self._kin_heads:
            return None
        for length in (3, 2):
            for sign in ("-", " "):
                joined = sign.join(lower[position : position + length])
                if position + length <= len(lower) and joined in self._context.kin:
                    return joined, position + length
        return (word, position + 1) if word in self._context.kin else None

    def _kin_role(self, role: SubjectRole, word: str, possessor: Mention | None) -> SubjectRole:
        """The role of an unnamed relative, who may be the other main person."""
        kind = self._directory.review_kind
        if word.removesuffix("s") in CHILDREN and kind in {"child", "thematic"}:
            return SubjectRole.INDEX_CHILD
        partner = word in PARTNERS | FORMER
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

    def _role_word(self, passage: Passage, lower: Sequence[str], position: int) -> Mention | None:
        for words, name in self._roles.get(lower[position], ()):
            end = position + len(words)
            if tuple(lower[position:end]) != words:
                continue
            if len(words) == 1 and position and lower[position - 1] in DETERMINERS:
                continue
            if name == "patient_or_group" and end < len(lower) and lower[end] in _OWN:
                continue  # "children’s home": a name of something
            role = self._role_of_word(name)
            people = self._directory.of_role(role)
            sex = {"the boy": "male", "the girl": "female"}.get(" ".join(words), "")
            people = tuple(p for p in people if not sex or p.sex in (sex, ""))
            person_id = people[0].person_id if len(people) == 1 else ""
            who = (role, person_id, sex)
            return self._made((position, end), passage.slice(position, end), lower, who)
        return None

    def _role_of_word(self, name: str) -> SubjectRole:
        kind = self._directory.review_kind
        if name == "patient":
            return {
                "patient": SubjectRole.PERPETRATOR, "coroner": SubjectRole.DECEASED,
            }.get(kind, SubjectRole.PATIENT_OR_GROUP)  # fmt: skip
        role = SubjectRole(name)
        if role is SubjectRole.INDEX_CHILD and kind in {"homicide", "patient", "adult"}:
            has_child = self._directory.of_role(SubjectRole.INDEX_CHILD)
            return role if has_child else SubjectRole.HOUSEHOLD_MEMBER
        if role is SubjectRole.INDEX_CHILD and kind == "other":
            return SubjectRole.PATIENT_OR_GROUP
        if role is SubjectRole.VICTIM and kind in {"child", "thematic"}:
            return SubjectRole.INDEX_CHILD
        return role

    def _pronoun(
        self, passage: Passage, lower: Sequence[str], position: int, memory: Memory
    ) -> Mention | None:
        word = lower[position]
        sex = _pronoun_sex(word)
        if sex:
            is_object = word == "him" or (
                word == "her" and not is_possessive(passage, lower, position)
            )
            found = memory.meant_by(sex, is_object=is_object) or self._mains[sex]
        elif word in _THEY:
            found = memory.plural
        else:
            return None
        if found is None:
            return None
        return Mention(
            position, position + 1, found.role, found.person_id, word,
            is_possessor=is_possessive(passage, lower, position),
            sex=sex or found.sex,
            is_oblique=is_oblique(lower, position),
            is_plural=word in _THEY,
        )  # fmt: skip

    def _main(self, sex: str) -> Mention | None:
        order = (SubjectRole.INDEX_CHILD, SubjectRole.VICTIM, SubjectRole.DECEASED,
                 SubjectRole.PERPETRATOR)  # fmt: skip
        if self._directory.review_kind in {"homicide", "joint"}:
            order = (*order[1:], order[0])
        for role in order:
            for person in self._directory.of_role(role):
                if not sex or person.sex in (sex, ""):
                    return Mention(0, 0, role, person.person_id, person.name, False, sex)
        if self._directory.review_kind == "coroner":
            return Mention(0, 0, SubjectRole.DECEASED, "", "the deceased", False, sex)
        return None


def _possessor(lower: Sequence[str], position: int, mentions: Sequence[Mention]) -> Mention | None:
    """Whose mother: the owner of "his", or the name before "'s"."""
    for back in range(1, _ADJECTIVES_BEFORE_KIN + 2):
        if position - back < 0:
            return None
        word = lower[position - back]
        if word in _OWN:
            owners = [m for m in mentions if m.last == position - back]
            return owners[0] if owners else None
        if word in {"his", "her", "their"}:
            owners = [m for m in mentions if m.first == position - back]
            return owners[0] if owners else None
        if word in {"the", "a", "an", "and", "of"}:
            return None
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
