"""Everything the system made of a corpus, held against the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from workbench.learn.evaluation.codings.calibration import calibration_section
from workbench.learn.evaluation.codings.codes import code_section
from workbench.learn.evaluation.codings.matched import matched_section
from workbench.learn.evaluation.dated import detail_sections
from workbench.learn.evaluation.documents import document_section, has_content, status_of
from workbench.learn.evaluation.incident import incident_section
from workbench.learn.evaluation.journey.agencies import agency_section
from workbench.learn.evaluation.journey.events import chronology_section
from workbench.learn.evaluation.people import people_sections
from workbench.learn.evaluation.pooling import Bootstrap, EvaluationSettings
from workbench.learn.evaluation.records import EvaluatedDocument, Evaluation
from workbench.learn.evaluation.running import running_section
from workbench.learn.evaluation.states import state_section
from workbench.learn.evaluation.structure import structure_sections
from workbench.learn.matching.comparison import Comparison, compare
from workbench.learn.matching.pairs import pair_up
from workbench.learn.truth_records import Truth
from workbench.records import Case, IncidentFact, Reading
from workbench.records.journey import Journey

_NO_FACTS: Mapping[str, Sequence[IncidentFact]] = MappingProxyType({})


def evaluate(
    readings: Mapping[str, Reading],
    cases: Sequence[Case],
    truths: Sequence[Truth],
    settings: EvaluationSettings | None = None,
    journeys: Sequence[Journey] = (),
    incidents: Mapping[str, Sequence[IncidentFact]] = _NO_FACTS,
) -> Evaluation:
    """Measure the system on every document that has a truth.

    A document without a reading counts as one of which nothing was found. The content of a
    document that can only be read after recognition of its images is measured only when the
    system recognised it; its status is measured in any case.

    Args:
        readings: By the id of their truth.
        cases: All cases that the system made of the readings.
        truths: Any order; the evaluation has them by id.
        settings: Of intervals and bins; the defaults when left out.
        journeys: Of the cases: their agencies, and the agencies of their events.
        incidents: Case id -> what the system says of its incident.
    """
    settings = settings or EvaluationSettings()
    comparisons = [
        compare(truth, readings.get(truth.truth_id))
        for truth in sorted(truths, key=lambda truth: truth.truth_id)
    ]
    measured = [comparison for comparison in comparisons if has_content(comparison)]
    bootstrap = _bootstrap(measured, settings)
    pairs = [pair_up(comparison) for comparison in measured]
    cases_of = {case.case_id: case.document_ids for case in cases}
    by_document: dict[str, Journey] = {}
    for journey in journeys:
        for document_id in cases_of.get(journey.case_id, ()):
            known = by_document.get(document_id)
            by_document[document_id] = _together(known, journey) if known else journey
    sections = (
        document_section(comparisons, _bootstrap(comparisons, settings)),
        *structure_sections(measured, bootstrap),
        running_section(measured, bootstrap),
        code_section(pairs, bootstrap),
        matched_section(pairs, bootstrap),
        calibration_section(pairs, bootstrap, settings),
        state_section(measured, cases, settings),
        incident_section(measured, cases, incidents, settings),
        *people_sections(measured, bootstrap),
        *detail_sections(measured, bootstrap),
        chronology_section(measured, bootstrap, by_document),
        agency_section(measured, bootstrap, by_document),
    )
    return Evaluation(
        documents=tuple(_document(comparison) for comparison in comparisons),
        sections=sections,
        n_resamples=settings.n_resamples,
        seed=settings.seed,
    )


def _together(one: Journey, other: Journey) -> Journey:
    """What two cases of one review have together; each has the agencies that it names itself."""
    more = [agency for agency in other.agencies if agency not in one.agencies]
    return replace(
        one,
        agencies=(*one.agencies, *more),
        mentions=(*one.mentions, *other.mentions),
        events=(*one.events, *other.events),
    )


def _bootstrap(comparisons: Sequence[Comparison], settings: EvaluationSettings) -> Bootstrap:
    return Bootstrap([comparison.truth.case_id for comparison in comparisons], settings)


def _document(comparison: Comparison) -> EvaluatedDocument:
    truth = comparison.truth
    return EvaluatedDocument(
        truth_id=truth.truth_id,
        case_id=truth.case_id,
        kind=truth.kind,
        lead=truth.lead,
        n_paragraphs=len(truth.paragraphs),
        n_codings=len(truth.codings),
        status=status_of(comparison),
        content_measured=has_content(comparison),
    )
