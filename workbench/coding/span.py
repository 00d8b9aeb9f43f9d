"""Which words are shown as evidence: the clause or sentence that carries a hit."""

from __future__ import annotations

from workbench.coding.matching import Hit
from workbench.coding.text.passage import Passage

_SHORT_SENTENCE_WORDS = 22


def evidence_span(hit: Hit, passage: Passage) -> tuple[int, int]:
    """Character offsets in the passage's text of the words that carry a hit.

    A short sentence is shown whole; of a longer one, the clauses that the hit touches.
    """
    first, last = passage.sentence(hit.first)
    if last - first > _SHORT_SENTENCE_WORDS:
        first = passage.clause(hit.first)[0]
        last = passage.clause(hit.last - 1)[1]
    last = max(last, hit.last)
    return passage.starts[first], passage.end(last - 1)
