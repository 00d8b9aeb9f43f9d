"""Reading a model's answer: what can be believed, and why the rest is thrown away."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from workbench.learn.llm.align import Place, align
from workbench.learn.llm.prompt import CONFIDENCES
from workbench.learn.llm.settings import LlmSettings
from workbench.records import Assertion, Code, SubjectRole, Valence

_FENCE = re.compile(r"^\s*```[a-z]*\s*\n(.*?)\n?\s*```\s*$", re.DOTALL | re.IGNORECASE)
_MAX_RECORDS = 200  # of one answer; more is a model that has lost its way


class Claim(NamedTuple):
    """A coding that a model gave, with its quotation found in the passage."""

    code: Code
    assertion: Assertion
    subject_role: SubjectRole
    valence: Valence
    place: Place
    score: float


class Answer(NamedTuple):
    """What is left of an answer."""

    claims: tuple[Claim, ...]
    rejected: tuple[str, ...]  # why a record was thrown away, one reason each
    is_readable: bool  # whether there was an answer of the agreed form at all


def read_answer(content: str, codes: Collection[Code], text: str, settings: LlmSettings) -> Answer:
    """The claims of an answer that can be checked and hold.

    Args:
        content: What the model wrote.
        codes: That were asked for; any other is thrown away.
        text: The passage that the quotations must stand in.
        settings: Limits of quotations.
    """
    fenced = _FENCE.match(content)
    try:
        value = json.loads(fenced.group(1) if fenced else content)
    except (ValueError, RecursionError):
        return Answer((), ("the answer is no JSON",), is_readable=False)
    records = value.get("codings") if isinstance(value, dict) else value
    if not isinstance(records, list):
        return Answer((), ("the answer has no list of codings",), is_readable=False)
    if len(records) > _MAX_RECORDS:
        return Answer((), (f"the answer has {len(records)} codings",), is_readable=False)
    known = {code.code_id: code for code in codes}
    claims: dict[tuple[object, ...], Claim] = {}
    rejected: list[str] = []
    for record in records:
        try:
            claim = _claim(record, known, text, settings)
        except _RejectedError as error:
            rejected.append(str(error))
            continue
        claims.setdefault(claim[:4], claim)  # one for each code, assertion, role and valence
    return Answer(tuple(claims.values()), tuple(rejected), is_readable=True)


class _RejectedError(ValueError):
    """Why a record cannot be believed."""


def _claim(record: Any, known: dict[str, Code], text: str, settings: LlmSettings) -> Claim:  # noqa: ANN401
    if not isinstance(record, dict):
        raise _RejectedError("a record is no object")
    name = record.get("code")
    if not isinstance(name, str) or name not in known:
        raise _RejectedError(f"code {_shown(name)} was not asked for")
    code = known[name]
    quote = record.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        raise _RejectedError(f"{name}: has no quote")
    n_words = len(quote.split())
    if not settings.min_quote_words <= n_words <= settings.max_quote_words:
        raise _RejectedError(f"{name}: a quote of {n_words} words is no evidence")
    place = align(quote, text)
    if place is None:
        raise _RejectedError(f"{name}: the quote does not stand in the passage")
    try:
        assertion = Assertion(str(record.get("assertion")))
        role = SubjectRole(str(record.get("subject_role")))
    except ValueError as error:
        raise _RejectedError(f"{name}: {error}") from error
    return Claim(
        code=code,
        assertion=assertion,
        subject_role=role,
        valence=_valence(code, record.get("valence")),
        place=place,
        score=CONFIDENCES.get(str(record.get("confidence")), CONFIDENCES["low"]),
    )


def _valence(code: Code, given: object) -> Valence:
    if not code.has_valence:
        return Valence.NOT_APPLICABLE
    return Valence.POSITIVE if given == Valence.POSITIVE else Valence.NEGATIVE


def _shown(value: object) -> str:
    return repr(value)[:60]


def shortened(reasons: Collection[str]) -> Iterator[str]:
    """Each reason once, with how often it came."""
    counts: dict[str, int] = {}
    for reason in reasons:
        counts[reason] = counts.get(reason, 0) + 1
    for reason, n in counts.items():
        yield f"{reason} ({n} times)" if n > 1 else reason
