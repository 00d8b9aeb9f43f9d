"""Events of Label Studio as a nudge to pull: which project, and nothing of what is in it.

An event changes nothing by itself and may be lost or come twice. What counts is what the next
pull finds on the server.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

#: The header that shows that an event comes from where it was asked for.
SECRET_HEADER = "X-Workbench-Secret"
#: Events after which there may be something to pull.
NUDGES = ("ANNOTATION_CREATED", "ANNOTATIONS_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_DELETED")
PATH = "/nudge"
_MOST_BYTES = 1_000_000


def nudge_server(
    projects: Mapping[int, str], secret: str, on_nudge: Callable[[str], None]
) -> FastAPI:
    """The application that listens; every refusal says why, and none touches a decision.

    Args:
        projects: Number of a project on the server -> its coder.
        secret: That events must carry.
        on_nudge: Told whose project has news; must come back at once, since the server waits.
    """
    app = FastAPI(title="Case-review workbench: events", docs_url=None, redoc_url=None)

    @app.post(f"{PATH}/{{project}}")
    async def nudge(project: str, request: Request) -> JSONResponse:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return _refused(401, "WrongSecret", "the event does not carry this watch's secret")
        coder = projects.get(int(project)) if project.isdecimal() else None
        if coder is None:
            return _refused(404, "UnknownProject", f"project {project[:20]} is not watched here")
        action = _action(await request.body())
        if not action:
            return _refused(400, "BadEvent", "an event is a JSON object with an action")
        if action not in NUDGES:
            return JSONResponse({"status": "ignored", "action": action[:40]})
        on_nudge(coder)
        return JSONResponse({"status": "pulling soon", "coder": coder})

    return app


def _action(body: bytes) -> str:
    """What happened; "" where the body is no event."""
    if len(body) > _MOST_BYTES:
        return ""
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    action = event.get("action") if isinstance(event, dict) else None
    return action if isinstance(action, str) else ""


def _refused(status: int, error: str, message: str) -> JSONResponse:
    return JSONResponse({"error": error, "message": message}, status_code=status)
