"""Agency by factor: who was in touch, who knew of what, and what was done (table T6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from workbench.findings.journey.table import JourneyTable, Sentences
from workbench.findings.practice import is_good_practice
from workbench.findings.table import REVIEWS_ONLY
from workbench.records import Coding, Finding

IN_TOUCH = (
    "A sentence of the facts, analysis or findings, or an entry of a chronology, says that the "
    "agency did something with the people of the case. That a review names no contact does not "
    "mean that there was none. " + REVIEWS_ONLY
)
SAME_SENTENCE = (
    "The agency and the factor stand in one sentence, or in one entry of a chronology, that tells "
    "of a contact. That the agency knew of the factor is for the reader to see. " + REVIEWS_ONLY
)
PRACTICE = (
    "The agency and the practice stand in one sentence or one entry of a chronology. "
    + REVIEWS_ONLY
)
#: Kind of agency and code -> place of the case -> ids of its codings.
Tied = dict[tuple[str, str], dict[int, list[str]]]


def in_touch_findings(table: JourneyTable) -> Iterator[Finding]:
    """For each kind of agency: the cases in which one was in touch; passages are the contacts."""
    contacts: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for place, journey in enumerate(table.journeys):
        for mention in journey.contacts:
            contacts[mention.kind][place].append(mention.mention_id)
    for kind, label in table.labels.items():
        if kind in contacts:
            places = sorted(contacts[kind])
            yield Finding(
                finding_id=f"agency-in-touch-{kind}",
                measure="agency_in_touch",
                label=f"{label}: in touch with the people of the case",
                coding_ids=_unique(id_ for place in places for id_ in contacts[kind][place]),
                note=IN_TOUCH,
                **table.share(places, table.cases.n_cases),
            )


def matrix_findings(table: JourneyTable) -> Iterator[Finding]:
    """For each kind of agency and factor: the cases in which a contact tells of the factor.

    For practice codes: the cases in which the agency stands with a failing, and those in which
    it stands with good practice.
    """
    known, failing, good = _tied(table)
    for measure, tied, words, note in (
        ("agency_factor", known, "in touch, with {}", SAME_SENTENCE),
        ("agency_failing", failing, "{}: failing", PRACTICE),
        ("agency_good", good, "{}: good practice", PRACTICE),
    ):
        labels = {code.code_id: code.label for code in table.cases.factors}
        for kind, label in table.labels.items():
            for code_id, code_label in labels.items():
                of_case = tied.get((kind, code_id))
                if of_case:
                    places = sorted(of_case)
                    yield Finding(
                        finding_id=f"{measure.replace('_', '-')}-{kind}-{code_id}",
                        measure=measure,
                        label=f"{label}, {words.format(code_label)}",
                        code_ids=(code_id,),
                        coding_ids=_unique(id_ for place in places for id_ in of_case[place]),
                        note=note,
                        **table.share(places, table.cases.n_cases),
                    )


def _tied(table: JourneyTable) -> tuple[Tied, Tied, Tied]:
    known: Tied = defaultdict(lambda: defaultdict(list))
    failing: Tied = defaultdict(lambda: defaultdict(list))
    good: Tied = defaultdict(lambda: defaultdict(list))
    practice = {code.code_id for code in table.cases.factors if code.has_valence}
    praised = _good_by_document(table.cases.codings.values(), practice)
    for place, (case, journey) in enumerate(zip(table.cases.cases, table.journeys, strict=True)):
        sentences = Sentences(journey.mentions)
        for coding in _counted(table, place):
            is_practice = coding.code_id in practice
            for mention in sentences.around(coding):
                if is_practice or mention.is_contact:
                    tied = failing if is_practice else known
                    tied[mention.kind, coding.code_id][place].append(coding.coding_id)
        good_here = (each for key in case.document_ids for each in praised.get(key, ()))
        for coding in (each for each in good_here if case.holds(each)):
            for mention in sentences.around(coding):
                good[mention.kind, coding.code_id][place].append(coding.coding_id)
    return known, failing, good


def _counted(table: JourneyTable, place: int) -> Iterator[Coding]:
    """The passages for which a case counts its factors as present."""
    for code in table.cases.factors:
        for state in table.cases.states(code.code_id, place, None):
            yield from (table.cases.codings[coding_id] for coding_id in state.codings_for)


def _good_by_document(codings: Iterable[Coding], practice: set[str]) -> dict[str, list[Coding]]:
    found: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.code_id in practice and is_good_practice(coding):
            found[coding.document_id].append(coding)
    for of_document in found.values():
        of_document.sort(key=lambda coding: (coding.start_char, coding.coding_id))
    return found


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
