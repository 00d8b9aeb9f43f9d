"""How far the chances of case states, ACE bounds and records of people hold, against truth.

    python -m benchmarks.case_chances corpora/demo --model none [--workspace FOLDER]
    python -m benchmarks.case_chances corpora/demo --held-out 5 --train training.jsonl

The shipped model (no ``--model``) has learned from the demonstration corpus: measured on it, it
says nothing of other reviews. With ``--held-out`` a model codes each case that never saw it.

Present states: the chance of a state (1 less the product of what its passages leave open)
against the share that is true, in tenths (expected calibration error, cases resampled for the
interval), beside the highest score of a passage. ACE counts: for how many people the true count
lies inside the bounds. People: factors of each subject of a review of several, micro F1.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.cases import build_cases, subjects_of
from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.findings import compute_findings
from workbench.learn.truth import load_truth
from workbench.learn.truth_records import Truth
from workbench.pipeline.measure import HeldOut, read_held_out
from workbench.pipeline.report import read_texts
from workbench.pipeline.run import RunSettings, read_documents, silent
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import Case, Coding, Reading, State
from workbench.store.workspace import Workspace

SEED = 20240229
N_RESAMPLES = 2000
ACE_ROLES = ("index_child", "victim", "perpetrator", "deceased")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One present state: which case, its chance, its best passage, and whether it is true."""

    case: int
    chance: float
    best: float
    is_true: bool


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
        case.case_id: truths[Path(readings[case.document_ids[0]].document.file_name).stem]
        for case in cases
    }
    _print_states(list(_judged(cases, codings, of_case)))
    _print_aces(cases, codings, codebook, of_case)
    _print_people(given.folder, readings.values(), codebook)


def _readings(root: Path, given: argparse.Namespace) -> dict[str, Reading]:
    settings = RunSettings(paint=False, n_workers=1, model=given.model)
    with Workspace.open(root) as workspace:
        if given.held_out:
            held_out = HeldOut(n_folds=given.held_out, gold=tuple(given.train))
            return read_texts(workspace, read_held_out(workspace, given.folder, settings, held_out))
        return read_texts(workspace, read_documents(workspace, settings, silent))


def _judged(
    cases: Sequence[Case], codings: Mapping[str, Coding], of_case: Mapping[str, Truth]
) -> Iterator[Judged]:
    for number, case in enumerate(cases):
        truth = of_case[case.case_id]
        true = {
            (code_id, role)
            for code_id, roles in truth.case.items()
            for role, state in roles.items()
            if state is State.PRESENT
        }
        for state in case.states:
            if state.state is State.PRESENT:
                yield Judged(
                    case=number,
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
    case = np.array([each.case for each in judged])
    true = np.array([each.is_true for each in judged])
    print(
        f"present states: {len(judged)} of {len(set(case.tolist()))} cases, true: {true.mean():.3f}"
    )
    draw = np.random.default_rng(SEED)
    places = [np.flatnonzero(case == number) for number in np.unique(case)]
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
    of_case: Mapping[str, Truth],
) -> None:
    made = {f.finding_id: dict(f.statistics) for f in compute_findings(cases, codings, codebook)}
    inside, plain, n = 0, 0, 0
    for case in cases:
        truth = of_case[case.case_id]
        roles = {person.person_id: str(person.role) for person in truth.people}
        for role in ACE_ROLES:
            counts = [len(items) for key, items in truth.ace10.items() if roles.get(key) == role]
            if counts:
                said = made.get(f"aces-{role}-case-{case.case_id}", {})
                n += 1
                inside += said.get("surely_at_least", 0) <= max(counts) <= said.get("at_most", 10)
                plain += said.get("at_least", 0) <= max(counts) <= said.get("at_most", 10)
    print(f"true ACE count between surely_at_least and at_most: {inside} of {n}; "
          f"between at_least and at_most: {plain} of {n}")  # fmt: skip


def _print_people(folder: Path, readings: Iterable[Reading], codebook: Codebook) -> None:
    """Factors present in the history of each subject, where the truth tells them apart."""
    hits = n_found = n_true = 0
    for reading in readings:
        path = folder / "truth" / f"{Path(reading.document.file_name).stem}.json"
        people = json.loads(path.read_text(encoding="utf-8")).get("cases", ())
        records = {
            record.person.name: {
                (state.code_id, str(state.subject_role))
                for state in record.states
                if state.state is State.PRESENT
            }
            for record in (subjects_of(reading, codebook).records if people else ())
        }
        for person in people:
            found = records.get(person["pseudonym"], set())
            true = {
                (code_id, role)
                for code_id, roles in person["states"].items()
                for role, state in roles.items()
                if state == State.PRESENT
            }
            hits, n_found, n_true = (
                hits + len(found & true),
                n_found + len(found),
                n_true + len(true),
            )
        if people:
            print(f"{len(records)} people of {reading.document.file_name}, truth {len(people)}")
    f1 = 2 * hits / max(n_found + n_true, 1)
    print(f"factors of people: precision {hits / max(n_found, 1):.3f}, "
          f"recall {hits / max(n_true, 1):.3f}, F1 {f1:.3f} of {n_true}")  # fmt: skip


if __name__ == "__main__":
    main()
