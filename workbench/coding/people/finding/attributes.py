"""How old somebody is, of which sex and origin, and whether they belong to this case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from workbench.coding.people.finding.descriptions import ETHNICITY, NUMBER, Description, years
from workbench.coding.people.finding.lists import Listed
from workbench.coding.people.finding.marks import occurrences
from workbench.coding.people.finding.naming.name import Name
from workbench.coding.people.finding.relations import Relation
from workbench.coding.rules.context import PeopleContext

_POSSESSIVES = ("'s", "’s")
_PRONOUNS = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female"}
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_UNIT = r"(?:[- ](?P<unit>years?|months?|weeks?|days?)(?:[- ]old)?)?"
_NO_AGE = (
    rf"(?! {_MONTH}|[.:]\d|[- ](?!old|years?|months?|weeks?|days?|when|at|and|"
    r"who|whose|with|in|on)[a-z])"
)
_ELSEWHERE = re.compile(
    r"\b(?:another|other|separate|earlier|previous|unrelated|different|second) (?:[a-z]+ ){0,2}"
    r"(?:case|cases|review|man|woman|boy|girl|child|patient|family|resident|person|reviews)\b"
    r"|\bpublished (?:a|its|their) (?:review|report)\b"
    r"|\b(?:review|investigation) (?:of|in \d{4},? concerning|concerning|into) [^.]{0,90}"
    r"\b(?:published|\d{4})\b"
)
_SENTENCE_CHARS, _THEN_CHARS = 110, 24
_AGE_AFTER = re.compile(
    r"[”\"’']?(?:,? (?:who )?(?:was|is)(?: then| now| also)?|,? (?:then|now)| \(|,)?,? ?(?:and )?"
    rf"(?:was )?(?:a |an )?(?:(?:man|woman|boy|girl) of )?(?:aged )?(?P<n>{NUMBER}){_UNIT}\b"
    rf"{_NO_AGE}"
)
#: Ages at another time: "when Rowan was seven", "Ruth, who was five at the time".
_THEN = re.compile(r"\b(?:when|until|since|before|after|while|time|whilst)(?: [a-z]+)? $")
_BACK_THEN = re.compile(r" (?:at the time|then)\b|,? when (?!(?:he|she) (?:died|was (?:killed|"
                        r"found|stabbed|murdered|injured)))")  # fmt: skip
# "Child H died at her home on 4 March 2009, a school day, at the age of fifteen."
_AGE_DIED = re.compile(
    rf"[^.\n]{{0,20}}\bdied\b[^.\n]{{0,90}}\b(?:at the age of|aged) (?P<n>{NUMBER}){_UNIT}\b"
)
_AGE_BEFORE = re.compile(rf"\b(?P<n>{NUMBER}){_UNIT}[- ]old ")
# "Rowan was found dead at home. He was 68."
_AGE_NEXT = re.compile(
    rf"[^.\n]{{0,160}}\. (?:He|She) was (?P<n>{NUMBER}){_UNIT}(?:\.|,? (?:when|at))"
)
_CALLED = re.compile(r"\b(man|boy|woman|girl)\b[^.\n]{0,30}(?:as|called|named) ")
_TOLD = re.compile(r",? (?:is|was|who was|,)? ?an? [^,.]{0,40}\b(man|boy|woman|girl)\b")
_PRONOUN = re.compile(r"\b(he|his|him|she|her)\b")
_NEXT_PRONOUN = re.compile(r"[^.\n]{0,120}\. (He|She)\b")
_CAPITAL, _CAPITALISED = re.compile(r"\b[A-Z]"), re.compile(r"\b[A-Z][a-z]")
_NEXT_SENTENCE = re.compile(r"[.;] [A-Z]\w+ (?:is|was)\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's text, the names in it and what its tables say of them."""

    text: str
    names: Sequence[Name]
    listed: Sequence[Listed]


