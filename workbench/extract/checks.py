"""What can be said of a file before a PDF reader opens it."""

from __future__ import annotations

import re
from typing import BinaryIO

from workbench.extract.reasons import ReasonNumber, reason
from workbench.extract.settings import ExtractSettings
from workbench.records import Reason

_HTML = re.compile(
    rb"^(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body|!--|\?xml)", re.IGNORECASE
)
_KNOWN = (
    (b"PK\x03\x04", "it looks like a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "it looks like an old Word or Excel file"),
    (b"{\\rtf", "it looks like a rich text file"),
    (b"\xff\xd8\xff", "it looks like a JPEG picture"),
    (b"\x89PNG", "it looks like a PNG picture"),
)


def sha256_of(file: BinaryIO) -> str:
    """SHA-256 of the whole file, hexadecimal; the file is left at its start."""
    import hashlib  # late: command-line start-up

    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(1 << 20):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def refusal_before_opening(
    file: BinaryIO, n_bytes: int, settings: ExtractSettings
) -> Reason | None:
    """Why the file should not be opened at all, or None; the file is left at its start."""
    if n_bytes == 0:
        return reason(ReasonNumber.EMPTY_FILE)
    if n_bytes > settings.max_file_bytes:
        found = f"{n_bytes:,} bytes, the limit is {settings.max_file_bytes:,}"
        return reason(ReasonNumber.FILE_TOO_LARGE, found)
    head = file.read(settings.header_window_bytes)
    file.seek(0)
    if _HTML.match(head):
        return reason(ReasonNumber.HTML)
    if header_offset(head) < 0:
        known = (name for magic, name in _KNOWN if head.startswith(magic))
        return reason(ReasonNumber.NOT_A_PDF, next(known, ""))
    return None


def header_offset(head: bytes) -> int:
    """Where the PDF header begins in these first bytes of a file; -1 for nowhere."""
    return head.find(b"%PDF-")
