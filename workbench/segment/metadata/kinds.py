"""The closed vocabulary of kinds of review, and the words that name them."""

from __future__ import annotations

import re

OTHER = "other_report"  # an inspection, an inquiry, a report of a committee
PFD = "prevention_of_future_deaths_report"
#: Most telling first; a text is asked for each in turn.
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (PFD, r"regulation 28\b|reports? to prevent (?:future )?deaths"
              r"|prevention of future deaths"),
        (OTHER, r"targeted area inspection|joint area review|focused visit|\binspection of\b"
                r"|area SEND inspection|inspection report\b"),
        ("joint_review",
         r"\bjoint\b.{0,60}\breview\b"
         r"|domestic homicide review and .{0,60}(?:practice|case) review"),
        ("thematic_review", r"\bthematic\b.{0,60}\breview\b"),
        ("offensive_weapons_homicide_review", r"offensive weapons? homicide review|\bOWHR\b"),
        ("mental_health_homicide_review",
         r"mental health (?:care )?(?:related )?homicide|homicide independent investigation"
         r"|independent (?:mental health )?investigation into the care and treatment"),
        ("domestic_homicide_review",
         r"domestic homicide review|domestic abuse[- ]related death review|\bDHR\b|\bDARDR\b"),
        ("safeguarding_adults_review",
         r"safeguarding adults? review|serious case review.{0,40}\badults?\b"),
        ("child_safeguarding_practice_review",
         r"child safeguarding practice review|\bLCSPR\b|\bCSPR\b|child practice review"),
        ("serious_case_review", r"serious case review|\bSCR\b"),
        (OTHER, r"select committee|(?:special )?report of session|government response|\binquiry\b"),
    )
)  # fmt: skip
#: Said in the text rather than as a title: weaker.
STATED = (
    (re.compile(r"\bsafeguarding partners\b.{0,80}\bindependent reviewer\b", re.IGNORECASE),
     "child_safeguarding_practice_review"),
)  # fmt: skip


def names_kind(text: str) -> tuple[str, re.Match[str]] | None:
    """The kind that the words name, and where; None when they name none."""
    for kind, pattern in KINDS:
        if match := pattern.search(text):
            return kind, match
    return None
