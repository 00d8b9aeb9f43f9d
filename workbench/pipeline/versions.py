"""Versions of the steps, taken from the code itself.

A version that people must raise by hand is forgotten one day, and then a store serves what an
older program made. So the version of a step is a hash of the source of its stage and of the
libraries that it stands on; any change there makes the step run again.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
#: Stage -> the libraries whose version may change what it makes.
LIBRARIES = {
    "extract": ("pypdfium2", "pillow", "numpy", "pdfplumber", "pikepdf"),
    "segment": ("pdfplumber",),
    "coding": ("spacy",),
    "learn/models": ("numpy", "scipy"),
    "cases": (),
    "findings": ("scipy", "statsmodels", "numpy", "networkx"),
    "findings/topics": ("scipy", "numpy"),
    "publish": ("jinja2", "matplotlib", "xlsxwriter", "networkx"),
}
#: Sources that count for every stage.
COMMON = ("records", "codebook")
SOURCES = frozenset({".py", ".html", ".css", ".js", ".yaml"})


@cache
def stage_version(stage: str) -> str:
    """Twelve hexadecimal digits that change with a stage's source and its libraries.

    Args:
        stage: A folder of the package, or a part of one, such as ``learn/models``.
    """
    digest = hashlib.sha256()
    for folder in (stage, *COMMON):
        for path in sorted((PACKAGE / folder).rglob("*")):
            if path.suffix in SOURCES:
                digest.update(path.relative_to(PACKAGE).as_posix().encode())
                digest.update(path.read_bytes())
    for library in LIBRARIES[stage]:
        digest.update(f"{library}=={metadata.version(library)}".encode())
    return digest.hexdigest()[:12]


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
