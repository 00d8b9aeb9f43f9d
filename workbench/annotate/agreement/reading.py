"""What a figure means, said in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.annotate.statistics.resampling import MIN_DOCUMENTS, Estimate

#: Bounds for alpha: K. Krippendorff (2004), Content Analysis, 2nd ed., section 11.4.2: rely on
#: variables of 0.800 and above; from 0.667 draw tentative conclusions only.
RELIABLE, TENTATIVE = 0.800, 0.667
#: Rarer than this, kappa and alpha are low and AC1 is high, whatever the coders do.
RARE = 0.05
FEW_DOCUMENTS = 10
FEW_MARKED = 10


def read_figure(
    prevalence: Estimate, estimates: Mapping[str, Estimate], n_marked: int, n_documents: int
) -> str:
    """One to four sentences on agreement, how far it can be relied on, and what to be wary of.

    Args:
        prevalence: Share of ratings that are marks.
        estimates: The measures.
        n_marked: Units (characters, at the level of spans) that anybody marked.
        n_documents: Documents behind it.
    """
    share = prevalence.value or 0.0
    sentences = [
        _positive(estimates.get("positive_agreement", Estimate(None)), estimates["raw_agreement"]),
        _alpha(estimates["krippendorff_alpha"], n_marked),
    ]
    if 0 < share < RARE or 1 - RARE < share < 1:
        kind = "Rare" if share < RARE else "Nearly always marked"
        sentences.append(
            f"{kind} ({share:.1%} of ratings): kappa and alpha swing with a single mark and AC1 "
            "is high whatever coders do; judge by the positive agreement and read the passages."
        )
    if n_documents < MIN_DOCUMENTS:
        sentences.append(f"From {n_documents} document(s): too few for an interval.")
    elif n_documents < FEW_DOCUMENTS:
        sentences.append(f"From {n_documents} documents only: the interval is itself uncertain.")
    return " ".join(sentence for sentence in sentences if sentence)


def _positive(positive: Estimate, raw: Estimate) -> str:
    if positive.value is not None:
        return f"Where one coder marks it, another does so in {100 * positive.value:.0f} of 100."
    if raw.value is not None:
        return f"Coders give the same rating in {100 * raw.value:.0f} of 100."
    return ""


def _alpha(alpha: Estimate, n_marked: int) -> str:
    if alpha.value is None:
        return "Every rating is the same, so agreement beyond chance cannot be computed."
    bounded = f"Alpha {alpha.value:.2f}"
    if alpha.low is not None and alpha.high is not None:
        bounded += f" ({alpha.low:.2f} to {alpha.high:.2f})"
    if n_marked < FEW_MARKED:
        return f"{bounded}, but {n_marked} unit(s) were marked: too few to judge the code."
    if alpha.low is None:
        return f"{bounded}, without an interval: take it for a first impression."
    if alpha.low >= RELIABLE:
        return f"{bounded}: reliable."
    if alpha.value >= RELIABLE:
        return f"{bounded}: reliable as it stands, but the interval reaches lower; code more twice."
    if alpha.value >= TENTATIVE:
        return f"{bounded}: good for tentative conclusions only."
    return f"{bounded}: not reliable; settle the definition with the coders, then code again."
