"""What a review says of a person in few words: "his mother", "the victim", "aged 34"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.coding.rules.context import PeopleContext
from workbench.records import SubjectRole

#: Words that name a role; the first group that fits decides.
_ROLE_WORDS = (
    (SubjectRole.PERPETRATOR,
     r"(?:perpetrator|offender|defendant|assailant|suspect)\b(?! \d| [A-Z]\b)|convicted of "
     r"(?:(?:her|his|the|their) )?(?:\w+ )?(?:murder|manslaughter|killing|wounding)|who (?:killed|"
     r"stabbed|murdered)|charged with (?:her |his |the )?murder|responsible for (?:her|his|the) "
     r"death|killed (?:her|him|his|their)\b"),
    (SubjectRole.VICTIM,
     r"victim\b(?! \d| [A-Z]\b| of (?!murder|homicide|the)| support| adviser)|deceased|"
     r"who (?:was (?:killed|murdered|stabbed|harmed|injured)|died)|murdered|"
     r"subject of (?:this|the) review|subject child|index child|the subject|the patient"),
    (SubjectRole.PEER, r"\bfriends?\b|peer\b|classmate|associate|fellow resident|acquaintance"),
    (SubjectRole.AGENCY,
     r"social worker|health visitor|care coordinator|nurse\b|midwife|teacher|officer|constable|"
     r"general practitioner|\bGP\b|support worker|psychiatrist|probation officer|professional"),
    (SubjectRole.NOT_APPLICABLE, r"neighbour|landlord|witness|passer-by|another case"),
)  # fmt: skip
_ROLES = tuple((role, re.compile(pattern, re.I)) for role, pattern in _ROLE_WORDS)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
         "eighty": 80, "ninety": 90}  # fmt: skip
_ONES = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
         "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
         "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
         "nineteen": 19}  # fmt: skip
NUMBER = (
    r"(?:\d{1,3}|(?:"
    + "|".join(_TENS)
    + r")(?:[- ](?:"
    + "|".join(word for word in _ONES if word != "zero")
    + r"))?|"
    + "|".join(_ONES)
    + r")"
)
_OLDEST = 110
_BARE_AGE = re.compile(
    rf"(?:aged? )?({NUMBER})(?: ?(years?|yrs?|months?|weeks?|days?)(?: old)?)?", re.I
)
_AGE_INSIDE = re.compile(
    rf"\b(?:[Aa]ged? (?:at (?:the )?\w+ )?:?|[Dd]ied at) ?({NUMBER})\b(?: (months?|weeks?|days?))?"
    rf"|\b({NUMBER})[- ](years?|months?|weeks?|days?)[- ]old\b"
    rf"|^({NUMBER})(?=[,.;]|$)|, ({NUMBER})(?=[,.;]|$)|\((\d{{1,2}})\)"
)
#: A letter is a sex only where it is all that a cell says: "stand F" is a bus stop.
_SEX = ((re.compile(r"\b(?:female|woman|girl|she)\b|(?:^|\. )F(?=$|\. )"), "female"),
        (re.compile(r"\b(?:male|man|boy|he)\b|(?:^|\. )M(?=$|\. )"), "male"))  # fmt: skip
ETHNICITY = re.compile(
    r"\b((?:White|Black|Asian|Mixed)(?:(?: and| or)? (?:white|black|British|Irish|Portuguese|"
    r"Black|White|African|Caribbean|Asian|Other|European|Polish|Romanian|English|Welsh|Scottish|"
    r"Somali|Pakistani|Indian|Bangladeshi|Nigerian))*"
    r"|South Asian|British (?:Asian|Moroccan|Pakistani|Bangladeshi|Indian|Chinese|Nigerian|Somali)|"
    r"(?:Irish|Polish|Somali|Pakistani|Indian|Bangladeshi|Chinese|Moroccan|Turkish|Kurdish|Afghan|"
    r"Jamaican|Ghanaian|Nigerian|Romanian|Lithuanian) (?=heritage|origin|descent|national))"
)


@dataclass(frozen=True, slots=True)
class Kinship:
    """``kin`` of somebody: a name, a role word ("the victim") or a pronoun; "" when not said."""

    kin: str
    other: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a few words say of a person; what they do not say is empty."""

    role: SubjectRole | None = None
    kinship: Kinship | None = None
    age_years: int | None = None
    sex: str = ""
    ethnicity: str = ""


