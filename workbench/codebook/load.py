"""Read a codebook file; report every problem in it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from workbench.codebook.check import problems_of
from workbench.codebook.model import Codebook, ProximityRule, frozen
from workbench.errors import CodebookError
from workbench.records import Code, SubjectRole

SHIPPED = Path(__file__).parents[1] / "_shipped"
REPOSITORY = Path(__file__).parents[2]


def shipped(name: str) -> Path:
    """A folder that comes with the workbench: ``annotations`` or ``models``."""
    return SHIPPED / name if (SHIPPED / name).is_dir() else REPOSITORY / name


def shipped_annotations() -> Path:
    """The folder with the codebook that comes with the workbench."""
    return shipped("annotations")


def default_codebook_path() -> Path:
    """The codebook that comes with the workbench."""
    return shipped_annotations() / "codebook" / "causation_factors.yaml"


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML keeps the last of two equal keys without a word; a codebook must not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {twice[0]!r} stands twice in one entry", node.start_mark
            )
        return super().construct_mapping(node, deep)


def load_codebook(path: Path) -> Codebook:
    """The codebook of a YAML file, checked.

    Raises:
        CodebookError: The file is missing, no YAML, or has problems; all of them are listed.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CodebookError(path, [f"cannot be read ({error.strerror})"]) from error
    try:
        data = yaml.load(content, _UniqueKeyLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CodebookError(path, [f"is no valid YAML: {error}"]) from error
    problems = problems_of(data)
    if problems:
        raise CodebookError(path, problems)
    return _codebook(data, hashlib.sha256(content).hexdigest())


def _codebook(data: dict[str, Any], content_hash: str) -> Codebook:
    head = data["codebook"]
    proximity = head["proximity_rule"]
    return Codebook(
        codebook_id=head["id"],
        version=str(head["version"]),
        content_hash=content_hash,
        codes=tuple(_code(entry) for entry in data["codes"]),
        levels=frozen(head["levels"]),
        objectives=frozen(head["objectives"]),
        frameworks=frozen(head.get("frameworks", {})),
        proximity=ProximityRule(
            window_tokens=proximity["window_tokens"],
            deficiency_terms=tuple(proximity["deficiency_terms"]),
            positive_terms=tuple(proximity["positive_terms"]),
        ),
        ambiguous_cues=frozen(head.get("ambiguous_cues", {})),
        global_false_positives={
            kind: tuple(terms) for kind, terms in head.get("global_false_positives", {}).items()
        },
        rules=frozen(
            {
                name: head[name].strip()
                for name in ("unit_of_annotation", "unit_of_counting", "three_state_rule")
                if name in head
            }
        ),
    )


def _code(entry: dict[str, Any]) -> Code:
    values = entry.get("values", ())
    if isinstance(values, dict):
        values = [f"{field}={value}" for field, options in values.items() for value in options]
    return Code(
        code_id=entry["id"],
        label=entry["label"],
        group=entry["group"],
        level=entry["level"],
        tier=entry["tier"],
        definition=entry["definition"],
        include=entry.get("include", ""),
        exclude=entry.get("exclude", ""),
        cues=tuple(entry["cues"]),
        false_positives=tuple(entry.get("false_positives", ())),
        topic_terms=tuple(entry.get("topic_terms", ())),
        roles=tuple(SubjectRole(role) for role in entry["roles"]),
        objectives=tuple(entry.get("objectives", ())),
        ace=entry.get("ace", ""),
        has_valence=bool(entry.get("valence", False)),
        is_attribute="type" in entry,
        values=tuple(values),
        maps=tuple((name, str(there)) for name, there in (entry.get("maps") or {}).items()),
    )
