"""What a simulation trains: any classifier, and the smallest one that is worth it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class Classifier(Protocol):
    """Learns codes from coded texts."""

    def fit(self, texts: Sequence[str], labels: NDArray[np.bool_]) -> None:
        """Forget all and learn from texts and their labels, shape (n_texts, n_codes)."""

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Probability of each code for each text, shape (n_texts, n_codes)."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Places of the texts in a space where likeness is nearness, shape (n_texts, n_dims)."""


class LinearClassifier:
    """Logistic regression over TF-IDF of words, one for each code.

    The vocabulary comes from texts without labels. A code with fewer than two positive texts is
    given its share among the texts as probability.
    """

    def __init__(
        self, background: Sequence[str], *, strength: float = 10.0, n_dims: int = 50, seed: int = 0
    ) -> None:
        """Prepare the vocabulary.

        Args:
            background: Texts whose words are known, coded or not.
            strength: Inverse of the regularisation.
            n_dims: Of the vectors.
            seed: Of the projection.
        """
        # Late: scikit-learn takes about a second, and most commands do not train.
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._strength = strength
        self._vectorizer = TfidfVectorizer(min_df=2, sublinear_tf=True, strip_accents="unicode")
        matrix = self._vectorizer.fit_transform(background)
        # A simulation asks for the same texts again and again.
        self._background, self._rows = matrix, {text: at for at, text in enumerate(background)}
        self._last: tuple[Sequence[str], Any] = ((), None)
        # One dimension less than words and texts allow, or the projection does not exist.
        n_dims = max(1, min(n_dims, matrix.shape[1] - 1, matrix.shape[0] - 1))
        self._projection = TruncatedSVD(n_components=n_dims, random_state=seed).fit(matrix)
        self._models: list[Any] = []

    def fit(self, texts: Sequence[str], labels: NDArray[np.bool_]) -> None:
        """Learn from coded texts."""
        from sklearn.linear_model import LogisticRegression

        matrix = self._matrix(texts)
        self._models = []
        for column in labels.T:
            if column.sum() < 2 or column.all():
                self._models.append(float(column.mean()) if len(column) else 0.0)
                continue
            model = LogisticRegression(
                C=self._strength, class_weight="balanced", solver="liblinear", random_state=0
            )
            self._models.append(model.fit(matrix, column))

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Of each code for each text; codes are balanced while learning, so they are too high."""
        matrix = self._matrix(texts)
        columns = [
            np.full(len(texts), model)
            if isinstance(model, float)
            else model.predict_proba(matrix)[:, 1]
            for model in self._models
        ]
        return np.stack(columns, axis=1) if columns else np.zeros((len(texts), 0))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """The texts in the space of latent semantic analysis."""
        vectors: NDArray[np.float64] = self._projection.transform(self._matrix(texts))
        return vectors

    def _matrix(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - scipy ships no types
        if all(text in self._rows for text in texts):
            return self._background[[self._rows[text] for text in texts]]
        if self._last[0] != texts:
            self._last = texts, self._vectorizer.transform(texts)
        return self._last[1]
