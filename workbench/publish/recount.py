"""Count again what a number claims, from the page at the other end of its link."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from workbench.publish.html_page import Element, HtmlPage
from workbench.records import Box

Z_95 = 1.959963984540054  # 97.5th percentile of the normal distribution


class Counted(NamedTuple):
    """A page and the element of it whose things are counted; empty where there is none."""

    page: HtmlPage | None = None
    element: Element | None = None

    def n(self, what: str) -> int:
        """How many different things of a kind it holds."""
        if self.page is None or self.element is None:
            return 0
        return len(self.page.values(self.element, f"data-{what}"))

    def worth(self) -> float:
        """How many people, each of a review of their own, would tell as much (Kish, all alike)."""
        if self.page is None or self.element is None:
            return 0.0
        found = (item.attributes.get("data-review") for item in self.page.inside(self.element))
        sizes = Counter(review for review in found if review is not None).values()
        return sum(sizes) ** 2 / sum(size * size for size in sizes) if sizes else 0.0


def recount(page: HtmlPage, target: Element, what: str, base: Counted) -> float | None:
    """What the other end of a number's link counts; None where nothing can be counted.

    ``base`` is where the denominator's things are listed: a long list has a page of its own.
    """
    if what == "stated":
        return None
    if what in ("share", "low", "high"):
        return _share(page, what, base)
    if what == "base" and "data-base-list" in target.attributes:
        return float(base.n("base"))
    return float(Counted(page, target).n(what))


def _share(page: HtmlPage, what: str, base: Counted) -> float | None:
    denominator = base.n("base")
    counted = page.by_id["numerator"].attributes.get("data-counts", "case")
    numerator = Counted(page, page.by_id["numerator"]).n(counted)
    if not denominator:
        return None
    if what == "share":
        return numerator / denominator
    if numerator > denominator:
        return math.nan  # no bound of what is no share: the walk says so
    worth = (base.worth() or math.nan) if counted == "person" else denominator
    return wilson_bound(numerator / denominator, worth, upper=what == "high")


def wilson_bound(share: float, denominator: float, *, upper: bool) -> float:
    """One bound of the 95 % score interval of a share of as much as so many things tell.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22(158), 209-212.
    """
    z2 = Z_95**2
    centre = share + z2 / (2 * denominator)
    spread = Z_95 * math.sqrt(share * (1 - share) / denominator + z2 / (4 * denominator**2))
    bound = (centre + (spread if upper else -spread)) / (1 + z2 / denominator)
    return min(1.0, max(0.0, bound))


def table_value(row: Mapping[str, str], field_name: str) -> float | None:
    """The value of a finding's field in its row of ``findings.csv``."""
    if field_name == "passages":
        return float(row["n_passages"])
    if field_name in row:
        return float(row[field_name]) if row[field_name] else None
    statistics = dict(item.split("=", 1) for item in row["statistics"].split())
    return float(statistics[field_name]) if field_name in statistics else None


def shows(text: str, value: float) -> bool:
    """Whether the printed text is the value, rounded as far as the text goes."""
    plain = text.replace(",", "")
    if plain.startswith("<"):
        return value < float(plain[1:])
    scale = 100.0 if plain.endswith("%") else 1.0
    plain = plain.removesuffix("%")
    try:
        printed = float(plain)
    except ValueError:
        return False
    if not math.isfinite(value):
        return printed == value
    mantissa, _, exponent = plain.lower().partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    half_a_step: float = 0.5 * 10.0**-decimals
    return abs(printed - scale * value) <= half_a_step + 1e-9


def rectangle(element: Element) -> tuple[float, float, float, float]:
    """x0, top, x1, bottom of a drawn rectangle, in points."""
    x, y, width, height = (float(element.attributes[key]) for key in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def parse_box(text: str) -> Box:
    """A box as ``codings.csv`` writes it: ``page:x0,top,x1,bottom``."""
    page, _, sides = text.partition(":")
    x0, top, x1, bottom = map(float, sides.split(","))
    return Box(int(page), x0, top, x1, bottom)
