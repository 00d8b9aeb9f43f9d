"""Learned models of the codebook's factors: fitted, stored, applied and described.

``fit_model`` makes a model of labelled documents, ``save_model`` and ``load_model`` keep it in
a folder with its card, and ``ModelCoder`` joins what it says with what the rules say.
"""

from __future__ import annotations

from workbench.learn.models.coder import ModelCoder, load_coder
from workbench.learn.models.combining import ModelView, Suggestion, combine
from workbench.learn.models.examples import (
    Label,
    LabelledDocument,
    labelled_passage,
    labelled_review,
)
from workbench.learn.models.features.embedding import Embedder, available_minilm, load_minilm
from workbench.learn.models.fitting.fit import FitSettings, fit_model
from workbench.learn.models.store import (
    StoredModel,
    list_models,
    load_card,
    load_model,
    save_model,
    stored,
)

__all__ = [
    "Embedder",
    "FitSettings",
    "Label",
    "LabelledDocument",
    "ModelCoder",
    "ModelView",
    "StoredModel",
    "Suggestion",
    "available_minilm",
    "combine",
    "fit_model",
    "labelled_passage",
    "labelled_review",
    "list_models",
    "load_card",
    "load_coder",
    "load_minilm",
    "load_model",
    "save_model",
    "stored",
]
