"""Contacts with agencies in passages drawn by chance, against what a reader found there.

    python -m benchmarks.journeys.contacts corpora/demo [--workspace FOLDER] [--list]

``contacts.json`` says for 160 passages of eight fictional reviews which kinds of agency were in
touch with the people of the case, and how they were drawn and read. A pair of a passage and a
kind is right when both have it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.journeys.halves import HALVES, corpus_readings
from workbench.cases import build_cases, build_journeys
from workbench.codebook import default_codebook_path, load_codebook
from workbench.findings.intervals import wilson
from workbench.records import Reading, Segment

LABELS = Path(__file__).with_name("contacts.json")
#: Kinds that were not labelled.
LEFT_OUT = frozenset({"court", "government", "commissioner", "partnership", "transport", "other"})
#: Kinds that leave open which one it is.
OPEN = {
    "social_care": {"childrens_social_care", "adult_social_care"},
    "nhs_trust": {"mental_health", "acute_hospital", "community_health"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One labelled passage: kinds in touch as the reader and as the rules say."""

    truth_id: str
    segment: Segment
    wanted: frozenset[str]
    either: frozenset[str]
    found: frozenset[str]

    @property
    def hits(self) -> frozenset[str]:
        """Kinds wanted that were found, by themselves or by words that leave the kind open."""
        means = {meant for kind in self.found for meant in (kind, *OPEN.get(kind, ()))}
        return self.wanted & means

    @property
    def wrong(self) -> frozenset[str]:
        """Kinds found that the reader did not see."""
        allowed = self.wanted | self.either
        return frozenset(
            kind for kind in self.found if not ({kind} | OPEN.get(kind, set())) & allowed
        )


def main() -> None:
    """Print the figures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--list", action="store_true", help="print what is missed or wrong")
    given = parser.parse_args()
    passages = passages_of(corpus_readings(given.folder, given.workspace))
    print(
        "| half | passages | contacts | precision | recall |\n| --- | ---: | ---: | ---: | ---: |"
    )
    for name, parities in HALVES.items():
        print(_row(name, [each for each in passages if int(each.truth_id[1:3]) % 2 in parities]))
    for each in passages if given.list else ():
        if each.wrong or each.wanted - each.hits:
            missed = sorted(each.wanted - each.hits)
            print(
                f"{each.truth_id} missed {missed} wrong {sorted(each.wrong)}: {each.segment.text}"
            )


def passages_of(readings: Mapping[str, Reading]) -> list[Passage]:
    """Every labelled passage, in the order of the labels.

    Raises:
        StopIteration: A labelled passage is not in the reading any more.
    """
    labels: dict[str, list[dict[str, object]]] = json.loads(LABELS.read_text())["documents"]
    codebook = load_codebook(default_codebook_path())
    passages = []
    for truth_id, rows in labels.items():
        reading = readings[truth_id]
        cases = build_cases([reading], codebook)
        journeys = build_journeys(cases, {reading.document.document_id: reading}, {})
        contacts = [contact for journey in journeys for contact in journey.contacts]
        for row in rows:
            segment = _segment(reading, str(row["place"]))
            kinds = {each.kind for each in contacts if each.segment == segment.ordinal}
            passages.append(
                Passage(
                    truth_id=truth_id, segment=segment, wanted=_kinds(row.get("contacts")),
                    either=_kinds(row.get("either")), found=frozenset(kinds - LEFT_OUT),
                )
            )  # fmt: skip
    return passages


def _kinds(given: object) -> frozenset[str]:
    return frozenset(map(str, given)) if isinstance(given, list) else frozenset()


def _segment(reading: Reading, place: str) -> Segment:
    return next(
        segment
        for segment in reading.segments
        if segment.number == place or segment.text.startswith(place)
    )


def _row(name: str, passages: Sequence[Passage]) -> str:
    hits = sum(len(each.hits) for each in passages)
    wrong = sum(len(each.wrong) for each in passages)
    wanted = sum(len(each.wanted) for each in passages)
    cells = (
        f"{n / out_of:.2f} ({low:.2f} to {high:.2f})"
        for n, out_of in ((hits, hits + wrong), (hits, wanted))
        for low, high in (wilson(n, out_of),)
    )
    return f"| {name} | {len(passages)} | {wanted} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
