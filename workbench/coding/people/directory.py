"""The people of one document: names, roles, relations, ages and sexes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.coding.people.names import Name, find_names
from workbench.coding.people.relations import Relation, find_relations, unnamed_kin
from workbench.coding.people.roles import Votes, count_votes, main_roles
from workbench.coding.rules.context import Context
from workbench.records import Document, Person, Segment, SegmentKind, SubjectRole

_SKIPPED_KINDS = frozenset({SegmentKind.RUNNING_MATTER, SegmentKind.CONTENTS_LINE})
_FRONT_SEGMENTS = 14
_PARENTS = frozenset({"mother", "father", "mum", "dad", "parent", "stepfather", "step-father",
                      "stepmother"})  # fmt: skip
_CHILDREN = frozenset({"son", "daughter", "stepson"})
_PARTNERS = frozenset({"husband", "wife", "partner", "boyfriend", "girlfriend"})
_SIBLINGS = frozenset({"brother", "sister", "half-brother", "half-sister", "sibling", "twin"})
_PRONOUNS = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female"}
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ETHNICITY = re.compile(
    r"\b((?:White|Black|Asian|Mixed)(?: and)?(?: (?:white|black|and|or|British|Irish|Portuguese|"
    r"Black|White|African|Caribbean|Asian|Other|European|Polish|Romanian))*"
    r"|South Asian|British Asian|(?:Irish|Polish|Somali|Pakistani|Indian|Bangladeshi|Chinese|"
    r"Jamaican|Ghanaian|Nigerian|Romanian) (?=heritage|origin|descent))\b"
)


@dataclass(frozen=True, slots=True)
class Directory:
    """Who is who in one document. ``people`` are by first mention; ids are P1, P2 ..."""

    people: tuple[Person, ...]
    relations: Mapping[str, tuple[str, str]]  # person_id -> (kinship word, person_id of the other)
    review_kind: str
    parents: frozenset[str] = frozenset()  # ids of those who are parents of a child of the case

    def of_role(self, role: SubjectRole) -> tuple[Person, ...]:
        """The people of a role, by first mention."""
        return tuple(person for person in self.people if person.role is role)

    def kin_of(self, person_id: str, kin: str) -> Person | None:
        """The one that stands to a person as the word says ("her son"), if there is just one."""
        by_id = {person.person_id: person for person in self.people}
        found = [
            by_id[name]
            for name, (word, other) in self.relations.items()
            if other == person_id and _same_kin(word, kin)
        ]
        found += [
            by_id[other]
            for name, (word, other) in self.relations.items()
            if name == person_id and _inverse(word, kin, by_id[other].sex)
        ]
        if kin in _PARTNERS:
            found += self._spouses(person_id, by_id)
        unique = list(dict.fromkeys(found))
        return unique[0] if len(unique) == 1 else None

    def _spouses(self, person_id: str, by_id: Mapping[str, Person]) -> list[Person]:
        """Those who have a child together with a person."""
        word, child = self.relations.get(person_id, ("", ""))
        if word not in _PARENTS:
            return []
        others = [n for n, (w, c) in self.relations.items() if c == child and w in _PARENTS]
        own_word, parent = self.relations.get(child, ("", ""))
        if own_word in _CHILDREN:
            others.append(parent)
        return [by_id[other] for other in others if other != person_id]


def _same_kin(word: str, kin: str) -> bool:
    return word == kin or {word, kin} <= {"mum", "mother"} or {word, kin} <= {"dad", "father"}


def _inverse(word: str, kin: str, other_sex: str) -> bool:
    """Whether "A is the ``word`` of B" makes B the ``kin`` of A."""
    if word in _CHILDREN and kin in _PARENTS:
        return other_sex in ("", "female" if kin in {"mother", "mum"} else "male")
    if word in _PARENTS and kin in _CHILDREN:
        return other_sex in ("", "male" if kin == "son" else "female")
    return word in _PARTNERS and kin in _PARTNERS


def find_people(document: Document, segments: Sequence[Segment], context: Context) -> Directory:
    """The directory of one document, from its own descriptions."""
    read = [segment for segment in segments if segment.kind not in _SKIPPED_KINDS]
    text = "\n".join(segment.text for segment in read)
    kind = context.subjects.review_kind(document.review_type)
    # In a thematic review each subject has a chapter; elsewhere only the title page tells.
    front = read if kind == "thematic" else read[:_FRONT_SEGMENTS]
    headings = [document.title, *(s.text for s in front if s.kind is SegmentKind.HEADING)]
    victim_role = context.subjects.victim_role.get(kind, SubjectRole.VICTIM)
    names = find_names(text, context.people)
    votes = count_votes(names, text, "\n".join(headings), context.people.kin_names)
    roles = main_roles(names, votes, victim_role, context.people)
    mains = sorted(roles, key=lambda name: -_total(votes[name]))
    names, relations = _related(text, names, mains, roles, context)
    roles = {**_kin_roles(names, relations, roles, context), **roles}
    sexes = {name.text: _sex(name, relations.get(name.text), text, context) for name in names}
    # A capitalised word of no known sex, kin or part in the case is more likely an organisation.
    names = tuple(
        name
        for name in names
        if " " in name.text or sexes[name.text] or name.text in roles or name.text in relations
    )
    offsets = _Offsets(read)
    people: list[Person] = []
    for name in names:
        relation = relations.get(name.text)
        start = offsets.of(name.start_char)
        people.append(
            Person(
                document_id=document.document_id,
                person_id=f"P{len(people) + 1}",
                name=name.text,
                role=roles.get(name.text, SubjectRole.NOT_APPLICABLE),
                relation=f"{relation.kin} of {relation.other}" if relation else "",
                age_years=_age(name, text),
                sex=sexes[name.text],
                ethnicity=_ethnicity(name, text),
                start_char=start,
                end_char=start + len(name.text),
            )
        )
    return _directory(people, relations, kind)


def _related(
    text: str,
    names: Sequence[Name],
    mains: Sequence[str],
    roles: Mapping[str, SubjectRole],
    context: Context,
) -> tuple[tuple[Name, ...], dict[str, Relation]]:
    """The names with the relatives who have none, and everybody's relation."""
    relations = {
        name: relation
        for name, relation in find_relations(text, names, mains, context.people).items()
        # "Maya, Mr D's mother and her aunt" is a list: a subject child is nobody's parent.
        if relation.kin not in _PARENTS or roles.get(name) is not SubjectRole.INDEX_CHILD
    }
    unnamed = unnamed_kin(text, mains, relations, context.people)
    relations |= {name.text: relation for name, relation in unnamed}
    found = {name.start_char: name for name in (*(name for name, _ in unnamed), *names)}
    return tuple(found[start] for start in sorted(found)), relations


