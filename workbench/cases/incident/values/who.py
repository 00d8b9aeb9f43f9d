"""The relationship of who did it to whom it was done, one value for each pair that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.cases.incident.telling.account import SECTION_TRUST, Account
from workbench.cases.incident.telling.dates import dates_in, years_in
from workbench.cases.incident.telling.harm import EARLIER, UNREAL
from workbench.cases.incident.telling.scene import Told
from workbench.cases.incident.telling.sentences import sentences_of
from workbench.cases.incident.telling.subjects import Cast
from workbench.cases.incident.values.candidates import Candidate
from workbench.cases.incident.values.pairs import ACT_WORDS, acquainted, pairs_in, selves_in
from workbench.records import IncidentField, Reading, SectionRole

_FORMER = r"former|ex|ex-|estranged|separated|then-estranged"
_ADJECTIVES = r"own|late|elder|older|younger|youngest|eldest|new|then|late|long-term|half|in-law"
_KIN = (
    ("step_parent_or_parents_partner", r"(?:mother|father|mum|dad)['\u2019]s (?:new |then "
                                   r"|former )?"
                                       r"(?:partner|boyfriend|girlfriend|husband|wife)"),
    ("step_parent_or_parents_partner", r"step-?(?:father|mother|dad|mum|parent)"),
    ("other_relative", r"(?:son|daughter|father|mother|brother|sister)-in-law"),
    ("spouse_or_civil_partner", r"husband|wife|civil partner"),
    ("partner", r"partner|boyfriend|girlfriend|fianc\u00e9e?|cohabitee"),
    ("grandchild", r"grandson|granddaughter|grandchild"),
    ("other_relative", r"grandfather|grandmother|uncle|aunt|cousin|nephew|niece"),
    ("son_or_daughter", r"(?:step-?)?(?:son|daughter)"),
    ("sibling", r"(?:half-|step-?)?(?:brother|sister)"),
    ("parent", r"mother|father|parents?|mum|dad"),
    ("carer", r"(?:foster )?carers?"),
    ("friend_or_acquaintance", r"friends?|acquaintances?|neighbours?|housemate|flatmate|lodger"
                               r"|colleague|schoolmate|classmate|fellow (?:resident|pupil"
                               r"|patient)"),
)  # fmt: skip
_KINDS = tuple((value, re.compile(rf"^(?:{pattern})$", re.IGNORECASE)) for value, pattern in _KIN)
_KIN_WORDS = "|".join(pattern for _, pattern in _KIN)
#: "Her former husband", "Micah's friend", "their father": whose, former or not, which.
RELATED = re.compile(
    rf"\b(?P<whose>his|her|their|the child(?:ren)?['\u2019]s?|[A-Z][\w-]+['\u2019]s?) "
    rf"(?P<before>(?:(?:{_FORMER}|{_ADJECTIVES}|supposed|adult)[ -])*)(?P<kin>{_KIN_WORDS})\b",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"\b(?:{_FORMER})\b", re.IGNORECASE)
_COURT = re.compile(
    r"\b(?:convicted|found guilty|plead(?:ed)? guilty|pleaded|plea|guilty|charged|arrested"
    r"|sentenced|serving a life|hospital order)\b", re.IGNORECASE,
)  # fmt: skip
_COURT_OF_KILLING = re.compile(
    r"\b(?:convicted|guilty|plea)\b.{0,80}\b(?:murder|manslaughter|infanticide|causing or allowing"
    r"|wounding|grievous|child cruelty|her death|his death)\b", re.IGNORECASE,
)  # fmt: skip
_ACQUITTED = re.compile(r"\b(?:acquitted|not guilty|no charge|not charged|cleared of)\b", re.I)
_ACTS = re.compile(rf"\b(?:{ACT_WORDS})\b", re.IGNORECASE)
STRANGERS = re.compile(
    r"\b(?:(?:had )?never (?:met|seen|spoken to)|did not know (?:each other|him|her|one another"
    r"|(?:any of )?(?:them|the (?:boys|men|youths|attackers)))|no (?:earlier|previous|prior)"
    r" (?:contact|connection)|(?:a )?(?:complete |total )?strangers?(?: to (?:him|her|each other))?"
    r"|(?:not|un)known to (?:each other|her|him|the victim)|chosen at random|random attack"
    r"|no (?:known )?(?:link|connection) (?:between|to (?:him|her|each other)))\b", re.IGNORECASE,
)  # fmt: skip
_NUMBER = (
    r"(?:at least |up to )?(?:two|three|four|five|six|seven|eight|several)"
    r"|a (?:group|gang|number) of(?: \w+){0,2}"
)
SEVERAL = re.compile(
    rf"\b(?:{_NUMBER})(?: \w+){{0,2}}? (?:men|males|boys|youths|people|teenagers|others|assailants"
    rf"|attackers|suspects|defendants|girls|females|women|pupils)\b|\b(?:two|three|four|all) of the"
    rf" (?:five|four|three|six|men)\b",
    re.IGNORECASE,
)
_HAD_BEEN = re.compile(
    r"\bby (?:a|the) (?:man|woman|person|boy|girl) (?:with whom|from whom|whom|who)? ?(?:she|he)"
    r" (?:had )?(?:been in a relationship|separated|left|been married"
    r"|once lived|broken up|used to (?:see|go out|live))", re.IGNORECASE,
)  # fmt: skip
_SET_UPON = re.compile(
    r"\b(?:c[oa]me up|surround(?:ed|ing)|chas(?:ed|ing)|r[au]n (?:at|after|up|towards)|set upon"
    r"|approached|confronted)\b", re.IGNORECASE,
)  # fmt: skip
_EACH_OTHER = re.compile(r"\b(?:the two|both|they|each other|one another|the victim)\b", re.I)
_DID_IT = re.compile(rf"^ (?:had |then |later )?(?:{ACT_WORDS})\b", re.IGNORECASE)
_PARENT_IN_COURT = re.compile(
    r"^(?P<who>(?:The )?(?:Mother|Father|Both parents|Parents)|(?:Her|His|Their) (?:mother|father"
    r"|parents))\b(?P<rest>.*)"
)


def relationships_in(reading: Reading, account: Account, cast: Cast) -> Iterator[Candidate]:
    """Every relationship that the account, or what a court found, tells of."""
    told_of = {told.sentence.start_char: told for told in _court(reading, account)}
    for told in account.told:
        known = told_of.get(told.sentence.start_char)
        if known is None or known.weight < told.weight:
            told_of[told.sentence.start_char] = told
    for told in told_of.values():
        if told.weight < 0.3:
            continue
        yield from _related(told, cast)
        yield from _parents(told, cast)
        yield from pairs_in(told)
        for value, pattern, strength in (
            ("stranger", STRANGERS, 0.85), ("ex_partner", _HAD_BEEN, 0.85),
            ("multiple_perpetrators", SEVERAL, 0.75),
        ):  # fmt: skip
            match = pattern.search(told.text)
            if match and _holds(value, told, cast):
                yield _candidate(value, told, match, strength)
    yield from _from_people(reading, account, cast)
    yield from acquainted(reading, cast)
    yield from selves_in(account, cast)


def _candidate(value: str, told: Told, match: re.Match[str], strength: float) -> Candidate:
    return Candidate(
        field=IncidentField.RELATIONSHIP, value=value, told=told, start=match.start(),
        end=match.end(), weight=told.weight * strength,
        explanation=" ".join(match.group().split()),
    )  # fmt: skip


def _court(reading: Reading, account: Account) -> Iterator[Told]:
    """Sentences that say who was convicted of it, wherever the facts are told."""
    year = int(account.date.value[:4]) if account.date else 0
    for segment in reading.segments:
        trust = SECTION_TRUST.get(segment.section_role, 0.0)
        if segment.section_role in (SectionRole.APPENDIX, SectionRole.ANALYSIS) or not trust:
            continue
        context = ""
        for sentence in sentences_of(segment):
            text = sentence.text
            years = years_in(text) | {int(date.value[:4]) for date in dates_in(text)}
            old = bool(years) and max(years) < year
            if _COURT_OF_KILLING.search(text) and not old and not EARLIER.search(text):
                yield Told(sentence=sentence, text=text, weight=0.6 * trust, context=context)
            context = f"{context} {text}"


def _holds(value: str, told: Told, cast: Cast) -> bool:
    """Whether words of several, or of strangers, are of those who did it and of the subject."""
    text = told.text
    if value == "multiple_perpetrators":
        acts = (_COURT, _ACTS, _SET_UPON)
        return told.weight >= 0.45 and (
            told.harm != (0, 0) or any(each.search(text) for each in acts)
        )
    if value == "stranger":
        named = cast.names_harmed.search(text) or cast.names_harming.search(text)
        return bool(named or _EACH_OTHER.search(text) or told.harm != (0, 0))
    return True


def _related(told: Told, cast: Cast) -> Iterator[Candidate]:
    for match in RELATED.finditer(told.text):
        agency = _agency(told, match)
        if not agency or _ACQUITTED.search(told.text[match.end() : match.end() + 60]):
            continue
        whose = _whose(match, told, cast)
        if whose not in ("harmed", ""):
            continue
        value = _value(match["kin"], ended=bool(_ENDED.search(match["before"])))
        if value and not UNREAL.search(told.text):
            strength = agency * (1.0 if whose == "harmed" else 0.8)
            yield _candidate(value, told, match, strength)


def related_in_cell(told: Told) -> Iterator[Candidate]:
    """The relationship that a cell of a table states by itself: "Former partner", "Stranger"."""
    text = f"her {told.text}"
    for match in RELATED.finditer(text):
        value = _value(match["kin"], ended=bool(_ENDED.search(match["before"])))
        if match["whose"] == "her" and value:
            start, end = match.end("whose") - 3, match.end() - 4
            yield Candidate(
                field=IncidentField.RELATIONSHIP, value=value, told=told, start=start, end=end,
                weight=told.weight, explanation="a cell on the relationship",
            )  # fmt: skip
    for value, pattern in (("stranger", STRANGERS), ("multiple_perpetrators", SEVERAL)):
        found = pattern.search(told.text)
        if found:
            yield _candidate(value, told, found, 1.0)
    yield from pairs_in(told)


def _agency(told: Told, match: re.Match[str]) -> float:
    """How clearly a relation is told of whoever did it: "by her husband", "her son was charged"."""
    before, after = told.text[max(0, match.start() - 90) : match.start()], told.text[match.end() :]
    if re.search(r"\bby (?:(?:a|the) |[A-Z][\w .'\u2019-]{0,40}, )?$", before) and (
        _ACTS.search(before) or told.harm != (0, 0)
    ):
        return 0.95
    clause = re.split(r"[;.]", after)[0][:110]
    act = _ACTS.search(clause) or _COURT.search(clause)
    if act and not re.search(r"\b(?:was|were) (?:killed|stabbed|attacked|assaulted)\b", clause):
        return 0.85 if _COURT.search(clause) else 0.7
    if re.search(r"\b(?:plea|conviction|trial) of $", before):
        return 0.8
    return (
        0.5
        if re.search(r"\b(?:from|with|at the hands of) $", before) and _ACTS.search(before)
        else 0.0
    )


def _whose(match: re.Match[str], told: Told, cast: Cast) -> str:
    whose = match["whose"]
    if whose.lower() in ("his", "her", "their"):
        found = cast.subject(told.text, match.start(), told.context)
        # "Mr T, his mother's partner": the words stand beside the one who did it.
        beside = re.search(r"[,(]\s*$", told.text[: match.start()])
        return "" if beside and found in ("harming", "other") else found
    name = re.sub(r"['\u2019]s?$", "", whose)
    if name.lower().startswith("the child") or cast.names_harmed.fullmatch(name):
        return "harmed"
    return "other"


def _value(kin: str, *, ended: bool) -> str:
    value = next((value for value, pattern in _KINDS if pattern.match(kin)), "")
    return "ex_partner" if ended and value in ("spouse_or_civil_partner", "partner") else value


def _parents(told: Told, cast: Cast) -> Iterator[Candidate]:
    """Parents whom a court found guilty, where the review calls them "Mother" and "Father"."""
    match = _PARENT_IN_COURT.match(told.text)
    if match is None or _ACQUITTED.search(match["rest"]):
        return
    did_it = _DID_IT.match(match["rest"]) and cast.names_harmed.search(match["rest"])
    if did_it or _COURT_OF_KILLING.search(match["rest"]):
        named = told.text[: match.start("rest")]
        if not cast.names_harming.fullmatch(named) or "other" in named.lower():
            yield Candidate(
                field=IncidentField.RELATIONSHIP, value="parent", told=told, start=0,
                end=match.start("rest"), weight=0.8 * told.weight, explanation=named,
            )  # fmt: skip


def _from_people(reading: Reading, account: Account, cast: Cast) -> Iterator[Candidate]:
    """What the document says elsewhere of the people who did it: "son of Noreen"."""
    if not account.told:
        return
    for person in cast.harming:
        found = re.match(rf"(?P<ended>(?:{_FORMER})[ -])?(?P<kin>{_KIN_WORDS}) of (?P<whose>.+)",
                         person.relation, re.IGNORECASE)  # fmt: skip
        if found is None or not cast.names_harmed.search(found["whose"]):
            continue
        value = _value(found["kin"], ended=bool(found["ended"]))
        told = _mention(reading, account, person.start_char)
        if value and told is not None:
            start = person.start_char - told.sentence.start_char
            end = min(len(told.text), person.end_char - told.sentence.start_char)
            if 0 <= start < end:
                yield Candidate(
                    field=IncidentField.RELATIONSHIP, value=value, told=told, start=start,
                    end=end, weight=0.5, explanation=f"{person.name}: {person.relation}",
                )  # fmt: skip


def _mention(reading: Reading, account: Account, start_char: int) -> Told | None:
    for told in account.told:
        if told.sentence.start_char <= start_char < told.sentence.end_char:
            return told
    for segment in reading.segments:
        if segment.start_char <= start_char < segment.end_char:
            for sentence in sentences_of(segment):
                if sentence.start_char <= start_char < sentence.end_char:
                    return Told(sentence=sentence, text=sentence.text, weight=0.5)
    return None
