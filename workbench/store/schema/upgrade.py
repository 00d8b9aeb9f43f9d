"""The database's schema: made whole or not at all, migrated under a backup, never downgraded."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from workbench.errors import NewerStoreError, StoreError
from workbench.store.database import Database, StoreSettings, store_errors
from workbench.store.objects import temporary_name

#: Every schema that this version can read, oldest first; the last is the one it writes.
SCHEMAS = ("0001", "0002", "0003", "0004", "0005")
MIGRATIONS = Path(__file__).parent / "migrations"


def create_database(path: Path, settings: StoreSettings) -> None:
    """Make a database with the newest schema, unless another process was faster.

    It is built under another name and appears at ``path`` complete.

    Raises:
        StoreError: The folder cannot be written.
    """
    temporary = path.with_name(f"{path.name}.{temporary_name()}")
    try:
        with store_errors(temporary), closing(sqlite3.connect(temporary)) as connection:
            # Kept in the file. It is set here once, where nobody else can hold a lock yet.
            connection.execute("PRAGMA journal_mode = WAL")
        _upgrade(temporary, settings)
        _publish(temporary, path)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)


def bring_up_to_date(path: Path, settings: StoreSettings) -> Path | None:
    """Migrate an older database, after a backup of it; the backup is what comes back.

    Raises:
        NewerStoreError: A newer version has written it; nothing was changed.
        StoreError: It is no database of the workbench, or cannot be used.
    """
    found = read_schema(path)
    if found == SCHEMAS[-1]:
        return None
    if found not in SCHEMAS:
        raise NewerStoreError(path, found)
    backup = back_up(path, f"schema-{found}")
    _upgrade(path, settings)
    return backup


def read_schema(path: Path) -> str:
    """The name of a database's schema; nothing is written, and no file is made.

    Raises:
        StoreError: It is no database of the workbench, or cannot be read.
    """
    # Not mode=ro: a reader that may not write leaves the log's files behind when it closes.
    with (
        store_errors(path),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as connection,
    ):
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise StoreError(
            f"{path}: is only half written. Move it away and make a new workspace here."
        )
    return str(row[0])


def back_up(path: Path, label: str) -> Path:
    """A consistent copy beside the database, also while others write to it.

    An older backup with this label is kept under its own name: labels get a number.

    Raises:
        StoreError: The copy cannot be written.
    """
    number = 1
    while (backup := path.with_name(f"{path.name}.backup-{label}-{number}")).exists():
        number += 1
    temporary = path.with_name(f"{backup.name}.{temporary_name()}")
    try:
        with (
            store_errors(path),
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(temporary)) as target,
        ):
            source.backup(target)
        _publish(temporary, backup)
    finally:
        temporary.unlink(missing_ok=True)
    return backup


def _publish(temporary: Path, path: Path) -> None:
    """Give a finished file its name, unless the name is taken by now."""
    try:
        _sync(temporary)
        path.hardlink_to(temporary)
    except FileExistsError:
        return
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}).") from error


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _upgrade(path: Path, settings: StoreSettings) -> None:
    database = Database(path, settings, foreign_keys=False)
    try:
        with database.write_connection() as connection:
            run_migrations(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise StoreError(
                    f"{path}: could not be migrated ({len(broken)} rows would refer to nothing). "
                    "It was left as it was; report this with the backup."
                )
    finally:
        database.close()


def run_migrations(connection: Connection, target: str = SCHEMAS[-1]) -> None:
    """Bring the schema behind a connection to a target, in the connection's transaction."""
    # Imported late: a database that is up to date never needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
