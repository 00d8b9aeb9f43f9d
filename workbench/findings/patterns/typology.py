"""Kinds of case: latent classes with their profile, their stability, and the words they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.findings.patterns.latent import (
    COARSE,
    LatentClasses,
    fit_latent_classes,
    refit,
)
from workbench.findings.table import CaseTable
from workbench.records import Code, Finding

MIN_CASES = 20
MIN_FACTORS = 4
MAX_FACTORS = 12  # the most varied; more parameters than cases say nothing
MAX_CLASSES = 5
N_BOOTSTRAP = 40
SEED = 20240229
#: Fewer cases than this, or a class less stable than that, are "exploratory".
MIN_SURE_CASES = 100
MIN_STABILITY = 0.75
SEPARATOR = "__"
EXPLORATORY = (
    "Exploratory: {why}. Use it to look at cases, not as a finding. The cases are listed from the "
    "one that most surely belongs."
)
STEADY = "The cases are listed from the one that most surely belongs."
PROFILE = "A share of the cases that most likely belong to this kind."
Marks = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typology:
    """The chosen model over the chosen factors, and how well it stands."""

    columns: tuple[int, ...]  # of the factors, in the table
    models: tuple[LatentClasses, ...]  # with 1, 2, ... classes
    chosen: LatentClasses
    stability: tuple[float, ...]  # of each class, 0-1
    assigned: NDArray[np.int64]  # class of each case


def typology_of(present: Marks) -> Typology | None:
    """The kinds of case that the marks show; None when there are too few cases or factors.

    The number of classes is the one with the least BIC. Stability of a class is the mean
    Jaccard similarity with the most similar class of models fitted to resampled cases.

    Source: Hennig (2007), Comput. Stat. Data Anal. 52(1), 258-271: classes of less than 0.6 are
    not to be trusted, 0.75 and more are stable.
    """
    columns = _varied(present)
    if len(present) < MIN_CASES or len(columns) < MIN_FACTORS:
        return None
    marks = present[:, columns]
    models = tuple(
        fit_latent_classes(marks, n_classes, seed=SEED, n_starts=10)
        for n_classes in range(1, MAX_CLASSES + 1)
        # A model of more parameters than cases fits anything.
        if n_classes * (len(columns) + 1) - 1 < len(marks)
    )
    chosen = min(models, key=lambda model: (model.bic, model.n_classes))
    return Typology(
        columns=tuple(columns),
        models=models,
        chosen=chosen,
        stability=_stability(marks, chosen),
        assigned=_assign(chosen, marks),
    )


def _varied(present: Marks) -> list[int]:
    """The columns that vary most, at least a tenth of the cases on either side, in order."""
    shares = present.mean(axis=0)
    varied = [place for place, share in enumerate(shares) if 0.1 <= share <= 0.9]
    varied.sort(key=lambda place: (round(abs(shares[place] - 0.5), 9), place))
    return sorted(varied[:MAX_FACTORS])


def _assign(model: LatentClasses, marks: Marks) -> NDArray[np.int64]:
    assigned: NDArray[np.int64] = model.memberships(marks).round(9).argmax(axis=1)
    return assigned


def _stability(marks: Marks, model: LatentClasses) -> tuple[float, ...]:
    if model.n_classes == 1:
        return (1.0,)
    # Patterns in a fixed order, so that the order of the cases changes nothing.
    rows, counts = np.unique(marks, axis=0, return_counts=True)
    draw = np.random.default_rng(SEED)
    old = _assign(model, rows)
    alike = np.zeros(model.n_classes)
    for number in range(N_BOOTSTRAP):
        drawn = draw.multinomial(counts.sum(), counts / counts.sum())
        sample = np.repeat(rows, drawn, axis=0)
        again = max(
            (
                refit(sample, model),
                fit_latent_classes(
                    sample, model.n_classes, seed=SEED + number, n_starts=3, tolerance=COARSE
                ),
            ),
            key=lambda fitted: round(fitted.log_likelihood, 6),
        )
        new = _assign(again, rows)
        alike += [
            max(_jaccard(old == kind, new == other, counts) for other in range(model.n_classes))
            for kind in range(model.n_classes)
        ]
    return tuple((alike / N_BOOTSTRAP).tolist())


def _jaccard(one: NDArray[np.bool_], other: NDArray[np.bool_], counts: Marks) -> float:
    either = int(counts[one | other].sum())
    return int(counts[one & other].sum()) / either if either else 0.0


def typology_findings(table: CaseTable) -> Iterator[Finding]:
    """One finding for each kind of case, and one for each factor in it.

    A case counts for the kind to which it most likely belongs. ``statistics`` of a kind hold
    its share by the model, its stability, the BIC of each number of kinds, and ``exploratory``:
    1 where the cases are fewer than a hundred or a kind is not stable.
    """
    typology = typology_of(table.present())
    if typology is None:
        return
    marks = table.present()[:, typology.columns]
    sure = typology.chosen.memberships(marks)
    factors = [table.factors[column] for column in typology.columns]
    why = _why_exploratory(table.n_cases, typology)
    for kind in range(typology.chosen.n_classes):
        places = np.flatnonzero(typology.assigned == kind).tolist()
        places.sort(key=lambda place: (-round(float(sure[place, kind]), 9), place))
        yield _class_finding(table, typology, kind, places, why)
        if places:
            yield from _profile_findings(table, factors, kind, places)


def class_id(kind: int) -> str:
    """The id of the finding of a class, from which the ids of its profile begin."""
    return f"typology-{kind + 1}"


def _why_exploratory(n_cases: int, typology: Typology) -> str:
    if n_cases < MIN_SURE_CASES:
        return f"{n_cases} cases are fewer than the {MIN_SURE_CASES} that a typology asks for"
    if min(typology.stability) < MIN_STABILITY:
        return "at least one kind dissolves when the cases are drawn anew"
    return ""


def _class_finding(
    table: CaseTable, typology: Typology, kind: int, places: Sequence[int], why: str
) -> Finding:
    chosen = typology.chosen
    factors = [table.factors[column] for column in typology.columns]
    bic = ((f"bic_{model.n_classes}_classes", model.bic) for model in typology.models)
    codes = tuple(code.code_id for code in factors)
    return Finding(
        finding_id=class_id(kind),
        measure="typology_class",
        label=f"Kind {kind + 1} of {chosen.n_classes}: {_in_words(table, typology, kind)}",
        code_ids=codes,
        coding_ids=table.first_passages(codes, places),
        statistics=(
            ("n_classes", float(chosen.n_classes)),
            ("share_by_model", float(chosen.shares[kind])),
            ("stability", typology.stability[kind]),
            ("exploratory", float(bool(why))),
            *bic,
        ),
        note=EXPLORATORY.format(why=why) if why else STEADY,
        **table.share(places).fields,
    )


def _in_words(table: CaseTable, typology: Typology, kind: int) -> str:
    """The factors that this kind has more often than all cases, the most telling first."""
    chosen = typology.chosen
    if chosen.n_classes == 1:
        return "the cases show no kinds (least BIC)"
    overall = chosen.shares @ chosen.profiles
    more = chosen.profiles[kind] - overall
    order = sorted(range(len(more)), key=lambda place: (-round(float(more[place]), 9), place))
    telling = [
        table.factors[typology.columns[place]].label.lower()
        for place in order[:3]
        if more[place] > 0.1
    ]
    return f"more often {', '.join(telling)}" if telling else "few of these factors"


def _profile_findings(
    table: CaseTable, factors: Sequence[Code], kind: int, places: Sequence[int]
) -> Iterator[Finding]:
    inside = set(places)
    for code in factors:
        with_it = [place for place in table.tally(code.code_id, None).present if place in inside]
        yield Finding(
            finding_id=f"{class_id(kind)}{SEPARATOR}{code.code_id}",
            measure="typology_profile",
            label=f"{code.label}, of the cases of kind {kind + 1}",
            code_ids=(code.code_id,),
            coding_ids=table.first_passages([code.code_id], with_it),
            note=PROFILE,
            **table.share(with_it, len(places)).fields,
        )
