"""Writes the folder of a comparison: a page and two tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from workbench.publish.folder import MARKER, replaced_folder
from workbench.publish.numbers import percent, probability
from workbench.publish.site.render import page_templates, usable
from workbench.publish.tables.csv_files import write_csv

FORM = "comparison/1"


class PassageLink(NamedTuple):
    """A passage on its page in the report."""

    href: str  # from the report's root
    page: int
    number: str  # of the paragraph, "" when it prints none


class ComparedFactor(NamedTuple):
    """One factor in both corpora."""

    code_id: str
    label: str
    n: int  # cases of this corpus with it
    of: int
    n_other: int
    of_other: int
    difference: float  # of the shares
    low: float
    high: float
    p_value: float | None
    q_value: float | None  # None: no test could come out
    log_odds_ratio: float | None  # of its part in all affirmed passages
    z: float | None
    only_length: bool  # no difference among reviews of one kind and like length
    href: str  # its evidence in this corpus, from the report's root


class ComparedTerm(NamedTuple):
    """One term in both corpora."""

    term: str
    n: int  # uses
    n_other: int
    log_odds_ratio: float
    z: float
    reviews: int
    reviews_other: int
    passages: tuple[PassageLink, ...]  # of this corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything on the page."""

    title: str
    other_title: str
    n_cases: int
    n_other_cases: int
    has_report: bool
    factors: tuple[ComparedFactor, ...]
    more: tuple[ComparedTerm, ...]  # terms that this corpus has more of
    less: tuple[ComparedTerm, ...]


def write_comparison(comparison: Comparison, folder: Path) -> Path:
    """Write the page and give back its path; equal comparisons give equal bytes.

    Raises:
        InputError: The folder cannot be written, or holds something else than a comparison.
    """
    templates = page_templates()
    templates.globals |= {"percent": percent, "probability": probability}
    folder.parent.mkdir(exist_ok=True)
    with replaced_folder(folder) as fresh:
        for name in ("report.css", "report.js"):
            (fresh / name).write_bytes((files("workbench.publish") / "static" / name).read_bytes())
        html = templates.get_template("comparison.html").render(
            comparison=comparison, report="../thematic-review/" if comparison.has_report else ""
        )
        (fresh / "index.html").write_bytes(usable(html).encode())
        write_csv(fresh / "factors.csv", ComparedFactor._fields[:-1],
                  (factor[:-1] for factor in comparison.factors))  # fmt: skip
        write_csv(fresh / "terms.csv", ComparedTerm._fields[:-1],
                  (term[:-1] for term in (*comparison.more, *comparison.less)))  # fmt: skip
        marker = {"form": FORM, "title": comparison.title, "other": comparison.other_title}
        text = json.dumps(marker, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
        (fresh / MARKER).write_text(text, encoding="ascii", newline="\n")
    return folder / "index.html"
