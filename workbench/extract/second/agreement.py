"""Which pages a second reader looks at, and whether the two readers agree."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from workbench.extract.page.triage import is_garbled
from workbench.extract.settings import ExtractSettings, OpinionSettings
from workbench.records import Page, PageSource

_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff]")
_NOT_LETTERS = re.compile(r"[^\w]|_")
_MIN_WORDS = 20  # fewer say nothing


def pages_to_compare(pages: Sequence[Page], settings: ExtractSettings) -> list[int]:
    """Numbers of the pages with odd signals, and of a sample that depends on the file alone."""
    opinion = settings.opinion
    readable = [page for page in pages if page.source is PageSource.TEXT]
    odd = [page.number for page in readable if is_odd(page, settings)][: opinion.max_odd_pages]
    sampled = [page.number for page in readable if _is_sampled(page, opinion.every)]
    return sorted({*odd, *sampled})


def _is_sampled(page: Page, every: int) -> bool:
    if not every:
        return False
    digest = hashlib.sha256(f"{page.document_id} {page.number}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % every == 0


def is_odd(page: Page, settings: ExtractSettings) -> bool:
    """Whether the words of a page look as if they had been read wrongly."""
    opinion = settings.opinion
    words = [word.text for line in page.lines for word in line.words]
    text = "".join(words)
    if len(words) < _MIN_WORDS:
        return False
    n_letters = sum(map(str.isalpha, text))
    n_single = sum(len(word) == 1 and word.isalpha() for word in words)
    area_in2 = page.width_pt * page.height_pt / 72**2
    return (
        len(_UNMAPPED.findall(text)) > opinion.max_unmapped_share * len(text)
        or n_single > opinion.max_single_share * len(words)
        or n_letters > opinion.max_word_letters * len(words)
        or len(words) > opinion.max_words_per_in2 * area_in2
        or is_garbled(text, settings, margin=opinion.vowel_margin)
    )


def agreement(left: Iterable[str], right: Iterable[str]) -> float:
    """F1 of two bags of words, letters and digits only; 1.0 when both are empty."""
    ours, theirs = (Counter(filter(None, map(_bare, words))) for words in (left, right))
    n_words = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / n_words if n_words else 1.0


def _bare(word: str) -> str:
    return _NOT_LETTERS.sub("", word)


def disagreement(page: Page, other: Page, settings: OpinionSettings) -> str:
    """The warning for a page on which two readers disagree; "" where they agree."""
    found = agreement(_texts(page), _texts(other))
    if found >= settings.min_agreement:
        return ""
    return (
        "two PDF readers disagree on its words (less than "
        f"{100 * settings.min_agreement:.0f} % are the same): compare what you quote with the page"
    )


def _texts(page: Page) -> list[str]:
    return [word.text for line in page.lines for word in line.words]
