"""SQLite as the workspace needs it: write transactions that wait their turn and are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from workbench.errors import StoreError

DAMAGED = (
    "is damaged. Put back a backup (workbench.db.backup-*), or move it away and make the workspace "
    "again (init, add, run): finished steps are kept in objects."
)
#: What SQLite says -> what it means and what to do. The first that fits is taken.
CAUSES = (
    ("locked", "is in use by another process. Wait until it has finished, then try again."),
    ("full", "could not be written: the disk is full. Free space and run again; nothing is lost."),
    (
        "disk I/O error",
        "could not be written: the disk is full or failing. Free space and run again; "
        "what was stored before is kept.",
    ),
    ("readonly", "cannot be written. Make the folder and the file writable for you."),
    ("unable to open", "cannot be opened. Make the folder and the file writable for you."),
    (
        "not a database",
        "is no database. Put back a backup (workbench.db.backup-*), or move it away and make a "
        "new workspace.",
    ),
    ("malformed", DAMAGED),
    ("no such table", "is only half written. Move it away and make a new workspace here."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """How the database waits for others."""

    busy_timeout_s: float = 60.0  # how long a write waits for another process's write

    def __post_init__(self) -> None:
        if self.busy_timeout_s < 0:
            raise ValueError(f"busy_timeout_s is {self.busy_timeout_s}; it cannot be negative")


class Database:
    """One ``workbench.db``: sessions that read, and sessions that write."""

    def __init__(self, path: Path, settings: StoreSettings, *, foreign_keys: bool = True) -> None:
        """Prepare to open; the file is touched with the first session.

        Args:
            path: The database file.
            settings: How long to wait for others.
            foreign_keys: Off only for migrations, which rebuild tables (a dropped table would
                take the rows that refer to it along).
        """
        self.path = path
        # Transactions are begun by the event below, so the driver must not begin its own.
        self._engine = create_engine(
            f"sqlite:///{path}",
            connect_args={"timeout": settings.busy_timeout_s, "isolation_level": None},
        )
        _listen(self._engine, foreign_keys=foreign_keys)
        self._write_engine = self._engine.execution_options(workbench_begin="BEGIN IMMEDIATE")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the database throughout.

        Raises:
            StoreError: The database cannot be used; the message says why and what to do.
        """
        with store_errors(self.path), Session(self._engine) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that holds the write lock from its start and commits at its end.

        Nothing of it is kept when an error leaves the block.

        Raises:
            StoreError: The database cannot be used; the message says why and what to do.
        """
        with store_errors(self.path), Session(self._write_engine) as session, session.begin():
            yield session

    @contextmanager
    def write_connection(self) -> Iterator[Connection]:
        """As ``write``, without the records' layer; for migrations."""
        with store_errors(self.path), self._write_engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give the file back; SQLite folds its write-ahead log into the database."""
        self._engine.dispose()


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn the errors of SQLAlchemy and SQLite into ours.

    Raises:
        StoreError: Where, what was found, what to do next.
    """
    try:
        yield
    except IntegrityError as error:
        raise StoreError(
            f"{path}: refuses records that contradict each other ({error.orig}). Nothing of this "
            "write was kept; this is a fault of the step that made them."
        ) from error
    except UnicodeDecodeError as error:
        raise StoreError(f"{path}: {DAMAGED} ({error.reason})") from error
    except UnicodeEncodeError as error:
        raise StoreError(
            f"{path}: refuses text that is not valid Unicode ({error.reason} at character "
            f"{error.start}). Nothing of this write was kept; the step that made the text has to "
            "replace such characters."
        ) from error
    except (DBAPIError, sqlite3.Error) as error:
        found = str(error.orig if isinstance(error, DBAPIError) else error)
        for words, meaning in CAUSES:
            if words in found:
                raise StoreError(f"{path}: {meaning} ({found})") from error
        raise StoreError(f"{path}: cannot be used ({found}).") from error


def _listen(engine: Engine, *, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        # FULL: a commit that was acknowledged outlives a power cut, not only a killed process.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred BEGIN that reads and then writes is refused at once when somebody else has
        # written in between: the busy timeout does not cover it. So writers queue at the start.
        connection.exec_driver_sql(
            connection.get_execution_options().get("workbench_begin", "BEGIN")
        )
