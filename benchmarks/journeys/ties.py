"""The passages that recommendations are tied to, against passages that a reader chose.

    python -m benchmarks.journeys.ties corpora/demo [--workspace FOLDER] [--list]

``ties.json`` says for 17 fictional reviews which passages each recommendation answers, and how
they were read. A tie is right when it leads to one of them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.journeys.halves import HALVES, corpus_readings
from workbench.cases import build_cases, build_journeys, build_register
from workbench.codebook import default_codebook_path, load_codebook
from workbench.findings.intervals import wilson
from workbench.records import Reading, Segment
from workbench.records.register import LinkBasis, RegisterEntry

LABELS = Path(__file__).with_name("ties.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One labelled recommendation and what it was tied to."""

    truth_id: str
    number: str
    wanted: Sequence[str]  # number or first words of each passage that would be right
    found: Segment | None
    basis: LinkBasis

    @property
    def is_right(self) -> bool:
        """Whether it leads to a passage that the reader chose."""
        return self.found is not None and any(
            self.found.number == place or self.found.text.startswith(place) for place in self.wanted
        )


def main() -> None:
    """Print the figures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--list", action="store_true", help="print the wrong ties")
    given = parser.parse_args()
    ties = ties_of(corpus_readings(given.folder, given.workspace))
    print("| half | labelled | tied | share tied | right | precision | right of all answered |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, parities in HALVES.items():
        print(_row(name, [tie for tie in ties if int(tie.truth_id[1:3]) % 2 in parities]))
    for tie in ties if given.list else ():
        if tie.found and not tie.is_right:
            print(f"{tie.truth_id} {tie.number}: {tie.found.number} {tie.found.text[:120]}")


def ties_of(readings: Mapping[str, Reading]) -> list[Tie]:
    """Every labelled recommendation with its tie, in the order of the labels.

    Raises:
        KeyError: A labelled recommendation is not in the reading any more.
    """
    labels: dict[str, list[dict[str, object]]] = json.loads(LABELS.read_text())["documents"]
    ties = []
    for truth_id, rows in labels.items():
        reading = readings[truth_id]
        entries = {entry.recommendation.number: entry for entry in _register(reading)}
        segments = {segment.ordinal: segment for segment in reading.segments}
        for row in rows:
            number = str(row["recommendation"])
            link = entries[number].link
            wanted = row["answers"]
            ties.append(
                Tie(
                    truth_id=truth_id, number=number,
                    wanted=tuple(map(str, wanted)) if isinstance(wanted, list) else (),
                    found=segments[link.segment] if link else None,
                    basis=link.basis if link else LinkBasis.NONE,
                )
            )  # fmt: skip
    return ties


def _register(reading: Reading) -> Sequence[RegisterEntry]:
    cases = build_cases([reading], load_codebook(default_codebook_path()))
    readings = {reading.document.document_id: reading}
    return build_register(cases, readings, build_journeys(cases, readings, {}))


def _row(name: str, ties: Sequence[Tie]) -> str:
    tied = [tie for tie in ties if tie.found]
    right = sum(tie.is_right for tie in tied)
    answered = sum(bool(tie.wanted) for tie in ties)
    precision = wilson(right, len(tied))
    return (
        f"| {name} | {len(ties)} | {len(tied)} | {len(tied) / len(ties):.2f} | {right} | "
        f"{right / len(tied):.2f} ({precision.low:.2f} to {precision.high:.2f}) | "
        f"{right / answered:.2f} |"
    )


if __name__ == "__main__":
    main()
