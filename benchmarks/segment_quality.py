"""How well the segment stage reads reviews whose truth is known.

    python benchmarks/segment_quality.py [FOLDER] [--errors KIND] [--only NAME]

FOLDER holds ``pdf/<id>.pdf`` and ``truth/<id>.json`` (schema truth/1); the default is
``corpora/demo``. Prints a row for each document and one for all together.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from workbench.extract import read_document
from workbench.records import Segment, SegmentKind
from workbench.segment import segment_document

Tally = Counter[str]
MEASURES = ("number_r", "number_p", "running_r", "running_p", "role", "kind", "exact")


@dataclass
class Score:
    """Hits and chances by measure, and what went wrong."""

    hits: Tally = field(default_factory=Counter)
    chances: Tally = field(default_factory=Counter)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def count(self, measure: str, *, hit: bool, note: str = "") -> None:
        """Count one chance of a measure."""
        self.chances[measure] += 1
        self.hits[measure] += hit
        if not hit and note:
            self.errors.append((measure, note))

    def share(self, measure: str) -> str:
        """Hits over chances, "-" without chances."""
        if not self.chances[measure]:
            return "    -"
        return f"{self.hits[measure] / self.chances[measure]:.3f}"


def plain(text: str) -> str:
    """Text with single spaces and straight quotes, without redactions, for comparison."""
    text = text.replace("[redacted]", " ")
    return " ".join(text.translate(str.maketrans("“”‘’–—\u2011", "\"\"''---")).split())


def number(text: str | None) -> str:
    """A printed number without its closing dot or colon."""
    return plain(text or "").rstrip(".:").casefold()


def matched(truth: dict[str, Any], segments: list[Segment]) -> Segment | None:
    """The segment that holds a truth paragraph: equal text first, then the most alike."""
    wanted = plain(truth["text"])
    near = [
        s for s in segments
        if s.page_start - 1 <= truth["page"] <= s.page_end + 1
        and s.kind is not SegmentKind.CONTENTS_LINE
    ]  # fmt: skip
    equal = [s for s in near if plain(s.text) == wanted]
    if equal:
        return min(equal, key=lambda s: abs(s.page_start - truth["page"]))
    holding = [s for s in near if wanted in plain(s.text) or plain(s.text) in wanted]
    if holding:
        return max(holding, key=lambda s: min(len(s.text), len(wanted)))
    scored = [(SequenceMatcher(None, wanted[:200], plain(s.text)[:200]).ratio(), s) for s in near]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] > 0.6 else None


def score(truth: dict[str, Any], segments: list[Segment]) -> Score:
    """The score of one document."""
    result = Score()
    body = [s for s in segments if s.kind is not SegmentKind.RUNNING_MATTER]
    right: set[int] = set()
    for paragraph in truth["paragraphs"]:
        segment = matched(paragraph, body)
        head = f"p{paragraph['page']} {paragraph['number'] or ''} {paragraph['text'][:70]!r}"
        found = segment.text[:70] if segment else None
        exact = segment is not None and plain(segment.text) == plain(paragraph["text"])
        result.count("exact", hit=exact, note=f"{paragraph['kind']} {head} <> {found!r}")
        role = segment.section_role if segment else None
        result.count(
            "role", hit=role == paragraph["section_role"],
            note=f"{paragraph['section_role']} read as {role}: {head}",
        )  # fmt: skip
        kind = segment.kind if segment else None
        result.count(
            "kind", hit=kind == paragraph["kind"],
            note=f"{paragraph['kind']} read as {kind}: {head}",
        )  # fmt: skip
        if paragraph["number"]:
            hit = segment is not None and number(segment.number) == number(paragraph["number"])
            got = segment.number if segment else None
            result.count("number_r", hit=hit, note=f"{head} has {got!r}")
        if segment and segment.number and number(segment.number) == number(paragraph["number"]):
            right.add(segment.ordinal)
    for segment in body:
        if segment.number and segment.kind is not SegmentKind.CONTENTS_LINE:
            note = f"p{segment.page_start} {segment.number!r} {segment.text[:60]!r}"
            result.count("number_p", hit=segment.ordinal in right, note=note)
    _running(truth, segments, result)
    return result


def _running(truth: dict[str, Any], segments: list[Segment], result: Score) -> None:
    """Words of running matter: those whose line matches a pattern, or a margin note."""
    patterns = [re.compile(entry["pattern"]) for entry in truth["running_matter"]]
    notes = Counter(plain(p["margin_note"]) for p in truth["paragraphs"] if p.get("margin_note"))
    margin_words = Counter(word for note in notes.elements() for word in note.split())
    for segment in segments:
        text = " ".join(segment.text.split())
        is_truth = any(pattern.search(text) for pattern in patterns)
        is_found = segment.kind is SegmentKind.RUNNING_MATTER
        if is_found and not is_truth:
            words = plain(text).split()
            is_truth = all(margin_words[word] > 0 for word in words)
            margin_words.subtract(words)
        for _ in text.split():
            if is_truth:
                result.count("running_r", hit=is_found, note=f"p{segment.page_start} {text[:60]}")
            if is_found:
                result.count("running_p", hit=is_truth, note=f"p{segment.page_start} {text[:60]}")
    for word, left in margin_words.items():
        for _ in range(max(left, 0)):
            result.count("running_r", hit=False, note=f"margin note word {word}")


def main() -> None:
    """Score every document of the folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="corpora/demo", type=Path)
    parser.add_argument("--errors", choices=MEASURES, action="append", default=[])
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    pooled, pages, seconds = Score(), 0, 0.0
    print(f"{'document':26} pages s/page " + " ".join(f"{name:>9}" for name in MEASURES))
    for path in sorted((arguments.folder / "truth").glob(f"{arguments.only}*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        extraction = read_document(arguments.folder / "pdf" / f"{path.stem}.pdf")
        start = time.process_time()
        made = segment_document(extraction.document, extraction.pages)
        spent = time.process_time() - start
        if not extraction.pages or truth.get("status", "ok") != "ok":
            continue
        result = score(truth, list(made.segments))
        seconds, pages = seconds + spent, pages + len(extraction.pages)
        pooled.hits.update(result.hits)
        pooled.chances.update(result.chances)
        print(f"{path.stem[:26]:26} {len(extraction.pages):5} {spent / len(extraction.pages):.4f} "
              + " ".join(f"{result.share(name):>9}" for name in MEASURES))  # fmt: skip
        kind_right = made.document.review_type == truth["kind"]
        print(f"{'':26} {'=' if kind_right else '<>'} {made.document.review_type} | "
              f"{made.document.title[:60]} | {made.document.publisher[:60]}")  # fmt: skip
        for measure, note in result.errors:
            if measure in arguments.errors:
                print(f"    {measure}: {note}")
    print(f"{'all':26} {pages:5} {seconds / max(pages, 1):.4f} "
          + " ".join(f"{pooled.share(name):>9}" for name in MEASURES))  # fmt: skip
    print(f"{pages / max(seconds, 1e-9):.0f} pages per CPU-second (segment stage alone)")


if __name__ == "__main__":
    main()
