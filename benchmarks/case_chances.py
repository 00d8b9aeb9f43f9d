"""How far the chances of case states and ACE bounds hold, against truth.

    python -m benchmarks.case_chances corpora/demo --model none [--workspace FOLDER]
    python -m benchmarks.case_chances corpora/demo --held-out 5 --train training.jsonl

The shipped model (no ``--model``) has learned from the demonstration corpus: measured on it, it
says nothing of other reviews. With ``--held-out`` a model codes each case that never saw it.

Present states: the chance of a state (1 less the product of what its passages leave open)
against the share that is true, in tenths (expected calibration error, reviews resampled for the
interval), beside the highest score of a passage. ACE counts: for how many people the true count
lies inside the bounds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.cases import build_cases
from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.findings import compute_findings
from workbench.learn.truth import load_truth
from workbench.learn.truth_records import Truth
from workbench.pipeline.measure import HeldOut, read_held_out
from workbench.pipeline.report import read_texts
from workbench.pipeline.run import RunSettings, read_documents, silent
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import Case, Coding, Reading, State, SubjectRole
from workbench.store.workspace import Workspace

SEED = 20240229
N_RESAMPLES = 2000
ACE_ROLES = ("index_child", "victim", "perpetrator", "deceased")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One present state: of which review, its chance, its best passage, and whether it is true."""

    review: str
    chance: float
    best: float
    is_true: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the truth tells of one case."""

    states: Mapping[str, Mapping[SubjectRole, State]]
    aces: Mapping[str, Sequence[int]]  # role -> how many of the ten items each person of it has

    @classmethod
    def of(cls, case: Case, truth: Truth) -> _Told:
        """Of the person whom a case is about, where the review is of several incidents."""
        names = [record.person.name for record in case.subjects] if case.part else []
        part = next((each for each in truth.parts if each.name in names), None)
        roles = {person.person_id: str(person.role) for person in truth.people}
        aces: dict[str, list[int]] = {}
        for person_id, items in truth.ace10.items():
            if part is None or person_id == part.person_id:
                aces.setdefault(roles.get(person_id, ""), []).append(len(items))
        return cls(states=part.states if part else truth.case, aces=aces)


def main() -> None:
    """Print the figures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--model", default="", help="as in workbench run; none: rules alone")
    parser.add_argument("--held-out", type=int, default=0, help="parts of the cases")
    parser.add_argument("--train", type=Path, action="append", default=[])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = given.workspace or Path(scratch)
        create_workspace(root)
        for _ in add_documents(root, [given.folder / "pdf"]):
            pass
        readings = _readings(root, given)
    codebook = load_codebook(default_codebook_path())
    truths = {
        path.stem: load_truth(path) for path in sorted((given.folder / "truth").glob("*.json"))
    }
    cases = build_cases(readings.values(), codebook)
    codings = {c.coding_id: c for reading in readings.values() for c in reading.codings}
    of_case = {
        case.case_id: _Told.of(case, truths[Path(readings[case.review_id].document.file_name).stem])
        for case in cases
    }
    _print_states(list(_judged(cases, codings, of_case)))
    _print_aces(cases, codings, codebook, of_case)


def _readings(root: Path, given: argparse.Namespace) -> dict[str, Reading]:
    settings = RunSettings(paint=False, n_workers=1, model=given.model)
    with Workspace.open(root) as workspace:
        if given.held_out:
            held_out = HeldOut(n_folds=given.held_out, gold=tuple(given.train))
            return read_texts(workspace, read_held_out(workspace, given.folder, settings, held_out))
        return read_texts(workspace, read_documents(workspace, settings, silent))


def _judged(
    cases: Sequence[Case], codings: Mapping[str, Coding], of_case: Mapping[str, _Told]
) -> Iterator[Judged]:
    for case in cases:
        true = {
            (code_id, role)
            for code_id, roles in of_case[case.case_id].states.items()
            for role, state in roles.items()
            if state is State.PRESENT
        }
        for state in case.states:
            if state.state is State.PRESENT:
                yield Judged(
                    review=case.review_id,
                    chance=state.score,
                    best=max(codings[key].score for key in state.codings_for),
                    is_true=(state.code_id, state.subject_role) in true,
                )


def calibration_error(chances: NDArray[np.float64], true: NDArray[np.bool_]) -> float:
    """Mean distance of chance and truth in tenths, weighed by their sizes.

    Source: Naeini, Cooper and Hauskrecht (2015), Proc. AAAI 29, 2901-2907.
    """
    tenth = np.minimum((chances * 10).astype(int), 9)
    return float(
        sum(
            abs(chances[tenth == t].mean() - true[tenth == t].mean()) * (tenth == t).mean()
            for t in np.unique(tenth)
        )
    )


def _print_states(judged: Sequence[Judged]) -> None:
    review = np.array([each.review for each in judged])
    true = np.array([each.is_true for each in judged])
    print(
        f"present states: {len(judged)} of {len(set(review.tolist()))} reviews, "
        f"true: {true.mean():.3f}"
    )
    draw = np.random.default_rng(SEED)
    places = [np.flatnonzero(review == name) for name in np.unique(review)]
    samples = [
        np.concatenate([places[n] for n in draw.integers(0, len(places), len(places))])
        for _ in range(N_RESAMPLES)
    ]
    for name in ("chance", "best"):
        values = np.array([getattr(each, name) for each in judged])
        errors = [calibration_error(values[sample], true[sample]) for sample in samples]
        low, high = np.quantile(errors, [0.025, 0.975])
        print(f"calibration error of {name}: {calibration_error(values, true):.3f}"
              f" ({low:.3f} to {high:.3f})")  # fmt: skip


def _print_aces(
    cases: Sequence[Case],
    codings: Mapping[str, Coding],
    codebook: Codebook,
    of_case: Mapping[str, _Told],
) -> None:
    made = {f.finding_id: dict(f.statistics) for f in compute_findings(cases, codings, codebook)}
    inside, plain, n = 0, 0, 0
    for case in cases:
        told = of_case[case.case_id]
        for role in ACE_ROLES:
            counts = told.aces.get(role, ())
            if counts:
                said = made.get(f"aces-{role}-case-{case.case_id}", {})
                n += 1
                inside += said.get("surely_at_least", 0) <= max(counts) <= said.get("at_most", 10)
                plain += said.get("at_least", 0) <= max(counts) <= said.get("at_most", 10)
    print(f"true ACE count between surely_at_least and at_most: {inside} of {n}; "
          f"between at_least and at_most: {plain} of {n}")  # fmt: skip


if __name__ == "__main__":
    main()
