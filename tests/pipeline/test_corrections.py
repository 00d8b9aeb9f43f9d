"""What the user corrects stays corrected, reaches the coder and the report, and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import write_review

from workbench.errors import InputError
from workbench.pipeline.corrections import (
    CORRECTIONS,
    correct,
    find_known,
    kind_of_file_name,
    read_corrections,
    take_back,
)
from workbench.pipeline.inspect import find_case
from workbench.pipeline.job import JobDone, run_job
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import MetadataField, MetadataSource


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "workspace"
    create_workspace(root)
    for _ in add_documents(root, [write_review(tmp_path / "maren.pdf")]):
        pass
    return root


def run(root: Path) -> JobDone:
    return run_job(root, RunSettings(backend="inline", n_workers=1, paint=False))


def value(root: Path, field: MetadataField) -> list[tuple[str, MetadataSource]]:
    known = find_known(root, "maren.pdf").metadata
    return [(each.value, each.source) for each in known if each.field is field]


def test_a_correction_outlives_runs_and_reaches_the_report(root: Path) -> None:
    run(root)
    read = value(root, MetadataField.TITLE)
    assert read
    assert read[0][1] is MetadataSource.PAGE
    correct(root, "maren", "title", "The wife of the lamplighter", by="A. Quill")
    done = run(root)
    run(root)
    assert find_case(root, "maren")[0].title == "The wife of the lamplighter"
    pages = "".join(
        page.read_text(encoding="utf-8") for page in done.report.parent.glob("pages/*/index.html")
    )
    assert "The wife of the lamplighter" in pages
    assert "corrected by the user" in pages
    assert value(root, MetadataField.TITLE) == [
        ("The wife of the lamplighter", MetadataSource.USER)
    ]
    take_back(root, "maren", "title")
    run(root)
    assert value(root, MetadataField.TITLE) == read
    assert find_case(root, "maren")[0].title == read[0][0]


def test_a_corrected_review_type_runs_the_coder_again_and_nothing_before_it(root: Path) -> None:
    run(root)
    assert run(root).executed == 0
    correct(root, "maren", "review_type", "safeguarding_adults_review")
    done = run(root)
    assert done.executed == 4  # code, model, count, report
    assert find_case(root, "maren")[0].review_type == "safeguarding_adults_review"
    assert run(root).executed == 0


def test_a_correction_of_another_field_only_writes_the_report_again(root: Path) -> None:
    run(root)
    correct(root, "maren", "author", "Ada Quill; Ivo Tern")
    assert run(root).executed <= 2
    assert [name for name, _ in value(root, MetadataField.AUTHOR)] == ["Ada Quill", "Ivo Tern"]


def test_the_last_correction_of_a_field_counts_and_the_file_stays_in_order(root: Path) -> None:
    correct(root, "maren", "title", "First")
    correct(root, "maren", "area", "Aldermoss")
    correct(root, "maren", "title", "=Second, with a comma")
    kept = [(each.field, each.value) for each in read_corrections(root)]
    assert kept == [("area", "Aldermoss"), ("title", "=Second, with a comma")]
    assert len(take_back(root, "maren")) == 2
    assert read_corrections(root) == ()
    assert take_back(root, "maren") == ()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("colour", "red"),
        ("review_type", "domestic homicide review"),
        ("report_date", "May 2021"),
        ("incident_date", "2021-05-30"),
        ("period", "2021"),
        ("title", "  "),
        ("title", "two\nlines"),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(root: Path, field: str, wrong: str) -> None:
    with pytest.raises(InputError):
        correct(root, "maren", field, wrong)
    assert read_corrections(root) == ()


def test_a_file_of_corrections_that_cannot_be_meant_is_said(root: Path) -> None:
    path = root / CORRECTIONS
    path.write_text("file_name,field,value,by\nother.pdf,title,T,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"other\.pdf"):
        run(root)
    path.write_text("name,value\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns"):
        run(root)


@pytest.mark.parametrize(
    ("file_name", "kind"),
    [
        ("DHR_overview_final.pdf", "domestic_homicide_review"),
        ("serious-case-review-kit.pdf", "serious_case_review"),
        ("thread.pdf", ""),
        ("fdhra.pdf", ""),
    ],
)
def test_a_file_name_may_name_the_kind(file_name: str, kind: str) -> None:
    assert kind_of_file_name(file_name) == kind
