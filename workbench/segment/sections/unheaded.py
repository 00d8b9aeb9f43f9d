"""Roles of the paragraphs of a document without section headings, from their words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.records import SectionRole
from workbench.segment.sections.lexicon import any_of
from workbench.segment.sections.passages import FACTS_BALANCE, leaning

#: In the order in which reviews and letters usually go through them.
ROLES = (
    SectionRole.FRONT_MATTER,
    SectionRole.TERMS_OF_REFERENCE,
    SectionRole.METHODOLOGY,
    SectionRole.FACTS,
    SectionRole.LITERATURE,
    SectionRole.ANALYSIS,
    SectionRole.FINDINGS,
    SectionRole.RECOMMENDATIONS,
)
FORWARD, BACKWARD = -0.8, -2.2  # cost of passing on to a later role, and of going back

CUES: dict[SectionRole, re.Pattern[str]] = {
    SectionRole.FRONT_MATTER: any_of(
        r"^(?:to|dear|from)\b",
        r"\byours (?:sincerely|faithfully)\b",
        r"\bI (?:thank|am grateful)\b",
        r"\bcondolences\b",
    ),
    SectionRole.TERMS_OF_REFERENCE: any_of(
        r"\b(?:you|the (?:board|partnership|partners)) asked (?:me|us|that)\b",
        r"\b(?:I was|we were|the (?:review|panel) was) (?:not )?asked\b",
        r"\bterms of reference\b",
        r"\bto (?:consider|say|examine|establish) (?:whether|how|the period)\b",
        r"\blines of enquiry\b",
    ),
    SectionRole.METHODOLOGY: any_of(
        r"\bhave (?:read|seen|met|spoken|interviewed)\b",
        r"\brecords of\b",
        r"\b(?:spoken|spoke) (?:with|to)\b.*\b(?:people|practitioners|professionals)\b",
        r"\bwas not (?:asked|mine)\b|\bnot mine to\b",
        r"\b(?:commissioned|interviews|chronolog|documents|anonymis|pseudonym)",
        r"\b(?:this|the) review (?:was|is|took)\b",
    ),
    SectionRole.LITERATURE: any_of(
        r"\b(?:research|studies|study|literature|inspection) (?:of|by|found|shows?|suggests?)\b",
        r"\bper cent of\b",
        r"\bother (?:places|areas|reviews|cases)\b",
        r"\bnational(?:ly)?\b",
        r"\btimes (?:as|more) likely\b",
    ),
    SectionRole.FINDINGS: any_of(
        r"\b(?:my|our|the) (?:conclusions?|findings?)\b",
        r"\b(?:I|we|the panel) (?:conclude|find)\b",
        r"\blessons?\b",
        r"\bin (?:summary|conclusion)\b",
    ),
    SectionRole.RECOMMENDATIONS: any_of(
        r"\b(?:I|we|the panel) (?:recommends?|ask)\b",
        r"\brecommendations?\b",
        r"\bshould (?:be|have|ensure|review|adopt|agree|make|provide|require)\b",
        r"\bmust\b",
    ),
}


def paragraph_roles(texts: Sequence[str]) -> list[SectionRole]:
    """The likeliest course of roles through the paragraphs, one for each.

    Each paragraph speaks for a role by its cues; passing to another role costs, going back to
    an earlier one costs more (Viterbi's algorithm: Viterbi, 1967, IEEE Trans. Inf. Theory
    13(2), 260-269).
    """
    if not texts:
        return []
    totals = [score + (0.0 if i == 0 else FORWARD) for i, score in enumerate(_scores(texts[0]))]
    steps: list[list[int]] = []
    for text in texts[1:]:
        scores = _scores(text)
        back = [_best_before(totals, to) for to in range(len(ROLES))]
        totals = [totals[i] + _passing(i, to) + scores[to] for to, i in enumerate(back)]
        steps.append(back)
    at = max(range(len(ROLES)), key=lambda i: totals[i])
    course = [at]
    for back in reversed(steps):
        at = back[at]
        course.append(at)
    return [ROLES[i] for i in reversed(course)]


def _best_before(totals: Sequence[float], to: int) -> int:
    return max(range(len(ROLES)), key=lambda i: totals[i] + _passing(i, to))


def _passing(before: int, after: int) -> float:
    if before == after:
        return 0.0
    return FORWARD if after > before else BACKWARD


def _scores(text: str) -> list[float]:
    """How much a paragraph speaks for each role; near 0 where it says nothing."""
    n_words = max(len(text.split()), 1)
    balance = (leaning(text).balance - FACTS_BALANCE) / 12.0
    lean = max(-1.5, min(1.5, balance)) * min(1.0, n_words / 40)
    scores = []
    for role in ROLES:
        if role is SectionRole.FACTS:
            scores.append(0.6 + lean)
        elif role is SectionRole.ANALYSIS:
            scores.append(0.6 - lean)
        else:
            cues = len(CUES[role].findall(text))
            scores.append(min(cues, 3) * 1.1 if cues else -0.5)
    return scores
