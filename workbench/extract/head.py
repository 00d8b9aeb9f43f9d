"""What the jailed side says of a file before its pages: the first line of what it writes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a file says of itself."""

    n_pages: int
    title: str
    producer: str
    warnings: tuple[str, ...]
