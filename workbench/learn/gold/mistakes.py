"""What went wrong, one by one: for reading, and counted by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from workbench.learn.evaluation.records import Cell, Table
from workbench.learn.gold.pairs import PassagePairs
from workbench.learn.gold.records import Mistake, PassageCoding
from workbench.learn.matching.pairs import is_practice

WRONG_ASSERTION = "affirmed, where gold has the code as {}"
WRONG_CODE = "affirmed on words for which gold has another code"
WRONG_WORDS = "affirmed on words that gold does not code"
WRONG_PASSAGE = "affirmed in a passage for which gold has nothing"
MISSED_ASSERTION = "missed: found, but as {}"
MISSED_CODE = "missed: another code was found on its words"
MISSED_WORDS = "missed: nothing was found on its words"
MISSED_PASSAGE = "missed: nothing was found in the passage"
ROLE = "right code, wrong person"
VALENCE = "right code, failing and good practice confused"
WORDS = "right code, but quoted from other words"
_SHOWN_CODES = 4


def find_mistakes(pairs: Iterable[PassagePairs]) -> tuple[Mistake, ...]:
    """Everything that gold and system do not share, in the order of the passages."""
    return tuple(mistake for each in pairs for mistake in _of_passage(each))


def mistake_table(mistakes: Sequence[Mistake]) -> Table:
    """How many of each kind, and the codes that have most of them."""
    by_kind: dict[str, Counter[str]] = {}
    for mistake in mistakes:
        by_kind.setdefault(mistake.kind, Counter())[mistake.code_id] += 1
    rows: list[tuple[Cell, ...]] = []
    for kind, codes in sorted(by_kind.items(), key=lambda item: (-item[1].total(), item[0])):
        most = sorted(codes, key=lambda code: (-codes[code], code))[:_SHOWN_CODES]
        named = ", ".join(f"{code} {codes[code]}" for code in most)
        rows.append((kind, codes.total(), named))
    return Table(
        key="gold.mistakes",
        title="Where codes go wrong, by kind",
        columns=("what happened", "n", "most often"),
        rows=tuple(rows),
    )


def _of_passage(pairs: PassagePairs) -> Iterator[Mistake]:
    for code in sorted(pairs.given_affirmed - pairs.wanted_affirmed):
        yield _mistake(pairs, code, _why_wrong(pairs, code))
    for code in sorted(pairs.wanted_affirmed - pairs.given_affirmed):
        yield _mistake(pairs, code, _why_missed(pairs, code))
    for code in pairs.matched:
        if not is_practice(code) and not pairs.agree(code, "subject_role"):
            yield _mistake(pairs, code, ROLE, "subject_role")
        if is_practice(code) and code in pairs.wanted_affirmed & pairs.given_affirmed:
            wanted, given = pairs.valences(code)
            if not wanted & given:
                yield _mistake(pairs, code, VALENCE, "valence")
        quoted = any(pairs.words(coding) for coding in pairs.given[code])
        if quoted and pairs.overlap(code) == 0:
            yield _mistake(pairs, code, WORDS)


def _why_wrong(pairs: PassagePairs, code: str) -> str:
    if code in pairs.wanted:
        return WRONG_ASSERTION.format(_values(pairs.wanted[code], "assertion"))
    if not pairs.wanted:
        return WRONG_PASSAGE
    own = [coding for coding in pairs.given[code] if coding.is_affirmed]
    others = [coding for codings in pairs.wanted.values() for coding in codings]
    return WRONG_CODE if _share_words(pairs, own, others) else WRONG_WORDS


def _why_missed(pairs: PassagePairs, code: str) -> str:
    if code in pairs.given:
        return MISSED_ASSERTION.format(_values(pairs.given[code], "assertion"))
    if not pairs.given:
        return MISSED_PASSAGE
    own = [coding for coding in pairs.wanted[code] if coding.is_affirmed]
    others = [coding for codings in pairs.given.values() for coding in codings]
    return MISSED_CODE if _share_words(pairs, own, others) else MISSED_WORDS


def _share_words(
    pairs: PassagePairs, own: Iterable[PassageCoding], others: Iterable[PassageCoding]
) -> bool:
    words = frozenset[int]().union(*(pairs.words(coding) for coding in own))
    return any(words & pairs.words(coding) for coding in others)


def _values(codings: Iterable[PassageCoding], name: str) -> str:
    return " and ".join(sorted({getattr(coding, name) or "not stated" for coding in codings}))


def _mistake(pairs: PassagePairs, code: str, kind: str, name: str = "assertion") -> Mistake:
    return Mistake(
        kind=kind,
        code_id=code,
        passage_id=pairs.passage.passage_id,
        wanted=_values(pairs.wanted.get(code, ()), name),
        given=_values(pairs.given.get(code, ()), name),
    )
