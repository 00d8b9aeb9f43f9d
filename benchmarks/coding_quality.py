"""How well the rules code: paragraphs of fictional reviews, and real coded passages.

    python -m benchmarks.coding_quality ../shared/fiction               # all reviews with a truth
    python -m benchmarks.coding_quality corpora/demo/truth --only D02   # some of them
    python -m benchmarks.coding_quality --passages gold.jsonl --predictions out.jsonl

A (paragraph, code) pair is right when the truth has it too; pairs of ``optional_codings`` count
neither way. Assertion and role are counted over pairs that both have, and are right when one of
the coder's values is one of the truth's; roles are counted for codes about people only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.codebook import default_codebook_path, load_codebook
from workbench.coding import Coder
from workbench.records import (
    Coding,
    Document,
    DocumentStatus,
    SectionRole,
    Segment,
    SegmentKind,
)

Pair = tuple[int, str]
_AGENCY_CODES = ("ap_", "service_access")
_PASSAGE_TYPES = {"pfd": "prevention_of_future_deaths_report", "inspection": "inspection"}
_PASSAGE_SECTIONS = {"circumstances": SectionRole.FACTS}


@dataclass
class Tally:
    """Counts over pairs, and over the pairs that truth and coder share."""

    hit: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    shared: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)  # keys "assertion", "role", ...

    def pairs(self, truth: set[Pair], found: set[Pair], ignored: set[Pair]) -> None:
        """Count the pairs of one document."""
        for pair in truth & found:
            self.hit[pair[1]] += 1
        for pair in found - truth - ignored:
            self.wrong[pair[1]] += 1
        for pair in truth - found:
            self.missed[pair[1]] += 1

    def prf(self, code: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 of one code, or micro-averaged over all."""
        hit, wrong, missed = (
            counts[code] if code else sum(counts.values())
            for counts in (self.hit, self.wrong, self.missed)
        )
        precision = hit / (hit + wrong) if hit + wrong else 0.0
        recall = hit / (hit + missed) if hit + missed else 0.0
        total = precision + recall
        return precision, recall, 2 * precision * recall / total if total else 0.0


def read_truth(path: Path) -> tuple[dict[str, Any], Document, tuple[Segment, ...]]:
    """A truth file, and its paragraphs as the coder would get them from the segment stage."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    document_id = hashlib.sha256(path.as_posix().encode()).hexdigest()
    segments, position = [], 0
    for index, paragraph in enumerate(truth["paragraphs"]):
        text = paragraph["text"]
        if text:
            segments.append(
                Segment(
                    document_id=document_id,
                    ordinal=index,
                    kind=SegmentKind(paragraph["kind"]),
                    section_role=SectionRole(paragraph["section_role"]),
                    start_char=position,
                    end_char=position + len(text),
                    text=text,
                    page_start=paragraph.get("page") or 1,
                    page_end=paragraph.get("page") or 1,
                    number=str(paragraph.get("number") or ""),
                )
            )
        position += len(text) + 2
    document = Document(
        document_id=document_id,
        file_name=path.name,
        status=DocumentStatus.OK,
        title=truth.get("title") or "",
        review_type=truth["kind"],
    )
    return truth, document, tuple(segments)


def compare(
    truth: Mapping[str, Any], codings: Sequence[Coding], affirmed: Tally, every: Tally
) -> None:
    """Count one document into the two tallies."""
    wanted = truth["codings"]
    ignored = {(c["paragraph_index"], c["code"]) for c in truth.get("optional_codings", [])}
    affirmed.pairs(
        {(c["paragraph_index"], c["code"]) for c in wanted if c["assertion"] == "affirmed"},
        {(c.segment, c.code_id) for c in codings if c.assertion.value == "affirmed"},
        ignored,
    )
    every.pairs(
        {(c["paragraph_index"], c["code"]) for c in wanted},
        {(c.segment, c.code_id) for c in codings},
        ignored,
    )
    for name, key in (
        ("assertion", "assertion"), ("role", "subject_role"), ("time", "temporality"),
    ):  # fmt: skip
        ours: dict[Pair, set[str]] = defaultdict(set)
        theirs: dict[Pair, set[str]] = defaultdict(set)
        for coding in codings:
            ours[coding.segment, coding.code_id].add(getattr(coding, key).value)
        for c in wanted:
            theirs[c["paragraph_index"], c["code"]].add(c[key])
        for pair in ours.keys() & theirs.keys():
            if name == "role" and pair[1].startswith(_AGENCY_CODES):
                continue
            every.shared[name] += 1
            every.right[name] += bool(ours[pair] & theirs[pair])
    _compare_spans(wanted, codings, every)


def _compare_spans(
    wanted: Sequence[Mapping[str, Any]], codings: Sequence[Coding], tally: Tally
) -> None:
    """Whether a coding's words hold the quotation of the truth, wholly or in part."""
    for coding in codings:
        quotes = [
            c["quote"] for c in wanted
            if (c["paragraph_index"], c["code"]) == (coding.segment, coding.code_id)
        ]  # fmt: skip
        if quotes:
            tally.shared["span"] += 1
            tally.right["span"] += any(q in coding.text or coding.text in q for q in quotes)


