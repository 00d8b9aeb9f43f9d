"""Pages that come out of the jail, checked: the file may have taken the child over.

Nothing in the bytes can choose what is built from them, and every number is looked at.
"""

from __future__ import annotations

import gc
import json
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from workbench.extract.head import Head, PageRead
from workbench.extract.jail.packing import LENGTHS, MAX_PLACE, PER_PT
from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import ExtractSettings
from workbench.records import Edge, Line, Page, PageSource, Word, codec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int32]

_COLUMNS = (8, 6, 4, 4)  # of the blocks: lines, words, edges, filled boxes
#: As ``Word._make``, without a call of Python for each word.
_word = partial(tuple.__new__, Word)


def load_pages(
    target: Path, document_id: str, numbers: Iterable[int], settings: ExtractSettings
) -> tuple[Head | None, list[PageRead]]:
    """The head and the pages of these numbers (from 1, in order), as far as the child came.

    Raises:
        ValueError: It is not what an honest child writes.
    """
    reads: list[PageRead] = []
    if target.is_symlink() or target.stat().st_size > settings.max_output_bytes:
        raise ValueError("it is larger than allowed")
    with target.open("rb") as file, _collector_off():
        frame = _frame(file)
        if frame is None:
            return None, reads
        head = _head(frame[0], settings)
        expected = iter(numbers)
        while (frame := _frame(file)) is not None:
            number = next(expected, 0)
            if not 0 < number <= head.n_pages:
                raise ValueError("more pages came back than were asked for")
            reads.append(_page(*frame, document_id, number))
    return head, reads


@contextmanager
def _collector_off() -> Iterator[None]:
    """The collector of cyclic garbage would look at a page's words again and again: half the time.

    None of them can be part of a cycle.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _frame(file: BinaryIO) -> tuple[bytes, bytes] | None:
    """The next frame; None at the end, and for one that the end of the child has cut off."""
    header = file.read(LENGTHS.size)
    if len(header) < LENGTHS.size:
        return None
    n_text, n_numbers = LENGTHS.unpack(header)
    text, numbers = file.read(n_text), file.read(n_numbers)
    return None if len(text) < n_text or len(numbers) < n_numbers else (text, numbers)


def _head(text: bytes, settings: ExtractSettings) -> Head:
    try:
        head = codec.loads(Head, text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    texts = (head.title, head.producer, *head.warnings)
    if type(head.n_pages) is not int or not all(map(_is_text, texts)):
        raise ValueError("its head holds values of the wrong kind")
    if not 0 < head.n_pages <= settings.max_pages:
        raise ValueError("it says that it has more pages than are read")
    return head


def _is_text(value: object) -> bool:
    """Whether it is text that can be written again: JSON can hold halves of characters."""
    try:
        return type(value) is str and value.encode() is not None
    except UnicodeEncodeError:
        return False


def _page(text: bytes, numbers: bytes, document_id: str, number: int) -> PageRead:
    try:
        names = _names(text)
        lines, placed, edges, filled = _blocks(numbers)
        words, failure = names.pop("words"), names.pop("failure")
        page = Page(
            document_id=document_id,
            number=number,
            source=PageSource(names.pop("source")),
            warnings=tuple(names.pop("warnings")),
            lines=_lines(lines, _words(placed, words)),
            edges=_edges(edges),
            filled_boxes=_edges(filled),
            **names,
        )
        return PageRead(page=page, failure=failure and ReasonNumber(failure))
    except ValueError as error:
        raise ValueError(f"page {number}: {error}") from error


def _names(text: bytes) -> dict[str, Any]:
    try:
        names = json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if type(names) is not dict or names.keys() != _NAMES.keys():
        raise ValueError("it is no page")
    wrong = [name for name, is_right in _NAMES.items() if not is_right(names[name])]
    if wrong:
        raise ValueError(f"{', '.join(wrong)} cannot be so")
    return names


def _is_between(low: float, high: float) -> Callable[[object], bool]:
    return lambda value: (
        type(value) in (int, float)
        and math.isfinite(value)  # type: ignore[arg-type]  # the line above says so
        and low <= value <= high  # type: ignore[operator]
    )


def _is_missing_or(is_right: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or is_right(value)


#: What a child says of a page, and how it must be.
_NAMES: dict[str, Callable[[Any], bool]] = {
    "label": _is_text,
    "source": _is_text,
    "warnings": lambda value: type(value) is list and all(map(_is_text, value)),
    "failure": lambda value: type(value) in (int, type(None)),
    "rotation_deg": lambda value: type(value) is int and value in (0, 90, 180, 270),
    "width_pt": _is_between(0, MAX_PLACE),
    "height_pt": _is_between(0, MAX_PLACE),
    "ocr_confidence": _is_missing_or(_is_between(0, 1)),
    "scan_turn_deg": _is_between(-360, 360),
    "words": _is_text,
}


def _blocks(numbers: bytes) -> list[Integers]:
    """The four blocks, each of shape (columns, rows)."""
    import numpy as np  # late: command-line start-up

    row = np.frombuffer(numbers, dtype="<i4")
    counts = [int(count) for count in row[: len(_COLUMNS)]]
    sizes = [n * width for n, width in zip(counts, _COLUMNS, strict=False)]
    if len(row) != len(_COLUMNS) + sum(sizes) or min(counts, default=-1) < 0:
        raise ValueError("it is not as long as it says")
    ends = np.cumsum([len(_COLUMNS), *sizes])
    parts = zip(pairwise(ends), _COLUMNS, strict=True)
    blocks: list[Integers] = [row[a:b].reshape(width, -1) for (a, b), width in parts]
    if any(block.size and np.abs(block).max() > MAX_PLACE for block in blocks):
        raise ValueError("something lies out of this world")
    return blocks


def _words(block: Integers, text: str) -> list[Word]:
    texts = text.split("\n") if text else []
    x0, top, x1, bottom, size, bold = block
    if len(texts) != len(x0) or text.split() != texts:
        raise ValueError("its words are not as many as it says")
    if (x0 > x1).any() or (top > bottom).any() or (size < 0).any():
        raise ValueError("it holds a word that cannot be")
    places = (block[:5] / PER_PT).tolist()
    return list(map(_word, zip(texts, *places, _flags(bold), strict=True)))


def _lines(block: Integers, words: list[Word]) -> tuple[Line, ...]:
    *_, bold, artifact, counts = block
    if (counts < 1).any() or counts.sum(dtype="i8") != len(words):
        raise ValueError("its lines do not hold its words")
    ends = counts.cumsum().tolist()
    columns = (block[:5] / PER_PT).tolist()
    return tuple(
        Line(words=tuple(words[end - n : end]), x0=x0, top=top, x1=x1, bottom=bottom,
             size_pt=size, bold=is_bold, is_artifact=is_artifact)
        for n, end, x0, top, x1, bottom, size, is_bold, is_artifact in zip(
            counts.tolist(), ends, *columns, _flags(bold), _flags(artifact), strict=True
        )
    )  # fmt: skip


def _edges(block: Integers) -> tuple[Edge, ...]:
    return tuple(map(Edge, *(block / PER_PT).tolist()))


def _flags(column: Integers) -> list[bool]:
    if ((column < 0) | (column > 1)).any():
        raise ValueError("it holds a flag that is neither yes nor no")
    return list(map(bool, column.tolist()))
