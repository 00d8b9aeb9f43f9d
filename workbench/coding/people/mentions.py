"""Where people stand in a passage: names, kinship words, role words and pronouns."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.coding.people.directory import Directory
from workbench.coding.people.grammar import (
    ADJECTIVES_BEFORE_KIN,
    DETERMINERS,
    OWN,
    is_oblique,
    is_possessive,
    possessor_of,
    pronoun_sex,
)
from workbench.coding.people.kin import CHILDREN, FORMER, PARTNERS
from workbench.coding.people.memory import HEADING_WEIGHT, Memory, Mention, weight_of
from workbench.coding.rules.context import PeopleContext
from workbench.coding.text.passage import Passage, read_passage
from workbench.records import Person, SubjectRole

_THEY = frozenset({"they", "them", "their", "both"})
_PLURALS = frozenset({"parents", "the couple", "siblings", "grandparents", "sons", "daughters",
                      "the children", "both children", "the parents", "both parents",
                      "the siblings", "the boys", "the girls", "friends"})  # fmt: skip
_SOMEBODY_ELSES = frozenset({"a", "an", "another", "former", "previous", "ex", "first", "new",
                             "different", "each", "every", "one"})  # fmt: skip
_ONE_PARENT = frozenset({"mother", "father", "mum", "dad"})
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
        self._owners: dict[str, frozenset[str]] = {}  # kinship word -> who has such kin
        self._mains = {sex: self._main(sex) for sex in ("male", "female")}

    def find(self, passage: Passage, memory: Memory, *, is_heading: bool = False) -> list[Mention]:
        """The mentions of a passage by position; ``memory`` is brought up to date."""
        memory.pass_segment(is_heading=is_heading)
        lower = tuple(word.lower() for word in passage.words)
        starts, clauses = frozenset(passage.sentence_starts[1:]), frozenset(passage.clause_starts)
        mentions: list[Mention] = []
        position = sentence = 0
        while position < len(passage):
            if position in starts:
                memory.pass_sentence()
                sentence = position
            elif position in clauses and position:
                memory.pass_clause()
            mention = (
                self._name(passage, lower, position)
                or self._kin(passage, lower, position, mentions)
                or self._role_word(passage, lower, position, memory)
                or self._pronoun(passage, lower, position, memory)
            )
            if mention is None:
                position += 1
                continue
            mentions.append(mention)
            weight = HEADING_WEIGHT if is_heading else weight_of(mention, position - sentence)
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
            is_possessor=last < len(lower) and lower[last] in OWN,
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
        possessor = possessor_of(lower, position, mentions)
        person = None
        if lower[max(0, position - 1)] == "their" and word in _ONE_PARENT:
            person = self._directory.parent_of_all(word)
        elif possessor is not None:
            person = self._directory.kin_of(possessor.person_id, word)
        elif not _SOMEBODY_ELSES & set(lower[max(0, position - 2) : position]):
            person = self._only_kin(word)
        if (
            person is not None
            and word in PARTNERS
            and "former" in lower[max(0, position - 2) : position]
        ):
            relation = self._directory.relations.get(person.person_id, ("", ""))[0]
            person = None if relation == word == "partner" else person
        role = person.role if person else self._kin_role(entry.role, word, possessor)
        who = (role, person.person_id if person else "", entry.sex)
        made = self._made((position, end), passage.slice(position, end), lower, who)
        return made._replace(of=(possessor.role, possessor.person_id)) if possessor else made

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

    def _role_word(
        self, passage: Passage, lower: Sequence[str], position: int, memory: Memory
    ) -> Mention | None:
        for words, name in self._roles.get(lower[position], ()):
            end = position + len(words)
            if tuple(lower[position:end]) != words:
                continue
            if len(words) == 1 and position and lower[position - 1] in DETERMINERS:
                continue
            if name == "patient_or_group" and end < len(lower) and lower[end] in OWN:
                continue  # "children’s home": a name of something
            role = self._role_of_word(name)
            sex = {"the boy": "male", "the girl": "female"}.get(" ".join(words), "")
            if name == "index_child" and role is SubjectRole.HOUSEHOLD_MEMBER:
                grown = memory.grown_up(sex)  # whose childhood a review of adults tells
                if grown is not None:
                    who = (grown.role, grown.person_id, grown.sex)
                    return self._made((position, end), passage.slice(position, end), lower, who)
            people = self._directory.of_role(role)
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
        sex = pronoun_sex(word)
        if sex:
            found = self._meant(passage, lower, position, memory) or self._mains[sex]
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

    def _meant(
        self, passage: Passage, lower: Sequence[str], position: int, memory: Memory
    ) -> Mention | None:
        """Whom "he", "him", "his" or "her" means at a position."""
        sex = pronoun_sex(lower[position])
        possessive = is_possessive(passage, lower, position)
        if possessive and (kin := self._kin_after(lower, position)):
            owner = memory.owner(sex, self._having(kin))
            if owner is not None:
                return owner
        is_object = lower[position] in {"him", "her"} and not possessive
        return memory.meant_by(sex, is_object=is_object and memory.reaches(lower, position))

    def _having(self, kin: str) -> frozenset[str]:
        """The ids of those who have a relative of that kind among the people."""
        if kin not in self._owners:
            self._owners[kin] = frozenset(
                person.person_id
                for person in self._directory.people
                if self._directory.kin_of(person.person_id, kin) is not None
            )
        return self._owners[kin]

    def _kin_after(self, lower: Sequence[str], position: int) -> str:
        """The kinship word of "his elder brother", "" where there is none."""
        end = min(position + 2 + ADJECTIVES_BEFORE_KIN, len(lower))
        found = (self._kin_word(lower, after) for after in range(position + 1, end))
        return next((kin[0] for kin in found if kin is not None), "")

    def _main(self, sex: str) -> Mention | None:
        person = self._directory.main(sex)
        if person is not None:
            return Mention(0, 0, person.role, person.person_id, person.name, False, sex)
        if self._directory.review_kind == "coroner":
            return Mention(0, 0, SubjectRole.DECEASED, "", "the deceased", False, sex)
        return None
