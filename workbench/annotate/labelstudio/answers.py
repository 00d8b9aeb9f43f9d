"""Annotations of Label Studio, believed only where everything in them is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.annotate.labelstudio.configuration import (
    ASSERTION,
    CERTAINTIES,
    CERTAINTY,
    CODE,
    NOTE,
    ROLE,
    TASK_NOTE,
    TEMPORALITY,
    VALENCE,
    attribute_tags,
    attribute_value,
)
from workbench.annotate.labelstudio.moves import CodeMoves
from workbench.annotate.labelstudio.offsets import OffsetUnit, Quote, in_characters
from workbench.annotate.labelstudio.records import Answer, LentTask, Plain, Region
from workbench.codebook import Codebook
from workbench.errors import OffsetError
from workbench.records import Assertion, SubjectRole, Temporality, Valence

_CHOICES: Mapping[str, frozenset[str]] = {
    ASSERTION: frozenset(Assertion),
    ROLE: frozenset(SubjectRole),
    TEMPORALITY: frozenset(Temporality),
    VALENCE: frozenset(Valence),
    CERTAINTY: frozenset(CERTAINTIES),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRules:
    """What an answer may say."""

    codebook: Codebook
    moves: CodeMoves = field(default_factory=CodeMoves)
    unit: OffsetUnit = OffsetUnit.CODE_POINT


@dataclass(slots=True, kw_only=True)
class _Mark:
    """The results that share a region's id."""

    quote: Quote | None = None
    labels: tuple[str, ...] = ()
    chosen: dict[str, str] = field(default_factory=dict)
    spans: set[tuple[object, object]] = field(default_factory=set)
    said: set[str] = field(default_factory=set)  # names of its results


def read_answer(
    task: LentTask, annotation: Plain, rules: AnswerRules
) -> tuple[Answer | None, list[str]]:
    """The checked annotation, or None and everything that is wrong with it.

    An annotation is taken whole or not at all: without one of its marks it would say that
    something is not there that its coder has marked.

    Args:
        task: What was lent.
        annotation: As Label Studio gives it, with ``id``, ``result`` and ``updated_at``.
        rules: Codes, moves of codes, and what offsets count.
    """
    problems: list[str] = []
    marks: dict[str, _Mark] = {}
    about: dict[str, tuple[str, ...]] = {}
    attributes = attribute_tags(rules.codebook)
    for item in annotation.get("result") or ():
        problem = _take(item, marks, about, attributes)
        problems += [problem] if problem else []
    regions: list[Region] = []
    for region_id, mark in marks.items():
        problems += _read_mark(task, region_id, mark, rules, regions)
    moment = str(annotation.get("updated_at") or annotation.get("created_at") or "")
    if not moment:
        problems.append("does not say when it was submitted")
    if problems:
        named = f"{task.external_id}: annotation {annotation.get('id')}"
        return None, [f"{named}: {problem}" for problem in problems]
    return (
        Answer(
            external_id=task.external_id,
            annotation_id=int(annotation["id"]),
            submitted_at=moment.replace("Z", "+00:00"),
            regions=tuple(sorted(regions, key=lambda each: (each.start_char, each.region_id))),
            about_task=" ".join(about.get(TASK_NOTE, ())),
            attributes=tuple(
                attribute_value(name, option)
                for name in attributes
                for option in dict.fromkeys(about.get(name, ()))
            ),
        ),
        [],
    )


def _take(
    item: Any,  # noqa: ANN401 - whatever the server holds
    marks: dict[str, _Mark],
    about: dict[str, tuple[str, ...]],
    attributes: Mapping[str, tuple[str, ...]],
) -> str:
    """Put one result where it belongs; what is wrong with it, or ""."""
    try:
        name, kind, value = item["from_name"], item["type"], item["value"]
        region_id = str(item["id"])
    except (KeyError, TypeError):
        return f"has a result that is no mark: {str(item)[:80]}"
    words = value.get(kind if kind != "textarea" else "text")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return f"{name}: says nothing that can be read: {str(value)[:80]}"
    if name == TASK_NOTE and kind == "textarea":
        about[name] = tuple(words)
        return ""
    if name in attributes and kind == "choices":
        about[name] = tuple(words)
        unknown = [word for word in words if word not in attributes[name]]
        return f"{name}: {unknown[0]!r} is no value of it" if unknown else ""
    mark = marks.setdefault(region_id, _Mark())
    mark.spans.add((value.get("start"), value.get("end")))
    if name in mark.said:  # two marks under one id: which choices are whose, nobody knows
        return f"region {region_id}: says its {name} twice"
    mark.said.add(name)
    if name == CODE and kind == "labels":
        mark.labels = tuple(words)
        mark.quote = _quote(value)
        return "" if mark.quote else f"region {region_id}: has no whole offsets and words"
    if (name == NOTE and kind == "textarea") or (name in _CHOICES and kind == "choices"):
        mark.chosen[name] = " ".join(words)
        return ""
    return f"{name!r} ({kind}) is not asked for by the workbench"