class Attributes:
    """Answers questions about single people."""

    def __init__(self, reading: Reading, context: PeopleContext) -> None:
        self._text, self._context = reading.text, context
        self._listed: dict[str, Description] = {}
        owners = {form: name.text for name in reading.names for form in name.forms}
        for item in reading.listed:
            name = owners.get(item.name, item.name)
            known = self._listed.get(name)
            if known is None or known.age_years is None:
                self._listed[name] = item.description
        self._ages: dict[str, int | None] = {}
        self._sexes: dict[str, str] = {}

    def age(self, name: Name) -> int | None:
        """The age in years: what a table says, else what is said first."""
        if name.is_attacker:  # "a man of 19"
            return int(name.text.rpartition(" ")[2])
        if name.text not in self._ages:
            listed = self._listed.get(name.text)
            told = listed.age_years if listed else None
            self._ages[name.text] = told if told is not None else self._age_in_text(name)
        return self._ages[name.text]

    def _age_in_text(self, name: Name) -> int | None:
        places = self._places(name)
        after = [(start, match) for start, end in places
                 if (match := _AGE_AFTER.match(self._text, end))]  # fmt: skip
        now = [match for start, match in after if not self._is_past_age(start, match)]
        then = [match for _, match in after if match not in now]
        matches = chain(
            now,
            (match for match in self._ages_before if self._names_at(match.end(), name)),
            (_AGE_DIED.match(self._text, end) for _, end in places),
            (_AGE_NEXT.match(self._text, end) for _, end in places),
            then,
        )
        ages = (years(match["n"], match["unit"]) for match in matches if match)
        return next((age for age in ages if age is not None), None)

    def _is_past_age(self, start: int, match: re.Match[str]) -> bool:
        """Whether an age is told of another time than that of the review."""
        before = self._text[max(0, start - _THEN_CHARS) : start]
        return (
            _THEN.search(before) is not None
            or _BACK_THEN.match(self._text, match.end()) is not None
        )

    @cached_property
    def _ages_before(self) -> Sequence[re.Match[str]]:
        return tuple(_AGE_BEFORE.finditer(self._text))

    @cached_property
    def _sexes_before(self) -> Sequence[re.Match[str]]:
        return tuple(_CALLED.finditer(self._text))

    def _names_at(self, position: int, name: Name) -> bool:
        return any(self._text.startswith(form, position) for form in name.forms)

    def _places(self, name: Name) -> list[tuple[int, int]]:
        """Where any form of a name is printed, ascending."""
        return sorted(place for form in set(name.forms) for place in occurrences(self._text, form))

    def sex(self, name: Name, relation: Relation | None) -> str:
        """The sex, "female" or "male", and "" when the text does not tell."""
        if name.sex:
            return name.sex
        listed = self._listed.get(name.text)
        if relation is not None and self._context.kin[relation.kin].sex:
            return self._context.kin[relation.kin].sex
        if listed is not None and listed.sex:
            return listed.sex
        if name.text not in self._sexes:
            self._sexes[name.text] = self._sex_in_text(name)
        return self._sexes[name.text]

    def _sex_in_text(self, name: Name) -> str:
        counts = {"male": 0, "female": 0}
        for match in self._sexes_before:
            if self._names_at(match.end(), name):
                counts[_sex_of(match)] += 3
        for _, end in self._places(name):
            if self._text.startswith(_POSSESSIVES, end):
                continue
            following = self._text[end : end + 120].split(".")[0]
            told = _TOLD.match(following)
            pronoun = _PRONOUN.search(following)
            if told:
                counts[_sex_of(told)] += 3
            elif pronoun and not _CAPITAL.search(following[: pronoun.start()]):
                counts[_PRONOUNS[pronoun.group()]] += 1
            else:
                next_one = _NEXT_PRONOUN.match(self._text[end : end + 130])
                if next_one and not _CAPITALISED.search(next_one.group()[:-3]):
                    counts[_PRONOUNS[next_one.group(1).lower()]] += 1
        if counts["male"] == counts["female"]:
            return ""
        return max(counts, key=lambda sex: counts[sex])

    def ethnicity(self, name: Name) -> str:
        """The ethnicity in the review's words, "" when not stated."""
        listed = self._listed.get(name.text)
        if listed is not None and listed.ethnicity:
            return listed.ethnicity
        for _, end in occurrences(self._text, name.text):
            following = self._text[end : end + 90].split("\n")[0]
            found = ETHNICITY.search(following)
            if found and not _NEXT_SENTENCE.search(following[: found.start()]):
                return found.group(1).strip()
        return ""

    def is_elsewhere(self, name: Name) -> bool:
        """Whether the first that is said of somebody is that they belong to another case."""
        start = name.start_char
        before = self._text[max(0, start - _SENTENCE_CHARS) : start].rsplit(". ", 1)[-1]
        after = self._text[start : start + _SENTENCE_CHARS].split(". ", 1)[0]
        return _ELSEWHERE.search(before + after) is not None


def _sex_of(match: re.Match[str]) -> str:
    return "male" if match.group(1) in {"man", "boy"} else "female"
