"""Tunes adapters on what ``prepare`` wrote: one for use, the others for honest scores.

    python -m benchmarks.learning.tuning.fit FOLDER OUT            # a graphics processor: minutes
    python -m benchmarks.learning.tuning.fit FOLDER OUT --twice    # one fit twice: are they equal?

Fits leave out one fold of documents ("0" to "4"), two ("01" to "34", for figures whose every
part is honest), or none ("full"). Each writes its scores of the documents that it left out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

N_FOLDS = 5
N_AT_ONCE = 4
_EPOCHS, _BATCH, _RATE, _HEAD_RATE, _WARM = 10, 64, 2e-3, 3e-3, 0.1
_DECAY, _CLIP = 0.01, 1.0
_CHUNKS = 32  # batches whose texts are sorted by length together
Rows = Any  # numpy arrays
Learner = Any  # the network; its module imports torch, which this one does late


def tasks() -> list[str]:
    """All fits, the most needed first."""
    single = [str(fold) for fold in range(N_FOLDS)]
    return ["full", *single, *("".join(pair) for pair in combinations(single, 2))]


def batches(lengths: Rows, rows: Rows, generator: np.random.Generator | None) -> list[Rows]:
    """Rows in batches of like length; shuffled when there is a generator."""
    if generator is not None:
        rows = generator.permutation(rows)
    found: list[Rows] = []
    for start in range(0, len(rows), _BATCH * _CHUNKS):
        chunk = rows[start : start + _BATCH * _CHUNKS]
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        found += [chunk[i : i + _BATCH] for i in range(0, len(chunk), _BATCH)]
    if generator is not None:
        found = [found[i] for i in generator.permutation(len(found))]
    return found


class Material:
    """Texts as token numbers, on the device."""

    def __init__(self, folder: Path, device: str) -> None:
        import torch

        with np.load(folder / "data.npz") as kept:
            self.arrays = {name: kept[name] for name in kept.files}
        with np.load(folder / "weights.npz") as kept:
            self.weights = {name: kept[name] for name in kept.files}
        ends = self.arrays["ends"]
        starts = np.concatenate([[0], ends[:-1]])
        self.lengths = ends - starts
        ids = np.zeros((len(ends), int(self.lengths.max())), dtype=np.int64)
        for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
            ids[i, : end - start] = self.arrays["flat"][start:end]
        self._ids = torch.tensor(ids, device=device)
        self._n = torch.tensor(self.lengths, device=device)
        self.targets = torch.tensor(self.arrays["targets"], device=device, dtype=torch.float32)
        self.counted = torch.tensor(self.arrays["counted"], device=device, dtype=torch.float32)
        self.row_weights = torch.tensor(self.arrays["weights"], device=device, dtype=torch.float32)

    def texts(self, rows: Rows) -> tuple[Any, Any]:
        """Token numbers, and which places hold a token."""
        import torch

        width = int(self.lengths[rows].max())
        places = torch.arange(width, device=self._ids.device)[None]
        at = torch.tensor(rows, device=self._ids.device)
        return self._ids[at, :width], places < self._n[at][:, None]


def fit(folder: Path, task: str, device: str) -> tuple[dict[str, Any], Rows, Rows]:
    """The adapter of a task, and its scores of the rows that it left out."""
    import torch

    from benchmarks.learning.tuning.network import Network

    torch.use_deterministic_algorithms(True)
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(0)
    material = Material(folder, device)
    folds = material.arrays["folds"]
    left_out = [] if task == "full" else [int(fold) for fold in task]
    seen, unseen = (
        np.flatnonzero(~np.isin(folds, left_out)),
        np.flatnonzero(np.isin(folds, left_out)),
    )
    network: Learner = Network(material.weights, material.targets.shape[1]).to(device)
    _descend(network, material, seen)
    return network.adapter(), unseen, _score(network, material, unseen)


def _descend(network: Learner, material: Material, rows: Rows) -> None:
    import torch
    from torch.nn import functional

    learned = [each for each in network.parameters() if each.requires_grad]
    head = {id(each) for each in network.head.parameters()}
    optimiser = torch.optim.AdamW(
        [
            {"params": [each for each in learned if id(each) not in head], "lr": _RATE},
            {"params": list(network.head.parameters()), "lr": _HEAD_RATE},
        ],
        weight_decay=_DECAY,
        fused=True,
    )
    generator = np.random.default_rng(0)
    total = _EPOCHS * len(batches(material.lengths, rows, None))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (_WARM * total)) * (total - step) / total
    )
    network.train()
    for _ in range(_EPOCHS):
        for batch in batches(material.lengths, rows, generator):
            at = torch.tensor(batch, device=material.targets.device)
            loss = functional.binary_cross_entropy_with_logits(
                network(*material.texts(batch)), material.targets[at], reduction="none"
            )
            weights = material.row_weights[at]
            loss = ((loss * material.counted[at]).sum(1) * weights).sum() / weights.sum()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learned, _CLIP)
            optimiser.step()
            schedule.step()


def _score(network: Learner, material: Material, rows: Rows) -> Rows:
    import torch

    network.eval()
    torch.set_float32_matmul_precision("highest")  # as the program reads texts later
    scores = np.zeros((len(rows), material.targets.shape[1]), dtype=np.float16)
    place = {row: i for i, row in enumerate(rows.tolist())}
    with torch.no_grad():
        for batch in batches(material.lengths, rows, None):
            found = network(*material.texts(batch)).cpu().numpy()
            scores[[place[row] for row in batch.tolist()]] = found
    return scores


def run_all(folder: Path, out: Path, parts: Path) -> None:
    """All tasks, some at once; ``out`` always holds what is done."""
    waiting, running = tasks(), dict[str, subprocess.Popen[bytes]]()
    done: list[str] = []
    start = time.monotonic()
    while waiting or running:
        while waiting and len(running) < N_AT_ONCE:
            task = waiting.pop(0)
            command = [sys.executable, "-m", "benchmarks.learning.tuning.fit", str(folder)]
            running[task] = subprocess.Popen([*command, str(parts), "--task", task])
        ended = [task for task, process in running.items() if process.poll() is not None]
        for task in ended:
            if running.pop(task).returncode == 0:
                done.append(task)
                print(f"{task}: {time.monotonic() - start:.0f} s", flush=True)
        if ended:
            _gather(done, parts, out)
        time.sleep(0.2)


def _gather(done: list[str], parts: Path, out: Path) -> None:
    adapters, scores = dict[str, Rows](), dict[str, Rows]()
    for task in done:
        with np.load(parts / f"{task}.npz") as kept:
            for name in kept.files:
                if name in ("rows", "scores"):
                    scores[f"{task}.{name}"] = kept[name]
                elif len(task) != 2:  # two folds left out: only for figures
                    adapters[f"{task}/{name}"] = kept[name]
    np.savez_compressed(out / "adapters.npz", **adapters)
    np.savez_compressed(out / "scores.npz", **scores)


def main() -> None:
    """Fit one task or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--task")
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--device", default="cuda")
    arguments = parser.parse_args()
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.twice:
        one, other = (fit(arguments.folder, "0", arguments.device) for _ in range(2))
        equal = all(np.array_equal(one[0][name], other[0][name]) for name in one[0])
        print(f"two fits are equal: {equal}")
    elif arguments.task:
        adapter, rows, scores = fit(arguments.folder, arguments.task, arguments.device)
        np.savez(arguments.out / f"{arguments.task}.npz", rows=rows, scores=scores, **adapter)
    else:
        run_all(arguments.folder, arguments.out, Path(tempfile.mkdtemp()))


if __name__ == "__main__":
    main()
