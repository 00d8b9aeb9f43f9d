"""Make the documents that the corpus adds to the imported ones, each PDF with its truth.

usage: python corpora/demo/build/make.py [ID...]

The same bytes on each run: no clock, no chance, no fonts but those that come with ReportLab and
matplotlib. D18 and D19 are made from imported documents, which must be in the corpus already.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from compose import compose_truth
from extracts import fill_extracts
from import_fiction import CORPUS, read_json, write_truth
from layout import register_fonts, set_pages
from markup import Manuscript, parse, typographic
from redact import make_redacted_copy
from scans import foreign_ocr, scanned

BUILD = Path(__file__).parent
TEXTS = BUILD / "text"


def make_review(path: Path) -> tuple[bytes, dict[str, Any]]:
    """The PDF and the truth of the review that the markup file holds."""
    source = typographic(path.read_text(encoding="utf-8"))
    manuscript = parse(fill_extracts(source, CORPUS / "truth"))
    keys = manuscript.keys
    style = read_json(BUILD / "styles.json")[keys["layout"]]
    setting = set_pages(manuscript.blocks, style, keys["title"])
    truth = compose_truth(manuscript, setting, style)
    return _finish(setting.pdf, manuscript), truth


def _finish(pdf: bytes, manuscript: Manuscript) -> bytes:
    keys = manuscript.keys
    if keys["layout"] == "scan":
        return scanned(pdf, keys["title"])
    if keys["layout"] == "ocr":
        return foreign_ocr(pdf, keys["title"], json.loads(keys["misread"]))
    return pdf


def main() -> None:
    """Make the documents that are named, or all."""
    register_fonts()
    names = sys.argv[1:]
    for path in sorted(TEXTS.glob("*.txt")):
        if names and path.stem not in names:
            continue
        pdf, truth = make_review(path)
        (CORPUS / "pdf" / f"{path.stem}.pdf").write_bytes(pdf)
        write_truth(truth)
        print(f"{path.stem}: {truth['pages']} pages, {len(truth['codings'])} codings")
    for path in sorted(TEXTS.glob("*.redactions.json")):
        redaction = read_json(path)
        if not names or redaction["id"] in names:
            pdf, truth = make_redacted_copy(redaction, CORPUS)
            (CORPUS / "pdf" / f"{redaction['id']}.pdf").write_bytes(pdf)
            write_truth(truth)
            print(f"{redaction['id']}: {truth['pages']} pages, {len(truth['codings'])} codings")


if __name__ == "__main__":
    main()
