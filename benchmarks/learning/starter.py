"""Fits the starter model on all labelled documents and writes it with its card.

python -m benchmarks.learning.tuning.prepare DATA
python -m benchmarks.learning.tuning.fit DATA TUNED
python -m benchmarks.learning.measure --tuned TUNED --keep KEPT
python -m benchmarks.learning.starter --tuned TUNED --kept KEPT [--out models/starter-1]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.learning import material
from benchmarks.learning.measure import PASSAGES, REVIEWS, kept
from benchmarks.learning.tuning.scores import TunedScores
from workbench.learn.models import FitSettings, fit_model, load_card, save_model
from workbench.learn.models.card import card_text, make_card
from workbench.learn.models.fitting.validation import Unseen, joined
from workbench.learn.models.store import CARD_TEXT_NAME
from workbench.pipeline.coders.plan import RULES_ONLY, CombinedCoder, coder_plan
from workbench.pipeline.coders.training import trained_on

NOTES = {
    "data": (
        "Fictional reviews of the demonstration corpus, each written and coded by one machine "
        "author, and passages of public coroners' reports and inspection letters, coded by "
        "machine coders under a written guide. No human expert coded anything: figures say how "
        "well the model agrees with such coders.",
    ),
    "method": (
        "Each sentence is scored for each code twice: by ridge regression over TF-IDF of words, "
        "pairs and character runs, and (variant `embedding`) by MiniLM whose matrices were tuned "
        "on the codes by low-rank adapters. One logistic regression over all codes weighs the "
        "best sentence's scores with what the rules found, the length and the section; it learns "
        "from scores of documents that their scorers did not see. An isotonic curve makes its "
        "output a probability, and each code has a threshold that is drawn towards the common one "
        "the fewer examples it has; passages without a document have their own curve and "
        "thresholds.",
        "",
        "The file holds weights and a vocabulary: words that at least three documents print in "
        "lower case, pairs and character runs that at least three documents share after names "
        "were taken out. It holds no sentence and no embedding of one.",
        "",
        "The adapters were tuned on a graphics processor; the rest is fitted from their scores on "
        "one processor thread, and equal inputs give equal bytes.",
        "",
        "The figures are of five folds by case and by report over both genres at once; for each, "
        "everything named above was fitted anew on the other four. The model in this folder was "
        "fitted on all five. They were measured at commit 3851971; since then the rules were "
        "improved, and segments of reviews are learned from alone as well, with little weight.",
    ),
    "failures": (
        "Fiction is tidier than life: figures on reviews are those of fictional ones.",
        "What a paragraph only implies is missed, and a factor that is told over several "
        "paragraphs is found in some of them at most.",
        "Practice codes that lie close together (risk assessment, professional curiosity, "
        "thresholds, policy) are mistaken for each other.",
        "Whose factor it is and when is taken from the rules; where the model alone suggests, it "
        "is taken from the nearest rule coding, or what is most common for the code.",
        "Codes with few examples are left to the rules; `card.json` names them (`is_learned`).",
    ),
}


def validated(folder: Path) -> dict[str, Unseen]:
    """By variant, what was said of reviews and passages that were left out."""
    found: dict[str, list[Unseen]] = {}
    for name in (REVIEWS, PASSAGES):
        for path in sorted(folder.glob(f"{name}.*.npz")):
            found.setdefault(path.suffixes[0].removeprefix("."), []).append(kept(path))
    return {name: joined(parts) for name, parts in found.items()}


def _rules_only() -> CombinedCoder:
    return CombinedCoder(coder_plan(None, RULES_ONLY))


def main() -> None:
    """Fit, measure from what was kept, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tuned", type=Path, required=True)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=material.ROOT / "models" / "starter-1")
    arguments = parser.parse_args()
    codes = material.codebook()
    documents = material.documents(codes)
    double = material.passage_ids(material.DOUBLE_CODED)
    tuned = TunedScores(documents, double, arguments.tuned).tuned()
    settings = FitSettings()
    card = make_card(documents, settings, validated(arguments.kept), NOTES)
    card["rules_version"] = _rules_only().rules.version
    card["trained_on"] = sorted(
        set(trained_on([material.DEMO], material.GOLD_FILES, _rules_only()))
    )
    model = fit_model(documents, codes, material.embedder(None), settings, tuned)
    stored = save_model(model, card, arguments.out)
    text = card_text(load_card(arguments.out))
    (arguments.out / CARD_TEXT_NAME).write_text(text, encoding="utf-8")
    print(f"{arguments.out}: {stored.sha256}")


if __name__ == "__main__":
    main()
