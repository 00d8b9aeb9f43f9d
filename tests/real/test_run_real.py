"""The main job over the real reviews that stand beside the project."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from workbench.pipeline.inspect import find_problems, standing
from workbench.pipeline.job import run_job
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import DocumentStatus


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_every_real_file_ends_in_a_status_and_the_report_holds(
    shared: Path, tmp_path: Path
) -> None:
    create_workspace(tmp_path, "Public reports")
    for _ in add_documents(tmp_path, [shared / "real" / "pdf"]):
        pass
    # By rules alone: to read them all with embeddings takes a quarter of an hour.
    settings = RunSettings(model="none")
    done = run_job(tmp_path, settings)
    statuses = Counter(done.n_by_status)
    assert sum(statuses.values()) == 67
    assert statuses[DocumentStatus.OK] + statuses[DocumentStatus.NEEDS_OCR] == 66
    assert statuses[DocumentStatus.QUARANTINED] == 1
    assert all(
        document.reason or document.status == "ok" for document in standing(tmp_path).documents
    )
    assert find_problems(tmp_path, sample_size=100) == []
    assert run_job(tmp_path, settings).executed == 0


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.timeout(1_200)
def test_the_shipped_model_codes_real_files_too(shared: Path, tmp_path: Path) -> None:
    create_workspace(tmp_path, "Public reports")
    smallest = sorted((shared / "real" / "pdf").glob("*.pdf"), key=lambda path: path.stat().st_size)
    for _ in add_documents(tmp_path, smallest[:6]):
        pass
    done = run_job(tmp_path, RunSettings())
    assert "model starter-" in done.coder
    assert done.n_findings > 0
    assert find_problems(tmp_path, sample_size=50) == []
