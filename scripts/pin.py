"""Write the pinned requirements files from what is installed in this environment.

    .venv/bin/python scripts/pin.py

Run it after installing a new set that passes the tests. It walks the dependencies of
``pyproject.toml`` and writes ``requirements/core.txt`` (what the workbench runs on) and
``requirements/all.txt`` (with every extra and the tools of development). torch is pinned apart,
in ``requirements/torch.txt``, because it must be installed first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
APART = "torch"


def closure(requirements: Iterable[str]) -> dict[str, str]:
    """Name and version of every distribution that the requirements bring, without torch."""
    found: dict[str, str] = {}
    todo = [Requirement(text) for text in requirements]
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        if name in found:
            continue
        distribution = metadata.distribution(name)
        found[name] = distribution.version
        for text in distribution.requires or ():
            needed = Requirement(text)
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in extras
            ):
                todo.append(needed)
    found.pop(APART, None)
    return found


def write(name: str, requirements: Iterable[str]) -> None:
    """Write one pinned file."""
    pins = closure(requirements)
    lines = [
        "# Made by scripts/pin.py; do not edit.",
        *(f"{n}=={v}" for n, v in sorted(pins.items())),
    ]
    (ROOT / "requirements" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    core = [*project["project"]["dependencies"], *project["build-system"]["requires"], "editables"]
    extras = project["project"]["optional-dependencies"].values()
    write("core.txt", core)
    write("all.txt", [*core, *(text for extra in extras for text in extra)])


if __name__ == "__main__":
    main()
