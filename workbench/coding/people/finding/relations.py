"""Who is whose mother, son or partner, as the running text says it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from workbench.coding.people.finding.descriptions import Kinship
from workbench.coding.people.finding.lists import Listed
from workbench.coding.people.finding.marks import NAME, MarkedText
from workbench.coding.people.kin import CHILDREN, PARENTS
from workbench.coding.rules.context import PeopleContext
from workbench.records import SubjectRole

_POSSESSIVE = "['’]s"
_ADJECTIVES = r"(?:[a-z-]+ ){0,3}?"
_NEAR_CHARS = 400  # how far back the one may stand whom "his mother" means
_LISTED_WEIGHT, _BARE_WEIGHT = 8.0, 1.0
_ROLE_WORDS = {"victim": SubjectRole.VICTIM, "deceased": SubjectRole.VICTIM,
               "child": SubjectRole.VICTIM, "subject": SubjectRole.VICTIM,
               "patient": SubjectRole.VICTIM, "perpetrator": SubjectRole.PERPETRATOR,
               "suspect": SubjectRole.PERPETRATOR, "offender": SubjectRole.PERPETRATOR}  # fmt: skip
_PRONOUN_SEX = {"his": "male", "her": "female"}
_SINGULAR = {"sons": "son", "daughters": "daughter", "brothers": "brother", "sisters": "sister",
             "friends": "friend"}  # fmt: skip
_PAIR = re.compile(rf"({NAME})(?:, {NAME})* and {NAME}")
_FURTHER = re.compile(rf"(?:, {NAME})*,? and {NAME}")
_CONTINUES = re.compile(r"(?:He|She|His|Her)\b")
_SIGN = re.compile(NAME)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")


class Relation(NamedTuple):
    """``name`` is the ``kin`` of ``other``."""

    name: str
    kin: str
    other: str


@dataclass(frozen=True)
class Kin:
    """Those who are known already, by the names they are printed with."""

    owners: Mapping[str, str]  # printed form -> name
    mains: Sequence[tuple[str, SubjectRole]]  # most voted for first
    sexes: Mapping[str, str]
    marked: MarkedText  # the document with a sign for each printed form


def find_relations(
    known: Kin, listed: Iterable[Listed], context: PeopleContext
) -> dict[str, Relation]:
    """For each name the relation to another that the document states most often.

    What a table of people says counts more than what one sentence says.
    """
    if not known.owners:
        return {}
    forms = _forms(frozenset(context.kin))
    counts: dict[str, dict[Relation, float]] = defaultdict(lambda: defaultdict(float))
    for relation, weight in (
        *_of_lists(listed, known, context), *_of_names(known, forms),
        *_of_roles(known, forms), *_of_pronouns(known, forms), *_of_nobody(known, forms),
    ):  # fmt: skip
        kin = _SINGULAR.get(relation.kin, relation.kin)
        if relation.name != relation.other:
            counts[relation.name][relation._replace(kin=kin)] += weight
    found = {name: max(few, key=lambda r: (few[r], r)) for name, few in sorted(counts.items())}
    told = {relation for few in counts.values() for relation, n in few.items() if n > _BARE_WEIGHT}
    return {name: _of_child(relation, found, told) for name, relation in found.items()}


def _of_child(relation: Relation, found: Mapping[str, Relation], told: Set[Relation]) -> Relation:
    """A parent of whom no more is said than "Gerard, the father" is that of the youngest.

    Where the one whom the review is about has a child in it, the father is the child's.
    """
    if relation.kin in PARENTS and relation not in told:
        for other in found.values():
            if other.kin in CHILDREN and other.other == relation.other:
                return relation._replace(other=other.name)
    return relation


class _Forms(NamedTuple):
    """How kinship is written, each with its weight."""

    of_names: Sequence[tuple[re.Pattern[str], float]]
    of_roles: re.Pattern[str]
    of_nobody: Sequence[re.Pattern[str]]
    of_pronouns: Sequence[tuple[re.Pattern[str], float]]


@cache
def _forms(kin_words: frozenset[str]) -> _Forms:
    """The patterns for some kinship words; names are signs, so that they are built once."""
    kin = "|".join(sorted(map(re.escape, kin_words), key=lambda word: (-len(word), word)))
    n, o, row = f"(?P<n>{NAME})", f"(?P<o>{NAME})", r"(?:^|\| ?|\n)"
    k, near = rf"{_ADJECTIVES}(?P<k>{kin})", rf"(?:[a-z-]+ )?(?P<k>{kin})"
    names = (
        (rf"{o}{_POSSESSIVE} {k}(?:, who was \w+)?,? \(?(?:called |named )?{n}", 3.0),
        (rf"{n},? (?:who (?:is|was) )?[|(]? ?{o}{_POSSESSIVE} {k}\b", 3.0),
        (rf"{row}{n} [^\n]{{0,14}}?{o}{_POSSESSIVE} {k}\b", 4.0),
        (rf"{row}{n} [^\n.]{{0,40}}?\b{k} of {o}", 4.0),
        (rf"{n},? (?:who )?(?:is |was |were )?(?:the |a |an )?{k} of {o}", 3.0),
        (rf"{o} and (?:his|her|their) {k},? {n}", 3.0),
    )
    pronouns = (
        (rf"\b(?P<p>[Hh]is|[Hh]er|[Tt]heir) {k}(?:, who was \w+)?,? \(?(?:called |named )?{n}",
         2.0),
        # "According to Tessa, her mother was ill" tells of two people.
        (rf"(?<!ccording to ){n},? \(?(?P<p>his|her|their) {k}\b", 1.0),
        (rf"{n} (?:is|was) (?P<p>his|her|their) {k}\b", 2.0),
        (rf"(?:^|\n){n} ?[^\n]{{0,14}}?\b(?P<p>His|Her) {k}\b", 3.0),
    )  # fmt: skip
    return _Forms(
        [(re.compile(form, re.MULTILINE), weight) for form, weight in names],
        re.compile(
            rf"\b[Tt]he (?P<o>{'|'.join(_ROLE_WORDS)}){_POSSESSIVE} {_ADJECTIVES}"
            rf"(?P<k>{kin}),? \(?{n}"
        ),
        (re.compile(rf"{n}, (?:the|an?) {near}[,.]"),
         re.compile(rf"\b(?:[Tt]he|[Aa]n?) {near}, {n}")),
        [(re.compile(form, re.MULTILINE), weight) for form, weight in pronouns],
    )  # fmt: skip


def _of_lists(
    listed: Iterable[Listed], known: Kin, context: PeopleContext
) -> Iterable[tuple[Relation, float]]:
    before = ""
    for item in listed:
        name = known.owners.get(item.name, item.name)
        kinship = item.description.kinship
        word = item.name[4:].lower() if item.name.lower().startswith("the ") else ""
        if word in context.kin:  # "The sister | 15 | Daughter of Ms K"
            kinship = Kinship(word, before)
        if kinship is not None:
            other = _resolve(kinship.other, name, known, before)
            if other:
                yield Relation(name, kinship.kin, other), _LISTED_WEIGHT
        if any(name == main for main, _ in known.mains):
            before = name


def _resolve(word: str, name: str, known: Kin, before: str) -> str:
    """Whom the other side of a kinship means: a name, a role word, a pronoun or nobody named."""
    if word in known.owners:
        return known.owners[word]
    role = _ROLE_WORDS.get(word.lower())
    sex = _PRONOUN_SEX.get(word.lower(), "")
    for main, its_role in sorted(known.mains, key=lambda m: (m[0] != before) if sex else 0):
        if main == name or (sex and known.sexes.get(main, sex) not in (sex, "")):
            continue
        wanted = role is SubjectRole.PERPETRATOR
        if role is None or wanted == (its_role is SubjectRole.PERPETRATOR):
            return main
    return ""


def _of_names(known: Kin, forms: _Forms) -> Iterable[tuple[Relation, float]]:
    """Read "Kieran’s sister, Aisling" and "Aisling is the sister of Kieran"."""
    name = known.marked.name
    for pattern, weight in forms.of_names:
        for match in pattern.finditer(known.marked.text):
            yield Relation(name(match["n"]), match["k"].lower(), name(match["o"])), weight


def _of_roles(known: Kin, forms: _Forms) -> Iterable[tuple[Relation, float]]:
    """Read "The victim’s brother, Nabil"."""
    for match in forms.of_roles.finditer(known.marked.text):
        one = known.marked.name(match["n"])
        other = _resolve(match["o"], one, known, "")
        if other:
            yield Relation(one, match["k"].lower(), other), 2.0


def _of_nobody(known: Kin, forms: _Forms) -> Iterable[tuple[Relation, float]]:
    """Read "Gerard, the father, died": kin of the one whom the review is about."""
    for pattern in forms.of_nobody if known.mains else ():
        for match in pattern.finditer(known.marked.text):
            for one in _all_named(match, known):
                other = _resolve("", one, known, "")
                if other:
                    yield Relation(one, match["k"], other), _BARE_WEIGHT


def _all_named(match: re.Match[str], known: Kin) -> list[str]:
    """The one whom a match names, and after a plural those who follow: "daughters, A, B and C"."""
    signs = match["n"]
    if match["k"].lower() in _SINGULAR and (more := _FURTHER.match(match.string, match.end("n"))):
        signs += "".join(_SIGN.findall(more.group()))
    return [known.marked.name(sign) for sign in signs]


def _of_pronouns(known: Kin, forms: _Forms) -> Iterable[tuple[Relation, float]]:
    """Read "her husband, Sameer" and "Ms K | 43 | His mother" with the nearest main person."""
    for pattern, weight in forms.of_pronouns if known.mains else ():
        for match in pattern.finditer(known.marked.text):
            for one in _all_named(match, known):
                other = meant_by_pronoun(match, known, but=one)
                if not other and match["p"].lower() != "their":
                    other = _resolve(match["p"], one, known, "")
                elif not other and match["k"] in CHILDREN | _SINGULAR.keys():
                    other = _resolve("", one, known, "")  # of a couple: the main people
                if other:
                    yield Relation(one, match["k"].lower(), other), weight


def meant_by_pronoun(match: re.Match[str], known: Kin, but: str = "") -> str:
    """Whom a possessive pronoun ``p`` of the marked text means, "" when nobody.

    It is the first named of the sentence.
    Where the sentence names nobody before it, the first named of the sentence before, and so on.
    "Their" is that of the couple or pair named last.
    """
    sex = _PRONOUN_SEX.get(match["p"].lower(), "")
    before = match.string[max(0, match.start() - _NEAR_CHARS) : match.start()]
    if match["p"].lower() == "their":
        pair = list(_PAIR.finditer(before))  # "Gillian and Tessa ... Their sister Ruth"
        return known.marked.name(pair[-1].group(1)) if pair else ""
    for sentence in reversed(_SENTENCE_END.split(before)):
        if _CONTINUES.match(sentence):
            continue  # "He lived with Andre. His father": he stands in the sentence before
        named = [known.marked.name(sign) for sign in _SIGN.findall(sentence)]
        for wanted in (sex, ""):  # rather one whose sex is known
            for other in named:
                if other != but and known.sexes.get(other, "") == wanted:
                    return other
    return ""
