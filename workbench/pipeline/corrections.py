"""What the user knows better of a document than the machine read: kept, applied, taken back.

Corrections stand in ``corpora/metadata.csv`` of the workspace (columns file_name, field,
value, by), so that no run can lose them and any editor can change them. A field that may have
several values (author, subject) has them in one cell with semicolons between.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.errors import InputError
from workbench.learn.truth_records import KINDS
from workbench.records import Document, MetadataField, MetadataSource, Metadatum
from workbench.segment.metadata.kinds import OTHER, names_kind
from workbench.store import readings, sources
from workbench.store.workspace import Workspace

CORRECTIONS = Path("corpora/metadata.csv")
COLUMNS = ("file_name", "field", "value", "by")
REVIEW_TYPES = KINDS | {OTHER}
#: Fields that the record of a document has as well; the coding step may read them.
IN_DOCUMENT = (MetadataField.TITLE, MetadataField.REVIEW_TYPE, MetadataField.PUBLISHER)
SEVERAL = frozenset({MetadataField.AUTHOR, MetadataField.SUBJECT})
_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
DATES = {
    MetadataField.REPORT_DATE: re.compile(_DATE),
    MetadataField.INCIDENT_DATE: re.compile(r"\d{4}-\d\d"),
    MetadataField.PERIOD: re.compile(rf"{_DATE}/{_DATE}"),
}

Values = tuple[tuple[MetadataField, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line of the file."""

    file_name: str
    field: MetadataField
    value: str
    by: str = ""

    def __post_init__(self) -> None:
        pattern = DATES.get(self.field)
        if not self.value.strip() or "\n" in self.value:
            raise InputError(f"{self.file_name}: {self.field} needs a value on one line.")
        if self.field is MetadataField.REVIEW_TYPE and self.value not in REVIEW_TYPES:
            raise InputError(
                f"{self.file_name}: {self.value!r} is no review type; there are: "
                f"{', '.join(sorted(REVIEW_TYPES))}."
            )
        if pattern and not pattern.fullmatch(self.value):
            raise InputError(
                f"{self.file_name}: {self.field} {self.value!r} is no date such as 2021-05"
                f"{' or 2019-01/2021-05-30' if self.field is MetadataField.PERIOD else ''}."
            )


