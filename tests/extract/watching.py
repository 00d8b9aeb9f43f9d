"""What a reading leaves behind, and whether its end says enough."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.extract import Extraction
from workbench.extract.jail import service
from workbench.records import DocumentStatus


def left_behind() -> list[int]:
    """Processes of the session of this thread's server, less the server itself."""
    server, left = service.server_pid(), []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != server:
            try:
                if server and os.getsid(int(folder.name)) == server:
                    left.append(int(folder.name))
            except (ProcessLookupError, PermissionError):
                continue
    return left


def fault_of(extraction: Extraction) -> str:
    """What is wrong with how a reading ended; "" for nothing."""
    document = extraction.document
    is_ok = document.status is DocumentStatus.OK
    if is_ok != (document.reason is None):
        return "a reason without need, or none where one is needed"
    if is_ok and not any(page.lines for page in extraction.pages):
        return "it is called ok and has no words"
    if (document.status is DocumentStatus.QUARANTINED) != (not extraction.pages):
        return "quarantined with pages, or read without"
    if document.n_pages != len(extraction.pages):
        return "it has another number of pages than it says"
    return ""
