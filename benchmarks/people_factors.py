"""Factors of people against the truth of the demonstration corpus: which are told of whom.

    python -m benchmarks.people_factors corpora/demo --workspace FOLDER [--model none]

True states of a person come from the true codings by the rules of ``workbench.cases`` alone (no
coder), so that both sides mean the same by "told of the person". Compared are factors that either
side says are told of a person; a person whom the coder does not find, or puts into another role,
loses all of them. Rules that read text were made on the cases with an odd number.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.cases import build_cases
from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.findings.people import people_findings
from workbench.learn.matching.names import PersonNames
from workbench.learn.truth import load_truth
from workbench.learn.truth_records import Truth, TruthCoding, TruthPerson
from workbench.pipeline.report import read_texts
from workbench.pipeline.run import RunSettings, read_documents, silent
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import (
    Case,
    CaseState,
    Coding,
    Document,
    DocumentStatus,
    Finding,
    FrozenText,
    Person,
    Reading,
    Segment,
    State,
    SubjectRecord,
)
from workbench.store.workspace import Workspace


@dataclass(slots=True)
class Tally:
    """Person-factors of one set of people."""

    n_people: int = 0
    n_found: int = 0  # of the true people, those found in their role
    right: int = 0
    wrong: int = 0
    missed: int = 0
    of_several: int = 0  # of the missed, those that the coder tells of several or of no one
    ruled_out: Counter[str] = field(default_factory=Counter)

    def row(self, name: str) -> str:
        """One line of the table."""
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        out = self.ruled_out
        f1_out = 2 * out["right"] / max(2 * out["right"] + out["wrong"] + out["missed"], 1)
        return (
            f"| {name} | {self.n_found} of {self.n_people} | {self.right + self.missed} | "
            f"{precision:.2f} | {recall:.2f} | {f1:.2f} | {self.of_several} | {f1_out:.2f} |"
        )


def main() -> None:
    """Print the figures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--model", default="none", help="as in workbench run")
    given = parser.parse_args()
    codebook = load_codebook(default_codebook_path())
    truths = [load_truth(path) for path in sorted((given.folder / "truth").glob("*.json"))]
    readings = _readings(given.workspace, given.folder, given.model)
    found = build_cases(readings.values(), codebook)
    files = {key: Path(each.document.file_name).stem for key, each in readings.items()}
    true = build_cases([_true_reading(truth) for truth in truths], codebook)
    leading = {_document_id(truth.truth_id): truth for truth in truths}
    tallies: dict[str, Tally] = {}
    for name, people in _people(true).items():
        truth = leading[name]
        if not truth.lead:
            continue
        others = [
            record
            for case in found
            if files[case.review_id] == truth.truth_id
            for record in case.subjects
        ]
        _compare(truth, people, others, tallies)
    print("| people | found | true factors | precision | recall | F1 | missed: only of several "
          "| ruled out F1 |")  # fmt: skip
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, tally in sorted(tallies.items()):
        print(tally.row(name))
    _print_counts(people_findings(true, codebook), people_findings(found, codebook), codebook)


def _readings(root: Path, folder: Path, model: str) -> Mapping[str, Reading]:
    create_workspace(root)
    for _ in add_documents(root, [folder / "pdf"]):
        pass
    settings = RunSettings(paint=False, n_workers=1, model=model)
    with Workspace.open(root) as workspace:
        return read_texts(workspace, read_documents(workspace, settings, silent))


def _people(cases: Sequence[Case]) -> dict[str, list[SubjectRecord]]:
    """Review -> the people whom it names, of whichever of its cases."""
    people: dict[str, list[SubjectRecord]] = {}
    for case in cases:
        # A copy of the review tells of the same people again.
        people.setdefault(case.review_id, []).extend(
            record for record in case.subjects if record.person.document_id == case.review_id
        )
    return people


def _compare(
    truth: Truth,
    people: Sequence[SubjectRecord],
    others: Sequence[SubjectRecord],
    tallies: dict[str, Tally],
) -> None:
    """Add what is right, wrong and missed of the people of one review."""
    by_id = {person.person_id: person for person in truth.people}
    wanted: list[TruthPerson] = [by_id[record.person.person_id] for record in people]
    names = PersonNames(wanted, [record.person for record in others])
    given = {record.subject_id: record for record in others}
    n_of_role = Counter(record.person.role for record in people)
    half = "odd" if _is_odd(truth.case_id) else "even"
    for record in people:
        alone = "alone in the role" if n_of_role[record.person.role] == 1 else "of several"
        sets = [
            tallies.setdefault(name, Tally())
            for name in ("all", f"cases: {half}", f"role: {record.person.role}", alone)
        ]
        matched = names.matched.get(record.person.person_id)
        other = given.pop(f"{matched.document_id[:12]}-{matched.person_id}") if matched else None
        if other is not None and other.person.role is not record.person.role:
            given[other.subject_id], other = other, None
        for tally in sets:
            _add(tally, record, other)
    for record in given.values():  # people whom the truth does not have in these roles
        for name in ("all", f"cases: {half}", f"role: {record.person.role}"):
            tally = tallies.setdefault(name, Tally())
            tally.wrong += len(_codes(record.states, State.PRESENT))
            tally.ruled_out["wrong"] += len(_codes(record.states, State.RULED_OUT))


