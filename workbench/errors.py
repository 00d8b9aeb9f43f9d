"""Every error that the workbench raises on purpose.

    WorkbenchError
    ├── InputError            what the user gave cannot be used
    │   ├── CodebookError         a codebook with problems, all of them listed
    │   ├── TruthError            a truth file with problems, all of them listed
    │   ├── PassagesError         a file of coded passages with problems, all of them listed
    │   ├── CoderTableError       a table of coders' work with problems, all of them listed
    │   ├── DecisionsError        decisions that cannot be taken in, all problems listed
    │   ├── CodeMovesError        a file of moved codes with problems, all of them listed
    │   ├── AnnotationsError      marks of an annotation tool that cannot be believed, all listed
    │   ├── LabelsError           a table of labelled cases with problems, all of them listed
    │   ├── PopulationsError      a table of populations with problems, all of them listed
    │   ├── CalendarError         a school calendar with problems, all of them listed
    │   ├── CaseTableError        tables of cases or their mapping with problems, all listed
    │   └── NothingToDoError      no PDF where one was expected
    ├── OffsetError           a passage does not fit its document's text
    ├── StoreError            the workspace or its database cannot be used
    │   ├── NotAWorkspaceError    no workbench.db here
    │   ├── NewerStoreError       written by a newer version of the workbench
    │   └── DamagedObjectError    stored bytes are not what was written
    ├── LabelStudioError      Label Studio cannot be used
    │   ├── ServerUnreachableError it does not answer
    │   ├── TokenRefusedError     it does not take the token
    │   ├── ProjectGoneError      a project that was pushed is not there any more
    │   ├── SharedAccountError    two coders use one account
    │   └── BatchChangedError     what was pushed is not what would be pushed now
    ├── LlmError              a language model's server cannot be used, or not any more
    ├── ModelError            a trained model cannot be fitted, stored or applied
    │   └── EmbedderError         the embedding model is missing or is not the pinned one
    ├── EngineError           the worker processes cannot do their work at all
    └── VerificationError     a number or an anchor of a report does not recount

A file that cannot be read is not an error but a status of its document: see
``workbench.extract.reasons``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class WorkbenchError(Exception):
    """Base of all; the message says where, what was found and what to do next."""


class InputError(WorkbenchError):
    """What the user gave cannot be used."""


class _ListedProblemsError(InputError):
    """All problems of one file at once."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        listed = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"{path}: {len(problems)} problem(s):\n{listed}")
        self.path, self.problems = path, tuple(problems)


class CodebookError(_ListedProblemsError):
    """A codebook with problems; ``problems`` holds one sentence for each."""


class TruthError(_ListedProblemsError):
    """A truth file with problems; ``problems`` holds one sentence for each."""


class PassagesError(_ListedProblemsError):
    """A file of coded passages with problems; ``problems`` holds one sentence for each."""


class LabelsError(_ListedProblemsError):
    """A table of labelled cases with problems; ``problems`` holds one sentence for each."""


class PopulationsError(_ListedProblemsError):
    """A table of populations with problems; ``problems`` holds one sentence for each."""


class CalendarError(_ListedProblemsError):
    """A school calendar with problems; ``problems`` holds one sentence for each."""


class CaseTableError(_ListedProblemsError):
    """Tables of cases, or the file that maps them, with problems; one sentence for each."""


class CoderTableError(_ListedProblemsError):
    """A table of coders' work with problems; ``problems`` holds one sentence for each."""


class DecisionsError(_ListedProblemsError):
    """Decisions that cannot be taken in; ``problems`` holds one sentence for each."""


class CodeMovesError(_ListedProblemsError):
    """A file of moved codes with problems; ``problems`` holds one sentence for each."""


class AnnotationsError(_ListedProblemsError):
    """Marks of an annotation tool that cannot be believed; one sentence for each."""


class NothingToDoError(InputError):
    """No PDF where one was expected."""


class OffsetError(WorkbenchError):
    """A passage does not fit its document's text."""


class StoreError(WorkbenchError):
    """The workspace or its database cannot be used."""


class NotAWorkspaceError(StoreError):
    """The folder holds no workspace."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: is not a workspace. Make one with: workbench init {path}")
        self.path = path


class NewerStoreError(StoreError):
    """The database was written by a newer version of the workbench."""

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            f"{path}: was written by a newer version (schema {found}). "
            "Install that version of the workbench, or use another workspace."
        )
        self.path, self.found = path, found


class DamagedObjectError(StoreError):
    """Stored bytes are not what was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: is damaged (its hash is not the one recorded). "
            "To mend it: workbench verify --repair, then workbench run."
        )
        self.path = path


class LabelStudioError(WorkbenchError):
    """Label Studio cannot be used; what was pulled before is kept."""


class ServerUnreachableError(LabelStudioError):
    """The server does not answer."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"{url}: does not answer ({reason}). Start it (workbench labelstudio serve) and run "
            "the command again: it goes on where it stopped."
        )
        self.url, self.reason = url, reason


class TokenRefusedError(LabelStudioError):
    """The server does not take the token."""

    def __init__(self, url: str, coder: str) -> None:
        super().__init__(
            f"{url}: refuses the token of {coder}. It has expired or was withdrawn: put a new one "
            "into accounts.json, or run workbench labelstudio setup."
        )
        self.url, self.coder = url, coder


class ProjectGoneError(LabelStudioError):
    """A project that was pushed is not on the server any more."""

    def __init__(self, url: str, title: str) -> None:
        super().__init__(
            f"{url}: has no project {title!r} any more. Decisions that were pulled are kept. "
            "To have it coded again: workbench labelstudio push."
        )
        self.url, self.title = url, title


class SharedAccountError(LabelStudioError):
    """Two coders use one account, so nobody knows who decided what."""


class BatchChangedError(LabelStudioError):
    """What was pushed is not what would be pushed now."""


class LlmError(WorkbenchError):
    """A language model's server cannot be used, or not any more."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"llm: {url}: {reason}. Start the server, or leave --llm out: it is never needed."
        )
        self.url, self.reason = url, reason


class ModelError(WorkbenchError):
    """A trained model cannot be fitted, stored or applied."""


class EmbedderError(ModelError):
    """The embedding model is missing, or its weights are not the pinned ones."""


class EngineError(WorkbenchError):
    """The worker processes cannot do their work at all (one item's trouble is its outcome)."""


class VerificationError(WorkbenchError):
    """A number or an anchor of a report does not recount."""
