"""What the words of a passage tell of its section, where no heading does."""

from __future__ import annotations

from typing import NamedTuple

from workbench.records import SectionRole
from workbench.segment.sections.lexicon import any_of

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
#: Passages that narrate: dates and doings.
NARRATES = any_of(
    rf"\b(?:on|in|by|from|until|since) (?:\d{{1,2}} )?(?:{_MONTHS})\b",
    r"\b(?:19|20)\d\d\b",
    r"\bwas born\b",
    r"\b(?:attended|reported|arrested|moved|called|told|said|lived|pleaded|died|went|left)\b",
    r"\bwas (?:seen|taken|found|charged|convicted|killed|referred|admitted|discharged)\b",
)
#: Passages that weigh: judgement on practice, and what might have been.
WEIGHS = any_of(
    r"\b(?:should|could|would|might|ought to) (?:have|not have)\b",
    r"\b(?:panel|review|author|chair|reviewers?) (?:considers?|considered|finds?|found|believes?"
    r"|concludes?|concluded|accepts?|noted|notes|heard|recognises|agrees|commends?|thinks|does not"
    r"|did not)\b",
    r"\bmissed opportunit",
    r"\bopportunit(?:y|ies)\b",
    r"\bprofessional curiosity\b",
    r"\bhindsight\b",
    r"\bin our (?:view|judgement)\b",
    r"\bwe (?:think|consider|found|believe|accept|conclude|asked|do not)\b",
    r"\bit is (?:not )?(?:clear|possible|likely|difficult|hard)\b",
    r"\bgood practice\b",
    r"\bpractitioners\b",
    r"\bnobody\b",
    r"\bno (?:one|agency|record|evidence)\b",
    r"\bwhether\b",
    r"\bquestion\b",
    r"\breason(?:s|able)?\b",
    r"\brisk\b",
)
#: Passages on how the review itself was made.
PROCEEDS = any_of(
    r"\b(?:this|the) (?:review|report|investigation)\b",
    r"\bcommissioned\b",
    r"\bterms of reference\b",
    r"\bpanel\b",
    r"\bchair\b",
    r"\bstatutory\b",
    r"\bsection \d",
    r"\bguidance\b",
    r"\bact \d{4}\b",
    r"\bpseudonym",
    r"\banonymis",
    r"\bindividual management\b",
    r"\bagencies were asked\b",
    r"\bhome office\b",
    r"\binterviewed\b",
    r"\bindependent\b",
)


#: Passages that grade how services work, as inspections do.
JUDGES = any_of(
    r"\b(?:in)?effective(?:ly|ness)?\b",
    r"\b(?:strong|strengths?|robust|timely|weak|weaknesses|good|poor|clear|quality)\b",
    r"\b(?:insufficient|inconsistent|appropriate)(?:ly)?\b",
    r"\bimprov\w+|\bprogress\b|\bdrift\b|\bdelays?\b",
    r"\bwell[- ](?:established|led|supported|embedded)\b",
    r"\bnot (?:always|yet|sufficiently|consistently)\b",
    r"\btoo (?:many|few|often)\b",
)
JUDGING = 25.0  # cues of judgement for each thousand words; narratives have below 13
ON_REVIEW = 10.0  # cues of the review itself, for each thousand words


#: Cues for each thousand words; measured on the demonstration corpus: sections of facts have
#: a balance near 28, sections of analysis near -4; introductions on the review itself are below
#: 14, those that tell of the death mostly above 25.
FACTS_BALANCE = 12.0
OPENING_BALANCE = 18.0


class Leaning(NamedTuple):
    """Cues in a passage for each thousand words."""

    narrates: float
    weighs: float
    proceeds: float

    @property
    def balance(self) -> float:
        """Above ``FACTS_BALANCE`` the passage narrates, below it judges."""
        return self.narrates - 1.3 * self.weighs - 0.8 * self.proceeds


def leaning(text: str) -> Leaning:
    """The cues of a passage; all 0 for an empty one."""
    share = 1000 / max(len(text.split()), 1)
    return Leaning(
        len(NARRATES.findall(text)) * share,
        len(WEIGHS.findall(text)) * share,
        len(PROCEEDS.findall(text)) * share,
    )


def judging(text: str) -> float:
    """Cues of judgement on services for each thousand words; 0 for an empty text."""
    return len(JUDGES.findall(text)) * 1000 / max(len(text.split()), 1)


def opening_role(text: str) -> SectionRole:
    """Whether an introduction tells of the death or of the review, or sums up judgements."""
    lean = leaning(text)
    if lean.balance > OPENING_BALANCE:
        return SectionRole.FACTS
    if judging(text) >= JUDGING and lean.proceeds < ON_REVIEW:
        return SectionRole.FINDINGS
    return SectionRole.METHODOLOGY


def evidence_role(text: str, shift: float = 0.0) -> SectionRole:
    """Facts or analysis; a positive shift favours facts."""
    return (
        SectionRole.FACTS if leaning(text).balance + shift > FACTS_BALANCE else SectionRole.ANALYSIS
    )
