"""What measures of a workspace's topics are asked, and the topics that they measure."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench.findings.topics import Method, Topics, TopicSettings, Verdict
from workbench.pipeline.topics.job import TopicsRequest, find_workspace_topics
from workbench.records import Reading
from workbench.store import readings as stored
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A workspace, what its topics are compared with, and how they are found."""

    workspace: Path
    truth: Path
    n_runs: int
    quick_alone: bool

    def readings(self) -> Mapping[str, Reading]:
        """File name -> what was read."""
        with Workspace.open(self.workspace) as workspace:
            return {each.document.file_name: each for each in stored.read_readings(workspace)}

    def topics(self) -> Iterator[Topics]:
        """Topics found in each way; says which way it is, and what was found."""
        for name, request in self._requests():
            topics = find_workspace_topics(self.workspace, request).topics
            print(f"\n{name}: {in_words(topics)}")
            yield topics

    def _requests(self) -> Iterator[tuple[str, TopicsRequest]]:
        quick = TopicSettings(method=Method.QUICK, n_runs=self.n_runs)
        yield "preview", TopicsRequest(settings=quick)
        if self.quick_alone:
            return
        full = TopicSettings(n_runs=self.n_runs)
        plain = TopicSettings(n_runs=self.n_runs, by_stability=False)
        yield "full", TopicsRequest(settings=full)
        yield "full, groups of one run (--plain)", TopicsRequest(settings=plain)
        yield "full, guided by the codebook", TopicsRequest(settings=full, guided=True)


def asked(description: str | None, truth: str, truth_help: str) -> Asked:
    """What the command line asks.

    Args:
        description: Of the measure.
        truth: Name of the option for what topics are compared with.
        truth_help: What that is.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--workspace", type=Path, required=True, help="has been run")
    parser.add_argument(f"--{truth}", type=Path, required=True, help=truth_help)
    parser.add_argument("--quick", action="store_true", help="the preview alone")
    parser.add_argument("--runs", type=int, default=0, help="repeated runs for stability")
    given = parser.parse_args()
    return Asked(
        workspace=given.workspace,
        truth=getattr(given, truth),
        n_runs=given.runs,
        quick_alone=given.quick,
    )


def in_words(topics: Topics) -> str:
    """How many topics there are, how many come back, and how coherent they are."""
    verdicts = Counter(topic.stability.verdict.value for topic in topics.topics)
    told = ", ".join(f"{n} {verdict}" for verdict, n in sorted(verdicts.items()))
    stable = [each for each in topics.topics if each.stability.verdict is Verdict.STABLE]
    every = [topic.coherence for topic in topics.topics if topic.coherence is not None]
    of_stable = [topic.coherence for topic in stable if topic.coherence is not None]
    in_stable = sum(len(topic.members) for topic in stable)
    return (
        f"{len(topics.topics)} topics ({told}) in {topics.n_passages:,} passages of "
        f"{topics.n_reviews} reviews, {in_stable:,} in stable ones, {len(topics.outliers):,} in "
        f"none; mean coherence (C_NPMI) {np.mean(every):.3f}"
        + (f", of the stable ones {np.mean(of_stable):.3f}" if of_stable else "")
    )
