"""Real coroners' reports: case roll-up against the office's categories and researchers' coding.

    python -m benchmarks.incidents.measure ../shared/real

The categories say why a report was filed, not what is in it: a death in custody by hanging may be
filed under custody alone. Agreement is reported as it is. Rules were looked at on every second
report (by the order of the table), the others only measured; both are given.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.incidents.agreement import agreement_of
from benchmarks.incidents.letters import TABLE, Letter, coder_of, read_letters
from workbench.cases import build_cases
from workbench.cases.incident.settle import incidents_of
from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.codebook.load import shipped_annotations
from workbench.records import Case, IncidentFact, IncidentField, Standing, State, SubjectRole

VIOLENCE = "labelled/violence_deaths_structured_coding.csv"
#: Whose factors count for a category: those of the people who died.
DIED = (SubjectRole.DECEASED, SubjectRole.VICTIM, SubjectRole.INDEX_CHILD)
F = IncidentField


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """What the workbench makes of one report."""

    row: Mapping[str, str]
    case: Case
    values: Mapping[IncidentField, frozenset[str]]

    def has_any(self, *code_ids: str) -> bool:
        """Whether a factor is present for somebody who died, or whose role is not told apart."""
        return any(
            self.case.state(code_id, role) is State.PRESENT
            for code_id in code_ids
            for role in (*DIED, SubjectRole.PATIENT_OR_GROUP)
        )

    def states(self, field: IncidentField, *values: str) -> bool:
        """Whether an incident fact has one of the values."""
        return bool(self.values.get(field, frozenset()) & set(values))


def _is_child(rolled: Rolled) -> bool:
    return any(
        person.role in DIED and person.age_years is not None and person.age_years < 18
        for person in rolled.case.people
    )


#: Category of the office -> what of ours stands for it, in words and as a rule.
CATEGORIES: tuple[tuple[str, str, Callable[[Rolled], bool]], ...] = (
    ("cc_suicide", "relationship is self", lambda r: r.states(F.RELATIONSHIP, "self")),
    ("cc_road", "method is vehicle", lambda r: r.states(F.METHOD, "vehicle")),
    ("cc_state_custody", "place is custody", lambda r: r.states(F.PLACE, "custody")),
    ("cc_child", "who died is under 18, or an index child", lambda r: _is_child(r) or any(
        person.role is SubjectRole.INDEX_CHILD for person in r.case.people)),
    ("cc_mental_health", "mental health, or self-harm and suicidality, of who died",
     lambda r: r.has_any("mental_health_own", "self_harm_suicidality")),
    ("cc_alcohol_drug_medication", "alcohol or drug misuse of who died, or method is overdose",
     lambda r: r.has_any("alcohol_misuse", "drug_misuse")
     or r.states(F.METHOD, "poisoning_overdose")),
    ("cc_care_home", "place is hospital or care setting",
     lambda r: r.states(F.PLACE, "hospital_or_care_setting")),
    ("cc_police", "justice involvement of who died", lambda r: r.has_any("justice_involvement")),
)  # fmt: skip
#: The researchers' free words -> values of ours. First match counts.
METHOD_WORDS = (
    ("strangl", "strangulation_asphyxiation"), ("suffocat", "strangulation_asphyxiation"),
    ("shot", "shooting"), ("knife", "sharp_instrument"), ("stab", "sharp_instrument"),
    ("incised", "sharp_instrument"), ("hatchet", "sharp_instrument"),
    ("blunt", "blunt_instrument"), ("doorstop", "blunt_instrument"),
    ("fire", "burning_arson"), ("head injur", "hitting_kicking_no_weapon"),
)  # fmt: skip
PLACE_WORDS = (
    (r"perpetrator's home", "perpetrator_home"), (r"shared|family home", "shared_home"),
    (r"outside|street|road|rd\b", "street_or_open_space"), (r"place of work", "workplace"),
    (r"home|own", "victim_home"), (r"hospital", "hospital_or_care_setting"),
)  # fmt: skip
RELATION_WORDS = (
    (r"ex-|former", "ex_partner"), (r"grandson", "grandchild"), (r"unknown", "stranger"),
    (r"husband", "spouse_or_civil_partner"), (r"partner|in a relationship", "partner"),
    (r"son|daughter", "son_or_daughter"), (r"neighbour", "friend_or_acquaintance"),
    (r"father", "parent"),
)  # fmt: skip


def roll_up(letters: Sequence[Letter], codebook: Codebook) -> Iterator[Rolled]:
    """Each report as a case of its own."""
    readings = {each.reading.document.document_id: each.reading for each in letters}
    linked = {document_id: document_id[:16] for document_id in readings}
    cases = build_cases(list(readings.values()), codebook, linked)
    incidents = incidents_of(cases, readings, codebook)
    rows = {each.reading.document.document_id: each.row for each in letters}
    for case in cases:
        yield Rolled(
            row=rows[case.document_ids[0]], case=case,
            values=_values(incidents.get(case.case_id, ())),
        )  # fmt: skip


def _values(facts: Sequence[IncidentFact]) -> dict[IncidentField, frozenset[str]]:
    values: dict[IncidentField, set[str]] = {}
    for fact in facts:
        if fact.standing is Standing.VALUE:
            values.setdefault(fact.field, set()).add(fact.value)
    return {field: frozenset(found) for field, found in values.items()}


def category_rows(rolled: Sequence[Rolled]) -> Iterator[str]:
    """One line for each category that is mapped: agreement over the reports that have any."""
    with_categories = [each for each in rolled if each.row["cc_suicide"] != ""]
    for name, words, rule in CATEGORIES:
        ours = [rule(each) for each in with_categories]
        theirs = [each.row[name] == "1.0" for each in with_categories]
        yield agreement_of(ours, theirs).row(f"{name} ({words})")


def violence_rows(rolled: Sequence[Rolled], coded: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What researchers and workbench say of the violent deaths whose text is there."""
    by_report = {each.row["report_id"]: each for each in rolled}
    for field, columns, words in (
        (F.METHOD, ("weapon", "cause_of_death", "violence_causing"), METHOD_WORDS),
        (F.PLACE, ("setting",), PLACE_WORDS),
        (F.RELATIONSHIP, ("relationship",), RELATION_WORDS),
    ):
        n = n_stated = n_right = 0
        for row in coded:
            wanted = mapped(" ; ".join(row[column] for column in columns), words)
            if not wanted or row["report_id"] not in by_report:
                continue
            given = by_report[row["report_id"]].values.get(field, frozenset())
            n, n_stated = n + 1, n_stated + bool(given)
            n_right += wanted in given
        yield f"| {field.value} | {n} | {n_stated} | {n_right} |"


