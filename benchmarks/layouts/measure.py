"""Measure extraction and structure on generated documents.

    python -m benchmarks.layouts.measure [--folder F] [--seed N] [--only NAME ...] [--json FILE]
                                         [--failures FILE] [--by-document]

Without a folder the documents are made in a temporary one. Word F1 compares the multisets of
words of each page; "in place" asks for the same word under the same box. Order is the longest
common subsequence with the true order of the body words of each page, over their number: once
for the lines of the pages, once for the frozen text.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.layouts.make import make_documents
from benchmarks.layouts.scoring.align import ReadWord, match, truth_words
from benchmarks.layouts.scoring.blocks import Held, ReadBlock, score_blocks
from benchmarks.layouts.scoring.tally import Failure, Tally
from benchmarks.layouts.scoring.words import score_kinds, score_order, score_words
from workbench.extract import Extraction, read_document
from workbench.segment import Segmentation, segment_document

#: What the project is held to. F1 figures are named by what they join.
TARGETS = {
    "words F1": 0.998,
    "order of text": 0.98,
    "two columns order of text": 0.97,
    "running matter precision": 0.99,
    "running matter recall": 0.97,
    "footnotes precision": 0.97,
    "footnotes recall": 0.95,
    "numbers precision": 0.99,
    "numbers recall": 0.98,
    "ruled rows exact": 0.98,
    "ruled rows exact, over pages": 0.95,
}


def line_words(extraction: Extraction) -> list[ReadWord]:
    """The words of all pages in the order of their lines."""
    return [
        ReadWord(word.text, page.number, word.x0, word.top, word.x1, word.bottom)
        for page in extraction.pages
        for line in page.lines
        for word in line.words
    ]


def text_words(segmentation: Segmentation) -> list[ReadWord]:
    """The placed runs of the frozen text, in its order."""
    frozen = segmentation.frozen
    return [
        ReadWord(frozen.text[w.start_char : w.end_char], w.page, w.x0, w.top, w.x1, w.bottom)
        for w in frozen.words
    ]


def read_blocks(segmentation: Segmentation) -> list[ReadBlock]:
    """The segments in order."""
    return [
        ReadBlock(
            segment.kind.value, segment.number, segment.level, segment.section_role.value,
            segment.text, segment.cells, (segment.page_start, segment.page_end),
        )
        for segment in segmentation.segments
    ]  # fmt: skip


def measure_document(path: Path) -> Tally:
    """The counts of one document; its truth stands beside it."""
    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    tally = Tally(document=path.stem)
    extraction = read_document(path)
    segmentation = segment_document(extraction.document, extraction.pages)
    true = truth_words(truth)
    lines, placed = line_words(extraction), text_words(segmentation)
    score_words(truth, true, lines, tally)
    score_order(truth, true, lines, tally, "order of lines")
    score_order(truth, true, placed, tally, "order of text")
    segments = read_blocks(segmentation)
    owner: dict[int, int] = {}
    starts = [segment.start_char for segment in segmentation.segments]
    at = 0
    matched = match(true, placed)
    for number, word in enumerate(segmentation.frozen.words):
        while at + 1 < len(starts) and starts[at + 1] <= word.start_char:
            at += 1
        if number in matched:
            owner[matched[number]] = at
    kind_of = {number: segments[segment].kind for number, segment in owner.items()}
    score_kinds(truth, true, kind_of, tally)
    score_blocks(truth, Held(segments, true, owner), tally)
    return tally


def figures(tally: Tally) -> dict[str, float]:
    """All shares by name, with F1 where there are precision and recall."""
    names = sorted(tally.total)
    shares = {name: tally.share(name) for name in names}
    for name in names:
        if name.endswith(" recall") and f"{name[:-7]} precision" in tally.total:
            shares[f"{name[:-7]} F1"] = tally.f1(name[:-7])
    return dict(sorted(shares.items()))


def table(tally: Tally) -> str:
    """The figures as lines: name, share, counts, target."""
    lines = []
    for name, share in figures(tally).items():
        counts = ""
        if name in tally.total:
            counts = f"{tally.good[name]:.0f}/{tally.total[name]:.0f}"
        target = TARGETS.get(name)
        verdict = ""
        if target is not None:
            verdict = f"target {target}: {'held' if share >= target else 'MISSED'}"
        lines.append(f"{name:48} {share:6.4f} {counts:>14}  {verdict}".rstrip())
    return "\n".join(lines)


def failure_report(failures: list[Failure], *, examples: int = 4) -> str:
    """The failures by class, most frequent first, with examples; the text is fictional."""
    classes: dict[str, list[Failure]] = defaultdict(list)
    for failure in failures:
        classes[failure.kind].append(failure)
    lines = ["# Layout failures by class", ""]
    for kind, found in sorted(classes.items(), key=lambda item: (-len(item[1]), item[0])):
        documents = sorted({failure.document.split("_")[0] for failure in found})
        lines.append(f"## {kind}: {len(found)} ({', '.join(documents)})")
        seen: set[str] = set()
        for failure in found:
            if failure.document not in seen and len(seen) < examples:
                seen.add(failure.document)
                lines.append(f"- {failure.document} p. {failure.page}: {failure.detail}")
        lines.append("")
    return "\n".join(lines)


def measure_folder(folder: Path, only: list[str], *, by_document: bool) -> Tally:
    """The counts of all documents of a folder."""
    whole = Tally()
    for path in sorted(folder.glob("L*.pdf")):
        if only and not path.stem.startswith(tuple(only)):
            continue
        tally = measure_document(path)
        whole.add(tally)
        if by_document:
            print(f"## {path.stem}\n{table(tally)}\n")
    return whole


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--failures", type=Path)
    parser.add_argument("--by-document", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        if options.folder is None:
            make_documents(folder, options.seed, options.only)
        whole = measure_folder(folder, options.only, by_document=options.by_document)
    print(table(whole))
    if options.json:
        options.json.write_text(json.dumps(figures(whole), indent=1) + "\n", encoding="utf-8")
    if options.failures:
        options.failures.write_text(failure_report(whole.failures), encoding="utf-8")


if __name__ == "__main__":
    main()
