"""The agencies of a document: every name once, with its kind and its short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.cases.journey.kinds import Kinds
from workbench.cases.journey.naming.forms import Name, merged
from workbench.cases.journey.naming.glossary import glossary_names
from workbench.records import Reading, Segment, SegmentKind

#: Columns of tables that hold agencies.
AGENCY_COLUMN = re.compile(
    r"^(?:(?:lead |responsible |contributing )?(?:agenc(?:y|ies)|organisations?)(?: or role)?"
    r"|sources?|(?:agency|organisation)(?: or source)?|bod(?:y|ies)|providers?)$",
    re.IGNORECASE,
)
_ROWS = frozenset({SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY})
_ASIDE = frozenset({SegmentKind.RUNNING_MATTER, SegmentKind.FOOTNOTE, SegmentKind.CAPTION})
#: First words of a sentence or a title that are no part of a name.
_FIRST = re.compile(
    r"^(?:(?:The|A|An|In|On|At|When|While|After|Before|By|Both|Her|His|Their|Its|Our|If|Although|But"
    r"|And|Since|Until|For|As|From|To|With|Neither|Each|Every|No|Local|This|That|Only|Once|Then"
    r"|Later|Had|Was|Did|Where|What|How|Who|Why|Many|Some|Most|All|One|Two|Three|Other|Another"
    r"|Named|Lead|Acting|Former|Independent|Mr|Mrs|Ms|Dr|Tell|Ask|Addressed to:?|Regional"
    r"|Safeguarding Lead|January|February|March|April|May|June|July|August|September|October"
    r"|November|December"
    r")\s+)+(?=[A-Z])"
)
_TITLE_OF_PERSON = re.compile(
    r"^(?:[\w’'-]+ ){0,4}?(?:Head|Director|Chief|Constable|Manager|Officer|Detective|Secretary"
    r"|Chair|Inspector|Superintendent|Principal|Lead|Coordinator|Nurse|Governor|Executive|Commander"
    r"|Minister|President|Member)s?(?: [\w’'-]+)*? (?:of|for|at|from)(?: the)? (?=[A-Z])"
)
#: Capitals that no beginning of a sentence asks for.
_WITHIN_SENTENCE = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+")
_POSSESSIVE = re.compile(r"(?<=\w)[’']s$")
_NO_AGENCY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter|Mother|Father"
    r"|Paragraph|Section|Table|Annex|Appendix|Recommendation|Finding|Figure)\b.*"
)
_NO_NAME = re.compile(
    r"^(?:none|n/?a|not applicable|various|all(?: agencies)?|family|-+|–|—)\b", re.I
)
#: "Trust crisis line": whose it is, in general words.
_OF_WHOM = re.compile(r"^(?:Trust|Council|Hospitals?) (?=[a-z])")
_SPLIT = re.compile(r"\s*[;/]\s*(?![^()]*\))")
#: "Lantern (specialist domestic abuse service)", "Upturn Carrowby, the drug service".
_EXPLAINED = re.compile(
    r"(?<![\w’'-])(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})"
    r"(?: \((?P<in>[a-z][^()]{3,70})\)"
    r"|, (?:the|a|an|its|her|his|their) (?P<after>[a-z][\w’' -]{3,60}))"
)
_BODY_WORD = re.compile(
    r"\b(?:services?|charit(?:y|ies)|projects?|providers?|units?|homes?|hostels?|schools?|agency|clubs?"
    r"|organisations?|teams?|trusts?|refuges?|clinics?|shelters?|landlords?|associations?"
    r"|accommodation|provision|treatment|advocacy|academ(?:y|ies)|abuse|hub|placement)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?P<what>[a-z][\w’' -]{3,50}?) (?:called|known as|named) "
    r"(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})"
)
#: What both have: most passages have neither, which is soon seen.
_HAS_ONE = (
    (_EXPLAINED, re.compile(r" \([a-z]|, (?:the|a|an|its|her|his|their) [a-z]")),
    (_CALLED, re.compile(r" (?:called|known as|named) [A-Z]")),
)
_DEFINED = re.compile(
    r"^\s*\((?:the |“the |‘the |[\"“‘])?(?P<short>[A-Z][\w&’'-]*(?: [A-Z]\w*)?)[\"”’]?\)"
)


def names_of(reading: Reading, kinds: Kinds) -> list[Name]:
    """The named agencies of a document, in the order in which they first stand there.

    A name is known by its ending ("North Fenwater Police"), by the column of a table that it
    stands in, by an explanation ("Lantern (specialist domestic abuse service)") or by the
    glossary. A shorter
    form of a longer name is the same agency where only one longer name ends or begins so.
    """
    people = {word for person in reading.people for word in (person.name, *person.aliases)}
    capitals = frozenset(_WITHIN_SENTENCE.findall(reading.frozen.text))
    found: list[Name] = []
    for segment in reading.segments:
        if segment.kind is not SegmentKind.RUNNING_MATTER:
            found += _in_text(segment, kinds, capitals)
            found += _explained(segment, kinds, people)
    found += _in_columns(reading, kinds)
    found += glossary_names(reading, kinds)
    found.sort(key=lambda name: (name.start, -name.end))
    return merged(found)


def _in_text(segment: Segment, kinds: Kinds, capitals: frozenset[str]) -> Iterator[Name]:
    """Names by their ending; of those that overlap the longest."""
    for place in _longest(segment.text, kinds):
        name = _POSSESSIVE.sub("", segment.text[place.start : place.end])
        before = name.removesuffix(place.ending).strip()
        if not name or (place.ending and not before) or before.endswith(","):
            continue  # the ending alone: "Police", "School", "Court, Probation"
        if place.ending[:1].islower() and before.split()[0] not in capitals:
            continue  # a sentence begins with it: "Match police notices to ..."
        start = segment.start_char + place.start
        found = Name(name=name, kind=place.kind, start=start, end=start + len(name))
        defined = _DEFINED.match(segment.text[place.end :])
        if defined:
            found.aliases.add(defined["short"])
        yield found


class _Place(NamedTuple):
    """A proper name in a text."""

    start: int
    end: int
    ending: str  # "" for a name that is known whole
    kind: str


def _longest(text: str, kinds: Kinds) -> list[_Place]:
    """Proper names that do not overlap: the longest first, then by the order of the kinds."""
    found = []
    for rank, match in kinds.names(text):
        ending = match.groupdict().get("ending") or ""
        start = match.start() + _start_of_name(match.group(), kinds)
        place = _Place(start, match.end(), ending, kinds.kinds[rank].kind_id)
        # Of equally long ones a name that is known whole goes before an ending.
        found.append((start - match.end(), bool(ending), rank, place))
    kept: list[_Place] = []
    for *_, place in sorted(found):
        if all(place.end <= other.start or place.start >= other.end for other in kept):
            kept.append(place)
    return sorted(kept)


def _start_of_name(whole: str, kinds: Kinds) -> int:
    """Where the name begins in what was matched: behind first words, offices, other names."""
    cut = 0
    for pattern in (_FIRST, _TITLE_OF_PERSON, _FIRST):
        if match := pattern.match(whole[cut:]):
            cut += match.end()
    for joint in re.finditer(r",? and (?:the )?|, ", whole):
        first = whole[cut : joint.start()]
        if joint.start() > cut and any(
            kind.named.fullmatch(first) and kind.kind_id != "government" for kind in kinds.kinds
        ):
            cut = joint.end()
    return cut


def _explained(segment: Segment, kinds: Kinds, people: set[str]) -> Iterator[Name]:
    for pattern, sign in _HAS_ONE:
        for match in pattern.finditer(segment.text) if sign.search(segment.text) else ():
            groups = match.groupdict()
            what = groups.get("in") or groups.get("after") or groups.get("what") or ""
            name = _POSSESSIVE.sub("", _FIRST.sub("", match["name"]))
            kind = kinds.described(what) if _BODY_WORD.search(what) or groups.get("in") else ""
            stranger = len(name) > 3 and not _NO_AGENCY.fullmatch(name)
            if kind and stranger and not _is_person(name, people):
                start = segment.start_char + match.start("name") + match["name"].find(name)
                yield Name(name=name, kind=kind, start=start, end=start + len(name))


def _is_person(name: str, people: set[str]) -> bool:
    return any(name.split()[0] in person.split() for person in people)


def _in_columns(reading: Reading, kinds: Kinds) -> Iterator[Name]:
    for cell, start, rest, segment in agency_cells(reading):
        if segment.kind is SegmentKind.CHRONOLOGY_ENTRY:
            rest = ""  # what happened says nothing of what the agency is
        yield from _in_cell(cell, start, rest, kinds)


class AgencyCell(NamedTuple):
    """A cell of a column that holds agencies."""

    text: str
    start: int  # in the document
    rest: str  # the other cells of the row
    segment: Segment


def agency_cells(reading: Reading) -> Iterator[AgencyCell]:
    """The cells of columns that hold agencies, by the heads of their tables."""
    column, from_right = -1, 0
    for segment in reading.segments:
        if segment.kind in _ASIDE:
            continue
        if segment.kind not in _ROWS:
            column = -1
            continue
        heads = [i for i, cell in enumerate(segment.cells) if AGENCY_COLUMN.match(cell.strip())]
        if heads and all(len(cell.split()) <= 6 for cell in segment.cells):
            column, from_right = heads[0], len(segment.cells) - heads[0]
            continue
        if column < 0 or len(segment.cells) < from_right:
            continue
        at = len(segment.cells) - from_right
        start = segment.start_char + sum(len(cell) + len(" | ") for cell in segment.cells[:at])
        rest = " ".join(cell for i, cell in enumerate(segment.cells) if i != at)
        yield AgencyCell(segment.cells[at], start, rest, segment)


def _in_cell(cell: str, start: int, rest: str, kinds: Kinds) -> Iterator[Name]:
    for part in split_names(cell, kinds):
        name = re.sub(r"\s*\([^)]*\)$|[,:].*$", "", part).strip(" .")
        place = cell.find(name)
        if not name or place < 0 or _NO_NAME.match(name) or not name[0].isupper():
            continue
        if len(name.split()) > 8 or is_common(name, kinds):
            continue
        kind = kinds.described(part) or kinds.described(rest)
        if not kind:  # a court, a relative, a place: a column of sources holds them too
            continue
        yield Name(name=name, kind=kind, start=start + place, end=start + place + len(name))


def split_names(cell: str, kinds: Kinds) -> list[str]:
    """The agencies of a cell: parted by semicolons, by strokes, or by "and" between two names."""
    parts = []
    for part in _SPLIT.split(cell):
        at = 0
        for joint in re.finditer(r"(?:,? and (?:the )?|, (?:and )?)(?![^()]*\))", part):
            before, after = part[at : joint.start()], part[joint.end() :]
            one_word = "," in joint.group() and " " not in before.strip()
            if kinds.of_words(after) and (kinds.of_words(before) or one_word):
                parts.append(before)
                at = joint.end()
        parts.append(part[at:])
    return [re.sub(r"^(?:the|The) ", "", part.strip()) for part in parts if part.strip()]


def is_common(name: str, kinds: Kinds) -> bool:
    """Whether the words name a kind only: "Police", "GP practice", "Trust crisis line"."""
    name = _OF_WHOM.sub("", name)
    return any(
        pattern.fullmatch(name) for kind in kinds.kinds for _, pattern in kind.general
    ) or any(
        match.groupdict().get("ending") == name
        for kind in kinds.kinds
        if (match := kind.named.fullmatch(name))
    )
