"""The demonstration corpus is sound, complete, and made again byte for byte."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from corpus_build import build_script

from workbench.codebook import Codebook
from workbench.learn.truth_check import check_truths, state_differences
from workbench.learn.truth_records import Truth
from workbench.records import SegmentKind

MARK = "Fictional document for software testing"


@pytest.fixture(scope="module")
def page_counts(corpus: Path) -> dict[str, int]:
    counts = {}
    for path in (corpus / "pdf").glob("*.pdf"):
        with pypdfium2.PdfDocument(path) as pdf:
            counts[path.stem] = len(pdf)
    return counts


@pytest.fixture(scope="module")
def truths(corpus: Path, codebook: Codebook, page_counts: dict[str, int]) -> dict[str, Truth]:
    codes = [code.code_id for code in codebook.codes]
    checked = check_truths(corpus, code_ids=codes, page_counts=page_counts)
    return {truth.truth_id: truth for truth in checked}


def page_texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_every_truth_passes_the_checker_and_every_pdf_has_one(
    truths: dict[str, Truth], page_counts: dict[str, int]
) -> None:
    assert truths.keys() == page_counts.keys()
    assert len(truths) >= 24


def test_every_author_kept_the_rule_for_case_states(truths: dict[str, Truth]) -> None:
    assert {name: state_differences(truth) for name, truth in truths.items()} == {
        name: () for name in truths
    }


def test_every_page_with_words_says_that_it_is_fictional(
    corpus: Path, truths: dict[str, Truth]
) -> None:
    for name, truth in truths.items():
        pages = page_texts(corpus / "pdf" / f"{name}.pdf")
        if truth.status == "needs_ocr":
            assert "".join(pages).strip() == "", name
        else:
            assert all(MARK in " ".join(page.split()) for page in pages), name


def test_the_incident_is_told_in_the_codebooks_values(
    corpus: Path, truths: dict[str, Truth], codebook: Codebook
) -> None:
    known = {
        "method": codebook.code("incident_method").values,
        "place": codebook.code("incident_place").values,
        "relationship": codebook.code("incident_relationship").values,
    }
    for name, truth in truths.items():
        for key, values in known.items():
            said = truth.incident[key]
            listed = said if isinstance(said, list) else [said]
            assert set(listed) <= set(values), (name, key, said)


def test_the_kinds_of_document_that_readers_must_cope_with_are_there(
    truths: dict[str, Truth],
) -> None:
    assert {truth.kind for truth in truths.values()} >= {
        "domestic_homicide_review", "child_safeguarding_practice_review", "serious_case_review",
        "safeguarding_adults_review", "mental_health_homicide_review",
        "prevention_of_future_deaths_report", "offensive_weapons_homicide_review",
        "thematic_review", "joint_review",
    }  # fmt: skip
    assert truths["D13_cspr_scan"].status == "needs_ocr"
    for copy, original in (
        ("D18_pfd_redacted", "D08a_pfd"),
        ("D19_dhr_executive_summary", "D10_dhr_older_couple"),
    ):
        assert not truths[copy].lead
        assert truths[copy].case_id == truths[original].case_id
    headless = truths["D21_cspr_no_headings"].paragraphs
    assert {row.kind for row in headless} == {SegmentKind.PARAGRAPH}
    assert not any(row.number for row in headless)
    footnoted = truths["D20_mhh_footnotes"]
    noted = {row.page for row in footnoted.paragraphs if row.kind is SegmentKind.FOOTNOTE}
    assert noted == set(range(1, footnoted.pages + 1))


def test_layouts_are_what_their_names_say(corpus: Path) -> None:
    def shape(name: str) -> list[tuple[bool, int]]:
        with pypdfium2.PdfDocument(corpus / "pdf" / f"{name}.pdf") as pdf:
            return [(page.get_width() > page.get_height(), page.get_rotation()) for page in pdf]

    assert set(shape("D16_owhr_landscape")) == {(True, 0)}
    assert shape("D17_dhr_rotated_page").count((True, 90)) == 1
    assert set(shape("D15_sar_two_column")) == {(False, 0)}


def test_redacted_words_are_gone_and_not_only_covered(corpus: Path) -> None:
    recipe = json.loads(
        (corpus / "build" / "text" / "D18_pfd_redacted.redactions.json").read_text("utf-8")
    )
    left = "".join(page_texts(corpus / "pdf" / "D18_pfd_redacted.pdf"))
    before = "".join(page_texts(corpus / "pdf" / "D08a_pfd.pdf"))
    for phrase in recipe["phrases"]:
        wanted = re.sub(r"\s", "", phrase)
        assert wanted in re.sub(r"\s", "", before), phrase
        assert wanted not in re.sub(r"\s", "", left), phrase


@pytest.mark.parametrize(
    "name",
    [
        "D08a_pfd",
        "D14_scr_foreign_ocr",
        "D15_sar_two_column",
        "D16_owhr_landscape",
        "D17_dhr_rotated_page",
        "D18_pfd_redacted",
        "D19_dhr_executive_summary",
        "D20_mhh_footnotes",
        "D21_cspr_no_headings",
    ],
)
def test_the_truth_is_what_the_pages_print(corpus: Path, name: str) -> None:
    verify = build_script("verify")
    truth = verify.as_recognised(json.loads((corpus / "truth" / f"{name}.json").read_text("utf-8")))
    pages = verify.page_lines(corpus / "pdf" / f"{name}.pdf", truth.get("columns", 1))
    assert verify.running_problems(truth, pages) == []
    assert verify.paragraph_problems(truth, pages) == []
    assert verify.line_problems(truth, pages) == []


def test_a_truth_that_the_pages_do_not_print_is_found_out(corpus: Path) -> None:
    verify = build_script("verify")
    truth = json.loads((corpus / "truth" / "D20_mhh_footnotes.json").read_text("utf-8"))
    pages = verify.page_lines(corpus / "pdf" / "D20_mhh_footnotes.pdf", 1)
    truth["running_matter"][0]["pattern"] = "^Independent investigation: Mr Q$"
    moved, lost = truth["paragraphs"][3], truth["paragraphs"].pop(5)
    moved["page"] = moved["page_end"] = 2
    assert any("Mr Q" in text for text in verify.running_problems(truth, pages))
    assert any(moved["text"][:40] in text for text in verify.paragraph_problems(truth, pages))
    assert any(lost["text"][:30] in text for text in verify.line_problems(truth, pages))


def test_a_foreign_text_layer_has_the_words_that_were_misread(corpus: Path) -> None:
    truth = json.loads((corpus / "truth" / "D14_scr_foreign_ocr.json").read_text("utf-8"))
    layer = set(" ".join(page_texts(corpus / "pdf" / "D14_scr_foreign_ocr.pdf")).split())
    assert truth["misread"]["Overview"] in layer
    assert "Overview" not in layer


def test_the_quick_subset_names_documents_of_the_corpus_and_has_the_scan(
    corpus: Path, truths: dict[str, Truth]
) -> None:
    lines = (corpus / "quick.txt").read_text("utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    assert set(names) <= truths.keys()
    assert any(truths[name].status == "needs_ocr" for name in names)


@pytest.mark.parametrize(
    "name", ["D15_sar_two_column", "D20_mhh_footnotes", "D21_cspr_no_headings"]
)
def test_a_made_review_is_made_again_byte_for_byte(corpus: Path, name: str) -> None:
    build_script("layout").register_fonts()
    pdf, truth = build_script("make").make_review(corpus / "build" / "text" / f"{name}.txt")
    assert pdf == (corpus / "pdf" / f"{name}.pdf").read_bytes()
    assert truth == json.loads((corpus / "truth" / f"{name}.json").read_text("utf-8"))


def test_a_redacted_copy_is_made_again_byte_for_byte(corpus: Path) -> None:
    recipe: Any = json.loads(
        (corpus / "build" / "text" / "D18_pfd_redacted.redactions.json").read_text("utf-8")
    )
    pdf, truth = build_script("redact").make_redacted_copy(recipe, corpus)
    assert pdf == (corpus / "pdf" / "D18_pfd_redacted.pdf").read_bytes()
    assert truth == json.loads((corpus / "truth" / "D18_pfd_redacted.json").read_text("utf-8"))


def test_the_corpus_stays_small(corpus: Path) -> None:
    n_bytes = sum(path.stat().st_size for path in corpus.rglob("*") if path.is_file())
    assert n_bytes < 12_000_000
