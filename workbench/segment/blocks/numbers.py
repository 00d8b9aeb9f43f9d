"""Paragraph numbers and bullets as reviews print them, before they are believed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from workbench.segment.layout.lines import TextLine
from workbench.segment.layout.redactions import REDACTED

Key = tuple[int, ...]

DECIMAL = re.compile(r"^(\d{1,2}(?:\.\d{1,3}){1,3})[.:)]?$")
INTEGER = re.compile(r"^(\d{1,3})([.:)]?)$")
IN_BRACKETS = re.compile(r"^\((\d{1,3}|[a-z]{1,2}|[ivxl]{1,6})\)[.:]?$", re.IGNORECASE)
#: A number with a letter of its own, as causes of death have: "1(a)", "1a".
WITH_LETTER = re.compile(r"^(\d)\(?([a-d])\)?[.:]?$")
LETTERED = re.compile(r"^([a-z]|[ivxl]{1,6})([.)])$", re.IGNORECASE)
CAPITAL = re.compile(r"^[A-Z]$")
PREFIXED = re.compile(r"^([A-Z]{1,4})(\d{1,3})[.:)]?$")
NAMED = re.compile(
    r"^(recommendation|finding|lesson|theme|kloe|learning|key|issue|concern|action)$", re.IGNORECASE
)
APPENDIX = re.compile(r"^(?:appendix|annex|annexe|schedule)$", re.IGNORECASE)
NAMED_SECOND = re.compile(r"^(point|finding|lesson|issue|line|theme)$", re.IGNORECASE)
NAMED_NUMBER = re.compile(r"^(\d{1,3}|[a-z])([.:)]?)$", re.IGNORECASE)
#: Arrows, geometric shapes, signs, dingbats, and the private signs of symbol fonts.
BULLET = re.compile(r"^[•·‣⁃∙◦\u2190-\u21ff\u25a0-\u27bf\u2b00-\u2bff\uf000-\uf0ff]$")
DASH = re.compile(r"^[-–—*o+]$")
MONTH = re.compile(r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*$", re.IGNORECASE)
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
WIDE_GAP = 0.55  # type sizes of white between a number and its text


@dataclass(frozen=True, slots=True)
class Label:
    """A number that may open a paragraph: how it counts, and as what it is printed."""

    printed: str
    n_words: int
    family: str  # labels that count together
    key: Key
    is_wide: bool  # more than a word space stands behind it


def labels(line: TextLine, *, as_heading: bool) -> list[Label]:
    """The readings of the first words as a number; several where "(i)" may be 1 or 9."""
    words = line.words
    first = words[0].text
    named = _named(line)
    if named:
        # "Theme 1: Drift" is a title with all its words.
        is_title = as_heading and words[named.n_words - 1].text.endswith(":")
        return [] if is_title and "recommendation" not in named.family else [named]
    wide = _is_wide(line, 1)
    suffix = "/heading" if as_heading else ""
    if match := DECIMAL.match(first):
        key = tuple(int(part) for part in match.group(1).split("."))
        return [Label(match.group(1), 1, f"decimal{suffix}", key, wide)]
    if match := INTEGER.match(first):
        return _integer(match, line, wide, as_heading=as_heading)
    if (match := PREFIXED.match(first)) and (
        wide or len(words) == 1 or _opens_sentence(words[1].text)
    ):
        printed = match.group(1) + match.group(2)
        return [Label(printed, 1, f"prefix {match.group(1)}", (int(match.group(2)),), wide)]
    if match := WITH_LETTER.match(first):
        key = (int(match.group(1)), ord(match.group(2)) - ord("a") + 1)
        return [Label(first.rstrip(".:"), 1, "number and letter", key, wide)]
    if wide and CAPITAL.match(first):
        return [Label(first, 1, "letter bare", (ord(first) - ord("A") + 1,), wide)]
    return _lettered(first, wide)


def _integer(match: re.Match[str], line: TextLine, wide: bool, *, as_heading: bool) -> list[Label]:
    value, mark = int(match.group(1)), match.group(2)
    if match.group(1).startswith("0") or len(line.words) < 2:
        return []
    following = line.words[1].text
    if as_heading and not mark and MONTH.match(following.strip(",")):
        return []  # "10 February 2011" is a date, however large
    if not mark and not wide and not as_heading and not _opens_sentence(following):
        return []
    family = "decimal/heading" if as_heading else f"integer {mark}"
    printed = match.group(1) + (mark if mark == ")" else "")
    return [Label(printed, 1, family, (value,), wide or bool(mark))]


def _opens_sentence(text: str) -> bool:
    """Whether a word may begin a paragraph behind a number: "12 May" and "12 people" do not."""
    if text.startswith(REDACTED):  # a name
        return True
    bare = text.strip("“”\"'‘’()[]")
    return bare[:1].isupper() and not MONTH.match(bare)


def _lettered(first: str, wide: bool) -> list[Label]:
    match = IN_BRACKETS.match(first)
    mark = "()"
    if match is None:
        match = LETTERED.match(first)
        mark = match.group(2) if match else ""
    if match is None:
        return []
    body = match.group(1)
    printed = f"({body})" if mark == "()" else body + (mark if mark == ")" else "")
    case = "upper" if body.isupper() else "lower"
    if body.isdigit():
        return [Label(printed, 1, f"integer {mark}", (int(body),), wide)]
    found = []
    value = _roman(body.casefold())
    if value:
        found.append(Label(printed, 1, f"roman {mark} {case}", (value,), wide))
    if len(body) == 1:
        number = ord(body.casefold()) - ord("a") + 1
        found.append(Label(printed, 1, f"letter {mark} {case}", (number,), wide))
    return found


def _named(line: TextLine) -> Label | None:
    """A name with its number: "Recommendation 3", "Learning point 2:", "Appendix B"."""
    texts = [word.text for word in line.words[:3]]
    if APPENDIX.match(texts[0]):
        return _appendix(line)
    if not NAMED.match(texts[0]) or len(texts) < 2:
        return None
    n_names = 2 if NAMED_SECOND.match(texts[1]) and len(texts) > 2 else 1
    match = NAMED_NUMBER.match(texts[n_names])
    if match is None or (match.group(1).isalpha() and not match.group(2)):
        return None
    value = match.group(1)
    key = (int(value),) if value.isdigit() else (ord(value.casefold()) - ord("a") + 1,)
    name = " ".join(texts[:n_names])
    wide = _is_wide(line, n_names + 1) or bool(match.group(2)) or len(line.words) == n_names + 1
    return Label(f"{name} {value}", n_names + 1, f"named {name.casefold()}", key, wide)


def is_bullet(line: TextLine) -> bool:
    """Whether the line opens with a bullet mark."""
    first = line.words[0].text
    if len(line.words) < 2:
        return bool(BULLET.match(first))
    return bool(BULLET.match(first)) or bool(DASH.match(first) and _is_wide(line, 1))


def _appendix(line: TextLine) -> Label | None:
    """The letter of an appendix, where white space parts it from the title."""
    first, second = (*(word.text for word in line.words[:2]), "")[:2]
    if _is_wide(line, 1):
        return Label(first, 1, "named appendix", (1,), True)
    if re.match(r"^(?:[A-Z]|\d{1,2})$", second) and _is_wide(line, 2):
        key = int(second) if second.isdigit() else ord(second) - ord("A") + 1
        return Label(f"{first} {second}", 2, "named appendix", (key,), True)
    return None


def _is_wide(line: TextLine, n_words: int) -> bool:
    """Whether more than a word space stands behind the first words; justified ones are wide."""
    if len(line.words) <= n_words:
        return False
    gaps = [right.x0 - left.x1 for left, right in pairwise(line.words)]
    gap, others = gaps[n_words - 1], sorted(gaps[n_words:])
    usual = others[len(others) // 2] if len(others) > 1 else 0.0
    return gap > WIDE_GAP * line.size_pt and gap > 1.4 * usual


def _roman(text: str) -> int:
    """The value of a roman numeral up to 89, 0 when it is none."""
    if not text or any(letter not in ROMAN_VALUES for letter in text):
        return 0
    values = [ROMAN_VALUES[letter] for letter in text]
    total = 0
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if 0 < total < 90 else 0
