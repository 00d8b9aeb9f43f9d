"""Content-addressed bytes: ``objects/ab/<sha256>`` and the keys of finished steps.

Nothing here needs the database, so worker processes read and write it side by side. A file
appears whole or not at all: it is written under ``objects/incoming``, synced, then renamed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import socket
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from workbench.errors import DamagedObjectError, StoreError
from workbench.records import codec

#: A hash or a key as it stands in a file name.
HEX_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
#: Speed matters more than the last bytes: every output is written while somebody waits.
GZIP_LEVEL = 3
#: A temporary file of another machine is given up after a day.
STALE_AFTER_S = 86_400.0


def step_key(step: str, version: str, inputs: Sequence[str], settings: object = ()) -> str:
    """The key of a step's output: SHA-256 of all that may change it, 64 hexadecimal digits.

    Args:
        step: Name of the step.
        version: Version of its code (and of its model, where it has one).
        inputs: Hashes of what it reads, in the order in which it reads them.
        settings: A record (dataclass) or tuple of plain values that the codec can write.
    """
    parts = [step, version, list(inputs), codec.dumps(settings).decode()]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()


class ObjectStore:
    """Bytes under their SHA-256, compressed where that pays, read-only once written."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made with the first object."""
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep the bytes; what comes back is their SHA-256.

        An object that is there already is read again; a damaged one is replaced.

        Raises:
            StoreError: The folder cannot be written, or the disk is full.
        """
        digest = hashlib.sha256(data).hexdigest()
        if self._find(digest) is not None:
            try:
                self.get(digest)
            except DamagedObjectError:
                self.discard(digest)
            else:
                return digest
        if _shrinks(data):
            self._write(self._path(digest, ".gz"), gzip.compress(data, GZIP_LEVEL, mtime=0))
        else:
            self._write(self._path(digest), data)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a hash, checked against it.

        Raises:
            DamagedObjectError: The stored bytes are not what was written.
            StoreError: There is no such object, or it cannot be read.
        """
        path = self._find(digest)
        if path is None:
            raise StoreError(
                f"{self._path(digest)}: is missing. "
                "To mend it: workbench verify --repair, then workbench run."
            )
        try:
            data = path.read_bytes()
            if path.suffix == ".gz":
                data = gzip.decompress(data)
        # BadGzipFile is an OSError too, so it has to be told apart first.
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise DamagedObjectError(path) from error
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror}).") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise DamagedObjectError(path)
        return data

    def has(self, digest: str) -> bool:
        """Whether the object is there; its bytes are not read."""
        return self._find(digest) is not None

    def discard(self, digest: str) -> None:
        """Remove an object; the steps that gave it are no longer recalled."""
        for suffix in ("", ".gz"):
            self._path(digest, suffix).unlink(missing_ok=True)

    def remember(self, key: str, digest: str) -> None:
        """Note that the step with this key has given this object; a later note wins.

        Raises:
            StoreError: The folder cannot be written, or the disk is full.
        """
        self._write(self._key_path(key), f"{digest}\n".encode())

    def recall(self, key: str) -> str | None:
        """The hash of a step's output; None when it has to be done (again).

        A key whose object is gone or whose note is unreadable counts as not done: the step is
        the way to make it good.
        """
        try:
            digest = self._key_path(key).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return digest if HEX_SHA256.match(digest) and self.has(digest) else None

    def hashes(self) -> Iterator[str]:
        """The hashes of all objects, sorted."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted({path.name.removesuffix(".gz") for path in folder.iterdir()})

    def sweep(self) -> int:
        """Remove what killed processes left half-written; how many files that were.

        Files of living processes of this machine stay, and so do those of other machines for
        a day.
        """
        n_removed = 0
        for path in (self.folder / "incoming").glob("*.tmp"):
            if is_abandoned(path):
                path.unlink(missing_ok=True)
                n_removed += 1
        return n_removed

    def _path(self, digest: str, suffix: str = "") -> Path:
        if not HEX_SHA256.match(digest):
            # It may come from a damaged row, so it is no programmer's error.
            raise StoreError(
                f"{self.folder}: {digest[:80]!r} is not a SHA-256, so it names no object. "
                "What holds it is damaged: put back a backup, or run again."
            )
        return self.folder / digest[:2] / (digest + suffix)

    def _key_path(self, key: str) -> Path:
        if not HEX_SHA256.match(key):
            raise ValueError(f"{key!r} is not a key: make it with step_key")
        return self.folder / "keys" / key[:2] / key

    def _find(self, digest: str) -> Path | None:
        for suffix in (".gz", ""):
            path = self._path(digest, suffix)
            if path.exists():
                return path
        return None

    def _write(self, path: Path, data: bytes) -> None:
        temporary = self.folder / "incoming" / temporary_name()
        try:
            temporary.parent.mkdir(parents=True, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o444)
            temporary.replace(path)
            _sync_folder(path.parent)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise StoreError(
                f"{path}: cannot be written ({error.strerror}). Free disk space or make the "
                "folder writable, then run again; what was stored before is kept."
            ) from error


def _shrinks(data: bytes) -> bool:
    """Whether compression pays, judged by the beginning: page images are compressed already."""
    sample = data[:8192]
    return len(zlib.compress(sample, GZIP_LEVEL)) < 0.9 * len(sample)


def temporary_name() -> str:
    """A name for a file that this process is writing and will rename."""
    return f"{socket.gethostname()}.{os.getpid()}.{uuid4().hex}.tmp"


def is_abandoned(path: Path) -> bool:
    """Whether the process that was writing a file with a ``temporary_name`` is gone."""
    own = re.search(rf"{re.escape(socket.gethostname())}\.(\d+)\.[0-9a-f]+\.tmp", path.name)
    if own:
        return not _is_alive(int(own.group(1)))
    try:
        return time.time() - path.stat().st_mtime > STALE_AFTER_S
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    # Without this a power cut may forget the rename although the bytes are on the disk.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
