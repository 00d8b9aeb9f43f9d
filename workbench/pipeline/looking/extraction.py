"""How far the extraction of each document of a workspace holds together, without truth."""

from __future__ import annotations

from pathlib import Path

from workbench.learn.truth_free import ExtractionCheck, Share, check_extraction
from workbench.pipeline.looking.stored import stored_extraction
from workbench.records import DocumentStatus
from workbench.store import readings
from workbench.store.workspace import Workspace

__all__ = ["ExtractionCheck", "Share", "check_workspace"]


def check_workspace(root: Path) -> tuple[ExtractionCheck, ...]:
    """The checks of every document that was read, the lowest share first.

    Raises:
        NotAWorkspaceError: The folder holds no workspace.
    """
    found = []
    with Workspace.open(root) as workspace:
        for document in readings.read_documents(workspace):
            if document.status is not DocumentStatus.OK:
                continue
            reading = readings.read_reading(workspace, document.document_id)
            extraction = stored_extraction(workspace, document.document_id)
            pages = extraction.pages if extraction else ()
            found.append(check_extraction(document, pages, reading.segments))
    return tuple(sorted(found, key=lambda check: (check.lowest, check.file_name)))
