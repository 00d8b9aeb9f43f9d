"""The check that a report keeps its promise: every number leads to its passages and recounts.

It reads the written HTML and tables alone, not the records they were made from: numbers are drawn
from the pages, their links followed, cases and passages counted again at the other end, intervals
computed again by the formula, and the rectangles on the pages compared with ``codings.csv``.
"""

from __future__ import annotations

import json
import math
import random
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote

from workbench.errors import InputError
from workbench.publish.folder import MARKER
from workbench.publish.html_page import Element, HtmlPage, read_page, words_problems
from workbench.publish.recount import Counted, parse_box, recount, rectangle, shows, table_value
from workbench.publish.tables.csv_files import read_csv
from workbench.records import Box

#: At most so many passages of one number are looked up on their pages.
MAX_PASSAGES = 25
#: Rectangles are written with two decimals.
TOLERANCE_PT = 0.011
_NUMBER = re.compile(r'<a class="n"([^>]*)>([^<]*)</a>')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TARGETS = re.compile(r'(?:href|src)="([^"]*)"')
_IDS = re.compile(r'\bid="([^"]*)"')


class Number(NamedTuple):
    """One number as a page prints it."""

    page: str
    href: str
    recount: str
    field: str
    finding: str
    value: float
    text: str


class Highlight(NamedTuple):
    """A passage that was looked up: its words and where the report marks them."""

    coding_id: str
    document_id: str
    text: str
    boxes: tuple[Box, ...]


@dataclass(slots=True)
class Walk:
    """What a walk through a report saw."""

    n_numbers: int = 0  # numbers that the report prints
    checked: list[Number] = field(default_factory=list)
    highlights: dict[str, Highlight] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def check_report(folder: Path, sample_size: int = 100, seed: int = 0) -> list[str]:
    """Problems found by following numbers drawn at random; empty when all hold.

    Raises:
        InputError: The folder holds no report.
    """
    return walk_report(folder, sample_size, seed).problems


def walk_report(folder: Path, sample_size: int = 100, seed: int = 0) -> Walk:
    """Follow ``sample_size`` numbers (all, if there are fewer) and say what was seen.

    Raises:
        InputError: The folder holds no report.
    """
    walker = _Walker(folder)
    numbers = [number for page in walker.pages() for number in walker.numbers(page)]
    walker.walk.n_numbers = len(numbers)
    draw = random.Random(seed)
    for number in draw.sample(numbers, min(sample_size, len(numbers))):
        walker.check(number, draw)
    if not numbers:
        walker.walk.problems.append("the report prints no number that links to its passages")
    return walker.walk


def check_links(folder: Path) -> list[str]:
    """Links, pictures and anchors of the whole report that lead nowhere, or out of the folder."""
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }
    anchors = {name: set(_IDS.findall(text)) for name, text in texts.items()}
    problems = []
    for name, text in texts.items():
        for raw in dict.fromkeys(_TARGETS.findall(text)):
            target, anchor = resolve(name, unescape(raw))
            if target.startswith("..") or ":" in target:
                problems.append(f"{name}: {raw} leads out of the report")
            elif not (folder / target).is_file():
                problems.append(f"{name}: {raw} leads to no file")
            elif anchor and anchor not in anchors.get(target, ()):
                problems.append(f"{name}: {raw} leads to no anchor")
    return problems


def resolve(page: str, href: str) -> tuple[str, str]:
    """The file, from the report's root, and the anchor that a link on a page leads to."""
    path, _, anchor = href.partition("#")
    base = page.rpartition("/")[0]
    return (normpath(f"{base}/{path}".lstrip("/")) if path else page), unquote(anchor)


