"""What the tests of the language model's coder share: three codes, a segment, quick settings."""

from __future__ import annotations

from dataclasses import replace

from llm_stub import Behaviour, record, serving

from workbench.codebook import Codebook
from workbench.learn.llm import LlmCoder, LlmReading, LlmSettings
from workbench.records import SectionRole, Segment, SegmentKind

TEXT = "Child A was permanently excluded from school. No risk assessment was made by the school."
EXCLUSION = record("school_exclusion", "permanently excluded from school")
ASSESSMENT = record(
    "ap_risk_assessment", "No risk assessment was made", subject_role="agency", valence="negative"
)


def three_codes(codebook: Codebook) -> Codebook:
    """Three codes: one question asks for two of them, a second for the third."""
    wanted = ("school_exclusion", "alcohol_misuse", "ap_risk_assessment")
    return replace(codebook, codes=tuple(codebook.code(code_id) for code_id in wanted))


def segment(text: str = TEXT) -> Segment:
    return Segment(
        document_id="d", ordinal=4, kind=SegmentKind.PARAGRAPH, section_role=SectionRole.FACTS,
        start_char=100, end_char=100 + len(text), text=text, page_start=1, page_end=1,
    )  # fmt: skip


def settings(url: str, **given: object) -> LlmSettings:
    quick = {
        "timeout_s": 0.3,
        "wait_s": 0.0,
        "n_tries": 2,
        "codes_per_request": 2,
        "max_failures": 9,
    }
    return LlmSettings(url=url, model="local-7b", **{**quick, **given})  # type: ignore[arg-type]


def read(codebook: Codebook, behaviour: Behaviour, text: str = TEXT) -> tuple[LlmReading, int]:
    """What comes of one segment, and how many requests it took."""
    with serving(behaviour) as server:
        reading = LlmCoder(codebook, settings(server.url)).code(segment(text))
        return reading, len(server.requests)
