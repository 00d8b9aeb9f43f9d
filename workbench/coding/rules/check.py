"""All problems of the files that a domain expert edits, for ``workbench codebook check``."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from workbench.codebook import Codebook
from workbench.coding.rules.context import CONTEXT_VERSION, Context, read_context
from workbench.coding.rules.entries import AFTER_UPGRADE, Entry, read_mapping
from workbench.coding.rules.lexicon import Lexicon, Pattern, load_lexicon
from workbench.coding.text.passage import keys_of
from workbench.errors import CodebookError

LEXICON_NAME = "lexicon.yaml"
_QUOTED = re.compile(r"'([^']+)'")


def check_rules(context_path: Path, codebook: Codebook) -> list[str]:
    """Every problem of a context file and of the lexicon beside it, one sentence each.

    Each names the file, the line where it can be found, the entry and what to do. Beyond what
    loading refuses: codes the codebook does not have, phrases that say the same, patterns that
    stand twice, cues that a false positive swallows, phrases without a word.
    """
    lexicon_path = context_path.with_name(LEXICON_NAME)
    return [
        *_placed(context_path, _of_context(context_path, codebook)),
        *_placed(lexicon_path, _of_lexicon(context_path, codebook)),
    ]


def _placed(path: Path, problems: Iterable[str]) -> Iterator[str]:
    """Problems with the file's name and the line that holds the words they quote."""
    lines: list[str] | None = None
    for problem in dict.fromkeys(problems):
        if lines is None:
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            lines = text.splitlines()
        number = _line_of(problem, lines)
        yield f"{path.name}{f', line {number}' if number else ''}: {problem}"


def _line_of(problem: str, lines: Sequence[str]) -> int:
    """The line of the first quoted words of a problem, from 1; 0 when they stand nowhere alone.

    A pattern or phrase stands in its own line, or as an entry of a list or a key.
    """
    for quoted in _QUOTED.findall(problem):
        entry = re.compile(rf"(?<![\w']){re.escape(quoted)}(?![\w'])")
        found = [number for number, line in enumerate(lines, start=1) if entry.search(line)]
        if found:
            alone = [n for n in found if lines[n - 1].strip(" -\"'") == quoted]
            return (alone or found)[-1 if len(alone) > 1 else 0]
    return 0


def _of_context(path: Path, codebook: Codebook) -> Iterator[str]:
    try:
        data, content = read_mapping(path)
    except CodebookError as error:
        yield from error.problems
        return
    problems: list[str] = []
    context = read_context(Entry(data, "", problems), hashlib.sha256(content).hexdigest(), problems)
    if context.version != CONTEXT_VERSION:
        yield f"{problems[0]}. {AFTER_UPGRADE}"
        return
    problems += _unknown_codes(context, codebook)
    problems += _same_triggers(context)
    yield from problems


def _unknown_codes(context: Context, codebook: Codebook) -> Iterator[str]:
    known = {code.code_id for code in codebook.codes}
    used = {
        "subjects.bearers": context.subjects.bearers.keys(),
        "subjects.derived": {*context.subjects.derived, *context.subjects.derived.values()},
        "subjects.grown.codes": context.subjects.grown_codes,
        "subjects.shared": context.subjects.shared_codes,
        "temporality.school_age_codes": context.temporality["school_age_codes"],
        "temporality.lasting_codes": context.temporality["lasting_codes"],
        "code_strengths": {key.partition("/")[0] for key in context.strengths.by_code},
        "letters.code_strengths": {
            key.partition("/")[0] for key in context.letter_strengths.by_code
        },
    }
    for where, codes in used.items():
        for code_id in sorted(set(codes) - known):
            yield f"{where}: {code_id!r} is not in the codebook; correct it, or add the code"


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
            yield f"{where}: {same[0]!r} holds no word; take it out"
        elif len(same) > 1 and not any(phrase.endswith("*") for phrase in same):
            yield f"{where}: {' and '.join(map(repr, same))} say the same; keep one"


def _of_lexicon(context_path: Path, codebook: Codebook) -> Iterator[str]:
    path = context_path.with_name(LEXICON_NAME)
    if not path.is_file():
        return
    try:
        lexicon = load_lexicon(codebook, path)
    except CodebookError as error:
        yield from error.problems
        return
    yield from (*_repeated(lexicon), *_swallowed(lexicon), *_wordless(lexicon))


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
            yield (
                f"codes.{pattern.code_id}: {pattern.source!r} finds what {other.source!r} finds; "
                "keep one"
            )


def _swallowed(lexicon: Lexicon) -> Iterator[str]:
    """Cues that can never be found, since a false positive holds just their words."""
    for pattern in lexicon.patterns:
        if len(pattern.parts) > 1:
            continue
        blocked = {keys_of(phrase) for phrase in lexicon.false_positives[pattern.code_id]}
        for cue in sorted(pattern.parts[0]):
            if keys_of(cue) in blocked:
                yield (
                    f"codes.{pattern.code_id}: the cue {cue!r} is a false positive as well; "
                    "take it out of one of the two"
                )


def _wordless(lexicon: Lexicon) -> Iterator[str]:
    for pattern in lexicon.patterns:
        for part in pattern.parts:
            for phrase in sorted(part):
                if not keys_of(phrase.replace("*", "")):
                    yield (
                        f"codes.{pattern.code_id}: {phrase!r} in {pattern.source!r} has no word; "
                        "mend it"
                    )


def _keys(phrases: Iterable[str]) -> frozenset[tuple[tuple[str, ...], bool]]:
    return frozenset((keys_of(p.replace("*", "")), p.endswith("*")) for p in phrases)
