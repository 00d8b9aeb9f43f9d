"""The agencies of a document as records, and each place where what it tells names one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.cases.journey.forms import Name, name_key, short_forms
from workbench.cases.journey.kinds import Kinds
from workbench.cases.journey.names import names_of, split_names
from workbench.records import EVIDENCE_ROLES, DatedEvent, Reading, SectionRole, Segment, SegmentKind
from workbench.records.journey import Agency, AgencyMention

_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]?[A-Z0-9])")
_TOLD = frozenset(
    {
        SegmentKind.PARAGRAPH,
        SegmentKind.BULLET,
        SegmentKind.QUOTATION,
        SegmentKind.CHRONOLOGY_ENTRY,
    }
)
#: "the Trust", "the Council": one of the document's agencies, if only one ends so.
_THE = re.compile(
    r"\b[Tt]he (?P<last>Trust|Council|Board|Service|School|Academy|College|Hospital|Infirmary"
    r"|Surgery|Practice|Partnership|Constabulary|Association|Project|Unit|Charity)\b(?! [A-Z])"
)
#: A short form of one word may be the name of a place.
_AT_A_PLACE = re.compile(r"\b(?:in|to|near|of|around|across|outside|North|South|East|West) $")
#: A chronology is often an annex.
_CHRONOLOGY_ROLES = frozenset(
    {*EVIDENCE_ROLES, SectionRole.APPENDIX, SectionRole.METHODOLOGY, SectionRole.FRONT_MATTER}
)
#: So many contacts make an agency without a name one of the agencies of the document.
MIN_CONTACTS = 2
_CHILD_REVIEWS = frozenset(
    {
        "child_safeguarding_practice_review",
        "serious_case_review",
        "thematic_review",
        "joint_review",
        "offensive_weapons_homicide_review",
    }
)
#: Kinds whose names are more than a place: their first words alone may mean them.
_OWN_NAMES = frozenset(
    {"voluntary", "housing", "education", "primary_care", "childrens_home", "substance_misuse"}
)
_SOCIAL = ("childrens_social_care", "adult_social_care")


@dataclass(frozen=True, slots=True)
class AgenciesFound:
    """The agencies of a document, and where they are named in what it tells of the case."""

    agencies: tuple[Agency, ...]
    mentions: tuple[AgencyMention, ...]


@dataclass(slots=True)
class _Named:
    """One place of a name: in characters of the segment's text."""

    start: int
    end: int
    kind: str
    name: Name | None  # None: the document has no name for it
    general: str = ""  # what it is then called in general words
    is_one_of_several: bool = False  # the document names several that the words may mean


def agencies_of(reading: Reading, kinds: Kinds) -> AgenciesFound:
    """The agencies that a document names and the places in its evidence sections that name them.

    Lists of who took part in the review (terms of reference, methodology, front matter) give
    names, never contacts. An agency without a name of its own ("the police") is listed by
    general words where the text tells of two contacts or more with it.
    """
    finder = _Finder(reading, kinds)
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
    listed = [name for name in unnamed.values() if n_contacts[name.name] >= MIN_CONTACTS]
    agencies = _records(reading, finder.names, listed)
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


