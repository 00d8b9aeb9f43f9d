"""What can be wrong with a codebook, one sentence for each problem."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from workbench.records import Assertion, SubjectRole, Temporality, Valence

CODE_ID = re.compile(r"[a-z][a-z0-9_]*")
TIERS = ("core", "extended")
REQUIRED = ("id", "label", "group", "level", "tier", "definition", "cues", "roles")
KNOWN = {
    *REQUIRED, "include", "exclude", "false_positives", "topic_terms", "objectives", "maps",
    "ace", "ace_extended", "valence", "type", "values",
}  # fmt: skip
LISTS = ("cues", "false_positives", "topic_terms", "roles", "objectives")
HEAD_REQUIRED = ("id", "version", "levels", "objectives", "proximity_rule")
ATTRIBUTES: Mapping[str, type[StrEnum]] = {
    "assertion": Assertion,
    "subject_role": SubjectRole,
    "temporality": Temporality,
    "valence": Valence,
}
#: The ten-item set (Felitti et al. 1998, Am. J. Prev. Med. 14(4), 245-258; Dube et al. 2001).
ACE_ITEMS = (
    "emotional_abuse", "physical_abuse", "sexual_abuse", "emotional_neglect", "physical_neglect",
    "household_domestic_violence", "household_substance_misuse", "household_mental_illness",
    "incarcerated_household_member", "parental_separation",
)  # fmt: skip


def problems_of(data: object) -> list[str]:
    """All problems of a parsed codebook file, in the order of the file; empty when it is sound."""
    if not isinstance(data, dict) or not {"codebook", "codes"} <= data.keys():
        return ["has no 'codebook:' and 'codes:' at its top level"]
    head, entries = data["codebook"], data["codes"]
    if not isinstance(head, dict) or not isinstance(entries, list) or not entries:
        return ["'codebook:' must hold settings and 'codes:' a list with at least one code"]
    problems = list(_head_problems(head))
    ids = [entry.get("id") for entry in entries if isinstance(entry, dict)]
    problems += [
        f"code {code_id!r} is defined {n} times" for code_id, n in Counter(ids).items() if n > 1
    ]
    items = Counter(
        entry["ace"] for entry in entries if isinstance(entry, dict) and entry.get("ace")
    )
    problems += [f"ACE item {item!r} is held by {n} codes" for item, n in items.items() if n > 1]
    for position, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            problems.append(f"code number {position} is not an entry with fields")
            continue
        name = f"code {entry.get('id') or f'number {position}'!r}"
        problems += [f"{name}: {problem}" for problem in _code_problems(entry, head)]
    return problems


def _head_problems(head: dict[str, Any]) -> Iterator[str]:
    yield from (f"'codebook:' lacks {name!r}" for name in HEAD_REQUIRED if not head.get(name))
    rule = head.get("proximity_rule") or {}
    if isinstance(rule, dict):
        if not isinstance(rule.get("window_tokens"), int) or rule["window_tokens"] < 1:
            yield "proximity_rule: window_tokens must be a whole number from 1"
        for name in ("deficiency_terms", "positive_terms"):
            if not _is_text_list(rule.get(name)) or not rule[name]:
                yield f"proximity_rule: {name} must be a list of words"
    attributes = head.get("attributes") or {}
    for name, kind in ATTRIBUTES.items():
        unknown = set(attributes.get(name, ())) - {member.value for member in kind}
        if unknown:
            yield f"attributes: {name} has unknown values {sorted(map(str, unknown))}"


def _code_problems(entry: dict[str, Any], head: dict[str, Any]) -> Iterator[str]:
    yield from (f"lacks {name!r}" for name in REQUIRED if not entry.get(name))
    yield from (f"has an unknown field {name!r}" for name in entry if name not in KNOWN)
    if not CODE_ID.fullmatch(str(entry.get("id", ""))):
        yield "its id must be lower-case letters, digits and _ (it is never changed later)"
    for name in LISTS:
        if name in entry and not _is_text_list(entry[name]):
            yield f"{name} must be a list of texts"
            return
    yield from _reference_problems(entry, head)
    yield from _cue_problems(entry)


def _reference_problems(entry: dict[str, Any], head: dict[str, Any]) -> Iterator[str]:
    levels = {*(head.get("levels") or {}), "case"}
    if entry.get("level") and entry["level"] not in levels:
        yield f"level {entry['level']!r} is none of {sorted(levels)}"
    if entry.get("tier") and entry["tier"] not in TIERS:
        yield f"tier {entry['tier']!r} is neither core nor extended"
    roles = {role.value for role in SubjectRole}
    yield from (f"unknown role {role!r}" for role in entry.get("roles", ()) if role not in roles)
    objectives = head.get("objectives") or {}
    yield from (
        f"unknown objective {name!r}"
        for name in entry.get("objectives", ())
        if name not in objectives
    )
    frameworks = head.get("frameworks") or {}
    yield from (
        f"maps to an unknown framework {name!r}"
        for name in entry.get("maps") or ()
        if name not in frameworks
    )
    if entry.get("ace") and entry["ace"] not in ACE_ITEMS:
        yield f"ace {entry['ace']!r} is none of the ten items {list(ACE_ITEMS)}"
    if "type" in entry and not entry.get("values"):
        yield "is an incident attribute without values"


def _cue_problems(entry: dict[str, Any]) -> Iterator[str]:
    cues = [cue.casefold() for cue in entry.get("cues", ())]
    yield from (f"cue {cue!r} stands {n} times" for cue, n in Counter(cues).items() if n > 1)
    traps = {trap.casefold() for trap in entry.get("false_positives", ())}
    yield from (f"{cue!r} is both a cue and a false positive" for cue in cues if cue in traps)


def _is_text_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)
