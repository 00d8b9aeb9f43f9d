"""The patterns of every code: the codebook's own cues, and those of ``lexicon.yaml``.

A pattern is written as one line::

    smoked cannabis | cannabis use          one phrase of these
    $parent ~ drank | drunk                 one of each, at most six words apart, any order
    school > excluded ~10                   in this order, at most ten words apart
    $school ~ moved ! house | flat          and none of these in the sentence

``word*`` stands for any ending, ``$name`` for a set of the file's ``sets``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from workbench.codebook import Codebook
from workbench.coding.rules.entries import read_mapping
from workbench.errors import CodebookError
from workbench.records import Code, Valence

DEFAULT_GAP_WORDS = 6
_SECTIONS = ("cues", "positive", "negated", "suspected", "false_positives", "drop", "exact",
             "neighbours", "no_proximity")  # fmt: skip


class RuleKind(StrEnum):
    """What kind of pattern raised a coding; each has its measured strength."""

    CUE = "cue"  # several words of the codebook
    WORD = "word"  # a single word or acronym
    AMBIGUOUS = "ambiguous"  # a cue that its neighbours had to confirm
    PATTERN = "pattern"  # several parts near one another
    PROXIMITY = "proximity"  # a topic near a deficiency
    GOOD_PRACTICE = "good_practice"  # a topic near praise, or a phrase of praise
    NEGATED_CUE = "negated_cue"  # words that say by themselves that it was not there
    DERIVED = "derived"  # a parent's condition, read as the child's adversity


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of one code. ``parts`` are sets of alternatives, written as in the file."""

    code_id: str
    kind: RuleKind
    source: str  # as written, for explanations
    parts: tuple[frozenset[str], ...]
    gap_words: int = DEFAULT_GAP_WORDS
    ordered: bool = False
    excluded: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()  # one of these in the sentence (ambiguous cues)
    valence: Valence = Valence.NEGATIVE
    exact: bool = False  # the printed word must equal the cue, whatever its key
    suspected: bool = False  # the words themselves leave open whether it was there


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All patterns, and the phrases in which a cue is no hit."""

    patterns: tuple[Pattern, ...]
    false_positives: Mapping[str, frozenset[str]]  # code_id -> phrases
    content_hash: str


_NEGATORS = re.compile(r"^(no|not|never|denied|did not|was not|were not|without|none)\b", re.I)


def load_lexicon(codebook: Codebook, path: Path | None) -> Lexicon:
    """The patterns of a codebook, with those of a lexicon file added.

    Raises:
        CodebookError: The file is no YAML, names an unknown code or set, or has a broken pattern.
    """
    data, content = ({}, b"") if path is None else read_mapping(path)
    builder = _Builder(codebook, data)
    lexicon = builder.build(hashlib.sha256(content).hexdigest())
    if builder.problems:
        raise CodebookError(path or Path(), builder.problems)
    return lexicon


class _Builder:
    """Reads the file's lines into patterns; collects every problem on the way."""

    def __init__(self, codebook: Codebook, data: Mapping[str, Any]) -> None:
        self._codebook = codebook
        self._sets: dict[str, list[str]] = data.get("sets", {})
        self._entries: dict[str, dict[str, Any]] = data.get("codes", {})
        self.problems: list[str] = []
        known = {code.code_id for code in codebook.codes}
        for code_id, entry in self._entries.items():
            if code_id not in known:
                self.problems.append(f"codes: {code_id!r} is not in the codebook")
            self.problems += [
                f"codes.{code_id}: {section!r} is none of {', '.join(_SECTIONS)}"
                for section in entry
                if section not in _SECTIONS
            ]

    def build(self, content_hash: str) -> Lexicon:
        patterns: list[Pattern] = []
        false_positives: dict[str, frozenset[str]] = {}
        for code in self._codebook.factors:
            entry = self._entries.get(code.code_id, {})
            patterns += self._codebook_patterns(code, entry)
            patterns += self._proximity_patterns(code, entry.get("no_proximity", ()))
            patterns += self._file_patterns(code, entry)
            blocked = [phrase for phrase in code.false_positives if not _NEGATORS.match(phrase)]
            blocked += entry.get("false_positives", [])
            false_positives[code.code_id] = frozenset(self._alternatives(" | ".join(blocked)))
        unique = {
            (p.code_id, p.kind, p.parts, p.valence, p.needed, p.excluded): p for p in patterns
        }
        return Lexicon(tuple(unique.values()), false_positives, content_hash)

    def _codebook_patterns(self, code: Code, entry: Mapping[str, Any]) -> Iterator[Pattern]:
        dropped = set(entry.get("drop", []))
        exact = set(entry.get("exact", []))
        neighbours: dict[str, str] = entry.get("neighbours", {})
        for cue in code.cues:
            if cue in neighbours:
                yield self._ambiguous(code.code_id, cue, neighbours[cue])
                continue
            if cue in dropped:
                continue
            kind = RuleKind.CUE if " " in cue.strip() else RuleKind.WORD
            yield Pattern(code.code_id, kind, cue, (frozenset({cue}),), exact=cue in exact)
        for cue in sorted(neighbours.keys() - set(code.cues)):
            yield self._ambiguous(code.code_id, cue, neighbours[cue])

    def _ambiguous(self, code_id: str, cue: str, needed: str) -> Pattern:
        wanted, _, excluded = needed.partition("!")
        return Pattern(
            code_id,
            RuleKind.AMBIGUOUS,
            cue,
            (frozenset({cue}),),
            needed=frozenset(self._alternatives(wanted)),
            excluded=frozenset(self._alternatives(excluded)),
        )

    def _proximity_patterns(self, code: Code, left_out: Sequence[str]) -> Iterator[Pattern]:
        if not code.topic_terms:
            return
        rule = self._codebook.proximity
        for name, kind, terms, valence in (
            ("deficiency", RuleKind.PROXIMITY, rule.deficiency_terms, Valence.NEGATIVE),
            ("praise", RuleKind.GOOD_PRACTICE, rule.positive_terms, Valence.POSITIVE),
        ):
            if name in left_out:
                continue
            yield Pattern(
                code.code_id,
                kind,
                f"topic near {name}",
                (frozenset(code.topic_terms), frozenset(terms)),
                gap_words=rule.window_tokens,
                valence=valence,
            )

    def _file_patterns(self, code: Code, entry: Mapping[str, Any]) -> Iterator[Pattern]:
        for line in entry.get("cues", []):
            yield self._pattern(code.code_id, line, None, Valence.NEGATIVE)
        for line in entry.get("positive", []):
            yield self._pattern(code.code_id, line, RuleKind.GOOD_PRACTICE, Valence.POSITIVE)
        for line in entry.get("suspected", []):
            yield replace(self._pattern(code.code_id, line, None, Valence.NEGATIVE), suspected=True)
        for line in entry.get("negated", []):
            yield self._pattern(code.code_id, line, RuleKind.NEGATED_CUE, Valence.NEGATIVE)

    def _pattern(self, code_id: str, line: str, kind: RuleKind | None, valence: Valence) -> Pattern:
        body, _, excluded = line.partition("!")
        body, gap = _gap(body)
        ordered = ">" in body
        parts = tuple(
            frozenset(self._alternatives(part, f"codes.{code_id}: {line!r}"))
            for part in re.split(r"[~>]", body)
        )
        if not all(parts):
            self.problems.append(f"codes.{code_id}: {line!r} has an empty part")
        if kind is None:
            kind = RuleKind.PATTERN if len(parts) > 1 else _phrase_kind(parts[0])
        return Pattern(
            code_id, kind, line, parts, gap, ordered,
            frozenset(self._alternatives(excluded)), valence=valence,
        )  # fmt: skip

    def _alternatives(self, text: str, where: str = "") -> Iterator[str]:
        for alternative in map(str.strip, text.split("|")):
            if alternative.startswith("$"):
                if alternative[1:] not in self._sets:
                    self.problems.append(f"{where}: no set {alternative!r}")
                for member in self._sets.get(alternative[1:], []):
                    yield from self._alternatives(member, where)
            elif alternative:
                yield alternative


def _gap(body: str) -> tuple[str, int]:
    found = re.search(r"~(\d+)\s*$", body.strip())
    if found is None:
        return body, DEFAULT_GAP_WORDS
    return body.strip()[: found.start()], int(found.group(1))


def _phrase_kind(alternatives: frozenset[str]) -> RuleKind:
    return RuleKind.CUE if all(" " in item for item in alternatives) else RuleKind.WORD
