"""Hand-made gold passages for the tests; all of it is invented."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.learn.gold.records import GoldPassage, PassageCoding

CODES = ("school_exclusion", "self_harm_suicidality", "alcohol_misuse", "ap_voice",
         "ap_risk_assessment", "service_access")  # fmt: skip
ASSERTIONS = ("affirmed", "suspected", "negated", "hypothetical", "general", "recommendation")
ROLES = ("deceased", "index_child", "agency", "patient_or_group")
TEXT = "One two three four five six seven eight nine ten eleven twelve."


def coding(code: str, quote: str = "two three", **given: Any) -> PassageCoding:
    stated = {"assertion": "affirmed", "subject_role": "deceased", **given}
    return PassageCoding(code_id=code, quote=quote, **stated)


def passage(name: str, *codings: PassageCoding, **given: Any) -> GoldPassage:
    stated: dict[str, Any] = {"text": TEXT, "doc": f"doc of {name}", "line": 1, **given}
    return GoldPassage(passage_id=name, codings=codings, **stated)


def random_lines(seed: int, n: int, share: float = 0.5) -> list[dict[str, Any]]:
    """Lines of a gold file; another seed gives other codings of the same passages."""
    rng = random.Random(seed)
    return [
        {
            "id": f"p{number}",
            "doc": f"d{number // 3}",
            "text": TEXT,
            "codings": [_random_coding(rng, code) for code in CODES if rng.random() < share],
        }
        for number in range(n)
    ]


def _random_coding(rng: random.Random, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "assertion": rng.choice((*ASSERTIONS, "affirmed", "affirmed")),
        "subject_role": rng.choice(ROLES),
        "quote": rng.choice(("two three", "six", "eight nine ten")),
    }


def write_lines(path: Path, lines: Iterable[Mapping[str, Any] | str]) -> Path:
    texts: Sequence[str] = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path
