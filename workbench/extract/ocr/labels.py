"""A second look at the numbers that open paragraphs.

Reviews are cited by these numbers, and a point between two digits is a few pixels: on scans of
130 dots an inch half of the numbers were misread among the words around them, or not seen at all.
Cut out, enlarged and set under each other on a sheet of their own, nine in ten of those come out
right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from workbench.extract.ocr.straighten import dark_level
from workbench.extract.ocr.tesseract import Seen, Tesseract

if TYPE_CHECKING:
    from PIL import Image

#: What a number may have been misread as; quotes and dashes are specks beside it.
_MAYBE_NUMBER = re.compile(
    r"[‘’'\"“”~_\-—.,:;*]{0,2}[(\[]?[\dSIlOoAzZ]{1,3}([.,:]?[\dSIlOoAzZ]{1,3}){0,3}[.,:)\]]{0,2}"
)
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3}){0,3}[.)]?|\(\d{1,3}\)")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,3}[.]?")
_MIN_GAP = 0.6  # heights of the line between the number and the text after it
_LEFT, _RIGHT, _OVER, _UNDER = 0.4, 1.2, 1.05, 0.45  # heights that are cut out around it
_MIN_LABELS = 2  # on a page; fewer show no column of numbers
_MAX_CHARS = 5  # of a number that was read as letters
_MIN_INK = 0.08  # of the height squared: less is a speck
_ENLARGED = 2
_MARGIN_PX = 40
_SPACE_PX = 30

_Box = tuple[int, int, int, int]


class _Place(NamedTuple):
    """Where a number may stand."""

    position: int  # among the words: of what was read there, or of the word after it
    box: _Box  # in the picture
    pattern: re.Pattern[str]  # how it must come out to be believed
    is_new: bool  # nothing was read there


class _Column(NamedTuple):
    """Where the numbers of a page stand, and the text that they open."""

    left: float
    text: float
    size: float


def with_read_labels(words: Sequence[Seen], image: Image.Image, tesseract: Tesseract) -> list[Seen]:
    """The words of a picture, with their paragraph numbers read again.

    First what looks like a number; then what stands in the column of those and does not, on a
    sheet of its own, since what else is on a sheet sways how it is read.
    """
    found = _looked_at(words, list(_like_numbers(words, image)), image, tesseract)
    column = _column(found)
    if column is None:
        return found
    places = [*_misread(found, column, image), *_unseen(found, column, image)]
    return _looked_at(found, places, image, tesseract)


def _looked_at(
    words: Sequence[Seen], places: Sequence[_Place], image: Image.Image, tesseract: Tesseract
) -> list[Seen]:
    """The words, with what a closer look at some places shows."""
    if not places:
        return list(words)
    sheet, tops = _sheet([place.box for place in places], image)
    seen_again = tesseract.words(sheet, is_block=True, enlarged=_ENLARGED) or []
    found: dict[int, list[Seen]] = {}
    for place, (top, bottom) in zip(places, tops, strict=True):
        parts = [seen for seen in seen_again if top <= seen.baseline <= bottom]
        text = "".join(part.text for part in parts)
        if place.pattern.fullmatch(text):
            found[place.position] = _read_again(words, place, parts, text)
    return [seen for at, word in enumerate(words) for seen in found.get(at, [word])]


def _read_again(
    words: Sequence[Seen], place: _Place, parts: Sequence[Seen], text: str
) -> list[Seen]:
    """What stands at a place instead of the word there, or before it."""
    word, sureness = words[place.position], min(part.confidence for part in parts)
    if not place.is_new and _DOTTED.fullmatch(word.text) and not _DOTTED.fullmatch(text):
        return [word]  # a point is lost more easily than made up
    if not place.is_new:
        return [word._replace(text=text, confidence=max(word.confidence, sureness))]
    x0, _, x1, _ = place.box
    left, right = (x0 + part / _ENLARGED - _MARGIN_PX / _ENLARGED for part in (
        min(part.x0 for part in parts), max(part.x1 for part in parts),
    ))  # fmt: skip
    label = word._replace(
        text=text, x0=max(x0, left), x1=min(x1, right), confidence=sureness, line=-1 - word.line
    )
    return [label, word]


def _column(words: Sequence[Seen]) -> _Column | None:
    """Where the numbers of a page stand; None where it has no column of them."""
    labels = [word for position, word in enumerate(words) if _is_like_number(words, position)]
    best: list[Seen] = []
    for label in labels:
        near = [other for other in labels if abs(other.x0 - label.x0) < label.size / 2]
        best = max(best, near, key=len)
    opened = [_text_after(words, label) for label in best]
    texts = [word.x0 for word in opened if word is not None]
    if len(texts) < _MIN_LABELS:
        return None
    return _Column(
        median(label.x0 for label in best), median(texts), median(label.size for label in best)
    )


def _is_like_number(words: Sequence[Seen], position: int) -> bool:
    word = words[position]
    return (
        word.size > 0
        and any(map(str.isdigit, word.text))
        and _MAYBE_NUMBER.fullmatch(word.text) is not None
        and _opens(words, position)
        and _stands_apart(words, position)
    )


def _text_after(words: Sequence[Seen], label: Seen) -> Seen | None:
    """The next word to the right on the baseline of a number, in whatever line it was put."""
    right = (
        word
        for word in words
        if word.x0 >= label.x1 and abs(word.baseline - label.baseline) < label.size / 2
    )
    return min(right, key=lambda word: word.x0, default=None)


def _like_numbers(words: Sequence[Seen], image: Image.Image) -> Iterator[_Place]:
    """What was read as something like a number."""
    for position, word in enumerate(words):
        if _is_like_number(words, position):
            yield _Place(position, _box(words, word, image), _NUMBER, is_new=False)


def _misread(words: Sequence[Seen], column: _Column, image: Image.Image) -> Iterator[_Place]:
    """Short words in the column of the numbers."""
    for position, word in enumerate(words):
        if (
            word.size
            and abs(word.x0 - column.left) < column.size
            and 1 < len(word.text) <= _MAX_CHARS
            and _opens(words, position)
            and _stands_apart(words, position)
            and not _NUMBER.fullmatch(word.text)
        ):
            yield _Place(position, _box(words, word, image), _DOTTED, is_new=False)


def _opens(words: Sequence[Seen], position: int) -> bool:
    return position == 0 or words[position - 1].line != words[position].line


def _stands_apart(words: Sequence[Seen], position: int) -> bool:
    word = words[position]
    following = words[position + 1] if position + 1 < len(words) else word
    is_alone = following is word or following.line != word.line
    return is_alone or following.x0 - word.x1 > _MIN_GAP * word.size


def _unseen(words: Sequence[Seen], column: _Column, image: Image.Image) -> Iterator[_Place]:
    """Lines of the text with ink in the column of the numbers, where nothing was read."""
    gray = np.asarray(image)
    level = dark_level(gray)
    for position, word in enumerate(words):
        size = word.size
        if not size or abs(word.x0 - column.text) > size / 2 or not _opens(words, position):
            continue
        if any(
            other.x1 <= word.x0 and abs(other.baseline - word.baseline) < size for other in words
        ):
            continue
        box = (
            max(0, round(column.left - _LEFT * size)), max(0, round(word.baseline - _OVER * size)),
            max(1, round(word.x0 - 0.15 * size)), round(word.baseline + _UNDER * size),
        )  # fmt: skip
        ink = gray[round(word.baseline - 0.75 * size) : round(word.baseline), box[0] : box[2]]
        if (ink < level).sum() > _MIN_INK * size**2:
            yield _Place(position, box, _DOTTED, is_new=True)


def _box(words: Sequence[Seen], word: Seen, image: Image.Image) -> _Box:
    """What is cut out around a word."""
    height = word.size
    right = word.x1 + _RIGHT * height
    for other in words:  # not into the text beside it, in whatever line tesseract put that
        if other.x0 >= word.x1 and abs(other.baseline - word.baseline) < height / 2:
            right = min(right, max(word.x1 + 2, other.x0 - 0.15 * height))
    return (
        max(0, round(word.x0 - _LEFT * height)), max(0, round(word.baseline - _OVER * height)),
        min(image.width, round(right)), min(image.height, round(word.baseline + _UNDER * height)),
    )  # fmt: skip


def _sheet(boxes: Sequence[_Box], image: Image.Image) -> tuple[Image.Image, list[tuple[int, int]]]:
    """The cut-out numbers under each other on white paper, and where each one stands."""
    from PIL import Image as Pictures
    from PIL import ImageFilter

    pieces = [_enlarged(image.crop(box)) for box in boxes]
    size = (
        max(piece.width for piece in pieces) + 2 * _MARGIN_PX,
        sum(piece.height + _SPACE_PX for piece in pieces) + 2 * _MARGIN_PX,
    )
    sheet = Pictures.new("L", size, 255)
    top, tops = _MARGIN_PX, []
    for piece in pieces:
        sheet.paste(piece.filter(ImageFilter.MedianFilter(3)), (_MARGIN_PX, top))
        tops.append((top, top + piece.height))
        top += piece.height + _SPACE_PX
    return sheet, tops


def _enlarged(piece: Image.Image) -> Image.Image:
    from PIL import Image as Pictures

    wide, high = _ENLARGED * piece.width, _ENLARGED * piece.height
    return piece.resize((max(1, wide), max(1, high)), Pictures.Resampling.BICUBIC)
