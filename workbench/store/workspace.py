"""The folder that holds everything: its making, its opening and its ledger of steps."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import select

from workbench.errors import NotAWorkspaceError, StoreError
from workbench.store.database import Database, StoreSettings
from workbench.store.objects import ObjectStore, is_abandoned
from workbench.store.rows import fetch, from_columns, to_columns
from workbench.store.schema.tables import StepRow
from workbench.store.schema.upgrade import bring_up_to_date, create_database

DATABASE_NAME = "workbench.db"
FOLDERS = ("annotations", "corpora", "models", "objects", "reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the ledger: a finished step and the object that it gave."""

    key: str  # made by step_key
    step: str
    version: str
    document_id: str  # "" for a step over the whole corpus
    output_hash: str


class Workspace:
    """An open workspace; a context manager that closes the database."""

    def __init__(self, root: Path, database: Database, backup: Path | None) -> None:
        """Use ``create`` or ``open`` instead: they check what is there."""
        self.root = root
        self.database = database
        self.objects = ObjectStore(root / "objects")
        self.backup = backup  # of the database, when opening it has migrated it

    @classmethod
    def create(cls, path: Path, settings: StoreSettings | None = None) -> Workspace:
        """Make a workspace, or complete the one that is there, and open it.

        Raises:
            StoreError: The folder cannot be written, or is a file.
        """
        try:
            for name in FOLDERS:
                (path / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{path}: no workspace can be made here ({error.strerror}). "
                "Choose a folder that you may write to."
            ) from error
        if not (path / DATABASE_NAME).exists():
            create_database(path / DATABASE_NAME, settings or StoreSettings())
        return cls.open(path, settings)

    @classmethod
    def open(cls, path: Path, settings: StoreSettings | None = None) -> Workspace:
        """Open a workspace, migrate its database if it is older, sweep what was half-written.

        Raises:
            NotAWorkspaceError: The folder holds no workspace.
            NewerStoreError: A newer version has written it; nothing was changed.
            StoreError: It cannot be written, or its database is locked or damaged.
        """
        root = path.resolve()
        database_path = root / DATABASE_NAME
        if not database_path.is_file():
            raise NotAWorkspaceError(path)
        for needed in (root, database_path):
            if not os.access(needed, os.W_OK):
                raise StoreError(
                    f"{needed}: cannot be written. Make it writable for you, or copy the "
                    "workspace to a folder that is."
                )
        settings = settings or StoreSettings()
        backup = bring_up_to_date(database_path, settings)
        workspace = cls(root, Database(database_path, settings), backup)
        workspace._sweep()
        return workspace

    def close(self) -> None:
        """Give the database back."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def record_steps(self, steps: Iterable[Step]) -> None:
        """Enter finished steps in the ledger; a key that is there already is replaced."""
        now = datetime.now(UTC)
        with self.database.write() as session:
            for step in steps:
                session.merge(StepRow(**to_columns(step, finished_at=now)))

    def steps(self) -> tuple[Step, ...]:
        """The ledger, by document, step and key."""
        query = select(*StepRow.__table__.columns).order_by(
            StepRow.document_id, StepRow.step, StepRow.key
        )
        with self.database.read() as session:
            return tuple(from_columns(Step, row._mapping) for row in fetch(session, query))

    def _sweep(self) -> None:
        self.objects.sweep()
        for path in self.root.glob(f"{DATABASE_NAME}.*.tmp*"):
            if is_abandoned(path):
                path.unlink(missing_ok=True)
