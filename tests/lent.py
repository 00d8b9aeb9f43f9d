"""A fictional passage lent to Label Studio, with every sign that has moved offsets before."""

from __future__ import annotations

import copy
from typing import Any

from workbench.annotate.labelstudio.records import Batch, LentTask
from workbench.annotate.labelstudio.tasks import tasks_of_reading, tasks_to_json
from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    FrozenText,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
    Shown,
    SubjectRole,
    Temporality,
    Valence,
)

DOCUMENT = "e" * 64
PARTS = (
    "1 Facts",
    "👩‍👧 Ayla’s mother “drank\u00a0heavily” 🙂 and\r\nowed money to a lender.",
    "The school\u00a0excluded Ayla twice. Her mother – Père said – was not told 👍🏽.",
    "2 Analysis",
    "Agencies did not share information.",
)
TEXT = "\n\n".join(PARTS)
HEADINGS = (0, 3)


def segments() -> tuple[Segment, ...]:
    return tuple(
        Segment(
            document_id=DOCUMENT, ordinal=ordinal,
            kind=SegmentKind.HEADING if ordinal in HEADINGS else SegmentKind.PARAGRAPH,
            section_role=SectionRole.FACTS if ordinal < 3 else SectionRole.ANALYSIS,
            start_char=TEXT.index(part), end_char=TEXT.index(part) + len(part), text=part,
            page_start=1 + ordinal // 3, page_end=1 + ordinal // 3,
        )
        for ordinal, part in enumerate(PARTS)
    )  # fmt: skip


def coding(words: str, code_id: str, ordinal: int, **changes: Any) -> Coding:
    start = TEXT.index(words)
    given: dict[str, Any] = {
        "assertion": Assertion.AFFIRMED, "subject_role": SubjectRole.PARENT_CARER,
        "temporality": Temporality.PAST, "valence": Valence.NOT_APPLICABLE, "score": 0.7,
    }  # fmt: skip
    return Coding(
        document_id=DOCUMENT, segment=ordinal, start_char=start, end_char=start + len(words),
        text=words, code_id=code_id, section_role=SectionRole.FACTS, source="rule:1",
        **{**given, **changes},
    )  # fmt: skip


ALCOHOL = coding("drank\u00a0heavily", "alcohol_misuse", 1, person_id="P2")
SCHOOL = coding(
    "excluded Ayla twice", "school_exclusion", 2, subject_role=SubjectRole.INDEX_CHILD, score=0.6
)
SHARING = coding(
    "did not share information", "ap_information_sharing", 4, subject_role=SubjectRole.AGENCY,
    valence=Valence.NEGATIVE,
)  # fmt: skip


def reading() -> Reading:
    return Reading(
        document=Document(
            document_id=DOCUMENT, file_name="ayla.pdf", status=DocumentStatus.OK,
            title="Ayla (fictional)", review_type="serious_case_review",
        ),
        frozen=FrozenText(document_id=DOCUMENT, text=TEXT, words=()),
        segments=segments(),
        codings=(ALCOHOL, SCHOOL, SHARING),
    )  # fmt: skip


def lent(shown: Shown = Shown.SUGGESTED, coder: str = "anna") -> Batch:
    asked = [each for each in segments() if each.ordinal not in HEADINGS]
    tasks = tasks_of_reading(
        reading(), asked, sample="week-1", shown=shown, chances=dict.fromkeys((1, 2, 4), 0.25)
    )
    return Batch(
        sample="week-1", coder=coder, codebook="1 (abc)", suggested_by="rule:1", tasks=tasks
    )


def submitted(batch: Batch, task: LentTask, **changes: Any) -> dict[str, Any]:
    """What Label Studio gives back when the coder submits a task as it is."""
    (plain,) = tasks_to_json(batch, [task])
    predictions: Any = plain.get("predictions", [{"result": []}])
    result = copy.deepcopy(predictions[0]["result"])
    for item in result:
        item.pop("score", None)
        item["origin"] = "prediction"
    return {
        "id": 7, "result": result, "completed_by": 2, "updated_by": 2, "was_cancelled": False,
        "updated_at": "2026-03-02T09:30:00.123456Z", **changes,
    }  # fmt: skip


def region(task: LentTask, words: str, code_id: str, **chosen: str) -> list[dict[str, Any]]:
    """A mark made by hand."""
    start = task.text.index(words)
    span = {"start": start, "end": start + len(words), "text": words}
    said = {"assertion": "affirmed", "subject_role": "parent_carer", **chosen}
    named = f"r{start}{code_id}{said['assertion']}{said['subject_role']}"
    made: list[dict[str, Any]] = [
        {"id": named, "from_name": "code", "to_name": "text", "type": "labels",
         "value": {**span, "labels": [code_id]}}
    ]  # fmt: skip
    for name, value in said.items():
        made.append(
            {"id": named, "from_name": name, "to_name": "text",
             "type": "textarea" if name == "note" else "choices",
             "value": {**span, "text" if name == "note" else "choices": [value]}}
        )  # fmt: skip
    return made
