"""The contract of a Label Studio model server, served by the workbench itself.

Label Studio asks ``/health``, ``/setup`` and ``/predict`` and tells ``/webhook`` of events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from fastapi import FastAPI
from pydantic import BaseModel


class Suggester(Protocol):
    """What makes suggestions."""

    @property
    def version(self) -> str:
        """Names what makes them."""

    def predict(
        self, data: Mapping[str, Any], within: tuple[int, int] | None
    ) -> Mapping[str, object]:
        """A prediction (``result``, ``score``, ``model_version``) for the data of a task.

        Args:
            data: Of the task, as it was pushed.
            within: Only suggestions that touch these characters of its text; None: all.
        """


class SetupRequest(BaseModel):
    """What Label Studio says when a model is connected; its token is not kept."""

    project: str = ""


class PredictRequest(BaseModel):
    """Tasks to be predicted; with a context when a person has just marked something."""

    tasks: list[dict[str, Any]]
    params: dict[str, Any] | None = None


def model_server(suggester: Suggester) -> FastAPI:
    """The application that serves a suggester."""
    app = FastAPI(title="Case-review workbench: suggestions", docs_url=None, redoc_url=None)

    @app.get("/")
    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "UP", "model_class": "CaseReviewWorkbench"}

    @app.post("/setup")
    def setup(request: SetupRequest) -> dict[str, str]:
        return {"model_version": suggester.version}

    @app.get("/versions")
    def versions() -> dict[str, list[str]]:
        return {"versions": [suggester.version]}

    @app.post("/predict")
    def predict(request: PredictRequest) -> dict[str, list[Mapping[str, object]]]:
        within = _marked((request.params or {}).get("context"))
        data = [task.get("data") or {} for task in request.tasks]
        return {"results": [suggester.predict(each, within) for each in data]}

    @app.post("/webhook")
    def webhook(event: dict[str, Any]) -> dict[str, str]:
        # Nothing is learned here: what was submitted is taken in by pulling.
        return {"status": "ignored"}

    return app


def _marked(context: object) -> tuple[int, int] | None:
    """The characters that a person has just marked."""
    if not isinstance(context, Mapping):
        return None
    spans = [
        (value["start"], value["end"])
        for item in context.get("result") or ()
        if isinstance(value := item.get("value"), Mapping)
        and isinstance(value.get("start"), int)
        and isinstance(value.get("end"), int)
    ]
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None
