"""The context file: triggers, people words, default roles and strengths, checked on loading."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.coding.rules.entries import Entry, raise_problems, read_mapping
from workbench.coding.rules.lexicon import RuleKind
from workbench.records import Assertion, SectionRole, SegmentKind, SubjectRole

CONTEXT_VERSION = "2"  # of the file's form
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
    reported_by: frozenset[str]  # verbs of telling: what follows is an account
    negation_ended_by: frozenset[str]  # acts: what is denied is the act, not what it was about
    not_adopted: frozenset[str]  # words with which a review leaves an account open


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A kinship word."""

    word: str
    role: SubjectRole
    sex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleContext:
    """Words for people."""

    kin: Mapping[str, Kin]
    kin_names: Mapping[str, tuple[SubjectRole, str]]
    role_words: Mapping[str, tuple[str, ...]]
    designations: tuple[str, ...]
    designation_roles: Mapping[str, SubjectRole]
    professions: tuple[str, ...]
    titles: Mapping[str, str]
    bodies: frozenset[str]  # words that make a run of capitals an organisation or a place
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
    concrete: frozenset[str]  # words with which an inspection tells of real children
    grown_codes: frozenset[str] = frozenset()  # which no small child carries
    grown_from_years: int = 0  # from which age somebody may carry them
    shared_codes: frozenset[str] = frozenset()  # what all children of a home live with

    def review_kind(self, review_type: str) -> str:
        """The group of review types that a document's type belongs to; "other" when unknown."""
        name = review_type.lower().replace(" ", "_").replace("-", "_")
        for parts, kind in self.review_types:
            if any(part in name for part in parts):
                return kind
        return "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengths:
    """How often codings of a kind of rule are right, as shares (0-1)."""

    by_kind: Mapping[RuleKind, float]
    by_code: Mapping[str, float]  # "code_id/kind", where there was enough to measure

    def of(self, code_id: str, kind: RuleKind) -> float:
        """The share of right codings of a kind of rule within a code."""
        return self.by_code.get(f"{code_id}/{kind}", self.by_kind[kind])


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All of the file, with the hash of its bytes."""

    version: str  # of the file's form
    assertion: AssertionContext
    people: PeopleContext
    subjects: SubjectContext
    temporality: Mapping[str, frozenset[str]]
    strengths: Strengths  # in reviews of a case
    letter_strengths: Strengths  # in reports of coroners and letters of inspectors
    content_hash: str


def load_context(path: Path) -> Context:
    """The context of a YAML file.

    Raises:
        CodebookError: The file is missing or no YAML, is of another version, or lacks or
            misspells entries; all problems are listed.
    """
    data, content = read_mapping(path)
    problems: list[str] = []
    context = read_context(Entry(data, "", problems), hashlib.sha256(content).hexdigest(), problems)
    raise_problems(path, problems)
    return context


def read_context(entry: Entry, content_hash: str, problems: list[str]) -> Context:
    """The context of the file's mapping; what is wrong is added to ``problems``."""
    version = entry.text("version")
    temporality = entry.entry("temporality")
    strengths = _strengths(entry)
    context = Context(
        version=version,
        assertion=_assertion(entry.entry("assertion")),
        people=_people(entry.entry("people")),
        subjects=_subjects(entry.entry("subjects")),
        temporality=_temporality(temporality),
        strengths=strengths,
        letter_strengths=_strengths(entry.entry("letters")) if entry.has("letters") else strengths,
        content_hash=content_hash,
    )
    entry.done()
    if version != CONTEXT_VERSION:
        # What else such a file lacks would only hide this.
        problems[:] = [
            f"is version {version!r} of the context rules, and this workbench reads "
            f"{CONTEXT_VERSION!r}"
        ]
    return context


_TIMES = (
    "school_age_codes",
    "lasting_codes",
    "childhood",
    "index_incident",
    "post_incident",
    "past",
    "current",
)


def _temporality(entry: Entry) -> Mapping[str, frozenset[str]]:
    found = {name: frozenset(entry.phrases(name)) for name in _TIMES}
    entry.done()
    return found


def _strengths(entry: Entry) -> Strengths:
    kinds = entry.entry("strengths")
    by_kind = {kind: kinds.share(kind, kinds.value(kind)) for kind in RuleKind}
    kinds.done()
    by_code: dict[str, float] = {}
    if entry.has("code_strengths"):
        codes = entry.entry("code_strengths")
        for key, value in codes.items():
            codes.as_member(key.partition("/")[2], RuleKind, key)
            by_code[key] = codes.share(key, value)
    return Strengths(by_kind=by_kind, by_code=by_code)


