from __future__ import annotations

import gzip
import hashlib
import os
import random
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import DamagedObjectError, StoreError
from workbench.store import objects as objects_module
from workbench.store.objects import ObjectStore, step_key


@pytest.fixture
def objects(tmp_path: Path) -> ObjectStore:
    return ObjectStore(tmp_path / "objects")


@pytest.fixture(scope="module")
def shared_objects() -> Iterator[ObjectStore]:
    with tempfile.TemporaryDirectory() as folder:
        yield ObjectStore(Path(folder))


def only_file(objects: ObjectStore) -> Path:
    (path,) = objects.folder.glob("[0-9a-f][0-9a-f]/*")
    return path


@given(data=st.binary(max_size=2000))
def test_what_is_put_is_got_back_under_its_sha256(shared_objects: ObjectStore, data: bytes) -> None:
    digest = shared_objects.put(data)
    assert digest == hashlib.sha256(data).hexdigest()
    assert shared_objects.get(digest) == data
    assert shared_objects.has(digest)


def test_text_is_compressed_and_noise_is_not(tmp_path: Path) -> None:
    text, noise = b"the panel found " * 100, random.Random(1).randbytes(1600)
    for data, suffix in ((text, ".gz"), (noise, "")):
        objects = ObjectStore(tmp_path / (suffix or "raw"))
        digest = objects.put(data)
        path = only_file(objects)
        assert path.name == digest + suffix
        assert path.parent.name == digest[:2]
        assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_the_same_bytes_make_the_same_file_at_any_time(tmp_path: Path) -> None:
    first, second = ObjectStore(tmp_path / "a"), ObjectStore(tmp_path / "b")
    first.put(b"words " * 100)
    second.put(b"words " * 100)
    assert only_file(first).read_bytes() == only_file(second).read_bytes()
    assert only_file(first).read_bytes()[4:8] == bytes(4)  # no time in the gzip header


def test_putting_twice_keeps_one_file_untouched(objects: ObjectStore) -> None:
    objects.put(b"once")
    before = only_file(objects).stat().st_mtime_ns
    objects.put(b"once")
    assert only_file(objects).stat().st_mtime_ns == before


def damage(path: Path, n_bytes: int, seed: int) -> None:
    data = bytearray(path.read_bytes())
    # The first ten bytes are the gzip header; some of them (a time, a system) say nothing.
    for place in random.Random(seed).sample(range(10, len(data)), n_bytes):
        data[place] ^= 0xFF
    path.chmod(0o644)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("n_bytes", [1, 64])
def test_flipped_bytes_are_named(objects: ObjectStore, n_bytes: int, seed: int) -> None:
    digest = objects.put(" ".join(str(i) for i in range(1000)).encode())
    damage(only_file(objects), n_bytes, seed)
    with pytest.raises(DamagedObjectError) as caught:
        objects.get(digest)
    assert caught.value.path == only_file(objects)
    assert "To mend it: workbench verify --repair" in str(caught.value)


@pytest.mark.parametrize("length", [0, 1, 9, 30])
def test_a_file_cut_short_is_damaged(objects: ObjectStore, length: int) -> None:
    digest = objects.put(b"words " * 500)
    path = only_file(objects)
    path.chmod(0o644)
    os.truncate(path, length)
    with pytest.raises(DamagedObjectError):
        objects.get(digest)


def test_a_file_of_other_content_is_damaged(objects: ObjectStore) -> None:
    digest = objects.put(b"words " * 500)
    path = only_file(objects)
    path.chmod(0o644)
    path.write_bytes(gzip.compress(b"other words"))
    with pytest.raises(DamagedObjectError):
        objects.get(digest)


def test_putting_again_repairs_a_damaged_object(objects: ObjectStore) -> None:
    data = b"words " * 500
    digest = objects.put(data)
    damage(only_file(objects), 8, seed=0)
    assert objects.put(data) == digest
    assert objects.get(digest) == data


def test_a_missing_object_says_what_to_do(objects: ObjectStore) -> None:
    with pytest.raises(StoreError, match="is missing"):
        objects.get("0" * 64)


