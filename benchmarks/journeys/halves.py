"""Chronology, agencies and recommendations against the truth, by halves of the corpus.

    python -m benchmarks.journeys.halves corpora/demo [--workspace FOLDER]

The rules were developed on the odd half (D01, D03, ...); the even half was only measured.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from workbench.cases import build_cases, build_journeys
from workbench.codebook import default_codebook_path, load_codebook
from workbench.learn.evaluation import evaluate
from workbench.learn.truth import load_truth
from workbench.pipeline.report import read_texts
from workbench.pipeline.run import RunSettings, read_documents, silent
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import Reading
from workbench.store.workspace import Workspace

SECTIONS = ("recommendations", "chronology", "agencies")
HALVES = {"developed on (odd)": (1,), "kept aside (even)": (0,), "all": (0, 1)}


def main() -> None:
    """Print the figures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workspace", type=Path)
    given = parser.parse_args()
    readings = corpus_readings(given.folder, given.workspace)
    columns = {
        name: _figures(given.folder, readings, parities) for name, parities in HALVES.items()
    }
    print(f"| measure | {' | '.join(columns)} |\n| --- |{' ---: |' * len(columns)}")
    for label in columns["all"]:
        cells = (f"{value:.3f} ({n})" for value, n in (each[label] for each in columns.values()))
        print(f"| {label} | {' | '.join(cells)} |")


def _figures(
    folder: Path, readings: Mapping[str, Reading], parities: tuple[int, ...]
) -> dict[str, tuple[float, int]]:
    """Label -> value and what it is out of, over the documents whose number has the parity."""
    truths = [
        load_truth(path)
        for path in sorted((folder / "truth").glob("*.json"))
        if int(path.stem[1:3]) % 2 in parities
    ]
    chosen = {truth.truth_id: readings[truth.truth_id] for truth in truths}
    cases = build_cases(chosen.values(), load_codebook(default_codebook_path()))
    by_document = {reading.document.document_id: reading for reading in chosen.values()}
    journeys = build_journeys(cases, by_document, {})
    evaluation = evaluate(chosen, cases, truths, journeys=journeys)
    return {
        measure.label: (measure.value if measure.value is not None else float("nan"), measure.n)
        for key in SECTIONS
        for measure in evaluation.section(key).measures
    }


def corpus_readings(folder: Path, workspace: Path | None) -> dict[str, Reading]:
    """Stem of the file -> reading, by rules alone; read anew where no workspace is given."""
    with tempfile.TemporaryDirectory() as scratch:
        root = workspace or Path(scratch)
        create_workspace(root)
        for _ in add_documents(root, [folder / "pdf"]):
            pass
        return _readings(root)


def _readings(root: Path) -> dict[str, Reading]:
    settings = RunSettings(paint=False, model="none")
    with Workspace.open(root) as workspace:
        reads = read_documents(workspace, settings, silent)
        readings = read_texts(workspace, reads)
    return {Path(r.document.file_name).stem: r for r in readings.values()}


if __name__ == "__main__":
    main()
