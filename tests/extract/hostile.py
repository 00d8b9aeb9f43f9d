"""Files that were made to hang, crash, flood or deceive a PDF reader, and mutants of sound ones."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
from handmade import flate, one_page, raw_pdf, stream
from reportlab.pdfgen.canvas import Canvas

TEXT = b"BT /F1 11 Tf 72 700 Td (The panel met on four occasions and heard nine agencies.) Tj ET"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X %d 0 R>>>>"
CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>"
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


@cache
def sound(n_pages: int = 3, *, compressed: bool = False) -> bytes:
    """A small file without a fault."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=True, pageCompression=int(compressed))
    for number in range(n_pages):
        canvas.setFont("Helvetica", 11)
        for line in range(12):
            canvas.drawString(72, 740 - 16 * line, f"{number + 1}.{line + 1} The panel met again.")
        canvas.rect(72, 400, 300, 90)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _saved(change: Callable[[pikepdf.Pdf], None], **how: Any) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound())) as pdf:
        change(pdf)
        pdf.save(file, **how)
    return file.getvalue()


def _with_page(entries: bytes, content: bytes = stream(TEXT)) -> bytes:
    return one_page(content, page=entries)


def _with_catalog(entries: bytes, *more: bytes) -> bytes:
    return raw_pdf([CATALOG[:-2] + entries + b">>", PAGES, PAGE + b">>", stream(TEXT), FONT, *more])


def _nested_forms(calls: bytes, depth: int) -> bytes:
    forms = [stream(calls, FORM % (number + 1)) for number in range(6, 6 + depth)]
    last = stream(b"0 0 m 5 5 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return one_page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>", *forms, last)


def _many_pages(n_pages: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (4 + number) for number in range(n_pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return raw_pdf(
        [CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, n_pages), FONT, *[page] * n_pages]
    )


def _deep_tree(depth: int) -> bytes:
    nodes = [
        b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (3 + number, 1 + number)
        for number in range(depth)
    ]
    return raw_pdf([CATALOG, *nodes, b"<</Type/Page/MediaBox[0 0 595 842]>>"])


def _same_kid(n_kids: int) -> bytes:
    kids = b"3 0 R " * n_kids
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, n_kids)
    return raw_pdf([CATALOG, tree, PAGE + b">>", stream(TEXT), FONT])


def _garbled(moved: int) -> bytes:
    plain = "the panel heard that the mother had asked for help on several occasions " * 3
    text = "".join(chr(ord(char) + moved) if char > " " else " " for char in plain)
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("latin-1")
    return one_page(stream(b"BT /F1 8 Tf 20 700 Td (" + escaped + b") Tj ET"))


def _image(width: int, height: int, filter_name: bytes, data: bytes) -> bytes:
    image = stream(
        data,
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8"
        b"/ColorSpace/DeviceGray/Filter/%s" % (width, height, filter_name),
    )
    return one_page(stream(b"595 0 0 842 0 0 cm /I Do"), b"/XObject<</I 6 0 R>>", image)


def _noise(length: int, seed: int) -> bytes:
    return random.Random(seed).randbytes(length)


