"""One scanned page to its record: straightened, recognised, its rules and bars found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from workbench.extract.head import Names, PageRead, unread_page
from workbench.extract.ocr.labels import with_read_labels
from workbench.extract.ocr.straighten import Gray, skew_deg, turned
from workbench.extract.ocr.strokes import Stroke, find_strokes, without_rules
from workbench.extract.ocr.tesseract import Seen, Tesseract
from workbench.extract.ocr.titles import parted_titles
from workbench.extract.ocr.weight import bold_lines
from workbench.extract.page.lines import build_lines
from workbench.extract.page.opening import Opened
from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import OcrSettings
from workbench.records import Edge, Page, PageSource, Word

if TYPE_CHECKING:
    from PIL import Image

_WARNING = (
    "a picture, its text recognised here by tesseract: expect misread words, and compare what you "
    "quote with the page"
)
_PT_PER_IN = 72.0
_MIN_SIDE_PT = 10.0
_ASCENT, _DESCENT = 0.9, 0.22  # of the line box, as for other words
_POOR = 70.0  # mean confidence under which a page may lie on its side or head
_SURE_TURN = 1.0  # confidence from which a turn is tried
_PRINT = 60.0  # mean confidence of a line from which it is print
_MIN_WORD_SIGNS = 3  # letters and digits; a speck has fewer
_MIN_BETTER = 5.0  # mean confidence that a turn must gain
_SAME_ROW = 0.4  # of the size, between the baselines of a number and its text
_LETTER_SHARE = 0.5  # of a stroke that lies on words: it is a part of letters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """A picture and what was recognised in it."""

    image: Image.Image  # upright and straight
    turn_deg: float
    words: list[Seen]
    rules: list[Stroke]
    bars: list[Stroke]

    @property
    def confidence(self) -> float:
        """Mean over characters, 0-100; 0 without words."""
        n_chars = sum(len(word.text) for word in self.words)
        return sum(w.confidence * len(w.text) for w in self.words) / n_chars if n_chars else 0.0


def recognise_pages(
    opened: Opened, document_id: str, numbers: Iterable[int], settings: OcrSettings, program: str
) -> Iterator[PageRead]:
    """The pages of these numbers (from 1), recognised; one that fails comes empty and says so."""
    for number in numbers:
        names = document_id, number, ""
        page = opened.pdf[number - 1]
        size_pt = page.get_size()
        if min(size_pt) < _MIN_SIDE_PT:
            yield unread_page(names, ReasonNumber.OCR_FAILED)
            continue
        scale = min(settings.resolution_dpi / _PT_PER_IN, settings.max_side_px / max(size_pt))
        image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        page.close()
        tesseract = Tesseract(
            program=program, language=settings.language, cpu_s=settings.page_cpu_s,
            resolution_dpi=round(scale * _PT_PER_IN),
        )  # fmt: skip
        sight = _best_sight(image, tesseract)
        if sight is None:
            yield unread_page(names, ReasonNumber.OCR_FAILED)
        else:
            words = with_read_labels(sight.words, sight.image, tesseract)
            page = _page(replace(sight, words=words), names, scale, settings)
            lies = round(sight.turn_deg / 90) % 2
            width_pt, height_pt = reversed(size_pt) if lies else size_pt
            yield PageRead(
                page=replace(page, width_pt=round(width_pt, 2), height_pt=round(height_pt, 2))
            )


def _best_sight(image: Image.Image, tesseract: Tesseract) -> _Sight | None:
    """The page as it lies, or turned, when it is recognised better so; None when all fails."""
    first = _look(image, 0, tesseract)
    if first is not None and first.confidence >= _POOR:
        return first
    turn_deg, confidence = tesseract.turn_deg(image)
    if not turn_deg or confidence < _SURE_TURN:
        return first
    second = _look(image, turn_deg, tesseract)
    if second is None or first is None:
        return second or first
    return second if second.confidence > first.confidence + _MIN_BETTER else first


def _look(image: Image.Image, turn_deg: int, tesseract: Tesseract) -> _Sight | None:
    upright = turned(image, turn_deg)
    skew = skew_deg(_gray(upright))
    straight = turned(upright, skew)
    rules, bars = find_strokes(_gray(straight), tesseract.resolution_dpi)
    image = without_rules(straight, rules, tesseract.resolution_dpi)
    words = tesseract.words(image)
    if words is None:
        return None
    return _Sight(image=image, turn_deg=turn_deg + skew, words=words, rules=rules, bars=bars)


def _gray(image: Image.Image) -> Gray:
    return np.asarray(image, dtype=np.uint8)


def _page(sight: _Sight, names: Names, scale: float, settings: OcrSettings) -> Page:
    document_id, number, label = names
    sure = _sure_lines(sight.words)
    kept = parted_titles(seen for seen in sight.words if _is_word(seen, sight.bars, sure, settings))
    rules = [rule for rule in sight.rules if not _is_of_letters(rule, kept)]
    edges = tuple(_edge(rule, scale) for rule in rules)
    bold = bold_lines(kept, _gray(sight.image))
    lines = build_lines([_word(seen, bold, scale) for seen in _with_labels_joined(kept)], edges)
    n_chars = sum(len(seen.text) for seen in kept)
    confidence = sum(seen.confidence * len(seen.text) for seen in kept) / (100 * max(n_chars, 1))
    return Page(
        document_id=document_id,
        number=number,
        label=label,
        width_pt=sight.image.width / scale,
        height_pt=sight.image.height / scale,
        rotation_deg=0,
        source=PageSource.OCR if lines else PageSource.IMAGE_ONLY,
        lines=lines,
        edges=edges,
        filled_boxes=tuple(Edge(*(round(at / scale, 2) for at in bar)) for bar in sight.bars),
        ocr_confidence=round(confidence, 3),
        scan_turn_deg=round(sight.turn_deg, 2),
        warnings=(_WARNING,) if lines else (),
    )


def _with_labels_joined(words: Sequence[Seen]) -> list[Seen]:
    """The words in an order in which a number comes right before the text that it opens.

    Tesseract takes numbers that stand well apart for a column of their own.
    """
    n_in_line = Counter(word.line for word in words)
    alone = [w for w in words if n_in_line[w.line] == 1 and any(map(str.isdigit, w.text))]
    openers = {word.line: word for word in reversed(words)}  # line -> its first word
    before: dict[int, Seen] = {}
    for label in alone:
        right = [
            word
            for word in openers.values()
            if word.x0 >= label.x1 and abs(word.baseline - label.baseline) < _SAME_ROW * label.size
        ]
        if right:
            before[min(right, key=lambda word: word.x0).line] = label
    moved = {label.line for label in before.values()}
    ordered: list[Seen] = []
    for word in words:
        if word.line in moved:
            continue
        if word is openers[word.line] and word.line in before:
            ordered.append(before[word.line])
        ordered.append(word)
    return ordered


def _sure_lines(words: Sequence[Seen]) -> frozenset[int]:
    """The lines that are print, by the mean confidence of their characters."""
    n_chars, sums = Counter[int](), Counter[int]()
    for word in words:
        n_chars[word.line] += len(word.text)
        sums[word.line] += word.confidence * len(word.text)
    return frozenset(line for line, n in n_chars.items() if sums[line] >= _PRINT * n)


def _is_word(
    seen: Seen, bars: Sequence[Stroke], sure: frozenset[int], settings: OcrSettings
) -> bool:
    """Whether it is no speck and no black bar that was taken for letters.

    In a line of print a word of some letters is one, however unsure its reading: a word that is
    left out is worse than one that may be misread.
    """
    n_signs = sum(map(str.isalnum, seen.text))
    needed = settings.min_confidence if n_signs else settings.min_sign_confidence
    if n_signs >= _MIN_WORD_SIGNS and seen.line in sure:
        needed = 0
    x, y = (seen.x0 + seen.x1) / 2, seen.baseline - seen.size / 4
    covered = any(bar.x0 <= x <= bar.x1 and bar.top <= y <= bar.bottom for bar in bars)
    return seen.confidence >= needed and seen.size > 0 and not covered


def _is_of_letters(rule: Stroke, words: Sequence[Seen]) -> bool:
    """Whether a stroke runs through words: serifs and bars of letters look like short rules."""
    if rule.bottom - rule.top > rule.x1 - rule.x0:
        return False
    y = (rule.top + rule.bottom) / 2
    covered = sum(
        max(0.0, min(rule.x1, word.x1) - max(rule.x0, word.x0))
        for word in words
        if word.baseline - word.size < y < word.baseline + 0.1 * word.size
    )
    return covered > _LETTER_SHARE * (rule.x1 - rule.x0)


def _word(seen: Seen, bold: frozenset[int], scale: float) -> Word:
    size = round(seen.size / scale, 2)
    baseline = seen.baseline / scale
    return Word(
        seen.text, round(seen.x0 / scale, 2), round(baseline - _ASCENT * size, 2),
        round(seen.x1 / scale, 2), round(baseline + _DESCENT * size, 2), size,
        seen.line in bold,
    )  # fmt: skip


def _edge(rule: Stroke, scale: float) -> Edge:
    """The line through the middle of a rule."""
    x0, top, x1, bottom = (at / scale for at in rule)
    if x1 - x0 >= bottom - top:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return Edge(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