class _Finder:
    """Finds the agencies of one document in its sentences."""

    def __init__(self, reading: Reading, kinds: Kinds) -> None:
        self._kinds = kinds
        self.names = _settled(names_of(reading, kinds), reading.document.review_type)
        self._short = short_forms(self.names)
        self._events = {event.segment: event for event in reading.events}
        self._is_child_review = reading.document.review_type in _CHILD_REVIEWS
        spoken = {form for form in self._short if len(form) > 3}
        forms = {each for name in self.names for each in (name.name, *name.aliases)}
        forms |= {_as_printed(name, form) for form, name in self._short.items() if form in spoken}
        listed = "|".join(re.escape(form) for form in sorted(forms - {""}, key=len, reverse=True))
        self._forms = (
            re.compile(rf"(?<![\w’'-])(?:{listed})(?![\w-])(?! [A-Z])") if listed else None
        )

    def in_segment(self, segment: Segment) -> Iterator[tuple[_Named, tuple[int, int], bool]]:
        """Each agency named, the sentence around it, and whether it tells of a contact."""
        event = self._events.get(segment.ordinal)
        if segment.kind is SegmentKind.CHRONOLOGY_ENTRY and event is not None:
            yield from self._in_entry(segment, event)
            return
        for first, last in sentences(segment.text):
            sentence = segment.text[first:last]
            contact = self.tells_of_contact(sentence)
            for named in self._named_in(sentence):
                place = replace(named, start=first + named.start, end=first + named.end)
                yield place, (first, last), contact

    def tells_of_contact(self, sentence: str) -> bool:
        """Whether a sentence says that an agency did something with the people of the case."""
        acts = self._kinds.contact.search(sentence)
        return bool(acts) and not self._kinds.no_contact.search(sentence)

    def _in_entry(
        self, segment: Segment, event: DatedEvent
    ) -> Iterator[tuple[_Named, tuple[int, int], bool]]:
        whole = (0, len(segment.text))
        contact = not self._kinds.no_contact.search(event.text)
        column = segment.text.find(event.agency) if event.agency else -1
        seen = set()
        for part in split_names(event.agency, self._kinds) if column >= 0 else ():
            at = segment.text.find(part, column)
            for named in self._resolved(part):
                if at >= 0 and named.kind not in seen:
                    seen.add(named.kind)
                    yield (
                        replace(named, start=at, end=at + len(part)),
                        whole,
                        contact,
                    )
        acts = contact and self.tells_of_contact(event.text)
        for named in self._named_in(segment.text):
            if named.kind not in seen:
                yield named, whole, acts

    def _resolved(self, part: str) -> list[_Named]:
        """Whom a cell of a column of agencies means."""
        name = self._short.get(name_key(part)) or next(
            (name for name in self.names if name_key(name.name) == name_key(part)), None
        )
        if name is not None:
            return [_Named(0, len(part), name.kind, name)]
        found = self._named_in(part)
        if found:
            return found[:1]
        kind = self._kinds.of_words(part)
        return (
            [self._of_kind((0, len(part)), kind, self._kinds.first_general(kind))] if kind else []
        )

    def _named_in(self, text: str) -> list[_Named]:
        found: list[_Named] = []
        for match in self._forms.finditer(text) if self._forms else ():
            name = self._short.get(name_key(match.group())) or self._whole(match.group())
            one_word = " " not in match.group() and name and match.group() != name.name
            if name and not (one_word and _AT_A_PLACE.search(text[: match.start()])):
                found.append(_Named(match.start(), match.end(), name.kind, name))
        for match in _THE.finditer(text):
            if name := self._short.get(match["last"].lower()):
                found.append(_Named(match.start("last"), match.end(), name.kind, name))
        for general in self._kinds.general_words(text):
            span = (general.start, general.end)
            found.append(self._of_kind(span, general.kind_id, general.name))
        return _apart(found)

    def _whole(self, form: str) -> Name | None:
        key = name_key(form)
        return next(
            (
                name for name in self.names
                if key in {name_key(name.name), *map(name_key, name.aliases)}
            ),
            None,
        )  # fmt: skip

    def _of_kind(self, span: tuple[int, int], kind: str, general: str) -> _Named:
        """The only agency of the kind, if the document names one; else the kind alone."""
        if kind == "social_care":
            kind = self._whose_social_care()
            general = {"childrens_social_care": "children's social care",
                       "adult_social_care": "adult social care"}.get(kind, general)  # fmt: skip
        owners = [name for name in self.names if name.kind == kind]
        same = [name for name in owners if self._general_names(name) in ("", general)]
        only = same[0] if len(same) == 1 else None
        return _Named(*span, kind, only, general, len(same) > 1)

    def _general_names(self, name: Name) -> str:
        """The general words that the name itself holds ("... Community Midwifery")."""
        return next(
            (
                general for kind in self._kinds.kinds if kind.kind_id == name.kind
                for general, pattern in kind.general if pattern.search(name.name)
            ),
            "",
        )  # fmt: skip

    def _whose_social_care(self) -> str:
        named = {name.kind for name in self.names}.intersection(_SOCIAL)
        if len(named) == 1:
            return next(iter(named))
        return _SOCIAL[0] if self._is_child_review else "social_care"


def _as_printed(name: Name, form: str) -> str:
    """The first words of the name that a short form stands for, as the name prints them.

    Empty for kinds that are named after places: "Marchford" is a town, not its police.
    """
    if name.kind not in _OWN_NAMES:
        return ""
    n_words = len(form.split())
    first = " ".join(name.name.split()[:n_words])
    return first if name_key(first) == form else ""


def _settled(names: list[Name], review_type: str) -> list[Name]:
    """A trust of unknown kind is the mental health trust in a review of mental health care."""
    if review_type == "mental_health_homicide_review":
        for name in names:
            if name.kind == "nhs_trust":
                name.kind = "mental_health"
    return names


def _apart(found: Sequence[_Named]) -> list[_Named]:
    """Names that do not overlap: the longest, named ones before kinds alone."""
    kept: list[_Named] = []
    for named in sorted(found, key=lambda n: (n.start - n.end, n.name is None, n.start)):
        if all(named.end <= other.start or named.start >= other.end for other in kept):
            kept.append(named)
    return sorted(kept, key=lambda named: named.start)


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a passage."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    ends = [*starts[1:], len(text)]
    return [(first, last) for first, last in zip(starts, ends, strict=True) if first < last]
