"""Who is the victim, the perpetrator, the subject child: from the review's own descriptions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from workbench.coding.people.finding.deeds import ENDING, KILLS, PATTERNS, QUOTE, WAS_KILLED
from workbench.coding.people.finding.lists import Listed
from workbench.coding.people.finding.marks import NAME, NAMES, MarkedText
from workbench.coding.people.finding.naming.name import Name
from workbench.coding.rules.context import PeopleContext
from workbench.records import SubjectRole

_ALONE = re.compile(
    rf"(?:^|\n|: ?)(?:\w+ and |Baby |Child )?{QUOTE}({NAME}){ENDING}"
    rf"(?: and (?:\w+|({NAME}))|,[^\n]*)?(?=\n|$)"
)
_KILLING_KIN = re.compile(
    rf"{KILLS}(?: to death)?(?: at home)? by (?:his|her|their) (?:own )?([a-z-]+)\b"
    rf"(?!,? [A-Z{NAMES}])"
)
_HOMICIDES = frozenset({"homicide", "joint", "child", "patient", "thematic"})
_LISTED_VOTES = 6.0
_TITLE_PAGE_VOTES = 6.0
_ENOUGH_VOTES = 3.0
_OFTEN, _OFTEN_OF_ONE = 10, 2  # mentions; of the only one whom a coroner writes about
_MOST_OF_A_PATTERN = 3  # matches of one name that count


def was_killed(text: str) -> bool:
    """Whether a text says of somebody that another killed them."""
    return WAS_KILLED.search(text) is not None


class Votes(NamedTuple):
    """How strongly a document describes a name as victim or as perpetrator."""

    victim: float
    perpetrator: float
    killer: float = 0.0  # of them those that tell of murder or a deed, not of a lesser verdict


def count_votes(
    names: Sequence[Name],
    text: str,
    headings: str,
    listed: Sequence[Listed],
    context: PeopleContext,
    kind: str,
) -> dict[str, Votes]:
    """The votes for each name.

    ``headings`` are the title and the headings on which a subject stands alone; ``kind`` is the
    group of review types, as ``SubjectContext.review_kind`` tells it.
    """
    owners = {form: name.text for name in names for form in name.forms if not name.is_professional}
    if not owners:
        return {}
    marked = MarkedText(text, owners)
    victim = _votes(PATTERNS["victim"], marked)
    groups = ["perpetrator"]
    groups += ["abuser"] if kind in {"child", "thematic", "adult"} else []
    groups += ["died after"] if kind in _HOMICIDES else []
    perpetrator = _votes([p for group in groups for p in PATTERNS[group]], marked)
    killer = _votes(PATTERNS["killer"], marked)
    for item in listed:
        name = owners.get(item.name, "")
        if item.description.role is SubjectRole.VICTIM:
            victim[name] += _LISTED_VOTES
        elif item.description.role is SubjectRole.PERPETRATOR:
            perpetrator[name] += _LISTED_VOTES
    for name in _title_names(headings, owners.keys() - context.kin_names, owners):
        # An investigation into somebody's care names the one who killed.
        (perpetrator if kind == "patient" else victim)[name] += _TITLE_PAGE_VOTES
    for name in _killing_kin(text, owners):
        perpetrator[name] += _LISTED_VOTES
        killer[name] += _LISTED_VOTES
    return {
        name: Votes(victim[name], perpetrator[name], killer[name])
        for name in dict.fromkeys(owners.values())
    }


def _killing_kin(text: str, owners: Mapping[str, str]) -> set[str]:
    """Those who are called by their kinship alone where the killing is told: "by their father"."""
    kin = {match.group(1).capitalize() for match in _KILLING_KIN.finditer(text)}
    return {owners[word] for word in kin if word in owners}


def _title_names(headings: str, forms: Set[str], owners: Mapping[str, str]) -> list[str]:
    """The names that stand alone in a heading, once for each form they are printed in."""
    marked = MarkedText(headings, {form: form for form in sorted(forms)})
    found = [sign for match in _ALONE.finditer(marked.text) for sign in match.groups() if sign]
    return [owners[marked.name(sign)] for sign in sorted(set(found))]


def _votes(
    patterns: Sequence[tuple[re.Pattern[str], float]], marked: MarkedText
) -> defaultdict[str, float]:
    """One search for all names; of a name each pattern counts a few times at most."""
    total: defaultdict[str, float] = defaultdict(float)
    for pattern, weight in patterns:
        counts = Counter(marked.name(match["n"]) for match in pattern.finditer(marked.text))
        for name, n in counts.items():
            total[name] += weight * min(n, _MOST_OF_A_PATTERN)
    return total


def main_roles(
    names: Sequence[Name],
    votes: Mapping[str, Votes],
    victim_role: SubjectRole,
    context: PeopleContext,
) -> dict[str, SubjectRole]:
    """The role of each name that the votes single out; the others are left out.

    Where no victim is voted for, the person most spoken of is taken for the one the review
    is about.
    """
    roles: dict[str, SubjectRole] = {}
    best = max((v.victim for v in votes.values()), default=0.0)
    worst = max((v.perpetrator for v in votes.values()), default=0.0)
    enough = min(_TITLE_PAGE_VOTES, max(_ENOUGH_VOTES, 0.45 * best))
    for name, vote in votes.items():
        designation = context.designation_roles.get(name.rsplit(" ", 1)[0])
        if designation is not None:
            roles[name] = victim_role if designation is SubjectRole.VICTIM else designation
        elif vote.perpetrator >= max(_ENOUGH_VOTES, 0.5 * worst) and (
            vote.perpetrator >= vote.victim * 0.8
        ):
            roles[name] = SubjectRole.PERPETRATOR
        elif vote.victim >= enough:
            roles[name] = victim_role
    others = [
        n
        for n in names
        if n.text not in roles and n.text not in context.kin_names and not n.is_professional
    ]
    others.sort(key=lambda name: -name.n_mentions)
    often = _OFTEN_OF_ONE if victim_role is SubjectRole.DECEASED else _OFTEN
    if victim_role not in roles.values() and others and others[0].n_mentions >= often:
        roles[others.pop(0).text] = victim_role
    if victim_role not in roles.values():  # a little that is said is better than nothing
        said = [name for name in votes if name not in roles and votes[name].victim]
        if said:
            roles[max(said, key=lambda name: votes[name].victim)] = victim_role
    _tell_apart_two_deaths(roles, votes, victim_role)
    return roles


def _tell_apart_two_deaths(
    roles: dict[str, SubjectRole], votes: Mapping[str, Votes], victim_role: SubjectRole
) -> None:
    """Of two who died in a homicide review that names no perpetrator, one killed the other.

    The one whose death is told less is taken for the perpetrator, who died after the killing.
    """
    dead = [name for name, role in roles.items() if role is SubjectRole.VICTIM]
    if (
        victim_role is SubjectRole.VICTIM
        and len(dead) == 2
        and SubjectRole.PERPETRATOR not in roles.values()
    ):
        roles[min(dead, key=lambda name: votes[name].victim)] = SubjectRole.PERPETRATOR
