"""Limits and thresholds of the extraction; stored with what it makes."""

from __future__ import annotations

from dataclasses import dataclass

#: Raised by hand whenever the same file would give other pages than before.
EXTRACT_VERSION = "5"


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrSettings:
    """How pictures of pages are recognised, and what that may cost."""

    is_on: bool = True
    program: str = ""  # path of tesseract; "" for the one on the search path
    language: str = "eng"  # as tesseract names it; "eng+cym" for two
    resolution_dpi: int = 200  # 300 costs a fifth more and gains nothing
    max_side_px: int = 5_000  # of a picture; larger pages are taken at a lower resolution
    max_pages: int = 400  # of one document; the rest stays pictures
    page_cpu_s: int = 90
    max_wall_s: float = 3_000.0  # of one document
    min_confidence: int = 30  # 0-100, of a word; less is a speck or a stain ...
    min_sign_confidence: int = 60  # ... and so are signs without a letter or digit below this

    def __post_init__(self) -> None:
        if not 70 <= self.resolution_dpi <= 600:
            raise ValueError(f"resolution_dpi must lie in 70-600, found {self.resolution_dpi}")
        if min(self.max_side_px, self.page_cpu_s, self.max_wall_s) <= 0:
            raise ValueError("limits of the recognition must be above zero, found one that is not")

    def wall_s(self, n_pages: int) -> float:
        """Wall seconds allowed for so many pages."""
        return min(self.max_wall_s, 4.0 * self.page_cpu_s * (1 + n_pages))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionSettings:
    """Which pages a second reader looks at, and when the two disagree."""

    every: int = 100  # one page in so many, chosen by the hash of the file; 0 for none
    max_odd_pages: int = 5  # of one document, beside the sample
    min_agreement: float = 0.9  # F1 of the two bags of words, 0-1
    max_unmapped_share: float = 0.01  # of the characters
    max_single_share: float = 0.3  # of the words that are one letter: drawn glyph by glyph
    max_word_letters: float = 8.0  # mean; more, and words may be joined
    max_words_per_in2: float = 14.0  # of the page; dense print has ten
    vowel_margin: float = 0.05  # how near to garbled a page may be

    def __post_init__(self) -> None:
        shares = (self.min_agreement, self.max_unmapped_share, self.max_single_share)
        if not all(0.0 <= share <= 1.0 for share in shares) or self.every < 0:
            raise ValueError(f"shares must lie in 0-1 and every be 0 or more, found {self}")


_OCR, _OPINION = OcrSettings(), OpinionSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """What one file may cost, and when a page counts as a scan."""

    max_file_bytes: int = 300 * 2**20
    max_pages: int = 5_000
    max_page_chars: int = 200_000  # a dense broadsheet page has about 20,000
    max_page_drawings: int = 30_000  # more are not read; the page says so
    max_output_bytes: int = 160 * 2**20  # 5,000 full pages have 120
    memory_bytes: int = 1_500 * 2**20  # address space of the child
    cpu_base_s: int = 20
    cpu_per_page_s: float = 0.2
    max_cpu_s: int = 300
    page_cpu_s: float = 15.0  # of one page; the others are read all the same
    max_restarts: int = 5  # pages that may end the reader before the rest is given up
    min_read_share: float = 0.5  # of the pages; a document with fewer is quarantined
    wall_per_cpu: float = 4.0  # the machine may be shared
    header_window_bytes: int = 4_096  # where "%PDF-" is looked for
    scan_max_chars: int = 20  # fewer characters than this ...
    scan_min_image_share: float = 0.8  # ... under an image of this share of the page: a scan
    outlines_min_paths: int = 40  # so many curved shapes may be letters drawn as outlines
    min_vowel_share: float = 0.25  # of the letters of a page; less is no European language
    garbled_min_share: float = 0.3  # share of characters that do not decode
    min_scan_page_share: float = 0.5  # share of scanned pages that makes a document one
    ocr: OcrSettings = _OCR
    opinion: OpinionSettings = _OPINION

    def __post_init__(self) -> None:
        shares = (
            self.scan_min_image_share, self.garbled_min_share, self.min_scan_page_share,
            self.min_read_share,
        )  # fmt: skip
        if not all(0.0 <= share <= 1.0 for share in shares):
            raise ValueError(f"shares must lie in 0-1, found {shares}")
        limits = (self.max_file_bytes, self.max_pages, self.memory_bytes, self.cpu_base_s)
        if min(limits) <= 0:
            raise ValueError(f"limits must be above zero, found {limits}")

    def cpu_s(self, n_pages: int = 0) -> int:
        """CPU seconds allowed for a file with this many pages."""
        return min(self.max_cpu_s, int(self.cpu_base_s + self.cpu_per_page_s * n_pages) + 1)

    def wall_s(self, n_pages: int = 0) -> float:
        """Wall seconds allowed for a file with this many pages."""
        return 10.0 + self.wall_per_cpu * self.cpu_s(n_pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderSettings:
    """How page images are made, and the limits of the child that makes them."""

    resolution_dpi: int = 110
    max_side_px: int = 3_000  # larger pages are scaled down to this
    colours: int = 64  # of the palette; text stays crisp, files small
    limits: ExtractSettings = ExtractSettings()

    def __post_init__(self) -> None:
        if not 20 <= self.resolution_dpi <= 600:
            raise ValueError(f"resolution_dpi must lie in 20-600, found {self.resolution_dpi}")
        if not 2 <= self.colours <= 256:
            raise ValueError(f"colours must lie in 2-256, found {self.colours}")
