from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.publish import Publication, check_report, write_report
from workbench.publish.folder import MARKER, replaced_folder

PAGES = (
    "index", "how-to-read", "factors", "ace-counts", "co-occurrence", "practice",
    "recommendations", "cases", "documents", "methods",
)  # fmt: skip


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_equal_publications_give_equal_bytes(
    publication: Publication, report: Path, tmp_path: Path
) -> None:
    again = write_report(publication, tmp_path / "again")
    assert again == tmp_path / "again" / "index.html"
    assert files_of(again.parent) == files_of(report)


def test_the_report_has_its_pages_tables_and_static_files(report: Path) -> None:
    names = set(files_of(report))
    assert {f"{page}.html" for page in PAGES} <= names
    assert {"findings.xlsx", "codings.csv", "cases.csv", "findings.csv", "data_dictionary.csv",
            "static/report.css", "static/report.js", MARKER} <= names  # fmt: skip


def test_every_finding_has_an_evidence_page(publication: Publication, report: Path) -> None:
    """All but the pairs that no page shows: a factor of every case stands with all others."""
    written = {path.stem for path in (report / "evidence").iterdir()}
    findings = {finding.finding_id: finding for finding in publication.findings}
    assert written <= findings.keys()
    left_out = [findings[name] for name in findings.keys() - written]
    assert {finding.measure for finding in left_out} == {"co_occurrence"}
    assert all("ap_information_sharing" in finding.code_ids for finding in left_out)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_by_everyone(report: Path, page: str) -> None:
    html = text_of(report / f"{page}.html")
    assert '<html lang="en-GB">' in html
    assert '<a class="skip" href="#main">' in html
    assert '<main id="main"' in html
    assert len(re.findall(r"<h1", html)) == 1
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        assert "<caption>" in table
        assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table))
    for image in re.findall(r"<img[^>]*>", html):
        assert 'alt="' in image


def test_no_page_needs_a_network_or_inline_code(report: Path) -> None:
    for path in report.rglob("*.html"):
        html = text_of(path)
        assert "default-src 'none'" in html, path
        assert "unsafe-inline" not in html, path
        assert not re.search(r"<script(?![^>]*\bsrc=)", html), path
        assert not re.search(r"<style|<[^>]*\s(style|on\w+)=", html), path
        assert not re.search(r'(?:href|src)="(?:https?:)?//', html), path


def test_anchors_are_there_once(report: Path) -> None:
    for path in report.rglob("*.html"):
        ids = re.findall(r'\bid="([^"]*)"', text_of(path))
        assert len(ids) == len(set(ids)), path


