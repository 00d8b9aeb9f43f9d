"""Write the pinned requirements files from what is installed in this environment.

    .venv/bin/python scripts/pin.py

Run it after installing a new set that passes the tests. It walks the dependencies of
``pyproject.toml`` and writes ``requirements/core.txt`` (what the workbench runs on) and
``requirements/all.txt`` (with every extra and the tools of development). torch is pinned apart,
in ``requirements/torch.txt``, because it must be installed first. Label Studio has an environment
of its own, which is pinned in ``requirements/labelstudio.txt`` when it is there
(``make labelstudio-install``).
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


def closure(requirements: Iterable[str], folder: Path | None = None) -> dict[str, str]:
    """Name and version of every distribution that the requirements bring, without torch.

    Args:
        requirements: As pyproject.toml writes them.
        folder: Where the distributions are installed; this environment by default.
    """
    installed = {
        canonicalize_name(each.metadata["Name"]): each
        for each in (metadata.distributions(path=[str(folder)]) if folder else ())
    }
    found: dict[str, str] = {}
    todo = [Requirement(text) for text in requirements]
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        if name in found:
            continue
        distribution = installed[name] if folder else metadata.distribution(name)
        found[name] = distribution.version
        for text in distribution.requires or ():
            needed = Requirement(text)
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in extras
            ):
                todo.append(needed)
    found.pop(APART, None)
    return found


def write(name: str, requirements: Iterable[str], folder: Path | None = None) -> None:
    """Write one pinned file."""
    pins = closure(requirements, folder)
    lines = [
        "# Made by scripts/pin.py; do not edit.",
        *(f"{n}=={v}" for n, v in sorted(pins.items())),
    ]
    (ROOT / "requirements" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write the files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    core = [*project["project"]["dependencies"], *project["build-system"]["requires"], "editables"]
    extras = project["project"]["optional-dependencies"].values()
    write("core.txt", core)
    write("all.txt", [*core, *(text for extra in extras for text in extra)])
    for folder in ROOT.glob(".venv-labelstudio/lib/python3*/site-packages"):
        write("labelstudio.txt", ["label-studio", "setuptools"], folder)


if __name__ == "__main__":
    main()
