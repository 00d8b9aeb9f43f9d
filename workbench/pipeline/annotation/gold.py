"""Gold sets: locked files of settled passages, with a version and a hash."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.annotate.adjudication import gold_lines
from workbench.annotate.adjudication.gold import with_strata
from workbench.annotate.sampling import Method
from workbench.errors import InputError
from workbench.pipeline.annotation.places import workspace_codebook, write_text
from workbench.pipeline.annotation.samples import NAME, read_sample
from workbench.records import codec
from workbench.store import readings
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace

GOLD = Path("annotations/gold")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """What is known of a locked gold set; kept beside it."""

    name: str
    version: int  # from 1
    sha256: str  # of the file's bytes
    n_passages: int
    n_codings: int
    n_open: int  # passages read by enough coders and left out, because a code is in dispute
    min_coders: int
    coders: tuple[str, ...]
    sample: str  # whose strata weigh the passages; "" for none
    codebook: str  # version and hash
    decisions_sha256: str  # of all decisions that it was made from

    @property
    def file_name(self) -> str:
        """Of the passages."""
        return f"{self.name}-v{self.version}.jsonl"


def lock_gold(root: Path, name: str, *, min_coders: int = 2, sample: str = "") -> GoldSet:
    """Lock the settled passages of a workspace under the next version of a name.

    Nothing is written when the newest version holds the same passages.

    Args:
        root: The workspace.
        name: Of the gold set.
        min_coders: How many must have read a passage to its end.
        sample: Take only units of this sample, each weighing what it stands for; "" for all.

    Raises:
        InputError: Nothing is settled yet, or the name or sample cannot be used.
    """
    if not NAME.fullmatch(name):
        raise InputError(f"{name!r}: a name has letters, digits, dots, hyphens, underscores only.")
    with Workspace.open(root) as workspace:
        codebook = workspace_codebook(root)
        lines, n_open = _lines(workspace, min_coders)
        decisions = read_decisions(workspace)
    if sample:
        lines = list(with_strata(lines, _strata(root, sample)))
    if not lines:
        raise InputError(
            f"{root}: no passage{f' of {sample}' if sample else ''} has been read to its end by "
            f"{min_coders} coder(s) and settled; {n_open} wait for adjudication. Settle them "
            "(workbench adjudicate), or lower --coders."
        )
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    versions = _versions(root, name)
    sha256 = hashlib.sha256(data.encode()).hexdigest()
    if versions and (last := read_gold_set(root, name, versions[-1])).sha256 == sha256:
        return last
    gold = GoldSet(
        name=name,
        version=versions[-1] + 1 if versions else 1,
        sha256=sha256,
        n_passages=len(lines),
        n_codings=sum(len(line["codings"]) for line in lines),
        n_open=n_open,
        min_coders=min_coders,
        coders=tuple(sorted({coder for line in lines for coder in line["coders"]})),
        sample=sample,
        codebook=f"{codebook.version} ({codebook.content_hash[:12]})",
        decisions_sha256=hashlib.sha256(codec.dumps(decisions)).hexdigest(),
    )
    _write(root, gold, data)
    return gold


def read_gold_set(root: Path, name: str, version: int | None = None) -> GoldSet:
    """What is known of a gold set, the newest version by default, checked against its file.

    Raises:
        InputError: There is none, or its passages are not what was locked.
    """
    versions = _versions(root, name)
    if version is None and versions:
        version = versions[-1]
    if version not in versions:
        names = sorted({path.name.rsplit("-v", 1)[0] for path in (root / GOLD).glob("*-v*.json")})
        raise InputError(
            f"{root / GOLD}: no gold set {name!r}{f' version {version}' if version else ''}; there "
            f"are: {', '.join(names) or 'none yet'}. Lock one with: workbench gold lock"
        )
    path = root / GOLD / f"{name}-v{version}.json"
    try:
        gold = codec.loads(GoldSet, path.read_bytes())
        data = path.with_name(gold.file_name).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a gold set ({error}).") from error
    if hashlib.sha256(data).hexdigest() != gold.sha256:
        raise InputError(
            f"{path.with_name(gold.file_name)}: is not what was locked (its hash differs). Put "
            "back a copy; figures measured on it do not count."
        )
    return gold


def _lines(workspace: Workspace, min_coders: int) -> tuple[list[dict[str, Any]], int]:
    lines: list[dict[str, Any]] = []
    n_open = 0
    for document_id in readings.read_document_ids(workspace):
        decisions = read_decisions(workspace, [document_id])
        if decisions:
            reading = readings.read_reading(workspace, document_id)
            found = list(gold_lines(reading, decisions, min_coders))
            lines += [line for line in found if not line["open"]]
            n_open += sum(bool(line["open"]) for line in found)
    for line in lines:
        del line["open"]
    return lines, n_open


def _strata(root: Path, name: str) -> dict[str, tuple[str, int]]:
    drawn = read_sample(root, name)
    if drawn.unit != "segment" or drawn.method is Method.UNCERTAINTY:
        raise InputError(
            f"{name}: passages can be weighed by a sample of segments drawn at random, stratified "
            f"or as an audit; this one is of {drawn.unit}s, by {drawn.method}. Leave --sample out."
        )
    sizes = {stratum.name: stratum.n_frame for stratum in drawn.strata}
    stratified = drawn.method is Method.STRATIFIED
    return {
        unit.unit_id: (key, sizes[key])
        for unit in drawn.units
        for key in [unit.stratum if stratified else ""]
    }


def _versions(root: Path, name: str) -> list[int]:
    pattern = re.compile(rf"{re.escape(name)}-v(\d+)\.json")
    found = (pattern.fullmatch(path.name) for path in (root / GOLD).glob(f"{name}-v*.json"))
    return sorted(int(match.group(1)) for match in found if match)


def _write(root: Path, gold: GoldSet, data: str) -> None:
    folder = root / GOLD
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / gold.file_name
        write_text(path, data)
        path.chmod(0o444)
        write_text(path.with_suffix(".json"), codec.dumps(gold).decode())
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}).") from error
