"""The card of a model: from what it was made, how well it works, what it must not be used for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.learn.models.examples import LabelledDocument
from workbench.learn.models.fitting.fit import FitSettings
from workbench.learn.models.fitting.measures import figures
from workbench.learn.models.fitting.validation import Unseen

NOT_FOR = (
    "deciding anything about a living person, a family or a professional",
    "judging risk, or predicting who will harm or be harmed",
    "counting without review: a suggestion is a place to look, not a finding",
    "case files, social-media text, or text in other languages: it has seen reviews, coroners' "
    "reports and inspection letters in English only",
)
_KIND_TITLES = {
    "review": "Whole reviews, each case left out in its turn",
    "passage": "Passages, documents kept aside",
}
_NONE = "–"
_MARKS = 20  # width of a bar in the calibration table


def data_of(documents: Sequence[LabelledDocument]) -> list[dict[str, object]]:
    """For each kind of document: how many, and a hash of their texts and labels."""
    rows = []
    for kind in sorted({document.kind for document in documents}):
        own = [document for document in documents if document.kind == kind]
        digest = hashlib.sha256()
        for document in sorted(own, key=lambda each: each.document.document_id):
            for segment in document.segments:
                digest.update(segment.text.encode())
            for label in document.labels:
                digest.update(repr(label).encode())
        rows.append(
            {
                "kind": kind,
                "n_documents": len(own),
                "n_groups": len({document.group for document in own}),
                "n_segments": sum(len(document.segments) for document in own),
                "n_labels": sum(len(document.labels) for document in own),
                "sha256": digest.hexdigest(),
            }
        )
    return rows


def make_card(
    documents: Sequence[LabelledDocument],
    settings: FitSettings,
    validated: Mapping[str, Unseen],
    notes: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """What a card says beyond what the model says of itself.

    Args:
        documents: That the model was fitted on.
        settings: Of the fit.
        validated: By variant, what was said of documents that were left out.
        notes: Sentences by heading: ``data``, ``method``, ``failures``.
    """
    return {
        "data": data_of(documents),
        "settings": {name: getattr(settings, name) for name in settings.__slots__},
        "figures": {
            variant: {
                kind: figures(_of_kind(unseen, kind)).plain() for kind in sorted(set(unseen.kinds))
            }
            for variant, unseen in sorted(validated.items())
        },
        "not_for": list(NOT_FOR),
        "notes": {name: list(sentences) for name, sentences in sorted(notes.items())},
    }


def _of_kind(unseen: Unseen, kind: str) -> Unseen:
    wanted = {
        name for name, own in zip(unseen.document_ids, unseen.kinds, strict=True) if own == kind
    }
    return unseen.of(wanted.__contains__)


def card_text(card: Mapping[str, Any]) -> str:
    """The card as Markdown."""
    parts = [
        f"# Model {card['name']}",
        "",
        f"Weights SHA-256 `{card['sha256']}`, for codebook {card['codebook_id']} "
        f"{card['codebook_version']}. Made by the project's `train`; the same data and settings "
        "give the same bytes on the same machine.",
        "",
        *_section("What it must not be used for", (f"- {item}" for item in card["not_for"])),
        *_section("Made from", _data(card)),
        *_section("How it works", card["notes"].get("method", ())),
        *_section("Known failures", (f"- {item}" for item in card["notes"].get("failures", ()))),
    ]
    for variant, by_kind in card["figures"].items():
        for kind, numbers in by_kind.items():
            title = f"{_KIND_TITLES.get(kind, kind)}: variant {variant}"
            parts += _section(title, _figures(numbers))
    return "\n".join(parts).rstrip() + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [f"## {title}", "", *found, ""] if found else []


def _data(card: Mapping[str, Any]) -> list[str]:
    lines = [*card["notes"].get("data", ()), ""]
    lines += _table(
        ("kind", "documents", "cases or reports", "segments", "codings", "SHA-256 of texts"),
        (
            (
                row["kind"],
                row["n_documents"],
                row["n_groups"],
                row["n_segments"],
                row["n_labels"],
                str(row["sha256"])[:16],
            )
            for row in card["data"]
        ),
    )
    return lines


def _figures(numbers: Mapping[str, Any]) -> list[str]:
    summary = (
        f"{numbers['n_segments']} segments of {numbers['n_groups']} cases or reports, "
        f"{numbers['support']} affirmed codes. Micro-F1 {_share(numbers['micro_f1'])} "
        f"(precision {_number(numbers['precision'])}, recall {_number(numbers['recall'])}); "
        f"macro-F1 {_share(numbers['macro_f1'])} over {numbers['n_codes']} codes with at least 5 "
        f"uses. The rules alone: micro-F1 {_share(numbers['rules_micro_f1'])}. Intervals are 95 % "
        "by bootstrap over cases or reports."
    )
    calibration = (
        f"Calibration: expected error {_number(numbers['calibration_error'])} over cells with a "
        f"probability of 0.05 or more, {_number(numbers['suggestion_calibration_error'])} over "
        f"what is suggested; Brier score {_number(numbers['brier'])}."
    )
    return [
        summary,
        "",
        calibration,
        "",
        *_table(("probability", "n", "mean", "right", ""), map(_bin, enumerate(numbers["bins"]))),
        "",
        *_table(
            ("code", "n", "P", "R", "F1", "95 %"),
            (
                (
                    f"`{code['code_id']}`",
                    code["support"],
                    _number(code["precision"]),
                    _number(code["recall"]),
                    _number(code["f1"]["value"]),
                    f"{_number(code['f1']['low'])} to {_number(code['f1']['high'])}",
                )
                for code in numbers["codes"]
                if code["support"]
            ),
        ),
    ]


def _bin(numbered: tuple[int, Mapping[str, Any]]) -> tuple[object, ...]:
    number, own = numbered
    mark = round(own["share_right"] * _MARKS)
    return (
        f"{number / 10:.1f} to {(number + 1) / 10:.1f}",
        own["n"],
        _number(own["mean_probability"]),
        _number(own["share_right"]),
        "█" * mark,
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    return [
        "| " + " | ".join(head) + " |",
        "|" + " --- |" * len(head),
        *("| " + " | ".join(map(str, row)) + " |" for row in rows),
    ]


def _share(share: Mapping[str, float | None]) -> str:
    interval = f"{_number(share['low'])} to {_number(share['high'])}"
    return f"{_number(share['value'])} ({interval})"


def _number(value: float | None) -> str:
    return _NONE if value is None else f"{value:.2f}"
