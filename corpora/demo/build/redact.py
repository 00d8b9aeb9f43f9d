"""A redacted copy: words really taken out of a PDF, black boxes over the gaps, and its truth."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
from compose import ace10, case_states
from import_fiction import read_json
from normalise import practice_states, suspected_states

JSON = dict[str, Any]
Char = dict[str, Any]
PAD_PT = 1.0


def make_redacted_copy(redaction: JSON, corpus: Path) -> tuple[bytes, JSON]:
    """The PDF without the redaction's phrases, and the truth of what is left.

    Args:
        redaction: ``id``, ``source`` (id of the document to copy), ``title``, ``phrases`` and
            ``pseudonyms`` (person id -> what is left of the name).
        corpus: The corpus folder, which holds the source.
    """
    source = redaction["source"]
    pdf = _redact_pdf(corpus / "pdf" / f"{source}.pdf", redaction["phrases"])
    truth = read_json(corpus / "truth" / f"{source}.json")
    return pdf, _redact_truth(truth, redaction)


def _redact_pdf(path: Path, phrases: list[str]) -> bytes:
    with pdfplumber.open(path) as plumbed, pikepdf.open(path) as pdf:
        for page, seen in zip(pdf.pages, plumbed.pages, strict=True):
            hidden = _hidden(seen.chars, phrases)
            _strip(pdf, page, seen.chars, hidden)
            boxes = _boxes([seen.chars[i] for i in sorted(hidden)], float(seen.height))
            page.contents_add(pdf.make_stream(f"q 0 g {boxes} Q".encode()))
        buffer = BytesIO()
        pdf.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def _hidden(chars: list[Char], phrases: list[str]) -> set[int]:
    """Indexes of the characters that belong to a phrase; spaces and line ends do not matter."""
    places = [i for i, char in enumerate(chars) if not char["text"].isspace()]
    text = "".join(chars[i]["text"] for i in places)
    hidden: set[int] = set()
    for phrase in phrases:
        wanted = phrase.replace(" ", "")
        for found in re.finditer(re.escape(wanted), text):
            hidden.update(range(places[found.start()], places[found.end() - 1] + 1))
    return hidden


def _strip(pdf: pikepdf.Pdf, page: Any, chars: list[Char], hidden: set[int]) -> None:  # noqa: ANN401
    """Replace hidden glyphs by a move of their width."""
    position = 0
    kept = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) not in ("Tj", "TJ", "'"):
            kept.append((operands, operator))
            continue
        if str(operator) == "'":
            kept.append(([], pikepdf.Operator("T*")))
        parts = operands[0] if str(operator) == "TJ" else [operands[0]]
        array: list[Any] = []
        for part in parts:
            if isinstance(part, pikepdf.String):
                raw = bytes(part)
                array += _without(raw, chars[position : position + len(raw)], position, hidden)
                position += len(raw)
            else:
                array.append(part)
        kept.append(([pikepdf.Array(array)], pikepdf.Operator("TJ")))
    if position != len(chars):
        raise ValueError(f"{position} glyphs in the page, but {len(chars)} characters read")
    page.Contents = pdf.make_stream(b"q\n" + pikepdf.unparse_content_stream(kept) + b"\nQ\n")


def _without(raw: bytes, chars: list[Char], start: int, hidden: set[int]) -> list[Any]:
    parts: list[Any] = []
    for offset, (code, char) in enumerate(zip(raw, chars, strict=True)):
        if start + offset not in hidden:
            if parts and isinstance(parts[-1], pikepdf.String):
                parts[-1] = pikepdf.String(bytes(parts[-1]) + bytes([code]))
            else:
                parts.append(pikepdf.String(bytes([code])))
            continue
        after = chars[offset + 1]["x0"] if offset + 1 < len(chars) else char["x1"]
        parts.append(round(-1000 * (after - char["x0"]) / char["size"], 2))
    return parts


def _boxes(hidden: list[Char], page_height: float) -> str:
    """Filled rectangles, one for each stretch of hidden characters on a line."""
    stretches: list[list[float]] = []  # x0, top, x1, bottom
    for char in hidden:
        last = stretches[-1] if stretches else None
        if last and abs(last[1] - char["top"]) < 1 and -1 < char["x0"] - last[2] < char["size"]:
            last[2] = char["x1"]
        else:
            stretches.append([char["x0"], char["top"], char["x1"], char["bottom"]])
    return " ".join(
        f"{x0 - PAD_PT:.2f} {page_height - bottom:.2f} {x1 - x0 + 2 * PAD_PT:.2f} "
        f"{bottom - top:.2f} re f"
        for x0, top, x1, bottom in stretches
    )


def _redact_truth(truth: JSON, redaction: JSON) -> JSON:
    def redacted(text: str) -> str:
        for phrase in redaction["phrases"]:
            text = text.replace(phrase, " ")
        return " ".join(text.split())

    rows = truth["paragraphs"]
    for row in rows:
        row["text"] = redacted(row["text"])
    codings = [c for c in truth["codings"] if _still_there(c, rows, redacted)]
    optional = [c for c in truth["optional_codings"] if _still_there(c, rows, redacted)]
    for person in truth["people"]:
        person["name"] = redaction["pseudonyms"].get(person["id"], person["name"])
        person["aliases"] = [a for a in person["aliases"] if redacted(a) == a]
    for entry in truth["recommendations"]:
        entry["text"] = redacted(entry["text"])
    for entry in truth["chronology"]:
        entry["event"] = redacted(entry["event"])
    return truth | {
        "id": redaction["id"],
        "title": redaction["title"],
        "lead": False,
        "codings": codings,
        "optional_codings": optional,
        "case": case_states(rows, codings),
        "case_positive_practice": practice_states(rows, codings),
        "case_suspected_only": suspected_states(rows, codings),
        "ace10": ace10(rows, codings, truth["people"]),
        "agencies": [name for name in truth["agencies"] if redacted(name) == name],
        "conventions": [*truth["conventions"], redaction["convention"]],
    }


def _still_there(coding: JSON, rows: list[JSON], redacted: Any) -> bool:  # noqa: ANN401
    """Whether half of the quote or more is left; the quote is cut to what is left."""
    quote = redacted(coding["quote"])
    enough = len(quote) * 2 >= len(coding["quote"])
    coding["quote"] = quote
    return enough and quote in rows[coding["paragraph_index"]]["text"]