def read_passages(path: Path) -> list[tuple[dict[str, Any], Document, Segment]]:
    """Coded passages, each a document of its own with one segment."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        document_id = hashlib.sha256(str(record["id"]).encode()).hexdigest()
        document = Document(
            document_id=document_id,
            file_name=str(record["doc"]),
            status=DocumentStatus.OK,
            review_type=_PASSAGE_TYPES.get(record["source"], record["source"]),
        )
        segment = Segment(
            document_id=document_id,
            ordinal=0,
            kind=SegmentKind.PARAGRAPH,
            section_role=_PASSAGE_SECTIONS.get(record["section"], SectionRole.FINDINGS),
            start_char=0,
            end_char=len(record["text"]),
            text=record["text"],
            page_start=1,
            page_end=1,
        )
        found.append((record, document, segment))
    return found


def print_report(title: str, affirmed: Tally, every: Tally, per_code: bool) -> None:
    """Figures for people."""
    print(title)
    print("  affirmed      P {:.3f}  R {:.3f}  F1 {:.3f}".format(*affirmed.prf()))
    print("  any assertion P {:.3f}  R {:.3f}  F1 {:.3f}".format(*every.prf()))
    for name, n in every.shared.items():
        print(f"  {name:13s} {every.right[name] / n:.3f} of {n}")
    if per_code:
        codes = affirmed.hit.keys() | affirmed.missed.keys() | affirmed.wrong.keys()
        for code in sorted(codes, key=lambda c: (-affirmed.hit[c] - affirmed.missed[c], c)):
            n = affirmed.hit[code] + affirmed.missed[code]
            figures = "P {:.2f}  R {:.2f}  F1 {:.2f}".format(*affirmed.prf(code))
            print(f"    {code:30s} n {n:3d}  {figures}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--only", nargs="*", default=[], help="parts of the paths to take")
    parser.add_argument("--passages", type=Path, help="coded passages, one JSON object a line")
    parser.add_argument("--predictions", type=Path, help="write the codings of the passages here")
    parser.add_argument("--codes", action="store_true", help="figures for each code")
    arguments = parser.parse_args()
    context = default_codebook_path().with_name("context.yaml")
    coder = Coder(load_codebook(default_codebook_path()), context)
    if arguments.folder:
        _reviews(coder, arguments)
    if arguments.passages:
        _passages(coder, arguments)


def _reviews(coder: Coder, arguments: argparse.Namespace) -> None:
    affirmed, every = Tally(), Tally()
    n_reviews, words, seconds = 0, 0, 0.0
    for path in sorted(arguments.folder.rglob("*.json")):
        if arguments.only and not any(part in path.as_posix() for part in arguments.only):
            continue
        if "truth" not in path.name and "truth" not in path.parent.name:
            continue
        truth, document, segments = read_truth(path)
        start = time.process_time()
        _, codings = coder.code(document, segments)
        seconds += time.process_time() - start
        words += sum(len(segment.text.split()) for segment in segments)
        compare(truth, codings, affirmed, every)
        n_reviews += 1
    print_report(f"{n_reviews} reviews, {words} words", affirmed, every, arguments.codes)
    print(f"  {words / seconds:.0f} words per CPU-second")


def _passages(coder: Coder, arguments: argparse.Namespace) -> None:
    affirmed, every = Tally(), Tally()
    lines = []
    for record, document, segment in read_passages(arguments.passages):
        _, codings = coder.code(document, (segment,))
        truth = {
            "codings": [{**c, "paragraph_index": 0, "temporality": ""} for c in record["codings"]]
        }
        compare(truth, codings, affirmed, every)
        lines.append(
            {
                "id": record["id"],
                "codings": [
                    {
                        "code": c.code_id,
                        "assertion": c.assertion.value,
                        "subject_role": c.subject_role.value,
                    }
                    for c in codings
                ],
            }
        )
    print_report(f"{len(lines)} passages", affirmed, every, arguments.codes)
    if arguments.predictions:
        arguments.predictions.write_text("".join(json.dumps(line) + "\n" for line in lines))


if __name__ == "__main__":
    main()
