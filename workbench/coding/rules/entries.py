"""Reading a file key by key: what is wrong with it is noted, and told all at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from workbench.errors import CodebookError

E = TypeVar("E", bound=StrEnum)
AFTER_UPGRADE = (
    "In a workspace, 'workbench codebook update' puts in the file of this version and keeps "
    "yours under annotations/codebook/earlier, for you to carry your changes over"
)


class _UniqueKeyLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML keeps the last of two equal keys without a word; a file of rules must not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {twice[0]!r} stands twice in one entry", node.start_mark
            )
        result: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return result


def read_mapping(path: Path) -> tuple[Mapping[str, Any], bytes]:
    """The mapping that a YAML file holds, and the file's bytes.

    Raises:
        CodebookError: The file cannot be read, is no YAML or holds no mapping.
    """
    try:
        content = path.read_bytes()
        data = yaml.load(content, _UniqueKeyLoader)
    except OSError as error:
        raise CodebookError(path, [f"cannot be read ({error.strerror})"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CodebookError(path, [f"is no valid YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise CodebookError(path, ["holds no mapping of named sections"])
    return data, content


class Entry:
    """One mapping of a file. A value that is missing or wrong is noted and stands for nothing."""

    def __init__(self, data: object, where: str, problems: list[str]) -> None:
        self._where, self._problems = where, problems
        self._read: set[str] = set()
        if not isinstance(data, dict):
            self._note(f"expected named entries, found {data!r}")
        self._data: Mapping[str, Any] = data if isinstance(data, dict) else {}

    def _note(self, problem: str) -> None:
        self._problems.append(f"{self._where}: {problem}" if self._where else problem)

    def _at(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def has(self, key: str) -> bool:
        """Whether the entry has a key."""
        return key in self._data

    def value(self, key: str, default: object = None) -> Any:  # noqa: ANN401 - checked by callers
        """The value of a key; without a default it must be there."""
        self._read.add(key)
        if key not in self._data and default is None:
            self._note(f"the key {key!r} is missing")
        return self._data.get(key, default)

    def entry(self, key: str) -> Entry:
        """The mapping under a key."""
        return Entry(self.value(key, None) if key in self._data else self._missing(key),
                     self._at(key), self._problems)  # fmt: skip

    def _missing(self, key: str) -> object:
        self._read.add(key)
        self._note(f"the key {key!r} is missing")
        return {}

    def items(self) -> Iterator[tuple[str, Any]]:
        """All keys and values, for mappings whose keys are data."""
        self._read.update(map(str, self._data))
        yield from ((str(key), value) for key, value in self._data.items())

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """All keys and mappings, for mappings whose keys are data."""
        for key, value in self.items():
            yield key, Entry(value, self._at(key), self._problems)

    def listed(self, key: str) -> list[Entry]:
        """The mappings of a list."""
        value = self.value(key)
        if not isinstance(value, list):
            self._wrong(key, "a list of entries", value)
            return []
        return [Entry(item, f"{self._at(key)}[{n}]", self._problems) for n, item in
                enumerate(value, start=1)]  # fmt: skip

    def phrases(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of phrases without repeats."""
        value = self.value(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(item, str | int) for item in value):
            self._wrong(key, "a list of phrases", value)
            return ()
        phrases = tuple(map(str, value))
        for phrase in sorted({p for p in phrases if phrases.count(p) > 1}):
            self._problems.append(f"{self._at(key)}: {phrase!r} stands twice")
        return tuple(dict.fromkeys(phrases))

    def text(self, key: str, default: str | None = None) -> str:
        """A word."""
        value = self.value(key, default)
        if value is not None and not isinstance(value, str):
            self._wrong(key, "a word", value)
            return ""
        return value or ""

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        value = self.value(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self._wrong(key, "a whole number", value)
            return 0
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.value(key, default)
        if not isinstance(value, bool):
            self._wrong(key, "true or false", value)
        return bool(value)

    def member(self, key: str, kind: type[E], default: E | None = None) -> E:
        """A word of a closed vocabulary; its first word where the file has none of them."""
        value = self.value(key, default)
        return self.as_member(value, kind, key)

    def as_member(self, value: object, kind: type[E], key: str = "") -> E:
        """A value as a word of a closed vocabulary."""
        words = [member.value for member in kind]
        if value in words:
            return kind(value)
        if value is not None:
            where = self._at(key) if key else self._where
            self._problems.append(f"{where}: {value!r} is none of {', '.join(words)}")
        return next(iter(kind))

    def share(self, key: str, value: object) -> float:
        """A value as a share, 0-1."""
        if isinstance(value, int | float) and 0 <= value <= 1:
            return float(value)
        self._wrong(key, "a share between 0 and 1", value)
        return 0.0

    def done(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._data:
            if str(key) not in self._read:
                self._note(f"the key {str(key)!r} is not known here")

    def _wrong(self, key: str, expected: str, found: object) -> None:
        if found is not None:  # a missing key is noted already
            self._problems.append(f"{self._at(key)}: expected {expected}, found {found!r}")


def raise_problems(path: Path, problems: list[str], advice: str = AFTER_UPGRADE) -> None:
    """Tell all problems of a file.

    Raises:
        CodebookError: There are problems.
    """
    if problems:
        raise CodebookError(path, [*problems[:-1], f"{problems[-1]}. {advice}"])
