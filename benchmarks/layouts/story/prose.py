"""Fictional sentences for the generated documents: those of the demonstration corpus.

The corpus was written for the project and is free; nothing here comes from a real review.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

TRUTH = Path(__file__).parents[3] / "corpora" / "demo" / "truth"
#: Signs outside these cannot be drawn with every font of the generator.
PRINTABLE = frozenset("’‘“”—–£é")
LABEL = re.compile(r"\W*(?:[A-Z]\d+|[A-Z][a-z]+(?: [a-z]+)? \d+|KLOE \d+)[.:]\W|\d+[.)] ")
#: Kind and section roles of the corpus -> name of the pool.
POOLS = {
    "narrative": ("paragraph", ("facts",), 150, 620),
    "analysis": ("paragraph", ("analysis",), 150, 560),
    "findings": ("paragraph", ("findings",), 80, 420),
    "method": ("paragraph", ("methodology",), 120, 450),
    "bullet": ("bullet", ("terms_of_reference", "findings", "analysis", "appendix"), 40, 190),
    "quotation": ("quotation", ("facts", "analysis", "front_matter"), 60, 420),
    "note": ("footnote", ("facts", "analysis", "methodology", "literature"), 40, 260),
    "recommendation": ("recommendation", ("recommendations",), 80, 300),
    "entry": ("chronology_entry", ("facts", "appendix"), 30, 260),
    "term": ("table_row", ("glossary",), 30, 200),
    "action": ("table_row", ("appendix",), 40, 260),
}


@dataclass(slots=True)
class Prose:
    """Pools of fictional texts, drawn without putting back until a pool is empty."""

    rng: random.Random
    pools: dict[str, list[tuple[str, ...]]]
    left: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def text(self, pool: str) -> str:
        """The next text of a pool."""
        return self.cells(pool)[0]

    def cells(self, pool: str) -> tuple[str, ...]:
        """The next row of a pool; a text is a row of one cell."""
        if not self.left.get(pool):
            self.left[pool] = list(self.pools[pool])
            self.rng.shuffle(self.left[pool])
        return self.left[pool].pop()

    def texts(self, pool: str, n: int) -> list[str]:
        """The next texts of a pool."""
        return [self.text(pool) for _ in range(n)]


def printable(text: str) -> bool:
    """Whether all fonts of the generator have the signs of the text."""
    return all(" " <= sign <= "~" or sign in PRINTABLE for sign in text)


def is_plain(text: str) -> bool:
    """Whether a text begins with no label that could be read as its number ("Lesson 4: ...")."""
    return LABEL.match(text) is None


def load_pools(folder: Path = TRUTH) -> dict[str, list[tuple[str, ...]]]:
    """The pools, in the order of the corpus, each text once."""
    pools: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
    for path in sorted(folder.glob("D*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth.get("layout") or not truth["lead"]:
            continue  # a made document or a copy, whose texts stand in another one too
        for paragraph in truth["paragraphs"]:
            if paragraph.get("table_header") or "  " in paragraph["text"]:
                continue
            cells = tuple(paragraph.get("cells") or (paragraph["text"],))
            for name, (kind, roles, low, high) in POOLS.items():
                fits = paragraph["kind"] == kind and paragraph["section_role"] in roles
                fits = fits and is_plain(paragraph["text"])
                if fits and low <= len(paragraph["text"]) <= high and all(map(printable, cells)):
                    pools[name][cells] = None
    return {name: list(rows) for name, rows in pools.items()}


def open_prose(seed: int) -> Prose:
    """The prose of one document."""
    return Prose(random.Random(seed), load_pools())
