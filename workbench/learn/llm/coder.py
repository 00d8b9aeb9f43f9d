"""Segments to codings by a language model, each with a quotation that was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.codebook import Codebook
from workbench.errors import LlmError
from workbench.learn.llm.answer import Answer, Claim, read_answer, shortened
from workbench.learn.llm.cache import AnswerCache
from workbench.learn.llm.client import ChatClient
from workbench.learn.llm.prompt import answer_schema, messages, prompt_hash
from workbench.learn.llm.settings import LlmSettings
from workbench.records import Code, Coding, Segment, Temporality


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmReading:
    """What a model made of one segment."""

    codings: tuple[Coding, ...]
    notes: tuple[str, ...]  # what was thrown away or failed, one sentence each
    n_rejected: int  # records of the model that could not be believed


class LlmCoder:
    """Asks a model for the codes of a codebook, some at a time."""

    def __init__(
        self, codebook: Codebook, settings: LlmSettings, cache_folder: Path | None = None
    ) -> None:
        self._settings = settings
        self._client = ChatClient(settings)
        self._cache = AnswerCache(cache_folder) if cache_folder is not None else None
        self._groups = tuple(_groups(codebook.factors, settings.codes_per_request))
        #: Of all that a model is told about all codes.
        self.source = f"llm:{settings.model}@{prompt_hash(codebook.factors)}"
        self._n_failures = 0

    def code(self, segment: Segment) -> LlmReading:
        """The codings of a segment; a question that fails leaves a note and the others stand.

        Raises:
            LlmError: So many questions failed in a row that the server is given up.
            InputError: The key of the server is not set.
        """
        if len(segment.text) > self._settings.max_passage_chars:
            note = f"llm: not asked, the passage has {len(segment.text):,} characters"
            return LlmReading(codings=(), notes=(note,), n_rejected=0)
        claims: list[Claim] = []
        rejected: list[str] = []
        for codes in self._groups:
            answer = self._answer(codes, segment.text)
            claims += answer.claims
            rejected += answer.rejected
        codings = [self._coding(segment, claim) for claim in claims]
        return LlmReading(
            codings=tuple(sorted(codings, key=lambda c: (c.start_char, c.end_char, c.code_id))),
            notes=tuple(f"llm: {reason}" for reason in shortened(rejected)),
            n_rejected=len(rejected),
        )

    def _answer(self, codes: Sequence[Code], text: str) -> Answer:
        question = self._client.body(messages(codes, text), answer_schema(codes))
        kept = self._cache.get(self._settings.url, question) if self._cache else None
        try:
            content = kept if kept is not None else self._client.ask(question)
        except LlmError as error:
            self._n_failures += 1
            if self._n_failures >= self._settings.max_failures:
                raise LlmError(
                    self._settings.url, f"{error.reason}; given up after {self._n_failures} "
                    "questions in a row"
                ) from error  # fmt: skip
            return Answer((), (error.reason,), is_readable=False)
        self._n_failures = 0
        answer = read_answer(content, codes, text, self._settings)
        # What cannot be read is asked again another time.
        if self._cache and kept is None and answer.is_readable:
            self._cache.put(self._settings.url, question, content)
        return answer

    def _coding(self, segment: Segment, claim: Claim) -> Coding:
        first, last = claim.place
        return Coding(
            document_id=segment.document_id,
            segment=segment.ordinal,
            start_char=segment.start_char + first,
            end_char=segment.start_char + last,
            text=segment.text[first:last],
            code_id=claim.code.code_id,
            assertion=claim.assertion,
            subject_role=claim.subject_role,
            section_role=segment.section_role,
            temporality=Temporality.UNCLEAR,
            valence=claim.valence,
            score=claim.score,
            source=self.source,
            explanation="quoted by a language model; not calibrated",
        )


def _groups(codes: Sequence[Code], size: int) -> Iterator[tuple[Code, ...]]:
    """Codes in the order of the codebook, so that those that compete are asked together."""
    for at in range(0, len(codes), size):
        yield tuple(codes[at : at + size])
