"""A small made world for trained models: two codes, eight short reviews, an embedder of words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import Codebook
from workbench.learn.models import Label, LabelledDocument
from workbench.learn.models.features.embedding import Adapter
from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
    Temporality,
    Valence,
)

ALCOHOL, RECORDS = "alcohol_misuse", "ap_record_keeping"
#: What is true of each text: (text, code or "").
SENTENCES = (
    ("She was drinking two bottles of wine every evening that winter.", ALCOHOL),
    ("He drank heavily and was often drunk when the nurse visited.", ALCOHOL),
    ("The notes of the visit were never written up by the nurse.", RECORDS),
    ("Nobody wrote down what was said at the meeting that day.", RECORDS),
    ("The family lived in a flat near the station for six years.", ""),
    ("The panel met four times and thanks the family for their help.", ""),
)
#: For each review: words put in front, so that no two texts are the same.
OPENINGS = ("That spring", "By then", "In those months", "Over time", "Later on", "At first",
            "All the while", "From the start")  # fmt: skip


@dataclass(frozen=True)
class WordEmbedder:
    """Texts as sums of random directions of their words: alike when they share words."""

    sha256: str = "e" * 64
    n_dimensions: int = 24

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([self._row(text) for text in texts], dtype=np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / lengths, dtype=np.float32)

    def tuned(self, adapter: Adapter) -> WordScorer:
        return WordScorer(adapter)

    def _row(self, text: str) -> NDArray[np.float64]:
        row = np.full(self.n_dimensions, 1e-3)
        for word in text.lower().split():
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
            row += np.random.default_rng(seed).standard_normal(self.n_dimensions)
        return row


@dataclass(frozen=True)
class WordScorer:
    """A tuned encoder: the adapter's head over two words that tell the codes."""

    adapter: Adapter

    def score(self, texts: Sequence[str]) -> NDArray[np.float32]:
        says = [[("drunk" in t) | ("bottles" in t), ("written up" in t) | ("wrote" in t)]
                for t in texts]  # fmt: skip
        rows = np.array(says, dtype=np.float32).reshape(len(texts), 2)
        head = self.adapter["head.weight"].astype(np.float32)
        return np.asarray(rows @ head.T + self.adapter["head.bias"], dtype=np.float32)


#: Of two codes: log-odds of 4 where their word stands and of -4 where it does not.
ADAPTER: Adapter = {
    "head.weight": np.eye(2, dtype=np.float16) * 8,
    "head.bias": np.full(2, -4, dtype=np.float16),
}


def segment(
    text: str,
    ordinal: int = 0,
    start_char: int = 0,
    document_id: str = "d" * 64,
    *,
    kind: SegmentKind = SegmentKind.PARAGRAPH,
    section_role: SectionRole = SectionRole.FACTS,
) -> Segment:
    return Segment(
        document_id=document_id,
        ordinal=ordinal,
        kind=kind,
        section_role=section_role,
        start_char=start_char,
        end_char=start_char + len(text),
        text=text,
        page_start=1,
        page_end=1,
        number=f"1.{ordinal + 1}",
    )


def document(document_id: str = "d" * 64, review_type: str = "serious_case_review") -> Document:
    return Document(
        document_id=document_id,
        file_name="review.pdf",
        status=DocumentStatus.OK,
        review_type=review_type,
    )


def segments_of(texts: Sequence[str], document_id: str = "d" * 64) -> tuple[Segment, ...]:
    found, position = [], 0
    for ordinal, text in enumerate(texts):
        found.append(segment(text, ordinal, position, document_id))
        position += len(text) + 2
    return tuple(found)


def rule_coding(
    where: Segment,
    code_id: str,
    words: str = "",
    *,
    assertion: Assertion = Assertion.AFFIRMED,
    role: SubjectRole = SubjectRole.VICTIM,
) -> Coding:
    start = where.text.index(words) if words else 0
    end = start + len(words) if words else len(where.text)
    return Coding(
        document_id=where.document_id,
        segment=where.ordinal,
        start_char=where.start_char + start,
        end_char=where.start_char + end,
        text=where.text[start:end],
        code_id=code_id,
        assertion=assertion,
        subject_role=role,
        section_role=where.section_role,
        temporality=Temporality.PAST,
        valence=Valence.NEGATIVE if code_id.startswith("ap_") else Valence.NOT_APPLICABLE,
        score=0.5,
        source="rule:1-test",
        explanation="cue 'words'",
    )


def small_codebook(codebook: Codebook) -> Codebook:
    """The project's codebook with two codes only."""
    codes = tuple(code for code in codebook.codes if code.code_id in (ALCOHOL, RECORDS))
    return replace(codebook, codes=codes)


def labelled_reviews() -> list[LabelledDocument]:
    """Eight reviews of six paragraphs; the rules see only "drinking" and "drunk"."""
    found = []
    for number, opening in enumerate(OPENINGS):
        document_id = hashlib.sha256(opening.encode()).hexdigest()
        texts = [f"{opening} {text[0].lower()}{text[1:]}" for text, _ in SENTENCES]
        segments = segments_of(texts, document_id)
        labels = tuple(
            Label(
                segment=i,
                start_char=0,
                end_char=len(texts[i]),
                code_id=code,
                assertion=Assertion.AFFIRMED,
                subject_role=SubjectRole.AGENCY if code == RECORDS else SubjectRole.VICTIM,
            )
            for i, (_, code) in enumerate(SENTENCES)
            if code
        )
        rules = tuple(rule_coding(segments[i], ALCOHOL, "dr") for i in (0, 1))
        found.append(
            LabelledDocument(
                name=opening,
                document=document(document_id),
                segments=segments,
                labels=labels,
                rule_views=(rules,),
                group=f"case {number}",
                kind="review",
            )
        )
    return found
