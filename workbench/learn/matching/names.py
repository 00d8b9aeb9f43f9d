"""Who is who: people of the truth and of the system, matched by name or alias."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.learn.matching.tokens import word_keys
from workbench.learn.truth_records import TruthPerson
from workbench.records import Person

# "The victim" and "victim" name the same person, "Mr A" and "Mrs A" do not.
_ARTICLES = frozenset({"the", "a", "an"})
_TITLES = {"mr": "male", "mrs": "female", "ms": "female", "miss": "female"}


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name as compared: lower case, without punctuation and articles at the front.

    "Mr A" keeps its letter; only a first word can be an article.
    """
    words = word_keys(name)
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


class PersonNames:
    """One person of the system for one person of the truth at most.

    Equal names are matched first, then a name that is the other's alias, then shared aliases,
    then a part of a name that fits one person of the truth only ("Mr Rudkin" for "Dale
    Rudkin"); within each step in the order of the truth.
    """

    def __init__(self, wanted: Sequence[TruthPerson], given: Sequence[Person]) -> None:
        self.matched: dict[str, Person] = {}  # by the truth's person id
        taken: set[str] = set()
        parts = {other.person_id: _fitting(wanted, other) for other in given}
        for is_same in (_same_name, _name_is_alias, _shared_alias, None):
            for one in wanted:
                if one.person_id in self.matched:
                    continue
                for other in given:
                    same = (
                        is_same(one, other)
                        if is_same
                        else parts[other.person_id] == [one.person_id]
                    )
                    if same and other.person_id not in taken:
                        self.matched[one.person_id] = other
                        taken.add(other.person_id)
                        break

    def are_same(self, wanted_id: str, given_id: str) -> bool:
        """Whether the two ids name one person."""
        person = self.matched.get(wanted_id)
        return person is not None and person.person_id == given_id


def _same_name(one: TruthPerson, other: Person) -> bool:
    return name_key(one.name) == name_key(other.name)


def _name_is_alias(one: TruthPerson, other: Person) -> bool:
    return name_key(other.name) in _aliases(one) or name_key(one.name) in _aliases(other)


def _shared_alias(one: TruthPerson, other: Person) -> bool:
    return bool(_aliases(one) & _aliases(other))


def _aliases(person: TruthPerson | Person) -> set[tuple[str, ...]]:
    return {name_key(alias) for alias in person.aliases}


def _fitting(wanted: Sequence[TruthPerson], other: Person) -> list[str]:
    """Ids of the people of the truth in whose name or alias the system's name is contained."""
    words = name_key(other.name)
    sex = _TITLES.get(words[0], "") if len(words) > 1 else ""
    part = set(words[1:] if sex else words)
    return [
        one.person_id
        for one in wanted
        if part
        and not (sex and one.sex and sex != one.sex)
        and any(part <= set(name_key(name)) for name in (one.name, *one.aliases))
    ]
