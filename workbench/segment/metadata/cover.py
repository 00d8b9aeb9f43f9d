"""The title of a document, put together from the lines of its cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.records import MetadataField, Metadatum, SegmentKind
from workbench.segment.metadata.kinds import KINDS, names_kind
from workbench.segment.metadata.printed import Printed, front, is_aside, metadatum

MAX_TITLE_WORDS = 45
COVER_WORDS = 220  # a first page with fewer words is a cover
TITLE_SIZE_RATIO = 0.55  # of the largest line of the title: smaller lines are no title
SALUTATION = re.compile(r"(?:^|\s)dear\b", re.IGNORECASE)
SUBJECT_LINE = re.compile(r"^(?:re|subject|concerning)\s*:\s*", re.IGNORECASE)
SUBTITLE = re.compile(
    r"^(?:(?:the |an? )?(?:overview|executive|final|full|summary) (?:report|summary)\b"
    r"|(?:overview report )?(?:concerning|into|regarding|on) the deaths?\b|the deaths? of\b"
    r"|learning from\b|in respect of\b|(?:concerning|regarding)\b"
    r"|report (?:into|concerning|on) the\b)",
    re.IGNORECASE,
)
SECTION = re.compile(
    r"^(?:contents|introduction|foreword|preface|glossary|overview|summary|headline findings"
    r"|what happened|inspection outcome|background|acknowledgements?|main findings|the homicide"
    r"|(?:this report is|being) sent\b.*|terms of reference)\W*$",
    re.IGNORECASE,
)
CORONERS_TITLE = "Regulation 28 Report to Prevent Future Deaths"
SMALL_WORDS = frozenset({"and", "of", "the", "into", "in", "to", "for", "on", "a", "an", "at"})


def title(
    printed: Sequence[Printed], *, is_coroners: bool = False, dead: Metadatum | None = None
) -> Metadatum | None:
    """The title as a reader would give it: kind of review and whom or what it is about.

    A letter has it in its subject line, a coroner's report in the name of the person who
    died, any other document on its cover; where the cover says no more than the kind, the
    running head is asked.
    """
    opening = front(printed)
    if is_coroners:
        return _coroners_title(opening, dead)
    subject = _subject_line(opening)
    if subject is not None:
        value = SUBJECT_LINE.sub("", subject.text).rstrip(" .")
        return metadatum(MetadataField.TITLE, value, subject.segment, 0.9)
    parts = _cover_lines(opening)
    if not parts:
        return None
    value = _cut(_joined([_recased(part.text) for part in parts]))
    named = names_kind(value) is not None
    found = metadatum(MetadataField.TITLE, value, parts[0].segment, 0.9 if named else 0.7)
    found = replace(found, end_char=max(part.segment.end_char for part in parts))
    bare = named and re.sub(r"\W+", " ", _without_kind(value)).strip().casefold()
    if named and bare in ("", "local", "overview report", "executive summary"):
        return _from_running_head(printed) or found
    return found


def _coroners_title(opening: Sequence[Printed], dead: Metadatum | None) -> Metadatum | None:
    at = next((each for each in opening if names_kind(each.text)), None)
    if at is None:
        return None
    value = f"{CORONERS_TITLE}: {dead.value}" if dead else CORONERS_TITLE
    named = names_kind(at.text)
    return metadatum(
        MetadataField.TITLE, value, at.segment, 0.9, named[1].span() if named else None
    )


def _subject_line(opening: Sequence[Printed]) -> Printed | None:
    """The bold line, heading or "Re:" that follows the salutation of a letter."""
    at = next((i for i, each in enumerate(opening) if SALUTATION.search(each.text[-60:])
               and each.n_words <= 40), None)  # fmt: skip
    if at is None:
        return None
    for each in opening[at + 1 : at + 4]:
        marked = each.is_bold or each.segment.kind is SegmentKind.HEADING
        if (marked or SUBJECT_LINE.match(each.text)) and 2 < each.n_words <= MAX_TITLE_WORDS:
            return each
    return None


def _cover_lines(opening: Sequence[Printed]) -> list[Printed]:
    lines = [each for each in opening if each.is_display() and not is_aside(each.text)]
    lines = [each for each in lines if not SECTION.match(each.text)]
    anchor = _anchor(lines)
    if anchor is None:
        return []
    at = next(i for i, each in enumerate(opening) if each is anchor)
    large = TITLE_SIZE_RATIO * anchor.size_pt
    is_cover = sum(each.n_words for each in opening) < COVER_WORDS
    before = [each for each in opening[:at] if each in lines and each.size_pt >= large]
    after: list[Printed] = []
    for each in opening[at + 1 :]:
        if is_aside(each.text) and each.n_words <= 40:
            continue
        display = each.segment.kind is SegmentKind.HEADING and each.size_pt >= large
        subtitle = SUBTITLE.match(each.text) and each.n_words <= 25
        of_report = each.size_pt > 1.1 * _body_size(opening) or is_cover or subtitle
        if each not in lines or not (display or subtitle) or not of_report:
            break
        after.append(each)
    return [*(each for each in before if is_cover or names_kind(each.text)), anchor, *after]


def _anchor(lines: Sequence[Printed]) -> Printed | None:
    """The line that names the kind of review, the largest such; else the largest line."""
    marked = [e for e in lines if e.segment.kind is SegmentKind.HEADING or e.is_bold]
    for candidates in ([each for each in marked if names_kind(each.text)], marked):
        if candidates:
            return max(candidates, key=lambda each: each.size_pt)
    named = [each for each in lines if names_kind(each.text) and each.n_words <= 15]
    return named[0] if named else None


def _body_size(opening: Sequence[Printed]) -> float:
    """The type size of the longest passage of the page."""
    return max(opening, key=lambda each: each.n_words).size_pt


def _joined(parts: Sequence[str]) -> str:
    text = parts[0].strip()
    for part in parts[1:]:
        if part[:1].islower() or text.endswith((":", ".", "?", "–", "-")):
            joint = " "
        else:
            joint = ". " if ": " in text or not (names_kind(text) or names_kind(part)) else ": "
        text = f"{text}{joint}{part.strip()}"
    return text


def _recased(text: str) -> str:
    """A line in capitals in the case of a title; other lines as they are."""
    words = text.split()
    if not text.isupper() or len(words) < 3:
        return text
    recased = [
        word.lower() if i and word.lower() in SMALL_WORDS else word[:1] + word[1:].lower()
        for i, word in enumerate(words)
    ]
    return " ".join(recased)


def _cut(text: str) -> str:
    words = text.split()
    return text if len(words) <= MAX_TITLE_WORDS else " ".join(words[:MAX_TITLE_WORDS])


def _without_kind(text: str) -> str:
    for _, pattern in KINDS:
        text = pattern.sub(" ", text)
    return text


def _from_running_head(printed: Sequence[Printed]) -> Metadatum | None:
    for each in printed:
        if each.segment.kind is not SegmentKind.RUNNING_MATTER or not names_kind(each.text):
            continue
        text = re.sub(
            r"\s*(?:\||\bpage\b)?\s*\d+(?: of \d+)?\s*$|^\d+\s+", "", each.text, flags=re.I
        )
        rest = re.sub(r"\W+", " ", _without_kind(text)).strip()
        if rest and rest.casefold() not in ("local", "overview report", "executive summary"):
            return metadatum(MetadataField.TITLE, text, each.segment, 0.7)
    return None
