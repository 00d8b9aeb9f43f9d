"""Pages on their way out of the jail: how the child packs them.

A page is a JSON object (its names, all words as one text) and a row of whole numbers: every
place in hundredths of a point, column by column. Numbers are most of a page, and this way neither
side spends its time on writing and reading them digit by digit. ``unpacking`` is the other side.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.extract.head import Head, PageRead
from workbench.records import Line, Word, codec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = NDArray[np.float64]

#: Before each frame: bytes of its JSON, bytes of its numbers.
LENGTHS = struct.Struct("<II")
#: Places are kept to 0.01 pt ...
PER_PT = 100
#: ... and what lies further away than this is kept there.
MAX_PLACE = 10**6 * PER_PT


def pack_head(head: Head) -> bytes:
    """The first frame of a file of pages."""
    text = codec.dumps(head)
    return LENGTHS.pack(len(text), 0) + text


def pack_page(read: PageRead) -> bytes:
    """One frame for one page."""
    import numpy as np  # late: command-line start-up

    page = read.page
    words = [word for line in page.lines for word in line.words]
    names = {
        "label": page.label,
        "source": page.source,
        "warnings": page.warnings,
        "failure": read.failure,
        "rotation_deg": page.rotation_deg,
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "ocr_confidence": page.ocr_confidence,
        "scan_turn_deg": page.scan_turn_deg,
        "words": "\n".join([word.text for word in words]),
    }
    text = json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()
    blocks = (
        np.array([len(page.lines), len(words), len(page.edges), len(page.filled_boxes)]),
        _lines(page.lines), _words(words), _places(page.edges), _places(page.filled_boxes),
    )  # fmt: skip
    row = np.concatenate([block.ravel() for block in blocks])
    numbers = bytes(row.astype("<i4"))
    return LENGTHS.pack(len(text), len(numbers)) + text + numbers


def _lines(lines: Sequence[Line]) -> Columns:
    """Columns: x0, top, x1, bottom, size, bold, is artifact, number of words."""
    rows = [(ln.x0, ln.top, ln.x1, ln.bottom, ln.size_pt) for ln in lines]
    flags = [ln.bold for ln in lines], [ln.is_artifact for ln in lines]
    return _joined(rows, *flags, [len(ln.words) for ln in lines])


def _words(words: Sequence[Word]) -> Columns:
    """Columns: x0, top, x1, bottom, size, bold."""
    return _joined([word[1:6] for word in words], [word.bold for word in words])


def _joined(rows: Sequence[tuple[float, ...]], *columns: Sequence[int]) -> Columns:
    """Columns of places, and then those that are whole numbers already."""
    import numpy as np

    whole = [np.array(column, dtype=float) for column in columns]
    return np.concatenate([_places(rows).ravel(), *whole])


def _places(rows: Sequence[tuple[float, ...]]) -> Columns:
    """Columns of places in whole hundredths of a point."""
    import numpy as np

    table: Columns = np.rint(np.array(tuple(zip(*rows, strict=True)), dtype=float) * PER_PT)
    np.clip(table, -MAX_PLACE, MAX_PLACE, out=table)
    return table
