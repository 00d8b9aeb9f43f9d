"""A sound truth file to spoil in the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CODES = ("school_exclusion", "ap_voice", "drug_misuse", "ace_domestic_abuse")
JSON = dict[str, Any]


def a_coding(index: int, quote: str, code: str, **more: object) -> JSON:
    return {
        "paragraph_index": index,
        "quote": quote,
        "code": code,
        "assertion": "affirmed",
        "subject_role": "victim",
        "person_id": "V",
        "temporality": "past",
        "valence": "not_applicable",
    } | more


def a_row(text: str, **more: object) -> JSON:
    return {
        "number": None,
        "kind": "paragraph",
        "section_role": "facts",
        "page": 1,
        "page_end": 1,
        "text": text,
    } | more


def a_truth() -> JSON:
    """A sound truth: one exclusion, one negation, one good deed and a table row."""
    return {
        "schema": "truth/1",
        "id": "T1",
        "case_id": "T1",
        "kind": "domestic_homicide_review",
        "title": "Review of T",
        "pages": 2,
        "status": "ok",
        "lead": True,
        "people": [{"id": "V", "name": "Tamsin", "role": "victim", "age": 19}],
        "paragraphs": [
            a_row("Tamsin was excluded from two schools.", number="4.1"),
            a_row("She had never used drugs.", page_end=2),
            a_row("The nurse saw her alone.", section_role="analysis", page=2, page_end=2),
            a_row("2 May | Nothing", cells=["2 May", "Nothing"], kind="chronology_entry"),
        ],
        "running_matter": [{"position": "footer", "pattern": r"^Page \d+$"}],
        "codings": [
            a_coding(0, "excluded from two schools", "school_exclusion"),
            a_coding(1, "never used drugs", "drug_misuse", assertion="negated"),
            a_coding(
                2, "saw her alone", "ap_voice", subject_role="agency", person_id=None,
                valence="positive",
            ),
        ],
        "optional_codings": [],
        "case": {
            "school_exclusion": {"victim": "present"},
            "drug_misuse": {"victim": "ruled_out"},
        },
        "case_positive_practice": {"ap_voice": ["agency"]},
        "case_suspected_only": {},
        "ace10": {"V": []},
        "incident": {"method": "not_stated"},
        "chronology": [{"date": "2020-05-02", "precision": "day", "event": "Nothing"}],
        "recommendations": [{"number": "1", "text": "The Board should act.", "addressee": "Board"}],
        "agencies": ["Board"],
    }  # fmt: skip


def written(folder: Path, truth: JSON) -> Path:
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    (folder / "pdf").mkdir(exist_ok=True)
    path = folder / "truth" / f"{truth['id']}.json"
    path.write_text(json.dumps(truth), encoding="utf-8")
    (folder / "pdf" / f"{truth['id']}.pdf").touch()
    return path
