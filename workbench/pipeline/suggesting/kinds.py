"""What kind of document bare passages are from, told from their words when nobody says.

It decides whom a sentence without a name speaks of: in a coroner's report the one who died, in
an inspection letter a group. A guess is worth little for one passage and more for a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

INSPECTION = "inspection"
CORONER = "prevention_of_future_deaths_report"
CHILD = "child_safeguarding_practice_review"
HOMICIDE = "domestic_homicide_review"
PATIENT = "mental_health_homicide_review"
ADULT = "safeguarding_adults_review"

_FLAGS = re.IGNORECASE
_PERSON = re.compile(
    r"\b(?:he|she|him|his|her|hers|himself|herself|mr|mrs|ms|miss|the (?:deceased|patient|victim|"
    r"perpetrator|child|baby|boy|girl|young man|young woman|mother|father))\b",
    _FLAGS,
)
_GROUP = re.compile(
    r"(?<!\bhis )(?<!\bher )(?<!\bown )\b(?:children|young people|care leavers|families|leaders|"
    r"inspectors|inspection|partners|partnership|social workers|practitioners|managers|foster "
    r"carers|strategic|management oversight|the local authority|the quality of)\b",
    _FLAGS,
)
_CORONER = re.compile(
    r"\b(?:coroners?|inquests?|the deceased|(?:his|her|the|'s) death|died|jury|post[- ]mortem|"
    r"regulation 28|future deaths|medical cause|narrative conclusion|i (?:am|heard|was|find|found))"
    r"\b",
    _FLAGS,
)
#: Pseudonyms and the words of those who write reviews.
_REVIEW = re.compile(
    r"\b(?:(?:Child|Adult|Baby|Mr|Mrs|Ms|Mother|Father|Male|Female|Sibling|Partner|Family) "
    r"[A-Z](?:\d|\b)|[Tt]he (?:[Rr]eview|[Pp]anel)\b|[Tt]his (?:[Rr]eview|case)\b|[Tt]he (?:report "
    r"author|author|reviewers?|lead reviewer)\b|perpetrators?\b|DHR|CSPR|SCR|SAR|MHHR|MARAC|IMR|"
    r"homicide|chronolog(?:y|ies)\b)"
)
_REVIEWS = {
    CHILD: re.compile(
        r"\b(?:Child [A-Z]\b|Baby [A-Z]\b|CSPR|SCR|Serious Case Review|"
        r"Safeguarding Practice Review|[Ss]chools?|"
        r"[Tt]he child\b|[Ss]ocial worker|[Pp]upil|[Cc]hild (?:in need|protection)|"
        r"[Ll]ooked after|Core Group|exploited|missing from home)"
    ),
    HOMICIDE: re.compile(
        r"\b(?:DHR|Domestic Homicide|MARAC|[Pp]erpetrator|[Tt]he victim\b|domestic abuse|IDVA|"
        r"coercive|ex-partner|husband|marriage|DASH|Women's Aid)"
    ),
    PATIENT: re.compile(
        r"\b(?:MHHR|[Mm]ental [Hh]ealth [Hh]omicide|[Cc]are [Cc]o-?ordinator|CPA|psychosis|"
        r"psychotic|depot|CMHT|[Ss]ection (?:2|3|117|136)\b|[Tt]he patient\b)"
    ),
    ADULT: re.compile(
        r"\b(?:SAR|Safeguarding Adults?|[Ss]elf[- ]neglect|[Cc]are home|[Mm]ental [Cc]apacity|"
        r"hoard|[Cc]are package|pressure (?:ulcer|sore))"
    ),
}  # fmt: skip


def guess_kind(texts: Iterable[str]) -> str:
    """The kind that the words of one document speak for; a coroner's report when nothing does."""
    text = "\n".join(texts)
    n_person, n_group, n_coroner, n_review = (
        len(pattern.findall(text)) for pattern in (_PERSON, _GROUP, _CORONER, _REVIEW)
    )
    if n_review > n_coroner and n_review > n_group / 2:
        counts = {kind: len(pattern.findall(text)) for kind, pattern in _REVIEWS.items()}
        best = max(counts.values())
        return next(kind for kind, n in counts.items() if n == best) if best else HOMICIDE
    if n_group > n_person + 2 * n_coroner:
        return INSPECTION
    return CORONER
