"""Small fictional reviews as PDF, for tests that run the whole chain."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

NOTICE = "Fictional document for software testing"

REVIEW = {
    "Domestic Homicide Review: Maren": [],
    "1 Terms of reference": [
        "1.1 The panel will consider whether there was any history of domestic abuse and whether",
        "training on coercive control had been given to staff.",
    ],
    "2 The facts": [
        "2.1 Maren was 34 when she was killed by her husband, Tobias. He was convicted of murder.",
        "2.2 Police recorded domestic abuse of Maren by Tobias on six occasions in two years.",
        "2.3 Tobias was drinking heavily and was often drunk at home.",
        "2.4 There was no evidence of drug misuse by Maren.",
    ],
    "3 Analysis": [
        "3.1 Information was not shared between the hospital and the police.",
    ],
    "4 Recommendations": [
        "4.1 The partnership should ensure that staff are trained in domestic abuse.",
    ],
}


def write_review(path: Path, name: str = "Maren", extra: str = "") -> Path:
    """A two-page review with numbered paragraphs; another name makes another case."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    top = 780.0
    for heading, lines in REVIEW.items():
        if heading.startswith("3"):
            top = _new_page(canvas)
        canvas.setFont("Helvetica-Bold", 15 if lines else 22)
        canvas.drawString(72, top, heading.replace("Maren", name))
        top -= 30
        canvas.setFont("Helvetica", 11)
        for line in lines + ([extra] if extra and heading.startswith("3") else []):
            canvas.drawString(72, top, line.replace("Maren", name))
            top -= 15 if line.startswith("1.1") else 26
        top -= 14
    _new_page(canvas)
    canvas.save()
    return path


def _new_page(canvas: Canvas) -> float:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, 30, NOTICE)
    canvas.showPage()
    return 780.0
