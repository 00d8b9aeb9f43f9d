"""Tables of cases in a workspace: kept beside their map, and read as documents are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.cases.tables import TabledCase, load_case_map, read_case_tables, table_cases
from workbench.codebook import Codebook, load_codebook
from workbench.errors import InputError, StoreError
from workbench.pipeline.coders.annotations import annotation_files
from workbench.pipeline.reading import Coded, DocumentRead, DocumentTask, StepDone
from workbench.pipeline.versions import file_hash, stage_version
from workbench.records import IncidentFact, Reading
from workbench.records.codec import dumps, loads
from workbench.segment import Segmentation
from workbench.store.objects import ObjectStore, step_key
from workbench.store.workspace import Workspace

#: One folder for each set of tables: the map and the tables as they were given.
IMPORTS = Path("imports")
MAP_NAME = "map.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTables:
    """What an import took over."""

    name: str
    n_cases: int
    n_codings: int
    folder: Path
    n_without_case: dict[str, int]  # rows of a table whose case the table of cases lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """The cases of one set of tables, as an object."""

    cases: tuple[TabledCase, ...]


def import_case_tables(root: Path, paths: Sequence[Path], map_path: Path) -> ImportedTables:
    """Check tables against their map and keep both in the workspace; the next run counts them.

    An import of the same name is replaced.

    Args:
        root: The workspace.
        paths: The tables, or folders that hold them.
        map_path: The map (form: ``workbench.cases.tables.mapping``).

    Raises:
        CaseTableError: The map or a table has problems; all of them are listed.
        InputError: A path does not exist.
        NotAWorkspaceError: The folder holds no workspace.
    """
    Workspace.open(root).close()
    codebook = load_codebook(annotation_files(root)[0])
    case_map = load_case_map(map_path, codebook)
    wanted = {table.file_name for table in case_map.tables}
    files = list(_files(paths, wanted))
    tables = read_case_tables(files, case_map, map_path)
    cases = table_cases(tables, case_map, codebook)
    folder = root / IMPORTS / case_map.name
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for path in files:
            shutil.copyfile(path, folder / path.name)
        shutil.copyfile(map_path, folder / MAP_NAME)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror}).") from error
    return ImportedTables(
        name=case_map.name,
        n_cases=len(cases),
        n_codings=sum(len(case.reading.codings) for case in cases),
        folder=folder,
        n_without_case={name: n for name, n in tables.n_without_case.items() if n},
    )


def _files(paths: Sequence[Path], wanted: set[str]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: does not exist. Give the tables, or the folder they are in.")
        if path.is_dir():
            yield from (path / name for name in sorted(wanted) if (path / name).is_file())
        else:
            yield path


def imported_cases(root: Path, objects: ObjectStore) -> tuple[tuple[TabledCase, ...], bool]:
    """The cases of every set of tables in the workspace; whether they had to be made."""
    codebook = load_codebook(annotation_files(root)[0])
    cases: list[TabledCase] = []
    executed = False
    for map_path in sorted((root / IMPORTS).glob(f"*/{MAP_NAME}")):
        found, made_now = _cases_of(map_path, codebook, objects)
        cases += found
        executed |= made_now
    return tuple(cases), executed


def _cases_of(
    map_path: Path, codebook: Codebook, objects: ObjectStore
) -> tuple[tuple[TabledCase, ...], bool]:
    paths = sorted(path for path in map_path.parent.iterdir() if path.name != MAP_NAME)
    inputs = [codebook.content_hash, *(f"{p.name} {file_hash(p)}" for p in (map_path, *paths))]
    key = step_key("tables", stage_version("cases"), inputs)
    output = objects.recall(key)
    if output is not None:
        return loads(_Stored, objects.get(output)).cases, False
    case_map = load_case_map(map_path, codebook)
    cases = table_cases(read_case_tables(paths, case_map, map_path), case_map, codebook)
    objects.remember(key, objects.put(dumps(_Stored(cases=cases))))
    return cases, True


def table_groups(root: Path, objects: ObjectStore) -> dict[str, dict[str, str]]:
    """Grouping -> document id -> group, of the imported cases."""
    groups: dict[str, dict[str, str]] = {}
    for case in imported_cases(root, objects)[0]:
        for name, label in case.groups:
            groups.setdefault(name, {})[case.reading.document.document_id] = label
    return groups


def table_facts(root: Path, objects: ObjectStore) -> dict[str, tuple[IncidentFact, ...]]:
    """Document id -> what the tables say of its incident, of the imported cases that say any."""
    return {
        case.reading.document.document_id: case.facts
        for case in imported_cases(root, objects)[0]
        if case.facts
    }


def table_reads(workspace: Workspace) -> Iterator[DocumentRead]:
    """The imported cases as documents that were read, so that all later steps treat them alike."""
    version = stage_version("cases")
    cases, executed = imported_cases(workspace.root, workspace.objects)
    for case in cases:
        reading = case.reading
        document_id = reading.document.document_id
        yield DocumentRead(
            task=DocumentTask(
                document_id=document_id, path="", file_name=reading.document.file_name, paint=False
            ),
            document=reading.document,
            steps=tuple(
                StepDone(
                    key=step_key(f"table-{step}", version, [document_id]),
                    step=step,
                    version=version,
                    document_id=document_id,
                    output=workspace.objects.put(data),
                    executed=executed,
                )
                for step, data in _outputs(reading)
            ),
        )


def _outputs(reading: Reading) -> tuple[tuple[str, bytes], ...]:
    segmentation = Segmentation(
        document=reading.document, frozen=reading.frozen, segments=reading.segments
    )
    coded = Coded(people=reading.people, codings=reading.codings)
    return ("segment", dumps(segmentation)), ("code", dumps(coded))
