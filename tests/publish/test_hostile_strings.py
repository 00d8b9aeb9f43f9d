"""Whatever stands in a PDF, a file name or a title stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from fictional_corpus import WIDTH_PT, publication_of, reading_of, said

from workbench.codebook import Codebook
from workbench.publish import Publication, check_report, write_report
from workbench.publish.tables.csv_files import read_csv
from workbench.publish.walk import check_links
from workbench.records import Assertion, Reason, SectionRole, SubjectRole

SCRIPT = "<script>alert('opened')</script>"
IMAGE = "\"><img src=x onerror=alert('opened')>"
JINJA = "{{ 7 * 7 }}{% raw %}"
FORMULA = '=HYPERLINK("http://127.0.0.1/","x")'
BIDI = "\u202eevil\u2066"
BROKEN = "lone \ud800 surrogate, NUL \x00 and bell \x07"
HOSTILE = f"{SCRIPT} {IMAGE} {JINJA} &amp; &lt;b&gt; {BIDI} $\\frac$ {BROKEN}"


@pytest.fixture(scope="module")
def hostile(codebook: Codebook) -> Publication:
    quote = f"{FORMULA} {HOSTILE}"
    paragraphs = [
        said(SectionRole.FACTS, f"Before {SCRIPT}. {quote} after {IMAGE}.", quote,
             "alcohol_misuse", Assertion.AFFIRMED, SubjectRole.PERPETRATOR),
        said(SectionRole.FACTS, f"{FORMULA}", FORMULA, "alcohol_misuse", Assertion.AFFIRMED,
             SubjectRole.VICTIM),
    ]  # fmt: skip
    reading = reading_of(
        "../../etc/passwd", HOSTILE, paragraphs,
        [(HOSTILE, SubjectRole.PERPETRATOR), (IMAGE, SubjectRole.VICTIM)],
    )  # fmt: skip
    segments = tuple(
        replace(segment, number=IMAGE, section_path=(SCRIPT,)) for segment in reading.segments
    )
    document = replace(
        reading.document, file_name=f"../{SCRIPT}\n{IMAGE}.pdf", publisher=HOSTILE,
        review_type=HOSTILE, warnings=(HOSTILE,),
    )  # fmt: skip
    codings = tuple(
        replace(coding, explanation=HOSTILE, source=f"rule:{SCRIPT}") for coding in reading.codings
    )
    reading = replace(reading, document=document, segments=segments, codings=codings)
    made = publication_of({document.document_id: reading}, {}, codebook, title=HOSTILE)
    unread = replace(made.documents[-1], file_name=FORMULA, reason=Reason(3, HOSTILE))
    return replace(made, documents=(*made.documents[:-1], unread))


@pytest.fixture(scope="module")
def hostile_report(hostile: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "report"
    write_report(hostile, folder)
    return folder


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def elements_of(folder: Path) -> Iterator[tuple[Path, Elements]]:
    for path in sorted(folder.rglob("*.html")):
        elements = Elements()
        elements.feed(path.read_text(encoding="utf-8"))
        yield path, elements


def test_no_element_comes_out_of_a_text(hostile_report: Path) -> None:
    for path, elements in elements_of(hostile_report):
        scripts = [attributes for tag, attributes in elements.found if tag == "script"]
        assert [script.keys() for script in scripts] == [{"src", "defer"}], path
        assert "img" not in {tag for tag, _ in elements.found}, path
        for _, attributes in elements.found:
            assert not [name for name in attributes if name.startswith("on")], path


def test_hostile_words_can_be_read_as_they_are(hostile_report: Path) -> None:
    page = next(
        elements
        for path, elements in elements_of(hostile_report)
        if path.name == "alcohol_misuse.html"
    )
    for words in (SCRIPT, IMAGE, JINJA, "&amp; &lt;b&gt;", FORMULA, "lone \ufffd surrogate"):
        assert words in page.text


def test_file_names_come_from_ids_only(hostile_report: Path) -> None:
    for path in hostile_report.rglob("*"):
        name = path.relative_to(hostile_report).as_posix()
        assert re.fullmatch(r"[a-z0-9_./-]+", name), name


def test_the_hostile_report_holds_together(hostile_report: Path) -> None:
    assert check_links(hostile_report) == []
    assert check_report(hostile_report, 1_000_000) == []


def test_no_csv_cell_is_taken_for_a_formula(hostile_report: Path) -> None:
    rows = read_csv(hostile_report / "codings.csv")
    assert FORMULA in {row["text"] for row in rows}
    raw = (hostile_report / "codings.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in raw
    assert not re.search(r'(?m)(?:^|,)"?[=+@]', raw)


def test_no_workbook_cell_is_a_formula(hostile_report: Path) -> None:
    book = openpyxl.load_workbook(hostile_report / "findings.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FORMULA in {cell.value for cell in cells}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


@pytest.mark.slow
def test_a_browser_opens_no_dialog_and_loads_nothing_from_outside(hostile_report: Path) -> None:
    browser_path = Path("/usr/bin/chromium")
    if not browser_path.exists():
        pytest.skip("needs Chromium at /usr/bin/chromium")
    from playwright.sync_api import sync_playwright

    dialogs: list[str] = []
    requests: list[str] = []
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(browser_path), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for path in sorted(hostile_report.rglob("*.html"))[::7]:
            page.goto(path.as_uri())
            styled = page.evaluate("getComputedStyle(document.querySelector('.skip')).position")
            assert styled == "absolute", "the style sheet is blocked"
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= max(1280, WIDTH_PT)
        browser.close()
    assert dialogs == []
    assert complaints == []
    assert all(url.startswith("file://") for url in requests)
