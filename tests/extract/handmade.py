"""PDFs made by hand for the tests of the extract stage."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Paint = Callable[[Canvas], None]


def painted(path: Path, *pages: Paint, size: tuple[float, float] = A4) -> Path:
    """A PDF with one page for each function."""
    canvas = Canvas(str(path), pagesize=size, invariant=True)
    for paint in pages:
        paint(canvas)
        canvas.showPage()
    canvas.save()
    return path


def text(*lines: str, size: float = 11, font: str = "Helvetica") -> Paint:
    """Lines of text from the top of the page."""

    def paint(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 1.4 * size * number, line)

    return paint


def raw_pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def one_page(content: bytes, resources: bytes = b"", *more: bytes, page: bytes = b"") -> bytes:
    """A PDF of one A4 page with this content stream object; further objects from number 6.

    Object 5 is Helvetica; the resources go beside it.
    """
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>%s>>%s>>" % (resources, page),
            content,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def flate(content: bytes, times: int = 1) -> bytes:
    """A stream, compressed so many times over."""
    for _ in range(times):
        content = zlib.compress(content, 1 if len(content) > 2**24 else 9)
    filters = b"/Filter[" + b"/FlateDecode" * times + b"]"
    return stream(content, filters)
