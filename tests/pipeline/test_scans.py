"""A scan goes through the whole chain, and one that could not be recognised is tried again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from papers import write_review
from PIL import Image
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.pipeline.inspect import find_case, find_problems, standing
from workbench.pipeline.job import JobDone, run_job
from workbench.pipeline.looking.page import draw_page
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import State, SubjectRole

INLINE = RunSettings(backend="inline", n_workers=1)
pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed: make system"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the pictures of a review's pages."""
    review = pdfium.PdfDocument(write_review(tmp_path / "maren.pdf"))
    images: list[Image.Image] = [page.render(scale=200 / 72).to_pil() for page in review]
    review.close()
    scan = tmp_path / "scan.pdf"
    images[0].save(scan, "PDF", resolution=200, save_all=True, append_images=images[1:])
    create_workspace(tmp_path / "workspace", "A scan")
    for _ in add_documents(tmp_path / "workspace", [scan]):
        pass
    return tmp_path / "workspace"


def run(root: Path) -> JobDone:
    return run_job(root, INLINE)


def test_a_scan_is_coded_and_says_that_it_was_recognised(root: Path) -> None:
    assert run(root).n_by_status == {"ok": 1}
    case, _ = find_case(root, "scan")
    assert case.state("ipa_pattern", SubjectRole.VICTIM) is State.PRESENT
    assert find_problems(root, sample_size=20) == []
    (document,) = standing(root).documents
    assert any("recognised here by tesseract" in warning for warning in document.warnings)
    shown = CliRunner().invoke(app, ["show", "scan", "--workspace", str(root)]).output
    assert "recognised here by tesseract" in shown
    drawing = draw_page(root, "scan", 1, root / "page.html")
    assert "recognised on a picture (OCR)" in drawing.read_text(encoding="utf-8")
    sheets = [path.read_text("utf-8") for path in (root / "reports").rglob("p001.html")]
    assert sheets
    assert all("recognised here by tesseract" in sheet for sheet in sheets)


def test_a_scan_waits_for_tesseract_and_is_read_once_it_is_there(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        first = run(root)
        assert first.n_by_status == {"needs_ocr": 1}
        assert run(root).executed == 0  # nothing has changed
    assert os.environ["PATH"] != str(tmp_path)
    assert run(root).n_by_status == {"ok": 1}
    assert run(root).executed == 0
