"""A review that tells of several incidents, as several cases.

A thematic review of five young people, each of whom was hurt on a day of their own, is five
cases. Two children of one incident are one case (and two records of people).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.cases.subjects import Ownership, identities
from workbench.records import CasePart, Person

#: Kinds of review whose subjects are not of one incident.
SEVERAL_INCIDENTS = frozenset({"thematic_review"})


def parts_of(
    people: Sequence[Person], leading_id: str, ownerships: Mapping[str, Ownership]
) -> dict[str, CasePart]:
    """What is each subject's own, by their id in the leading document.

    Args:
        people: Those of all documents, each once.
        leading_id: The document that leads.
        ownerships: Document id -> who owns what of it, for documents of several subjects.

    Returns:
        One part for each subject to whom the leading document gives a part of its own, in the
        order of the people; none unless there are two, and more than half of the subjects have
        one. Of a review that is told theme by theme nobody's own can be told: it stays one case.
    """
    leading = ownerships.get(leading_id)
    if leading is None:
        return {}
    told = {owner for owner in leading.segments.values() if owner}
    found = {}
    for person in people:
        own_id = dict(identities(person)).get(leading_id, "")
        if own_id in told and any(each.person_id == own_id for each in leading.subjects):
            found[own_id] = _part(own_id, dict(identities(person)), ownerships)
    return found if len(found) > max(1, len(leading.subjects) // 2) else {}


def _part(
    person_id: str, id_in: Mapping[str, str], ownerships: Mapping[str, Ownership]
) -> CasePart:
    segments: list[tuple[str, int]] = []
    elsewhere: set[str] = set()
    foreign: set[str] = set()
    for document_id, owned in sorted(ownerships.items()):
        subject = id_in.get(document_id)
        if subject is None:
            continue
        inside = {ordinal for ordinal, owner in owned.segments.items() if owner == subject}
        segments += [(document_id, ordinal) for ordinal in inside]
        for coding_id, (ordinal, owner) in owned.codings.items():
            if owner == subject and ordinal not in inside:
                elsewhere.add(coding_id)
            elif owner != subject and ordinal in inside:
                foreign.add(coding_id)
    return CasePart(
        person_id=person_id,
        segments=tuple(sorted(segments)),
        coding_ids=tuple(sorted(elsewhere)),
        others=tuple(sorted(foreign)),
    )


def people_of_part(
    people: Sequence[Person], part: CasePart, leading_id: str, ownerships: Mapping[str, Ownership]
) -> tuple[Person, ...]:
    """The subject of a part and those who belong to them alone."""
    subject = next(
        person for person in people if (leading_id, part.person_id) in identities(person)
    )
    id_in = dict(identities(subject))
    return tuple(
        person
        for person in people
        if any(
            document_id in ownerships
            and ownerships[document_id].people.get(person_id) == id_in.get(document_id)
            for document_id, person_id in identities(person)
        )
    )
