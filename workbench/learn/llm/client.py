"""Asking an OpenAI-compatible server, within limits of time, size and patience."""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from email.message import Message
from typing import IO, Any
from urllib.parse import urlsplit

from workbench.errors import LlmError
from workbench.learn.llm.settings import LlmSettings, is_loopback

_CHUNK_BYTES = 16_384
#: Answers of a server that another try may mend: too busy, restarting, overloaded.
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect could carry a passage to another machine."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message[str, str],
        newurl: str,
    ) -> None:
        return None


class _PassingError(Exception):
    """A request failed in a way that another try may mend."""


class ChatClient:
    """Sends conversations to one server."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        handlers: list[urllib.request.BaseHandler] = [_NoRedirects()]
        if is_loopback(urlsplit(settings.url).hostname or ""):
            handlers.append(urllib.request.ProxyHandler({}))  # never through a proxy
        self._opener = urllib.request.build_opener(*handlers)

    def body(self, messages: Sequence[dict[str, str]], schema: dict[str, Any]) -> bytes:
        """The request for a conversation: the same bytes for the same question."""
        settings = self._settings
        request = {
            "model": settings.model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 0,
            "max_tokens": settings.max_answer_tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "codings", "strict": True, "schema": schema},
            },
        }
        return json.dumps(request, ensure_ascii=True, sort_keys=True).encode()

    def ask(self, body: bytes) -> str:
        """What the model answers, as text.

        Raises:
            LlmError: The server cannot be reached, refuses, is too slow or sends too much, and
                further tries did not help.
        """
        settings = self._settings
        for number in range(1, settings.n_tries + 1):
            try:
                return _content(self._send(body))
            except _PassingError as error:
                if number == settings.n_tries:
                    tries = f"{number} tries" if number > 1 else "one try"
                    raise LlmError(settings.url, f"{error} ({tries})") from error
            time.sleep(settings.wait_s * 2 ** (number - 1))
        raise LlmError(settings.url, "was not asked")

    def _send(self, body: bytes) -> bytes:
        settings = self._settings
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        key = settings.api_key()
        if key:
            headers["Authorization"] = f"Bearer {key}"
        request = urllib.request.Request(
            settings.url.rstrip("/") + "/chat/completions", data=body, headers=headers
        )
        until = time.monotonic() + settings.timeout_s
        try:
            with self._opener.open(request, timeout=settings.timeout_s) as response:
                return self._read(response, until)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _PASSING:
                raise _PassingError(f"answers with status {error.code}") from error
            raise LlmError(settings.url, f"refuses with status {error.code}") from error
        except TimeoutError as error:
            raise _PassingError(f"has not answered in {settings.timeout_s:g} s") from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise _PassingError(f"has not answered in {settings.timeout_s:g} s") from error
            raise _PassingError(f"cannot be reached ({reason})") from error

    def _read(self, response: http.client.HTTPResponse, until: float) -> bytes:
        """The answer in pieces: a server that sends a byte now and then would never time out."""
        settings = self._settings
        pieces, n_bytes = [], 0
        while piece := response.read1(_CHUNK_BYTES):
            pieces.append(piece)
            n_bytes += len(piece)
            if n_bytes > settings.max_answer_bytes:
                raise LlmError(settings.url, f"sends more than {settings.max_answer_bytes:,} bytes")
            if time.monotonic() > until:
                raise _PassingError(f"has not answered in full in {settings.timeout_s:g} s")
        return b"".join(pieces)


def _content(data: bytes) -> str:
    """The text of the first choice of an answer."""
    try:
        choice = json.loads(data)["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise _PassingError("sends no answer of the expected form") from error
    if not isinstance(content, str) or not content.strip():
        refusal = choice["message"].get("refusal")
        raise _PassingError("refuses to answer" if refusal else "sends an empty answer")
    if choice.get("finish_reason") == "length":
        raise _PassingError("stopped in the middle of its answer; raise max_answer_tokens")
    return content
