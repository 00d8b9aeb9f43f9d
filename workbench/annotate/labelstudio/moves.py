"""What became of codes of an earlier codebook, so that no mark is left without its code."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from workbench.errors import CodeMovesError

_KINDS = ("merge", "split", "retire")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMoves:
    """Former code -> what stands for it now."""

    merged: Mapping[str, str] = field(default_factory=dict)  # several may go into one
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # a person has to choose
    retired: Mapping[str, str] = field(default_factory=dict)  # to the reason

    @property
    def former(self) -> tuple[str, ...]:
        """All codes that are none any more, in the order of the alphabet."""
        return tuple(sorted({*self.merged, *self.split, *self.retired}))


def read_moves(path: Path, code_ids: Collection[str]) -> CodeMoves:
    """The moves that a file tells of; no moves where there is no file.

    The file has up to three entries: ``merge`` (code of today: list of former codes), ``split``
    (former code: list of codes of today) and ``retire`` (former code: the reason).

    Args:
        path: The file, YAML.
        code_ids: Codes of today.

    Raises:
        CodeMovesError: It has problems; all of them are listed.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except FileNotFoundError:
        return CodeMoves()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CodeMovesError(path, [f"cannot be read as YAML ({error})"]) from error
    problems = list(_form_problems(data))
    if problems:
        raise CodeMovesError(path, problems)
    problems = list(_problems(data, frozenset(code_ids)))
    if problems:
        raise CodeMovesError(path, problems)
    return CodeMoves(
        merged={old: new for new, olds in data.get("merge", {}).items() for old in olds},
        split={old: tuple(news) for old, news in data.get("split", {}).items()},
        retired=dict(data.get("retire", {})),
    )


def orphans(used: Mapping[str, int], code_ids: Collection[str], moves: CodeMoves) -> list[str]:
    """One sentence for each code in use that has no entry any more, and no move either.

    Args:
        used: Code -> how many marks have it.
        code_ids: Codes of today.
        moves: What became of former codes.
    """
    known = {*code_ids, *moves.former}
    return [
        f"{code_id!r} was used {n} time(s), and the codebook neither has it nor says in "
        "annotations/codebook/moves.yaml where it went (merge, split or retire)"
        for code_id, n in sorted(used.items())
        if code_id not in known
    ]


def _form_problems(data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever YAML holds
    if not isinstance(data, dict):
        yield "holds no entries; it has merge, split and retire"
        return
    for kind, entries in data.items():
        if kind not in _KINDS:
            yield f"{kind!r} is no entry; it has merge, split and retire"
        elif not isinstance(entries, dict):
            yield f"{kind}: holds no codes"
        else:
            yield from _entry_problems(kind, entries)


def _entry_problems(kind: str, entries: Mapping[Hashable, Any]) -> Iterator[str]:
    for code_id, value in entries.items():
        if kind == "retire":
            good = isinstance(value, str) and bool(value.strip())
            wanted = "a reason"
        else:
            good = isinstance(value, list) and bool(value)
            good = good and all(isinstance(each, str) for each in value)
            wanted = "a list of codes"
        if not (good and isinstance(code_id, str)):
            yield f"{kind}: {code_id!r} needs {wanted}"


def _problems(data: Mapping[str, Any], code_ids: frozenset[str]) -> Iterator[str]:
    merge, split, retire = (data.get(kind, {}) for kind in _KINDS)
    former = [*(old for olds in merge.values() for old in olds), *split, *retire]
    for new in (*merge, *(new for news in split.values() for new in news)):
        if new not in code_ids:
            yield f"{new!r} shall take marks over, but is no code of the codebook"
    for old in sorted(set(former)):
        if old in code_ids:
            yield f"{old!r} shall be a former code, but is a code of the codebook"
        if former.count(old) > 1:
            yield f"{old!r} goes to several places; say split if a person has to choose"
    for old, news in split.items():
        if len(set(news)) < 2:
            yield f"split: {old!r} goes to one code only; that is a merge"
