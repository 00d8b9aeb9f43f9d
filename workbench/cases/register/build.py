"""Readings to the register of recommendations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from workbench.cases.journey.kinds import Kinds, agency_kinds
from workbench.cases.register.addressees import Addressees
from workbench.cases.register.likeness import SAME, same_groups, stems
from workbench.cases.register.links import FindingLinks
from workbench.records import Assertion, Case, Reading
from workbench.records.journey import Agency, Journey
from workbench.records.register import RegisterEntry


def build_register(
    cases: Sequence[Case],
    readings: Mapping[str, Reading],
    journeys: Sequence[Journey] = (),
    kinds: Kinds | None = None,
    least_likeness: float = SAME,
) -> tuple[RegisterEntry, ...]:
    """Every recommendation of the cases' documents once, by review, then in reading order.

    Cases that share a document are one review: each of its recommendations names them all.
    Themes are the codes that the coder found in its words (whatever it asserts of them: in a
    recommendation it asserts that something should be done). Recommendations that ask the same
    share a group, named after its members, so that it is the same in every run. A recommendation
    that a summary or copy repeats stands once: as the leading document prints it.

    Args:
        cases: Their documents need not all have been read.
        readings: By document id.
        journeys: Of the cases, for the agencies that their documents name.
        kinds: Kinds of agency; those that come with the workbench when left out.
        least_likeness: From which (0-1) two recommendations ask the same.
    """
    kinds = kinds or agency_kinds()
    agencies = _agencies_of(journeys)
    entries = [
        entry
        for case_ids, document_ids in _reviews(cases)
        for document_id in document_ids
        if document_id in readings
        for entry in _of_document(
            case_ids, readings[document_id], Addressees(agencies.get(document_id, ()), kinds)
        )
    ]
    texts = [stems(entry.recommendation.text) for entry in entries]
    groups = same_groups(texts, least_likeness)
    copies = {
        place
        for places in groups
        for rank, place in enumerate(places)
        if any(_is_copy(entries[place], entries[other]) for other in places[:rank])
    }
    for places in groups:
        members = [place for place in places if place not in copies]
        if len({entries[place].review_id for place in members}) > 1:
            ids = "|".join(sorted(entries[place].entry_id for place in members))
            for place in members:
                entries[place] = replace(
                    entries[place], group=f"R{sha256(ids.encode()).hexdigest()[:8]}"
                )
    return tuple(entry for place, entry in enumerate(entries) if place not in copies)


def _reviews(cases: Sequence[Case]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each review its cases and its documents, in the order in which the cases name them."""
    reviews: list[tuple[dict[str, None], dict[str, None]]] = []
    for case in cases:
        mine = dict.fromkeys(case.document_ids)
        sharing = [review for review in reviews if not review[1].keys().isdisjoint(mine)]
        for review in sharing[1:]:
            sharing[0][0].update(review[0])
            sharing[0][1].update(review[1])
            reviews.remove(review)
        case_ids, document_ids = sharing[0] if sharing else ({}, {})
        if not sharing:
            reviews.append((case_ids, document_ids))
        case_ids[case.case_id] = None
        document_ids.update(mine)
    yield from ((tuple(case_ids), tuple(document_ids)) for case_ids, document_ids in reviews)


def _agencies_of(journeys: Sequence[Journey]) -> dict[str, list[Agency]]:
    """Document -> its agencies, each once however many cases the document tells of."""
    found: dict[str, dict[tuple[str, str], Agency]] = {}
    for journey in journeys:
        for agency in journey.agencies:
            found.setdefault(agency.document_id, {}).setdefault((agency.kind, agency.name), agency)
    return {document_id: list(agencies.values()) for document_id, agencies in found.items()}


def _is_copy(entry: RegisterEntry, earlier: RegisterEntry) -> bool:
    """Whether another document of the same review says the same."""
    one, other = entry.recommendation.document_id, earlier.recommendation.document_id
    return entry.review_id == earlier.review_id and one != other


def _of_document(
    case_ids: tuple[str, ...], reading: Reading, addressees: Addressees
) -> list[RegisterEntry]:
    links = FindingLinks(reading)
    entries = []
    for recommendation in reading.recommendations:
        codings = [
            coding
            for coding in reading.codings
            if coding.segment == recommendation.segment
            and coding.assertion in (Assertion.RECOMMENDATION, Assertion.GENERAL)
        ]
        code_ids = tuple(dict.fromkeys(coding.code_id for coding in codings))
        entries.append(
            RegisterEntry(
                case_ids=case_ids,
                recommendation=recommendation,
                addressee_kinds=addressees.kinds_of(recommendation.addressee),
                code_ids=code_ids,
                coding_ids=tuple(dict.fromkeys(coding.coding_id for coding in codings)),
                link=links.link(recommendation, code_ids),
            )
        )
    return entries
