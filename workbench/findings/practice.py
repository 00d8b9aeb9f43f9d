"""Passages beside cases, and what reviews say of agencies, for better and for worse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from workbench.findings.table import REVIEWS_ONLY, CaseTable
from workbench.records import Assertion, CaseIndex, Code, Coding, Finding, Valence

PASSAGES = (
    "Passages, not reviews: one review may hold many. A share of all such passages; it has no "
    "interval, because passages of one review are not independent."
)


def mention_findings(table: CaseTable) -> Iterator[Finding]:
    """For each factor: how many passages affirm it, among those of all factors.

    Passages in the evidence sections; for practice codes those that tell of a failing.
    ``statistics`` holds the cases that they come from.
    """
    found = {
        code.code_id: {
            place: distinct_passages(_affirmed(table, code, place), table.codings)
            for place in table.tally(code.code_id, None).present
        }
        for code in table.factors
    }
    yield from _mentions(table, table.factors, found, "mentions", "passages that affirm it")


def practice_findings(table: CaseTable) -> Iterator[Finding]:
    """For each practice code: cases with good practice, with both, and the good passages.

    Cases with a failing are the prevalence of the code. "Both" is a share of those: how many
    of the reviews that found a failing also praise the same practice.
    """
    practice = [code for code in table.factors if code.has_valence]
    good = _good_practice(table, {code.code_id for code in practice})
    for code in practice:
        of_case = good[code.code_id]
        places = sorted(of_case)
        yield Finding(
            finding_id=f"practice-good-{code.code_id}",
            measure="good_practice",
            label=f"{code.label}: good practice noted in the review",
            code_ids=(code.code_id,),
            coding_ids=tuple(id_ for place in places for id_ in of_case[place]),
            note=REVIEWS_ONLY,
            **table.share(places).fields,
        )
        failing = table.tally(code.code_id, None).present
        both = [place for place in failing if place in of_case]
        if failing:
            yield Finding(
                finding_id=f"practice-both-{code.code_id}",
                measure="failing_and_good_practice",
                label=f"{code.label}: good practice noted too, of the reviews with a failing",
                code_ids=(code.code_id,),
                coding_ids=tuple(id_ for place in both for id_ in of_case[place]),
                note=REVIEWS_ONLY,
                **table.share(both, len(failing)).fields,
            )
    passages = {
        code_id: {place: distinct_passages(ids, table.codings) for place, ids in of_case.items()}
        for code_id, of_case in good.items()
    }
    yield from _mentions(table, practice, passages, "mentions-good", "passages of good practice")


def distinct_passages(coding_ids: Iterable[str], codings: Mapping[str, Coding]) -> list[str]:
    """One coding for each passage of a case.

    A passage coded for two people is one passage. Words that stand in two documents of the
    case (a review and its summary) are one passage: of each wording as many count as stand in
    the document that has most of them.
    """
    places: dict[str, dict[str, dict[tuple[int, int], str]]] = defaultdict(dict)
    for coding_id in coding_ids:
        coding = codings[coding_id]
        wording = " ".join(coding.text.lower().split())
        of_document = places[wording].setdefault(coding.document_id, {})
        of_document.setdefault((coding.start_char, coding.end_char), coding_id)
    return [
        coding_id
        for documents in places.values()
        for coding_id in max(documents.values(), key=len).values()
    ]


def is_good_practice(coding: Coding) -> bool:
    """Whether it affirms good practice in a section that counts as evidence."""
    return (
        coding.valence is Valence.POSITIVE
        and coding.assertion is Assertion.AFFIRMED
        and coding.counts_as_evidence
    )


def _affirmed(table: CaseTable, code: Code, place: int) -> list[str]:
    return [id_ for state in table.states(code.code_id, place, None) for id_ in state.codings_for]


def _good_practice(table: CaseTable, practice: set[str]) -> dict[str, dict[int, list[str]]]:
    """Ids of the good-practice codings by code and case, in reading order."""
    index = CaseIndex(table.cases)
    place_of = {case.case_id: place for place, case in enumerate(table.cases)}
    found: dict[str, dict[int, list[str]]] = {code_id: {} for code_id in practice}
    order = sorted(
        (place_of[case.case_id], case.document_ids.index(coding.document_id), coding.start_char,
         coding_id)
        for coding_id, coding in table.codings.items()
        if coding.code_id in practice
        and is_good_practice(coding)
        and (case := index.of_coding(coding))
    )  # fmt: skip
    for place, _, _, coding_id in order:
        of_case = found[table.codings[coding_id].code_id]
        of_case.setdefault(place, []).append(coding_id)
    return found


def _mentions(
    table: CaseTable,
    codes: Iterable[Code],
    found: Mapping[str, Mapping[int, list[str]]],
    prefix: str,
    words: str,
) -> Iterator[Finding]:
    n_all = sum(len(ids) for of_case in found.values() for ids in of_case.values())
    if not n_all:
        return
    for code in codes:
        of_case = found[code.code_id]
        coding_ids = tuple(id_ for place in sorted(of_case) for id_ in of_case[place])
        yield Finding(
            finding_id=f"{prefix}-{code.code_id}",
            measure=prefix.replace("-", "_"),
            label=f"{code.label}: {words}",
            unit="passages",
            numerator=len(coding_ids),
            denominator=n_all,
            estimate=len(coding_ids) / n_all,
            code_ids=(code.code_id,),
            case_ids=table.case_ids(sorted(of_case)),
            coding_ids=coding_ids,
            statistics=(("n_cases", float(len(of_case))),),
            note=PASSAGES,
        )
