"""Who did it to whom where no kinship is told: themselves, friends, other residents, rivals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.cases.incident.telling.account import SECTION_TRUST, Account
from workbench.cases.incident.telling.harm import EARLIER, UNREAL
from workbench.cases.incident.telling.scene import Told
from workbench.cases.incident.telling.sentences import sentences_of
from workbench.cases.incident.telling.subjects import Cast
from workbench.cases.incident.values.candidates import Candidate
from workbench.records import IncidentField, Reading

KILLING = re.compile(
    r"\b(?:killed(?! (?:him|her|them)sel)|murder(?:ed)?|manslaughter|unlawful(?:ly)? kill\w+"
    r"|homicide|stabbed|strangled)\b",
    re.IGNORECASE,
)
#: That somebody did it to themselves, as inquests and reviews word it.
SELF = re.compile(
    r"\b(?:(?:conclusion|verdict|determination)(?: [\w,-]+){0,9} suicide|died (?:by|as a result of)"
    r" suicide|death was (?:a |by )?suicide|(?:took|taken|taking) (?:her|his|their) own"
    r" li(?:fe|ves)"
    r"|(?:killed|hanged|hung|suspended|drowned|poisoned|shot) (?:him|her|them)sel(?:f|ves)"
    r"|ended (?:her|his|their) (?:own )?li(?:fe|ves)|(?:her|his) own (?:actions?|hand)"
    r"|self-(?:inflicted|ligature|suspension))\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|never|nothing|without|whether|rather than)\b(?:(?! and )[^.;,]){0,40}$", re.I
)
ACT_WORDS = (
    r"killed|stabbed|shot|strangled|smothered|murdered|attacked|punched|kicked|struck|beat"
    r"|set fire|assaulted|suffocated|shook|pushed|drowned|poisoned"
)
_WHO = (
    r"(?P<who>(?:\w+ ){0,2}?(?:friends?|acquaintances?|neighbours?|lodger|housemate|flatmate"
    r"|classmate|schoolmate|fellow \w+|resident|tenant|prisoner|inmate|pupil"
    r"|(?:man|woman|boy|girl|person) (?:whom |who )?(?:he|she|they)"
    r" (?:knew|had met|had befriended|had known)))"
)
_BY_A = re.compile(
    rf"\bby (?:an?|the|another|one of (?:his|her|their)) {_WHO}\b", re.IGNORECASE
)  # fmt: skip
_A_DID = re.compile(
    rf"^(?:an?|another|one of (?:his|her|their)) {_WHO.replace('{0,2}', '{0,1}')} "
    rf"(?:had |then )?(?:{ACT_WORDS})\b", re.IGNORECASE,
)  # fmt: skip
_GANG = re.compile(
    r"\b(?:rival (?:group|gang|members?)|member of a rival|gang[- ]related|same gang"
    r"|opposing (?:group|gang)|associates? in|associated with (?:a|another) gang)\b",
    re.IGNORECASE,
)
_ACQUAINTED = re.compile(
    r"\b(?:knew (?:each other|one another)|known to (?:each other|one another)|(?:were|had been"
    r"|became|had become) (?:close |old |best |good )?friends|(?:supposed|so-called) friends?"
    r"|people (?:whom )?(?:she|he) (?:knew|(?:thought|regarded) (?:of )?as friends))\b",
    re.IGNORECASE,
)
_EACH_OTHER = 0.5  # what being acquainted counts: a nearer tie, where one is told, counts more


def selves_in(account: Account, cast: Cast) -> Iterator[Candidate]:
    """That who died did it themselves, unless the account tells of a killing."""
    if any(
        told.weight >= 0.4 and told.harm != (0, 0) and KILLING.search(told.text)
        for told in account.told
    ):
        return
    for told in account.told:
        match = SELF.search(told.text) if told.weight >= 0.3 else None
        if match is None or is_denied(told.text, match.end()) or UNREAL.search(told.text):
            continue
        if cast.subject(told.text, match.start(), told.context) in ("harmed", ""):
            yield _candidate("self", told, match, 0.9)


def pairs_in(told: Told) -> Iterator[Candidate]:
    """Friends, other residents and rivals who are told to have done it."""
    by_whom = _BY_A.search(told.text) or _A_DID.search(told.text)
    by_whom = by_whom if told.harm != (0, 0) else None
    for value, match in (
        ("friend_or_acquaintance", by_whom),
        ("associate_gang_related", _GANG.search(told.text)),
    ):
        if match and not is_denied(told.text, match.start()):
            yield _candidate(value, told, match, 0.8)


def acquainted(reading: Reading, cast: Cast) -> Iterator[Candidate]:
    """That the two knew each other, wherever a passage that names both says so."""
    for segment in reading.segments:
        trust = SECTION_TRUST.get(segment.section_role, 0.0)
        context = ""
        for sentence in sentences_of(segment) if trust else ():
            match = _ACQUAINTED.search(sentence.text)
            context = f"{context} {sentence.text}"
            names = cast.names_harmed.search(context) and cast.names_harming.search(context)
            if match and names and not is_denied(sentence.text, match.start()):
                told = Told(sentence=sentence, text=sentence.text, weight=trust, context=context)
                if not EARLIER.search(sentence.text):
                    yield _candidate("friend_or_acquaintance", told, match, _EACH_OTHER)


def is_denied(text: str, start: int) -> bool:
    """Whether words that begin or end at a place stand behind a "not" of their clause."""
    return bool(_DENIED.search(text[:start]))


def _candidate(value: str, told: Told, match: re.Match[str], strength: float) -> Candidate:
    group = "who" if "who" in match.re.groupindex else 0
    return Candidate(
        field=IncidentField.RELATIONSHIP, value=value, told=told, start=match.start(group),
        end=match.end(group), weight=told.weight * strength,
        explanation=" ".join(match.group().split()),
    )  # fmt: skip
