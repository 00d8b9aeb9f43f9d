"""The full analysis: BERTopic with UMAP and HDBSCAN. The only door to the three."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from workbench.errors import InputError
from workbench.findings.topics.grouping.branches import Branches, branches_of, flat
from workbench.findings.topics.model import OUTLIER, Floats, Labels, TopicSettings

_N_NEIGHBOURS = 15  # the defaults of BERTopic
_N_COMPONENTS = 5
_ONE_IN = 200  # passages: the smallest topic, where the user names none
_FEWEST = 8
_NEEDED = ("bertopic", "umap", "hdbscan")


@dataclass(frozen=True, slots=True, kw_only=True)
class FullGrouping:
    """Groups by BERTopic, seeded, so that equal rows give equal groups."""

    share: float  # of the passages: the smallest topic
    nested: bool  # all branches of the tree, not the clusters that HDBSCAN takes from it

    def group(
        self, texts: Sequence[str], rows: Floats, about: Labels | None, seed: int
    ) -> Branches:
        """The groups of the rows.

        Args:
            texts: The passages, for BERTopic's own terms.
            rows: Their embeddings, of length 1.
            about: The code that guides each passage, -1 for none; None: not guided.
            seed: Of UMAP.
        """
        # Late: the three take many seconds, and are asked for by this command alone.
        from bertopic import BERTopic
        from hdbscan import HDBSCAN
        from umap import UMAP

        reduce = UMAP(
            n_neighbors=min(_N_NEIGHBOURS, len(rows) - 1),
            n_components=_N_COMPONENTS,
            min_dist=0.0,
            metric="cosine",
            random_state=seed,
            n_jobs=1,  # with a seed UMAP uses one thread; saying so keeps it from warning
        )
        smallest = max(2, round(self.share * len(rows)))
        cluster = _Clusters(
            HDBSCAN(
                min_cluster_size=smallest,
                min_samples=max(2, smallest // 2),
                core_dist_n_jobs=1,
                cluster_selection_method=method,
            )
            for method in ("eom", "leaf")
        )
        model = BERTopic(umap_model=reduce, hdbscan_model=cluster, calculate_probabilities=False)
        labels, _ = model.fit_transform(list(texts), rows, y=about)
        if not self.nested:
            return flat(np.asarray(labels, dtype=np.int64))
        return branches_of(*cluster.tree, n_rows=len(rows))


class _Clusters:
    """The clusters of most mass; the leaves of the tree where one cluster takes over half.

    In small corpora HDBSCAN often finds one cluster with nearly everything, which comes back in
    every run and tells nothing.
    """

    def __init__(self, methods: Iterable[Any]) -> None:
        self._methods = tuple(methods)
        self.labels_: Labels = np.zeros(0, dtype=np.int64)
        self._fitted: Any = None

    def fit(self, rows: Floats, y: object = None) -> _Clusters:
        """Cluster the rows; BERTopic asks for ``labels_`` afterwards."""
        del y
        for method in self._methods:
            self._fitted = method.fit(rows)
            self.labels_ = np.asarray(self._fitted.labels_, dtype=np.int64)
            sizes = np.bincount(self.labels_[self.labels_ != OUTLIER], minlength=1)
            if sizes.max() <= len(rows) / 2:
                break
        return self

    @property
    def tree(self) -> tuple[Labels, Labels]:
        """Groups and what falls out of each: smaller groups and rows; the same by both methods."""
        tree = self._fitted.condensed_tree_.to_numpy()
        return tree["parent"].astype(np.int64), tree["child"].astype(np.int64)


def full_grouping(n_passages: int, settings: TopicSettings) -> FullGrouping:
    """With the smallest topic that was asked for, or one in 200 passages, 8 or more.

    Raises:
        InputError: BERTopic is not installed.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(
            f"the full analysis of topics needs {', '.join(missing)}. Install them "
            "(pip install 'case-review-workbench[topics]'), or ask for a preview with --quick."
        )
    smallest = settings.min_passages or max(_FEWEST, n_passages // _ONE_IN)
    return FullGrouping(share=smallest / n_passages, nested=settings.chooses)
