"""Which group a passage belongs to: for figures that show whom a coder serves less well.

Sex and age are read from the plainest words of the passage itself. They are what the words say
of whoever is spoken of, not what is known of a person, and most passages say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from workbench.learn.gold.records import GoldPassage

NOT_STATED = "not stated"
_FEMALE = re.compile(
    r"\b(?:she|her|hers|herself|mrs|miss|ms|woman|girl|daughter|mother|sister|wife)\b", re.I
)
_MALE = re.compile(
    r"\b(?:he|him|his|himself|mr|man|boy|son|father|brother|husband)\b", re.I
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20[0-4]\d)(?!\d)")
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty"),
        start=1,
    )
}  # fmt: skip
_AGE = re.compile(
    r"\b(?:aged|age of|at the age of)\s+(?P<after>\d{1,3}|[a-z]+)\b"
    r"|\b(?P<before>\d{1,3}|[a-z]+)[\s-]years?[\s-](?:old|of[\s-]age)\b",
    re.I,
)
_CHILD = re.compile(
    r"\b(?:baby|infant|toddler|child|children|boys?|girls?|teenagers?|schoolboy|schoolgirl)\b", re.I
)
_OLD = 65
_GROUPS = ((18, "under 18"), (25, "18 to 24"), (_OLD, "25 to 64"), (200, "65 and over"))


def stated_sex(text: str) -> str:
    """Female, male, both or not stated, by pronouns, titles and words for kin."""
    female, male = bool(_FEMALE.search(text)), bool(_MALE.search(text))
    if female and male:
        return "both"
    return "female" if female else "male" if male else NOT_STATED


def stated_age_group(text: str) -> str:
    """The group of the ages that are stated, else of words for children; "several" where mixed."""
    groups = {_group(age) for match in _AGE.finditer(text) if (age := _age(match)) is not None}
    if not groups and _CHILD.search(text):
        return _GROUPS[0][1]
    if not groups:
        return NOT_STATED
    return groups.pop() if len(groups) == 1 else "several"


def year_of(doc: str) -> str:
    """The last year that the name of the document holds."""
    years = _YEAR.findall(doc)
    return years[-1] if years else NOT_STATED


#: What passages are grouped by: title of the table -> group of a passage.
GROUPINGS: Mapping[str, Callable[[GoldPassage], str]] = {
    "source": lambda passage: passage.source or NOT_STATED,
    "section": lambda passage: passage.section or NOT_STATED,
    "year in the document's name": lambda passage: year_of(passage.doc),
    "sex stated": lambda passage: stated_sex(passage.text),
    "age stated": lambda passage: stated_age_group(passage.text),
}


def _age(match: re.Match[str]) -> int | None:
    word = (match["after"] or match["before"]).lower()
    return int(word) if word.isdigit() else _NUMBER_WORDS.get(word)


def _group(age_years: int) -> str:
    return next((name for limit, name in _GROUPS if age_years < limit), _GROUPS[-1][1])
