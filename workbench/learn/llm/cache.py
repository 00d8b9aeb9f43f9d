"""Answers kept under the hash of their question, so that none is asked for twice."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

from workbench.errors import StoreError


class AnswerCache:
    """A folder of answers. They hold quotations: keep it with the workspace, not in public."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, server: str, question: bytes) -> str | None:
        """The answer that was kept, or nothing; one that was damaged is nothing."""
        key = _key(server, question)
        try:
            entry = json.loads(self._path(key).read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(entry, dict) or not isinstance(entry.get("answer"), str):
            return None
        answer: str = entry["answer"]
        return answer if entry.get("sha256") == _sha256(answer) else None

    def put(self, server: str, question: bytes, answer: str) -> None:
        """Keep an answer; a crash leaves the whole of it or nothing.

        Raises:
            StoreError: The folder cannot be written.
        """
        path = self._path(_key(server, question))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=path.parent, delete=False, suffix=".partial"
            ) as file:
                json.dump({"sha256": _sha256(answer), "answer": answer}, file)
            os.replace(file.name, path)  # noqa: PTH105 - from a name
        except OSError as error:
            raise StoreError(f"{path}: cannot be written ({error.strerror}).") from error

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}.json"


def _key(server: str, question: bytes) -> str:
    return hashlib.sha256(server.encode() + b"\0" + question).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