class Describer:
    """Reads descriptions with the kinship words of a context."""

    def __init__(self, context: PeopleContext) -> None:
        kin = "|".join(sorted((re.escape(w) for w in context.kin), key=len, reverse=True))
        self._names = r"[A-Z][\w-]*(?: (?:[A-Z]\w*|\d+))?"
        other = rf"(?:the )?(?P<o>{self._names}|\w+)"
        adjectives = r"(?:[a-z-]+ ){0,2}?"
        self._sexes = {word: entry.sex for word, entry in context.kin.items()}
        self._forms = (
            re.compile(rf"\b(?P<o>{self._names})['’]s {adjectives}(?P<k>(?i:{kin}))\b"),
            re.compile(rf"\b[Tt]he (?P<o>victim|perpetrator|deceased|child|subject|suspect)['’]s "
                       rf"{adjectives}(?P<k>{kin})\b"),
            re.compile(rf"\b(?P<k>(?i:{kin}))s? (?:of|to) {other}\b"),
            re.compile(rf"\b(?P<o>(?i:his|her|their|whose)) {adjectives}(?P<k>{kin})\b"),
            re.compile(rf"^(?:[A-Z]?[a-z-]+ ){{0,2}}?(?P<k>(?i:{kin}))(?P<o>)\b"),
        )  # fmt: skip

    def read(self, text: str) -> Description:
        """The description in a cell, a bracket or the rest of a list item."""
        kinship, rest = self._kinship(text)
        sex = self._sexes.get(kinship.kin, "") if kinship else ""
        ethnicity = ETHNICITY.search(text)
        return Description(
            role=_role(rest),
            kinship=kinship,
            age_years=read_age(text),
            sex=sex or next((sex for pattern, sex in _SEX if pattern.search(text)), ""),
            ethnicity=ethnicity.group(1).strip() if ethnicity else "",
        )

    def _kinship(self, text: str) -> tuple[Kinship | None, str]:
        """The kinship that is told first, and the text without any."""
        found = [match for form in self._forms for match in form.finditer(text)]
        if not found:
            return None, text
        first = min(found, key=lambda match: match.start())
        rest = text
        for match in found:
            rest = rest.replace(match.group(), " ")
        return Kinship(first["k"].lower(), first["o"]), rest


def _role(text: str) -> SubjectRole | None:
    found = [(match.start(), role) for role, pattern in _ROLES if (match := pattern.search(text))]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def read_number(text: str) -> int | None:
    """A number in digits or words up to ninety-nine, or None."""
    if text.isdigit():
        return int(text)
    parts = text.lower().replace("-", " ").split()
    values = [_TENS.get(part, _ONES.get(part)) for part in parts]
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(parts) else None


def read_age(text: str, *, is_age: bool = False) -> int | None:
    """The age in years that a description tells; ``is_age`` when it is the cell of an age."""
    if is_age:
        bare = _BARE_AGE.match(text.strip())
        return years(bare.group(1), bare.group(2)) if bare else None
    found = _AGE_INSIDE.search(text)
    if found is None:
        return None
    groups = found.groups()
    number = next(g for g in (groups[0], groups[2], groups[4], groups[5], groups[6]) if g)
    return years(number, groups[1] or groups[3])


def years(number: str, unit: str | None) -> int | None:
    """An age in whole years from a number and its unit ("years" when None), if it is one."""
    value = read_number(number)
    if value is None:
        return None
    unit = (unit or "year").lower()
    if unit.startswith("month"):
        value //= 12
    elif unit.startswith(("week", "day")):
        value = 0
    return value if value <= _OLDEST else None
