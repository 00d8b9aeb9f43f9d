"""The context file: triggers, people words, default roles and strengths, checked on loading."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from workbench.coding.rules.lexicon import RuleKind
from workbench.errors import CodebookError
from workbench.records import Assertion, SectionRole, SegmentKind, SubjectRole

CLAUSE_REACH = 1000  # words; a trigger without a reach of its own runs to the end of its clause


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerGroup:
    """Phrases that give an assertion to the cues they govern."""

    assertion: Assertion
    before: frozenset[str]
    after: frozenset[str]
    reach_words: int = CLAUSE_REACH
    bare: bool = False  # "no", "not": stops at a comma, unless a list with "or" goes on
    in_clause: bool = False  # stops where another clause begins ("when", "which", "who")
    of_practice: bool = True  # applies to practice codes too


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionContext:
    """What decides an assertion."""

    sections: Mapping[SectionRole, Assertion]
    kinds: Mapping[SegmentKind, Assertion]
    cancelled_by: frozenset[str]
    groups: tuple[TriggerGroup, ...]
    named_after: frozenset[str]
    named_after_words: int
    practice_negated_by: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A kinship word."""

    word: str
    role: SubjectRole
    sex: str = ""
    inverse: str = ""  # what the possessor is to the bearer: "child" of a mother


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleContext:
    """Words for people."""

    kin: Mapping[str, Kin]
    kin_names: Mapping[str, tuple[SubjectRole, str]]
    role_words: Mapping[str, tuple[str, ...]]
    designations: tuple[str, ...]
    designation_roles: Mapping[str, SubjectRole]
    titles: Mapping[str, str]
    not_names: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectContext:
    """Who carries which factor."""

    review_types: tuple[tuple[tuple[str, ...], str], ...]
    victim_role: Mapping[str, SubjectRole]
    defaults: Mapping[str, Mapping[str, SubjectRole]]
    bearers: Mapping[str, str]  # code_id -> bearer
    further_roles: frozenset[SubjectRole]
    derived: Mapping[str, str]  # code_id of a parent's condition -> ACE of the child

    def review_kind(self, review_type: str) -> str:
        """The group of review types that a document's type belongs to; "other" when unknown."""
        name = review_type.lower().replace(" ", "_").replace("-", "_")
        for parts, kind in self.review_types:
            if any(part in name for part in parts):
                return kind
        return "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All of the file, with the hash of its bytes."""

    assertion: AssertionContext
    people: PeopleContext
    subjects: SubjectContext
    temporality: Mapping[str, frozenset[str]]
    strengths: Mapping[RuleKind, float]
    code_strengths: Mapping[str, float]  # "code_id/kind", where there was enough to measure
    content_hash: str


def load_context(path: Path) -> Context:
    """The context of a YAML file.

    Raises:
        CodebookError: The file is missing, no YAML, or lacks or misspells an entry.
    """
    try:
        content = path.read_bytes()
        data = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise CodebookError(path, [f"cannot be read ({error.strerror})"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CodebookError(path, [f"is no valid YAML: {error}"]) from error
    if not isinstance(data, dict):
        raise CodebookError(path, ["holds no mapping of the sections assertion, people, ..."])
    try:
        return Context(
            assertion=_assertion(data["assertion"]),
            people=_people(data["people"]),
            subjects=_subjects(data["subjects"]),
            temporality={k: frozenset(map(str, v)) for k, v in data["temporality"].items()},
            strengths={RuleKind(k): _share(v) for k, v in data["strengths"].items()},
            code_strengths={k: _share(v) for k, v in data.get("code_strengths", {}).items()},
            content_hash=hashlib.sha256(content).hexdigest(),
        )
    except KeyError as error:
        raise CodebookError(path, [f"the entry {error} is missing"]) from error
    except (AttributeError, TypeError, ValueError) as error:
        raise CodebookError(path, [f"an entry has a wrong value: {error}"]) from error


def _share(value: object) -> float:
    share = float(str(value))
    if not 0 <= share <= 1:
        raise ValueError(f"strength {share} is not between 0 and 1")
    return share


def _phrases(value: Any) -> frozenset[str]:  # noqa: ANN401 - checked here
    if not isinstance(value, list):
        raise TypeError(f"expected a list of phrases, found {value!r}")
    return frozenset(map(str, value))


def _assertion(data: Mapping[str, Any]) -> AssertionContext:
    return AssertionContext(
        sections={SectionRole(k): Assertion(v) for k, v in data["sections"].items()},
        kinds={SegmentKind(k): Assertion(v) for k, v in data["kinds"].items()},
        cancelled_by=_phrases(data["cancelled_by"]),
        groups=tuple(
            TriggerGroup(
                assertion=Assertion(group["assertion"]),
                before=_phrases(group["before"]),
                after=_phrases(group["after"]),
                reach_words=int(group.get("reach", CLAUSE_REACH)),
                bare=bool(group.get("bare", False)),
                in_clause=bool(group.get("in_clause", False)),
                of_practice=bool(group.get("of_practice", True)),
            )
            for group in data["groups"]
        ),
        named_after=_phrases(data["named_after"]["words"]),
        named_after_words=int(data["named_after"]["within"]),
        practice_negated_by=_phrases(data["practice_negated_by"]),
    )


def _people(data: Mapping[str, Any]) -> PeopleContext:
    return PeopleContext(
        kin={
            word: Kin(
                word=word,
                role=SubjectRole(entry["role"]),
                sex=entry.get("sex", ""),
                inverse=entry.get("inverse", ""),
            )
            for word, entry in data["kin"].items()
        },
        kin_names={k: (SubjectRole(role), sex) for k, (role, sex) in data["kin_names"].items()},
        role_words={k: tuple(v) for k, v in data["role_words"].items()},
        designations=tuple(data["designations"]),
        designation_roles={k: SubjectRole(v) for k, v in data["designation_roles"].items()},
        titles=dict(data["titles"]),
        not_names=frozenset(data["not_names"]),
    )


def _subjects(data: Mapping[str, Any]) -> SubjectContext:
    return SubjectContext(
        review_types=tuple(
            (tuple(entry["contains"]), str(entry["type"])) for entry in data["review_types"]
        ),
        victim_role={k: SubjectRole(v) for k, v in data["victim_role"].items()},
        defaults={
            kind: {bearer: SubjectRole(role) for bearer, role in roles.items()}
            for kind, roles in data["defaults"].items()
        },
        bearers={code: bearer for bearer, codes in data["bearers"].items() for code in codes},
        further_roles=frozenset(map(SubjectRole, data["further_roles"])),
        derived=dict(data["derived"]),
    )
