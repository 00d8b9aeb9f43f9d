from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import InputError
from workbench.publish import check_report
from workbench.publish.walk import check_links, walk_report


@pytest.fixture
def broken(report: Path, tmp_path: Path) -> Path:
    """A copy of the report that a test may spoil."""
    folder = tmp_path / "report"
    shutil.copytree(report, folder)
    return folder


def spoil(path: Path, pattern: str, change: str | Callable[[re.Match[str]], str]) -> None:
    text, n = re.subn(pattern, change, path.read_text(encoding="utf-8"), count=1)
    assert n == 1, f"{path} has nothing like {pattern}"
    path.write_text(text, encoding="utf-8")


EVERY_NUMBER = 1_000_000
PRESENT = "prevalence-present-alcohol_misuse-any"


def test_a_hundred_of_a_hundred_numbers_resolve_and_recount(report: Path) -> None:
    walk = walk_report(report, sample_size=100, seed=20)
    assert walk.problems == []
    assert len(walk.checked) == 100
    assert walk.highlights


def test_every_number_of_the_report_resolves_and_recounts(report: Path) -> None:
    walk = walk_report(report, sample_size=EVERY_NUMBER)
    assert walk.problems == []
    assert len(walk.checked) == walk.n_numbers > 400


def test_the_same_seed_draws_the_same_numbers(report: Path) -> None:
    assert walk_report(report, 30, seed=7).checked == walk_report(report, 30, seed=7).checked
    assert walk_report(report, 30, seed=7).checked != walk_report(report, 30, seed=8).checked


def test_every_link_and_anchor_of_the_report_resolves(report: Path) -> None:
    assert check_links(report) == []


def test_a_dead_link_and_a_dead_anchor_are_named(broken: Path) -> None:
    spoil(broken / "cases.html", 'href="cases/', 'href="cases/nowhere-')
    spoil(broken / "index.html", 'href="cases.html#all"', 'href="cases.html#gone"')
    problems = check_links(broken)
    assert any(p.startswith("cases.html") and p.endswith("leads to no file") for p in problems)
    assert "index.html: cases.html#gone leads to no anchor" in problems


@pytest.mark.parametrize(
    ("page", "pattern", "change", "told"),
    [
        pytest.param(
            "factors.html",
            rf'(data-finding="{PRESENT}" data-field="numerator" data-value=)"4"([^>]*>)4<',
            r'\1"5"\g<2>5<',
            "counts 4",
            id="a count that is one too high, in text and attribute",
        ),
        pytest.param(
            "factors.html",
            rf'(data-finding="{PRESENT}" data-field="numerator" data-value="4"[^>]*>)4<',
            r"\g<1>5<",
            "prints 5 for 4",
            id="a printed count that is not the exact one",
        ),
        pytest.param(
            "factors.html",
            rf'(data-finding="{PRESENT}" data-field="estimate" data-value=)"[^"]*"([^>]*>)67%',
            r'\1"0.76"\g<2>76%',
            "counts 0.666667",
            id="a share with swapped digits",
        ),
        pytest.param(
            "factors.html",
            rf'(data-finding="{PRESENT}" data-field="low" data-value=)"[^"]*"([^>]*>)\d+%',
            r'\1"0.2"\g<2>20%',
            "prints 0.2, but",
            id="an interval bound that the formula does not give",
        ),
        pytest.param(
            f"evidence/{PRESENT}.html",
            r'<section class="case"(.*?)</section>',
            "",
            "counts 3",
            id="a case that the evidence page lost",
        ),
        pytest.param(
            f"evidence/{PRESENT}.html",
            r'<li data-base="[^"]*">.*?</li>',
            "",
            "counts 5",
            id="a case that the denominator lost",
        ),
    ],
)
def test_a_wrong_number_is_noticed(
    broken: Path, page: str, pattern: str, change: str, told: str
) -> None:
    spoil(broken / page, f"(?s){pattern}", change)
    problems = check_report(broken, EVERY_NUMBER)
    assert any(PRESENT in problem and told in problem for problem in problems), problems


def test_a_missing_evidence_page_is_noticed(broken: Path) -> None:
    (broken / "evidence" / f"{PRESENT}.html").unlink()
    problems = check_report(broken, EVERY_NUMBER)
    assert problems
    assert all(f"evidence/{PRESENT}.html" in problem for problem in problems)
    assert all("leads to no passages" in problem for problem in problems)


def first_sheet_with(report: Path, code: str) -> Path:
    return next(
        path
        for path in sorted((report / "pages").rglob("p*.html"))
        if re.search(rf'<rect data-coding="[^"]*{code}', path.read_text(encoding="utf-8"))
    )


def test_a_rectangle_that_is_not_over_its_words_is_noticed(broken: Path) -> None:
    sheet = first_sheet_with(broken, "alcohol_misuse")
    spoil(sheet, r'(<rect data-coding="[^"]*alcohol_misuse[^"]*" x=")([\d.]+)',
          lambda m: f"{m[1]}{float(m[2]) + 1.5:.2f}")  # fmt: skip
    problems = check_report(broken, EVERY_NUMBER)
    assert problems
    assert all("are not over its words" in problem for problem in problems)


def test_a_missing_rectangle_is_noticed(broken: Path) -> None:
    sheet = first_sheet_with(broken, "alcohol_misuse")
    spoil(sheet, r'<rect data-coding="[^"]*alcohol_misuse[^>]*>', "")
    assert any("no rectangle on pages/" in problem for problem in check_report(broken, 2000))


def test_a_missing_picture_of_a_page_is_noticed(broken: Path) -> None:
    sheet = first_sheet_with(broken, "alcohol_misuse")
    sheet.with_suffix(".png").unlink()
    assert any("the picture of pages/" in problem for problem in check_report(broken, 2000))


def test_a_passage_of_another_case_is_noticed(broken: Path) -> None:
    """Two cases swap their names on an evidence page: the counts stay right, the evidence not."""
    page = broken / "evidence" / f"{PRESENT}.html"
    html = page.read_text(encoding="utf-8")
    first, second = re.findall(r'<section class="case"[^>]*data-case="([^"]*)"', html)[:2]
    html = html.replace(f'data-case="{first}"', "data-case=?")
    html = html.replace(f'data-case="{second}"', f'data-case="{first}"')
    page.write_text(html.replace("data-case=?", f'data-case="{second}"'), encoding="utf-8")
    problems = check_report(broken, EVERY_NUMBER)
    assert any("belongs to another case" in problem for problem in problems)


def test_a_case_without_a_passage_is_noticed(broken: Path) -> None:
    spoil(broken / "evidence" / f"{PRESENT}.html", r'(?s)<ul class="passages">.*?</ul>', "")
    problems = check_report(broken, EVERY_NUMBER)
    assert any("is counted without a passage" in problem for problem in problems)


def test_a_folder_without_a_report_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no report .* workbench report"):
        check_report(tmp_path)
