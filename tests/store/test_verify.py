from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import text
from store_records import document_id, make_case, make_finding, make_reading

from workbench.store.dump import dump_tables
from workbench.store.objects import step_key
from workbench.store.readings import save_reading
from workbench.store.repair import repair
from workbench.store.results import replace_cases, replace_findings
from workbench.store.sources import add_file
from workbench.store.verify import verify
from workbench.store.workspace import Step, Workspace


def fill(workspace: Workspace, names: str = "ab", *, first: str = "") -> None:
    """A whole run; ``first`` is read before the others, as when others end later."""
    for name in sorted(names):
        path = workspace.root / "corpora" / f"{name}.pdf"
        path.write_text(name)
        add_file(workspace, path)
    for name in sorted(names, key=lambda name: name != first):
        save_reading(workspace, make_reading(name))
        output = workspace.objects.put(f"output for {name} {list(range(500))}".encode())
        key = step_key("segment", "1", [name])
        workspace.objects.remember(key, output)
        workspace.record_steps(
            [
                Step(
                    key=key,
                    step="segment",
                    version="1",
                    document_id=document_id(name),
                    output_hash=output,
                )
            ]
        )
    replace_cases(workspace, [make_case(names[0]), make_case(names[1], case_id="C2")])
    replace_findings(workspace, [make_finding(name=names[0])])


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill(workspace)
    return workspace


def change(workspace: Workspace, statement: str) -> None:
    with workspace.database.write() as session:
        # Damage comes behind the back of the trigger that keeps the full-text index.
        session.execute(text("DROP TRIGGER IF EXISTS segments_changed"))
        assert session.execute(text(statement)).rowcount > 0  # type: ignore[attr-defined]


CHANGES = [
    ("UPDATE texts SET text = replace(text, 'drank', 'drunk')", "drunk"),
    ("UPDATE texts SET text = text || '.'", "its text, segments, people or codings"),
    ("UPDATE segments SET section_role = 'analysis'", "its text, segments, people or codings"),
    (
        "UPDATE segments SET text = replace(text, 'drank', 'drunk')",
        "full-text index does not fit",
    ),
    ("UPDATE people SET role = 'sibling'", "its text, segments, people or codings"),
    ("UPDATE codings SET assertion = 'negated'", "its text, segments, people or codings"),
    ("UPDATE codings SET score = 0.31", "its text, segments, people or codings"),
    ("DELETE FROM codings", "names a missing coding"),
    ("UPDATE documents SET title = 'Another'", "its row was changed"),
    ("UPDATE cases SET n_words = 15", "cases: their rows were changed"),
    ("UPDATE case_states SET state = 'ruled_out'", "cases: their rows were changed"),
    ("DELETE FROM case_states", "cases: their rows were changed"),
    ("UPDATE findings SET numerator = 2", "findings: their rows were changed"),
    ("UPDATE findings SET case_ids = '[\"C9\"]'", "names a missing case C9"),
    ("UPDATE findings SET coding_ids = '[\"x\"]'", "names a missing coding x"),
    ("UPDATE codings SET assertion = 'perhaps'", "is damaged"),
    ("DELETE FROM texts", "names a missing coding"),
]


def test_a_sound_workspace_has_no_problems(filled: Workspace) -> None:
    assert verify(filled) == []


def test_an_empty_workspace_has_no_problems(workspace: Workspace) -> None:
    assert verify(workspace) == []


@pytest.mark.parametrize("seed", range(5))
def test_flipped_bytes_in_an_object_are_named(filled: Workspace, seed: int) -> None:
    paths = sorted(filled.objects.folder.glob("[0-9a-f][0-9a-f]/*"))
    path = random.Random(seed).choice([path for path in paths if path.stat().st_size > 80])
    data = bytearray(path.read_bytes())
    for place in random.Random(seed).sample(range(10, len(data)), 64):
        data[place] ^= 0xFF
    path.chmod(0o644)
    path.write_bytes(data)
    assert any(str(path) in problem and "is damaged" in problem for problem in verify(filled))


