"""Who wrote a document, and whom it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.records import MetadataField, Metadatum
from workbench.segment.metadata.kinds import names_kind
from workbench.segment.metadata.printed import NAME, Printed, front, metadatum

_ADJECTIVES = r"(?:(?:independent|lead|overview|report|panel|sole|principal)\s+)*"
_OFFICE = rf"{_ADJECTIVES}(?:chair|author|reviewer|investigator|inspector|writer)s?"
AUTHORS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:{_OFFICE}(?:\s+(?:and|&)\s+{_OFFICE})*)\s*[:,–-]\s*(?P<name>{NAME})",
        rf"\b(?i:(?:prepared|written|compiled)(?: for [^.]{{3,80}}?)? by)\s+(?P<name>{NAME})",
        rf"\bI am (?P<name>{NAME}),?\s+(?:\w+ ){{0,3}}(?i:coroner)\b",
        rf"^(?P<name>{NAME}),\s+(?:\w+ ){{0,2}}(?i:coroner)\b",
    )
)
MAX_AUTHORS = 3
_TITLES = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Master)\.? )?"
_NAMED = r"[A-Z][a-z’'][\w’'-]*(?: [A-Z][\w’'-]+){1,3}"
DECEASED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bDeceased:\s*{_TITLES}(?P<name>{_NAMED})",
        rf"\bdeath of:?\s+{_TITLES}(?P<name>{_NAMED})",
    )
)
_ONE = (
    r"(?:(?:Child|Adult|Baby|Mr|Mrs|Ms|Miss|Young Person|Family) (?:[A-Z]{1,2}\d?\b|[A-Z][a-z]+)"
    r"|[A-Z][a-z’'][\w’'-]*)"
)
QUOTED = re.compile(rf"[“\"‘](?P<name>{_ONE}(?: [A-Z][\w’'-]+)?)[”\"’]")
ABOUT = re.compile(
    rf"\b(?i:deaths? of|treatment of|concerning|learning from|in respect of|regarding)\s+"
    rf"(?P<names>{_ONE}(?:(?:,| and) {_ONE})*)(?=$|[\s,.;:])"
)
PART = re.compile(rf"^(?P<names>{_ONE}(?:(?:, | and ){_ONE})*)(?=$|, aged|, who)")
NO_NAMES = frozenset(
    {"Overview", "Executive", "Report", "Summary", "Local", "The", "Final", "Learning", "Joint",
     "Review", "Five", "Published", "Restricted"}
)  # fmt: skip


def authors(printed: Sequence[Printed]) -> list[Metadatum]:
    """Author, chair, reviewer or coroner, as the first two pages name them."""
    found: dict[str, Metadatum] = {}
    for each in front(printed, 2):
        for pattern in AUTHORS:
            for match in pattern.finditer(each.text):
                name = match["name"]
                found.setdefault(
                    name.casefold(),
                    metadatum(MetadataField.AUTHOR, name, each.segment, 0.9, match.span("name")),
                )
    return list(found.values())[:MAX_AUTHORS]


def deceased(printed: Sequence[Printed]) -> Metadatum | None:
    """Into whose death a coroner has inquired."""
    for each in front(printed, 2):
        for pattern in DECEASED:
            if match := pattern.search(each.text):
                name = match["name"].rstrip("’'")
                return metadatum(MetadataField.SUBJECT, name, each.segment, 0.9, match.span("name"))
    return None


def subjects(title: Metadatum | None) -> list[Metadatum]:
    """The pseudonyms that a title gives, by the form in which titles name people."""
    if title is None:
        return []
    names = [match["name"] for match in QUOTED.finditer(title.value)]
    if not names:
        texts = [match["names"] for match in ABOUT.finditer(title.value)]
        parts = re.split(r"[:.]\s+", title.value)
        texts += [match["names"] for part in parts if (match := PART.match(part))
                  and names_kind(part) is None]  # fmt: skip
        names = [name for text in texts for name in re.split(r",\s*|\s+and\s+", text)]
    kept = [name for name in dict.fromkeys(names) if name.split()[0] not in NO_NAMES]
    return [
        Metadatum(
            document_id=title.document_id, field=MetadataField.SUBJECT, value=name,
            confidence=0.85, source=title.source,
            start_char=title.start_char, end_char=title.end_char,
        )
        for name in kept
    ]  # fmt: skip
