"""Which documents tell of one case, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from workbench.cases.shingles import Shingles, overlapping_pairs
from workbench.records import SubjectRole

#: Name, role and age of a person: (key of the name, role, years).
Portrait = tuple[str, SubjectRole, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """When two documents tell of one case. Shares (0-1) of the shorter one's word sequences.

    Measured on eight-word sequences: unlike reviews of the demonstration corpus (24 documents)
    share at most 0.005, its redacted copy shares 0.92 and its executive summary 0.89 with the
    full review. Of 2,080 pairs of unlike real public documents none shares more than 0.29 (a
    government's answer that quotes the report it answers); filled forms of one kind share 0.13
    to 0.20, a form and its blank 0.23 to 0.27. A copy of a fictional review with every name
    blacked out keeps 0.84 to 0.98, one with a tenth of its words blacked out at random 0.47 to
    0.53. A summary in new words shares nothing (0.00 of 679 sequences in the one measured):
    only its people, or the user, can tell.
    """

    min_shared: float = 0.40  # without the help of names
    min_shared_with_names: float = 0.10  # when both also name two of the same people
    min_shared_against_names: float = 0.70  # when both name people and none is the same
    min_same_names: int = 2
    min_same_portraits: int = 2  # same name, role and age: enough without shared wording
    min_sequences: int = 50  # a shorter text shows too little

    def __post_init__(self) -> None:
        shares = (self.min_shared_with_names, self.min_shared, self.min_shared_against_names)
        if not 0 < shares[0] <= shares[1] <= shares[2] <= 1:
            raise ValueError(f"shares must rise from 0 to 1: with names, alone, against: {shares}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What linking needs to know of one document."""

    document_id: str
    title: str
    shingles: Shingles
    names: frozenset[str]  # names that tell one case from another
    portraits: frozenset[Portrait]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Documents that tell of one case, by document id."""

    document_ids: tuple[str, ...]
    name: str  # given by the user, or ""
    reason: str  # "" for a single document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    left: str
    right: str
    share: float
    reason: str


def link_documents(
    profiles: Sequence[Profile], linked: Mapping[str, str], settings: LinkSettings
) -> tuple[Group, ...]:
    """The documents in groups of one case each.

    What the user says (``linked``: document id to the name of a case) is always kept:
    documents of one name are together, documents of two names never. Other documents join by
    shared wording and people, the strongest link first, unless a document of the one group and
    a document of the other both name people and none is the same (a yearly collection of
    summaries must not draw unrelated cases together).
    """
    by_id = {profile.document_id: profile for profile in profiles}
    groups = {document_id: {document_id} for document_id in by_id}
    names = {document_id: linked.get(document_id, "") for document_id in by_id}
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names.values()) - {""}):
        members = {document_id for document_id in by_id if names[document_id] == name}
        for document_id in members:
            groups[document_id] = members
        if len(members) > 1:
            reasons[min(members)].append(f"{len(members)} documents listed as case {name!r}")
    shares = _shared_wording(profiles, settings)
    for link in _links(by_id, shares, settings):
        left, right = groups[link.left], groups[link.right]
        given = {names[document_id] for document_id in left | right} - {""}
        if left is right or len(given) > 1 or _strangers(left, right, by_id, shares, settings):
            continue
        joined = left | right
        for document_id in joined:
            groups[document_id] = joined
        reasons[link.left].append(link.reason)
    return tuple(
        Group(
            document_ids=tuple(sorted(members)),
            name=next((names[member] for member in sorted(members) if names[member]), ""),
            reason="; ".join(text for member in sorted(members) for text in reasons[member]),
        )
        for document_id, members in sorted(groups.items())
        if document_id == min(members)
    )


def _shared_wording(
    profiles: Sequence[Profile], settings: LinkSettings
) -> dict[tuple[str, str], float]:
    long_enough = {
        profile.document_id: profile.shingles
        for profile in profiles
        if len(profile.shingles) >= settings.min_sequences
    }
    return overlapping_pairs(long_enough, min_containment=settings.min_shared_with_names)


def _links(
    by_id: Mapping[str, Profile],
    shares: Mapping[tuple[str, str], float],
    settings: LinkSettings,
) -> list[_Link]:
    """The pairs that tell of one case, the largest shared wording first."""
    links = []
    for pair in sorted(set(shares) | _same_portraits(by_id, settings)):
        left, right = by_id[pair[0]], by_id[pair[1]]
        reason = _reason(left, right, shares.get(pair, 0.0), settings)
        if reason:
            links.append(
                _Link(left=pair[0], right=pair[1], share=shares.get(pair, 0.0), reason=reason)
            )
    return sorted(links, key=lambda link: (-link.share, link.left, link.right))


def _same_portraits(by_id: Mapping[str, Profile], settings: LinkSettings) -> set[tuple[str, str]]:
    owners: defaultdict[Portrait, list[str]] = defaultdict(list)
    for document_id in sorted(by_id):
        for portrait in by_id[document_id].portraits:
            owners[portrait].append(document_id)
    n_same: defaultdict[tuple[str, str], int] = defaultdict(int)
    for document_ids in owners.values():
        for pair in combinations(document_ids, 2):
            n_same[pair] += 1
    return {pair for pair, n in n_same.items() if n >= settings.min_same_portraits}


def _reason(left: Profile, right: Profile, share: float, settings: LinkSettings) -> str:
    """Why the two tell of one case, in words; ``""`` when they do not."""
    same_names = left.names & right.names
    if left.names and right.names and not same_names:
        needed = settings.min_shared_against_names
    elif len(same_names) >= settings.min_same_names:
        needed = settings.min_shared_with_names
    else:
        needed = settings.min_shared
    shorter, longer = sorted(
        (left, right), key=lambda profile: (len(profile.shingles), profile.document_id)
    )
    people = ", ".join(sorted(name.title() for name in same_names))
    if share >= needed:
        text = (
            f"{share * 100:.0f} % of the eight-word sequences of {shorter.title!r} "
            f"stand in {longer.title!r}"
        )
        return f"{text}, and both name {people}" if people else text
    portraits = left.portraits & right.portraits
    if len(portraits) >= settings.min_same_portraits:
        listed = ", ".join(
            f"{name.title()} ({role}, {age})" for name, role, age in sorted(portraits)
        )
        return f"{shorter.title!r} and {longer.title!r} name the same people: {listed}"
    return ""


def _strangers(
    left: set[str],
    right: set[str],
    by_id: Mapping[str, Profile],
    shares: Mapping[tuple[str, str], float],
    settings: LinkSettings,
) -> bool:
    """Whether two of the documents both name people and have neither names nor text in common."""
    for one in left:
        for other in right:
            names, others = by_id[one].names, by_id[other].names
            share = shares.get((min(one, other), max(one, other)), 0.0)
            if (
                names
                and others
                and not names & others
                and share < settings.min_shared_against_names
            ):
                return True
    return False
