"""Everything of a publication by its id, and what the cases made of each coding."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.errors import InputError
from workbench.publish.labels import SECTIONS
from workbench.publish.names import short_id
from workbench.publish.publication import Publication
from workbench.records import (
    Assertion,
    Case,
    CaseIndex,
    Coding,
    Document,
    Finding,
    Segment,
    SubjectRole,
    Valence,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a passage is kept but not counted."""

    key: str
    title: str
    text: str


NOT_COUNTED: tuple[Reason, ...] = (
    Reason(
        key="suspected",
        title="Suspected only",
        text="The review reports a suspicion or an allegation, not that the factor was there. "
        "Reported beside the counts, never in them.",
    ),
    Reason(
        key="hypothetical",
        title="Hypothetical",
        text="The words tell of what may be, might have been or was only asked about.",
    ),
    Reason(
        key="general",
        title="General statements",
        text="Law, training, policy, research, the name of a service, or another case: "
        "the subject is named, but nothing is said about the people of this case.",
    ),
    Reason(
        key="recommendation",
        title="Recommendations",
        text="The words say what should be done, not what was there.",
    ),
    Reason(
        key="section",
        title="Outside the evidence",
        text="The passage stands in a section that sets the scene: terms of reference, "
        "methodology, glossary, literature, recommendations, appendix or front matter.",
    ),
    Reason(
        key="good_practice",
        title="Good practice",
        text="The review praises the agency. It is listed under practice themes and never "
        "counted as a failing.",
    ),
    Reason(
        key="shared",
        title="Said of several people",
        text="The review tells of several incidents, each a case of its own. These words speak of "
        "several of its people at once, or of nobody in particular, so that no case counts them.",
    ),
    Reason(
        key="set_aside",
        title="Set aside by the case rules",
        text="Affirmed or ruled out in an evidence section, but not used for the state of the "
        "case: it is a value of the incident, a role the codebook does not give the factor, "
        "or a document that belongs to no case.",
    ),
)
REASONS: Mapping[str, Reason] = {reason.key: reason for reason in NOT_COUNTED}


