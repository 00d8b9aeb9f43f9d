"""Who is the victim, the perpetrator, the subject child: from the review's own descriptions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from workbench.coding.people.names import Name
from workbench.coding.rules.context import PeopleContext
from workbench.records import SubjectRole

_QUOTE = "[“\"'‘]?"
_ENDING = "[”\"'’]?"
_FATAL = r"(?:murder|manslaughter|unlawful killing|killing|causing (?:or allowing )?the death)"
#: Pattern with {n} for any of the names, and its weight: votes, not probabilities.
_ROW = r"(?:^|\| ?|\n){n} ?[|\n ][^\n.]"  # the name opens a table row or a line
_WHO_DIED = r"(?:man|woman|person|child|girl|boy) who (?:was killed|died)"
_VICTIM = (
    (rf"(?:death|murder|killing|homicide|stabbing) of (?:\w+ )?{_QUOTE}{{n}}\b", 3.0),
    (
        r"{n}\b[^.;|]{{0,50}}\b(?:was|were|been|be|being) (?:\w+ )?(?:killed|murdered|stabbed|"
        r"strangled|found (?:dead|hanging|lifeless)|seriously injured|fatally|pronounced|shot)",
        3.0,
    ),
    (r"(?:killed|murdered|strangled|stabbed) (?:his |her |their )?(?:\w+ ){{0,3}}{n}\b", 2.0),
    (r"{n}\b,?(?: \(?aged \d+\)?,?)? (?:who )?(?:died|took (?:his|her) own life)\b", 1.5),
    (_ROW + rf"{{{{0,40}}}}\b(?:[Vv]ictim|[Ss]ubject|[Dd]eceased|{_WHO_DIED})", 6.0),
    (rf"\b(?:the victim|the deceased|the subject),? (?:\w+ )?\(?{_QUOTE}{{n}}\b", 3.0),
    (rf"\b{{n}},? (?:is )?the (?:victim|deceased|subject of this|{_WHO_DIED})", 4.0),
    (
        r"(?:[Rr]eview|[Rr]eport|investigation)(?: into| on|:| concerning| of)"
        r"(?: the (?:case|death) of)? {n}\b",
        3.0,
    ),
    (r"(?:report is about|review of|subject of this review)[^.\n]{{0,40}}\b{n}\b", 2.0),
)
_PERPETRATOR = (
    (
        rf"{{n}}\b[^.;|]{{{{0,60}}}}\b(?:was|been|is|were) (?:\w+ )?(?:convicted|charged|"
        rf"found guilty|sentenced)[^.;]{{{{0,50}}}}\b{_FATAL}",
        5.0,
    ),
    (rf"{{n}}\b[^.;|]{{{{0,40}}}}\bpleaded guilty to[^.;]{{{{0,20}}}}{_FATAL}", 5.0),
    (_ROW + rf"{{{{0,60}}}}\b(?:[Pp]erpetrator|convicted of (?:her|his|the) {_FATAL})", 6.0),
    (
        r"(?:killed|murdered|stabbed|strangled|attacked|shot)(?: at home| there)? by "
        r"(?:[^.;|]{{0,40}},? )?{n}\b",
        4.0,
    ),
    (r"{n}\b,?(?: aged \d+,?)? (?:then )?(?:killed|murdered|stabbed|strangled)\b", 4.0),
    (r"\b(?:the perpetrator|the offender),? (?:\w+ )?\(?{n}\b", 3.0),
    (r"\b{n},? (?:is )?the perpetrator\b", 4.0),
    (r"{n}\b[^.;|]{{0,40}}\bconvicted of wounding", 3.0),
    (
        r"{n}\b[^.;|]{{0,60}}\b(?:then|before|and) (?:killed himself|took his own life|"
        r"taking his own life|killing himself)",
        4.0,
    ),
    (r"shared with (?:her|his) (?:\w+ )?(?:son|husband|wife|partner|brother), {n}\b", 3.0),
)
_PATIENT = (
    (_ROW + r"{{0,20}}\bthe patient\b", 6.0),
    (r"care and treatment (?:of|provided to|received by) {n}\b", 4.0),
)


_TITLE_PAGE_VOTES = 6.0
_ENOUGH_VOTES = 3.0
_OFTEN = 10  # mentions


class Votes(NamedTuple):
    """How strongly a document describes a name as victim or as perpetrator."""

    victim: float
    perpetrator: float


def count_votes(
    names: Sequence[Name], text: str, headings: str, kin_names: Container[str]
) -> dict[str, Votes]:
    """The votes for each name; standing alone on the title page counts for the victim.

    Args:
        names: The names of the document.
        text: All of its text.
        headings: Its title and the headings on which a subject stands alone.
        kin_names: Names such as "Mother" that head a section without being its subject.
    """
    if not names:
        return {}
    victim = _votes(_VICTIM, names, text)
    perpetrator = _votes((*_PERPETRATOR, *_PATIENT), names, text)
    for name in names:
        own = re.escape(name.text)
        alone = rf"(?:^|\n)(?:\w+ and )?{own}{_ENDING}(?: and \w+|,[^\n]*)?(?:\n|$)"
        if name.text not in kin_names and re.search(alone, headings):
            victim[name.text] += _TITLE_PAGE_VOTES
    return {name.text: Votes(victim[name.text], perpetrator[name.text]) for name in names}


def _votes(
    patterns: Sequence[tuple[str, float]], names: Sequence[Name], text: str
) -> defaultdict[str, float]:
    """One search for all names; of a name each pattern counts three times at most."""
    alternatives = sorted((re.escape(n.text) for n in names), key=len, reverse=True)
    any_name = rf"(?=[A-Z])(?P<n>{'|'.join(alternatives)})"
    total: defaultdict[str, float] = defaultdict(float)
    for pattern, weight in patterns:
        found = re.finditer(pattern.format(n=any_name), text, re.MULTILINE)
        counts = Counter(match["n"] for match in found)
        for name, n in counts.items():
            total[name] += weight * min(n, 3)
    return total


def main_roles(
    names: Sequence[Name],
    votes: Mapping[str, Votes],
    victim_role: SubjectRole,
    context: PeopleContext,
) -> dict[str, SubjectRole]:
    """The role of each name that the votes single out; the others are left out.

    Where no victim is voted for, the person most spoken of is taken for the one the review
    is about; in a homicide review with no perpetrator voted for, the next most spoken of.
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
    others = [n for n in names if n.text not in roles and n.text not in context.kin_names]
    others.sort(key=lambda name: -name.n_mentions)
    if victim_role not in roles.values() and others and others[0].n_mentions >= _OFTEN:
        roles[others.pop(0).text] = victim_role
    _tell_apart_two_deaths(roles, votes, victim_role)
    wanted = victim_role is SubjectRole.VICTIM and SubjectRole.PERPETRATOR not in roles.values()
    if wanted and others and others[0].n_mentions >= _OFTEN:
        roles[others[0].text] = SubjectRole.PERPETRATOR
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
