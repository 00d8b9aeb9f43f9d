"""Who is who in one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.coding.people.kin import CHILDREN, FORMER, PARENTS, PARTNERS, SIBLINGS
from workbench.records import Person, SubjectRole


@dataclass(frozen=True, slots=True)
class Directory:
    """Who is who in one document. ``people`` are by first mention; ids are P1, P2 ..."""

    people: tuple[Person, ...]
    relations: Mapping[str, tuple[str, str]]  # person_id -> (kinship word, person_id of the other)
    review_kind: str
    parents: frozenset[str] = frozenset()  # ids of those who are parents of a child of the case
    elsewhere: frozenset[str] = frozenset()  # ids of those who belong to another case
    prominence: Mapping[str, float] = field(default_factory=dict)  # 0-1, by how often named

    def of_role(self, role: SubjectRole) -> tuple[Person, ...]:
        """The people of a role, by first mention."""
        return tuple(person for person in self.people if person.role is role)

    def main(self, sex: str) -> Person | None:
        """The one of a sex whom the review is about in the first place."""
        order = (SubjectRole.INDEX_CHILD, SubjectRole.VICTIM, SubjectRole.DECEASED,
                 SubjectRole.PERPETRATOR)  # fmt: skip
        if self.review_kind in {"homicide", "joint"}:
            order = (*order[1:], order[0])
        elif self.review_kind == "patient":  # it is about the one who killed
            order = (order[-1], *order[:-1])
        people = (person for role in order for person in self.of_role(role))
        return next((person for person in people if person.sex in (sex, "")), None)

    def person(self, person_id: str) -> Person | None:
        """The person of an id."""
        return next((person for person in self.people if person.person_id == person_id), None)

    def kin_of(self, person_id: str, kin: str) -> Person | None:
        """The one that stands to a person as the word says ("her son"), if there is just one."""
        by_id = {person.person_id: person for person in self.people}
        found = [
            by_id[name]
            for name, (word, other) in self.relations.items()
            if other == person_id and _same_kin(word, kin)
        ]
        found += [
            by_id[other]
            for name, (word, other) in self.relations.items()
            if name == person_id and _inverse(word, kin, by_id[other].sex)
        ]
        if kin in PARTNERS:
            found += self._spouses(person_id, by_id)
        unique = list(dict.fromkeys(found))
        return unique[0] if len(unique) == 1 else None

    def kin_left(self, person_id: str) -> list[Person]:
        """Those who lose most when somebody dies: the children, else the one whose kin it was."""
        children = self.children_of(person_id)
        _, other = self.relations.get(person_id, ("", ""))
        found = [child.person_id for child in children] or [other]
        found += [name for name, (word, whose) in self.relations.items()
                  if word in SIBLINGS and whose in found and children]  # fmt: skip
        return [person for person in self.people if person.person_id in found]

    def children_of(self, person_id: str) -> list[Person]:
        """Those who are said to be sons or daughters of somebody, or whose parent they are."""
        found = [name for name, (word, other) in self.relations.items()
                 if other == person_id and word in CHILDREN]  # fmt: skip
        word, child = self.relations.get(person_id, ("", ""))
        if word in PARENTS:
            found.insert(0, child)
        return [person for person in self.people if person.person_id in found]

    def _spouses(self, person_id: str, by_id: Mapping[str, Person]) -> list[Person]:
        """Those who have a child together with a person."""
        word, child = self.relations.get(person_id, ("", ""))
        if word not in PARENTS:
            return []
        others = [n for n, (w, c) in self.relations.items() if c == child and w in PARENTS]
        own_word, parent = self.relations.get(child, ("", ""))
        if own_word in CHILDREN:
            others.append(parent)
        return [by_id[other] for other in others if other != person_id]


def _same_kin(word: str, kin: str) -> bool:
    return word == kin or {word, kin} <= {"mum", "mother"} or {word, kin} <= {"dad", "father"}


def _inverse(word: str, kin: str, other_sex: str) -> bool:
    """Whether "A is the ``word`` of B" makes B the ``kin`` of A."""
    if word in CHILDREN and kin in PARENTS:
        return other_sex in ("", "female" if kin in {"mother", "mum"} else "male")
    if word in PARENTS and kin in CHILDREN:
        return other_sex in ("", "male" if kin == "son" else "female")
    partners = PARTNERS | FORMER
    return word in partners and kin in partners
