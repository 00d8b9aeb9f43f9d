"""All problems of the files that a domain expert edits, for ``workbench codebook check``."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbench.codebook import Codebook
from workbench.coding.rules.context import Context, read_context
from workbench.coding.rules.entries import Entry, read_mapping
from workbench.coding.rules.lexicon import Lexicon, Pattern, load_lexicon
from workbench.coding.text.passage import keys_of
from workbench.errors import CodebookError

LEXICON_NAME = "lexicon.yaml"


def check_rules(context_path: Path, codebook: Codebook) -> list[str]:
    """Every problem of a context file and of the lexicon beside it, one sentence each.

    Beyond what loading refuses: codes the codebook does not have, phrases that say the same,
    patterns that stand twice, cues that a false positive swallows, phrases without a word.
    """
    return [*_of_context(context_path, codebook), *_of_lexicon(context_path, codebook)]


def _of_context(path: Path, codebook: Codebook) -> Iterator[str]:
    try:
        data, content = read_mapping(path)
    except CodebookError as error:
        yield from (f"{path.name}: {problem}" for problem in error.problems)
        return
    problems: list[str] = []
    context = read_context(Entry(data, "", problems), hashlib.sha256(content).hexdigest(), problems)
    problems += _unknown_codes(context, codebook)
    problems += _same_triggers(context)
    yield from (f"{path.name}: {problem}" for problem in problems)


def _unknown_codes(context: Context, codebook: Codebook) -> Iterator[str]:
    known = {code.code_id for code in codebook.codes}
    used = {
        "subjects.bearers": context.subjects.bearers.keys(),
        "subjects.derived": {*context.subjects.derived, *context.subjects.derived.values()},
        "temporality.school_age_codes": context.temporality["school_age_codes"],
        "code_strengths": {key.partition("/")[0] for key in context.code_strengths},
    }
    for where, codes in used.items():
        for code_id in sorted(set(codes) - known):
            yield f"{where}: {code_id!r} is not in the codebook"


def _same_triggers(context: Context) -> Iterator[str]:
    """Triggers of one list that are one to the matcher: "denied" and "denies"."""
    for number, group in enumerate(context.assertion.groups, start=1):
        for place, phrases in (("before", group.before), ("after", group.after)):
            where = f"assertion.groups[{number}].{place} ({group.assertion})"
            yield from _same(where, phrases)
    yield from _same("assertion.cancelled_by", context.assertion.cancelled_by)


def _same(where: str, phrases: Iterable[str]) -> Iterator[str]:
    by_keys: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for phrase in sorted(phrases):
        by_keys[keys_of(phrase)].append(phrase)
    for keys, same in by_keys.items():
        if not keys:
            yield f"{where}: {same[0]!r} holds no word"
        elif len(same) > 1 and not any(phrase.endswith("*") for phrase in same):
            yield f"{where}: {' and '.join(map(repr, same))} say the same; keep one"


def _of_lexicon(context_path: Path, codebook: Codebook) -> Iterator[str]:
    path = context_path.with_name(LEXICON_NAME)
    if not path.is_file():
        return
    try:
        lexicon = load_lexicon(codebook, path)
    except CodebookError as error:
        yield from (f"{path.name}: {problem}" for problem in error.problems)
        return
    for problem in (*_repeated(lexicon), *_swallowed(lexicon), *_wordless(lexicon)):
        yield f"{path.name}: {problem}"


def _repeated(lexicon: Lexicon) -> Iterator[str]:
    """Patterns of one code that find exactly the same."""
    seen: dict[object, Pattern] = {}
    for pattern in lexicon.patterns:
        if len(pattern.parts) == 1 and len(pattern.parts[0]) == 1:
            continue  # a cue of the codebook, which lists spellings
        key = (
            pattern.code_id, pattern.valence, pattern.ordered, pattern.gap_words,
            tuple(_keys(part) for part in pattern.parts), _keys(pattern.excluded),
            _keys(pattern.needed), pattern.kind,
        )  # fmt: skip
        other = seen.setdefault(key, pattern)
        if other is not pattern:
            yield f"codes.{pattern.code_id}: {pattern.source!r} finds what {other.source!r} finds"


def _swallowed(lexicon: Lexicon) -> Iterator[str]:
    """Cues that can never be found, since a false positive holds just their words."""
    for pattern in lexicon.patterns:
        if len(pattern.parts) > 1:
            continue
        blocked = {keys_of(phrase) for phrase in lexicon.false_positives[pattern.code_id]}
        for cue in sorted(pattern.parts[0]):
            if keys_of(cue) in blocked:
                yield f"codes.{pattern.code_id}: the cue {cue!r} is a false positive as well"


def _wordless(lexicon: Lexicon) -> Iterator[str]:
    for pattern in lexicon.patterns:
        for part in pattern.parts:
            for phrase in sorted(part):
                if not keys_of(phrase.replace("*", "")):
                    yield f"codes.{pattern.code_id}: {phrase!r} in {pattern.source!r} has no word"


def _keys(phrases: Iterable[str]) -> frozenset[tuple[tuple[str, ...], bool]]:
    return frozenset((keys_of(p.replace("*", "")), p.endswith("*")) for p in phrases)
