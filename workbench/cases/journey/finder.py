"""Finds the agencies of one document in its sentences and chronology entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.cases.journey.contact import ContactWords
from workbench.cases.journey.kinds import General, Kinds
from workbench.cases.journey.naming.forms import Name, is_short_for, name_key, short_forms
from workbench.cases.journey.naming.glossary import short_generals
from workbench.cases.journey.naming.names import names_of, split_names
from workbench.records import DatedEvent, Reading, Segment, SegmentKind

_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]?[A-Z0-9])")
#: "the Trust", "the Council": one of the document's agencies, if only one ends so.
_THE = re.compile(
    r"\b[Tt]he (?P<last>Trust|Council|Board|Service|School|Academy|College|Hospital|Infirmary"
    r"|Surgery|Practice|Partnership|Constabulary|Association|Project|Unit|Charity)\b(?! [A-Z])"
)
#: A short form of one word may be the name of a place.
_AT_A_PLACE = re.compile(
    r"\b(?:in|near|around|across|outside|North|South|East|West"
    r"|(?:mov\w+|went|gone|go|c[ao]me|travel\w*|return\w*|drove|back|close|home) to"
    r"|(?:city|town|village|borough|centre|north|south|east|west|people|outside|part) of) $"
)
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


@dataclass(slots=True)
class Named:
    """One place of a name: in characters of the segment's text."""

    start: int
    end: int
    kind: str
    name: Name | None  # None: the document has no name for it
    general: str = ""  # what it is then called in general words
    is_one_of_several: bool = False  # the document names several that the words may mean


class Finder:
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
        self._contact = ContactWords(kinds, reading.people)
        self._initials = {
            form: general
            for form, general in short_generals(reading, kinds).items()
            if form not in forms
        }
        initials = "|".join(re.escape(form) for form in sorted(self._initials))
        self._general_forms = re.compile(rf"(?<![\w’'-])(?:{initials})(?![\w-])")

    def in_segment(self, segment: Segment) -> Iterator[tuple[Named, tuple[int, int], bool]]:
        """Each agency named, the sentence around it, and whether it tells of a contact."""
        event = self._events.get(segment.ordinal)
        if segment.kind is SegmentKind.CHRONOLOGY_ENTRY and event is not None:
            yield from self._in_entry(segment, event)
            return
        for first, last in sentences(segment.text):
            sentence = segment.text[first:last]
            found = self._named_in(sentence)
            about_people = bool(found) and self._contact.about_people(sentence)
            for named in found:
                place = replace(named, start=first + named.start, end=first + named.end)
                contact = about_people and self._contact.tells(sentence, named.start, named.end)
                yield place, (first, last), contact

    def _in_entry(
        self, segment: Segment, event: DatedEvent
    ) -> Iterator[tuple[Named, tuple[int, int], bool]]:
        whole = (0, len(segment.text))
        contact = not self._contact.is_denied(event.text)
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
        for named in self._named_in(segment.text):
            if named.kind not in seen:
                tells = self._contact.tells(segment.text, named.start, named.end)
                acts = self._contact.about_people(segment.text)
                yield named, whole, contact and tells and acts

    def _resolved(self, part: str) -> list[Named]:
        """Whom a cell of a column of agencies means."""
        name = self._short.get(name_key(part)) or next(
            (name for name in self.names if name_key(name.name) == name_key(part)), None
        )
        if name is not None:
            return [Named(0, len(part), name.kind, name)]
        found = self._named_in(part)
        if found:
            return found[:1]
        longer = [name for name in self.names if is_short_for(name_key(part), name_key(name.name))]
        if len(longer) == 1:
            return [Named(0, len(part), longer[0].kind, longer[0])]
        kind = self._kinds.of_words(part)
        return (
            [self._of_kind((0, len(part)), kind, self._kinds.first_general(kind))] if kind else []
        )

    def _named_in(self, text: str) -> list[Named]:
        found: list[Named] = []
        for match in self._forms.finditer(text) if self._forms else ():
            name = self._short.get(name_key(match.group())) or self._whole(match.group())
            one_word = " " not in match.group() and name and match.group() != name.name
            if name and not (one_word and _AT_A_PLACE.search(text[: match.start()])):
                found.append(Named(match.start(), match.end(), name.kind, name))
        for match in _THE.finditer(text):
            if name := self._short.get(match["last"].lower()):
                found.append(Named(match.start("last"), match.end(), name.kind, name))
        for general in self._kinds.general_words(text):
            found.append(self.of_general(general, (general.start, general.end)))
        for match in self._general_forms.finditer(text) if self._initials else ():
            found.append(self.of_general(self._initials[match.group()], match.span()))
        return _apart(found)

    def of_general(self, general: General, span: tuple[int, int]) -> Named:
        """Whom general words mean: the only agency of the kind, or the kind alone."""
        return self._of_kind(span, general.kind_id, general.name)

    def _whole(self, form: str) -> Name | None:
        key = name_key(form)
        return next(
            (
                name for name in self.names
                if key in {name_key(name.name), *map(name_key, name.aliases)}
            ),
            None,
        )  # fmt: skip

    def _of_kind(self, span: tuple[int, int], kind: str, general: str) -> Named:
        """The only agency of the kind, if the document names one; else the kind alone."""
        if kind == "social_care":
            kind = self._whose_social_care()
            general = {"childrens_social_care": "children's social care",
                       "adult_social_care": "adult social care"}.get(kind, general)  # fmt: skip
        owners = [name for name in self.names if name.kind == kind]
        same = [name for name in owners if self._general_names(name) in ("", general)]
        only = same[0] if len(same) == 1 else None
        return Named(*span, kind, only, general, len(same) > 1)

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


def _apart(found: Sequence[Named]) -> list[Named]:
    """Names that do not overlap: the longest, named ones before kinds alone."""
    kept: list[Named] = []
    for named in sorted(found, key=lambda n: (n.start - n.end, n.name is None, n.start)):
        if all(named.end <= other.start or named.start >= other.end for other in kept):
            kept.append(named)
    return sorted(kept, key=lambda named: named.start)


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of a passage."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    ends = [*starts[1:], len(text)]
    return [(first, last) for first, last in zip(starts, ends, strict=True) if first < last]