def _add(tally: Tally, true: SubjectRecord, found: SubjectRecord | None) -> None:
    tally.n_people += 1
    tally.n_found += found is not None
    states, shared = (found.states, found.shared) if found else ((), ())
    wanted, given = _codes(true.states, State.PRESENT), _codes(states, State.PRESENT)
    tally.right += len(wanted & given)
    tally.wrong += len(given - wanted)
    tally.missed += len(wanted - given)
    tally.of_several += len((wanted - given) & _codes(shared, State.PRESENT))
    wanted, given = _codes(true.states, State.RULED_OUT), _codes(states, State.RULED_OUT)
    tally.ruled_out.update(
        right=len(wanted & given), wrong=len(given - wanted), missed=len(wanted - given)
    )


def _codes(states: Sequence[CaseState], state: State) -> set[str]:
    return {each.code_id for each in states if each.state is state}


def _print_counts(true: Sequence[Finding], found: Sequence[Finding], codebook: Codebook) -> None:
    """How far the counts of people are off, factor by factor and role by role."""
    made = {finding.finding_id: finding for finding in found}
    pairs = [
        (finding, made[finding.finding_id])
        for finding in true
        if finding.measure == "people_prevalence" and finding.finding_id in made
    ]
    apart = [abs(one.estimate - other.estimate) for one, other in pairs]
    held = sum(
        other.low is not None and other.high is not None and other.low <= one.estimate <= other.high
        for one, other in pairs
    )
    print(f"\nshares of people, {len(pairs)} pairs of factor and role: mean "
          f"distance {sum(apart) / len(pairs):.3f}; the interval holds the true share of these "
          f"people in {held}")  # fmt: skip


def _document_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _true_reading(truth: Truth) -> Reading:
    """What a faultless extraction and coding of the document would give."""
    document_id = _document_id(truth.truth_id)
    segments, start = [], 0
    for ordinal, paragraph in enumerate(truth.paragraphs):
        end = start + len(paragraph.text)
        segments.append(
            Segment(
                document_id=document_id, ordinal=ordinal, kind=paragraph.kind,
                section_role=paragraph.section_role, start_char=start, end_char=end,
                text=paragraph.text, page_start=paragraph.page, page_end=paragraph.page_end,
                level=paragraph.level or 0,
            )
        )  # fmt: skip
        start = end + 2
    text = "\n\n".join(paragraph.text for paragraph in truth.paragraphs)
    return Reading(
        document=Document(
            document_id=document_id, file_name=f"{truth.truth_id}.pdf", status=DocumentStatus.OK,
            n_pages=truth.pages, title=truth.title, review_type=truth.kind,
        ),
        frozen=FrozenText(document_id=document_id, text=text, words=()),
        segments=tuple(segments),
        people=tuple(
            Person(
                document_id=document_id, person_id=each.person_id, name=each.name, role=each.role,
                aliases=each.aliases, relation=each.relation, age_years=each.age_years,
                sex=each.sex, ethnicity=each.ethnicity,
            )
            for each in truth.people
        ),
        codings=tuple(_true_codings(truth.codings, segments)),
    )  # fmt: skip


def _true_codings(codings: Sequence[TruthCoding], segments: Sequence[Segment]) -> Iterator[Coding]:
    for coding in codings:
        segment = segments[coding.paragraph_index]
        start = segment.start_char + max(segment.text.find(coding.quote), 0)
        yield Coding(
            document_id=segment.document_id, segment=segment.ordinal, start_char=start,
            end_char=start + len(coding.quote), text=coding.quote, code_id=coding.code_id,
            assertion=coding.assertion, subject_role=coding.subject_role,
            section_role=segment.section_role, temporality=coding.temporality,
            valence=coding.valence, score=1.0, source="human:truth", person_id=coding.person_id,
        )  # fmt: skip


def _is_odd(case_id: str) -> bool:
    number = re.search(r"\d+", case_id)
    return number is not None and int(number.group()) % 2 == 1


if __name__ == "__main__":
    main()
