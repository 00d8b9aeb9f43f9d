"""What each part of the rules brings, by leaving it out.

    python -m benchmarks.coding_parts corpora/demo/truth                   # kept-aside half
    python -m benchmarks.coding_parts corpora/demo/truth --half odd
    python -m benchmarks.coding_parts --passages training.jsonl

Parts are left out in the files that a domain expert edits, so that just they are gone: the
patterns of lexicon.yaml, the proximity rule of the codebook, the triggers of context.yaml, and
what the section of a segment decides. The last lines tell how many codings in sections that
assert nothing (terms of reference, literature, glossary, methodology, recommendations, front
matter) say more than that a topic is named or an action recommended.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.coding_quality import Tally, compare, read_passages, read_truth
from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.coding import Coder
from workbench.records import Assertion, Coding, Document, SectionRole, Segment

Text = tuple[dict[str, Any], Document, Sequence[Segment]]
_NO_FACTS = frozenset({
    SectionRole.TERMS_OF_REFERENCE, SectionRole.LITERATURE, SectionRole.GLOSSARY,
    SectionRole.METHODOLOGY, SectionRole.RECOMMENDATIONS, SectionRole.FRONT_MATTER,
})  # fmt: skip
_SAYS_NOTHING = frozenset({Assertion.GENERAL, Assertion.RECOMMENDATION})
VARIANTS = {
    "cue phrases of the codebook alone": ("lexicon", "proximity", "triggers", "sections"),
    "cue phrases and proximity": ("lexicon", "triggers", "sections"),
    "all without the lexicon": ("lexicon",),
    "all without proximity": ("proximity",),
    "all without triggers": ("triggers",),
    "all without sections": ("sections",),
    "all": (),
}


def coder_without(parts: Sequence[str], codebook: Codebook, folder: Path) -> Coder:
    """A coder whose files lack some parts."""
    shipped = default_codebook_path()
    context = yaml.safe_load(shipped.with_name("context.yaml").read_text(encoding="utf-8"))
    lexicon = yaml.safe_load(shipped.with_name("lexicon.yaml").read_text(encoding="utf-8"))
    if "lexicon" in parts:
        lexicon = {"codes": {code.code_id: {} for code in codebook.factors}}
    if "proximity" in parts:
        for code in codebook.factors:
            entry = lexicon["codes"].setdefault(code.code_id, {})
            entry["no_proximity"] = ["deficiency", "praise"]
    assertion = context["assertion"]
    if "triggers" in parts:
        assertion["groups"] = []
        assertion["named_after"]["words"] = []
        for key in ("practice_negated_by", "not_adopted", "reported_by"):
            assertion[key] = []
    if "sections" in parts:
        assertion["sections"] = assertion["kinds"] = {}
    for name, data in (("context.yaml", context), ("lexicon.yaml", lexicon)):
        (folder / name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return Coder(codebook, folder / "context.yaml")


def _texts(arguments: argparse.Namespace) -> Iterator[Text]:
    if arguments.passages:
        for record, document, segment in read_passages(arguments.passages):
            codings = [{**c, "paragraph_index": 0, "temporality": ""} for c in record["codings"]]
            yield {"codings": codings}, document, (segment,)
        return
    for path in sorted(arguments.folder.rglob("D*.json")):
        is_odd = int("".join(filter(str.isdigit, path.name[1:3]))) % 2 == 1
        if arguments.half == "both" or is_odd == (arguments.half == "odd"):
            yield read_truth(path)


def _line(name: str, affirmed: Tally, every: Tally) -> str:
    p, r, f1 = affirmed.prf()
    right = {k: every.right[k] / max(1, every.shared[k]) for k in ("assertion", "role")}
    figures = " | ".join(f"{value:.3f}" for value in (p, r, f1, right["assertion"], right["role"]))
    return f"| {name} | {figures} |"


def _silent_sections(texts: Sequence[Text], codings: Sequence[Sequence[Coding]]) -> str:
    found = [c for each in codings for c in each if c.section_role in _NO_FACTS]
    wrong = [c for c in found if c.assertion not in _SAYS_NOTHING]
    return (
        f"sections that assert nothing: {len(wrong)} of {len(found)} codings in {len(texts)} "
        "documents say more than general or recommendation"
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--half", choices=["even", "odd", "both"], default="even")
    parser.add_argument("--passages", type=Path)
    arguments = parser.parse_args()
    codebook = load_codebook(default_codebook_path())
    texts = list(_texts(arguments))
    print("| rules | P | R | F1 affirmed | assertion of matched | role of matched |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, parts in VARIANTS.items():
        with tempfile.TemporaryDirectory() as folder:
            coder = coder_without(parts, codebook, Path(folder))
        affirmed, every = Tally(), Tally()
        codings = [coder.code(document, segments)[1] for _, document, segments in texts]
        for (truth, _, _), found in zip(texts, codings, strict=True):
            compare(truth, found, affirmed, every)
        print(_line(name, affirmed, every))
    print(_silent_sections(texts, codings))


if __name__ == "__main__":
    main()
