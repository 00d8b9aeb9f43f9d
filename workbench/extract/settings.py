"""Limits and thresholds of the extraction; stored with what it makes."""

from __future__ import annotations

from dataclasses import dataclass

#: Raised by hand whenever the same file would give other pages than before.
EXTRACT_VERSION = "3"


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
