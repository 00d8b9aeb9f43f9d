"""Topics of letters, and factors, against themes that the letters state.

    python -m benchmarks.topics_letters --workspace WORKSPACE --themes themes.csv

The workspace has been run (``workbench run``). ``themes.csv`` has the columns ``file`` and
``theme``; files without a theme are left out. Only figures are printed, never words of a letter.

A document's dominant topic is the one with most of its passages, each weighted by how few of the
documents have the topic (inverse document frequency): what every letter has says nothing of one. It
is compared with the theme by normalised mutual information (arithmetic mean; Strehl and Ghosh 2002)
and by the adjusted Rand index (Hubert and Arabie 1985), and both with themes dealt out anew (1,000
permutations). Passages are compared in the same way, with themes dealt out to whole documents,
since passages of one letter are alike.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.topics_asked import asked
from workbench.findings.patterns.log_odds import distinctive
from workbench.findings.topics import Topics
from workbench.records import Assertion, Reading

N_PERMUTATIONS = 1_000
SEED = 20_240_229
MIN_LETTERS = 2  # a theme of one letter cannot be found again
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two groupings of the same things: how alike, and how alike by chance."""

    nmi: float
    ari: float
    nmi_by_chance: float  # mean over permutations
    ari_by_chance: float
    p_nmi: float  # share of permutations that are as much alike, the observed one included
    p_ari: float

    @property
    def in_words(self) -> str:
        """The figures on one line."""
        return (
            f"NMI {self.nmi:.3f} (by chance {self.nmi_by_chance:.3f}, p {self.p_nmi:.3f}), "
            f"ARI {self.ari:.3f} (by chance {self.ari_by_chance:.3f}, p {self.p_ari:.3f})"
        )


def main() -> None:
    """Print the figures."""
    wanted = asked(__doc__, "themes", "CSV: columns file and theme")
    readings = wanted.readings()
    themes = themes_of(wanted.truth, readings)
    for topics in wanted.topics():
        _print_themes(topics, themes)
    _print_factors(readings, themes)


def themes_of(path: Path, readings: Mapping[str, Reading]) -> dict[str, str]:
    """Document id -> theme, for the letters whose theme two letters or more have."""
    with path.open(encoding="utf-8", newline="") as table:
        rows = [(row["file"], row["theme"]) for row in csv.DictReader(table) if row["theme"]]
    known = {readings[name].document.document_id: theme for name, theme in rows if name in readings}
    n_of = Counter(known.values())
    return {key: theme for key, theme in known.items() if n_of[theme] >= MIN_LETTERS}


def _print_themes(topics: Topics, themes: Mapping[str, str]) -> None:
    documents = sorted(themes)
    of_document = np.array([themes[each] for each in documents])
    counts = np.array(
        [
            [sum(m.document_id == each for m in topic.members) for topic in topics.topics]
            for each in documents
        ],
        dtype=np.float64,
    )
    weighted = counts * np.log((1 + len(documents)) / (1 + np.count_nonzero(counts, axis=0)))
    dominant = weighted.argmax(axis=1)
    found = agreement(dominant, _numbered(of_document), np.arange(len(documents)))
    print(f"  dominant topic of {len(documents)} documents and theme: {found.in_words}")
    near, chance, p_value = nearest_neighbours(weighted, of_document)
    print(
        f"  documents whose most similar one (by topics) has the same theme: {near:.3f} "
        f"(by chance {chance:.3f}, p {p_value:.3f})"
    )
    place = {each: number for number, each in enumerate(documents)}
    members = [
        (place[member.document_id], number)
        for number, topic in enumerate(topics.topics)
        for member in topic.members
        if member.document_id in place
    ]
    of_passage = np.array([document for document, _ in members])
    topic_of = np.array([number for _, number in members])
    found = agreement(topic_of, _numbered(of_document), of_passage)
    print(f"  topic of {len(members):,} passages in topics and theme: {found.in_words}")


def _numbered(names: NDArray[np.str_]) -> Labels:
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def agreement(topics: Labels, themes: Labels, document_of: Labels) -> Agreement:
    """How alike topics and themes are, against themes dealt out anew to whole documents.

    Args:
        topics: Of each thing.
        themes: Of each document.
        document_of: The document of each thing.
    """
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    def both(of_documents: Labels) -> tuple[float, float]:
        theme = of_documents[document_of]
        return normalized_mutual_info_score(theme, topics), adjusted_rand_score(theme, topics)

    observed = np.array(both(themes))
    draw = np.random.default_rng(SEED)
    dealt = np.array([both(draw.permutation(themes)) for _ in range(N_PERMUTATIONS)])
    p_values = (1 + (dealt >= observed - 1e-12).sum(axis=0)) / (N_PERMUTATIONS + 1)
    return Agreement(
        nmi=float(observed[0]),
        ari=float(observed[1]),
        nmi_by_chance=float(dealt[:, 0].mean()),
        ari_by_chance=float(dealt[:, 1].mean()),
        p_nmi=float(p_values[0]),
        p_ari=float(p_values[1]),
    )


def nearest_neighbours(
    rows: NDArray[np.float64], themes: NDArray[np.str_]
) -> tuple[float, float, float]:
    """Share of rows whose nearest other row (cosine) has their theme; by chance; p."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units = rows / np.where(lengths > 0, lengths, 1)
    likeness = units @ units.T
    np.fill_diagonal(likeness, -1)
    nearest = likeness.argmax(axis=1)
    observed = float(np.mean(themes == themes[nearest]))
    draw = np.random.default_rng(SEED)
    dealt = [
        float(np.mean(each == each[nearest]))
        for each in (draw.permutation(themes) for _ in range(N_PERMUTATIONS))
    ]
    p_value = (1 + sum(each >= observed for each in dealt)) / (N_PERMUTATIONS + 1)
    return observed, float(np.mean(dealt)), p_value


def _print_factors(readings: Mapping[str, Reading], themes: Mapping[str, str]) -> None:
    """For each theme the factors that its letters speak of more than the others do."""
    uses = {
        reading.document.document_id: Counter(
            coding.code_id
            for coding in reading.codings
            if coding.assertion is not Assertion.NEGATED
        )
        for reading in readings.values()
    }
    print("\nfactors that letters of a theme speak of more than the others (log-odds, z)")
    for theme in sorted(set(themes.values())):
        inside = _summed(uses[each] for each, of in themes.items() if of == theme)
        others = _summed(uses[each] for each, of in themes.items() if of != theme)
        found = sorted(distinctive(inside, others).items(), key=lambda item: -item[1].z)
        n_letters = sum(of == theme for of in themes.values())
        top = ", ".join(f"{code} {each.z:.1f}" for code, each in found[:3])
        print(f"  {theme} ({n_letters} letters): {top}")


def _summed(counts: Iterable[Counter[str]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for each in counts:
        whole += each
    return whole


if __name__ == "__main__":
    main()
