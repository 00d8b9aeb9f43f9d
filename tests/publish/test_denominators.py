"""What many findings count is written once: long denominators, and passages in brief."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbench.publish import Publication, check_report, write_report
from workbench.publish.denominators import listed
from workbench.publish.denominators.listed import Base, listed_path
from workbench.publish.site import evidence
from workbench.publish.walk import check_links, walk_report

EVERY_NUMBER = 1_000_000


@pytest.fixture
def long_lists(publication: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report in which more than three things are a long list."""
    monkeypatch.setattr(listed, "MAX_LISTED", 3)
    write_report(publication, tmp_path / "report")
    return tmp_path / "report"


def things(n: int) -> list[Base]:
    return [Base(key=f"k{number}", name=f"K {number}", href="cases.html") for number in range(n)]


def test_a_short_list_stands_beside_its_number_and_a_long_one_apart() -> None:
    assert listed_path(things(50)) == ""
    assert re.fullmatch(r"denominators/51-[0-9a-f]{12}\.html", listed_path(things(51)))


def test_the_same_things_have_one_page_and_others_another() -> None:
    assert listed_path(things(60)) == listed_path(things(60))
    assert listed_path(things(60)) != listed_path([*things(59), things(61)[-1]])


def test_every_number_recounts_from_shared_lists(long_lists: Path) -> None:
    assert list((long_lists / "denominators").glob("6-*.html"))
    assert check_links(long_lists) == []
    walk = walk_report(long_lists, EVERY_NUMBER)
    assert walk.problems == []
    assert walk.n_numbers > 400


def test_a_case_that_a_shared_list_lost_is_noticed(long_lists: Path) -> None:
    page = next((long_lists / "denominators").glob("6-*.html"))
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r'<li data-base="[^>]*>.*?</li>', "", text, count=1), encoding="utf-8")
    problems = check_report(long_lists, EVERY_NUMBER)
    assert any("counts 5" in problem for problem in problems), problems


def test_a_shared_list_that_is_missing_is_noticed(long_lists: Path) -> None:
    next((long_lists / "denominators").glob("6-*.html")).unlink()
    problems = check_report(long_lists, EVERY_NUMBER)
    assert any("prints 6, but" in problem and "counts 0" in problem for problem in problems)


def test_many_passages_are_listed_by_their_words_and_still_lead_to_them(
    publication: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "MAX_WHOLE", 2)
    write_report(publication, tmp_path / "report")
    page = tmp_path / "report/evidence/prevalence-present-alcohol_misuse-any.html"
    text = page.read_text(encoding="utf-8")
    assert '<ul class="brief">' in text
    assert "listed by their words alone" in text
    assert 'class="quote"' not in text
    walk = walk_report(tmp_path / "report", EVERY_NUMBER)
    assert walk.problems == []
    assert walk.highlights
