"""The people whom a case is about, each with a record of their own.

Two children of one incident are one case and two records. Tables of people and tables of cases
are never mixed: a case counts once, whoever in it has the factor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
#: Rows of a table or chronology stand for themselves, wherever the table stands.
_ROWS = frozenset({SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY})
_RELATION = re.compile(r"\bof (?P<whose>.+)$")
_POSSESSIVE = re.compile(r"['\u2019]s?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """What of one document tells of which of its several subjects; "" where of no one alone."""

    subjects: tuple[Person, ...]
    people: Mapping[str, str]  # person id -> the one subject whom the person is or belongs to
    segments: Mapping[int, str]  # ordinal -> the one subject whom this part of the review is about
    codings: Mapping[str, tuple[int, str]]  # coding id -> its segment, the subject it tells of


def ownership_of(reading: Reading) -> Ownership | None:
    """Who owns the people, segments and codings of a review of several; None for a review of one.

    A coding is a subject's when it names them; when it names somebody whose relation is to them
    ("mother of Y1", "Declan's mother"); or when it names neither and stands in the part of the
    review whose heading names them alone. Outside such parts the words must name the subject, or
    the other person. What speaks of several, or of nobody, is shared.
    """
    subjects = _several(reading)
    if not subjects:
        return None
    parts = _parts(reading.segments, subjects)
    owners = _owners(reading.people, subjects)
    whose = _Owners(reading, owners, parts)
    return Ownership(
        subjects=tuple(subjects),
        people=_with_first_mentions(owners, reading, parts),
        segments=parts,
        codings={each.coding_id: (each.segment, whose.of(each)) for each in reading.codings},
    )


def principal_role(people: Iterable[Person], review_type: str) -> SubjectRole | None:
    """The role of those whom a review is about; None where nobody has one of ``SUBJECT_ROLES``."""
    roles = {person.role for person in people}
    about_children = review_type in CHILD_REVIEWS
    order = SUBJECT_ROLES if about_children else SUBJECT_ROLES[1:] + SUBJECT_ROLES[:1]
    return next((role for role in order if role in roles), None)


def subject_records(
    people: Sequence[Person],
    review_type: str,
    codings: Sequence[Coding],
    owners: Mapping[str, tuple[str, str]],
    codebook: Codebook,
) -> tuple[SubjectRecord, ...]:
    """One record for each person whom a case is about, and for each perpetrator.

    Args:
        people: Those of the case, each once.
        review_type: Of the case.
        codings: Of the case, in reading order.
        owners: Coding id -> document and person id of the one subject whom it tells of, where
            the review is of several.
        codebook: The one that the codings use.

    Returns:
        The people whom the review is about, then the perpetrators, in the order of ``people``.
        Where one person alone has the role, all that is said of the role is said of them.
    """
    principal = principal_role(people, review_type)
    roles = dict.fromkeys(filter(None, (principal, SubjectRole.PERPETRATOR)))
    records: list[SubjectRecord] = []
    for role in roles:
        of_role = [person for person in people if person.role is role]
        said = [coding for coding in codings if coding.subject_role is role]
        records += _records(of_role, said, owners, codebook)
    return tuple(records)


def _records(
    of_role: Sequence[Person],
    said: Sequence[Coding],
    owners: Mapping[str, tuple[str, str]],
    codebook: Codebook,
) -> Iterator[SubjectRecord]:
    """The records of all people of one role; ``said`` are the codings of that role."""
    if len(of_role) == 1:
        yield SubjectRecord(person=of_role[0], states=case_states(said, codebook))
        return
    place = {key: n for n, person in enumerate(of_role) for key in identities(person)}
    theirs: dict[int | None, list[Coding]] = {}
    for coding in said:
        own = place.get((coding.document_id, coding.person_id))
        owner = own if own is not None else place.get(owners.get(coding.coding_id, ("", "")))
        theirs.setdefault(owner, []).append(coding)
    shared = case_states(theirs.get(None, []), codebook)
    for n, person in enumerate(of_role):
        states = case_states(theirs.get(n, []), codebook)
        yield SubjectRecord(person=person, states=states, shared=shared)


def identities(person: Person) -> frozenset[tuple[str, str]]:
    """Document and person id of a person, in every document of the case."""
    return frozenset(((person.document_id, person.person_id), *person.same_as))


def _several(reading: Reading) -> list[Person]:
    """The subjects of a review, if it has several of one role."""
    role = principal_role(reading.people, reading.document.review_type)
    of_role = [person for person in reading.people if role and person.role is role]
    return of_role if len(of_role) > 1 else []


def _owners(people: Iterable[Person], subjects: list[Person]) -> dict[str, str]:
    """Person id -> id of the one subject whom the person is, or is related to."""
    owners = {person.person_id: person.person_id for person in subjects}
    for person in people:
        if person.person_id not in owners:
            whose = _whose(person, subjects)
            if len(whose) == 1:
                owners[person.person_id] = whose[0]
    return owners


def _with_first_mentions(
    owners: Mapping[str, str], reading: Reading, parts: Mapping[int, str]
) -> dict[str, str]:
    """Who is related to no subject belongs to the one in whose part they are first named."""
    owned = dict(owners)
    for person in reading.people:
        if person.person_id not in owned:
            where = next(
                (
                    segment.ordinal
                    for segment in reading.segments
                    if segment.start_char <= person.start_char < segment.end_char
                ),
                -1,
            )
            owned[person.person_id] = parts.get(where, "")
    return owned


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
        if segment.kind in _ROWS and not parts[segment.ordinal]:
            named = _named(segment.text, subjects)
            parts[segment.ordinal] = named[0] if len(named) == 1 else ""
    return parts


def _named(text: str, subjects: list[Person]) -> list[str]:
    return [each.person_id for each in subjects if _names(text, each)]


def _names(text: str, person: Person) -> bool:
    words = f" {name_key(_POSSESSIVE.sub('', text))} "
    return any(
        f" {name_key(name)} " in words for name in (person.name, *person.aliases) if name_key(name)
    )


class _Owners:
    """Whom alone a coding tells of."""

    def __init__(
        self, reading: Reading, owners: Mapping[str, str], parts: Mapping[int, str]
    ) -> None:
        self._owners, self._parts = owners, parts
        self._texts = {segment.ordinal: segment.text for segment in reading.segments}
        self._people = {person.person_id: person for person in reading.people}
        self._has_parts = any(parts.values())

    def of(self, coding: Coding) -> str:
        """The subject's id; "" where it tells of several, or of nobody alone."""
        part = self._parts.get(coding.segment, "")
        owner = self._owners.get(coding.person_id, "")
        if not owner:  # a subject who is not named may be any of them, save in a part about one
            return part
        # Outside the parts a pronoun or "both boys" seldom means the one who was named last.
        told = part or not self._has_parts or coding.is_of_signs or self._is_named(coding, owner)
        return owner if told else ""

    def _is_named(self, coding: Coding, owner: str) -> bool:
        text = self._texts.get(coding.segment, "")
        return any(_names(text, self._people[key]) for key in (owner, coding.person_id))


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
