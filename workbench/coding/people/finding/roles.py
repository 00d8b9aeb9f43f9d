"""Who is the victim, the perpetrator, the subject child: from the review's own descriptions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from workbench.coding.people.finding.lists import Listed
from workbench.coding.people.finding.marks import NAME, NAMES, MarkedText
from workbench.coding.people.finding.names import Name
from workbench.coding.rules.context import PeopleContext
from workbench.records import SubjectRole

_QUOTE = "[“\"'‘]?"
_ENDING = "[”\"'’]?"
_FATAL = (
    # Whoever allowed a death is no killer: parents convicted of that stay parents.
    r"(?:murder|manslaughter|unlawful killing|killing|homicide|infanticide)"
)
#: Pattern with {n} for the sign of a name, {s} for signs in brackets, and its weight.
_ROW = r"(?:^|\| ?|\n){n} ?[|\n ][^\n.]"  # the name opens a table row or a line
_AGED = r"(?:,? \(?(?:then )?(?:aged )?\d+\)?,?)?"
_VICTIM = (
    (r"(?:[Dd]eaths?|murder|killing|homicide|suicide|stabbing|shooting) of "
     rf"(?:\w+ )?{_QUOTE}{{n}}", 3.0),
    (
        r"{n}[^.;|]{{0,50}}\b(?:was|were|been|be|being) (?:\w+ )?(?:killed|murdered|stabbed|"
        r"strangled|found (?:dead|hanging|lifeless|unresponsive)|seriously injured|fatally|"
        r"pronounced|shot|brought to hospital|unlawfully killed)",
        3.0,
    ),
    (r"(?:killed|murdered|strangled|stabbed|smothered) (?:his |her |their )?(?:[a-z-]+,? ){{0,3}}"
     r"{n}", 3.0),
    (rf"{{n}}{_AGED} (?:who )?(?:had )?(?:died|took (?:his|her|their) own life|ended (?:his|her) "
     r"life)\b", 1.5),
    (rf"\b[Tt]he (?:victim|deceased|subject(?: child)?),? (?:\w+ )?\(?{_QUOTE}{{n}}", 3.0),
    (r"{n},? (?:is |was )?the (?:victim|deceased|subject of this|man who was killed|"
     r"woman who was killed|person who died)", 4.0),
    (
        r"(?:[Rr]eview|[Rr]eport|[Ii]nvestigation|[Ii]nquest)(?: into| on|:| concerning| of| about"
        rf"| in respect of)(?: the (?:case|death|circumstances) of)? {_QUOTE}{{n}}",
        3.0,
    ),
    # "AB was 46. She was killed by her husband."
    (r"{n}[^.\nA-Z{s}]{{0,60}}\. (?:She|He) (?:was|had been) (?:\w+ )?(?:killed|murdered|stabbed|"
     r"strangled|smothered|shot|found dead)\b", 3.0),
    (r"(?:report is about|review of|subject of this review)[^.\n]{{0,40}}{n}", 2.0),
)  # fmt: skip
_KILLS = (
    r"(?:killed|murdered|stabbed|strangled|shot|suffocated|smothered|drowned|poisoned|battered|"
    r"beat(?:en)? to death|shook|shaken|set (?:alight|fire to))(?! (?:him|her|them)sel)"
)
#: What tells that the one whom a coroner writes of was killed by somebody, named or not.
_WAS_KILLED = re.compile(
    r"\b(?:was|were|been) (?:unlawfully |brutally |fatally )?(?:killed|murdered|stabbed|strangled|"
    r"shot|attacked and killed)(?: to death)? by\b|\b(?:the|her|his|their) (?:perpetrator|"
    r"assailant|killer|attacker)\b|\b(?:convicted of|charged with|guilty (?:of|to)) "
    r"(?:the |his |her )?(?:murder|manslaughter)|\bwas unlawfully killed|\bwas murdered"
)
_TRIED = (
    r"(?:arrested|charged|convicted|tried|sentenced|detained|remanded|found guilty|found not "
    r"guilty|acquitted|imprisoned|on trial|indicted|prosecuted)"
)
_PERPETRATOR = (
    (rf"{{n}}[^.;|]{{{{0,60}}}}\b{_TRIED}\b[^.;]{{{{0,50}}}}\b{_FATAL}", 5.0),
    (rf"{{n}}[^.;|]{{{{0,40}}}}\b(?:pleaded guilty to|admitted|confessed to)[^.;]{{{{0,20}}}}"
     rf"{_FATAL}", 5.0),
    (r"{n}[^.;|]{{0,60}}\b(?:life (?:sentence|imprisonment)|hospital order|imprisonment "
     r"for life)\b", 3.0),
    (
        rf"{_KILLS}(?: to death)?(?: at home| there)? by (?:[^.;|]{{{{0,40}}}},? )?{{n}}",
        4.0,
    ),
    (r"\b(?:attacked|assaulted|punched|pushed|struck|hit|kicked)[^.;|]{{0,30}} by "
     r"(?:[^.;|]{{0,30}},? )?{n}", 1.5),
    (rf"{{n}}{_AGED} (?:then |had |fatally |later )?(?:{_KILLS}|fatally)\b", 4.0),
    (rf"{{n}}[^.;|]{{{{0,40}}}}\b(?:when|after|as|before|where) (?:he|she) "
     rf"(?:then |had |fatally )?"
     rf"{_KILLS}", 4.0),
    (r"\b(?:at the hands of|killing of [^.;|]{{0,40}} by|death was caused by|injuries (?:were )?"
     r"(?:caused|inflicted) by|responsible for [^.;|]{{0,20}}death was) "
     r"(?:[^.;|]{{0,30}},? )?{n}", 4.0),
    (r"{n}[^.;|]{{0,30}} (?:was|is|were) responsible for (?:his|her|their|the) (?:\w+ )?(?:death|"
     r"injuries)", 4.0),
    (r"{n},? (?:had )?(?:caused|inflicted) (?:his|her|the) (?:fatal |\w+ )?(?:death|injur)", 4.0),
    (r"\b[Tt]he (?:alleged )?(?:perpetrator|offender|defendant|assailant|killer)\b[^.;|]{{0,24}},? "
     r"\(?{n}", 3.0),
    (r"{n},? (?:is |was )?the (?:alleged )?(?:perpetrator|offender|defendant|assailant)\b", 4.0),
    (r"shared with (?:her|his) (?:\w+ )?(?:son|husband|wife|partner|brother), {n}", 3.0),
    (r"{n}[^.;|]{{0,40}}\bconvicted of wounding", 3.0),
    (r"{n}[’']s (?:conviction|trial|sentence|plea|arrest for)\b", 1.5),
)  # fmt: skip
#: Of children and of adults at risk: who was convicted of what was done to them.
_ABUSER = (
    (
        rf"{{n}}[^.;|]{{{{0,60}}}}\b{_TRIED}\b[^.;]{{{{0,40}}}}\b(?:rape|rap(?:ing|ed)|sexual|"
        r"trafficking|exploit\w+|wilful neglect|ill-treatment|modern slavery)",
        3.0,
    ),
    (
        r"\b(?:groomed|exploited|raped|trafficked|sexually abused) by (?:[^.;|]{{0,40}},? )?{n}",
        3.0,
    ),
    (r"{n},? (?:had )?(?:groomed|exploited|raped|trafficked|sexually abused)\b", 3.0),
)
#: Of homicides alone: who killed and then died; elsewhere it tells of a suicide.
_DIED_AFTER = (
    (
        r"{n}[^.;|]{{0,60}}\b(?:then|before|and) (?:killed himself|took his own life|"
        r"taking his own life|killing himself|killed herself|took her own life)",
        4.0,
    ),
)
_KILLER = (
    (rf"{{n}}[^.;|]{{{{0,60}}}}\b{_TRIED}\b[^.;]{{{{0,50}}}}\b(?:murder|infanticide)", 5.0),
    (rf"{{n}}{_AGED} (?:then |had |fatally |later )?(?:{_KILLS}|fatally)\b", 4.0),
    (rf"{_KILLS}(?: to death)?(?: at home| there)? by (?:[^.;|]{{{{0,40}}}},? )?{{n}}", 4.0),
)
#: "... by her husband, Tobias. He was convicted of murder": the one named last before.
_HE_WAS = (
    rf"{{n}}[^.\nA-Z{{s}}]{{{{0,60}}}}\. (?:He|She) (?:was|is|has been|later|then|subsequently|"
    rf"pleaded|admitted)\b[^.]{{{{0,60}}}}\b{_FATAL}",
    3.0,
)
_PATIENT = (
    (_ROW + r"{{0,20}}\bthe patient\b", 6.0),
    (r"care and treatment (?:of|provided to|received by) {n}", 4.0),
)


def _compiled(patterns: Sequence[tuple[str, float]]) -> list[tuple[re.Pattern[str], float]]:
    found = []
    for pattern, weight in patterns:
        if pattern.startswith("{n}"):  # two may be told of together: "A and B were convicted"
            pattern = f"{{n}}(?={pattern[3:]})"
        pattern = pattern.format(n=f"(?P<n>{NAME})", s=NAMES)
        found.append((re.compile(pattern, re.MULTILINE), weight))
    return found


_PATTERNS = {
    "victim": _compiled(_VICTIM),
    "perpetrator": _compiled((*_PERPETRATOR, *_PATIENT, _HE_WAS)),
    "abuser": _compiled(_ABUSER),
    "died after": _compiled(_DIED_AFTER),
    "killer": _compiled(_KILLER),
}
_ALONE = re.compile(
    rf"(?:^|\n|: ?)(?:\w+ and |Baby |Child )?{_QUOTE}({NAME}){_ENDING}"
    rf"(?: and (?:\w+|({NAME}))|,[^\n]*)?(?=\n|$)"
)
_KILLING_KIN = re.compile(
    rf"{_KILLS}(?: to death)?(?: at home)? by (?:his|her|their) (?:own )?([a-z-]+)\b"
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
    return _WAS_KILLED.search(text) is not None


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
    victim = _votes(_PATTERNS["victim"], marked)
    groups = ["perpetrator"]
    groups += ["abuser"] if kind in {"child", "thematic", "adult"} else []
    groups += ["died after"] if kind in _HOMICIDES else []
    perpetrator = _votes([p for group in groups for p in _PATTERNS[group]], marked)
    killer = _votes(_PATTERNS["killer"], marked)
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