def read_corrections(root: Path) -> tuple[Correction, ...]:
    """The corrections of a workspace, in the order of its file.

    Raises:
        InputError: The file has other columns, an unknown field, or a value that is none.
    """
    path = root / CORRECTIONS
    if not path.exists():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not set(COLUMNS[:3]) <= set(reader.fieldnames or ()):
                raise InputError(f"{path}: needs the columns {', '.join(COLUMNS)}.")
            return tuple(_correction(path, reader.line_num, row) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as CSV ({error}).") from error


def _correction(path: Path, line: int, row: dict[str, str | None]) -> Correction:
    field = field_named(row["field"] or "", f"{path}, line {line}")
    return Correction(
        file_name=(row["file_name"] or "").strip(),
        field=field,
        value=(row["value"] or "").strip(),
        by=(row.get("by") or "").strip(),
    )


def field_named(name: str, where: str = "") -> MetadataField:
    """The field of that name.

    Raises:
        InputError: There is none; the message lists them.
    """
    try:
        return MetadataField(name.strip())
    except ValueError as error:
        prefix = f"{where}: " if where else ""
        listed = ", ".join(MetadataField)
        raise InputError(f"{prefix}{name!r} is no field; there are: {listed}.") from error


def values_for(corrections: Iterable[Correction], file_names: Collection[str]) -> Values:
    """The corrected fields of a document with these file names; of two lines the last counts."""
    kept = {each.field: each.value for each in corrections if each.file_name in file_names}
    return tuple((field, kept[field]) for field in MetadataField if field in kept)


def kind_of_file_name(file_name: str) -> str:
    """The kind of review that a file is named after, "" for none: a weak word, asked last."""
    named = names_kind(re.sub(r"[_\W]+", " ", Path(file_name).stem))
    return named[0] if named else ""


def corrected(document: Document, values: Values, named_kind: str = "") -> Document:
    """The document with the user's values; the file's name gives only a kind not found."""
    changes = {str(field): value for field, value in values if field in IN_DOCUMENT}
    if not document.review_type and named_kind:
        changes.setdefault("review_type", named_kind)
    return replace(document, **changes)  # type: ignore[arg-type]


def corrected_metadata(
    document_id: str, metadata: Sequence[Metadatum], values: Values, named_kind: str = ""
) -> tuple[Metadatum, ...]:
    """What is known of a document, with the user's values in place of those that were read."""
    fields = {field for field, _ in values}
    kept = [each for each in metadata if each.field not in fields]
    if named_kind and MetadataField.REVIEW_TYPE not in {*fields, *(m.field for m in metadata)}:
        kept.append(
            Metadatum(
                document_id=document_id, field=MetadataField.REVIEW_TYPE, value=named_kind,
                confidence=0.4, source=MetadataSource.FILE_NAME,
            )
        )  # fmt: skip
    kept += [
        Metadatum(
            document_id=document_id, field=field, value=part, confidence=1.0,
            source=MetadataSource.USER,
        )
        for field, value in values
        for part in (re.split(r"\s*;\s*", value.strip("; ")) if field in SEVERAL else [value])
    ]  # fmt: skip
    order = list(MetadataField)
    return tuple(sorted(kept, key=lambda each: order.index(each.field)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one document now, corrections that no run has applied yet included."""

    file_name: str
    metadata: tuple[Metadatum, ...]


def find_known(root: Path, name: str) -> Known:
    """What is known of the document with that file name, or a part of it, or of its id.

    Raises:
        InputError: No document or several fit; the message lists them.
    """
    with Workspace.open(root) as workspace:
        names = {
            Path(source.path).name: source.document_id for source in sources.read_sources(workspace)
        }
        found = [each for each in names if each == name] or [
            each
            for each, document_id in names.items()
            if name.casefold() in each.casefold()
            or (len(name) > 7 and document_id.startswith(name))
        ]
        if len(found) != 1:
            problem = "fits several documents" if found else "fits no document; there are"
            listed = "\n".join(f"  {each}" for each in sorted(found or names)[:20])
            raise InputError(f"{name!r} {problem}:\n{listed or '  none yet: workbench add'}")
        document_id = names[found[0]]
        read = document_id in readings.read_document_ids(workspace)
        metadata = readings.read_reading(workspace, document_id).metadata if read else ()
    values = values_for(read_corrections(root), found[:1])
    by_machine = [each for each in metadata if each.source is not MetadataSource.USER]
    return Known(file_name=found[0], metadata=corrected_metadata(document_id, by_machine, values))


def correct(root: Path, name: str, field: str, value: str, by: str = "") -> Correction:
    """Keep a correction, in place of an earlier one of the same field.

    Raises:
        InputError: No such document or field, or the value does not fit the field.
    """
    correction = Correction(
        file_name=find_known(root, name).file_name,
        field=field_named(field),
        value=value.strip(),
        by=by.strip(),
    )
    others = [each for each in read_corrections(root) if _place(each) != _place(correction)]
    _write(root, [*others, correction])
    return correction


def take_back(root: Path, name: str, field: str = "") -> tuple[Correction, ...]:
    """Remove the corrections of a document, or of one field of it; what was removed."""
    file_name = find_known(root, name).file_name
    wanted = {field_named(field)} if field else set(MetadataField)
    before = read_corrections(root)
    removed = tuple(e for e in before if e.file_name == file_name and e.field in wanted)
    if removed:
        _write(root, [each for each in before if each not in removed])
    return removed


def _place(correction: Correction) -> tuple[str, MetadataField]:
    return correction.file_name, correction.field


def _write(root: Path, corrections: Sequence[Correction]) -> None:
    path = root / CORRECTIONS
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(exist_ok=True)
        with fresh.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(
                (each.file_name, str(each.field), each.value, each.by)
                for each in sorted(corrections, key=_place)
            )
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}).") from error
