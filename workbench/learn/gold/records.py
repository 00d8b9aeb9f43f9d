"""Coded passages, as gold or as somebody's codings, and what an evaluation of them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.learn.evaluation.records import Evaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageCoding:
    """One use of a code on a passage; what is not stated is ""."""

    code_id: str
    assertion: str = ""
    subject_role: str = ""
    valence: str = ""
    quote: str = ""
    start_char: int = -1  # of the quote in the passage, -1 when not stated

    @property
    def is_affirmed(self) -> bool:
        """Whether it says that the factor was there; so does one that states no assertion."""
        return self.assertion in ("", "affirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPassage:
    """A passage and the codings that are taken to be right."""

    passage_id: str
    line: int  # of its file, from 1
    text: str
    codings: tuple[PassageCoding, ...]
    doc: str  # the document it is from; its own id when not stated
    source: str = ""
    section: str = ""
    stratum: str = ""
    stratum_size: int = 0  # passages of the stratum that could have been drawn
    stratum_sampled: int = 0  # that were drawn
    coders: tuple[str, ...] = ()  # people who settled it; () where nobody is named

    @property
    def weight(self) -> float:
        """How many passages it stands for: 1 / its probability of being drawn."""
        return self.stratum_size / self.stratum_sampled if self.stratum_sampled else 1.0


#: Codings by passage; a passage that is not there has none.
Codings = Mapping[str, tuple[PassageCoding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that gold and system do not share."""

    kind: str
    code_id: str
    passage_id: str
    wanted: str  # what gold says, "" for nothing
    given: str  # what the system says


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvaluation:
    """How well codings agree with the gold ones."""

    figures: Evaluation
    mistakes: tuple[Mistake, ...]
    system: str  # what was measured, in words
    baselines: Mapping[str, str]  # name -> what it is
    n_passages: int
    n_documents: int
    n_codings: int  # of the gold
    n_missing: int  # passages of which the system says nothing at all
    coders: tuple[str, ...] = ()  # people who settled every passage; () where some name nobody
