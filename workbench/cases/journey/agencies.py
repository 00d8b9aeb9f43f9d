"""The agencies of a document as records, and each place where what it tells names one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.cases.journey.finder import Finder
from workbench.cases.journey.kinds import Kinds
from workbench.cases.journey.naming.forms import Name
from workbench.cases.journey.naming.listed import listed_bodies
from workbench.records import EVIDENCE_ROLES, Reading, SectionRole, Segment, SegmentKind
from workbench.records.journey import Agency, AgencyMention

_TOLD = frozenset(
    {
        SegmentKind.PARAGRAPH,
        SegmentKind.BULLET,
        SegmentKind.QUOTATION,
        SegmentKind.CHRONOLOGY_ENTRY,
    }
)
#: A chronology is often an annex.
_CHRONOLOGY_ROLES = frozenset(
    {*EVIDENCE_ROLES, SectionRole.APPENDIX, SectionRole.METHODOLOGY, SectionRole.FRONT_MATTER}
)
#: So many contacts make an agency without a name one of the agencies of the document.
MIN_CONTACTS = 2


@dataclass(frozen=True, slots=True)
class AgenciesFound:
    """The agencies of a document, and where they are named in what it tells of the case."""

    agencies: tuple[Agency, ...]
    mentions: tuple[AgencyMention, ...]


def agencies_of(reading: Reading, kinds: Kinds) -> AgenciesFound:
    """The agencies that a document names and the places in its evidence sections that name them.

    Lists of who took part in the review (terms of reference, methodology, front matter) give
    names, never contacts. An agency without a name of its own ("the police") is listed by
    general words where the text tells of two contacts or more with it, or where a column of
    agencies or a recommendation names it.
    """
    finder = Finder(reading, kinds)
    raw = [
        (segment, named, sentence, contact)
        for segment in reading.segments
        if _tells_of_the_case(segment)
        for named, sentence, contact in finder.in_segment(segment)
    ]
    unnamed: dict[tuple[str, str], Name] = {}
    n_contacts: Counter[str] = Counter()
    for segment, named, _, contact in raw:
        if named.name is None and contact and not named.is_one_of_several:
            at = segment.start_char
            words = segment.text[named.start : named.end]
            known = unnamed.setdefault(
                (named.kind, named.general),
                Name(named.general, named.kind, at + named.start, at + named.end),
            )
            known.aliases.add(words)
            n_contacts[known.name] += 1
    for body in listed_bodies(reading, kinds):
        named = finder.of_general(body.general, (0, len(body.words)))
        if named.name is None and not named.is_one_of_several:
            place = Name(named.general, named.kind, body.start, body.start + len(body.words))
            unnamed.setdefault((named.kind, named.general), place).aliases.add(body.words)
            n_contacts[named.general] += MIN_CONTACTS
    enough = [name for name in unnamed.values() if n_contacts[name.name] >= MIN_CONTACTS]
    agencies = _records(reading, finder.names, enough)
    ids = {(agency.kind, agency.name): agency.agency_id for agency in agencies}
    mentions = []
    for segment, named, (first, last), contact in raw:
        agency_id = ids.get((named.kind, named.name.name if named.name else named.general), "")
        at = segment.start_char
        mentions.append(
            AgencyMention(
                document_id=segment.document_id, segment=segment.ordinal,
                start_char=at + named.start, end_char=at + named.end,
                kind=named.kind, agency_id=agency_id,
                sentence_start=at + first, sentence_end=at + last, is_contact=contact,
            )
        )  # fmt: skip
    return AgenciesFound(agencies, tuple(mentions))


def _tells_of_the_case(segment: Segment) -> bool:
    """Whether it may tell of a contact: evidence, or a chronology wherever it is printed."""
    is_entry = segment.kind is SegmentKind.CHRONOLOGY_ENTRY
    in_place = is_entry and segment.section_role in _CHRONOLOGY_ROLES
    return segment.kind in _TOLD and (in_place or segment.section_role in EVIDENCE_ROLES)


def _records(
    reading: Reading, named: Sequence[Name], unnamed: Sequence[Name]
) -> tuple[Agency, ...]:
    found = [(name.start, True, name) for name in named]
    found += [(name.start, False, name) for name in unnamed]
    return tuple(
        Agency(
            document_id=reading.document.document_id, agency_id=f"A{place}", kind=name.kind,
            name=name.name, is_named=is_named, aliases=tuple(sorted(name.aliases)),
            start_char=name.start, end_char=name.end,
        )
        for place, (_, is_named, name) in enumerate(sorted(found, key=lambda each: each[:2]), 1)
    )  # fmt: skip
