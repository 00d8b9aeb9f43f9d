"""Records to rows and back, by the names of their fields, and the seals over them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, Select, delete, insert
from sqlalchemy.orm import Session

from workbench.errors import StoreError
from workbench.records import codec
from workbench.store.schema.tables import Base, SealRow

T = TypeVar("T")


def to_columns(record: object, **more: object) -> dict[str, Any]:
    """The fields of a record as values of the columns with their names, and some more."""
    plain = codec.to_plain(record)
    if not isinstance(plain, dict):
        raise TypeError(f"{type(record).__name__} is not a record")
    return {**plain, **more}


def from_columns(kind: type[T], values: Mapping[Any, Any], **more: object) -> T:
    """The record whose fields are in the columns with their names.

    Args:
        kind: A dataclass of ``workbench.records``.
        values: A row, by column name; columns that are no field are ignored.
        more: Fields that have no column, as plain values.

    Raises:
        StoreError: The row holds no such record: it is damaged.
    """
    names = [field.name for field in dataclasses.fields(kind) if field.name not in more]  # type: ignore[arg-type]
    try:
        return codec.from_plain(kind, {name: values[name] for name in names} | more)
    except ValueError as error:
        raise StoreError(
            f"a row of {kind.__name__} is damaged ({error}). Put back a backup, or run again."
        ) from error


def fields(kind: Any, values: Mapping[Any, Any]) -> dict[str, Any]:  # noqa: ANN401
    """Those of a row's columns that are fields of a record, for a record within a record."""
    return {name: values[name] for name in kind.__dataclass_fields__}


def fetch(session: Session, query: Select[Any]) -> Sequence[Row[Any]]:
    """The rows of a query.

    Raises:
        StoreError: A list in a row is no JSON any more.
    """
    try:
        return session.execute(query).all()
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise StoreError(
            f"a row in the database is damaged ({error}). Put back a backup, or run again."
        ) from error


def add_rows(session: Session, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert many rows at once; none is fine."""
    values = [dict(row) for row in rows]
    if values:
        session.execute(insert(table), values)


def replace_seal(session: Session, name: str, sha256: str) -> None:
    """Note the hash of records that are written in the same transaction."""
    session.execute(delete(SealRow).where(SealRow.name == name))
    add_rows(session, SealRow, [{"name": name, "sha256": sha256}])


def seal_of(*parts: object) -> str:
    """SHA-256 over records, tuples of records and strings."""
    return hashlib.sha256(b"\n".join(codec.dumps(part) for part in parts)).hexdigest()
