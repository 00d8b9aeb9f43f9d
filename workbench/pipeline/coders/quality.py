"""How sure a report may be: what the card of the model in use says, told to the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.pipeline.coders.plan import CoderPlan, card_of, variant_of
from workbench.publish import CodeQuality, Quality
from workbench.records import Document

_MEASURED_ON = {
    "review": "whole reviews of cases that it had not seen",
    "passage": "single passages of reports that it had not seen",
}


def measured_quality(plan: CoderPlan) -> tuple[Quality, ...]:
    """What was measured of the coder in use; nothing where rules alone code the text."""
    rows = []
    for kind, numbers in _figures(plan).items():
        where = f"{_MEASURED_ON.get(kind, kind)}: {numbers['n_segments']:,} segments"
        rows += [
            Quality(
                what="Factors affirmed in a segment",
                value=f"F1 {_share(numbers['micro_f1'])}",
                measured_on=where,
                remark=(
                    f"precision {numbers['precision'] or 0:.2f}: share of suggestions that are "
                    f"right; recall {numbers['recall'] or 0:.2f}: share of those there that it "
                    "found. "
                    f"Rules alone: F1 {numbers['rules_micro_f1']['value'] or 0:.2f}"
                ),
            ),
            Quality(
                what="Error of the scores as probabilities",
                value=f"{numbers['calibration_error']:.3f}",
                measured_on=where,
                remark="mean gap between a score and the share that is right; 0 is perfect",
            ),
        ]
    return tuple(rows)


def quality_by_code(plan: CoderPlan) -> dict[str, tuple[CodeQuality, ...]]:
    """Code -> how well it is found, for each kind of text that it was measured on."""
    found: dict[str, list[CodeQuality]] = {}
    for kind, numbers in _figures(plan).items():
        for code in numbers["codes"]:
            if code["support"]:
                quality = CodeQuality(
                    precision=code["precision"],
                    recall=code["recall"],
                    support=code["support"],
                    measured_on=_MEASURED_ON.get(kind, kind),
                )
                found.setdefault(code["code_id"], []).append(quality)
    return {code_id: tuple(rows) for code_id, rows in found.items()}


def learned_from(plan: CoderPlan, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents that the model in use was fitted on: it knows their answers."""
    known = set(card_of(plan).get("trained_on", ()))
    return tuple(document for document in documents if document.document_id in known)


def made_from(plan: CoderPlan) -> tuple[str, ...]:
    """What the card says of the data that the model was made from and measured on."""
    return tuple(filter(None, card_of(plan).get("notes", {}).get("data", ())))


def training_note(plan: CoderPlan, documents: Sequence[Document]) -> str:
    """A warning where a model codes what it learned from; empty where it does not."""
    known = learned_from(plan, documents)
    if not known:
        return ""
    return (
        f"{len(known)} of the {len(documents)} documents were among those that the model learned "
        "from. Their codings look better here than those of reviews it has not seen"
    )


def _figures(plan: CoderPlan) -> Mapping[str, Any]:
    figures: Mapping[str, Any] = card_of(plan).get("figures", {}).get(variant_of(plan), {})
    return figures


def _share(share: Mapping[str, float | None]) -> str:
    value, low, high = (share[name] or 0 for name in ("value", "low", "high"))
    return f"{value:.2f} (95 % interval {low:.2f} to {high:.2f})"
