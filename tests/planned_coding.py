"""Two coders who code from the truth of the demonstration corpus and differ as planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.annotate.sampling import Sample
from workbench.codebook import default_codebook_path, load_codebook
from workbench.learn.truth import load_truth
from workbench.records import Assertion, Segment, SubjectRole, Temporality, Valence
from workbench.store import readings
from workbench.store.workspace import Workspace

Place = tuple[str, int]  # document, segment
Code = tuple[str, int, str]  # document, segment, code
#: What Ben sees where there is nothing.
MISTAKEN = "poverty_debt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A mark that a coder makes."""

    words: str
    assertion: Assertion
    subject_role: SubjectRole
    temporality: Temporality
    valence: Valence

    @property
    def kind(self) -> tuple[Assertion, SubjectRole, Valence]:
        """What coders can differ on beside the words."""
        return self.assertion, self.subject_role, self.valence


Marks = Mapping[Code, tuple[Planned, ...]]


def true_marks(root: Path, sample: Sample, truths: Path) -> Marks:
    """What the authors of the fictional reviews say of the segments of a sample."""
    codebook = load_codebook(default_codebook_path())
    valued = {code.code_id for code in codebook.codes if code.has_valence}  # others are not asked
    found: dict[Code, list[Planned]] = defaultdict(list)
    with Workspace.open(root) as workspace:
        for unit in sample.units:
            reading = readings.read_reading(workspace, unit.document_id)
            truth = load_truth(truths / f"{Path(reading.document.file_name).stem}.json")
            segment = reading.segments[unit.segment]
            here = {
                at for at, each in enumerate(truth.paragraphs) if _same(each.text, segment.text)
            }
            for coding in truth.codings:
                if coding.paragraph_index in here and segment.text.count(coding.quote) == 1:
                    asked = coding.code_id in valued
                    found[unit.document_id, unit.segment, coding.code_id].append(
                        Planned(
                            words=coding.quote,
                            assertion=coding.assertion,
                            subject_role=coding.subject_role,
                            temporality=coding.temporality,
                            valence=coding.valence if asked else Valence.NOT_APPLICABLE,
                        )
                    )
    # Coders do not say which of two siblings it is.
    return {
        key: tuple({(mark.words, *mark.kind): mark for mark in marks}.values())
        for key, marks in sorted(found.items())
    }


def annas(truth: Marks) -> Marks:
    """She overlooks every fifth."""
    return {key: marks for at, (key, marks) in enumerate(truth.items()) if at % 5 != 2}


def bens(truth: Marks, segments: Iterable[Segment]) -> Marks:
    """He overlooks every fourth, doubts another fourth, and sees debts in every sixth segment."""
    made = dict(truth)
    for at, (key, marks) in enumerate(truth.items()):
        if at % 4 == 1:
            del made[key]
        elif at % 4 == 3:
            said = {mark.assertion for mark in marks}
            other = next(
                each for each in (Assertion.SUSPECTED, Assertion.AFFIRMED) if each not in said
            )
            made[key] = tuple(replace(mark, assertion=other) for mark in marks)
    for segment in list(segments)[::6]:
        key = (segment.document_id, segment.ordinal, MISTAKEN)
        if key not in truth:
            made[key] = (
                Planned(
                    words=segment.text[:20],
                    assertion=Assertion.AFFIRMED,
                    subject_role=SubjectRole.HOUSEHOLD_MEMBER,
                    temporality=Temporality.UNCLEAR,
                    valence=Valence.NOT_APPLICABLE,
                ),
            )
    return made


def differing(one: Marks, other: Marks, places: Iterable[Place]) -> set[Code]:
    """The codes on which two coders differ: there or not, or of another kind."""
    shared = set(places)
    return {
        key
        for key in {*one, *other}
        if key[:2] in shared and _kinds(one.get(key, ())) != _kinds(other.get(key, ()))
    }


def _kinds(marks: Iterable[Planned]) -> frozenset[tuple[Assertion, SubjectRole, Valence]]:
    return frozenset(mark.kind for mark in marks)


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