def test_a_missing_output_is_named_with_its_step(filled: Workspace) -> None:
    step = filled.steps()[0]
    (path,) = filled.objects.folder.glob(f"*/{step.output_hash}*")
    path.unlink()
    (problem,) = verify(filled)
    assert problem.startswith(f"step segment of document {step.document_id}: its output")


def test_a_stray_file_among_the_objects_is_named(filled: Workspace) -> None:
    folder: Path = next(filled.objects.folder.glob("[0-9a-f][0-9a-f]"))
    (folder / "notes.txt").touch()
    assert any("'notes.txt' is not a SHA-256" in problem for problem in verify(filled))


@pytest.mark.parametrize(("statement", "expected"), CHANGES)
def test_a_changed_row_is_named(filled: Workspace, statement: str, expected: str) -> None:
    change(filled, statement)
    assert any(expected in problem for problem in verify(filled)), verify(filled)


@pytest.mark.parametrize(("statement", "expected"), CHANGES)
def test_after_repair_the_next_run_makes_all_sound_again(
    filled: Workspace, statement: str, expected: str
) -> None:
    sound = dump_tables(filled)
    change(filled, statement)
    assert repair(filled) != []
    fill(filled)
    assert verify(filled) == []
    assert dump_tables(filled) == sound


@pytest.mark.parametrize("kind", ["output", "words"])
@pytest.mark.parametrize("how", ["damaged", "removed"])
def test_repair_takes_away_a_lost_object_and_all_that_needs_it(
    filled: Workspace, kind: str, how: str
) -> None:
    sound = dump_tables(filled)
    with filled.database.read() as session:
        words = session.execute(text("SELECT words_hash FROM texts")).scalar()
    outputs = {step.document_id: step.output_hash for step in filled.steps()}
    digest = outputs[document_id("a")] if kind == "output" else words
    (path,) = filled.objects.folder.glob(f"[0-9a-f][0-9a-f]/{digest}*")
    path.unlink()
    if how == "damaged":
        path.write_bytes(b"nothing of the kind")
    assert repair(filled) != []
    assert not path.exists()
    is_done = filled.objects.recall(step_key("segment", "1", ["a"])) is not None
    assert is_done == (kind == "words")
    fill(filled)
    assert verify(filled) == []
    assert dump_tables(filled) == sound


def test_repair_leaves_a_sound_workspace_alone(filled: Workspace) -> None:
    sound = dump_tables(filled)
    assert repair(filled) == []
    assert dump_tables(filled) == sound


def test_flipped_bytes_in_the_database_are_found(filled: Workspace) -> None:
    """SQLite's own check alone does not see text that has changed."""
    path = filled.database.path
    filled.close()
    sound = path.read_bytes()
    tables = dump_tables(filled)
    filled.close()
    # A small database is mostly empty pages; damage there is no damage.
    starts = [i for i in range(4096, len(sound) - 64) if sound[i : i + 64].count(0) < 16]
    missed = []
    for seed in range(60):
        data = bytearray(sound)
        start = random.Random(seed).choice(starts)
        data[start : start + 64] = random.Random(seed).randbytes(64)
        path.write_bytes(data)
        if not verify(filled):
            missed.append(dump_tables(filled) == tables)
        filled.close()
    path.write_bytes(sound)
    assert verify(filled) == []
    # What verify does not report has hit bytes that hold nothing: every table reads as before.
    assert all(missed)
    assert len(missed) < 5


def test_two_runs_that_end_in_another_order_give_equal_tables(
    filled: Workspace, tmp_path: Path
) -> None:
    with Workspace.create(tmp_path / "other") as other:
        fill(other, first="b")
        fill(other)  # and once more over what is there
        assert dump_tables(other) == dump_tables(filled)


def test_the_dump_shows_what_a_table_says_and_no_time(filled: Workspace) -> None:
    before = dump_tables(filled)
    assert '["ledger", {"key": ' in before
    assert '"text": "Nobody asked Alex 🙂"' in before
    assert not any(word in before for word in ("finished_at", "modified_ns", '_key"'))
    change(filled, "UPDATE codings SET score = 0.31 WHERE position = 1")
    assert dump_tables(filled) != before
