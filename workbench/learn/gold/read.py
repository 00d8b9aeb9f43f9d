"""Files of coded passages, checked; every problem is listed with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.errors import PassagesError
from workbench.learn.gold.lines import JsonLine, json_lines
from workbench.learn.gold.records import GoldPassage, PassageCoding
from workbench.records import Assertion, SubjectRole, Valence

_VOCABULARIES: Mapping[str, Collection[str]] = {
    "assertion": frozenset(Assertion),
    "subject_role": frozenset(SubjectRole),
    "valence": frozenset(Valence),
}
#: What every coding of a gold file must say.
_REQUIRED = ("assertion", "subject_role", "quote")
_STRATUM = ("stratum", "stratum_size", "stratum_sampled")


def read_gold(path: Path, code_ids: Collection[str]) -> tuple[GoldPassage, ...]:
    """The passages of a gold file, in its order.

    Args:
        path: Lines with id, text and codings; doc, source, section and stratum are optional.
        code_ids: The codes that may be used.

    Raises:
        InputError: The file cannot be read.
        PassagesError: It has problems: a line that is no passage, an id twice, a code or an
            assertion that is not known, a quote that does not occur in its text, sizes of a
            stratum that do not agree. All are listed.
    """
    passages: list[GoldPassage] = []
    problems: list[str] = []
    for line in _with_ids(path, problems):
        found = [*_gold_problems(line.value), *_coding_problems(line.value, code_ids, _REQUIRED)]
        if not found:
            text = line.value["text"]
            found = [
                f"coding {number}: its quote does not occur in the text"
                for number, coding in enumerate(line.value["codings"], start=1)
                if coding["quote"] not in text
            ]
        problems += [f"line {line.number}: {problem}" for problem in found]
        if not found:
            passages.append(_passage(line))
    problems += _stratum_problems(passages)
    if not passages and not problems:
        problems.append("holds no passage")
    if problems:
        raise PassagesError(path, problems)
    return tuple(passages)


def read_predictions(path: Path, code_ids: Collection[str]) -> dict[str, tuple[PassageCoding, ...]]:
    """The codings of each passage in a file of suggestions.

    Only ``code`` is needed in a coding. A quote that does not occur is no error here: the
    evaluation counts it.

    Raises:
        InputError: The file cannot be read.
        PassagesError: It has problems; all are listed.
    """
    problems: list[str] = []
    codings: dict[str, tuple[PassageCoding, ...]] = {}
    for line in _with_ids(path, problems):
        found = _coding_problems(line.value, code_ids, ())
        problems += [f"line {line.number}: {problem}" for problem in found]
        if not found:
            codings[str(line.value["id"])] = _codings(line.value)
    if problems:
        raise PassagesError(path, problems)
    return codings


def _with_ids(path: Path, problems: list[str]) -> Iterator[JsonLine]:
    """The lines that have an id of their own; of the others the problem is noted."""
    first: dict[str, int] = {}
    for line in json_lines(path):
        problem = line.problem
        name = line.value.get("id")
        if not problem and (not isinstance(name, str | int) or name == "" or name is True):
            problem = "has no 'id'"
        if not problem and first.setdefault(str(name), line.number) != line.number:
            problem = f"has the id of line {first[str(name)]}; ids must differ"
        if problem:
            problems.append(f"line {line.number}: {problem}")
        else:
            yield line


def _gold_problems(value: Mapping[str, Any]) -> list[str]:
    problems = []
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        problems.append("has no 'text'")
    coders = value.get("coders", [])
    if not isinstance(coders, list) or not all(isinstance(each, str) for each in coders):
        problems.append("'coders' is no list of names")
    given = [name for name in _STRATUM if value.get(name) is not None]
    if given and len(given) < len(_STRATUM):
        problems.append(f"has {', '.join(given)}, but a stratum needs {', '.join(_STRATUM)}")
    elif given:
        sizes = value["stratum_size"], value["stratum_sampled"]
        if not all(isinstance(size, int) and size > 0 for size in sizes) or sizes[0] < sizes[1]:
            problems.append("stratum_size and stratum_sampled are not counts that fit each other")
    return problems


def _coding_problems(
    value: Mapping[str, Any], code_ids: Collection[str], required: tuple[str, ...]
) -> list[str]:
    codings = value.get("codings")
    if not isinstance(codings, list):
        return ["has no list 'codings'"]
    problems = []
    for number, coding in enumerate(codings, start=1):
        if not isinstance(coding, dict):
            problems.append(f"coding {number}: is no object")
            continue
        problems += [
            f"coding {number}: {problem}" for problem in _of_coding(coding, code_ids, required)
        ]
    return problems


def _of_coding(
    coding: Mapping[str, Any], code_ids: Collection[str], required: tuple[str, ...]
) -> Iterator[str]:
    code = coding.get("code")
    if not isinstance(code, str) or code not in code_ids:
        yield f"{_shown(code)} is not a code of the codebook"
    for name, known in _VOCABULARIES.items():
        given = coding.get(name)
        if given is None:
            if name in required:
                yield f"has no {name!r}"
        elif given not in known:
            yield f"{name} {_shown(given)} is none of {', '.join(sorted(known))}"
    quote = coding.get("quote")
    if (quote is not None or "quote" in required) and not isinstance(quote, str):
        yield "'quote' is not a text"
    elif "quote" in required and not str(quote).strip():
        yield "its quote is empty"


def _shown(value: object) -> str:
    return repr(value)[:60]


def _passage(line: JsonLine) -> GoldPassage:
    value = line.value
    name = str(value["id"])
    return GoldPassage(
        passage_id=name,
        line=line.number,
        text=value["text"],
        codings=_codings(value),
        doc=str(value.get("doc") or name),
        source=str(value.get("source") or value.get("review_type") or ""),
        section=str(value.get("section") or ""),
        stratum=str(value.get("stratum") or ""),
        stratum_size=value.get("stratum_size") or 0,
        coders=tuple(map(str, value.get("coders") or ())),
        stratum_sampled=value.get("stratum_sampled") or 0,
    )


def _codings(value: Mapping[str, Any]) -> tuple[PassageCoding, ...]:
    return tuple(
        PassageCoding(
            code_id=coding["code"],
            assertion=coding.get("assertion") or "",
            subject_role=coding.get("subject_role") or "",
            valence=coding.get("valence") or "",
            quote=coding.get("quote") or "",
            start_char=start if isinstance(start := coding.get("start_char"), int) else -1,
        )
        for coding in value["codings"]
    )


def _stratum_problems(passages: list[GoldPassage]) -> Iterator[str]:
    by_name: dict[str, GoldPassage] = {}
    if any(passage.stratum for passage in passages):
        yield from (
            f"line {passage.line}: has no stratum, but others have"
            for passage in passages
            if not passage.stratum
        )
    for passage in passages:
        first = by_name.setdefault(passage.stratum, passage)
        if (first.stratum_size, first.stratum_sampled) != (
            passage.stratum_size,
            passage.stratum_sampled,
        ):
            yield (
                f"line {passage.line}: stratum {passage.stratum!r} has other sizes than on line "
                f"{first.line}"
            )
