"""Checking truth files against themselves, their PDF and the codebook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from workbench.errors import TruthError
from workbench.learn.truth import load_truth
from workbench.learn.truth_records import KINDS, POSITIONS, STATUSES, Truth, TruthCoding
from workbench.records import EVIDENCE_ROLES, Assertion, State, SubjectRole, Valence


def check_truths(
    folder: Path, *, code_ids: Collection[str], page_counts: Mapping[str, int] | None = None
) -> tuple[Truth, ...]:
    """The truths of a corpus (``truth/*.json`` beside ``pdf/*.pdf``), checked, in order of id.

    Args:
        folder: The corpus folder that holds ``truth`` and ``pdf``.
        code_ids: The codes of the codebook.
        page_counts: Pages of each PDF by its id, when the caller has counted them.

    Raises:
        TruthError: Some file has a problem; all problems of all files are listed.
    """
    truths: list[Truth] = []
    problems: list[str] = []
    paths = sorted((folder / "truth").glob("*.json"))
    if not paths:
        problems.append("truth/ holds no JSON file")
    for path in paths:
        try:
            truth = load_truth(path)
        except TruthError as error:
            problems += [f"{path.name}: {problem}" for problem in error.problems]
            continue
        truths.append(truth)
        problems += [f"{path.name}: {text}" for text in check_truth(truth, code_ids)]
        problems += [f"{path.name}: {text}" for text in _beside(path, truth, page_counts or {})]
    problems += _across(truths)
    if problems:
        raise TruthError(folder, problems)
    return tuple(truths)


def check_truth(truth: Truth, code_ids: Collection[str]) -> tuple[str, ...]:
    """What is wrong inside one truth, one sentence each; empty when nothing is."""
    known = frozenset(code_ids)
    return (
        *_frame(truth),
        *_people(truth),
        *_paragraphs(truth),
        *_running(truth),
        *_codings(truth, known),
        *_states(truth, known),
        *_ace(truth, known),
    )


def state_differences(truth: Truth) -> tuple[str, ...]:
    """Where the author's case states differ from the rule; not wrong, but worth a look.

    The rule: among the codings of facts, analysis and findings, an affirmed one that is not
    good practice gives ``present``; else a negated one gives ``ruled_out``.
    """
    by_rule = derive_states(truth)
    written = {
        (code, role): state for code, states in truth.case.items() for role, state in states.items()
    }
    return tuple(
        f"{code} of {role}: written {written.get((code, role), State.NOT_MENTIONED)}, "
        f"by rule {by_rule.get((code, role), State.NOT_MENTIONED)}"
        for code, role in sorted(written.keys() | by_rule.keys())
        if written.get((code, role)) != by_rule.get((code, role))
    )


def derive_states(truth: Truth) -> dict[tuple[str, SubjectRole], State]:
    """The case state of each code and role by the rule of :func:`state_differences`."""
    states: dict[tuple[str, SubjectRole], State] = {}
    for coding in evidence(truth):
        key = (coding.code_id, coding.subject_role)
        if coding.assertion is Assertion.AFFIRMED and coding.valence is not Valence.POSITIVE:
            states[key] = State.PRESENT
        elif coding.assertion is Assertion.NEGATED:
            states.setdefault(key, State.RULED_OUT)
    return states


def evidence(truth: Truth) -> Iterator[TruthCoding]:
    """The codings that stand in facts, analysis or findings."""
    for coding in truth.codings:
        if truth.paragraphs[coding.paragraph_index].section_role in EVIDENCE_ROLES:
            yield coding


def _beside(path: Path, truth: Truth, page_counts: Mapping[str, int]) -> Iterator[str]:
    if truth.truth_id != path.stem:
        yield f"id {truth.truth_id!r} is not the name of the file"
    if not (path.parents[1] / "pdf" / f"{truth.truth_id}.pdf").is_file():
        yield f"pdf/{truth.truth_id}.pdf is missing"
    found = page_counts.get(truth.truth_id)
    if found is not None and found != truth.pages:
        yield f"says {truth.pages} pages, but the PDF has {found}"


def _across(truths: Collection[Truth]) -> Iterator[str]:
    leads = Counter(truth.case_id for truth in truths if truth.lead)
    for case_id in sorted({truth.case_id for truth in truths}):
        if leads[case_id] != 1:
            yield f"case {case_id!r} has {leads[case_id]} leading documents, but needs one"


def _frame(truth: Truth) -> Iterator[str]:
    if truth.kind not in KINDS:
        yield f"kind {truth.kind!r} is none of {', '.join(sorted(KINDS))}"
    if truth.status not in STATUSES:
        yield f"status {truth.status!r} is none of {', '.join(sorted(STATUSES))}"
    if truth.pages < 1:
        yield f"pages is {truth.pages}, but must be 1 or more"
    if not truth.paragraphs:
        yield "has no paragraphs"


def _people(truth: Truth) -> Iterator[str]:
    for person_id, count in Counter(person.person_id for person in truth.people).items():
        if count > 1:
            yield f"people: the id {person_id!r} is used {count} times"


def _paragraphs(truth: Truth) -> Iterator[str]:
    for index, paragraph in enumerate(truth.paragraphs):
        place = f"paragraphs[{index}]"
        if not 1 <= paragraph.page <= paragraph.page_end <= truth.pages:
            yield (
                f"{place}: pages {paragraph.page} to {paragraph.page_end} are not within 1 to "
                + (f"{truth.pages}")
            )
        if not paragraph.text.strip():
            yield f"{place}: has no text"
        if paragraph.cells and paragraph.text != " | ".join(paragraph.cells):
            yield f'{place}: the text is not its cells joined by " | "'


def _running(truth: Truth) -> Iterator[str]:
    for index, line in enumerate(truth.running_matter):
        place = f"running_matter[{index}]"
        if line.position not in POSITIONS:
            yield f"{place}: position {line.position!r} is none of {', '.join(sorted(POSITIONS))}"
        try:
            re.compile(line.pattern)
        except re.error as error:
            yield f"{place}: the pattern {line.pattern!r} is no regular expression ({error})"


def _codings(truth: Truth, known: frozenset[str]) -> Iterator[str]:
    people = {person.person_id for person in truth.people}
    for key, codings in (("codings", truth.codings), ("optional_codings", truth.optional_codings)):
        for index, coding in enumerate(codings):
            place = f"{key}[{index}]"
            if coding.code_id not in known:
                yield f"{place}: the code {coding.code_id!r} is not in the codebook"
            if coding.person_id and coding.person_id not in people:
                yield f"{place}: the person {coding.person_id!r} is not among the people"
            if not 0 <= coding.paragraph_index < len(truth.paragraphs):
                yield f"{place}: there is no paragraph {coding.paragraph_index}"
                continue
            text = truth.paragraphs[coding.paragraph_index].text
            for quote in (coding.quote, *coding.more_quotes):
                if not quote.strip() or quote not in text:
                    yield f"{place}: {quote!r} is not in paragraph {coding.paragraph_index}"


def _states(truth: Truth, known: frozenset[str]) -> Iterator[str]:
    supported: dict[Assertion, set[tuple[str, SubjectRole]]] = {}
    in_range = range(len(truth.paragraphs))
    for coding in truth.codings:
        if coding.paragraph_index in in_range:
            place = truth.paragraphs[coding.paragraph_index].section_role
            if place in EVIDENCE_ROLES:
                key = (coding.code_id, coding.subject_role)
                supported.setdefault(coding.assertion, set()).add(key)
    needed = {State.PRESENT: Assertion.AFFIRMED, State.RULED_OUT: Assertion.NEGATED}
    for code, states in truth.case.items():
        if code not in known:
            yield f"case: the code {code!r} is not in the codebook"
        for role, state in states.items():
            assertion = needed.get(state)
            if assertion is None:
                yield f"case: {code} of {role} is {state}, which is said by leaving it out"
            elif (code, role) not in supported.get(assertion, ()):
                yield (
                    f"case: {code} of {role} is {state}, but no {assertion} coding in facts, "
                    "analysis or findings says so"
                )


def _ace(truth: Truth, known: frozenset[str]) -> Iterator[str]:
    people = {person.person_id for person in truth.people}
    for person_id, codes in truth.ace10.items():
        if person_id not in people:
            yield f"ace10: the person {person_id!r} is not among the people"
        for code in codes:
            if code not in known:
                yield f"ace10: the code {code!r} is not in the codebook"
