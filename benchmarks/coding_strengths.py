"""How often a coding of each kind of rule is right: the scores of the rule codings.

    python -m benchmarks.coding_strengths ../shared/fiction --only D02 D04 D06 D08 D10 D12 --write

The reviews named by ``--only`` are those that no pattern was written from; with ``--write`` the
figures go into context.yaml.

Only affirmed codings count; one is right when the truth has the code affirmed in the paragraph
(pairs of ``optional_codings`` count neither way). The strength of a kind is its share of right
codings; of a kind within one code it is drawn towards that share, as if ten more codings had
been seen that were right as often as the kind is. The Brier score says how good such strengths
are for a review that was not used for them: each review is left out in turn.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.coding_quality import read_truth
from workbench.codebook import default_codebook_path, load_codebook
from workbench.coding import Coder
from workbench.coding.rules.lexicon import RuleKind
from workbench.records import Coding

Outcome = tuple[str, str, bool]  # code, kind of rule, right
_PRIOR_CODINGS = 10.0
_FEWEST = 8  # codings of a code and kind that are worth a strength of their own
_START, _END = "# strengths: made by benchmarks.coding_strengths", "# end of strengths"


def outcomes(truth: Mapping[str, Any], codings: Sequence[Coding]) -> list[Outcome]:
    """Each affirmed coding of one review: its code, its kind of rule, whether it is right."""
    wanted = {
        (c["paragraph_index"], c["code"]) for c in truth["codings"] if c["assertion"] == "affirmed"
    }
    ignored = {(c["paragraph_index"], c["code"]) for c in truth.get("optional_codings", [])}
    found = []
    for coding in codings:
        pair = (coding.segment, coding.code_id)
        if coding.assertion.value == "affirmed" and pair not in ignored - wanted:
            kind = coding.explanation.split(" '")[0].replace(" ", "_")
            found.append((coding.code_id, kind, pair in wanted))
    return found


def shares(found: Iterable[Outcome]) -> dict[str, float]:
    """The strength of each kind, and of each "code/kind" seen often enough."""
    n: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for code, kind, is_right in found:
        for key in (kind, f"{code}/{kind}"):
            n[key] += 1
            right[key] += is_right
    overall = sum(right[k] for k in n if "/" not in k) / sum(n[k] for k in n if "/" not in k)
    result = {
        kind.value: (right[kind.value] + _PRIOR_CODINGS * overall)
        / (n[kind.value] + _PRIOR_CODINGS)
        for kind in RuleKind
    }
    for key, count in n.items():
        if "/" in key and count >= _FEWEST:
            prior = result[key.split("/")[1]]
            result[key] = (right[key] + _PRIOR_CODINGS * prior) / (count + _PRIOR_CODINGS)
    return result


def brier_left_out(reviews: Sequence[Sequence[Outcome]]) -> tuple[float, float]:
    """The mean squared error of the strengths, and of one share for all, each review left out."""
    errors, plain, n = 0.0, 0.0, 0
    for index, review in enumerate(reviews):
        others = [o for other, found in enumerate(reviews) if other != index for o in found]
        table = shares(others)
        share = sum(o[2] for o in others) / len(others)
        for code, kind, is_right in review:
            errors += (table.get(f"{code}/{kind}", table[kind]) - is_right) ** 2
            plain += (share - is_right) ** 2
            n += 1
    return errors / n, plain / n


def as_yaml(table: Mapping[str, float], n_reviews: int, n_codings: int, brier: float) -> str:
    """The block of the context file."""
    lines = [
        _START,
        f"# {n_codings} affirmed codings of {n_reviews} reviews; Brier score {brier:.3f}, each",
        "# review left out in turn. A score is the share of such codings that the truths bear out.",
        "strengths:",
    ]
    lines += [f"  {key}: {value:.2f}" for key, value in sorted(table.items()) if "/" not in key]
    lines.append("code_strengths:")
    lines += [f"  {key}: {value:.2f}" for key, value in sorted(table.items()) if "/" in key]
    return "\n".join([*lines, _END])


def main() -> None:
    """Measure, print, and write on request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[""], help="parts of the paths to take")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    context = default_codebook_path().with_name("context.yaml")
    coder = Coder(load_codebook(default_codebook_path()), context)
    reviews = []
    for path in sorted(arguments.folder.rglob("truth*.json")):
        if not any(part in path.as_posix() for part in arguments.only):
            continue
        truth, document, segments = read_truth(path)
        reviews.append(outcomes(truth, coder.code(document, segments)[1]))
    brier, plain = brier_left_out(reviews)
    every = [outcome for review in reviews for outcome in review]
    block = as_yaml(shares(every), len(reviews), len(every), brier)
    print(block)
    print(f"Brier score {brier:.3f}; with one share for all {plain:.3f}")
    if arguments.write:
        text = context.read_text(encoding="utf-8")
        pattern = re.compile(re.escape(_START) + ".*?" + re.escape(_END), re.DOTALL)
        context.write_text(pattern.sub(lambda _: block, text), encoding="utf-8")


if __name__ == "__main__":
    main()
