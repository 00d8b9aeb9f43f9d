"""Why a file was not read, or not read as text: numbered, with what to do next.

Numbers are stable: 1xx is the file, 2xx the reading of it, 3xx what was found on its pages.
"""

from __future__ import annotations

from enum import IntEnum

from workbench.records import Reason


class ReasonNumber(IntEnum):
    """Every way in which an extraction can end other than well."""

    NOT_A_PDF = 101
    HTML = 102
    EMPTY_FILE = 103
    DAMAGED = 104
    PASSWORD = 105
    FILE_TOO_LARGE = 106
    TOO_MANY_PAGES = 107
    NO_PAGES = 108
    UNREADABLE = 109
    ENCRYPTION_UNKNOWN = 110
    TIME_LIMIT = 201
    MEMORY_LIMIT = 202
    CRASHED = 203
    OUTPUT_TOO_LARGE = 204
    PAGE_TOO_DENSE = 205
    BAD_OUTPUT = 206
    STEP_FAILED = 207
    OCR_FAILED = 208
    IMAGE_ONLY = 301
    NO_WORDS = 302
    GARBLED = 303
    OCR_MISSING = 304


_TEXTS = {
    ReasonNumber.NOT_A_PDF: "not a PDF: it does not begin as one. Open it in the program it "
    "belongs to and save it as PDF.",
    ReasonNumber.HTML: "a web page named .pdf: the download probably failed. Download the review "
    "again and check that it opens in a PDF viewer.",
    ReasonNumber.EMPTY_FILE: "the file is empty. Download or copy it again.",
    ReasonNumber.DAMAGED: "damaged or truncated: no pages can be found in it. Download it again, "
    "or open it in a PDF viewer and save it anew.",
    ReasonNumber.PASSWORD: "a password is needed to open it. Save a copy without a password.",
    ReasonNumber.FILE_TOO_LARGE: "the file is larger than the limit. Split it, or save it with "
    "smaller images.",
    ReasonNumber.TOO_MANY_PAGES: "it has more pages than the limit. Split it.",
    ReasonNumber.NO_PAGES: "it has no pages. Ask its publisher for a complete copy.",
    ReasonNumber.UNREADABLE: "the file is gone or may not be read. Put it back, or allow reading, "
    "and add it again.",
    ReasonNumber.ENCRYPTION_UNKNOWN: "it is encrypted in a way that cannot be read here. Save a "
    "copy without encryption.",
    ReasonNumber.TIME_LIMIT: "reading it took longer than the limit. Open it in a PDF viewer and "
    "print it to a new PDF.",
    ReasonNumber.MEMORY_LIMIT: "reading it needed more memory than the limit. Open it in a PDF "
    "viewer and print it to a new PDF.",
    ReasonNumber.CRASHED: "the PDF reader crashed on it. Open it in a PDF viewer and print it to "
    "a new PDF.",
    ReasonNumber.OUTPUT_TOO_LARGE: "more was read from it than the limit allows. Split it.",
    ReasonNumber.PAGE_TOO_DENSE: "one of its pages holds more characters than any printed page. "
    "Remove that page, or print the file to a new PDF.",
    ReasonNumber.BAD_OUTPUT: "what the PDF reader gave back cannot be trusted. Open the file in a "
    "PDF viewer and print it to a new PDF.",
    ReasonNumber.STEP_FAILED: "a step of the workbench failed on it; the other documents are not "
    "affected. Please report the warning below; workbench run --retry tries it again.",
    ReasonNumber.OCR_FAILED: "the text recognition (OCR) found no words on most of its pages. Look "
    "at them in a PDF viewer; a better scan may help.",
    ReasonNumber.OCR_MISSING: "most of its pages are pictures or do not decode, and the program "
    "that recognises their text is not installed. Install it (Debian, Ubuntu: apt-get install "
    "tesseract-ocr) and run again.",
    ReasonNumber.IMAGE_ONLY: "most of its pages are pictures, or letters drawn as shapes, without "
    "a text layer. Run text recognition (OCR) on it and add the result.",
    ReasonNumber.NO_WORDS: "no words were found on any page. If you see text in a PDF viewer, run "
    "text recognition (OCR) on it and add the result.",
    ReasonNumber.GARBLED: "the text layer of most pages does not decode to words. Run text "
    "recognition (OCR) on it and add the result.",
}


def reason(number: ReasonNumber | int, detail: str = "") -> Reason:
    """The numbered reason with its sentence; the detail says what was found."""
    known = ReasonNumber(number)
    return Reason(int(known), f"{_TEXTS[known]} ({detail})" if detail else _TEXTS[known])
