"""Wordings of method and place, beside the codebook: it says what counts, they how it is said."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from workbench.records import IncidentField

#: Where somebody died, was taken to or was pronounced dead is not where it happened.
NOT_THE_PLACE = re.compile(
    r"\b(?:pronounced (?:dead|life extinct)|(?:taken|conveyed|rushed|airlifted|brought|admitted"
    r"|transferred) to|arrested (?:\w+ ){0,3}(?:in|at)"
    r"|found (?:beneath|under)|convicted (?:\w+ ){0,3}(?:in|at)|returned to"
    r"|on (?:his|her|their) way (?:home|to)|lived (?:in|at)|worked (?:in|at)|attended|left"
    r"|finished at|waiting (?:\w+ ){0,4}in)\b[^.;]{0,70}$",
    re.IGNORECASE,
)
#: Somebody may die in hospital of what happened elsewhere, but seldom elsewhere.
DIED_THERE = re.compile(r"\b(?:died|death)\b[^.;]{0,40}$", re.IGNORECASE)
SUICIDES = frozenset({"suicide_hanging", "suicide_other"})
VIOLENT = frozenset(
    {
        "sharp_instrument", "blunt_instrument", "hitting_kicking_no_weapon",
        "strangulation_asphyxiation", "shooting", "burning_arson",
    }
)  # fmt: skip
#: Values of place that are somebody's dwelling.
DWELLINGS = frozenset({"victim_home", "shared_home", "perpetrator_home", "other_dwelling"})


class Wording(NamedTuple):
    """A wording and the value that it stands for."""

    value: str
    strength: float  # 0-1: how sure it is by itself
    pattern: re.Pattern[str]


@cache
def wordings(field: IncidentField) -> tuple[Wording, ...]:
    """The wordings of method or place, in the order of the table."""
    table = _table()
    made = []
    for value, strength, pattern in table[field.value]:
        for name, part in table["parts"].items():
            pattern = pattern.replace(f"%{name}%", part)
        compiled = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
        made.append(Wording(value, float(strength), compiled))
    return tuple(made)


def not_said() -> tuple[str, ...]:
    """Phrases that hold a wording and say nothing of the incident."""
    return tuple(_table()["not_said"])


@cache
def _table() -> dict[str, Any]:
    text = (files("workbench.cases.incident.values") / "wordings.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table
