"""Whose home it was: dwellings of people who are named, and rooms and homes that nobody owns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.cases.incident.telling.account import SECTION_TRUST, Account
from workbench.cases.incident.telling.scene import Told
from workbench.cases.incident.telling.sentences import sentences_of
from workbench.cases.incident.telling.subjects import Cast
from workbench.cases.incident.values.candidates import Candidate, answers_of
from workbench.cases.incident.values.wordings import DWELLINGS, NOT_THE_PLACE
from workbench.records import FactBasis, IncidentField, Reading, SubjectRole

_SOMEBODYS = re.compile(
    r"\b(?:in|at|inside|outside|to|of) (?P<whose>[A-Z][\w-]+(?: [A-Z0-9][\w-]*)?)['\u2019]s? "
    r"(?:own |home |family )*(?:home|flat|house|bungalow|address|bedroom|garden|property)\b"
    r"|\b(?:home|flat|house|bungalow|address|bedroom) of (?P<owner>[A-Z][\w-]+(?: [A-Z0-9]\w*)?)"
)
#: A dwelling that the account speaks of as known: "in the kitchen", "at the property".
_THE_HOME = re.compile(
    r"\b(?:in|at|inside|within|to|outside) the (?:(?:front|back|main|ground floor|upstairs)[ -])?"
    r"(?:flat|house|bungalow|maisonette|address|home address|property|(?:bed|living |sitting |bath)"
    r"room|lounge|kitchen|hallway|garden|stairs|loft)\b(?! of)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:(?:lived|living|lives|home) (?:together|with)|(?:flat|house|home|bungalow|address)"
    r" (?:that |which )?(?:they|she|he|the couple|the family) (?:had )?shared|shared (?:a|the) "
    r"(?:\w+ )?(?:home|flat|house|bungalow)|cohabit(?:ed|ing)|moved (?:back )?in with"
    r"|live-in|(?:family|marital|matrimonial) home)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:the couple|husband and wife)\b", re.IGNORECASE)
_NO_LONGER = re.compile(
    r"\b(?:until|formerly|had (?:once |previously )?lived|used to|no longer|separated|left"
    r"|moved out|never|not)\b", re.IGNORECASE,
)  # fmt: skip
#: Relationships of people who usually live in one home.
_HOUSEHOLD = frozenset({"spouse_or_civil_partner", "partner", "parent",
                        "step_parent_or_parents_partner"})  # fmt: skip
#: Relationships of people who may do so, where the review says that they did.
_KIN = frozenset({"son_or_daughter", "sibling", "grandchild", "other_relative"})
_KNOWN_HOME = 0.7  # what a dwelling counts whose owner another sentence names
_CHILD_YEARS = 18
_OWN_HOME = re.compile(r"\bat home|\b(?:his|her) (?:own )?(?:bed)?(?:home|room|bedroom)$", re.I)


def dwellings_in(told: Told, cast: Cast) -> Iterator[Candidate]:
    """Homes of people who are named: "at Kieran's flat", "the home of Ms K"."""
    for match in _SOMEBODYS.finditer(told.text):
        name = match["whose"] or match["owner"]
        if cast.names_harmed.fullmatch(name):
            value = "victim_home"
        elif cast.names_harming.fullmatch(name):
            value = "perpetrator_home"
        elif cast.names_others.fullmatch(name):
            value = "other_dwelling"
        else:
            continue
        yield Candidate(
            field=IncidentField.PLACE, value=value, told=told, start=match.start(),
            end=match.end(), weight=told.weight * 0.85, explanation=match.group(),
        )  # fmt: skip


def whose_home(candidate: Candidate, cast: Cast) -> Candidate:
    """The place, where "his flat" is the home of whom "his" stands for."""
    pronoun = re.search(r"\b(?:his|her)\b", candidate.words, re.IGNORECASE)
    if candidate.value != "victim_home" or not pronoun:
        return candidate
    subject = cast.subject(candidate.told.text, candidate.start, candidate.told.context)
    if subject == "harming":
        return replace(candidate, value="perpetrator_home")
    return replace(candidate, value="other_dwelling") if subject == "other" else candidate


def unowned_homes(
    account: Account, places: Sequence[Candidate], *, is_shared: bool
) -> Iterator[Candidate]:
    """Rooms and homes without an owner, as the home that the account or the household tells of.

    "In the kitchen" is in the home that both share, where they live together; else in the one
    home whose owner another sentence of the account names. Where neither is told it stays open.
    """
    named = answers_of(each for each in places if each.value in DWELLINGS)
    value = "shared_home" if is_shared else named[0].value if len(named) == 1 else ""
    reason = "they lived together" if is_shared else "the home that the account names"
    for told in account.told if value else ():
        match = _THE_HOME.search(told.text) if told.weight >= 0.5 else None
        if match and not NOT_THE_PLACE.search(told.text[: match.start()]):
            yield Candidate(
                field=IncidentField.PLACE, value=value, told=told, start=match.start(),
                end=match.end(), weight=told.weight * _KNOWN_HOME, basis=FactBasis.COMPUTED,
                explanation=f"{match.group()}: {reason}",
            )  # fmt: skip


def shared_homes(
    places: Iterable[Candidate], cast: Cast, *, is_shared: bool, relation: str
) -> Iterator[Candidate]:
    """Places, where the home of who was harmed is the home of both.

    "At home, by her husband" is, and so is a child's own home, which is the family's. With words
    that the two lived together, so is every home of either.
    """
    child = any(_is_child_at_home(person.role, person.age_years) for person in cast.harmed)
    for each in places:
        at_home = each.words.lower() == "at home"
        family = relation in _HOUSEHOLD and at_home
        own = child and bool(_OWN_HOME.search(each.words)) and relation in ("", "self")
        if each.value in ("victim_home", "perpetrator_home") and (is_shared or family or own):
            reason = "they lived together" if is_shared else f"at home, and it is {relation}"
            yield replace(
                each, value="shared_home", basis=FactBasis.COMPUTED,
                explanation="a child's home is the family's" if own else reason,
            )  # fmt: skip
        else:
            yield each


def lived_together(reading: Reading, cast: Cast, relation: str) -> bool:
    """Whether a passage says that who did it and who was harmed lived in one home to the end."""
    if relation not in _HOUSEHOLD | _KIN or not cast.harming:
        return False
    for segment in reading.segments:
        trusted = SECTION_TRUST.get(segment.section_role, 0.0) >= 0.7
        before = ""
        for sentence in sentences_of(segment) if trusted else ():
            text = f"{before} {sentence.text}"
            both = _BOTH.search(sentence.text) or (
                cast.names_harmed.search(text) and cast.names_harming.search(text)
            )
            match = _TOGETHER.search(sentence.text)
            if both and match and not _NO_LONGER.search(sentence.text):
                return True
            before = sentence.text
    return False


def _is_child_at_home(role: SubjectRole, age_years: int | None) -> bool:
    if age_years is not None:
        return age_years < _CHILD_YEARS
    return role is SubjectRole.INDEX_CHILD