def _directory(people: Sequence[Person], relations: Mapping[str, Relation], kind: str) -> Directory:
    ids = {person.name: person.person_id for person in people}
    known = {n: r for n, r in relations.items() if n in ids and r.other in ids}
    parents = {name for name in ids if name.lower() in _PARENTS}
    parents |= {name for name, relation in known.items() if relation.kin in _PARENTS}
    of_children = kind in {"child", "thematic"}
    return Directory(
        tuple(people),
        {ids[name]: (relation.kin, ids[relation.other]) for name, relation in known.items()},
        kind,
        frozenset(ids[name] for name in parents) if of_children else frozenset(),
    )


def _total(votes: Votes) -> float:
    return votes.victim + votes.perpetrator


def _kin_roles(
    names: Sequence[Name],
    relations: Mapping[str, Relation],
    roles: Mapping[str, SubjectRole],
    context: Context,
) -> dict[str, SubjectRole]:
    """The roles of those who are described by their kinship to somebody."""
    found: dict[str, SubjectRole] = {}
    for name in names:
        relation = relations.get(name.text)
        if name.text in context.people.kin_names:
            found[name.text] = context.people.kin_names[name.text][0]
        elif relation is not None:
            role = context.people.kin[relation.kin].role
            # A child of an adult victim is the perpetrator's sibling only if the review says so.
            if relation.kin in _SIBLINGS and roles.get(relation.other) is None:
                role = SubjectRole.HOUSEHOLD_MEMBER
            found[name.text] = role
    return found


def _sex(name: Name, relation: Relation | None, text: str, context: Context) -> str:
    if name.sex:
        return name.sex
    if relation is not None and context.people.kin[relation.kin].sex:
        return context.people.kin[relation.kin].sex
    counts = {"male": 0, "female": 0}
    for match in re.finditer(rf"\b{re.escape(name.text)}\b(?!['’]s)", text):
        following = text[match.end() : match.end() + 120].split(".")[0]
        pronoun = re.search(r"\b(he|his|him|she|her)\b", following)
        if pronoun:
            counts[_PRONOUNS[pronoun.group()]] += 1
    if counts["male"] == counts["female"]:
        return ""
    return max(counts, key=lambda sex: counts[sex])


def _age(name: Name, text: str) -> int | None:
    after = r"(?:,| who was| was| \||,? who was| \()?,?(?: then| and was)? ?(?:aged )?"
    # "May 2019" and "10.30" are no ages, nor is "5 children".
    pattern = rf"\b{re.escape(name.text)}\b{after}(\d{{1,2}})\b(?! {_MONTH}|[.:]\d| [a-z])"
    found = re.search(pattern, text)
    return int(found.group(1)) if found else None


def _ethnicity(name: Name, text: str) -> str:
    for match in re.finditer(rf"\b{re.escape(name.text)}\b", text):
        following = re.split(r"\n", text[match.end() : match.end() + 90])[0]
        found = _ETHNICITY.search(following)
        if found and not re.search(r"[.;] [A-Z]\w+ (?:is|was)\b", following[: found.start()]):
            return found.group(1).strip()
    return ""


class _Offsets:
    """Positions in the joined text back to offsets in the document's frozen text."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._starts: list[tuple[int, int]] = []
        position = 0
        for segment in segments:
            self._starts.append((position, segment.start_char))
            position += len(segment.text) + 1

    def of(self, position: int) -> int:
        joined, frozen = max(pair for pair in self._starts if pair[0] <= position)
        return frozen + position - joined
