"""A bare passage as a document that the coder can read, and its codings as a line of a file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.pipeline.suggesting.kinds import guess_kind
from workbench.records import (
    Coding,
    Document,
    DocumentStatus,
    Person,
    SectionRole,
    Segment,
    SegmentKind,
)
from workbench.records.codec import to_plain

#: Names that files of passages give to sections, besides the names of the section roles.
SECTIONS = {
    "circumstances": SectionRole.FACTS,
    "concerns": SectionRole.FINDINGS,
    "body": SectionRole.FINDINGS,
    "chronology": SectionRole.FACTS,
    "background": SectionRole.FACTS,
    "conclusions": SectionRole.FINDINGS,
    "lessons": SectionRole.FINDINGS,
    "introduction": SectionRole.FRONT_MATTER,
}
REVIEW_TYPES = {"pfd": "prevention_of_future_deaths_report"}
#: Passages of one document stand this far apart in its text.
_GAP = "\n\n"
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
#: Control characters other than tab and line ends, and halves of surrogate pairs.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]+")
#: No word is that long, and the time to take it apart grows with its square.
_ENDLESS = re.compile(r"\S{1000,}")
#: Every ordinary English text of some length has many of these; other languages have none.
_ENGLISH = frozenset(
    ("the", "and", "to", "of", "that", "with", "were", "she", "they", "his", "her", "from", "this",
     "which", "have", "been", "their", "who", "for", "would", "not", "but", "by")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_MIN_LETTERS, _MIN_WORDS, _MIN_ENGLISH_SHARE = 20, 25, 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class BarePassage:
    """A passage as a file gives it."""

    passage_id: str | int
    text: str
    doc: str = ""  # "" when the passage stands by itself
    section_role: SectionRole = SectionRole.FACTS
    review_type: str = ""
    notes: tuple[str, ...] = ()  # what the reader of the result should know

    def with_notes(self, notes: Iterable[str]) -> BarePassage:
        """The same passage with more notes, each once."""
        return replace(self, notes=tuple(dict.fromkeys((*self.notes, *notes))))


def line_problems(value: Mapping[str, Any]) -> list[str]:
    """What is wrong with an object that should be a passage; empty when nothing is."""
    problems = []
    for name, kinds, wanted in (
        ("id", (str, int), "a text or a whole number"),
        ("text", (str,), "a text"),
    ):
        if name not in value:
            problems.append(f"has no {name!r}")
        elif not isinstance(value[name], kinds) or isinstance(value[name], bool):
            problems.append(f"{name!r} is not {wanted}")
    if value.get("id") == "":
        problems.append("'id' is empty")
    if not isinstance(value.get("doc") or "", str | int):
        problems.append("'doc' is not a text")
    return problems


def passage_of(value: Mapping[str, Any]) -> BarePassage:
    """The passage of an object without problems."""
    text, notes = value["text"], []
    role, note = _section_role(value)
    if note:
        notes.append(note)
    if not text.strip():
        notes.append("the text is empty")
    for n_chars, what in (
        (_count(_UNREADABLE, text), "control or broken characters"),
        (_count(_ENDLESS, text), "characters without a space among them"),
    ):
        if n_chars:
            notes.append(f"{n_chars:,} {what} were read as spaces")
    if not _is_english(text):
        notes.append("does not look like English; the rules know English only")
    kind = str(value.get("review_type") or value.get("source") or "")
    return BarePassage(
        passage_id=value["id"],
        text=text,
        doc=str(value.get("doc") or ""),
        section_role=role,
        review_type=REVIEW_TYPES.get(kind, kind),
        notes=tuple(notes),
    )


def readable(text: str) -> str:
    """The text as the coder reads it: of the same length, without what no reader can handle."""
    plain = _UNREADABLE.sub(_spaces, text)
    return _ENDLESS.sub(_spaces, plain)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(len(match[0]) for match in pattern.finditer(text))


def document_of(passages: Sequence[BarePassage]) -> tuple[Document, list[Segment], list[int]]:
    """Passages of one document as the coder gets them, and where each begins in its text.

    A passage is one or more segments, parted by blank lines. Where the kind of document is not
    given, it is guessed from the words of all its passages.
    """
    name = passages[0].doc or str(passages[0].passage_id)
    document_id = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()
    segments: list[Segment] = []
    starts, position = [], 0
    for passage in passages:
        starts.append(position)
        text = readable(passage.text)
        for first, last in _paragraphs(text):
            segments.append(
                Segment(
                    document_id=document_id,
                    ordinal=len(segments),
                    kind=SegmentKind.PARAGRAPH,
                    section_role=passage.section_role,
                    start_char=position + first,
                    end_char=position + last,
                    text=text[first:last],
                    page_start=1,
                    page_end=1,
                )
            )
        position += len(text) + len(_GAP)
    document = Document(
        document_id=document_id,
        file_name=name,
        status=DocumentStatus.OK,
        review_type=passages[0].review_type or guess_kind(each.text for each in passages),
    )
    return document, segments, starts


def result_line(
    passage: BarePassage,
    codings: Sequence[Coding],
    people: Sequence[Person],
    start_char: int,
    review_type: str,
) -> dict[str, object]:
    """What the output says of one passage; offsets count characters of the text as given."""
    names = {person.person_id: person.name for person in people}
    line: dict[str, object] = {
        "id": passage.passage_id,
        "codings": [_plain(coding, passage.text, start_char, names) for coding in codings],
    }
    if not passage.review_type:
        line["read_as"] = review_type
    if passage.notes:
        line["notes"] = list(passage.notes)
    return line


def _plain(
    coding: Coding, text: str, start_char: int, names: Mapping[str, str]
) -> dict[str, object]:
    first, last = coding.start_char - start_char, coding.end_char - start_char
    person = {"person": names[coding.person_id]} if coding.person_id in names else {}
    return {
        "code": coding.code_id,
        "assertion": coding.assertion.value,
        "subject_role": coding.subject_role.value,
        "temporality": coding.temporality.value,
        "valence": coding.valence.value,
        "quote": text[first:last],
        "start_char": first,
        "end_char": last,
        "score": to_plain(coding.score),
        "source": coding.source,
        "explanation": coding.explanation,
        **person,
    }


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the parts between blank lines, without the space around them."""
    begin = 0
    for gap in _BLANK_LINES.finditer(text):
        yield from _stripped(text, begin, gap.start())
        begin = gap.end()
    yield from _stripped(text, begin, len(text))