def _quote(value: Plain) -> Quote | None:
    start, end, text = value.get("start"), value.get("end"), value.get("text")
    whole = all(isinstance(each, int) and not isinstance(each, bool) for each in (start, end))
    return Quote(start, end, text) if whole and isinstance(text, str) else None  # type: ignore[arg-type]


def _read_mark(
    task: LentTask, region_id: str, mark: _Mark, rules: AnswerRules, regions: list[Region]
) -> Iterator[str]:
    """Add the regions of a mark, or yield what is wrong with it."""
    if mark.quote is None:
        if not mark.labels:  # else its missing offsets were named already
            yield f"region {region_id}: has choices, but no code"
        return
    where = f"region {region_id} ({mark.quote.text[:30]!r})"
    problems = [*_choice_problems(mark), *_span_problems(mark)]
    codes = [_code_now(label, rules) for label in mark.labels]
    problems += [problem for _, problem in codes if problem]
    if not mark.labels:
        problems.append("has no code")
    start = end = -1
    try:
        start, end = in_characters(task.text, mark.quote, rules.unit)
    except OffsetError as error:
        problems.append(str(error))
    else:
        start, end = start + task.start_char, end + task.start_char
        if not any(each.start_char <= start < each.end_char for each in task.segments):
            problems.append("begins outside of the passages that were to be read")
    valued = {code.code_id for code in rules.codebook.factors if code.has_valence}
    if valued & {code for code, _ in codes} and mark.chosen.get(VALENCE) not in set(Valence):
        problems.append("does not say whether it is a failing or good practice (valence)")
    yield from (f"{where}: {problem}" for problem in problems)
    if not problems:
        place = (start, end, task.text[start - task.start_char : end - task.start_char])
        regions += [
            _region(region_id, mark, place, code, valued=code in valued) for code, _ in codes
        ]


def _choice_problems(mark: _Mark) -> Iterator[str]:
    for name in (ASSERTION, ROLE):
        if not mark.chosen.get(name):
            yield f"does not say its {name}"
    for name, value in mark.chosen.items():
        if name in _CHOICES and value and value not in _CHOICES[name]:
            yield f"{name}: {value!r} is no value of it"


def _span_problems(mark: _Mark) -> Iterator[str]:
    if len(mark.spans) > 1:
        yield "its code and its choices have different offsets"


def _code_now(label: str, rules: AnswerRules) -> tuple[str, str]:
    """The code of today for a label, and what is wrong with it, or ""."""
    moves = rules.moves
    code_id = moves.merged.get(label, label)
    if any(code.code_id == code_id for code in rules.codebook.factors):
        return code_id, ""
    if label in moves.split:
        return "", f"code {label!r} was split; choose {' or '.join(moves.split[label])} instead"
    if label in moves.retired:
        return "", f"code {label!r} is not used any more ({moves.retired[label]})"
    return "", f"{label!r} is not a code of the codebook"


def _region(
    region_id: str, mark: _Mark, place: tuple[int, int, str], code_id: str, *, valued: bool
) -> Region:
    chosen = mark.chosen
    return Region(
        region_id=region_id,
        start_char=place[0],
        end_char=place[1],
        text=place[2],  # ours: the quotation may have its line breaks escaped
        code_id=code_id,
        assertion=chosen[ASSERTION],
        subject_role=chosen[ROLE],
        temporality=chosen.get(TEMPORALITY) or Temporality.UNCLEAR.value,
        valence=chosen[VALENCE] if valued else Valence.NOT_APPLICABLE.value,
        certainty=chosen.get(CERTAINTY, ""),
        note=chosen.get(NOTE, ""),
    )
