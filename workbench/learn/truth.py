"""Reading truth files, all problems of a file reported at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from workbench.errors import TruthError
from workbench.learn.truth_records import (
    TRUTH_SCHEMA,
    RunningMatter,
    Truth,
    TruthCoding,
    TruthEvent,
    TruthParagraph,
    TruthPart,
    TruthPerson,
    TruthRecommendation,
)
from workbench.records import (
    Assertion,
    SectionRole,
    SegmentKind,
    State,
    SubjectRole,
    Temporality,
    Valence,
)

E = TypeVar("E", bound=Enum)
R = TypeVar("R")
JSONObject = Mapping[str, Any]


def load_truth(path: Path) -> Truth:
    """The truth file at the path, as records.

    Keys that the records do not know are ignored. What the records say is not compared with
    each other here: see :func:`workbench.learn.truth_check.check_truth`.

    Raises:
        TruthError: The file is no JSON object, is of another schema, lacks a key, or holds a
            word that is in no vocabulary; ``problems`` names them all.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise TruthError(path, [f"cannot be read as JSON ({error})"]) from error
    if not isinstance(content, dict) or content.get("schema") != TRUTH_SCHEMA:
        raise TruthError(path, [f'is not of the schema "{TRUTH_SCHEMA}"'])
    reader = _Reader()
    truth = reader.record("file", _truth, content)
    if reader.problems or truth is None:
        raise TruthError(path, reader.problems)
    return truth


class _Reader:
    """Builds records and collects what stands in the way, with its place."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def record(
        self, place: str, build: Callable[[_Reader, JSONObject], R], content: object
    ) -> R | None:
        """The record, or nothing when a problem was noted."""
        if not isinstance(content, Mapping):
            self.problems.append(f"{place}: is no object")
            return None
        try:
            return build(self, content)
        except KeyError as error:
            self.problems.append(f"{place}: the key {error.args[0]!r} is missing")
        except (TypeError, ValueError, AttributeError) as error:
            self.problems.append(f"{place}: {error}")
        return None

    def records(
        self, key: str, build: Callable[[_Reader, JSONObject], R], content: JSONObject
    ) -> tuple[R, ...]:
        """The records of a list, those with problems left out."""
        built = [
            self.record(f"{key}[{i}]", build, item) for i, item in enumerate(content.get(key, ()))
        ]
        return tuple(record for record in built if record is not None)


def _word(vocabulary: type[E], key: str, content: JSONObject) -> E:
    value = content[key]
    try:
        return vocabulary(value)
    except ValueError as error:
        known = ", ".join(str(item.value) for item in vocabulary)
        raise ValueError(f"{key} {value!r} is none of {known}") from error


def _number(key: str, content: JSONObject) -> int:
    value = content[key]
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{key} {value!r} is no whole number")
    return value


def _words(values: object) -> tuple[str, ...]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise ValueError(f"{values!r} is no list")
    return tuple(str(value) for value in values)


def _person(_: _Reader, content: JSONObject) -> TruthPerson:
    return TruthPerson(
        person_id=content["id"],
        name=content["name"],
        aliases=_words(content.get("aliases", ())),
        role=_word(SubjectRole, "role", content),
        relation=content.get("relation") or "",
        age_years=None if content.get("age") is None else _number("age", content),
        sex=content.get("sex") or "",
        ethnicity=content.get("ethnicity") or "",
    )


def _paragraph(_: _Reader, content: JSONObject) -> TruthParagraph:
    return TruthParagraph(
        number=content["number"] or "",
        kind=_word(SegmentKind, "kind", content),
        section_role=_word(SectionRole, "section_role", content),
        page=_number("page", content),
        page_end=_number("page_end", content),
        text=content["text"],
        cells=_words(content.get("cells", ())),
        level=content.get("level"),
    )


def _running(_: _Reader, content: JSONObject) -> RunningMatter:
    return RunningMatter(position=content["position"], pattern=content["pattern"])


def _coding(_: _Reader, content: JSONObject) -> TruthCoding:
    return TruthCoding(
        paragraph_index=_number("paragraph_index", content),
        quote=content["quote"],
        code_id=content["code"],
        assertion=_word(Assertion, "assertion", content),
        subject_role=_word(SubjectRole, "subject_role", content),
        temporality=_word(Temporality, "temporality", content),
        valence=_word(Valence, "valence", content),
        person_id=content.get("person_id") or "",
        more_quotes=_words(content.get("more_quotes", ())),
    )


def _event(_: _Reader, content: JSONObject) -> TruthEvent:
    return TruthEvent(
        date=content["date"],
        precision=content["precision"],
        event=content["event"],
        agencies=_words(content.get("agencies", ())),
    )


def _recommendation(_: _Reader, content: JSONObject) -> TruthRecommendation:
    return TruthRecommendation(
        number=content["number"] or "",
        text=content["text"],
        addressee=content.get("addressee") or "",
    )


def _roles(roles: Iterable[str]) -> tuple[SubjectRole, ...]:
    return tuple(SubjectRole(role) for role in roles)


def _states(content: JSONObject) -> Mapping[str, Mapping[SubjectRole, State]]:
    return {
        code: {SubjectRole(role): State(state) for role, state in states.items()}
        for code, states in content.items()
    }


def _part(_: _Reader, content: JSONObject) -> TruthPart:
    return TruthPart(
        person_id=content["person_id"],
        name=content["pseudonym"],
        states=_states(content["states"]),
        incident=content["incident"],
    )


def _truth(reader: _Reader, content: JSONObject) -> Truth:
    return Truth(
        truth_id=content["id"],
        case_id=content["case_id"],
        kind=content["kind"],
        title=content["title"],
        pages=_number("pages", content),
        status=content["status"],
        lead=content["lead"],
        people=reader.records("people", _person, content),
        paragraphs=reader.records("paragraphs", _paragraph, content),
        running_matter=reader.records("running_matter", _running, content),
        codings=reader.records("codings", _coding, content),
        optional_codings=reader.records("optional_codings", _coding, content),
        case=_states(content["case"]),
        positive_practice={
            code: _roles(roles) for code, roles in content["case_positive_practice"].items()
        },
        suspected_only={
            code: _roles(roles) for code, roles in content["case_suspected_only"].items()
        },
        ace10={person: _words(codes) for person, codes in content["ace10"].items()},
        incident=content["incident"],
        parts=reader.records("cases", _part, content) if "cases" in content else (),
        chronology=reader.records("chronology", _event, content),
        recommendations=reader.records("recommendations", _recommendation, content),
        agencies=_words(content["agencies"]),
    )
