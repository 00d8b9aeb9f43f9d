"""How reviews write of the one who was killed and of the one who did it, as weighted patterns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.coding.people.finding.marks import NAME, NAMES

QUOTE = "[“\"'‘]?"
ENDING = "[”\"'’]?"
_FATAL = (
    # Whoever allowed a death is no killer: parents convicted of that stay parents.
    r"(?:murder|manslaughter|unlawful killing|killing|homicide|infanticide)"
)
#: Pattern with {n} for the sign of a name, {s} for signs in brackets, and its weight.
_ROW = r"(?:^|\| ?|\n){n} ?[|\n ][^\n.]"  # the name opens a table row or a line
_AGED = r"(?:,? \(?(?:then )?(?:aged )?\d+\)?,?)?"
_VICTIM = (
    (r"(?:[Dd]eaths?|murder|killing|homicide|suicide|stabbing|shooting) of "
     rf"(?:\w+ )?{QUOTE}{{n}}", 3.0),
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
    (rf"\b[Tt]he (?:victim|deceased|subject(?: child)?),? (?:\w+ )?\(?{QUOTE}{{n}}", 3.0),
    (r"{n},? (?:is |was )?the (?:victim|deceased|subject of this|man who was killed|"
     r"woman who was killed|person who died)", 4.0),
    (
        r"(?:[Rr]eview|[Rr]eport|[Ii]nvestigation|[Ii]nquest)(?: into| on|:| concerning| of| about"
        rf"| in respect of)(?: the (?:case|death|circumstances) of)? {QUOTE}{{n}}",
        3.0,
    ),
    # "AB was 46. She was killed by her husband."
    (r"{n}[^.\nA-Z{s}]{{0,60}}\. (?:She|He) (?:was|had been) (?:\w+ )?(?:killed|murdered|stabbed|"
     r"strangled|smothered|shot|found dead)\b", 3.0),
    (r"(?:report is about|review of|subject of this review)[^.\n]{{0,40}}{n}", 2.0),
)  # fmt: skip
KILLS = (
    r"(?:killed|murdered|stabbed|strangled|shot|suffocated|smothered|drowned|poisoned|battered|"
    r"beat(?:en)? to death|shook|shaken|set (?:alight|fire to))(?! (?:him|her|them)sel)"
)
#: What tells that the one whom a coroner writes of was killed by somebody, named or not.
WAS_KILLED = re.compile(
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
    # Words between may tell who it is: "Mr T, his mother’s partner, who was looking after him".
    (rf"{{n}}[^.;|{{s}}]{{{{0,90}}}}\b{_TRIED}\b[^.;]{{{{0,50}}}}\b{_FATAL}", 5.0),
    (rf"{{n}}[^.;|]{{{{0,60}}}}\b{_TRIED}\b[^.;]{{{{0,50}}}}\b{_FATAL}", 5.0),
    (rf"{{n}}[^.;|]{{{{0,40}}}}\b(?:pleaded guilty to|admitted|confessed to)[^.;]{{{{0,20}}}}"
     rf"{_FATAL}", 5.0),
    (r"{n}[^.;|]{{0,60}}\b(?:life (?:sentence|imprisonment)|hospital order|imprisonment "
     r"for life)\b", 3.0),
    (
        rf"{KILLS}(?: to death)?(?: at home| there)? by (?:[^.;|]{{{{0,40}}}},? )?{{n}}",
        4.0,
    ),
    (r"\b(?:attacked|assaulted|punched|pushed|struck|hit|kicked)[^.;|]{{0,30}} by "
     r"(?:[^.;|]{{0,30}},? )?{n}", 1.5),
    (rf"{{n}}{_AGED} (?:then |had |fatally |later )?(?:{KILLS}|fatally)\b", 4.0),
    (rf"{{n}}[^.;|]{{{{0,40}}}}\b(?:when|after|as|before|where) (?:he|she) "
     rf"(?:then |had |fatally )?"
     rf"{KILLS}", 4.0),
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
    (r"{n} of causing or allowing the death\b", 3.0),
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
    (
        r"{n}[^.;|]{{0,40}}\b(?:pleaded guilty to|admitted|confessed to)[^.;]{{0,20}}"
        r"(?:murder|infanticide)",
        5.0,
    ),
    (rf"{{n}}{_AGED} (?:then |had |fatally |later )?(?:{KILLS}|fatally)\b", 4.0),
    (rf"{KILLS}(?: to death)?(?: at home| there)? by (?:[^.;|]{{{{0,40}}}},? )?{{n}}", 4.0),
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


PATTERNS = {
    "victim": _compiled(_VICTIM),
    "perpetrator": _compiled((*_PERPETRATOR, *_PATIENT, _HE_WAS)),
    "abuser": _compiled(_ABUSER),
    "died after": _compiled(_DIED_AFTER),
    "killer": _compiled(_KILLER),
}