class OpenElements(HTMLParser):
    """Fails on an element that is closed in the wrong order."""

    VOID = frozenset({"meta", "link", "img", "br", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass


def test_every_element_is_closed(report: Path) -> None:
    for path in report.rglob("*.html"):
        elements = OpenElements()
        elements.feed(text_of(path))
        assert elements.stack == [], path


def test_a_case_that_is_silent_says_how_much_was_searched(report: Path) -> None:
    html = text_of(report / "evidence" / "prevalence-not_mentioned-nonfatal_strangulation-any.html")
    assert html.count("No passage. Searched:") == 2
    assert "segments" in html
    assert "Silence is not absence" in html


def test_a_passage_that_is_not_counted_says_why(report: Path) -> None:
    html = text_of(report / "factors" / "ace_physical_abuse.html")
    assert "<summary>Hypothetical: 6 passages</summary>" in html
    assert "Not counted: hypothetical" in html
    assert "<summary>Good practice: 6 passages</summary>" in text_of(
        report / "factors" / "ap_information_sharing.html"
    )


def test_files_that_were_not_read_are_named_with_their_reason(report: Path) -> None:
    html = text_of(report / "documents.html")
    assert "20: no page has text" in html
    assert "3: is HTML, no PDF" in html
    assert "named .pdf" in html
    assert 'data-value="2"' in text_of(report / "index.html").split("could not be read")[0][-300:]


@pytest.mark.parametrize(
    ("q_value", "told", "drawn"),
    [
        pytest.param(None, r"No pair could be tested: with 6 cases", False, id="none tested"),
        pytest.param(0.8, r"None of the \d+ tested pairs survives", False, id="none survives"),
        pytest.param(0.01, r"\d+ of \d+ tested pairs stand together", True, id="some survive"),
    ],
)
def test_only_pairs_that_survive_are_drawn_as_a_network(
    publication: Publication, tmp_path: Path, q_value: float | None, told: str, drawn: bool
) -> None:
    findings = tuple(
        replace(finding, p_value=q_value, q_value=q_value, statistics=(("phi", 0.9),))
        if finding.measure == "co_occurrence"
        else finding
        for finding in publication.findings
    )
    folder = write_report(replace(publication, findings=findings), tmp_path / "r").parent
    html = text_of(folder / "co-occurrence.html")
    assert re.search(told, html)
    assert ('id="ties-title"' in html) is drawn
    assert check_report(folder, 200) == []


def test_a_corpus_without_cases_still_makes_a_report(
    publication: Publication, tmp_path: Path
) -> None:
    nothing = replace(
        publication, cases=(), findings=(), readings={}, page_images={},
        documents=publication.documents[-2:],
    )  # fmt: skip
    html = text_of(write_report(nothing, tmp_path / "empty"))
    assert "None is present in any case." in html


def test_a_page_without_a_picture_still_shows_its_highlights_and_words(
    publication: Publication, tmp_path: Path
) -> None:
    bare = replace(publication, page_images={})
    folder = write_report(bare, tmp_path / "bare").parent
    sheet = next(iter(sorted((folder / "pages").rglob("p001.html"))))
    assert "there is no picture of this page" in text_of(sheet)
    assert "<rect data-coding=" in text_of(sheet)
    document_id = next(key for key in bare.readings if key.startswith(sheet.parent.name[:12]))
    frozen = bare.readings[document_id].frozen
    first = next(word for word in frozen.words if word.page == 1)
    assert f">{escape(frozen.text[first.start_char : first.end_char])}</text>" in text_of(sheet)


def test_a_failing_run_leaves_the_old_report(publication: Publication, tmp_path: Path) -> None:
    folder = write_report(publication, tmp_path / "report").parent
    before = files_of(folder)
    twice = replace(publication, findings=publication.findings * 2)
    with pytest.raises(InputError, match=r"finding .* stands 2 times"):
        write_report(twice, folder)

    def broken_run() -> None:
        with replaced_folder(folder) as fresh:
            (fresh / "index.html").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_run()
    assert files_of(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_new_report_takes_the_place_of_the_old(tmp_path: Path) -> None:
    for text in ("first", "second"):
        with replaced_folder(tmp_path / "report") as fresh:
            (fresh / MARKER).write_text(text)
    assert files_of(tmp_path / "report") == {MARKER: b"second"}
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_where_folders_cannot_be_exchanged_two_steps_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.publish.folder._exchange", lambda *_: False)
    test_a_new_report_takes_the_place_of_the_old(tmp_path)


def test_an_old_report_left_aside_by_a_kill_comes_back(tmp_path: Path) -> None:
    aside = tmp_path / ".report.old"
    aside.mkdir()
    (aside / MARKER).write_text("old")

    def failing_run() -> None:
        with replaced_folder(tmp_path / "report"):
            raise InputError("stop")

    with pytest.raises(InputError, match="stop"):
        failing_run()
    assert files_of(tmp_path / "report") == {MARKER: b"old"}


@pytest.mark.parametrize("what", ["folder", "file"])
def test_something_else_than_a_report_is_never_replaced(tmp_path: Path, what: str) -> None:
    target = tmp_path / "precious"
    if what == "folder":
        target.mkdir()
        (target / "thesis.txt").write_text("three years")
    else:
        target.write_text("three years")
    with pytest.raises(InputError, match=r"Choose a"), replaced_folder(target):
        pass
    assert "three years" in b"".join(files_of(tmp_path).values()).decode()


def test_a_folder_that_cannot_be_made_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    below_a_file = replaced_folder(tmp_path / "file" / "report")
    with pytest.raises(InputError, match=r"cannot be written"), below_a_file:
        pass
