"""Who is who: people of the truth and of the system, matched by name or alias."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.learn.matching.tokens import word_keys
from workbench.learn.truth_records import TruthPerson
from workbench.records import Person

# "The victim" and "victim" name the same person, "Mr A" and "Mrs A" do not.
_ARTICLES = frozenset({"the", "a", "an"})


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name as compared: lower case, without punctuation and articles at the front.

    "Mr A" keeps its letter; only a first word can be an article.
    """
    words = word_keys(name)
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


class PersonNames:
    """One person of the system for one person of the truth at most.

    Equal names are matched first, then a name that is the other's alias, then shared aliases;
    within each step in the order of the truth.
    """

    def __init__(self, wanted: Sequence[TruthPerson], given: Sequence[Person]) -> None:
        self.matched: dict[str, Person] = {}  # by the truth's person id
        taken: set[str] = set()
        for step in range(3):
            for one in wanted:
                if one.person_id in self.matched:
                    continue
                for other in given:
                    if other.person_id not in taken and _same(one, other, step):
                        self.matched[one.person_id] = other
                        taken.add(other.person_id)
                        break

    def are_same(self, wanted_id: str, given_id: str) -> bool:
        """Whether the two ids name one person."""
        person = self.matched.get(wanted_id)
        return person is not None and person.person_id == given_id


def _same(one: TruthPerson, other: Person, step: int) -> bool:
    if step == 0:
        return name_key(one.name) == name_key(other.name)
    aliases = {name_key(alias) for alias in one.aliases}
    others = {name_key(alias) for alias in other.aliases}
    if step == 1:
        return name_key(other.name) in aliases or name_key(one.name) in others
    return bool(aliases & others)
