"""Figures of what a model said of unseen documents, with intervals by document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.learn.evaluation.pooling import Bootstrap, EvaluationSettings, divided
from workbench.learn.models.fitting.validation import Unseen

Counts = NDArray[np.float64]
MIN_SUPPORT = 5  # uses that a code needs to count in the mean over codes
_N_BINS = 10
_LEAST = 0.05  # cells below it are all but certain not to have the code


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A measure with its 95 % interval; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFigures:
    """How well one code is found."""

    code_id: str
    support: int  # segments that have it
    precision: float | None
    recall: float | None
    f1: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Cells with probabilities in one tenth."""

    n: int
    mean_probability: float
    share_right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of one set of rows."""

    n_segments: int
    n_groups: int
    support: int
    precision: float | None
    recall: float | None
    micro_f1: Share
    macro_f1: Share  # mean over codes with at least 5 uses
    n_codes: int  # in that mean
    rules_micro_f1: Share  # of the rules alone, on the same rows
    calibration_error: float  # expected, over cells with a probability of 0.05 or more
    brier: float  # over the same cells
    suggestion_calibration_error: float  # over suggested cells only
    bins: tuple[Bin, ...]
    codes: tuple[CodeFigures, ...]  # most support first

    def plain(self) -> dict[str, object]:
        """As JSON has it, rounded to four places."""
        return _rounded(asdict(self))  # type: ignore[return-value]


def figures(unseen: Unseen, settings: EvaluationSettings | None = None) -> Figures:
    """The figures of some rows.

    Sources of the calibration error and the Brier score: see
    ``workbench.learn.evaluation.codings.calibration``.
    """
    groups = sorted(set(unseen.groups))
    bootstrap = Bootstrap(groups, settings or EvaluationSettings())
    counts = _counts(unseen, unseen.chosen, groups)
    rules = _counts(unseen, unseen.ruled, groups)
    used = (unseen.probabilities >= _LEAST) & unseen.counted
    given, right = unseen.probabilities[used].astype(np.float64), unseen.targets[used]
    suggested = unseen.chosen & unseen.counted & (unseen.probabilities > 0)
    macro, n_codes = _macro(counts, bootstrap)
    hits, wrong, missed = (float(each.sum()) for each in counts)
    return Figures(
        n_segments=len(unseen.groups),
        n_groups=len(groups),
        support=int(hits + missed),
        precision=_ratio(hits, hits + wrong),
        recall=_ratio(hits, hits + missed),
        micro_f1=_f1([each.sum(axis=1) for each in counts], bootstrap),
        macro_f1=macro,
        n_codes=n_codes,
        rules_micro_f1=_f1([each.sum(axis=1) for each in rules], bootstrap),
        calibration_error=calibration_error(given, right),
        brier=float(np.mean((given - right) ** 2)) if len(given) else 0.0,
        suggestion_calibration_error=calibration_error(
            unseen.probabilities[suggested].astype(np.float64), unseen.targets[suggested]
        ),
        bins=_bins(given, right),
        codes=_codes(unseen.code_ids, counts, bootstrap),
    )


def calibration_error(given: Counts, right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten equally wide bins, 0 to 1."""
    bins = _bins(given, right)
    total = sum(each.n for each in bins)
    gaps = (each.n * abs(each.mean_probability - each.share_right) for each in bins)
    return sum(gaps) / total if total else 0.0


def _bins(given: Counts, right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    at = np.clip((given * _N_BINS).astype(int), 0, _N_BINS - 1)
    return tuple(
        Bin(
            n=int((at == i).sum()),
            mean_probability=float(given[at == i].mean()) if (at == i).any() else 0.0,
            share_right=float(right[at == i].mean()) if (at == i).any() else 0.0,
        )
        for i in range(_N_BINS)
    )


def _counts(unseen: Unseen, given: NDArray[np.bool_], groups: Sequence[str]) -> list[Counts]:
    """Hits, wrong and missed, each groups x codes."""
    position = {group: i for i, group in enumerate(groups)}
    rows = np.array([position[group] for group in unseen.groups], dtype=np.intp)
    counts: list[Counts] = []
    for cells in (
        given & unseen.targets & unseen.counted,
        given & ~unseen.targets & unseen.counted,
        ~given & unseen.targets & unseen.counted,
    ):
        total = np.zeros((len(groups), cells.shape[1]))
        np.add.at(total, rows, cells)
        counts.append(total)
    return counts


def _f1(counts: Sequence[Counts], bootstrap: Bootstrap) -> Share:
    hits, wrong, missed = counts
    parts, wholes = 2 * hits, 2 * hits + wrong + missed
    low, high = bootstrap.interval(bootstrap.ratio(list(parts), list(wholes)))
    return Share(value=_ratio(float(parts.sum()), float(wholes.sum())), low=low, high=high)


def _macro(counts: Sequence[Counts], bootstrap: Bootstrap) -> tuple[Share, int]:
    hits, wrong, missed = counts
    common = (hits + missed).sum(axis=0) >= MIN_SUPPORT
    if not common.any():
        return Share(value=None, low=None, high=None), 0
    parts, wholes = 2 * hits[:, common], (2 * hits + wrong + missed)[:, common]
    replicates = divided(bootstrap.weights @ parts, bootstrap.weights @ wholes)
    # A resample without any use of a code says nothing of that code.
    known = ~np.isnan(replicates)
    means = np.where(known, replicates, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    low, high = bootstrap.interval(means)
    value = float(np.mean(parts.sum(axis=0) / wholes.sum(axis=0)))
    return Share(value=value, low=low, high=high), int(common.sum())


def _codes(
    code_ids: Sequence[str], counts: Sequence[Counts], bootstrap: Bootstrap
) -> tuple[CodeFigures, ...]:
    found = []
    for i, code_id in enumerate(code_ids):
        own = [each[:, i] for each in counts]
        hits, wrong, missed = (float(each.sum()) for each in own)
        found.append(
            CodeFigures(
                code_id=code_id,
                support=int(hits + missed),
                precision=_ratio(hits, hits + wrong),
                recall=_ratio(hits, hits + missed),
                f1=_f1(own, bootstrap),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.support, each.code_id)))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
