"""Those who are told by what they do for a living: they help people, or wrote the review."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.coding.people.finding.marks import occurrences
from workbench.coding.people.finding.naming.evidence import POST
from workbench.coding.people.finding.naming.name import Name


def posts(names: Iterable[Name], text: str) -> list[str]:
    """Those who are introduced by what they do: "a form tutor, Mr A", "Curtis, a mentor"."""
    return [
        name.text
        for name in names
        if any(
            _POST_JUST_BEFORE.search(text[max(0, start - _POST_CHARS) : start])
            or _POST_JUST_AFTER.match(text, end)
            for form in name.forms
            for start, end in occurrences(text, form)
        )
    ]


_POST_JUST_BEFORE = re.compile(rf"\b{POST},? (?:called |named )?[“\"'‘]?$")
_POST_JUST_AFTER = re.compile(rf"[”\"'’]?, (?:an?|the|his|her|their) (?:[a-z-]+ ){{0,2}}{POST}\b")
_POSTS = (
    r"(?:[Aa]uthor|[Cc]hair(?:man|woman|ed)?|[Rr]eviewer|[Cc]oroner|Dr|Professor|Detective|"
    r"[Ii]nspector|Superintendent|KC|QC|HHJ|[Jj]udge|Commissioner|Minister|consultant)"
)
_POST_BEFORE = re.compile(rf"\b{_POSTS}\b[^.\n]{{0,40}}$")
_POST_AFTER = re.compile(rf",? (?:\w+ ){{0,4}}{_POSTS}\b")
_POST_CHARS = 60  # the longest post and what may stand between it and the name


def wrote_the_review(name: str, text: str) -> bool:
    """Whether a full name is that of a chair, an author, a coroner or an officer."""
    if " " not in name:
        return False
    return any(
        _POST_BEFORE.search(text[max(0, start - _POST_CHARS) : start])
        or _POST_AFTER.match(text, end)
        for start, end in occurrences(text, name)
    )
