"""Pages that come out of the jail, checked: the file may have taken the child over.

Nothing in the bytes can choose what is built from them, and every number is looked at.
"""

from __future__ import annotations

import json
import math
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

_COLUMNS = (7, 6, 4, 4)  # of the blocks: lines, words, edges, filled boxes
_N_NAMES = 8
#: As ``Word._make``, without a call of Python for each word.
_word = partial(tuple.__new__, Word)


def load_pages(
    target: Path, document_id: str, first: int, settings: ExtractSettings
) -> tuple[Head | None, list[PageRead]]:
    """The head and the pages from the given number on, as far as the child came.

    Raises:
        ValueError: It is not what an honest child writes.
    """
    reads: list[PageRead] = []
    if target.is_symlink() or target.stat().st_size > settings.max_output_bytes:
        raise ValueError("it is larger than allowed")
    with target.open("rb") as file:
        frame = _frame(file)
        if frame is None:
            return None, reads
        head = _head(frame[0], settings)
        while (frame := _frame(file)) is not None:
            number = first + len(reads)
            if number > head.n_pages:
                raise ValueError(f"more than {head.n_pages} pages came back")
            reads.append(_page(*frame, document_id, number))
    return head, reads


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
    label, source, warnings, failure, rotation, width, height, words = _names(text, number)
    try:
        lines, placed, edges, filled = _blocks(numbers)
        page = Page(
            document_id=document_id,
            number=number,
            label=label,
            width_pt=width,
            height_pt=height,
            rotation_deg=rotation,
            source=PageSource(source),
            lines=_lines(lines, _words(placed, words)),
            edges=_edges(edges),
            filled_boxes=_edges(filled),
            warnings=tuple(warnings),
        )
        return PageRead(page=page, failure=failure and ReasonNumber(failure))
    except ValueError as error:
        raise ValueError(f"page {number}: {error}") from error


def _names(text: bytes, number: int) -> list[Any]:
    try:
        names = json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if type(names) is not list or len(names) != _N_NAMES or type(names[2]) is not list:
        raise ValueError(f"page {number} is no page")
    label, source, warnings, failure, rotation, width, height, words = names
    texts = all(map(_is_text, (label, source, words, *warnings)))
    sizes = all(type(size) in (int, float) and math.isfinite(size) for size in (width, height))
    if not (texts and sizes and type(failure) in (int, type(None)) and type(rotation) is int):
        raise ValueError(f"page {number} holds values of the wrong kind")
    if rotation not in (0, 90, 180, 270) or not (0 <= min(width, height) <= MAX_PLACE):
        raise ValueError(f"page {number} has a size or turn that cannot be")
    return names


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
    *_, bold, counts = block
    if (counts < 1).any() or counts.sum(dtype="i8") != len(words):
        raise ValueError("its lines do not hold its words")
    ends = counts.cumsum().tolist()
    columns = (block[:5] / PER_PT).tolist()
    return tuple(
        Line(words=tuple(words[end - n : end]), x0=x0, top=top, x1=x1, bottom=bottom,
             size_pt=size, bold=is_bold)
        for n, end, x0, top, x1, bottom, size, is_bold in zip(
            counts.tolist(), ends, *columns, _flags(bold), strict=True
        )
    )  # fmt: skip


def _edges(block: Integers) -> tuple[Edge, ...]:
    return tuple(map(Edge, *(block / PER_PT).tolist()))


def _flags(column: Integers) -> list[bool]:
    if ((column < 0) | (column > 1)).any():
        raise ValueError("it holds a flag that is neither yes nor no")
    return list(map(bool, column.tolist()))
