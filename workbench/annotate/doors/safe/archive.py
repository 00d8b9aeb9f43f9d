"""ZIP archives within limits: nothing is unpacked to disk, nothing grows without bound."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from workbench.errors import InputError

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 512 * 1024 * 1024  # of one member, unpacked
MAX_TEXT_BYTES = 64 * 1024 * 1024  # of XML and text, which are held in memory
MAX_RATIO = 200  # unpacked to packed; XML seldom goes beyond 30
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive whose list of members was checked."""

    path: Path
    file: ZipFile

    @property
    def names(self) -> tuple[str, ...]:
        """The members, in the order of the archive."""
        return tuple(self.file.namelist())

    def read_text_bytes(self, name: str) -> bytes:
        """A member that is text or XML.

        Raises:
            InputError: It is not there, too large, or damaged.
        """
        return b"".join(self._chunks(name, MAX_TEXT_BYTES))

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member of any kind, piece by piece.

        Raises:
            InputError: It is not there, too large, or damaged.
        """
        return self._chunks(name, MAX_MEMBER_BYTES)

    def _chunks(self, name: str, limit: int) -> Iterator[bytes]:
        n_bytes = 0
        try:
            with self.file.open(name) as member:
                while chunk := member.read(_CHUNK):
                    n_bytes += len(chunk)  # what the archive says of its sizes may be a lie
                    if n_bytes > limit:
                        raise InputError(
                            f"{self.path}: {name} is larger than {limit // 1024**2} MiB unpacked."
                        )
                    yield chunk
        except KeyError as error:
            raise InputError(f"{self.path}: holds no {name}.") from error
        except (
            BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error,
        ) as error:  # fmt: skip
            raise InputError(f"{self.path}: {name} cannot be unpacked ({error}).") from error


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """An archive whose members have harmless names and stated sizes within limits.

    Raises:
        InputError: It is no ZIP archive, or something in it is beyond the limits.
    """
    try:
        with ZipFile(path) as file:
            _check(path, file.infolist())
            yield Archive(path, file)
    except BadZipFile as error:
        raise InputError(
            f"{path}: is no ZIP archive ({error}). Export it again from the program it is from."
        ) from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}).") from error


def _check(path: Path, members: list[ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise InputError(
            f"{path}: holds {len(members)} files; more than {MAX_MEMBERS} are refused."
        )
    for member in members:
        name = member.filename
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise InputError(f"{path}: holds a file named {name!r}, which leads out of it.")
        if member.file_size > MAX_MEMBER_BYTES:
            raise InputError(f"{path}: {name} is larger than {MAX_MEMBER_BYTES // 1024**2} MiB.")
        if member.file_size > _CHUNK and member.file_size > MAX_RATIO * max(
            member.compress_size, 1
        ):
            raise InputError(f"{path}: {name} unpacks to more than {MAX_RATIO} times its size.")
        if member.flag_bits & 0x1:
            raise InputError(f"{path}: {name} is encrypted. Export it without a password.")


def is_archive(path: Path) -> bool:
    """Whether a file looks like a ZIP archive."""
    return zipfile.is_zipfile(path)