def _stripped(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    part = text[first:last]
    length = len(part.strip())
    if length:
        first += len(part) - len(part.lstrip())
        yield first, first + length


def _section_role(value: Mapping[str, Any]) -> tuple[SectionRole, str]:
    """The role that is given, else the one that the section's name stands for, else facts."""
    known = {role.value: role for role in SectionRole}
    given = value.get("section_role")
    if given:
        name = str(given)
        note = f"section_role {name[:40]!r} is not known; read as facts"
        return (known[name], "") if name in known else (SectionRole.FACTS, note)
    name = str(value.get("section") or "").strip().lower().replace(" ", "_")
    return SECTIONS.get(name) or known.get(name, SectionRole.FACTS), ""


def _is_english(text: str) -> bool:
    """Whether enough of the words are those that English cannot do without.

    A short text cannot be judged and counts as English; so does a text without letters.
    """
    words = _WORD.findall(text[:20_000].lower())
    letters = "".join(words)
    if len(letters) >= _MIN_LETTERS and sum(map(str.isascii, letters)) < len(letters) / 2:
        return False  # another alphabet, which may know no spaces
    if len(words) < _MIN_WORDS:
        return True
    return sum(word in _ENGLISH for word in words) / len(words) >= _MIN_ENGLISH_SHARE
