"""Measure extraction and structure on the labelled real pages.

    python -m benchmarks.pages.measure --parts a b [--json FILE] [--errors MEASURE ...]

The files are found by their hash under ``$WORKBENCH_SHARED/real/pdf``. Part ``sealed`` is
measured at the end of a piece of work and never looked into: no errors are listed for it.

Words and segments are matched to labelled lines by box. Letterheads, addresses and signatures
(``other``) are left out of kinds and starts. A line with nothing but a number or a bullet stands
for the line beside or below it. Words before a number ("Recommendation 3") are no part of it.
Footnotes stand behind the paragraph that refers to them and are left out of the order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from benchmarks.layouts.scoring.tally import Tally
from benchmarks.pages.measure_lines import RIGHT_KINDS, ReadLine, plain_number, read_lines
from workbench.extract import Extraction, read_document
from workbench.records import EVIDENCE_ROLES, SegmentKind
from workbench.segment import segment_document

LABELS = Path(__file__).parent / "labels"
PARTS = ("a", "b", "sealed")
TARGETS = {
    "running matter precision": 0.99,
    "running matter recall": 0.97,
    "footnotes precision": 0.97,
    "footnotes recall": 0.95,
    "numbers precision": 0.99,
    "numbers recall": 0.98,
    "order of pairs": 0.98,
}
Reader = Callable[[Path], Extraction]


def labelled_pages(part: str) -> list[dict[str, Any]]:
    """The labelled pages of a part."""
    text = (LABELS / f"{part}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def files_by_hash(folder: Path) -> dict[str, Path]:
    """PDF files of a folder by their SHA-256."""
    return {
        hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted(folder.glob("*.pdf"))
    }


def measure_part(part: str, files: dict[str, Path], read: Reader = read_document) -> Tally:
    """The counts of a part; documents that are not there are counted, not skipped."""
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in labelled_pages(part):
        by_file[page["sha256"]].append(page)
    tally = Tally()
    for sha256, pages in by_file.items():
        tally.count("documents found", sha256 in files)
        if sha256 not in files:
            continue
        tally.document = sha256[:8]
        extraction = read(files[sha256])
        made = segment_document(extraction.document, extraction.pages)
        for labelled in pages:
            page = extraction.pages[labelled["page"] - 1]
            lines = read_lines(labelled["lines"], page, made)
            score_page(lines, labelled, tally)
    return tally


def score_page(lines: Sequence[ReadLine], labelled: dict[str, Any], tally: Tally) -> None:
    """Count one page."""
    page = labelled["page"]
    _score_kinds(lines, page, tally)
    _score_marked(lines, page, tally, "running_matter", "running matter")
    _score_marked(lines, page, tally, "footnote", "footnotes")
    _score_starts(lines, page, tally)
    _score_numbers(lines, page, tally)
    _score_order(lines, labelled.get("order") or range(len(lines)), page, tally)
    _score_roles(lines, page, tally)


def _kind(line: ReadLine) -> str:
    return str(line.label["kind"])


def _owner_kind(line: ReadLine, lines: Sequence[ReadLine]) -> SegmentKind | None:
    owner = line.owner or lines[line.stands_for].owner
    return owner.kind if owner else None


def _shown(line: ReadLine) -> str:
    box = line.label["box"]
    return f"line {line.label['i']} at {box[0]:.0f},{box[1]:.0f}"


def _score_kinds(lines: Sequence[ReadLine], page: int, tally: Tally) -> None:
    for line in lines:
        kind = _kind(line)
        if kind == "other" or not line.n_words:
            continue
        read = _owner_kind(line, lines)
        right = read in RIGHT_KINDS[kind]
        tally.count("line kinds", right)
        tally.count(f"line kinds: {kind}", right)
        if not right:
            tally.fail(f"kind: {kind} read as {read}", page, _shown(line))


def _score_marked(lines: Sequence[ReadLine], page: int, tally: Tally, kind: str, name: str) -> None:
    """Precision and recall of one kind, by words."""
    wanted = next(iter(RIGHT_KINDS[kind]))
    for line in lines:
        is_true, is_read = _kind(line) == kind, _owner_kind(line, lines) is wanted
        if is_read:
            tally.count(f"{name} precision", line.n_words * is_true, line.n_words)
        if is_true:
            tally.count(f"{name} recall", line.n_words * is_read, line.n_words)
        if is_read != is_true:
            tally.fail(f"{name} {'wrongly' if is_read else 'missed'}", page, _shown(line))


def _score_starts(lines: Sequence[ReadLine], page: int, tally: Tally) -> None:
    left_out = {i for i, line in enumerate(lines) if _kind(line) in ("other", "running_matter")}
    true = {line.stands_for for line in lines if line.label["start"]} - left_out
    read = {
        i for i, line in enumerate(lines)
        if any(s.kind is not SegmentKind.RUNNING_MATTER for s in line.starting)
    } - left_out  # fmt: skip
    tally.overlap("starts", len(true & read), len(read), len(true))
    for i in sorted(true ^ read):
        verdict = "start missed" if i in true else "start wrongly"
        tally.fail(f"{verdict}: {_kind(lines[i])}", page, _shown(lines[i]))


def _score_numbers(lines: Sequence[ReadLine], page: int, tally: Tally) -> None:
    """Numbers of paragraphs and, apart, of notes: the same print on the same start."""
    for name, is_note in (("numbers", False), ("note numbers", True)):
        true: Counter[tuple[int, str]] = Counter()
        read: Counter[tuple[int, str]] = Counter()
        for index, line in enumerate(lines):
            kind = _kind(line)
            if line.label["number"] and (kind == "footnote") is is_note and kind != "contents":
                true[line.stands_for, plain_number(line.label["number"])] += 1
            for segment in line.starting:
                note = segment.kind is SegmentKind.FOOTNOTE
                if segment.number and note is is_note and kind != "contents":
                    read[index, plain_number(segment.number)] += 1
        shared = (true & read).total()
        tally.overlap(name, shared, read.total(), true.total())
        for (i, number), _ in sorted(((true - read) + (read - true)).items()):
            verdict = "missed" if (i, number) in true - read else "wrongly"
            tally.fail(
                f"{name} {verdict}", page, f"{number!r} {_kind(lines[i])} {_shown(lines[i])}"
            )


def _score_order(lines: Sequence[ReadLine], order: Iterable[int], page: int, tally: Tally) -> None:
    body = [
        lines[i] for i in order
        if lines[i].placings and _kind(lines[i]) not in ("running_matter", "footnote")
    ]  # fmt: skip
    pairs = [one.place < other.place for one, other in combinations(body, 2)]
    near = [one.place < other.place for one, other in pairwise(body)]
    tally.count("order of pairs", sum(pairs), len(pairs))
    tally.count("order of neighbours", sum(near), len(near))
    for one, other in pairwise(body):
        if one.place >= other.place:
            tally.fail("order", page, f"{_shown(one)} before {_shown(other)}")


def _score_roles(lines: Sequence[ReadLine], page: int, tally: Tally) -> None:
    for line in lines:
        role = line.label["role"]
        owner = line.owner or lines[line.stands_for].owner
        if not role or owner is None or not line.label["start"]:
            continue
        read = owner.section_role
        tally.count("roles", read == role)
        is_evidence = role in EVIDENCE_ROLES
        tally.count("roles, evidence or not", (read in EVIDENCE_ROLES) == is_evidence)
        if read != role:
            tally.fail(f"role: {role} read as {read}", page, _shown(line))


def table(tallies: dict[str, Tally]) -> str:
    """The figures by part: name, share and counts of each part, target."""
    names = sorted({name for tally in tallies.values() for name in tally.total})
    lines = [f"{'':32}" + "".join(f"{part:>20}" for part in tallies) + "  target"]
    for name in names:
        cells = ""
        for tally in tallies.values():
            counts = f"{tally.good[name]:.0f}/{tally.total[name]:.0f}"
            cells += f"{f'{tally.share(name):.4f} {counts}':>20}"
        lines.append(f"{name:32}{cells}  {TARGETS.get(name, '')}".rstrip())
    return "\n".join(lines)


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=["a", "b"])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--errors", nargs="*", help="kinds of errors to list by their beginning")
    options = parser.parse_args()
    shared = Path(os.environ.get("WORKBENCH_SHARED", Path(__file__).parents[3] / "shared"))
    files = files_by_hash(shared / "real" / "pdf")
    tallies = {part: measure_part(part, files) for part in options.parts}
    print(table(tallies))
    for part, tally in tallies.items():
        if part == "sealed" or options.errors is None:
            continue
        for failure in sorted(tally.failures):
            if not options.errors or failure.kind.startswith(tuple(options.errors)):
                print(
                    f"{part} {failure.document} p. {failure.page} {failure.kind}: {failure.detail}"
                )
    if options.json:
        found = {
            part: {name: tally.share(name) for name in sorted(tally.total)}
            for part, tally in tallies.items()
        }
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
