"""The register of recommendations: to whom, about what, how often, in answer to which finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.records.details import Recommendation


class LinkBasis(StrEnum):
    """Why a recommendation is said to answer a passage."""

    PRINTED = "printed"  # it names the paragraph or finding
    CODE_AND_WORDS = "code_and_words"  # the passage has a code of its theme, and its words
    WORDS = "words"  # the passage has its words
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLink:
    """The passage of the same document that a recommendation answers."""

    basis: LinkBasis
    score: float  # 0-1: 1 where printed, else the share of its words that the passage has
    segment: int  # ordinal of the segment
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """One recommendation with what the register knows of it.

    A recommendation is made by a review, and a review of several people is several cases.
    """

    case_ids: tuple[str, ...]  # all cases of its review, in their order
    recommendation: Recommendation
    addressee_kinds: tuple[str, ...] = ()  # kinds of agency; empty where no word tells
    code_ids: tuple[str, ...] = ()  # themes: codes that its words are about
    coding_ids: tuple[str, ...] = ()  # the codings that say so
    group: str = ""  # shared by recommendations that ask the same; "" for none
    link: FindingLink | None = None

    @property
    def review_id(self) -> str:
        """The first case of its review: the same for all recommendations of one review."""
        return self.case_ids[0]

    @property
    def entry_id(self) -> str:
        """Stable name: document and segment."""
        place = self.recommendation
        return f"{place.document_id[:12]}-{place.segment}-recommendation"
