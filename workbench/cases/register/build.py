"""Readings to the register of recommendations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from workbench.cases.journey.kinds import Kinds, agency_kinds
from workbench.cases.journey.names import split_names
from workbench.cases.register.likeness import SAME, same_groups, stems
from workbench.cases.register.links import FindingLinks
from workbench.records import Assertion, Case, Reading
from workbench.records.register import RegisterEntry


def build_register(
    cases: Sequence[Case],
    readings: Mapping[str, Reading],
    kinds: Kinds | None = None,
    least_likeness: float = SAME,
) -> tuple[RegisterEntry, ...]:
    """Every recommendation of the cases' documents, by case, then in reading order.

    Themes are the codes that the coder found in its words (whatever it asserts of them: in a
    recommendation it asserts that something should be done). Recommendations that ask the same
    share a group, named after its members, so that it is the same in every run.
    """
    kinds = kinds or agency_kinds()
    entries = [
        entry
        for case in cases
        for document_id in case.document_ids
        if document_id in readings
        for entry in _of_document(case.case_id, readings[document_id], kinds)
    ]
    groups = same_groups([stems(entry.recommendation.text) for entry in entries], least_likeness)
    for places in groups:
        members = "|".join(sorted(entries[place].entry_id for place in places))
        name = f"R{sha256(members.encode()).hexdigest()[:8]}"
        for place in places:
            entries[place] = replace(entries[place], group=name)
    return tuple(entries)


def _of_document(case_id: str, reading: Reading, kinds: Kinds) -> list[RegisterEntry]:
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
                case_id=case_id,
                recommendation=recommendation,
                addressee_kinds=addressee_kinds(recommendation.addressee, kinds),
                code_ids=code_ids,
                coding_ids=tuple(dict.fromkeys(coding.coding_id for coding in codings)),
                link=links.link(recommendation, code_ids),
            )
        )
    return entries


def addressee_kinds(addressee: str, kinds: Kinds) -> tuple[str, ...]:
    """The kinds of agency that a recommendation is made to, in the order in which it names them."""
    found = (kinds.described(part) for part in split_names(addressee, kinds))
    return tuple(dict.fromkeys(kind for kind in found if kind))
