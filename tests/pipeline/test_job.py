"""The main job, end to end, on small files."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from papers import write_review

from workbench.errors import InputError, NotAWorkspaceError, NothingToDoError
from workbench.pipeline.inspect import find_case, find_problems, repair_workspace, standing
from workbench.pipeline.job import JobDone, run_job
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import State, SubjectRole
from workbench.store.dump import dump_tables
from workbench.store.workspace import Workspace

INLINE = RunSettings(backend="inline", n_workers=1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one review, not read yet."""
    root = tmp_path / "workspace"
    create_workspace(root, "Two fictional reviews")
    add(root, write_review(tmp_path / "maren.pdf"))
    return root


def add(root: Path, *paths: Path) -> None:
    for _ in add_documents(root, paths):
        pass


def run(root: Path) -> JobDone:
    return run_job(root, INLINE)


def dump(root: Path) -> str:
    with Workspace.open(root) as workspace:
        return dump_tables(workspace)


def test_a_review_becomes_a_report(root: Path) -> None:
    done = run(root)
    assert done.n_by_status == {"ok": 1}
    assert done.n_cases == 1
    assert done.report.is_file()
    assert "Two fictional reviews" in done.report.read_text(encoding="utf-8")


def test_what_the_review_says_is_what_the_case_says(root: Path) -> None:
    run(root)
    case, codings = find_case(root, "maren")
    assert case.state("ipa_pattern", SubjectRole.VICTIM) is State.PRESENT
    assert case.state("alcohol_misuse", SubjectRole.PERPETRATOR) is State.PRESENT
    assert case.state("drug_misuse", SubjectRole.VICTIM) is State.RULED_OUT
    assert case.state("ap_information_sharing") is State.PRESENT
    assert case.state("school_exclusion") is State.NOT_MENTIONED
    # The terms of reference ask about coercive control, and staff are trained in it: no finding.
    assert case.state("coercive_control") is State.NOT_MENTIONED
    assert any(coding.code_id == "coercive_control" for coding in codings.values())


def test_a_second_run_executes_no_step(root: Path) -> None:
    first = run(root)
    before = dump(root)
    assert first.executed > 0
    assert run(root).executed == 0
    assert dump(root) == before


def test_every_number_of_the_report_leads_to_its_words(root: Path) -> None:
    run(root)
    assert find_problems(root, sample_size=50) == []


def test_two_files_with_the_same_content_are_one_document(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes((tmp_path / "maren.pdf").read_bytes())
    add(root, copy)
    assert run(root).n_by_status == {"ok": 1}
    assert standing(root).n_sources == 2


def test_the_same_name_with_other_content_replaces_what_is_counted(
    root: Path, tmp_path: Path
) -> None:
    run(root)
    write_review(tmp_path / "maren.pdf", name="Ottoline")
    done = run(root)
    assert done.n_cases == 1
    assert find_case(root, "Ottoline")[0].title.endswith("Ottoline")


def test_a_file_removed_before_the_run_is_named_and_the_others_are_read(
    root: Path, tmp_path: Path
) -> None:
    add(root, write_review(tmp_path / "second.pdf", name="Ottoline"))
    (tmp_path / "maren.pdf").unlink()
    done = run(root)
    assert done.n_by_status == {"ok": 1, "quarantined": 1}
    assert any(name == "maren.pdf" and "[109]" in why for name, why in done.attention)


def test_a_file_removed_after_the_run_still_counts_and_is_named(root: Path, tmp_path: Path) -> None:
    run(root)
    (tmp_path / "maren.pdf").unlink()
    done = run(root)
    assert done.n_by_status == {"ok": 1}
    assert [why for _, why in done.attention] == [
        "the file is gone; what was read of it before is used"
    ]


@pytest.mark.parametrize(
    ("content", "number"),
    [
        pytest.param(b"", 103, id="empty"),
        pytest.param(b"<!DOCTYPE html><html><body>404</body></html>", 102, id="web page"),
        pytest.param(b"PK\x03\x04 a word file", 101, id="another format"),
        pytest.param(b"%PDF-1.4\n1 0 obj\n<<", 104, id="truncated"),
    ],
)
def test_a_bad_file_gets_a_numbered_reason_and_the_others_are_read(
    root: Path, tmp_path: Path, content: bytes, number: int
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content)
    add(root, bad)
    done = run(root)
    assert done.n_by_status == {"ok": 1, "quarantined": 1}
    assert any(f"[{number}]" in why for _, why in done.attention)


def test_files_that_the_user_links_are_one_case(root: Path, tmp_path: Path) -> None:
    add(root, write_review(tmp_path / "second.pdf", name="Ottoline"))
    assert run(root).n_cases == 2
    (root / "corpora" / "cases.csv").write_text(
        "file_name,case\nmaren.pdf,one\nsecond.pdf,one\n", encoding="utf-8"
    )
    assert run(root).n_cases == 1


def test_a_link_to_an_unknown_file_is_named(root: Path) -> None:
    (root / "corpora" / "cases.csv").write_text("file_name,case\nother.pdf,one\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"not in the workspace: other\.pdf"):
        run(root)


def test_a_codebook_that_changes_is_coded_again(root: Path) -> None:
    run(root)
    codebook = root / "annotations" / "codebook" / "causation_factors.yaml"
    text = codebook.read_text(encoding="utf-8")
    codebook.write_text(text.replace('"drinking heavily"', '"drinking very heavily"'), "utf-8")
    assert 0 < run(root).executed < 8
    assert standing(root).n_cases == 1


def test_a_damaged_object_is_named(root: Path) -> None:
    run(root)
    victim = max((root / "objects").glob("[0-9a-f]*/*"), key=lambda path: path.stat().st_size)
    victim.chmod(0o644)
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 0xFF
    victim.write_bytes(bytes(data))
    assert any(victim.name.split(".")[0] in problem for problem in find_problems(root))


def test_what_is_damaged_is_mended_by_repair_and_a_run(root: Path) -> None:
    run(root)
    before = dump(root)
    for path in sorted((root / "objects").glob("[0-9a-f][0-9a-f]/*"))[::2]:
        path.chmod(0o644)
        path.write_bytes(b"damaged")
    with closing(sqlite3.connect(root / "workbench.db")) as database, database:
        database.execute("UPDATE codings SET assertion = 'negated'")
        database.execute("UPDATE findings SET numerator = numerator + 1")
    assert find_problems(root) != []
    assert repair_workspace(root) != []
    run(root)
    assert find_problems(root, sample_size=20) == []
    assert dump(root) == before


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    create_workspace(tmp_path)
    with pytest.raises(NothingToDoError, match="workbench add"):
        run(tmp_path)


def test_a_folder_without_pdfs_is_named(root: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingToDoError, match="holds no PDF"):
        add(root, empty)


def test_a_folder_that_is_no_workspace_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkspaceError, match="workbench init"):
        run(tmp_path)


def test_the_done_job_can_be_printed_as_json(root: Path) -> None:
    assert json.loads(json.dumps(run(root).plain()))["documents"] == {"ok": 1}
