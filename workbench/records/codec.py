"""Records to JSON and back, driven by their annotations.

A dataclass becomes an object, a NamedTuple an array, an enum its value. Nothing in the JSON
names a class: the reader says what it expects, so stored bytes can never choose what is built.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def dumps(value: object) -> bytes:
    """The record, or a tuple or list of records, as compact UTF-8 JSON; same bytes for equals."""
    # Words and other tuples are the bulk of a document: the JSON writer takes them as they are.
    text = json.dumps(value, default=_taken_apart, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def loads(kind: type[T], data: bytes) -> T:
    """The record of the given type (also ``tuple[X, ...]``) that ``dumps`` wrote.

    Raises:
        ValueError: The bytes are no JSON, or do not hold such a record.
    """
    return from_plain(kind, json.loads(data))


def from_plain(kind: type[T], data: object) -> T:
    """The record of the given type that ``to_plain`` took apart.

    Raises:
        ValueError: The value does not hold such a record.
    """
    try:
        return typing.cast(T, _reader(typing.cast(typing.Hashable, kind))(data))
    except (KeyError, TypeError) as error:
        raise ValueError(f"the stored bytes hold no {kind}: {error!r}") from error


def to_plain(value: object) -> object:
    """The record as dictionaries, lists, strings, numbers and None, as JSON has them."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {
            field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    raise TypeError(f"{type(value).__name__} is not a record")


def _taken_apart(value: object) -> object:
    """One level of what the JSON writer cannot write by itself."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} is not a record")


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - any type annotation
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _reader(arguments[0])
        return lambda data: tuple(map(item, data))
    if origin is tuple:
        items = [_reader(argument) for argument in arguments]
        return lambda data: tuple(read(value) for read, value in zip(items, data, strict=True))
    if origin in (types.UnionType, typing.Union):
        inner = _reader(next(argument for argument in arguments if argument is not type(None)))
        return lambda data: None if data is None else inner(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _named_tuple_reader(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass_reader(kind)
    if kind is float:
        return float
    return lambda data: data


def _named_tuple_reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    # Words are the bulk of a document, so their plain fields are not converted one by one.
    return lambda data: kind(*data)


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}

    def read(data: dict[str, Any]) -> object:
        return kind(**{name: readers[name](value) for name, value in data.items()})

    return read
