"""Who is who in one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.coding.people.kin import CHILDREN, FORMER, PARENTS, PARTNERS, SIBLINGS
from workbench.records import Person, SubjectRole

_KILLING = frozenset({SubjectRole.VICTIM, SubjectRole.PERPETRATOR})

_MAINS = _KILLING | {SubjectRole.INDEX_CHILD, SubjectRole.DECEASED}


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

    def tells_of_mains(self) -> bool:
        """Whether those whom the review is about are known."""
        return any(person.role in _MAINS for person in self.people)

    def younger_than(self, years: int) -> frozenset[str]:
        """The ids of those whose age is known to be below some years."""
        return frozenset(
            person.person_id
            for person in self.people
            if person.age_years is not None and person.age_years < years
        )

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

    def own_children(self, parent_id: str) -> list[Person]:
        """The children of the case whose parent somebody is, subjects of the review first."""
        if self.review_kind == "child" and parent_id in self.parents:
            return list(self.of_role(SubjectRole.INDEX_CHILD))
        children = self.children_of(parent_id)
        return [child for child in children if child.role is not SubjectRole.PARENT_CARER]

    def partner_of(self, person_id: str) -> Person | None:
        """The one who is or was a person's partner, where the review tells of one."""
        found = (self.kin_of(person_id, kin) for kin in sorted(PARTNERS | FORMER))
        return next((person for person in found if person is not None), None)

    def parent_of_all(self, kin: str) -> Person | None:
        """The one of a sex who has children among the people: whom "their father" means.

        Of a couple who are the main people a child is that of both.
        """
        sex = "female" if kin in {"mother", "mum"} else "male"
        found = {other for word, other in self.relations.values() if word in CHILDREN}
        found |= {name for name, (word, _) in self.relations.items() if word in PARENTS}
        partners = [self.partner_of(name) for name in sorted(found)]
        mains = [p for p in partners if p is not None and p.role in _KILLING]
        mains += [p for p in self.people if p.person_id in found and p.role in _KILLING]
        of_sex = {p.person_id: p for p in mains if p.sex == sex} or {
            p.person_id: p for p in self.people if p.person_id in found and p.sex == sex
        }
        return next(iter(of_sex.values())) if len(of_sex) == 1 else None

    def siblings(self) -> dict[str, tuple[Person, ...]]:
        """For the id of each person who has any, the brothers and sisters the review names."""
        by_id: dict[str, tuple[Person, ...]] = {}
        for person in self.people:
            word, other = self.relations.get(person.person_id, ("", ""))
            if word in SIBLINGS and person.role is not SubjectRole.NOT_APPLICABLE:
                by_id[other] = (*by_id.get(other, ()), person)
        return by_id

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
