"""Fits the starter model on all labelled documents and writes it with its card.

python -m benchmarks.learning.measure reviews  --cache FOLDER --keep KEPT
python -m benchmarks.learning.measure passages --cache FOLDER --keep KEPT
python -m benchmarks.learning.starter --cache FOLDER --kept KEPT [--out models/starter-1]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.learning import material
from benchmarks.learning.measure import kept
from workbench.learn.models import FitSettings, fit_model, load_card, save_model
from workbench.learn.models.card import card_text, make_card
from workbench.learn.models.fitting.validation import Unseen, joined
from workbench.learn.models.store import CARD_TEXT_NAME

NOTES = {
    "data": (
        "Fictional reviews of the demonstration corpus, each written and coded by one machine "
        "author, and passages of public coroners' reports and inspection letters, coded by "
        "machine coders under a written guide. No human expert coded anything: figures say how "
        "well the model agrees with such coders.",
    ),
    "method": (
        "Each sentence is scored for each code by ridge regression over TF-IDF of words, pairs "
        "and character runs; the variant `embedding` adds products of MiniLM coordinates. One "
        "logistic regression over all codes weighs the best sentence's score with what the rules "
        "found, the length, the section and (with embeddings) the likeness to the codebook's own "
        "words; it learns from scores of documents that the sentence models did not see. An "
        "isotonic curve makes its output a probability, and each code has a threshold that is "
        "drawn towards the common one the fewer examples it has.",
        "",
        "The file holds weights and a vocabulary: words that at least three documents print in "
        "lower case, pairs and character runs that at least three documents share after names "
        "were taken out. It holds no sentence and no embedding of one.",
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


def main() -> None:
    """Fit, measure from what was kept, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=material.ROOT / "models" / "starter-1")
    arguments = parser.parse_args()
    codes = material.codebook()
    documents = material.documents(codes)
    settings = FitSettings()
    validated: dict[str, list[Unseen]] = {}
    for path in sorted(arguments.kept.glob("*.npz")):
        validated.setdefault(path.stem.split("-")[1], []).append(kept(path))
    card = make_card(
        documents,
        settings,
        {name: joined(parts) for name, parts in validated.items()},
        NOTES,
    )
    model = fit_model(documents, codes, material.embedder(arguments.cache), settings)
    stored = save_model(model, card, arguments.out)
    text = card_text(load_card(arguments.out))
    (arguments.out / CARD_TEXT_NAME).write_text(text, encoding="utf-8")
    print(f"{arguments.out}: {stored.sha256}")


if __name__ == "__main__":
    main()