class Catalogue:
    """Look-ups over one publication; built once, never changed."""

    def __init__(self, publication: Publication) -> None:
        """Index the publication.

        Raises:
            InputError: Two documents or two cases share a name that has to be unique.
        """
        self.publication = publication
        self.codings: dict[str, Coding] = {}
        for document_id in sorted(publication.readings):
            for coding in publication.readings[document_id].codings:
                self.codings.setdefault(coding.coding_id, coding)
        self._segments = {
            (document_id, segment.ordinal): segment
            for document_id, reading in publication.readings.items()
            for segment in reading.segments
        }
        # A reading knows the title of its document, the list of files may not.
        self.documents: dict[str, Document] = {
            document.document_id: document for document in publication.documents
        } | {key: reading.document for key, reading in publication.readings.items()}
        self.cases: dict[str, Case] = {case.case_id: case for case in publication.cases}
        self._index = CaseIndex(publication.cases)
        self.findings: dict[str, Finding] = {
            finding.finding_id: finding for finding in publication.findings
        }
        _refuse_twins(publication)
        self._by_measure: dict[tuple[str, tuple[str, ...], SubjectRole | None], list[Finding]] = (
            defaultdict(list)
        )
        for finding in publication.findings:
            key = (finding.measure, finding.code_ids, finding.subject_role)
            self._by_measure[key].append(finding)
        self.states_of = _states_of(publication.cases)

    def finding(
        self, measure: str, code_ids: tuple[str, ...], role: SubjectRole | None = None
    ) -> Finding | None:
        """The finding of that measure for these codes and role, if it was computed."""
        found = self._by_measure.get((measure, code_ids, role))
        return found[0] if found else None

    def segment(self, coding: Coding) -> Segment:
        """The segment that holds a coding."""
        return self._segments[coding.document_id, coding.segment]

    def of_measure(self, *measures: str) -> list[Finding]:
        """The findings of these measures, in the order they were computed."""
        return [finding for finding in self.publication.findings if finding.measure in measures]

    def telling_of(self, *roles: SubjectRole) -> list[Case]:
        """The cases in which, for each role, somebody has it or something is said of it."""
        return [
            case
            for case in self.publication.cases
            if set(roles)
            <= {person.role for person in case.people}
            | {state.subject_role for state in case.states}
        ]

    def case_of(self, coding: Coding) -> Case | None:
        """The case that holds a passage, if one does."""
        return self._index.of_coding(coding)

    def cases_of(self, document_id: str) -> tuple[Case, ...]:
        """The cases that a document tells of."""
        return self._index.of_document(document_id)

    def case_telling(self, document_id: str, segment: int) -> Case | None:
        """The case whose own a segment is, if it is one's."""
        found = self._index.of_document(document_id)
        return next((case for case in found if case.tells(document_id, segment)), None)

    def group_by_case(self, coding_ids: Iterable[str]) -> dict[str, list[Coding]]:
        """Known codings by case, in the order of the cases, then of the text."""
        wanted: dict[str, list[Coding]] = {case.case_id: [] for case in self.publication.cases}
        for coding_id in dict.fromkeys(coding_ids):
            coding = self.codings.get(coding_id)
            case = self.case_of(coding) if coding else None
            if coding and case:
                wanted[case.case_id].append(coding)
        return {case_id: self._in_order(found) for case_id, found in wanted.items() if found}

    def of_no_case(self, codings: Iterable[Coding]) -> dict[str, list[Coding]]:
        """By document: those of the passages that no case holds, in the order of the text."""
        found: dict[str, list[Coding]] = defaultdict(list)
        for coding in codings:
            if self.case_of(coding) is None:
                found[coding.document_id].append(coding)
        return {key: self._in_order(found[key]) for key in sorted(found)}

    def _in_order(self, codings: Sequence[Coding]) -> list[Coding]:
        return sorted(
            codings, key=lambda coding: (coding.document_id, coding.start_char, coding.coding_id)
        )

    def reason_not_counted(self, coding: Coding) -> str:
        """The key of the reason (see NOT_COUNTED) why no case counts the coding; "" if one does."""
        used = self.states_of.get(coding.coding_id, "")
        if used in ("for", "against"):
            return ""
        if coding.assertion not in (Assertion.AFFIRMED, Assertion.NEGATED):
            return str(coding.assertion)
        if not coding.counts_as_evidence:
            return "section"
        if self.cases_of(coding.document_id) and self.case_of(coding) is None:
            return "shared"
        return "good_practice" if coding.valence == Valence.POSITIVE else "set_aside"


def why_not_counted(coding: Coding, reason: str) -> str:
    """One sentence for readers; empty when the coding counts."""
    if reason == "section":
        return f"stands in a section that is not evidence ({SECTIONS[coding.section_role].lower()})"
    return REASONS[reason].title.lower() if reason else ""


def _states_of(cases: Iterable[Case]) -> dict[str, str]:
    uses: dict[str, str] = {}
    for case in cases:
        for state in case.states:
            uses.update(dict.fromkeys(state.codings_suspected, "suspected"))
    for case in cases:
        for state in case.states:
            uses.update(dict.fromkeys(state.codings_for, "for"))
            uses.update(dict.fromkeys(state.codings_against, "against"))
    return uses


def _refuse_twins(publication: Publication) -> None:
    for what, names in (
        ("document", [short_id(document.document_id) for document in publication.documents]),
        ("case", [case.case_id for case in publication.cases]),
        ("finding", [finding.finding_id for finding in publication.findings]),
    ):
        twins = [(name, n) for name, n in Counter(names).items() if n > 1]
        if twins:
            name, n = twins[0]
            raise InputError(
                f"the report cannot be written: {what} {name!r} stands {n} times. "
                "Each must be there once; run the workbench again."
            )
