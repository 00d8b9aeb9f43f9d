"""Who is whose mother, son or partner, as the review says it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbench.coding.people.names import Name
from workbench.coding.rules.context import PeopleContext

_POSSESSIVE = "['’]s"
_ADJECTIVES = r"(?:[a-z-]+ ){0,2}?"
_SIBLINGS = frozenset({"brother", "sister", "half-brother", "half-sister"})
_CHILDREN = frozenset({"son", "daughter"})
_FEWEST_MENTIONS = 2


class Relation(NamedTuple):
    """``name`` is the ``kin`` of ``other``."""

    name: str
    kin: str
    other: str


def find_relations(
    text: str, names: Sequence[Name], mains: Sequence[str], context: PeopleContext
) -> dict[str, Relation]:
    """For each name the relation to another that the document states most often.

    ``mains`` are the names whose role is known, the first of them the one that "his mother"
    means where nobody else is near.
    """
    kin = "|".join(sorted((re.escape(word) for word in context.kin), key=len, reverse=True))
    alternatives = "|".join(sorted((re.escape(n.text) for n in names), key=len, reverse=True))
    if not alternatives:
        return {}
    any_name = rf"(?=[A-Z])(?:{alternatives})"  # the look-ahead makes the search twice as fast
    counts: dict[str, Counter[Relation]] = defaultdict(Counter)
    n, o, k = rf"(?P<n>{any_name})", rf"(?P<o>{any_name})", rf"{_ADJECTIVES}(?P<k>(?i:{kin}))"
    row = r"(?:^|\| ?|\n)"
    forms = (
        (rf"\b{o}{_POSSESSIVE} {k},? \(?(?:called |named )?{n}\b", 3),
        (rf"\b{n},? ?[|(]? ?{o}{_POSSESSIVE} {k}\b", 3),
        (rf"{row}{n} [^\n]{{0,14}}?{o}{_POSSESSIVE} {k}\b", 4),
        (rf"{row}{n} [^\n.]{{0,40}}?\b{k} of {o}\b", 4),
        (rf"\b{n},? (?:is |was )?(?:the )?{k} of {o}\b", 2),
    )
    for pattern, weight in forms:
        for match in re.finditer(pattern, text, re.MULTILINE):
            relation = Relation(match["n"], match["k"].lower(), match["o"])
            if relation.name != relation.other and _is_printed(relation, names):
                counts[relation.name][relation] += weight
    _from_pronouns(text, any_name, kin, mains, counts)
    return {name: max(found, key=lambda r: (found[r], r)) for name, found in sorted(counts.items())}


def _is_printed(relation: Relation, names: Sequence[Name]) -> bool:
    # The search ignores case for the kinship words only.
    known = {name.text for name in names}
    return relation.name in known and relation.other in known


def _from_pronouns(
    text: str,
    any_name: str,
    kin: str,
    mains: Sequence[str],
    counts: Mapping[str, Counter[Relation]],
) -> None:
    """Read "her husband, Sameer" and "Ms K | 43 | His mother" with the nearest main person."""
    forms = (
        (rf"\b(?:his|her|their) {_ADJECTIVES}(?P<k>{kin}),? \(?(?P<n>{any_name})\b", 2),
        (rf"\b(?P<n>{any_name}),? \(?(?:his|her|their) {_ADJECTIVES}(?P<k>{kin})\b", 1),
        (
            rf"(?:^|\n)(?P<n>{any_name})\b ?[^\n]{{0,14}}?\b(?:His|Her) {_ADJECTIVES}"
            rf"(?P<k>{kin})\b",
            3,
        ),
    )
    for pattern, weight in forms:
        for match in re.finditer(pattern, text, re.MULTILINE):
            before = text[max(0, match.start() - 400) : match.start()]
            found = [(before.rfind(main), main) for main in mains if main != match["n"]]
            if not found:
                continue
            position, main = max(found)
            other = main if position >= 0 else next(m for m in mains if m != match["n"])
            counts[match["n"]][Relation(match["n"], match["k"].lower(), other)] += weight


def unnamed_kin(
    text: str, mains: Sequence[str], relations: Mapping[str, Relation], context: PeopleContext
) -> list[tuple[Name, Relation]]:
    """Relatives whom the review never names: "Maya's mother", by first mention.

    One is a person when so called at least twice and nobody with a name has that relation.
    """
    if not mains:
        return []
    kin = "|".join(word for word, entry in context.kin.items() if entry.sex)
    owners = "|".join(sorted(map(re.escape, mains), key=len, reverse=True))
    found: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    pattern = rf"(?=[A-Z])(?P<o>{owners}){_POSSESSIVE} {_ADJECTIVES}(?P<k>{kin})\b(?!['’]s|-)"
    for match in re.finditer(pattern, text):
        found[match["o"], match["k"]].append(match)
    taken = {(relation.other, relation.kin) for relation in relations.values()}
    for relation in relations.values():  # a brother of Noreen's son is a son of Noreen
        sibling = relations.get(relation.other)
        if sibling and relation.kin in _SIBLINGS and sibling.kin in _CHILDREN:
            taken |= {(sibling.other, word) for word in _CHILDREN}
    people = []
    for (other, word), matches in found.items():
        if len(matches) >= _FEWEST_MENTIONS and (other, word) not in taken:
            first = matches[0]
            name = Name(first.group(), first.start(), len(matches), context.kin[word].sex)
            people.append((name, Relation(first.group(), word, other)))
    return people
