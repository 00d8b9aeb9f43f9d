"""Small REFI-QDA projects, as programs write them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

GUID = "0000000{n}-0000-4000-8000-000000000000"
ALCOHOL, SCHOOL, ANNA, NOTE, SOURCE = (GUID.format(n=n) for n in range(5))
CODEBOOK = f"""<CodeBook><Codes>
<Code guid="{GUID.format(n=8)}" name="Family" isCodable="false">
  <Code guid="{ALCOHOL}" name="Alcohol misuse" isCodable="true">
    <Description>Drinking.</Description>
  </Code>
</Code>
<Code guid="{SCHOOL}" name="excluded from school" isCodable="true"/>
</Codes></CodeBook>"""


def selection(
    start: int, end: int, *, code: str = ALCOHOL, name: str = "", note: bool = False
) -> str:
    reference = f'<NoteRef targetGUID="{NOTE}"/>' if note else ""
    return (
        f'<PlainTextSelection guid="{GUID.format(n=5)}" name={quoteattr(name)} '
        f'startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{GUID.format(n=6)}" creatingUser="{{{ANNA.upper()}}}" '
        f'creationDateTime="2026-02-28T10:15:00Z"><CodeRef targetGUID="{code}"/></Coding>'
        f"{reference}</PlainTextSelection>"
    )


def text_source(content: str | None, *selections: str, name: str = "maren", path: str = "") -> str:
    inside = "" if content is None else f"<PlainTextContent>{escape(content)}</PlainTextContent>"
    given = f' plainTextPath="{path}"' if path else ""
    opened = f'<TextSource guid="{SOURCE}" name="{name}"{given}>'
    return f"{opened}{inside}{''.join(selections)}</TextSource>"


def project(*sources: str, before: str = "", after: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}'
        '<Project xmlns="urn:QDA-XML:project:1.0" name="reviews" origin="A program">'
        f'<Users><User guid="{ANNA}" name="anna"/></Users>{CODEBOOK}'
        f'<Cases><Case guid="{GUID.format(n=7)}" name="Maren\'s case">'
        f'<SourceRef targetGUID="{SOURCE}"/></Case></Cases>'
        f"<Sources>{''.join(sources)}</Sources>"
        f'<Notes><Note guid="{NOTE}"><PlainTextContent>see 4.2</PlainTextContent></Note></Notes>'
        f"{after}</Project>"
    )


def write_project(path: Path, qde: str, files: Mapping[str, bytes] | None = None) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", qde.encode())
        for name, data in (files or {}).items():
            archive.writestr(name, data)
    return path


def units(text: str) -> int:
    """Length in UTF-16 units, as some programs count."""
    return len(text.encode("utf-16-le")) // 2
