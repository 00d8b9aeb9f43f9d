"""The tesseract program: a picture in, words out.

It is called directly and not through a wrapper: one program, one picture on its standard input,
one page of hOCR on its standard output, and limits of its own.
"""

from __future__ import annotations

import html
import io
import re
import resource
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbench.extract.jail import limits

if TYPE_CHECKING:
    from PIL import Image

_LINE = re.compile(r"class='ocr_(?:line|header|textfloat|caption)'[^>]*?title=\"([^\"]*)\"")
_WORD = re.compile(
    r"class='ocrx_word'[^>]*?title='bbox (\d+) (\d+) (\d+) (\d+); x_wconf (\d+)[^']*'[^>]*>"
    r"(.*?)</span>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_TURN = re.compile(r"Rotate: (\d+)\s+Orientation confidence: ([\d.]+)")
_ASCENDING = frozenset("bdfhkltiABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789‘’“”'\"(/")
_DESCENDING = frozenset("gjpqy,;Q()")
_HIGH, _LOW, _DEEP = 0.72, 0.485, 0.215  # shares of the size, between those of serif and sans
_WALL_PER_CPU = 4.0  # the machine may be shared
_MAX_OUTPUT_BYTES = 8 * 2**20


class Seen(NamedTuple):
    """One recognised word, in pixels of the picture."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float  # of the type of its line; 0 for one that runs up or down the picture
    confidence: int  # 0-100; 0 for such a line
    line: int  # tells the lines of a picture apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Tesseract:
    """How the program is called."""

    program: str  # its path
    language: str
    resolution_dpi: int
    cpu_s: int

    def words(
        self, image: Image.Image, *, is_block: bool = False, enlarged: int = 1
    ) -> list[Seen] | None:
        """The words of a picture in reading order; None when the program fails on it.

        A block is one column without pictures.
        """
        layout = "6" if is_block else "3"
        dpi = str(enlarged * self.resolution_dpi)
        output = self._run(
            image,
            "-l",
            self.language,
            "--psm",
            layout,
            "--dpi",
            dpi,
            "-c",
            "tessedit_create_hocr=1",
        )
        return None if output is None else list(_words(output))

    def turn_deg(self, image: Image.Image) -> tuple[int, float]:
        """Clockwise turn (0, 90, 180, 270) that makes a picture upright, and how sure that is.

        0 and 0.0 where the program cannot say, as with fewer than some 50 letters.
        """
        dpi = str(self.resolution_dpi)
        output = self._run(image, "-l", "osd", "--psm", "0", "--dpi", dpi) or ""
        found = _TURN.search(output)
        return (int(found[1]), float(found[2])) if found else (0, 0.0)

    def _run(self, image: Image.Image, *arguments: str) -> str | None:
        picture = io.BytesIO()
        image.save(picture, "PPM")
        command = [self.program, "stdin", "stdout"]
        try:
            done = subprocess.run(
                [*command, *arguments],
                input=picture.getvalue(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"OMP_THREAD_LIMIT": "1", "LC_ALL": "C"},
                timeout=_WALL_PER_CPU * self.cpu_s,
                preexec_fn=self._limit,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):
            return None
        if done.returncode or len(done.stdout) > _MAX_OUTPUT_BYTES:
            return None
        return done.stdout.decode("utf-8", "replace")

    def _limit(self) -> None:
        limits.die_with_parent()
        _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (min(self.cpu_s, hardest), hardest))


def _words(hocr: str) -> Iterator[Seen]:
    """The words of a page of hOCR, line by line."""
    lines = list(_LINE.finditer(hocr))
    ends = [*(line.start() for line in lines[1:]), len(hocr)]
    for line, end in zip(lines, ends, strict=False):  # an empty page has an end and no line
        named = dict(part.split(maxsplit=1) for part in html.unescape(line[1]).split("; "))
        left, _, _, bottom = map(float, named["bbox"].split())
        slope, offset = map(float, named.get("baseline", "0 0").split())
        runs_level = "baseline" in named and "textangle" not in named
        boxes, heights = [], []
        for found in _WORD.finditer(hocr, line.end(), end):
            x0, top, x1, low, confidence = map(int, found.groups()[:5])
            text = "".join(html.unescape(_TAG.sub("", found[6])).split())
            heights += [(low - top) / _reach(text)] * sum(map(str.isalnum, text))
            boxes.append((text, x0, x1, confidence))
        # Tesseract's own measure is off by a third on lines of few words.
        size = sorted(heights)[len(heights) // 2] if heights else float(named.get("x_size", 0))
        for text, x0, x1, confidence in boxes:
            baseline = bottom + offset + slope * ((x0 + x1) / 2 - left)
            if text and runs_level:
                yield Seen(text, x0, x1, baseline, size, confidence, line.start())
            elif text:
                yield Seen(text, x0, x1, baseline, 0.0, 0, line.start())


def _reach(text: str) -> float:
    """How high a word is, as a share of its size: with or without strokes over and under."""
    letters = set(text)
    return (_HIGH if letters & _ASCENDING else _LOW) + (_DEEP if letters & _DESCENDING else 0.0)
