"""Suggestions for Label Studio: those on record for tasks that were pushed, else fresh ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.annotate.labelstudio.records import Batch, LentTask
from workbench.annotate.labelstudio.tasks import prediction
from workbench.pipeline.coders.plan import coder_plan
from workbench.pipeline.labelstudio.batches import FOLDER
from workbench.pipeline.suggesting.passages import passage_of
from workbench.pipeline.suggesting.worker import WorkPlan, code_group, coder_version, prepare
from workbench.records import (
    Assertion,
    Coding,
    SectionRole,
    Shown,
    SubjectRole,
    Temporality,
    Valence,
    codec,
)

_NOTHING: tuple[Coding, ...] = ()


class WorkspaceSuggester:
    """Suggestions of a workspace.

    A task that was pushed gets what its batch has on record, so that the trail of what was shown
    stays true; a blind task gets nothing. Any other text is coded anew.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lent: dict[str, tuple[LentTask, str]] = {}
        prepare(WorkPlan(coder=coder_plan(root, "")))

    @property
    def version(self) -> str:
        """Of the coder."""
        return coder_version()

    def predict(
        self, data: Mapping[str, Any], within: tuple[int, int] | None
    ) -> Mapping[str, object]:
        """The prediction for a task's data; see ``workbench.web.model_server.Suggester``."""
        text = str(data.get("text") or "")
        task, version = self._task(str(data.get("external_id") or ""))
        if task is None or task.text != text:
            blind = data.get("shown") == Shown.BLIND
            task, version = self._fresh(text, blind=blind), self.version
        if within is not None:
            first, last = (offset + task.start_char for offset in within)
            touched = tuple(
                each
                for each in task.suggestions
                if each.start_char < last and first < each.end_char
            )
            task = replace(task, suggestions=touched)
        return prediction(task, version)

    def _task(self, external_id: str) -> tuple[LentTask | None, str]:
        """A task that was pushed, with the version of its suggestions."""
        if external_id and external_id not in self._lent:
            for path in sorted((self._root / FOLDER).glob("*.json")):
                if not path.name.endswith(".refused.json"):
                    batch = codec.loads(Batch, path.read_bytes())
                    self._lent |= {t.external_id: (t, batch.suggested_by) for t in batch.tasks}
        return self._lent.get(external_id, (None, ""))

    def _fresh(self, text: str, *, blind: bool) -> LentTask:
        digest = hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
        codings = _NOTHING if blind or not text.strip() else _coded(text, digest)
        return LentTask(
            external_id=digest,
            document_id=digest,
            start_char=0,
            text=text,
            place="",
            segments=(),
            shown=Shown.BLIND if blind else Shown.SUGGESTED,
            suggestions=codings,
        )


def _coded(text: str, document_id: str) -> tuple[Coding, ...]:
    """What the coder finds in bare text."""
    ((_, line),) = code_group(((0, passage_of({"id": document_id, "text": text})),))
    return tuple(
        Coding(
            document_id=document_id,
            segment=0,
            start_char=each["start_char"],
            end_char=each["end_char"],
            text=text[each["start_char"] : each["end_char"]],
            code_id=each["code"],
            assertion=Assertion(each["assertion"]),
            subject_role=SubjectRole(each["subject_role"]),
            section_role=SectionRole.FACTS,
            temporality=Temporality(each["temporality"]),
            valence=Valence(each["valence"]),
            score=each["score"],
            source=each["source"],
            explanation=each["explanation"],
        )
        for each in line["codings"]
    )


def serve_suggestions(root: Path, port: int) -> None:
    """Serve the suggestions of a workspace on loopback until interrupted."""
    # FastAPI and its server take their time to import, and no other command needs them.
    import uvicorn

    from workbench.web.model_server import model_server

    app = model_server(WorkspaceSuggester(root))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
