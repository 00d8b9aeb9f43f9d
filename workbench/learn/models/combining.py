"""Rules and model joined to one set of codings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.records import (
    Assertion,
    Code,
    Coding,
    Segment,
    SubjectRole,
    Temporality,
    Valence,
)

_PRACTICE = "ap_"
_SYSTEM_CODES = frozenset({"service_access", "national_policy_resources"})
_PLACE_CODES = frozenset({"place_deprivation_hotspot", "media_narrative"})
_NOT_PEOPLE = frozenset({SubjectRole.AGENCY, SubjectRole.PLACE, SubjectRole.NOT_APPLICABLE})
_REACH_SEGMENTS = 3  # how far back the person spoken of is looked for

Cell = tuple[int, str]  # ordinal of the segment, code


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A code that the model affirms in a segment, and the words that carry it."""

    segment: Segment
    code_id: str
    probability: float  # calibrated
    start_char: int  # in the document
    end_char: int
    reason: str  # for people
    role: SubjectRole  # whose it is where nothing near tells


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelView:
    """What a model says of one document."""

    suggestions: tuple[Suggestion, ...]  # cells at or above their threshold
    probabilities: Mapping[Cell, float]  # of every cell that has a rule coding
    learned: frozenset[str]  # codes that the model decides
    source: str


def combine(
    view: ModelView, rule_codings: Sequence[Coding], codes: Mapping[str, Code]
) -> tuple[Coding, ...]:
    """One set of codings, in the order of the text.

    - Codings of codes that were not learned, and whatever is not affirmed, stay as the rules
      made them, unless the model affirms the same code on the same words: then that goes.
    - An affirmed rule coding stays if the model affirms its code in the segment. It keeps its
      words, person and time; its score becomes the model's probability.
    - A code that the model alone affirms becomes a coding on the words that carried it. Whose
      it is and when it was is taken from the rule codings around it.
    """
    wanted = {(s.segment.ordinal, s.code_id): s for s in view.suggestions}
    affirmed = {
        (coding.segment, coding.code_id)
        for coding in rule_codings
        if coding.assertion is Assertion.AFFIRMED
    }
    alone = {cell: s for cell, s in wanted.items() if cell not in affirmed}
    codings = [
        coding
        for rule in rule_codings
        if (coding := _of_rule(rule, view, wanted, alone)) is not None
    ]
    by_segment: dict[int, list[Coding]] = defaultdict(list)
    for rule in rule_codings:
        by_segment[rule.segment].append(rule)
    codings += [_of_model(s, view.source, by_segment, codes[s.code_id]) for s in alone.values()]
    return tuple(
        sorted(codings, key=lambda c: (c.start_char, c.end_char, c.code_id, c.subject_role))
    )


def _of_rule(
    rule: Coding,
    view: ModelView,
    wanted: Mapping[Cell, Suggestion],
    alone: Mapping[Cell, Suggestion],
) -> Coding | None:
    """What becomes of a rule coding: itself, itself with the model's score, or nothing."""
    cell = rule.segment, rule.code_id
    if rule.code_id not in view.learned:
        return rule
    if rule.assertion is not Assertion.AFFIRMED:
        rival = alone.get(cell)
        return None if rival is not None and _overlap(rule, rival) else rule
    if cell not in wanted:
        return None
    probability = view.probabilities[cell]
    return replace(
        rule,
        score=round(probability, 4),
        source=view.source,
        explanation=f"{rule.explanation}; model {probability:.2f}",
    )


def _of_model(
    suggestion: Suggestion, source: str, by_segment: Mapping[int, Sequence[Coding]], code: Code
) -> Coding:
    segment = suggestion.segment
    role, person, time = _subject(suggestion, by_segment)
    start, end = suggestion.start_char, suggestion.end_char
    same = [
        c
        for c in by_segment.get(segment.ordinal, ())
        if c.code_id == code.code_id and _overlap(c, suggestion)
    ]
    valence = same[0].valence if same else Valence.NEGATIVE
    return Coding(
        document_id=segment.document_id,
        segment=segment.ordinal,
        start_char=start,
        end_char=end,
        text=segment.text[start - segment.start_char : end - segment.start_char],
        code_id=code.code_id,
        assertion=Assertion.AFFIRMED,
        subject_role=role,
        section_role=segment.section_role,
        temporality=time,
        valence=valence if code.has_valence else Valence.NOT_APPLICABLE,
        score=round(suggestion.probability, 4),
        source=source,
        person_id=person,
        explanation=suggestion.reason,
    )


def _subject(
    suggestion: Suggestion, by_segment: Mapping[int, Sequence[Coding]]
) -> tuple[SubjectRole, str, Temporality]:
    """Whose and when: as the rules read the nearest words about the same kind of bearer."""
    code_id = suggestion.code_id
    here = [c for c in by_segment.get(suggestion.segment.ordinal, ())]
    near = sorted(here, key=lambda c: (not _overlap(c, suggestion), c.code_id != code_id))
    time = next(
        (c.temporality for c in near if c.temporality is not Temporality.UNCLEAR),
        Temporality.UNCLEAR,
    )
    if code_id.startswith(_PRACTICE) or code_id in _SYSTEM_CODES:
        return SubjectRole.AGENCY, "", time
    if code_id in _PLACE_CODES:
        return SubjectRole.PLACE, "", time
    for back in range(1, _REACH_SEGMENTS + 1):
        near += reversed(by_segment.get(suggestion.segment.ordinal - back, ()))
    people = [c for c in near if _is_about_people(c, code_id)]
    if people:
        return people[0].subject_role, people[0].person_id, time
    return suggestion.role, "", time


def _is_about_people(coding: Coding, code_id: str) -> bool:
    """Whether a coding tells of a person who may bear the code too.

    Adverse childhoods are the child's, other factors mostly an adult's: they lend each other
    nobody.
    """
    return (
        coding.subject_role not in _NOT_PEOPLE
        and coding.assertion not in (Assertion.GENERAL, Assertion.RECOMMENDATION)
        and coding.code_id.startswith("ace_") == code_id.startswith("ace_")
    )


def _overlap(coding: Coding, suggestion: Suggestion) -> bool:
    return coding.start_char < suggestion.end_char and suggestion.start_char < coding.end_char
