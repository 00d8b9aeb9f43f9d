"""The kinds of agency, and the words by which a review names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from workbench.cases.journey.lookup import Lookup, lookup

#: An agency of which no word tells what kind it is.
OTHER = "other"
#: "All agencies", "every partner": a recommendation is made to everybody.
EVERYBODY = "all_agencies"
_CAPITAL = r"(?:St\.? )?[A-Z][\w’'&-]*"
#: Words before the ending of a name: capitals, joined by "and", "of" or "for".
_BEFORE = rf"(?:{_CAPITAL}(?:(?: and| of| for| &|,)(?= [A-Z]))? ){{0,7}}"
# A capital behind it makes it a part of another name: "Police National Computer".
_AFTER = r"(?![\w-])(?! (?!And\b)[A-Z][a-z])"


class General(NamedTuple):
    """One place where general words name an agency."""

    start: int
    end: int
    kind_id: str
    name: str  # what it is called in general: "health visiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of agency."""

    kind_id: str
    label: str
    named: re.Pattern[str]  # a proper name; group "ending" is the end that tells its kind
    general: tuple[tuple[str, re.Pattern[str]], ...]  # name -> words for it without a proper name
    describes: re.Pattern[str] | None  # an explanation that tells the kind of a name

    @property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """All that names an agency of the kind."""
        return (self.named, *(pattern for _, pattern in self.general))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """All kinds in their order, and what tells of a contact."""

    kinds: tuple[Kind, ...]
    contact: re.Pattern[str]
    no_contact: re.Pattern[str]
    endings: Lookup  # of all names, by the place of the kind
    words: Lookup  # all general words, in lower case, by their place in ``general_of``
    general_of: tuple[tuple[str, str], ...]  # kind, general name
    known: dict[str, str] = field(default_factory=dict, compare=False, repr=False)  # to save time

    @property
    def labels(self) -> dict[str, str]:
        """Id -> label, in order; with the agencies of no known kind last."""
        return {kind.kind_id: kind.label for kind in self.kinds} | {
            EVERYBODY: "All agencies",
            OTHER: "Other agencies",
        }

    def described(self, text: str) -> str:
        """The kind that an explanation tells of; "" for none."""
        for kind in self.kinds:
            if kind.describes and kind.describes.search(text):
                return kind.kind_id
        return self.of_words(text)

    def of_words(self, text: str) -> str:
        """The kind whose words the text holds, the longest words first; "" for none."""
        if text not in self.known:
            self.known[text] = self._of_words(text)
        return self.known[text]

    def _of_words(self, text: str) -> str:
        found = [
            (len(match.group()), -rank, kind.kind_id)
            for rank, kind in enumerate(self.kinds)
            for pattern in kind.patterns
            for match in pattern.finditer(text)
        ]
        return max(found)[2] if found else ""

    def first_general(self, kind_id: str) -> str:
        """What an agency of the kind is called where nothing more is known."""
        return next(general for kind, general in self.general_of if kind == kind_id)

    def general_words(self, text: str) -> Iterator[General]:
        """Every place where general words name an agency."""
        lower = text.lower()
        if len(lower) != len(text):  # a letter whose small form is two: keep the places
            lower = text
        for place, match in self.words.finditer(lower):
            yield General(*match.span(), *self.general_of[place])

    def names(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every proper name of any kind, with the place of its kind; they may overlap."""
        for place in sorted(self.endings.places(text)):
            for match in self.kinds[place].named.finditer(text):
                yield place, match


@cache
def agency_kinds() -> Kinds:
    """The kinds that come with the workbench (``agencies.yaml``)."""
    text = files("workbench.cases.journey").joinpath("agencies.yaml").read_text(encoding="utf-8")
    return kinds_from(yaml.safe_load(text))


def kinds_from(content: Mapping[str, Any]) -> Kinds:
    """Kinds from the content of a file like ``agencies.yaml``.

    Raises:
        KeyError: A kind lacks its id, label, general words or endings of names.
        re.error: A pattern cannot be read.
        ValueError: A pattern begins with anything but letters.
    """
    entries = content["kinds"]
    general = [
        (entry["id"], name, pattern)
        for entry in entries
        for name, patterns in entry["common"].items()
        for pattern in patterns
    ]
    general.sort(key=lambda each: -len(each[2]))
    endings = ("|".join(each.removeprefix("^") for each in entry["name"]) for entry in entries)
    return Kinds(
        kinds=tuple(_kind(entry) for entry in entries),
        contact=_words(content["contact"]["verbs"]),
        no_contact=_words(content["contact"]["never"]),
        endings=lookup(tuple(endings)),
        words=lookup(tuple(pattern for *_, pattern in general)),
        general_of=tuple((kind_id, name) for kind_id, name, _ in general),
    )


def _kind(entry: Mapping[str, Any]) -> Kind:
    whole = [each[1:] for each in entry["name"] if each.startswith("^")]
    endings = [each for each in entry["name"] if not each.startswith("^")]
    forms = [rf"(?:{'|'.join(whole)})"] if whole else []
    if endings:
        forms.append(rf"{_BEFORE}(?P<ending>{'|'.join(endings)})")
    describe = entry.get("describe", ())
    return Kind(
        kind_id=entry["id"],
        label=entry["label"],
        named=re.compile(rf"(?<![\w’'-])(?:{'|'.join(forms)}){_AFTER}"),
        general=tuple((name, _words(words)) for name, words in entry["common"].items()),
        describes=re.compile("|".join(describe), re.IGNORECASE) if describe else None,
    )


def _words(patterns: Sequence[str]) -> re.Pattern[str]:
    joined = "|".join(sorted(patterns, key=len, reverse=True))
    return re.compile(rf"(?<![\w’'-])(?:{joined})(?![\w-])", re.IGNORECASE)