def _overwritten(content: bytes, n_bytes: int, seed: int) -> bytes:
    chance, changed = random.Random(seed), bytearray(content)
    for _ in range(n_bytes):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _program(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x');")
    pdf.attachments["setup.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ" + bytes(500))


def _encryption(*, user: str) -> pikepdf.Encryption:
    allowed = pikepdf.Permissions(extract=False)
    return pikepdf.Encryption(user=user, owner="owner", allow=allowed)


def _nothing(_: pikepdf.Pdf) -> None:
    return None


FLOOD = b"BT /F1 9 Tf 72 700 Td " + (b"(" + b"a " * 16_000 + b") Tj ") * 31 + b"ET"
RECTANGLES = b"0 0 m " + b"10 10 99 9 re S " * 300_000

#: Name -> how to make the file.
FILES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "a web page": lambda: b"<!DOCTYPE html><html><body>404</body></html>",
    "a web page that is a PDF, too": lambda: b"<html><!--" + sound() + b"--></html>",
    "a Word file": lambda: b"PK\x03\x04" + _noise(2_000, 1),
    "a program": lambda: b"MZ" + _noise(2_000, 2),
    "a header and no more": lambda: b"%PDF-1.7\n",
    "a header and noise": lambda: b"%PDF-1.7\n" + _noise(20_000, 3),
    "the first half": lambda: sound(9)[: len(sound(9)) // 2],
    "the second half": lambda: sound(9)[len(sound(9)) // 2 :],
    "startxref elsewhere": lambda: sound().replace(b"startxref\n", b"startxref\n9"),
    "no word xref": lambda: sound().replace(b"xref\n0", b"xxxx\n0"),
    "junk before the header": lambda: b"x" * 1_500 + sound(),
    "400 bytes changed": lambda: _overwritten(sound(9), 400, 4),
    "a password": lambda: _saved(_nothing, encryption=_encryption(user="user")),
    "an owner's password": lambda: _saved(_nothing, encryption=_encryption(user="")),
    "unknown encryption": lambda: raw_pdf(
        [CATALOG, PAGES, PAGE + b">>", stream(TEXT), FONT],
        b"/Encrypt<</Filter/Unheard/V 9>>/ID[<00><00>]",
    ),
    "JavaScript and a program": lambda: _saved(_program),
    "a bomb": lambda: one_page(flate(b" " * (400 * 2**20))),
    "a bomb in a bomb": lambda: one_page(flate(b" " * (400 * 2**20), 2)),
    "a million letters on one page": lambda: one_page(flate(FLOOD)),
    "300,000 rectangles": lambda: one_page(flate(RECTANGLES)),
    "20,000 pages": lambda: _many_pages(20_000),
    "4,000 empty pages": lambda: _many_pages(4_000),
    "a page tree that holds itself": lambda: raw_pdf(
        [CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]
    ),
    "a page tree 5,000 deep": lambda: _deep_tree(5_000),
    "one page 50,000 times": lambda: _same_kid(50_000),
    "a billion pages, it says": lambda: raw_pdf(
        [CATALOG, PAGES.replace(b"Count 1", b"Count 1000000000"), PAGE + b">>", stream(TEXT), FONT]
    ),
    "fewer than no pages, it says": lambda: raw_pdf(
        [CATALOG, PAGES.replace(b"Count 1", b"Count -7"), PAGE + b">>", stream(TEXT), FONT]
    ),
    "a form that draws itself": lambda: one_page(
        stream(TEXT + b" /X Do"), b"/XObject<</X 6 0 R>>", stream(b"/X Do", FORM % 6)
    ),
    "two to the power of 24 forms": lambda: _nested_forms(b"/X Do /X Do", 24),
    "ten to the power of 9 forms": lambda: _nested_forms(b"/X Do " * 10, 9),
    "brackets 100,000 deep": lambda: raw_pdf(
        [CATALOG, PAGES, PAGE + b"/A" + b"[" * 100_000 + b">>", stream(TEXT), FONT]
    ),
    "an xref table before itself": lambda: sound().replace(b"trailer\n<<", b"trailer\n<</Prev 9 "),
    "letters shifted": lambda: _garbled(-29),
    "letters that are no letters": lambda: _garbled(100),
    "a page a thousand miles wide": lambda: _with_page(b"/MediaBox[0 0 4e9 4e9]"),
    "a page without size": lambda: _with_page(b"/MediaBox[0 0 0 0]"),
    "a page from right to left": lambda: _with_page(b"/MediaBox[595 842 0 0]"),
    "a crop box elsewhere": lambda: _with_page(b"/CropBox[5000 5000 5100 5100]"),
    "turned by 45": lambda: _with_page(b"/Rotate 45"),
    "nothing on its page": lambda: one_page(stream(b"")),
    "spaces on its page": lambda: one_page(stream(b"BT /F1 9 Tf 72 700 Td (       ) Tj ET")),
    "all text outside": lambda: one_page(stream(TEXT.replace(b"72 700", b"7200 7000"))),
    "a picture of 10 gigapixels": lambda: _image(100_000, 100_000, b"FlateDecode", b"x\x9c\x03\0"),
    "a picture of noise": lambda: _image(600, 800, b"DCTDecode", _noise(9_000, 5)),
    "a JPEG 2000 of noise": lambda: _image(600, 800, b"JPXDecode", _noise(9_000, 6)),
    "a JBIG2 of noise": lambda: _image(600, 800, b"JBIG2Decode", _noise(9_000, 7)),
    "a font of noise": lambda: raw_pdf(
        [
            CATALOG, PAGES, PAGE + b">>", stream(TEXT),
            b"<</Type/Font/Subtype/TrueType/BaseFont/Noise/FirstChar 32/LastChar 34"
            b"/Widths[1e30 -1 0]/FontDescriptor 6 0 R>>",
            b"<</Type/FontDescriptor/FontName/Noise/Flags 4/FontFile2 7 0 R>>",
            stream(_noise(9_000, 8)),
        ]
    ),
    "labels that hold themselves": lambda: _with_catalog(
        b"/PageLabels 6 0 R", b"<</Kids[6 0 R 6 0 R]>>"
    ),
    "an outline that holds itself": lambda: _with_catalog(
        b"/Outlines 6 0 R", b"<</First 6 0 R/Last 6 0 R/Next 6 0 R/Title(x)>>"
    ),
    "100,000 notes on its page": lambda: _with_page(b"/Annots[" + b"6 0 R " * 100_000 + b"]"),
    "a title of five megabytes": lambda: raw_pdf(
        [
            CATALOG, PAGES, PAGE + b">>", stream(TEXT), FONT,
            b"<</Title(" + b"T" * 5_000_000 + b")>>",
        ],
        b"/Info 6 0 R",
    ),
}  # fmt: skip

SEEDS = (
    lambda: sound(),
    lambda: sound(compressed=True),
    lambda: _saved(_nothing, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    lambda: _saved(_program, linearize=True),
)


@cache
def _seed(number: int) -> bytes:
    return SEEDS[number % len(SEEDS)]()


def mutant(number: int) -> bytes:
    """A small PDF with bytes changed, a piece lost, twice, moved, or a number in it changed."""
    chance = random.Random(number)
    changed = bytearray(_seed(number))
    for _ in range(chance.choice((0, 1, 5, 40))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    start = chance.randrange(len(changed))
    piece = bytes(changed[start : start + chance.randrange(1, 400)])
    manner = chance.randrange(5)
    if manner == 0:
        del changed[start : start + len(piece)]
    elif manner == 1:
        changed[start:start] = piece * chance.choice((1, 3))
    elif manner == 2:
        del changed[start : start + len(piece)]
        place = chance.randrange(len(changed))
        changed[place:place] = piece
    elif manner == 3:
        digits = [index for index, byte in enumerate(changed) if 48 <= byte <= 57]
        for index in chance.sample(digits, min(3, len(digits))):
            changed[index : index + 1] = str(
                chance.randrange(10 ** chance.choice((1, 4, 9)))
            ).encode()
    else:
        del changed[chance.randrange(len(changed)) :]
    return bytes(changed)
