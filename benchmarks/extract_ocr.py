"""Recognition of scanned pages: words, paragraph numbers, time.

    python -m benchmarks.extract_ocr [--pages N] [--resolution DPI] [--real]

Three materials. (1) D13 of the demonstration corpus, a made scan (130 dots an inch, skew, noise,
specks, JPEG) whose truth is known. (2) Pages of other demonstration files, turned into pictures
here in several manners; the truth is what is read from the page itself. (3) With ``--real``, the
image-only file of the real reviews, which has no truth: words a page, and the share of its words
that also stand in the text of the other real files, beside that share for a text file.

Word F1 is of bags of words of one document; "bare" leaves out what is no letter or digit.
Seconds are CPU seconds of all processes, tesseract included.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "extract"))
from scanning import bound, picture, scanned

from workbench.extract import Extraction, ExtractSettings, OcrSettings, read_document
from workbench.extract.jail import service
from workbench.records import Page, PageSource

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("WORKBENCH_SHARED", ROOT.parent / "shared"))
DEMO = ROOT / "corpora" / "demo"
WRITTEN = ("D01_dhr_parricide", "D04_scr_filicide", "D09_cspr_bus_stabbing", "D20_mhh_footnotes")
NUMBER = re.compile(r"\d{1,2}\.\d{1,3}")


class Manner(NamedTuple):
    """How a page is scanned."""

    name: str
    dpi: int
    skew_deg: float = 0.0
    turn_deg: int = 0
    noise: float = 0.0


MANNERS = (
    Manner("clean, 300 dpi", 300),
    Manner("clean, 200 dpi", 200),
    Manner("noisy, askew by 1, 200 dpi", 200, 1.0, 0, 8.0),
    Manner("noisy, askew by 3, 150 dpi", 150, -3.0, 0, 8.0),
    Manner("on its side, 200 dpi", 200, 0.5, 90, 4.0),
    Manner("on its head, 200 dpi", 200, -0.5, 180, 4.0),
)


class Score(NamedTuple):
    """How well a document was recognised."""

    f1: float
    bare_f1: float
    numbers: str
    cpu_s: float


def words_of(pages: Iterable[Page]) -> list[str]:
    """All words, line by line."""
    return [word.text for page in pages for line in page.lines for word in line.words]


def f1(truth: Sequence[str], found: Sequence[str]) -> float:
    """F1 of two bags of words."""
    left, right = Counter(truth), Counter(found)
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def bare(words: Iterable[str]) -> list[str]:
    """Letters and digits only."""
    return [word for word in (re.sub(r"[^\w]", "", word) for word in words) if word]


def first_words(pages: Iterable[Page]) -> list[str]:
    """What the lines begin with."""
    return [line.words[0].text for page in pages for line in page.lines]


def read(path: Path, settings: ExtractSettings) -> tuple[Extraction, float]:
    """A document and the CPU seconds that it took."""
    service.close_server()
    before = cpu_s()
    extraction = read_document(path, settings)
    service.close_server()
    return extraction, cpu_s() - before


def cpu_s() -> float:
    """CPU seconds of this process and of all children that have ended."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def score(
    truth: Sequence[str], numbers: Sequence[str], path: Path, settings: ExtractSettings
) -> Score:
    """Read a scan and compare it."""
    extraction, spent = read(path, settings)
    found = words_of(extraction.pages)
    hits = (Counter(numbers) & Counter(first_words(extraction.pages))).total()
    return Score(
        f1(truth, found), f1(bare(truth), bare(found)), f"{hits}/{len(numbers)}",
        spent / len(extraction.pages),
    )  # fmt: skip


