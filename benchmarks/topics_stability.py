"""Topics: how long the preview and the full analysis take, and what null data are called.

    python -m benchmarks.topics_stability                 # the preview and null data
    python -m benchmarks.topics_stability --full          # and the full analysis, for the ratio

Passages are made up: words of 40 themes with words of every day, and rows around the centre of each
theme. In the null data the rows have no centre: every topic is a product of the method.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np

from workbench.findings.topics import Method, TopicPassage, Topics, TopicSettings, find_topics
from workbench.findings.topics.model import Floats

N_PASSAGES, N_THEMES, N_REVIEWS, N_DIMENSIONS = 5_000, 40, 100, 384


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Passages and their rows."""

    passages: list[TopicPassage]
    rows: Floats


def made(n_passages: int, spread: float, *, null: bool, seed: int = 11) -> Made:
    """Passages of 60 words; ``spread`` is the length of the noise beside a centre of length 1."""
    draw = np.random.default_rng(seed)
    centres = draw.normal(size=(N_THEMES, N_DIMENSIONS))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    noise = draw.normal(size=(n_passages, N_DIMENSIONS)) * spread / np.sqrt(N_DIMENSIONS)
    theme = draw.integers(N_THEMES, size=n_passages)
    rows = noise if null else centres[theme] + noise
    passages = [
        TopicPassage(
            document_id=f"{number % N_REVIEWS:03d}",
            ordinal=number,
            review=f"review-{number % N_REVIEWS}",
            text=_text(draw, -1 if null else int(theme[number])),
            codes=(f"code{theme[number]}",) if theme[number] % 2 else (),
            year=2010 + number % 12,
        )
        for number in range(n_passages)
    ]
    return Made(passages=passages, rows=rows.astype(np.float32))


def _text(draw: np.random.Generator, theme: int) -> str:
    common = [f"word{_letters(each)}" for each in draw.zipf(1.3, 50) % 4_000]
    of_theme = [f"theme{_letters(theme)}{_letters(each)}" for each in draw.integers(12, size=10)]
    return " ".join([*common, *of_theme] if theme >= 0 else common)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(abs(int(number))))


def measured(material: Made, settings: TopicSettings) -> tuple[Topics, float, float]:
    """The topics, wall seconds and seconds of processor time."""
    wall, processor = time.perf_counter(), time.process_time()
    topics = find_topics(material.passages, material.rows, settings)
    return topics, time.perf_counter() - wall, time.process_time() - processor


def _say(name: str, topics: Topics, wall: float, processor: float) -> None:
    verdicts = Counter(topic.stability.verdict.value for topic in topics.topics)
    said = ", ".join(f"{n} {verdict}" for verdict, n in sorted(verdicts.items()))
    print(
        f"{name}: {topics.n_passages:,} passages, {len(topics.topics)} topics ({said}), "
        f"{len(topics.outliers):,} in none; {wall:.1f} s wall, {processor:.1f} s of processor"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="time the full analysis too")
    parser.add_argument("--passages", type=int, default=N_PASSAGES)
    wanted = parser.parse_args()
    real = made(wanted.passages, spread=1.0, null=False)
    null = made(wanted.passages, spread=1.0, null=True)
    alone = TopicSettings(method=Method.QUICK, n_runs=0)
    quick = measured(real, alone)
    _say("preview, no repeated runs", *quick)
    repeated = TopicSettings(method=Method.QUICK, n_runs=5)
    _say("preview, 15 repeated runs", *measured(real, repeated))
    _say("preview on null data", *measured(null, repeated))
    if wanted.full:
        find_topics(*_small())  # numba compiles what it needs before the clock starts
        full = measured(real, TopicSettings(n_runs=0))
        _say("full, no repeated runs", *full)
        print(f"full by preview: {full[2] / quick[2]:.0f} times the processor time")
        _say("full on null data", *measured(null, TopicSettings(n_runs=1)))


def _small() -> tuple[list[TopicPassage], Floats, TopicSettings]:
    material = made(200, spread=1.0, null=False)
    return material.passages, material.rows, TopicSettings(n_runs=0)


if __name__ == "__main__":
    main()
