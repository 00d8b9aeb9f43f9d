"""Words a second of the whole coder: rules, and a model with its embeddings, nothing kept.

    python -m benchmarks.learning.speed [--model models/starter-1] [--every 6]

Every nth fictional review is coded once by one thread; the first text is read before the clock
starts, so that loading is not counted. Processor time is counted, not the clock on the wall: the
machine may be in use by others. Two processes on two cores do twice as much, since nothing is
shared between documents.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.learning import material
from workbench.codebook import default_codebook_path
from workbench.coding import Coder
from workbench.learn.models import load_coder, load_minilm


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=material.ROOT / "models" / "starter-1")
    parser.add_argument("--every", type=int, default=6)
    arguments = parser.parse_args()
    codes = material.codebook()
    rules = Coder(codes, default_codebook_path().with_name("context.yaml"))
    reviews = [each for each in material.labelled(codes) if each.kind == "review"]
    chosen = reviews[1 :: arguments.every]
    n_words = sum(len(s.text.split()) for review in chosen for s in review.segments)
    print(f"{len(chosen)} reviews, {n_words} words")
    for name, embedder in (("lexical", None), ("embedding", load_minilm())):
        coder = load_coder(arguments.model, codes, embedder)
        first = reviews[0]
        coder.suggest(first.document, first.segments[:20], ())
        by_rules = by_model = 0.0
        for review in chosen:
            start = time.process_time()
            people, codings = rules.code(review.document, review.segments)
            middle = time.process_time()
            coder.suggest(review.document, review.segments, codings, people)
            by_rules += middle - start
            by_model += time.process_time() - middle
        total = by_rules + by_model
        print(
            f"{name}: rules {n_words / by_rules:.0f}, model {n_words / by_model:.0f}, "
            f"both {n_words / total:.0f} words a second of one core; two cores "
            f"{2 * n_words / total:.0f}"
        )


if __name__ == "__main__":
    main()
