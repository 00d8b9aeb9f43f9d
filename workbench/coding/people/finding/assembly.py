"""Names, roles, relations, ages and sexes put together to the directory of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from workbench.coding.people.directory import Directory
from workbench.coding.people.finding.attributes import Attributes, Reading
from workbench.coding.people.finding.giving import RoleGiver
from workbench.coding.people.finding.kinship import unnamed_kin
from workbench.coding.people.finding.lists import Listed, ListReader
from workbench.coding.people.finding.marks import MarkedText
from workbench.coding.people.finding.naming.evidence import PersonSigns
from workbench.coding.people.finding.naming.name import Name
from workbench.coding.people.finding.naming.names import find_names
from workbench.coding.people.finding.naming.posts import posts
from workbench.coding.people.finding.relations import Kin, Relation, find_relations
from workbench.coding.people.finding.roles import Votes, count_votes, main_roles, was_killed
from workbench.coding.people.kin import FORMER, PARENTS, PARTNERS
from workbench.coding.rules.context import Context
from workbench.records import Document, Person, Segment, SegmentKind, SubjectRole

_SKIPPED_KINDS = frozenset({SegmentKind.RUNNING_MATTER, SegmentKind.CONTENTS_LINE})
_FRONT_SEGMENTS = 14
_CHILD_KINDS = frozenset({"child", "thematic"})
_TOLD_ROLES = (SubjectRole.PEER, SubjectRole.AGENCY)  # believed of a table without kinship


def find_people(document: Document, segments: Sequence[Segment], context: Context) -> Directory:
    """The directory of one document, from its own descriptions."""
    read = [segment for segment in segments if segment.kind not in _SKIPPED_KINDS]
    text = "\n".join(segment.text for segment in read)
    kind = context.subjects.review_kind(document.review_type)
    listed = _without_words(
        ListReader(context.people).read(read), text, frozenset(context.people.kin_names)
    )
    signs = PersonSigns(context.people)
    found = find_names(text, context.people, signs, (item.name for item in listed))
    names = (*found, *_listed_kin(text, found, listed))
    headings = _headings(document, read, kind)
    votes = count_votes(names, text, headings, listed, context.people, kind)
    victim_role = _victim_role(kind, text, context)
    mains = main_roles(names, votes, victim_role, context.people)
    return _Assembly(document, read, text, context, kind).directory(names, votes, mains, listed)


def _victim_role(kind: str, text: str, context: Context) -> SubjectRole:
    """What the one is called whom the review is about: who was killed is a victim."""
    role = context.subjects.victim_role.get(kind, SubjectRole.VICTIM)
    return SubjectRole.VICTIM if role is SubjectRole.DECEASED and was_killed(text) else role


def _without_words(
    listed: Sequence[Listed], text: str, kin_names: frozenset[str]
) -> tuple[Listed, ...]:
    """The people of lists, without the words that only begin a sentence there."""
    lower = set(re.findall(r"\b[a-zà-ÿ]{2,}\b", text))
    return tuple(
        item
        for item in listed
        if not item.name.isalpha()
        or item.name.isupper()
        or item.name in kin_names
        or item.name.lower() not in lower
    )


def _headings(document: Document, read: Sequence[Segment], kind: str) -> str:
    # In a thematic review each subject has a chapter; elsewhere only the title page tells.
    front = read if kind == "thematic" else read[:_FRONT_SEGMENTS]
    return "\n".join([document.title, *(s.text for s in front if s.kind is SegmentKind.HEADING)])


def _listed_kin(text: str, names: Sequence[Name], listed: Sequence[Listed]) -> list[Name]:
    """People whom a table knows by their kinship alone: "The sister"."""
    known = {form for name in names for form in name.forms}
    found = []
    for item in listed:
        match = re.search(re.escape(item.name), text)
        if item.name.lower().startswith("the ") and item.name not in known and match:
            word = item.name[4:]
            n = len(re.findall(rf"\b[Tt]he {re.escape(word)}\b", text))
            alias = (f"the {word}",) if item.name != f"the {word}" else ()
            found.append(Name(item.name, match.start(), n, aliases=alias))
    return found


class _Assembly:
    """Puts together what is known of the people of one document."""

    def __init__(
        self,
        document: Document,
        read: Sequence[Segment],
        text: str,
        context: Context,
        kind: str,
    ) -> None:
        self._document, self._read, self._text = document, read, text
        self._context, self._kind = context, kind

    def directory(
        self,
        names: Sequence[Name],
        votes: Mapping[str, Votes],
        mains: Mapping[str, SubjectRole],
        listed: Sequence[Listed],
    ) -> Directory:
        """The directory of the names found."""
        people = self._context.people
        reading = Reading(self._text, names, listed)
        attributes = Attributes(reading, people)
        ordered = sorted(mains, key=lambda name: -(votes[name].victim + votes[name].perpetrator))
        owners = {form: n.text for n in names if not n.is_professional for form in n.forms}
        kin = Kin(
            owners=owners,
            mains=[(name, mains[name]) for name in ordered],
            sexes={name.text: attributes.sex(name, None) for name in names},
            marked=MarkedText(self._text, owners),
        )
        relations = find_relations(kin, listed, people)
        relations = {n: r for n, r in relations.items() if self._is_likely(n, r, mains)}
        unnamed = unnamed_kin(kin, relations, people)
        relations |= {name.text: relation for name, relation in unnamed}
        names = tuple(sorted((*names, *(name for name, _ in unnamed)), key=lambda n: n.start_char))
        told = {item.name: item.description.role for item in listed
                if item.description.role in _TOLD_ROLES}  # fmt: skip
        told |= dict.fromkeys(posts(names, self._text), SubjectRole.AGENCY)
        roles = RoleGiver(self._context.people, relations, attributes, told).roles(
            names, self._without_parents(mains, relations, votes)
        )
        listed_names = frozenset(item.name for item in listed)
        return self._directory(names, relations, (roles, listed_names), attributes)

    def _is_likely(self, name: str, relation: Relation, roles: Mapping[str, SubjectRole]) -> bool:
        """Whether a relation fits what a name says: "Father" is nobody's half-brother here."""
        kin_names = self._context.people.kin_names
        if name in kin_names and kin_names[name][0] is SubjectRole.PARENT_CARER:
            return relation.kin in PARENTS | PARTNERS | FORMER
        # "Maya, Mr D's mother and her aunt" is a list: a subject child is nobody's parent.
        return relation.kin not in PARENTS or roles.get(name) is not SubjectRole.INDEX_CHILD

    def _without_parents(
        self,
        mains: Mapping[str, SubjectRole],
        relations: Mapping[str, Relation],
        votes: Mapping[str, Votes],
    ) -> dict[str, SubjectRole]:
        """The main roles, without those of whom kinship says more.

        A child's parent who was convicted of a neglectful act is a parent still; a friend of the
        one who died, himself stabbed a year before, is a friend.
        """
        most = max((vote.victim for vote in votes.values()), default=0.0)
        kin_names = self._context.people.kin_names
        parents = {n for n, relation in relations.items() if relation.kin in PARENTS}
        parents -= kin_names.keys()
        parents |= {n for n, (role, _) in kin_names.items() if role is SubjectRole.PARENT_CARER}
        return {
            name: role
            for name, role in mains.items()
            if not (
                self._kind in _CHILD_KINDS
                and role is SubjectRole.PERPETRATOR
                and name in parents
                and not votes[name].killer
            )
            and not (_is_friend(name, relations, mains) and votes[name].victim < most)
        }

    def _directory(
        self,
        names: Sequence[Name],
        relations: Mapping[str, Relation],
        given: tuple[Mapping[str, SubjectRole], Set[str]],  # roles; who stands in a list of people
        attributes: Attributes,
    ) -> Directory:
        roles, listed = given
        offsets = _Offsets(self._read)
        people: list[Person] = []
        elsewhere: set[str] = set()
        # A capitalised word of no known sex, kin or part in the case is hardly a person.
        names = [
            name
            for name in names
            if name.text in roles
            or name.text in relations
            or not name.text.isalpha()
            or name.text in listed
            or attributes.sex(name, None)
        ]
        for name in names:
            relation = relations.get(name.text)
            is_elsewhere = name.text not in roles and attributes.is_elsewhere(name)
            start = offsets.of(name.start_char)
            people.append(
                Person(
                    document_id=self._document.document_id,
                    person_id=f"P{len(people) + 1}",
                    name=name.text,
                    role=roles.get(name.text, SubjectRole.NOT_APPLICABLE),
                    aliases=name.aliases,
                    relation=f"{relation.kin} of {relation.other}" if relation else "",
                    age_years=attributes.age(name),
                    sex=attributes.sex(name, relation),
                    ethnicity=attributes.ethnicity(name),
                    start_char=start,
                    end_char=start + len(name.text),
                )
            )
            if is_elsewhere:
                elsewhere.add(people[-1].person_id)
        most = max((name.n_mentions for name in names), default=1)
        counts = {p.person_id: n.n_mentions for p, n in zip(people, names, strict=True)}
        prominence = {person_id: n / most for person_id, n in counts.items()}
        return self._linked(people, relations, frozenset(elsewhere), prominence)

    def _linked(
        self,
        people: Sequence[Person],
        relations: Mapping[str, Relation],
        elsewhere: frozenset[str],
        prominence: Mapping[str, float],
    ) -> Directory:
        ids = {person.name: person.person_id for person in people}
        known = {n: r for n, r in relations.items() if n in ids and r.other in ids}
        parents = {name for name in ids if name.lower() in PARENTS}
        parents |= {name for name, relation in known.items() if relation.kin in PARENTS}
        of_children = self._kind in {"child", "thematic"}
        return Directory(
            tuple(people),
            {ids[name]: (relation.kin, ids[relation.other]) for name, relation in known.items()},
            self._kind,
            frozenset(ids[name] for name in parents) if of_children else frozenset(),
            elsewhere,
            prominence,
        )


def _is_friend(
    name: str, relations: Mapping[str, Relation], mains: Mapping[str, SubjectRole]
) -> bool:
    """Whether one who was hurt is told as the friend of another who was."""
    relation = relations.get(name)
    return (
        relation is not None
        and relation.kin == "friend"
        and mains.get(name) is not SubjectRole.PERPETRATOR
        and mains.get(relation.other) is mains.get(name)
    )


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
