"""Files of JSON lines: each line with its number, its place and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from workbench.errors import InputError

#: A longer line is refused: it would have to be held in memory whole.
MAX_LINE_BYTES = 16 * 1024 * 1024
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class JsonLine(NamedTuple):
    """One line that is not blank: an object, or the reason why it holds none."""

    number: int  # from 1, as editors count; blank lines count too
    offset: int  # byte at which the line begins
    value: dict[str, Any]  # empty where there is a problem
    problem: str  # "" for none


def json_lines(path: Path) -> Iterator[JsonLine]:
    """Every line of a file that is not blank, in order, one at a time.

    Raises:
        InputError: The file cannot be read at all.
    """
    try:
        with path.open("rb") as file:
            yield from _lines(file)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}). Give a file with one JSON object a line."
        ) from error


def line_at(file: BinaryIO, offset: int) -> dict[str, Any]:
    """The object of the line that begins at a byte, as ``json_lines`` found it."""
    file.seek(offset)
    return _parsed(_without_mark(file.readline(MAX_LINE_BYTES + 1), offset))[0]


def _lines(file: BinaryIO) -> Iterator[JsonLine]:
    number = offset = 0
    while line := file.readline(MAX_LINE_BYTES + 1):
        number, start = number + 1, offset
        offset += len(line)
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE_BYTES)
                offset += len(line)
            problem = f"is longer than {MAX_LINE_BYTES // 1024**2} MiB; split the passage"
            yield JsonLine(number, start, {}, problem)
            continue
        line = _without_mark(line, start)
        if line.strip():
            yield JsonLine(number, start, *_parsed(line))


def _without_mark(line: bytes, offset: int) -> bytes:
    return line if offset else line.removeprefix(_BYTE_ORDER_MARK)


def _parsed(line: bytes) -> tuple[dict[str, Any], str]:
    try:
        value = json.loads(line.decode())
    except UnicodeDecodeError as error:
        return {}, f"is no UTF-8 text (byte {error.start + 1}); save the file as UTF-8"
    except RecursionError:
        return {}, "is nested too deeply"
    except json.JSONDecodeError as error:
        return {}, f"is no JSON ({error.msg}, character {error.colno})"
    except ValueError as error:  # a number of thousands of digits
        return {}, f"is no JSON that can be read ({error})"
    if not isinstance(value, dict):
        return {}, f"holds {_kind(value)}, not an object"
    return value, ""


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")
