"""What a document says that a short form stands for: in its glossary, or in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.cases.journey.kinds import General, Kinds
from workbench.cases.journey.naming.forms import Name
from workbench.records import Reading, SectionRole, Segment, SegmentKind

#: "Hearthside: the charity ...", "CSC – Children's Social Care"
_ENTRY = re.compile(r"^(?P<term>[^:–—|]{2,60}?)(?::| [–—-]) (?P<meaning>\S.*)", re.DOTALL)
#: Initials, as "CSC", "HTT", "A&E"; a plural or a possessive mark is no part of them.
_INITIALS = re.compile(r"^[A-Z][A-Za-z]*[A-Z&][A-Za-z&]{0,5}$")
_IN_BRACKETS = re.compile(r"\s*\((?:the |[\"“‘])*(?P<short>[A-Z][A-Za-z&]{1,7})[\"”’]?\)")
_ARTICLE = re.compile(r"^(?:the|a|an|our|its) ", re.IGNORECASE)
#: What it is stands before anything said of it: "the Council's contracted service for people ...".
_IS_A_BODY = re.compile(
    r"^(?:the|a|an|our|its) (?:(?!(?:by|of|for|to|at|with|in|that|which|used|made)\b)[\w’'-]+ )"
    r"{0,5}?(?:services?|charity|project|provider|unit|home|hostel|school|agency|club"
    r"|organisation|team|trust|refuge|clinic|shelter|landlord|association)\b",
    re.IGNORECASE,
)
_MAX_WORDS_OF_NAME = 4


class _Term(NamedTuple):
    term: str
    meaning: str
    start: int  # of the term in the document


def glossary_names(reading: Reading, kinds: Kinds) -> Iterator[Name]:
    """Names that the glossary explains: "Hearthside: the charity commissioned to ..."."""
    for term, meaning, start in _terms(reading):
        words = term.split()
        is_name = len(words) <= _MAX_WORDS_OF_NAME and all(word[0].isupper() for word in words)
        if not is_name or _INITIALS.match(term) or not _IS_A_BODY.match(meaning):
            continue
        if kind := kinds.described(meaning.split(".")[0]):
            yield Name(name=term, kind=kind, start=start, end=start + len(term))


def short_generals(reading: Reading, kinds: Kinds) -> dict[str, General]:
    """Initials -> the general words that they stand for: "CSC", "Children's Social Care".

    The first meaning given counts; names with short forms are kept with the names.
    """
    found: dict[str, General] = {}
    for term, meaning, _ in _terms(reading):
        full = _ARTICLE.sub("", meaning)
        general = next(kinds.general_words(full), None)
        if _INITIALS.match(term) and general and general.start == 0:
            found.setdefault(term, general)
    for segment in reading.segments:
        if "(" in segment.text and segment.kind is not SegmentKind.RUNNING_MATTER:
            for general in kinds.general_words(segment.text):
                short = _IN_BRACKETS.match(segment.text, general.end)
                if short and _INITIALS.match(short["short"]):
                    found.setdefault(short["short"], general)
    return found


def _terms(reading: Reading) -> Iterator[_Term]:
    for segment in reading.segments:
        if segment.section_role is SectionRole.GLOSSARY:
            yield from _in_entry(segment)


def _in_entry(segment: Segment) -> Iterator[_Term]:
    if len(segment.cells) == 2:
        term, meaning = (cell.strip() for cell in segment.cells)
    elif entry := _ENTRY.match(segment.text):
        term, meaning = entry["term"].strip(), entry["meaning"]
    else:
        return
    if term and meaning:
        yield _Term(term, meaning, segment.start_char + segment.text.find(term))