def demonstration(settings: ExtractSettings) -> Score:
    """D13 against its truth."""
    truth = json.loads((DEMO / "truth" / "D13_cspr_scan.json").read_text(encoding="utf-8"))
    words, numbers = [], []
    for paragraph in truth["paragraphs"]:
        number = paragraph["number"] or ""
        numbers += [number] if NUMBER.fullmatch(number) else []
        words += [*number.split(), *paragraph["text"].replace(" | ", " ").split()]
    head, foot = (
        "Quillmarsh Local Safeguarding Children Board",
        "Fictional document for software testing",
    )
    words += (f"{head} " * 3 + f"{foot} " * 4 + "1 2 3 4").split()  # as its pages show it
    return score(words, numbers, DEMO / "pdf" / "D13_cspr_scan.pdf", settings)


def made(manner: Manner, n_pages: int, settings: ExtractSettings, folder: Path) -> Score:
    """Pages of written documents, scanned in one manner."""
    truth: list[Page] = []
    images = []
    for name in WRITTEN:
        path = DEMO / "pdf" / f"{name}.pdf"
        pages = [page for page in read_document(path).pages if len(page.lines) > 25]
        for page in pages[2 : 2 + -(-n_pages // len(WRITTEN))]:
            truth.append(page)
            images.append(
                scanned(
                    picture(path, page.number - 1, manner.dpi), skew_deg=manner.skew_deg,
                    turn_deg=manner.turn_deg, noise=manner.noise, seed=len(truth),
                )
            )  # fmt: skip
    scan = bound(folder / "scan.pdf", images, manner.dpi)
    numbers = [text for text in first_words(truth) if NUMBER.fullmatch(text)]
    return score(words_of(truth), numbers, scan, settings)


def real(settings: ExtractSettings) -> None:
    """The image-only file of the real reviews."""
    folder = SHARED / "real" / "pdf"
    (scan,) = folder.glob("*IMAGE_ONLY.pdf")
    vocabulary: Counter[str] = Counter()
    texts = []
    for path in sorted(folder.glob("*.pdf"))[::4]:
        pages = [page for page in read_document(path, settings).pages
                 if page.source is PageSource.TEXT]  # fmt: skip
        if path != scan and pages:
            texts.append(bare(word.lower() for word in words_of(pages)))
            vocabulary.update(set(texts[-1]))
    extraction, spent = read(scan, settings)
    words = bare(word.lower() for word in words_of(extraction.pages))
    known = sum(vocabulary[word] > 0 for word in words) / max(1, len(words))
    others = [sum(vocabulary[word] > 1 for word in text) / len(text) for text in texts if text]
    print(f"real image-only file: {extraction.document.status}, {len(extraction.pages)} pages")
    print(
        f"{len(words) / len(extraction.pages):.0f} words a page, {known:.3f} of them in other files"
    )
    print(f"(text files: median {sorted(others)[len(others) // 2]:.3f} in other files)")
    print(f"{spent / len(extraction.pages):.2f} CPU seconds a page")
    confidences = [page.ocr_confidence or 0.0 for page in extraction.pages]
    print("confidence by page:", " ".join(f"{confidence:.2f}" for confidence in confidences))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=8, help="pages of each manner")
    parser.add_argument("--resolution", type=int, default=OcrSettings().resolution_dpi)
    parser.add_argument("--real", action="store_true")
    arguments = parser.parse_args()
    settings = replace(
        ExtractSettings(), ocr=OcrSettings(resolution_dpi=arguments.resolution)
    )  # fmt: skip
    print(f"at {arguments.resolution} dots an inch; load {os.getloadavg()[0]:.1f}")
    start = time.monotonic()
    print(f"{'':30s} {'F1':>6s} {'bare':>6s} {'numbers':>8s} {'CPU s/page':>10s}")
    rows = [("D13 of the demonstration", demonstration(settings))]
    with tempfile.TemporaryDirectory() as folder:
        rows += [(m.name, made(m, arguments.pages, settings, Path(folder))) for m in MANNERS]
    for name, found in rows:
        print(
            f"{name:30s} {found.f1:6.4f} {found.bare_f1:6.4f} {found.numbers:>8s}"
            f" {found.cpu_s:10.2f}"
        )
    print(f"{time.monotonic() - start:.0f} s")
    if arguments.real:
        real(settings)


if __name__ == "__main__":
    main()
