"""MiniLM with low-rank adapters and one output for each code, in plain torch.

Source: Hu et al. (2022), LoRA: low-rank adaptation of large language models.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional

N_LAYERS, N_HEADS, WIDTH = 6, 12, 384
RANK, SCALE = 16, 1.0  # a weight becomes W + SCALE * B A
_DROPOUT, _HEAD_DROPOUT = 0.1, 0.2
#: Of a layer: name here -> name in MiniLM's file.
LINEARS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
NORMS = {"after_mixed": "attention.output.LayerNorm", "after_narrow": "output.LayerNorm"}
Weights = Mapping[str, Any]  # numpy arrays by MiniLM's names
Parts = Any  # a ModuleDict, whose items have the types that were put in


class Adapted(nn.Module):
    """A linear map whose matrix is frozen but for a product of two thin ones."""

    def __init__(self, matrix: torch.Tensor, bias: torch.Tensor) -> None:
        super().__init__()
        self.matrix = nn.Parameter(matrix, requires_grad=False)
        self.bias = nn.Parameter(bias)
        self.down = nn.Parameter(torch.randn(RANK, matrix.shape[1]) / math.sqrt(matrix.shape[1]))
        self.up = nn.Parameter(torch.zeros(matrix.shape[0], RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The map with its adapter."""
        whole = torch.addmm(self.matrix, self.up, self.down, alpha=SCALE)
        return functional.linear(x, whole, self.bias)


class Network(nn.Module):
    """Token numbers to one log-odds a code; the text is read as the mean of its tokens."""

    def __init__(self, weights: Weights, n_codes: int) -> None:
        super().__init__()
        self._tokens = nn.Parameter(
            _tensor(weights, "embeddings.word_embeddings.weight"), requires_grad=False
        )
        self._places = nn.Parameter(
            _tensor(weights, "embeddings.position_embeddings.weight"), requires_grad=False
        )
        self._type = nn.Parameter(
            _tensor(weights, "embeddings.token_type_embeddings.weight")[0], requires_grad=False
        )
        self.first = _norm(weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(_layer(weights, i) for i in range(N_LAYERS))
        self.head = nn.Linear(WIDTH, n_codes)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -4.0)

    def forward(self, ids: torch.Tensor, is_token: torch.Tensor) -> torch.Tensor:
        """Texts x codes."""
        state = self.first(self._tokens[ids] + self._places[: ids.shape[1]] + self._type)
        state = self._dropped(state)
        absent = torch.where(is_token, 0.0, -1e9)[:, None, None, :]
        layer: Parts
        for layer in self.layers:
            state = self._through(layer, state, absent)
        shares = is_token[:, :, None].to(state.dtype)
        mean = (state * shares).sum(1) / shares.sum(1)
        scores: torch.Tensor = self.head(functional.dropout(mean, _HEAD_DROPOUT, self.training))
        return scores

    def _through(self, layer: Parts, state: torch.Tensor, absent: torch.Tensor) -> torch.Tensor:
        n, length, _ = state.shape
        query, key, value = (
            layer[name](state).view(n, length, N_HEADS, -1).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        # Written out: the fused attention of torch is not deterministic backwards.
        looks = query @ key.transpose(2, 3) / math.sqrt(WIDTH / N_HEADS) + absent
        seen = self._dropped(torch.softmax(looks, -1)) @ value
        mixed = layer["mixed"](seen.transpose(1, 2).reshape(n, length, WIDTH))
        state = layer["after_mixed"](state + self._dropped(mixed))
        narrow = layer["narrow"](functional.gelu(layer["wide"](state)))
        after: torch.Tensor = layer["after_narrow"](state + self._dropped(narrow))
        return after

    def _dropped(self, x: torch.Tensor) -> torch.Tensor:
        return functional.dropout(x, _DROPOUT, self.training)

    def adapter(self) -> dict[str, Any]:
        """What was learned, as 16-bit numpy arrays by MiniLM's names."""
        found: dict[str, torch.Tensor] = {"head.weight": self.head.weight}
        found |= {"head.bias": self.head.bias, **_learned("embeddings.LayerNorm", self.first)}
        layer: Parts
        for i, layer in enumerate(self.layers):
            for name, theirs in LINEARS.items():
                prefix = f"encoder.layer.{i}.{theirs}"
                found[f"{prefix}.up"], found[f"{prefix}.down"] = layer[name].up, layer[name].down
                found[f"{prefix}.bias"] = layer[name].bias
            for name, theirs in NORMS.items():
                found |= _learned(f"encoder.layer.{i}.{theirs}", layer[name])
        return {key: value.detach().cpu().numpy().astype("float16") for key, value in found.items()}


def _layer(weights: Weights, number: int) -> nn.ModuleDict:
    prefix = f"encoder.layer.{number}."
    parts: dict[str, nn.Module] = {
        name: Adapted(
            _tensor(weights, f"{prefix}{theirs}.weight"), _tensor(weights, f"{prefix}{theirs}.bias")
        )
        for name, theirs in LINEARS.items()
    }
    parts |= {name: _norm(weights, prefix + theirs) for name, theirs in NORMS.items()}
    return nn.ModuleDict(parts)


def _norm(weights: Weights, name: str) -> nn.LayerNorm:
    norm = nn.LayerNorm(WIDTH, eps=1e-12)
    norm.weight.data = _tensor(weights, f"{name}.weight")
    norm.bias.data = _tensor(weights, f"{name}.bias")
    return norm


def _learned(name: str, norm: nn.LayerNorm) -> dict[str, torch.Tensor]:
    return {f"{name}.weight": norm.weight, f"{name}.bias": norm.bias}


def _tensor(weights: Weights, name: str) -> torch.Tensor:
    return torch.tensor(weights[name].astype("float32"))
