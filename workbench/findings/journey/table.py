"""Journeys beside their cases, and the time between a contact and the incident."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.findings.intervals import wilson
from workbench.findings.table import CaseTable
from workbench.records import Coding
from workbench.records.journey import AgencyMention, Journey


@dataclass(frozen=True, slots=True)
class JourneyTable:
    """The cases of a table, each with its journey."""

    cases: CaseTable
    journeys: tuple[Journey, ...]  # as the cases of the table
    labels: Mapping[str, str]  # kind of agency -> for people

    @classmethod
    def of(
        cls, cases: CaseTable, journeys: Sequence[Journey], labels: Mapping[str, str]
    ) -> JourneyTable:
        """The table; a case without a journey has an empty one."""
        known = {journey.case_id: journey for journey in journeys}
        none = {
            case.case_id: Journey(case_id=case.case_id, agencies=(), mentions=(), events=())
            for case in cases.cases
        }
        return cls(cases, tuple((none | known)[case.case_id] for case in cases.cases), labels)

    def share(self, places: Sequence[int], base: int) -> dict[str, Any]:
        """The fields of a finding for cases out of a number of cases."""
        low, high = wilson(len(places), base, self.cases.settings.confidence)
        return {
            "unit": "cases",
            "numerator": len(places),
            "denominator": base,
            "estimate": len(places) / base,
            "low": low,
            "high": high,
            "case_ids": self.cases.case_ids(places),
        }


class Sentences:
    """Finds the agencies named in the sentence or entry around a coding."""

    def __init__(self, mentions: Sequence[AgencyMention]) -> None:
        by_document: dict[str, list[AgencyMention]] = defaultdict(list)
        for mention in mentions:
            by_document[mention.document_id].append(mention)
        self._mentions = {
            key: sorted(found, key=lambda m: (m.sentence_start, m.start_char))
            for key, found in by_document.items()
        }
        self._starts = {
            key: [mention.sentence_start for mention in found]
            for key, found in self._mentions.items()
        }

    def around(self, coding: Coding) -> list[AgencyMention]:
        """The mentions whose sentence holds the first character of the coding."""
        found = self._mentions.get(coding.document_id, [])
        last = bisect_right(self._starts.get(coding.document_id, []), coding.start_char)
        around = []
        for mention in reversed(found[:last]):
            if mention.sentence_end <= coding.start_char:
                break
            around.append(mention)
        return around[::-1]
