"""The names a review gives to its people, found by how they are written.

There is no trained name recogniser to be had offline, and none is needed: statutory reviews use
pseudonyms, initials and designations ("Mr K", "Adult B", "Anila"), a few per document, each
many times.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from workbench.coding.rules.context import PeopleContext

_MIN_MENTIONS = 3  # of a first name; designations need one
_MIN_PERSON_CONTEXTS = 2
_WORD = r"[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?"
#: What people do and have, and places do not.
_PERSONAL = re.compile(
    r"(?:['’]s (?:\w+ ){0,2}(?:mother|father|parents|sister|brother|son|daughter|wife|husband|"
    r"partner|family|home|life|death|GP|school|behaviour|voice|children|bag|phone|account|needs|"
    r"violence|care|body|case|age|name)\b"
    r"|,? (?:who|whose) |,? aged \d|,? then aged| (?:was|had|said|told|did|lived|moved|began|went|"
    r"attended|died|asked|wanted|called|reported|left|became|started|felt|spoke|made|took|gave|came|"
    r"got|could|would|has|is|says|tells|agreed|declined|refused|met|stayed|worked|sent|wrote|rang|"
    r"disclosed|denied|described|threatened|killed|lost|returned|believed)\b)"
)
_CAPITALISED = re.compile(rf"\b{_WORD}\b")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|to|across|outside|of|the|around) $")


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it is first printed."""

    text: str
    start_char: int
    n_mentions: int
    sex: str = ""


def find_names(text: str, context: PeopleContext) -> tuple[Name, ...]:
    """The names of a document's people, by first mention."""
    found = {name.text: name for name in _first_names(text, context)}
    for name in (*_titled(text, context), *_designated(text, context), *_kin_names(text, context)):
        found[name.text] = name
    return tuple(sorted(found.values(), key=lambda name: (name.start_char, name.text)))


def _collect(matches: list[re.Match[str]], sexes: dict[str, str]) -> list[Name]:
    counts = Counter(match.group() for match in matches)
    first: dict[str, int] = {}
    for match in matches:
        first.setdefault(match.group(), match.start())
    return [Name(text, first[text], n, sexes.get(text, "")) for text, n in counts.items()]


def _titled(text: str, context: PeopleContext) -> list[Name]:
    titles = "|".join(context.titles)
    matches = list(re.finditer(rf"\b(?:{titles}) (?:[A-Z]{{1,2}}\b|{_WORD})", text))
    sexes = {m.group(): context.titles[m.group().split()[0]] for m in matches}
    return _collect(matches, sexes)


def _designated(text: str, context: PeopleContext) -> list[Name]:
    words = "|".join(context.designations)
    matches = list(re.finditer(rf"\b(?:{words}) (?:[A-Z]|\d{{1,2}})\b(?!\.\d)", text))
    sexes = {m.group(): "male" for m in matches if m.group().startswith(("Male", "Boy", "Man"))}
    sexes |= {m.group(): "female" for m in matches if m.group().startswith(("Fem", "Girl", "Wom"))}
    return _collect(matches, sexes)


def _kin_names(text: str, context: PeopleContext) -> list[Name]:
    words = "|".join(map(re.escape, context.kin_names))
    middle = list(re.finditer(rf"(?<=[a-z,;] )(?:{words})\b(?!['’]s Day| and Baby)", text))
    names = [name for name in _collect(middle, {}) if name.n_mentions >= _MIN_MENTIONS]
    return [
        Name(name.text, name.start_char, name.n_mentions, context.kin_names[name.text][1])
        for name in names
    ]


def _first_names(text: str, context: PeopleContext) -> list[Name]:
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    in_compound: Counter[str] = Counter()
    after_place: Counter[str] = Counter()
    personal: Counter[str] = Counter()
    for match in _CAPITALISED.finditer(text):
        word = match.group()
        if word in context.not_names or len(word) < 3:
            continue
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() :][:12]
        counts[word] += 1
        first.setdefault(word, match.start())
        personal[word] += _PERSONAL.match(text, match.end()) is not None
        if re.search(r"[A-Z][a-z]+ $", before) or re.match(r" [A-Z][a-z]", after):
            in_compound[word] += 1
        elif _PLACE_BEFORE.search(before):
            after_place[word] += 1
    lower = set(re.findall(r"\b[a-z]{3,}\b", text))
    return [
        Name(word, first[word], n)
        for word, n in counts.items()
        if n >= _MIN_MENTIONS
        and word.lower() not in lower
        and in_compound[word] <= 0.5 * n
        and after_place[word] <= 0.4 * n
        and personal[word] >= _MIN_PERSON_CONTEXTS
    ]
