"""Passages that a summary takes over from the review that it summarises, with their codings.

In the markup, ``= D10_dhr_older_couple 10.3 1-2`` stands for sentences 1 and 2 of paragraph 10.3
of that document, ``= D10_dhr_older_couple 10.3`` for all of it; ``[2.1]`` may go before it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

EXTRACT = re.compile(r"^((?:\[[^\]]+\] |R \[[^\]]+\] [^=]+ :: )?)= (\S+) (.+?)(?: (\d+)-(\d+))?$")
SENTENCE = re.compile(r"(?<=[.?!”]) (?=[A-Z“])")
SHORT = {
    "affirmed": "a", "suspected": "s", "negated": "n", "hypothetical": "h", "general": "g",
    "recommendation": "r",
}  # fmt: skip
ROLES = {
    "index_child": "ic", "victim": "v", "perpetrator": "p", "deceased": "d", "parent_carer": "pc",
    "sibling": "sib", "household_member": "hh", "peer": "peer", "patient_or_group": "grp",
    "agency": "ag", "place": "pl", "not_applicable": "na",
}  # fmt: skip
TIMES = {
    "childhood": "ch", "past": "pa", "current_at_incident": "cu", "index_incident": "ii",
    "post_incident": "po", "unclear": "un",
}  # fmt: skip


def fill_extracts(source: str, truth_folder: Path) -> str:
    """The markup with every extract written out."""
    return "\n".join(_fill(line.strip(), truth_folder) for line in source.splitlines())


def _fill(line: str, truth_folder: Path) -> str:
    found = EXTRACT.match(line)
    if not found:
        return line
    before, truth_id, number, first, last = found.groups()
    truth = json.loads((truth_folder / f"{truth_id}.json").read_text(encoding="utf-8"))
    index = next(
        i
        for i, row in enumerate(truth["paragraphs"])
        if row["number"] == number and row["kind"] not in ("heading", "footnote")
    )
    sentences = SENTENCE.split(truth["paragraphs"][index]["text"])
    chosen = sentences[int(first) - 1 : int(last)] if first else sentences
    text = " ".join(chosen)
    return before + _mark(text, [c for c in truth["codings"] if c["paragraph_index"] == index])


def _mark(text: str, codings: list[dict[str, Any]]) -> str:
    """The text with the codings that lie in it; overlapping quotes are widened to one."""
    spans: list[tuple[int, int, list[str]]] = []
    for coding in codings:
        start = text.find(coding["quote"])
        if start >= 0:
            spans.append((start, start + len(coding["quote"]), [_spec(coding)]))
    merged: list[tuple[int, int, list[str]]] = []
    for start, end, specs in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            before = merged.pop()
            merged.append((before[0], max(before[1], end), before[2] + specs))
        else:
            merged.append((start, end, specs))
    for start, end, specs in reversed(merged):
        text = f"{text[:start]}{{{text[start:end]}|{'; '.join(specs)}}}{text[end:]}"
    return text


def _spec(coding: dict[str, Any]) -> str:
    words = [coding["code"], SHORT[coding["assertion"]], ROLES[coding["subject_role"]]]
    words += [coding["person_id"] or "", TIMES[coding["temporality"]]]
    words += ["+"] if coding["valence"] == "positive" else []
    return " ".join(filter(None, words))
