"""Names of files and anchors, made from ids alone: no title or file name ever becomes a path."""

from __future__ import annotations

import hashlib
import re

# Lower case only: two names that differ by case are one file on some disks.
_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,118}[a-z0-9])?")
_UNSAFE_RUN = re.compile(r"[^a-z0-9]+")
#: Names that Windows keeps for devices.
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|index")


def stem(identifier: str) -> str:
    """The identifier as the stem of a file name or an anchor; different ids stay different.

    A plain id stays as it is. Any other is shortened to its plain characters, and a digest of
    the whole id keeps it apart.
    """
    if _SAFE.fullmatch(identifier) and not _RESERVED.fullmatch(identifier):
        return identifier
    digest = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    plain = _UNSAFE_RUN.sub("-", identifier.lower()).strip("-")[:40].rstrip("-")
    return f"{plain}-{digest}" if plain else f"x-{digest}"


def short_id(document_id: str) -> str:
    """The folder of a document's pages: the first twelve characters of its hash."""
    return stem(document_id[:12])


def page_name(number: int) -> str:
    """The stem of a page's file: ``p012``."""
    return f"p{number:03d}"


def page_path(document_id: str, number: int) -> str:
    """Path of a page from the report's root."""
    return f"pages/{short_id(document_id)}/{page_name(number)}.html"


def coding_anchor(coding_id: str) -> str:
    """The anchor of a coding on the page of its words."""
    return f"c-{stem(coding_id)}"


def segment_anchor(ordinal: int) -> str:
    """The anchor of a segment on the page of its words."""
    return f"s-{ordinal}"


def case_anchor(case_id: str) -> str:
    """The anchor of a case on an evidence or factor page."""
    return f"case-{stem(case_id)}"
