"""How often a coding of each kind of rule is right: the scores of the rule codings.

    python -m benchmarks.coding_strengths corpora/demo/truth --half even --write
    python -m benchmarks.coding_strengths corpora/demo/truth --half odd     # how good for others
    python -m benchmarks.coding_strengths --passages training.jsonl --write
    python -m benchmarks.coding_strengths --passages double_coded.jsonl

Patterns are written on the odd half of the demonstration corpus, so strengths come from the even
one (D02, D04, ...): on reviews that patterns were written from, rules look better than they are.
Strengths for letters and coroners' reports come from real coded passages; with ``--write`` the
figures go into context.yaml.

Counted are pairs of paragraph and code with an affirmed coding, by the coding with the highest
score; one is right when the truth has the code affirmed there (pairs of ``optional_codings``
count neither way). The strength of a kind is its share of right pairs, drawn towards the share
of all as if ten more had been seen; of a kind within one code it is drawn towards the kind's.

Printed are the Brier score and the expected calibration error (ten bins of equal width) of the
scores in use now, and of strengths made anew with each document left out in turn.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from benchmarks.coding_quality import Pair, read_passages, read_truth
from workbench.codebook import default_codebook_path, load_codebook
from workbench.coding import Coder
from workbench.coding.rules.lexicon import RuleKind
from workbench.records import Coding

_PRIOR_PAIRS = 10.0
_FEWEST = 8  # pairs of a code and kind that are worth a strength of their own
_BINS = 10
_MARKS = {
    "strengths": ("# strengths: made by benchmarks.coding_strengths", "# end of strengths"),
    "letters": ("# letters: made by benchmarks.coding_strengths", "# end of letters"),
}


class Outcome(NamedTuple):
    """One affirmed pair of paragraph and code."""

    code_id: str
    kind: str
    score: float
    is_right: bool


def outcomes(wanted: Set[Pair], ignored: Set[Pair], codings: Sequence[Coding]) -> list[Outcome]:
    """The affirmed pairs of one document, each by its strongest coding."""
    best: dict[Pair, Coding] = {}
    for coding in codings:
        pair = (coding.segment, coding.code_id)
        rival = best.get(pair)
        if coding.assertion.value == "affirmed" and (not rival or coding.score > rival.score):
            best[pair] = coding
    return [
        Outcome(pair[1], coding.explanation.split(" '")[0].replace(" ", "_"), coding.score,
                pair in wanted)
        for pair, coding in sorted(best.items())
        if pair not in ignored - wanted
    ]  # fmt: skip


def shares(found: Iterable[Outcome]) -> dict[str, float]:
    """The strength of each kind, and of each "code/kind" seen often enough."""
    n: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for outcome in found:
        for key in (outcome.kind, f"{outcome.code_id}/{outcome.kind}"):
            n[key] += 1
            right[key] += outcome.is_right
    overall = sum(right[k] for k in n if "/" not in k) / sum(n[k] for k in n if "/" not in k)
    result = {
        kind.value: (right[kind.value] + _PRIOR_PAIRS * overall) / (n[kind.value] + _PRIOR_PAIRS)
        for kind in RuleKind
    }
    for key, count in n.items():
        if "/" in key and count >= _FEWEST:
            prior = result[key.split("/")[1]]
            result[key] = (right[key] + _PRIOR_PAIRS * prior) / (count + _PRIOR_PAIRS)
    return result


def left_out(documents: Sequence[Sequence[Outcome]]) -> list[Outcome]:
    """The pairs with scores from strengths of all other documents."""
    scored = []
    for index, document in enumerate(documents):
        table = shares(o for i, found in enumerate(documents) if i != index for o in found)
        for o in document:
            scored.append(o._replace(score=table.get(f"{o.code_id}/{o.kind}", table[o.kind])))
    return scored


def brier(found: Sequence[Outcome]) -> float:
    """The mean squared error of the scores."""
    return sum((o.score - o.is_right) ** 2 for o in found) / len(found)


def calibration_error(found: Sequence[Outcome]) -> float:
    """The expected calibration error: the gap of score and share of right, by weight of bin."""
    bins: dict[int, list[Outcome]] = defaultdict(list)
    for outcome in found:
        bins[min(int(outcome.score * _BINS), _BINS - 1)].append(outcome)
    gaps = (abs(sum(o.score - o.is_right for o in members)) for members in bins.values())
    return sum(gaps) / len(found)


def as_yaml(table: Mapping[str, float], name: str, source: str) -> str:
    """The block of the context file."""
    start, end = _MARKS[name]
    pad = "  " if name == "letters" else ""
    lines = [
        start,
        f"# {source}. A score is the share of such",
        "# pairs that the truth bears out.",
    ]
    lines += [f"{name}:"] if pad else []
    lines.append(f"{pad}strengths:")
    lines += [f"{pad}  {k}: {v:.2f}" for k, v in sorted(table.items()) if "/" not in k]
    lines.append(f"{pad}code_strengths:")
    lines += [f"{pad}  {k}: {v:.2f}" for k, v in sorted(table.items()) if "/" in k]
    return "\n".join([*lines, end])


def _of_reviews(folder: Path, half: str, coder: Coder) -> list[list[Outcome]]:
    found = []
    for path in sorted(folder.rglob("D*.json")):
        number = int("".join(filter(str.isdigit, path.name[1:3])))
        if half != "both" and (number % 2 == 1) != (half == "odd"):
            continue
        truth, document, segments = read_truth(path)
        wanted = {
            (c["paragraph_index"], c["code"])
            for c in truth["codings"]
            if c["assertion"] == "affirmed"
        }
        ignored = {(c["paragraph_index"], c["code"]) for c in truth.get("optional_codings", [])}
        found.append(outcomes(wanted, ignored, coder.code(document, segments)[1]))
    return found


def _of_passages(path: Path, coder: Coder) -> list[list[Outcome]]:
    """The pairs of the passages, those of one document together."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for record, document, segment in read_passages(path):
        wanted = {(0, c["code"]) for c in record["codings"] if c["assertion"] == "affirmed"}
        found[str(record["doc"])] += outcomes(wanted, set(), coder.code(document, (segment,))[1])
    return list(found.values())


def main() -> None:
    """Measure, print, and write on request."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--half", choices=["even", "odd", "both"], default="even")
    parser.add_argument("--passages", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    context = default_codebook_path().with_name("context.yaml")
    coder = Coder(load_codebook(default_codebook_path()), context)
    if arguments.passages:
        name, what = "letters", "documents with coded passages"
        documents = _of_passages(arguments.passages, coder)
    else:
        name, what = "strengths", "reviews"
        documents = _of_reviews(arguments.folder, arguments.half, coder)
    every = [outcome for document in documents for outcome in document]
    anew = left_out(documents)
    print(f"{len(every)} affirmed pairs of {len(documents)} {what}")
    for title, found in (("scores in use", every), ("made anew, document left out", anew)):
        print(
            f"  {title}: Brier {brier(found):.3f}, calibration error {calibration_error(found):.3f}"
        )
    if arguments.write:
        source = f"{len(every)} affirmed pairs of {len(documents)} {what}"
        start, end = _MARKS[name]
        pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
        text = context.read_text(encoding="utf-8")
        block = as_yaml(shares(every), name, source)
        context.write_text(pattern.sub(lambda _: block, text), encoding="utf-8")


if __name__ == "__main__":
    main()