class _Walker:
    """Reads each page once and keeps what it found."""

    def __init__(self, folder: Path) -> None:
        if not (folder / MARKER).is_file():
            raise InputError(
                f"{folder}: holds no report ({MARKER} is missing). Write one with: workbench report"
            )
        self.marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        self.folder = folder
        self.walk = Walk()
        self._pages: dict[str, HtmlPage] = {}
        self._looked_up: dict[str, list[str]] = {}
        self._codings = {row["coding_id"]: row for row in read_csv(folder / "codings.csv")}
        self._findings = {row["finding_id"]: row for row in read_csv(folder / "findings.csv")}

    def pages(self) -> list[str]:
        """Every page of the report, from its root."""
        return [p.relative_to(self.folder).as_posix() for p in sorted(self.folder.rglob("*.html"))]

    def numbers(self, page: str) -> list[Number]:
        """The numbers that a page prints, in order."""
        html = (self.folder / page).read_text(encoding="utf-8")
        found = []
        for attributes, text in _NUMBER.findall(html):
            given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            found.append(
                Number(
                    page=page,
                    href=given["href"],
                    recount=given["data-recount"],
                    field=given["data-field"],
                    finding=given.get("data-finding", ""),
                    value=float(given["data-value"]),
                    text=unescape(text),
                )
            )
        return found

    def check(self, number: Number, draw: random.Random) -> None:
        """Follow one number; problems are added to the walk."""
        self.walk.checked.append(number)
        where = f"{number.page}: {number.field} {number.text} ({number.finding or number.href})"
        name, anchor = resolve(number.page, number.href)
        page = self._page(name)
        target = page.by_id.get(anchor) if page else None
        if page is None or target is None:
            self._problem(where, f"its link {number.href} leads to no passages")
            return
        if not shows(number.text, number.value):
            self._problem(where, f"the page prints {number.text} for {number.value}")
        counted = recount(page, target, number.recount, self._base(name, page))
        if counted is not None and not math.isclose(counted, number.value, abs_tol=1e-9):
            self._problem(where, f"prints {number.value:g}, but {name} counts {counted:g}")
        if number.finding:
            self._check_table(number, where)
            self._check_cases(page, target, where)
        for passage in self._draw_passages(page, target, draw):
            for problem in self._check_passage(name, page, passage):
                self._problem(where, problem)

    def _base(self, name: str, page: HtmlPage) -> Counted:
        """Where the things are listed that the page's denominator counts: there or elsewhere."""
        here = page.by_id.get("denominator")
        listed = here.attributes.get("data-base-list", "") if here else ""
        if not listed:
            return Counted(page, here)
        elsewhere = self._page(resolve(name, listed)[0])
        return Counted(elsewhere, elsewhere.by_id.get("denominator")) if elsewhere else Counted()

    def _problem(self, where: str, what: str) -> None:
        self.walk.problems.append(f"{where}: {what}")

    def _page(self, name: str) -> HtmlPage | None:
        if name not in self._pages:
            path = self.folder / name
            if name.startswith("..") or not path.is_file():
                return None
            self._pages[name] = read_page(path.read_text(encoding="utf-8"))
        return self._pages[name]

    def _check_table(self, number: Number, where: str) -> None:
        row = self._findings.get(number.finding)
        if row is None:
            self._problem(where, "is a finding that findings.csv does not have")
            return
        stated = table_value(row, number.field)
        if stated is None or not math.isclose(stated, number.value, abs_tol=1e-9):
            self._problem(where, f"prints {number.value:g}, but findings.csv has {stated}")

    def _check_cases(self, page: HtmlPage, target: Element, where: str) -> None:
        """Each counted case has passages of its own, or says that it is counted for silence."""
        for element in page.inside(target):
            case_id = element.attributes.get("data-case")
            if case_id is None:
                continue
            coding_ids = page.values(element, "data-coding")
            silent = any(
                item.attributes.get("class") == "searched" for item in page.inside(element)
            )
            if not coding_ids and not silent and not page.values(element, "data-contact"):
                self._problem(where, f"case {case_id} is counted without a passage")
            for coding_id in coding_ids:
                row = self._codings.get(coding_id)
                if row is not None and row["case_id"] != case_id:
                    self._problem(where, f"passage {coding_id} belongs to another case")

    def _draw_passages(self, page: HtmlPage, target: Element, draw: random.Random) -> list[Element]:
        passages = [
            element for element in page.inside(target)
            if element.tag == "li" and {"data-coding", "data-contact"} & element.attributes.keys()
        ]  # fmt: skip
        return draw.sample(passages, min(MAX_PASSAGES, len(passages)))

    def _check_passage(self, name: str, page: HtmlPage, passage: Element) -> list[str]:
        hrefs = page.values(passage, "href")
        if contact_id := passage.attributes.get("data-contact"):
            target, anchor = resolve(name, hrefs[0] if hrefs else "")
            return words_problems(contact_id, self._page(target), anchor)
        coding_id = passage.attributes["data-coding"]
        if coding_id not in self._looked_up:
            self._looked_up[coding_id] = self._look_up(coding_id, name, hrefs[0] if hrefs else "")
        return self._looked_up[coding_id]

    def _look_up(self, coding_id: str, name: str, href: str) -> list[str]:
        """Problems of one passage: its row, its page, its rectangles."""
        row = self._codings.get(coding_id)
        if row is None:
            return [f"passage {coding_id} is not in codings.csv"]
        target, anchor = resolve(name, href)
        sheet = self._page(target)
        group = sheet.by_id.get(anchor) if sheet else None
        if sheet is None or group is None:
            return [f"passage {coding_id}: its link {href!r} leads to no highlighted words"]
        drawn = [
            rectangle(element) for element in sheet.inside(group)
            if element.tag == "rect" and element.attributes.get("data-coding") == coding_id
        ]  # fmt: skip
        boxes = tuple(parse_box(text) for text in row["boxes"].split())
        expected = [box[1:] for box in boxes if box.page == int(row["page"])]
        self.walk.highlights[coding_id] = Highlight(
            coding_id, row["document_id"], row["text"], boxes
        )
        if not drawn:
            return [f"passage {coding_id}: no rectangle on {target}"]
        if len(drawn) != len(expected) or not all(map(_same_place, drawn, expected)):
            return [f"passage {coding_id}: its rectangles on {target} are not over its words"]
        return [
            f"passage {coding_id}: {problem}"
            for problem in self._sheet_problems(target, sheet, drawn)
        ]

    def _sheet_problems(
        self, name: str, sheet: HtmlPage, drawn: list[tuple[float, float, float, float]]
    ) -> list[str]:
        views = [
            item.attributes["viewbox"] for item in sheet.elements if "viewbox" in item.attributes
        ]
        width, height = (float(part) for part in views[0].split()[2:])
        problems = []
        if any(
            x0 < -1 or top < -1 or x1 > width + 1 or bottom > height + 1
            for x0, top, x1, bottom in drawn
        ):
            problems.append(f"a rectangle lies outside {name}")
        for image in (item for item in sheet.elements if item.tag == "img"):
            if not (self.folder / resolve(name, image.attributes["src"])[0]).is_file():
                problems.append(f"the picture of {name} is missing")
        return problems


def _same_place(drawn: tuple[float, ...], expected: tuple[float, ...]) -> bool:
    return all(abs(a - b) <= 2 * TOLERANCE_PT for a, b in zip(drawn, expected, strict=True))
