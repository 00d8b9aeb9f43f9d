"""Hold the truth files against the words of their PDFs.

usage: python corpora/demo/build/verify.py [ID...]

For each document: does each running-matter pattern match whole lines, in its margin only; does
every paragraph stand on the page that the truth gives; is every line of the PDF accounted for.
Prints what does not fit and exits with 1 when something does not.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from pathlib import Path
from typing import Any

import pdfplumber

CORPUS = Path(__file__).parents[1]
#: Running heads and feet stand in the outer parts of the page height.
MARGIN_SHARE = 0.14
Line = tuple[str, float]  # text with single spaces; middle, as a share of the page height


def letters(text: str) -> str:
    """The letters of the text: line breaks, hyphens and footnote marks do not matter."""
    return re.sub(r"[\W\d_]", "", text)


def page_lines(pdf_path: Path, n_columns: int) -> list[list[Line]]:
    """The lines of each page, column by column: all words on one baseline."""
    pages = []
    with pdfplumber.open(pdf_path) as pdf:
        for page in pdf.pages:
            found = [line for part in _columns(page, n_columns) for line in _lines(part)]
            middle = [(line["top"] + line["bottom"]) / 2 / float(page.height) for line in found]
            # Bullets of the standard fonts come out as "(cid:127)".
            texts = [" ".join(re.sub(r"\(cid:\d+\)", "", x["text"]).split()) for x in found]
            pages.append(list(zip(texts, middle, strict=True)))
            page.close()
    return pages


def _columns(page: Any, n_columns: int) -> list[Any]:  # noqa: ANN401
    """The page, or its running matter and its columns apart."""
    if n_columns == 1:
        return [page]
    wide, high = float(page.width), float(page.height)
    top, foot = 0.06 * high, 0.94 * high
    edges = [wide * n / n_columns for n in range(n_columns + 1)]
    parts = [(0, 0, wide, top), (0, foot, wide, high)]
    parts += [(left, top, right, foot) for left, right in itertools.pairwise(edges)]
    return [page.crop(part) for part in parts]


def _lines(part: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    found: list[dict[str, Any]] = part.extract_text_lines(
        x_tolerance_ratio=0.15, return_chars=False
    )
    return found


def is_running(line: Line, truth: dict[str, Any]) -> bool:
    """Whether the line is running matter by the truth's patterns, in the right margin."""
    text, middle = line
    share = truth.get("margin_share", MARGIN_SHARE)
    places = {"header": middle < share, "footer": middle > 1 - share, "margin": True}
    return any(
        places[item["position"]] and re.fullmatch(item["pattern"], text)
        for item in truth["running_matter"]
    )


def running_problems(truth: dict[str, Any], pages: list[list[Line]]) -> list[str]:
    """Patterns that match no line, or lines of the fictional mark that no pattern matches."""
    problems = []
    for item in truth["running_matter"]:
        pattern = re.compile(item["pattern"])
        if not any(pattern.fullmatch(text) for page in pages for text, _ in page):
            problems.append(f"running matter {item['pattern']} matches no line")
    for number, page in enumerate(pages, 1):
        marked = [line for line in page if "Fictional document for software testing" in line[0]]
        if not any(is_running(line, truth) for line in marked):
            problems.append(f"page {number}: no line that says fictional matches, found {marked}")
    return problems


def paragraph_problems(truth: dict[str, Any], pages: list[list[Line]]) -> list[str]:
    """Paragraphs that are not on their pages."""
    body = [
        letters("".join(line[0] for line in page if not is_running(line, truth))) for page in pages
    ]
    problems = []
    for index, row in enumerate(truth["paragraphs"]):
        text = letters(row["text"])
        there = "".join(body[row["page"] - 1 : row["page_end"]])
        head, tail = text[:25], text[-25:]
        if head not in body[row["page"] - 1] or tail not in body[row["page_end"] - 1]:
            found = [n for n, page in enumerate(body, 1) if head in page or tail in page]
            if text in there or (_is_narrow(row) and _words_there(row["text"], there)):
                continue
            problems.append(
                f"paragraph {index} ({row['kind']}, page {row['page']}-{row['page_end']}) found on "
                f"{found}: {row['text'][:60]!r}"
            )
    return problems


def _words_there(text: str, body: str) -> bool:
    return all(letters(part) in body for word in text.split() for part in re.split("[-.]", word))


def _words_beside_others(rows: list[dict[str, Any]], page: int) -> set[str]:
    """Words of the rows of a page that share their lines with other text: cells and boxes."""
    there = [row for row in rows if row["page"] <= page <= row["page_end"]]
    is_form = any("box" in row for row in there)  # labels stand beside what they label
    beside = [row for row in there if is_form or _is_narrow(row)]
    said = [f"{row['text']} {row.get('margin_note', '')}" for row in beside]
    return {letters(word) for text in said for word in text.split()}


def _is_narrow(row: dict[str, Any]) -> bool:
    in_table = row["kind"] in ("table_row", "heading", "bullet")
    return in_table or bool(row.keys() & {"cells", "box", "margin_note"})


def line_problems(truth: dict[str, Any], pages: list[list[Line]]) -> list[str]:
    """Lines that belong to no paragraph, contents line, running matter or other line."""
    rows = truth["paragraphs"]
    everything = "\n".join(letters(f"{row['number'] or ''}{row['text']}") for row in rows)
    contents = [letters(f"{line['title']}{line['page'] or ''}") for line in truth["contents"]]
    problems = []
    for number, page in enumerate(pages, 1):
        words = _words_beside_others(rows, number)
        for line in page:
            text = letters(line[0])
            if not text or is_running(line, truth) or text in everything:
                continue
            if any(text in entry or entry in text for entry in contents):
                continue
            if any(re.fullmatch(item["pattern"], line[0]) for item in truth["other_lines"]):
                continue
            unknown = [word for word in line[0].split() if letters(word) not in words]
            if len(unknown) > 0.34 * len(line[0].split()):
                problems.append(f"page {number}: nobody owns the line {line[0]!r}")
    return problems


def as_recognised(truth: dict[str, Any]) -> dict[str, Any]:
    """The truth with the misread words of a foreign text layer in place."""
    misread = truth.get("misread", {})
    for row in truth["paragraphs"]:
        row["text"] = re.sub(r"[A-Za-z]+", lambda m: misread.get(m[0], m[0]), row["text"])
    return truth


def main() -> int:
    """Check the documents that are named, or all."""
    found = 0
    for path in sorted((CORPUS / "truth").glob("*.json")):
        truth = as_recognised(json.loads(path.read_text(encoding="utf-8")))
        if (sys.argv[1:] and truth["id"] not in sys.argv[1:]) or truth["status"] != "ok":
            continue
        pages = page_lines(CORPUS / "pdf" / f"{truth['id']}.pdf", truth.get("columns", 1))
        problems = [
            *running_problems(truth, pages),
            *paragraph_problems(truth, pages),
            *line_problems(truth, pages),
        ]
        found += len(problems)
        print(f"{truth['id']}: {len(problems)} problem(s)")
        for problem in problems:
            print(f"  {problem}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
