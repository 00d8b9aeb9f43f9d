"""The names a review gives to its people: pseudonyms, initials, titles, designations, kin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from workbench.coding.people.finding.marks import occurrences
from workbench.coding.people.finding.naming.evidence import DOES, WORD, Evidence, PersonSigns
from workbench.coding.people.finding.naming.joining import merge_names
from workbench.coding.people.finding.naming.name import Name
from workbench.coding.people.finding.naming.posts import wrote_the_review
from workbench.coding.rules.context import PeopleContext

#: A ward sister and a mum in a quotation are no names.
_FEWEST_SIGNS = {"Sister": 3, "Brother": 3, "Mum": 3, "Partner": 3, "Sibling": 2, "Uncle": 2,
                 "Aunt": 2}  # fmt: skip
_FEWEST_OF_POSTS = 2  # mentions of "FCA1", one of them as of a person
_RANKS = "PC|WPC|DC|PS|DS|DI|PCSO|Constable|Sergeant|Inspector"
_TAKEN_OUT = r"\[(?i:redacted|name|name redacted|removed|withheld)\]"
_SEXES = {"man": "male", "boy": "male", "youth": "male", "woman": "female", "girl": "female"}
_ATTACKER = re.compile(
    r"\b(?:stabbed|killed|shot|attacked|murdered|strangled|beaten)\b[^.\n]{0,60} by "
    rf"(?P<n>(?:an?|another) (?P<sex>{'|'.join(_SEXES)}) of \d{{2}})\b"
)
_CORONER_AFTER = re.compile(r", (?:(?:HM|Senior|Area|Assistant) )*[Cc]oroner\b")
_INSIDE = re.compile(r"[a-z,;] ")
_AS_SUBJECT = re.compile(rf"['’]s [a-z]| {DOES}\b")
#: A form was lost and has come back, too, but it met nobody.
_AS_PERSON = re.compile(
    rf"['’]s [a-z]|,? who | (?!(?:was|is|has|had|could|would|came|went|got|became|started|began|"
    rf"remained|lost|returned|sent|kept|made|used|called|left)\b){DOES}\b"
)


def find_names(
    text: str, context: PeopleContext, signs: PersonSigns, listed: Iterable[str] = ()
) -> tuple[Name, ...]:
    """The names of a document's people, by first mention.

    ``listed`` are names from a table or list of people, which need no other evidence.
    """
    listed = frozenset(listed)
    names = {name.text: name for name in _first_names(text, signs, listed)}
    found = (
        *_titled(text, context),
        *_designated(text, context),
        *_professional(text, context),
        *_kin_names(text, context),
        *_initials(text, signs, listed),
        *_in_capitals(text),
        *_attackers(text),
    )
    for name in found:
        names.setdefault(name.text, name)
    merged = merge_names(names, text, context)
    return tuple(sorted(merged, key=lambda name: (name.start_char, name.text)))


def _collect(matches: Iterable[re.Match[str]], sexes: Mapping[str, str]) -> list[Name]:
    """One name for each printed form; the sex is looked up by its first word."""
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for match in matches:
        counts[match.group()] += 1
        first.setdefault(match.group(), match.start())
    return [
        Name(text, first[text], n, sexes.get(text.split(" ")[0].rstrip("."), ""))
        for text, n in counts.items()
    ]


def _titled(text: str, context: PeopleContext) -> list[Name]:
    titles = "|".join(context.titles)
    bodies = "|".join(map(re.escape, sorted(context.bodies)))
    pattern = (
        rf"\b(?:{titles})\.? (?:[A-Z]{{1,2}}\d?\b|{_TAKEN_OUT}|"
        rf"{WORD}(?: (?!(?:{bodies}|{titles})\b){WORD})?)"
    )
    found = [
        name
        for name in _collect(re.finditer(pattern, text), context.titles)
        # "I told Miss. But I was afraid."
        if not (". " in name.text and name.text.rpartition(" ")[2] in context.not_names)
        and not _CORONER_AFTER.match(text, name.start_char + len(name.text))
    ]
    for name in list(found):
        _, _, full = name.text.partition(" ")
        if " " in full:  # "Mrs Ellen Thorpe" is Ellen Thorpe too
            start = name.start_char + len(name.text) - len(full)
            found.append(replace(name, text=full, start_char=start))
    return found


def _designated(text: str, context: PeopleContext) -> list[Name]:
    words = "|".join(sorted(map(re.escape, context.designations), key=len, reverse=True))
    pattern = rf"\b(?:{words})(?: (?:[A-Z]{{1,2}}|[A-Z]\d)| ?\d{{1,2}})\b(?!\.\d|-)"
    sexes = {"Male": "male", "Boy": "male", "Man": "male",
             "Female": "female", "Girl": "female", "Woman": "female"}  # fmt: skip
    return _collect(re.finditer(pattern, text), sexes)


def _professional(text: str, context: PeopleContext) -> list[Name]:
    """Professionals named by post and number: "SW1", "Constable N", "Dr P"."""
    words = "|".join(sorted(map(re.escape, context.professions), key=len, reverse=True))
    pattern = (
        rf"\b(?:{words})(?: ?\d{{1,2}}| [A-HJ-Z])\b(?!\.\d|['’]s? [A-Z]|-)"
        rf"|\b(?:{_RANKS}) (?!(?:{words})\b){WORD}\b"
    )
    found = _collect(re.finditer(pattern, text), {})
    known = {name.text for name in found}
    posts = _collect(re.finditer(r"(?<![\w£.-])[A-Z]{2,4}\d\b(?![.\w-])", text), {})
    found += [
        name
        for name in posts
        if name.text not in known
        and not name.text.startswith(tuple(context.designations))
        and name.n_mentions >= _FEWEST_OF_POSTS
        and any(_AS_PERSON.match(text, end) for _, end in occurrences(text, name.text))
    ]
    return [replace(name, is_professional=True) for name in found]


def _kin_names(text: str, context: PeopleContext) -> list[Name]:
    """Kinship words that stand for a person: "Mother", "MGM", "Paternal Aunt"."""
    words = "|".join(sorted(map(re.escape, context.kin_names), key=len, reverse=True))
    pattern = rf"(?:(?<=[a-z,;] )|(?<=[.!?] )|(?<=\n)|^)(?:{words})\b(?!['’]s Day| and Baby|:)"
    found = []
    for name in _collect(re.finditer(pattern, text), {}):
        # With no article before it, it is a name inside a sentence or as its subject.
        signs = sum(
            1
            for start, end in occurrences(text, name.text)
            if (_INSIDE.match(text, max(0, start - 2)) or _AS_SUBJECT.match(text, end))
            and not _is_quoted(text, start)
        )
        if signs >= _FEWEST_SIGNS.get(name.text, 1):
            found.append(replace(name, sex=context.kin_names[name.text][1]))
    return found


def _is_quoted(text: str, position: int) -> bool:
    """Whether somebody is quoted at a position: "He told Mum he had the gun" is a daughter's."""
    before = text[text.rfind("\n", 0, position) + 1 : position]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _initials(text: str, signs: PersonSigns, listed: frozenset[str]) -> list[Name]:
    """Bare initials that are written of as of a person: "Y was", "BK’s mother"."""
    return [
        Name(word, seen.first, seen.n_mentions)
        for word, seen in signs.initials(text).items()
        if seen.tells_initials() or word in listed
    ]


def _in_capitals(text: str) -> list[Name]:
    """Whoever died, in capitals as coroners print it: "the death of MARTHA LINDEN"."""
    pattern = r"(?<=\b[Dd]eath of )[A-Z]{2,}(?:[-'’][A-Z]+)?(?: [A-Z]{2,}(?:[-'’][A-Z]+)?){1,3}\b"
    return _collect(re.finditer(pattern, text), {})


def _attackers(text: str) -> list[Name]:
    """Those who did it and have no name: "he was stabbed by a boy of 16 who had arrived"."""
    return [
        Name(match["n"], match.start("n"), 1, _SEXES[match["sex"]], is_attacker=True)
        for match in _ATTACKER.finditer(text)
    ]


def _first_names(text: str, signs: PersonSigns, listed: frozenset[str]) -> list[Name]:
    lower = set(re.findall(r"\b[a-zà-ÿ]{2,}\b", text))
    evidence = signs.collect(text)
    kept: dict[str, Evidence] = {}
    for word, seen in evidence.items():
        if word in listed or (
            seen.tells_person(is_word=word.lower() in lower) and not wrote_the_review(word, text)
        ):
            kept[word] = seen
    return [Name(word, seen.first, seen.n_mentions) for word, seen in kept.items()]
