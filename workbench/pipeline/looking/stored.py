"""Documents of a workspace by name, with the pages and segments that are stored of them."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import InputError
from workbench.extract import Extraction, ExtractSettings
from workbench.pipeline.versions import stage_version
from workbench.records import Document
from workbench.records.codec import loads
from workbench.store import readings, sources
from workbench.store.objects import step_key
from workbench.store.workspace import Workspace


def find_document(workspace: Workspace, name: str) -> Document:
    """The document whose id begins with the name, or whose file name holds it.

    Raises:
        InputError: No document or several fit; the message lists them.
    """
    documents = readings.read_documents(workspace)
    wanted = name.casefold()
    exact = [d for d in documents if name in (d.document_id, d.file_name, Path(d.file_name).stem)]
    found = exact or [
        d for d in documents if d.document_id.startswith(wanted) or wanted in d.file_name.casefold()
    ]
    if len(found) != 1:
        listed = "\n".join(f"  {d.file_name}" for d in sorted(found or documents, key=_by_name))
        problem = "fits several documents" if found else "fits no document; there are"
        raise InputError(f"{name!r} {problem}:\n{listed or '  none yet: workbench run'}")
    return found[0]


def _by_name(document: Document) -> str:
    return document.file_name


def stored_extraction(workspace: Workspace, document_id: str) -> Extraction | None:
    """What extraction stored of a document: of this version where it ran, else of another."""
    key = step_key("extract", stage_version("extract"), [document_id], ExtractSettings())
    outputs = {
        step.key: step.output_hash
        for step in workspace.steps()
        if step.step == "extract" and step.document_id == document_id
    }
    if not outputs:
        return None
    output = outputs.get(key) or outputs[max(outputs)]
    return loads(Extraction, workspace.objects.get(output))


def file_of(workspace: Workspace, document_id: str) -> Path | None:
    """The path of a document's file, None when it is gone."""
    for source in sources.read_sources(workspace):
        path = sources.source_path(workspace, source)
        if source.document_id == document_id and path.is_file():
            return path
    return None
