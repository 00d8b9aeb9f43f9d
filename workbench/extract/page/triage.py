"""Where the words of a page come from, and whether they can be trusted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.extract.settings import ExtractSettings
from workbench.records import PageSource, Word

if TYPE_CHECKING:  # the readers of PDF stay out of the parent
    from workbench.extract.page.drawings import Drawings

_NOT_TEXT = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]")
_VOWELS = "aeiouyâêîôûŵŷáéíóúàèìòùäëïöü"
_MIN_LETTERS = 60  # fewer say nothing of the language


def page_source(words: Sequence[Word], drawings: Drawings, settings: ExtractSettings) -> PageSource:
    """Where the words of a page come from."""
    text = "".join([word.text for word in words])
    has_scan = drawings.image_share > settings.scan_min_image_share
    if len(text) < settings.scan_max_chars and (
        has_scan or drawings.n_curved_paths >= settings.outlines_min_paths
    ):
        return PageSource.IMAGE_ONLY
    if not words:
        return PageSource.EMPTY
    if is_garbled(text, settings):
        return PageSource.GARBLED
    # A picture under visible text is a background; over it, or with unseen text, a scan.
    if has_scan and (drawings.image_is_last or 2 * drawings.n_invisible_texts > drawings.n_texts):
        return PageSource.FOREIGN_OCR
    return PageSource.TEXT


def is_garbled(text: str, settings: ExtractSettings, margin: float = 0.0) -> bool:
    """Whether the text does not decode: no letters at all, or letters of no language.

    A font that has lost its table of characters often gives other letters instead of none.
    Over 1,544 pages of English reviews and inspections the share of vowels (with y)
    was never below 0.35; shifted by a constant it is near 0.15. The margin makes the judgement
    stricter.
    """
    if len(_NOT_TEXT.findall(text)) > settings.garbled_min_share * len(text):
        return True
    text = text.lower()
    n_letters = sum(map(str.isalpha, text))
    if n_letters < _MIN_LETTERS:
        return False
    return sum(map(text.count, _VOWELS)) < (settings.min_vowel_share + margin) * n_letters
