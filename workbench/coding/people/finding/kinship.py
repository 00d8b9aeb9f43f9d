"""Roles of those who are told by their kinship to somebody; relatives without a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from workbench.coding.people.finding.marks import NAME, NAMES
from workbench.coding.people.finding.naming.name import Name
from workbench.coding.people.finding.relations import Kin, Relation, meant_by_pronoun
from workbench.coding.people.kin import CHILDREN, FORMER, PARENTS, PARTNERS, SIBLINGS
from workbench.coding.rules.context import PeopleContext
from workbench.records import SubjectRole

_ADULT_YEARS = 18
_FEWEST_MENTIONS, _FEWEST_PRONOUNS = 1, 2  # "Maya’s mother" and "his mother" alone
_FORMAL = {"mum": "mother", "dad": "father", "nan": "grandmother", "gran": "grandmother",
           "grandad": "grandfather"}  # fmt: skip
_HALF = {"half-brother": "brother", "half-sister": "sister", "step-brother": "brother",
         "step-sister": "sister"}  # fmt: skip
_PAIR = 2  # subjects of whom a review tells at length
_POSSESSIVE = "['’]s"
_ADJECTIVES = r"(?:[a-z-]+ ){0,2}?"
_WITH_ARTICLE = re.compile(r"\b[Tt]he ([a-z-]+)\b(?! of)")
_MAINS = frozenset({SubjectRole.VICTIM, SubjectRole.PERPETRATOR, SubjectRole.DECEASED,
                    SubjectRole.INDEX_CHILD})  # fmt: skip


def kin_role(
    name: str,
    relation: Relation,
    roles: Mapping[str, SubjectRole],
    relations: Mapping[str, Relation],
    age_years: int | None,
    context: PeopleContext,
) -> SubjectRole:
    """The role of one who is the kin of another."""
    other = roles.get(relation.other)
    if relation.kin in CHILDREN:
        return _role_of_child(name, relation, roles, relations, age_years)
    if relation.kin in SIBLINGS and other not in _MAINS:
        # A brother of a main person's child is a child of that person too.
        return other if other is SubjectRole.SIBLING else SubjectRole.HOUSEHOLD_MEMBER
    if relation.kin in PARENTS and other not in _MAINS and other is not SubjectRole.SIBLING:
        return SubjectRole.HOUSEHOLD_MEMBER
    return context.kin[relation.kin].role


def _role_of_child(
    name: str,
    relation: Relation,
    roles: Mapping[str, SubjectRole],
    relations: Mapping[str, Relation],
    age_years: int | None,
) -> SubjectRole:
    """A child of a parent of a main person is a sibling; a young one of a main person a subject."""
    if roles.get(relation.other) is SubjectRole.PARENT_CARER or any(
        known.kin in CHILDREN and known.other == relation.other and main != name
        for main, known in relations.items()
        if roles.get(main) in _MAINS
    ):
        return SubjectRole.SIBLING
    is_young = name.startswith(("Child", "Baby", "Girl", "Boy")) or (
        age_years is not None and age_years < _ADULT_YEARS
    )
    if is_young and roles.get(relation.other) in _MAINS:
        return SubjectRole.INDEX_CHILD
    return SubjectRole.HOUSEHOLD_MEMBER


def unnamed_kin(
    known: Kin, relations: Mapping[str, Relation], context: PeopleContext
) -> list[tuple[Name, Relation]]:
    """Relatives whom the review never names: "Maya’s mother", "his father", by first mention.

    One is a person when so called at least twice and nobody with a name has that relation.
    """
    if not known.mains:
        return []
    taken = _taken(relations)
    subjects = {name for name, role in known.mains if role is SubjectRole.INDEX_CHILD}
    people = []
    with_article = set(_WITH_ARTICLE.findall(known.marked.text))
    references = _references(known, context)
    taken |= {(other, _HALF[word]) for other, word in references if word in _HALF}
    for (other, word), matches in references.items():
        owned = [match for match in matches if match["o"]]
        # A review of several tells of each in a few pages, and of their kin once.
        fewest = _FEWEST_MENTIONS if owned or len(subjects) > _PAIR else _FEWEST_PRONOUNS
        if len(matches) < fewest or (other, word) in taken:
            continue
        if word in PARTNERS | FORMER and _did_it(other, known, relations):
            continue  # "her boyfriend" has a name: he is the other whom the review is about
        if word in SIBLINGS and 1 < len(subjects) <= _PAIR and other in subjects:
            continue  # the subjects of a review are often each other's siblings
        if word.endswith("s"):
            continue  # "her daughters" are several
        called_so = {
            form for form in known.owners if _FORMAL.get(form.lower(), form.lower()) == word
        }
        if called_so:
            continue  # "Mother" or "Nan" is a name here
        first = (owned or matches)[0]
        called, printed = f"{other}’s {word}", known.marked.printed(*first.span())
        forms = [called, *(known.marked.printed(*match.span()) for match in matches)]
        if word in with_article:
            forms.append(f"the {word}")
        aliases = [form for form in dict.fromkeys(forms) if form != printed]
        sex = context.kin[word].sex
        start = known.marked.offset(first.start())
        name = Name(printed, start, len(matches), sex, tuple(aliases))
        people.append((name, Relation(printed, word, other)))
    return people


def _did_it(other: str, known: Kin, relations: Mapping[str, Relation]) -> bool:
    """Whether somebody who is no relative harmed, or was harmed by, the other."""
    role = dict(known.mains)[other]
    doer = SubjectRole.PERPETRATOR
    return any(
        (role is doer) != (its_role is doer) and name not in relations and other not in relations
        for name, its_role in known.mains
        if name != other
    )


def _taken(relations: Mapping[str, Relation]) -> set[tuple[str, str]]:
    """Whose kin has a name: (other, kin)."""
    taken = {(relation.other, relation.kin) for relation in relations.values()}
    taken |= {(other, "mum" if kin == "mother" else "dad") for other, kin in taken
              if kin in {"mother", "father"}}  # fmt: skip
    # A half-brother is called a brother, too.
    taken |= {(other, _HALF[kin]) for other, kin in taken if kin in _HALF}
    for name, relation in relations.items():
        # The other way round: Colm is Nora's son, so his mother has a name.
        if relation.kin in CHILDREN:
            taken |= {(name, word) for word in ("mother", "father", "mum", "dad")}
        if relation.kin in PARENTS:
            taken |= {(name, word) for word in CHILDREN}
        if relation.kin in PARTNERS | FORMER:
            taken |= {(name, word) for word in PARTNERS | FORMER}
            taken |= {(relation.other, word) for word in PARTNERS | FORMER}
        sibling = relations.get(relation.other)
        if sibling and relation.kin in SIBLINGS and sibling.kin in CHILDREN:
            taken |= {(sibling.other, word) for word in CHILDREN}  # a brother of Noreen's son
    return taken


def _references(
    known: Kin, context: PeopleContext
) -> Mapping[tuple[str, str], list[re.Match[str]]]:
    """All places that speak of a relative of a main person: (main, kinship word) -> matches."""
    mains = {main for main, _ in known.mains}
    found: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    pattern = _reference(frozenset(word for word, entry in context.kin.items() if entry.sex))
    for match in pattern.finditer(known.marked.text):
        other = known.marked.name(match["o"]) if match["o"] else meant_by_pronoun(match, known)
        if other in mains:
            found[other, _FORMAL.get(match["k"], match["k"])].append(match)
    return found


@cache
def _reference(kin_words: frozenset[str]) -> re.Pattern[str]:
    kin = "|".join(sorted(map(re.escape, kin_words), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?:(?P<o>{NAME}){_POSSESSIVE}|\b(?P<p>[Hh]is|[Hh]er)) {_ADJECTIVES}"
        rf"(?P<k>{kin})\b(?!['’]s|-|,? [A-Z{NAMES}])"
    )