def mapped(text: str, words: Sequence[tuple[str, str]]) -> str:
    """The value of ours that researchers' words stand for; "" where they say nothing known."""
    return next((value for pattern, value in words if re.search(pattern, text.lower())), "")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real", type=Path)
    parser.add_argument("--limit", type=int, default=0)
    arguments = parser.parse_args()
    codebook = load_codebook(default_codebook_path())
    coder = coder_of(codebook, shipped_annotations())
    letters = list(read_letters(arguments.real / TABLE, coder, arguments.limit))
    number = {each.row["report_id"]: at for at, each in enumerate(letters)}
    rolled = list(roll_up(letters, codebook))
    unseen = [each for each in rolled if number[each.row["report_id"]] % 2 == 0]
    head = "| category (ours) | n | theirs | ours | both | kappa | AC1 | raw |"
    for title, part in (("all reports", rolled), ("reports not looked at", unseen)):
        print(f"{title}: {len(part)}\n\n{head}\n| --- | --- | --- | --- | --- | --- | --- | --- |")
        print("\n".join(category_rows(part)), end="\n\n")
    with (arguments.real / VIOLENCE).open(encoding="utf-8", newline="") as stream:
        coded = list(csv.DictReader(stream))
    print("| violent deaths with text | coded | we state | same |\n| --- | --- | --- | --- |")
    print("\n".join(violence_rows(rolled, coded)))


if __name__ == "__main__":
    main()
