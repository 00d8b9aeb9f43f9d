"""The people whom one review is about, each with a record of their own.

A thematic review of five young people is five records, a review of two children two. Tables of
people and tables of cases are never mixed: a case counts once, whoever in it has the factor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.cases.people import name_key
from workbench.cases.rollup import case_states
from workbench.codebook import Codebook
from workbench.records import (
    Coding,
    Person,
    Reading,
    Segment,
    SegmentKind,
    SubjectRecord,
    SubjectRole,
)

#: Roles of which a review may have several subjects; a review of adults asks for its index
#: children last, since they are somebody's children there.
SUBJECT_ROLES = (SubjectRole.INDEX_CHILD, SubjectRole.VICTIM, SubjectRole.DECEASED)
CHILD_REVIEWS = frozenset(
    {
        "child_safeguarding_practice_review",
        "serious_case_review",
        "thematic_review",
        "joint_review",
    }
)
_RELATION = re.compile(r"\bof (?P<whose>.+)$")
_POSSESSIVE = re.compile(r"['\u2019]s?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """The subjects of one review, and the codings that cannot be given to one of them alone."""

    records: tuple[SubjectRecord, ...]
    shared: tuple[Coding, ...]


def subjects_of(reading: Reading, codebook: Codebook) -> Subjects:
    """One record for each subject of a review that has several; none for a review of one.

    A coding is a subject's when it names them; when it names somebody whose relation is to them
    ("mother of Y1", "Declan's mother"); or when it names neither and stands in the part of the
    review whose heading names them alone. What speaks of several, or of nobody, is shared.

    Raises:
        KeyError: A coding uses a code that the codebook does not have.
    """
    subjects = _several(reading)
    if not subjects:
        return Subjects(records=(), shared=())
    owners = _owners(reading.people, subjects)
    parts = _parts(reading.segments, subjects)
    given: dict[str, list[Coding]] = {person.person_id: [] for person in subjects}
    shared: list[Coding] = []
    for coding in sorted(reading.codings, key=lambda c: (c.start_char, c.end_char, c.coding_id)):
        owner = _owner_of(coding, owners, parts)
        (given[owner] if owner else shared).append(coding)
    return Subjects(
        records=tuple(
            SubjectRecord(
                person=person,
                states=case_states(given[person.person_id], codebook),
                coding_ids=tuple(
                    dict.fromkeys(coding.coding_id for coding in given[person.person_id])
                ),
            )
            for person in subjects
        ),
        shared=tuple(shared),
    )


def _several(reading: Reading) -> list[Person]:
    """The subjects of a review, if it has several of one role."""
    about_children = reading.document.review_type in CHILD_REVIEWS
    for role in SUBJECT_ROLES if about_children else SUBJECT_ROLES[1:] + SUBJECT_ROLES[:1]:
        of_role = [person for person in reading.people if person.role is role]
        if of_role:
            return of_role if len(of_role) > 1 else []
    return []


def _owners(people: Iterable[Person], subjects: list[Person]) -> dict[str, str]:
    """Person id -> id of the one subject whom the person is, or is related to."""
    owners = {person.person_id: person.person_id for person in subjects}
    for person in people:
        if person.person_id not in owners:
            whose = _whose(person, subjects)
            if len(whose) == 1:
                owners[person.person_id] = whose[0]
    return owners


def _whose(person: Person, subjects: list[Person]) -> list[str]:
    """The subjects whom a person's relation or own name names."""
    found = _RELATION.search(person.relation)
    text = found["whose"] if found else ""
    by_relation = [
        each.person_id
        for each in subjects
        if text == each.person_id or _names(text, each) or text == str(each.role)
    ]
    named = [each.person_id for each in subjects if _names(person.name, each)]
    # "mother of index_child" is said of every child; the name then decides.
    return by_relation if len(by_relation) == 1 else named


def _parts(segments: Sequence[Segment], subjects: list[Person]) -> dict[int, str]:
    """Ordinal of each segment -> the subject whom alone its part of the review is about, or "".

    A part begins with a heading that names one subject. It goes on under deeper headings, and
    under those that recur ("At a glance" below each name), and ends with any other.
    """
    headings = [segment for segment in segments if segment.kind is SegmentKind.HEADING]
    uses = Counter(name_key(segment.text) for segment in headings)
    parts, current, level = {}, "", 0
    for segment in segments:
        if segment.kind is SegmentKind.HEADING:
            named = _named(segment.text, subjects)
            deeper = 0 < level < segment.level
            if len(named) == 1:
                current, level = named[0], segment.level
            elif named or not (deeper or uses[name_key(segment.text)] > 1):
                current = ""
        above = [_named(heading, subjects) for heading in segment.section_path]
        nearest = next((named for named in reversed(above) if named), None)
        alone = nearest[0] if nearest and len(nearest) == 1 else ""
        parts[segment.ordinal] = current if nearest is None else alone
    return parts


def _named(text: str, subjects: list[Person]) -> list[str]:
    return [each.person_id for each in subjects if _names(text, each)]


def _names(text: str, person: Person) -> bool:
    words = f" {name_key(_POSSESSIVE.sub('', text))} "
    return any(
        f" {name_key(name)} " in words for name in (person.name, *person.aliases) if name_key(name)
    )


def _owner_of(coding: Coding, owners: Mapping[str, str], parts: Mapping[int, str]) -> str:
    if coding.person_id in owners:
        return owners[coding.person_id]
    # A subject who is not named may be any of them, save in a part about one.
    return parts.get(coding.segment, "")


def subject_parts(reading: Reading) -> dict[str, frozenset[int]]:
    """Person id -> ordinals of the segments in their part of the review.

    Empty for a review of one person, and for one of several that has no parts: two children of
    one incident are told of together.
    """
    subjects = _several(reading)
    owners = _parts(reading.segments, subjects) if subjects else {}
    parts: dict[str, set[int]] = {}
    for ordinal, person_id in owners.items():
        if person_id:
            parts.setdefault(person_id, set()).add(ordinal)
    return {person_id: frozenset(ordinals) for person_id, ordinals in parts.items()}