@pytest.mark.parametrize("name", ["", "abc", "../../etc/passwd", "A" * 64, "0" * 63 + "\n"])
def test_only_a_hash_names_an_object(objects: ObjectStore, name: str) -> None:
    for use in (objects.get, objects.has):
        with pytest.raises(StoreError, match="is not a SHA-256, so it names no object"):
            use(name)
    with pytest.raises(ValueError, match="make it with step_key"):
        objects.recall(name)


def test_a_step_is_recalled_until_its_object_is_gone(objects: ObjectStore) -> None:
    key = step_key("segment", "1", ["0" * 64])
    assert objects.recall(key) is None
    digest = objects.put(b"output")
    objects.remember(key, digest)
    assert objects.recall(key) == digest
    only_file(objects).unlink()
    assert objects.recall(key) is None


@pytest.mark.parametrize("note", [b"", b"nonsense", b"\xff\xfe", b"0" * 63, b"../" * 20])
def test_an_unreadable_note_means_that_the_step_is_done_again(
    objects: ObjectStore, note: bytes
) -> None:
    key = step_key("segment", "1", [])
    objects.remember(key, objects.put(b"output"))
    path = objects.folder / "keys" / key[:2] / key
    path.chmod(0o644)
    path.write_bytes(note)
    assert objects.recall(key) is None


def test_a_later_note_wins(objects: ObjectStore) -> None:
    key = step_key("segment", "1", [])
    objects.remember(key, objects.put(b"first"))
    second = objects.put(b"second")
    objects.remember(key, second)
    assert objects.recall(key) == second


@dataclass(frozen=True)
class Margins:
    top_pt: float = 1.0
    names: tuple[str, ...] = ()


def test_a_key_changes_with_each_of_its_parts_and_with_nothing_else() -> None:
    variants = [
        ("segment", "1", ["a", "b"], Margins()),
        ("extract", "1", ["a", "b"], Margins()),
        ("segment", "2", ["a", "b"], Margins()),
        ("segment", "1", ["b", "a"], Margins()),
        ("segment", "1", ["ab"], Margins()),
        ("segment", "1", ["a", "b"], Margins(top_pt=2.0)),
        ("segment", "1", ["a", "b"], Margins(names=("x",))),
        ("segment", "1", ["a", "b"], ()),
    ]
    keys = [step_key(*variant) for variant in variants]
    assert len(set(keys)) == len(keys)
    assert keys == [step_key(*variant) for variant in variants]
    # A key that changes between versions of the workbench would do every step again.
    assert step_key("s", "1", ["i"]) == hashlib.sha256(b'["s", "1", ["i"], "[]"]').hexdigest()


def test_hashes_lists_objects_and_nothing_else(objects: ObjectStore) -> None:
    assert list(objects.hashes()) == []
    digests = [objects.put(bytes([i]) * 100) for i in range(20)]
    objects.remember("0" * 64, digests[0])
    assert list(objects.hashes()) == sorted(digests)


def test_only_files_of_processes_that_are_gone_are_swept(objects: ObjectStore) -> None:
    incoming = objects.folder / "incoming"
    incoming.mkdir(parents=True)
    gone = subprocess.run(
        [sys.executable, "-c", "from workbench.store.objects import temporary_name as t\n"
         "import sys; sys.stdout.write(t())"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    mine = objects_module.temporary_name()
    young, old = "elsewhere.1.ab.tmp", "elsewhere.2.ab.tmp"
    for name in (gone, mine, young, old):
        (incoming / name).touch()
    os.utime(incoming / old, (0, 0))
    assert objects.sweep() == 2
    assert {path.name for path in incoming.iterdir()} == {mine, young}


def test_processes_may_put_the_same_object_at_the_same_time(objects: ObjectStore) -> None:
    code = (
        "import sys; from pathlib import Path; from workbench.store.objects import ObjectStore\n"
        "objects = ObjectStore(Path(sys.argv[1]))\n"
        "for i in range(40):\n"
        "    objects.remember(f'{i:064x}', objects.put(b'%d words ' % i * 50))\n"
    )
    command = [sys.executable, "-c", code, str(objects.folder)]
    writers = [subprocess.Popen(command) for _ in range(3)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    digests = {objects.recall(f"{i:064x}") for i in range(40)}
    assert len(digests) == 40
    assert None not in digests
    assert all(objects.get(digest) for digest in objects.hashes())
    assert list((objects.folder / "incoming").iterdir()) == []
