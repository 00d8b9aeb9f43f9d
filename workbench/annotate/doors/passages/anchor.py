"""Foreign passages as decisions on our text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from workbench.annotate.doors.anchoring import Place, Text
from workbench.annotate.doors.passages.records import (
    AnchoredPassages,
    ForeignPassage,
    NotAnchored,
)
from workbench.codebook import Codebook
from workbench.records import (
    Action,
    Assertion,
    Code,
    Decision,
    Reading,
    Segment,
    Shown,
    SubjectRole,
    Temporality,
    Valence,
)

T = TypeVar("T", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSettings:
    """What is not said in the file."""

    coder: str  # of passages that name none
    decided_at: str  # of passages that say no time; ISO 8601 with its zone
    design: str  # kept with every decision: where it comes from
    codes: Mapping[str, str]  # name of a code there -> our code id


def fold_name(name: str) -> str:
    """A name of a code as it is compared: small letters, words with single spaces."""
    return " ".join(re.sub(r"[_\W]+", " ", name).casefold().split())


def match_codes(names: Iterable[str], codebook: Codebook) -> dict[str, str]:
    """Name there -> our code id, where the name is an id or label of ours but for marks."""
    known: dict[str, str] = {}
    for code in codebook.codes:
        known.setdefault(fold_name(code.code_id), code.code_id)
        known.setdefault(fold_name(code.label), code.code_id)
    return {name: known[fold_name(name)] for name in names if fold_name(name) in known}


def anchor_passages(
    passages: Sequence[ForeignPassage],
    readings: Mapping[str, Reading],
    codebook: Codebook,
    settings: ImportSettings,
) -> AnchoredPassages:
    """The decisions that passages make, and the passages that could not be anchored.

    Args:
        passages: Of one or several documents.
        readings: Name of a document there -> our reading of it; others are not in the workspace.
        codebook: Whose codes are meant.
        settings: What the file does not say.
    """
    texts = {name: _Document(reading) for name, reading in readings.items()}
    codes = {code.code_id: code for code in codebook.codes}
    made: list[Decision] = []
    not_anchored: list[NotAnchored] = []
    n_alike = 0
    for passage in passages:
        document = texts.get(passage.document)
        code = codes.get(settings.codes.get(passage.code, ""))
        problems = [] if document else ["its document is not in the workspace"]
        if code is None:
            problems.append(f"the code {passage.code!r} is not matched with one of the codebook")
        problems += _vocabulary_problems(passage)
        if document and code and not problems:
            found = document.text.find(
                passage.quote, allowed=document.allowed(passage), share=passage.share
            )
            if found.place:
                made.append(document.decision(passage, found.place, code, settings))
                n_alike += found.how == "alike"
                continue
            problems.append(f"the quote {found.problem}")
        not_anchored.append(NotAnchored(passage=passage, problem="; ".join(problems)))
    return AnchoredPassages(
        decisions=tuple(made), n_alike=n_alike, not_anchored=tuple(not_anchored)
    )


def completions(
    decisions: Sequence[Decision],
    readings: Iterable[Reading],
    can_be_coded: Callable[[Segment], bool],
) -> Iterator[Decision]:
    """For each coder and document with a decision: that every segment was read to its end.

    Args:
        decisions: Of an import.
        readings: Of the documents.
        can_be_coded: Whether a segment says something to code.
    """
    for reading in readings:
        document_id = reading.document.document_id
        first: dict[str, Decision] = {}
        for decision in decisions:
            if decision.document_id == document_id:
                first.setdefault(decision.coder, decision)
        for coder, decision in sorted(first.items()):
            for segment in filter(can_be_coded, reading.segments):
                yield Decision(
                    document_id=document_id, segment=segment.ordinal,
                    start_char=segment.start_char, end_char=segment.end_char, text=segment.text,
                    coder=coder, decided_at=decision.decided_at, action=Action.COMPLETE,
                    shown=Shown.BLIND, design=decision.design, codebook=decision.codebook,
                )  # fmt: skip


class _Document:
    """Our reading of a document, ready for many searches."""

    def __init__(self, reading: Reading) -> None:
        self.text = Text(reading.frozen.text)
        self._reading = reading
        self._starts = [segment.start_char for segment in reading.segments]

    def allowed(self, passage: ForeignPassage) -> Callable[[Place], bool]:
        """Whether a place is in the paragraph and near the page that a passage names."""
        paragraph = passage.paragraph.strip(" .")

        def is_allowed(place: Place) -> bool:
            segment = self._segment(place)
            if segment is None:
                return False
            if paragraph and segment.number.strip(" .") != paragraph:
                return False
            # Programs count pages from 0 or from 1, and say so nowhere.
            near = segment.page_start - 1 <= passage.page <= segment.page_end + 1
            return not passage.page or near

        return is_allowed

    def decision(
        self, passage: ForeignPassage, place: Place, code: Code, settings: ImportSettings
    ) -> Decision:
        segment = self._segment(place)
        role = code.roles[0] if len(code.roles) == 1 else SubjectRole.NOT_APPLICABLE
        return Decision(
            document_id=self._reading.document.document_id,
            segment=segment.ordinal if segment else 0,
            start_char=place.start_char,
            end_char=place.end_char,
            text=self.text.text[place.start_char : place.end_char],
            coder=passage.coder or settings.coder,
            decided_at=_moment(passage.coded_at) or settings.decided_at,
            action=Action.ADD,
            shown=Shown.BLIND,
            code_id=code.code_id,
            assertion=_word(Assertion, passage.assertion) or Assertion.AFFIRMED,
            subject_role=_word(SubjectRole, passage.subject_role) or role,
            temporality=_word(Temporality, passage.temporality) or Temporality.UNCLEAR,
            valence=_word(Valence, passage.valence) or Valence.NOT_APPLICABLE,
            reason=passage.comment,
            design=settings.design,
        )

    def _segment(self, place: Place) -> Segment | None:
        at = bisect_right(self._starts, place.start_char) - 1
        if at < 0 or place.start_char >= self._reading.segments[at].end_char:
            return None
        return self._reading.segments[at]


def _vocabulary_problems(passage: ForeignPassage) -> list[str]:
    kinds: tuple[tuple[str, type[StrEnum]], ...] = (
        ("assertion", Assertion),
        ("subject_role", SubjectRole),
        ("temporality", Temporality),
        ("valence", Valence),
    )
    return [
        f"{name} {getattr(passage, name)!r} is none of {', '.join(kind)}"
        for name, kind in kinds
        if getattr(passage, name) and _word(kind, getattr(passage, name)) is None
    ]


def _word(kind: type[T], text: str) -> T | None:
    folded = text.strip().casefold().replace(" ", "_")
    return next((each for each in kind if each.value == folded), None)


def _moment(text: str) -> str:
    """A time in a form that is kept; "" when it is none. Without a zone it counts as universal."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return ""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
