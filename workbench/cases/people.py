"""The people of a case: who is the same person in two documents, and which names tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.records import Person, SubjectRole

#: People of the case itself; professionals and groups recur in unrelated reviews.
_CASE_ROLES = frozenset(SubjectRole) - {
    SubjectRole.AGENCY,
    SubjectRole.PLACE,
    SubjectRole.NOT_APPLICABLE,
    SubjectRole.PATIENT_OR_GROUP,
}
_REDACTED = re.compile(r"redact|\u2588|\bX{3,}\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# Words that name a place in the case, not a person: "Adult A", "Mother of Child B", "Mr K".
_GENERIC = frozenset(
    _WORD.findall(
        "adult aunt baby boy boyfriend brother carer child children cousin daughter deceased dr "
        "doctor family father female friend girl girlfriend grandfather grandmother half her his "
        "husband infant maternal male man miss mother mr mrs ms neighbour nephew niece of parent "
        "partner paternal perpetrator person sibling sister son step stepfather stepmother subject "
        "suspect teenager the uncle unnamed victim wife witness woman young"
    )
)


def name_key(name: str) -> str:
    """The name for comparison: lower case, without quotation marks and punctuation."""
    return " ".join(re.findall(r"[^\W_]+", name.lower()))


def telling_name(person: Person) -> str:
    """The key of a name that can tell one case from another, or ``""``.

    "Noreen" tells; "Adult A", "Mr K", "the mother" and names of professionals do not, because
    unrelated reviews use them too.
    """
    if person.role not in _CASE_ROLES:
        return ""
    words = _WORD.findall(person.name.lower())
    return name_key(person.name) if any(_tells(word) for word in words) else ""


def _tells(word: str) -> bool:
    return len(word) >= 3 and word not in _GENERIC


def merge_people(documents: Sequence[Sequence[Person]]) -> tuple[Person, ...]:
    """The people of a case, each once.

    Args:
        documents: The people of each document, the leading document first.

    Returns:
        The first record of each person, its gaps (age, sex, ethnicity, relation) filled and its
        aliases extended from later ones, whose ids stand in ``same_as``. Two people of one
        document are never one, even when they share a name; across documents the printed name
        decides, or, where one review shortens it, an alias that one person alone has; a name
        that was taken out is that of the only one of the role whom it can be.
    """
    merged: list[Person] = []
    for people in documents:
        taken: set[int] = set()
        known = list(merged)
        # A name that was taken out is looked for among those whom no name has found.
        for person in sorted(people, key=lambda each: bool(_REDACTED.search(each.name))):
            place = _place_of(person, known, taken)
            if place is None:
                merged.append(person)
            else:
                taken.add(place)
                merged[place] = _joined(merged[place], person)
    return tuple(merged)


def _place_of(person: Person, known: Sequence[Person], taken: set[int]) -> int | None:
    free = [place for place in range(len(known)) if place not in taken]
    key = name_key(person.name)
    same_name = [place for place in free if name_key(known[place].name) == key]
    same_role = [place for place in same_name if known[place].role is person.role]
    if same_role or same_name:
        return (same_role or same_name)[0]
    aliases = _keys((person.name, *person.aliases))
    by_alias = [
        place
        for place in free
        if known[place].role is person.role
        and aliases & _keys((known[place].name, *known[place].aliases))
    ]
    if by_alias:
        return by_alias[0] if len(by_alias) == 1 else None
    alike = [
        place
        for place in free
        if known[place].role is person.role and _is_redacted_copy(person, known[place])
    ]
    return alike[0] if len(alike) == 1 else None


def _is_redacted_copy(person: Person, known: Person) -> bool:
    """Whether one of two may be the other with the name taken out: nothing else speaks against."""
    is_redacted = [bool(_REDACTED.search(each.name)) for each in (person, known)]
    return (
        is_redacted[0] is not is_redacted[1]
        and _agree(person.age_years, known.age_years)
        and _agree(person.sex, known.sex)
    )


def _agree(one: object, other: object) -> bool:
    return not one or not other or one == other


def _keys(names: Iterable[str]) -> set[str]:
    return {
        name_key(name)
        for name in names
        if any(_tells(word) for word in _WORD.findall(name.lower()))
    }


def _joined(first: Person, later: Person) -> Person:
    names = dict.fromkeys((*first.aliases, later.name, *later.aliases))
    return replace(
        first,
        aliases=tuple(name for name in names if name_key(name) != name_key(first.name)),
        relation=first.relation or later.relation,
        age_years=later.age_years if first.age_years is None else first.age_years,
        sex=first.sex or later.sex,
        ethnicity=first.ethnicity or later.ethnicity,
        same_as=(*first.same_as, (later.document_id, later.person_id)),
    )
