"""What a coded sample says of all that could have been drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.sampling.records import DrawnUnit, Method, Sample
from workbench.annotate.statistics.resampling import Estimate, draw_documents, estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundShare:
    """How much of the frame has a code."""

    code_id: str  # "" for any code
    n_coded: int  # units of the sample that were coded
    n_found: int  # of these, with the code
    share: Estimate  # of the frame's units, 0-1
    n_in_frame: Estimate  # units of the frame


def estimate_shares(
    sample: Sample,
    found: Mapping[str, frozenset[str]],
    *,
    n_resamples: int = 2_000,
    seed: int = 0,
) -> tuple[FoundShare, ...]:
    """The share of the frame with any code, then with each code found, the most frequent first.

    A unit stands for 1 / its inclusion probability. Units that were drawn and not coded yet are
    taken to be like the coded ones of their stratum. Intervals: resamples of documents; where a
    code was found nowhere or everywhere, the exact bound for as many independent units as the
    weighted sample is worth.

    Args:
        sample: As it was drawn.
        found: Unit -> codes found in it, for every unit that was coded.
        n_resamples: Of the documents.
        seed: Of the resamples.

    Raises:
        ValueError: No unit of the sample was coded.

    Source: J. Hajek (1971), in Foundations of Statistical Inference, 236, for the weighted mean;
    L. Kish (1965), Survey Sampling, section 11.7, for the worth of a weighted sample; C. J.
    Clopper and E. S. Pearson (1934), Biometrika 26, 404-413, for the bound.
    """
    coded = [unit for unit in sample.units if unit.unit_id in found]
    if not coded:
        raise ValueError(f"no unit of {sample.name} was coded")
    weights = _weights(sample, coded)
    names = sorted({unit.document_id for unit in coded})
    documents = np.array([names.index(unit.document_id) for unit in coded])
    draws = draw_documents(len(names), n_resamples, seed)
    counts = Counter(code for unit in coded for code in found[unit.unit_id])
    codes = ["", *sorted(counts, key=lambda code: (-counts[code], code))]
    shares = []
    for code in codes:
        has = np.array(
            [code in found[unit.unit_id] if code else bool(found[unit.unit_id]) for unit in coded]
        )
        share = _share(has, weights, documents, draws)
        n_frame = sample.n_frame
        shares.append(
            FoundShare(
                code_id=code,
                n_coded=len(coded),
                n_found=int(has.sum()),
                share=share,
                n_in_frame=Estimate(
                    *(None if bound is None else bound * n_frame for bound in share)
                ),
            )
        )
    return tuple(shares)


def _weights(sample: Sample, coded: Sequence[DrawnUnit]) -> NDArray[np.float64]:
    """1 / probability, lifted by what of the stratum was not coded yet."""

    def stratum(unit: DrawnUnit) -> str:
        return unit.stratum if sample.method is Method.STRATIFIED else ""

    n_drawn, n_coded = Counter(map(stratum, sample.units)), Counter(map(stratum, coded))
    return np.array(
        [
            n_drawn[stratum(unit)] / n_coded[stratum(unit)] / unit.inclusion_probability
            for unit in coded
        ]
    )


def _share(
    has: NDArray[np.bool_],
    weights: NDArray[np.float64],
    documents: NDArray[np.int64],
    draws: NDArray[np.float64],
) -> Estimate:
    if not has.any() or has.all():
        worth = float(weights.sum() ** 2 / (weights**2).sum())
        bound = 0.025 ** (1 / worth)
        return Estimate(1.0, bound, 1.0) if has.all() else Estimate(0.0, 0.0, 1 - bound)
    n_documents = draws.shape[1]
    above, below = np.zeros(n_documents), np.zeros(n_documents)
    np.add.at(above, documents, weights * has)
    np.add.at(below, documents, weights)
    resampled = (draws @ above) / (draws @ below)
    return estimate(float(above.sum() / below.sum()), resampled, n_documents)
