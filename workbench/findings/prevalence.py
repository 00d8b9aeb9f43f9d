"""In how many cases a factor is present, ruled out, suspected or not mentioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.findings.table import REVIEWS_ONLY, SILENCE, CaseTable, role_words
from workbench.records import Code, Finding, SubjectRole


def prevalence_findings(table: CaseTable) -> Iterator[Finding]:
    """Four findings for each factor and any role, and for each role that a case speaks of.

    A case counts once, however often the factor is coded in it. The denominator is all cases.
    ``present``, ``ruled_out`` and ``not_mentioned`` add up to it; ``suspected`` is the part of
    ``not_mentioned`` in which somebody suspected the factor and nobody established it.
    ``statistics`` of a role holds ``n_cases_with_role``: the cases that tell of such a person.
    """
    n_with_role = {role: float(len(table.telling_of(role))) for role in SubjectRole}
    for code in table.factors:
        yield from _states_of(table, code, None, ())
        for role in table.roles(code.code_id):
            yield from _states_of(table, code, role, (("n_cases_with_role", n_with_role[role]),))


def _states_of(
    table: CaseTable,
    code: Code,
    role: SubjectRole | None,
    statistics: tuple[tuple[str, float], ...],
) -> Iterator[Finding]:
    tally = table.tally(code.code_id, role)
    failing = " as a failing" if code.has_valence else ""
    for state, places, words, note in (
        ("present", tally.present, f"present{failing}", REVIEWS_ONLY),
        ("ruled_out", tally.ruled_out, "considered and ruled out", REVIEWS_ONLY),
        ("not_mentioned", tally.not_mentioned, "not mentioned", SILENCE),
        ("suspected", tally.suspected, "suspected, not established", SILENCE),
    ):
        yield Finding(
            finding_id=f"prevalence-{state}-{code.code_id}-{role or 'any'}",
            measure="prevalence" if state == "present" else state,
            label=f"{code.label} ({role_words(role)}): {words} in the review",
            code_ids=(code.code_id,),
            subject_role=role,
            coding_ids=_passages(table, code.code_id, places, role, state),
            statistics=statistics,
            note=note,
            **table.share(places).fields,
        )


def _passages(
    table: CaseTable, code_id: str, places: Sequence[int], role: SubjectRole | None, state: str
) -> tuple[str, ...]:
    """The passages that decided the state, in the order of the cases; none for silence."""
    field = {
        "present": "codings_for",
        "ruled_out": "codings_against",
        "suspected": "codings_suspected",
    }.get(state)
    if field is None:
        return ()
    return tuple(
        dict.fromkeys(
            coding_id
            for place in places
            for case_state in table.states(code_id, place, role)
            for coding_id in getattr(case_state, field)
        )
    )