def _assertion(entry: Entry) -> AssertionContext:
    named_after = entry.entry("named_after")
    sections, kinds = entry.entry("sections"), entry.entry("kinds")
    context = AssertionContext(
        sections={
            sections.as_member(k, SectionRole): sections.as_member(v, Assertion, k)
            for k, v in sections.items()
        },
        kinds={
            kinds.as_member(k, SegmentKind): kinds.as_member(v, Assertion, k)
            for k, v in kinds.items()
        },
        cancelled_by=frozenset(entry.phrases("cancelled_by")),
        groups=tuple(map(_group, entry.listed("groups"))),
        named_after=frozenset(named_after.phrases("words")),
        named_after_words=named_after.number("within"),
        practice_negated_by=frozenset(entry.phrases("practice_negated_by")),
        reported_by=frozenset(entry.phrases("reported_by")),
        negation_ended_by=frozenset(entry.phrases("negation_ended_by")),
        not_adopted=frozenset(entry.phrases("not_adopted")),
    )
    named_after.done()
    entry.done()
    return context


def _group(entry: Entry) -> TriggerGroup:
    group = TriggerGroup(
        assertion=entry.member("assertion", Assertion),
        before=frozenset(entry.phrases("before")),
        after=frozenset(entry.phrases("after")),
        reach_words=entry.number("reach", CLAUSE_REACH),
        bare=entry.flag("bare", default=False),
        in_clause=entry.flag("in_clause", default=False),
        of_practice=entry.flag("of_practice", default=True),
    )
    entry.done()
    return group


def _people(entry: Entry) -> PeopleContext:
    kin_names = entry.entry("kin_names")
    roles = entry.entry("designation_roles")
    titles = entry.entry("titles")
    role_words = entry.entry("role_words")
    context = PeopleContext(
        kin=dict(_kin(entry.entry("kin"))),
        kin_names={
            word: (inner.member("role", SubjectRole), inner.text("sex", ""))
            for word, inner in kin_names.entries()
        },
        role_words={word: role_words.phrases(word) for word, _ in role_words.items()},
        designations=entry.phrases("designations"),
        designation_roles={k: roles.as_member(v, SubjectRole, k) for k, v in roles.items()},
        professions=entry.phrases("professions"),
        titles={word: titles.text(word) for word, _ in titles.items()},
        bodies=frozenset(entry.phrases("bodies")),
        not_names=frozenset(entry.phrases("not_names")),
    )
    entry.done()
    return context


def _kin(entry: Entry) -> list[tuple[str, Kin]]:
    found = []
    for word, inner in entry.entries():
        role, sex = inner.member("role", SubjectRole), inner.text("sex", "")
        found.append((word, Kin(word=word, role=role, sex=sex)))
        inner.done()
    return found


def _subjects(entry: Entry) -> SubjectContext:
    types = entry.listed("review_types")
    victim_role, derived = entry.entry("victim_role"), entry.entry("derived")
    bearers = entry.entry("bearers")
    grown = entry.entry("grown") if entry.has("grown") else None
    context = SubjectContext(
        review_types=tuple((inner.phrases("contains"), inner.text("type")) for inner in types),
        victim_role={k: victim_role.as_member(v, SubjectRole, k) for k, v in victim_role.items()},
        defaults={
            kind: {bearer: inner.as_member(v, SubjectRole, bearer) for bearer, v in inner.items()}
            for kind, inner in entry.entry("defaults").entries()
        },
        bearers={code: bearer for bearer, _ in bearers.items() for code in bearers.phrases(bearer)},
        further_roles=frozenset(
            entry.as_member(word, SubjectRole, "further_roles")
            for word in entry.phrases("further_roles")
        ),
        derived={code: derived.text(code) for code, _ in derived.items()},
        concrete=frozenset(entry.phrases("concrete")),
        grown_codes=frozenset(grown.phrases("codes")) if grown else frozenset(),
        grown_from_years=grown.number("from_years") if grown else 0,
        shared_codes=frozenset(entry.phrases("shared")) if entry.has("shared") else frozenset(),
    )
    if grown:
        grown.done()
    entry.done()
    return context
