"""The one place where a number becomes HTML: always a link to what it counts.

Every number carries what a checker needs: ``data-value`` (exact), ``data-recount`` (how to count
it again at the end of its link), and, when it belongs to a finding, ``data-finding`` and
``data-field``. ``workbench.publish.walk`` follows them.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from workbench.publish.names import stem
from workbench.records import Finding

#: What stands at the end of a link and can be counted there, one attribute for each.
COUNTABLE = ("case", "person", "coding", "document", "segment", "factor", "base")
#: What a numerator counts on its evidence page, by the unit of its finding.
COUNTED = {
    "cases": "case",
    "people": "person",
    "passages": "coding",
    "items": "factor",
    "factors": "factor",
}
#: How the names of further figures begin that are counts, or lie between counts.
COUNT_LIKE = (
    "n_", "median", "minimum", "maximum", "least", "most", "odds_ratio_corrected", "at_least",
    "surely_at_least", "at_most", "population", "per", "survives", "exploratory", "only_length",
)  # fmt: skip
#: Measures whose estimate is no share of their numerator in their denominator.
NO_SHARE = frozenset({"length_correlation", "prevalence_corrected", "rate"})
#: Of those, the ones whose estimate is a share all the same, and is printed as one.
ESTIMATED_SHARES = frozenset({"prevalence_corrected"})
#: Further figures that are p- or q-values.
PROBABILITIES = frozenset({"p_adjusted", "q_adjusted"})
_TEMPLATE = Markup(
    '<a class="n" href="{href}"{finding} data-field="{field}" data-value="{value}"'
    ' data-recount="{recount}"{label}>{text}</a>'
)


def exact(value: float) -> str:
    """A number so that reading it back gives the same value; whole numbers without a point."""
    return (
        str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
    )


def whole(value: float) -> str:
    """A count for readers: ``12,345``."""
    return f"{value:,.0f}"


def percent(share: float) -> str:
    """A share (0-1) for readers, to the whole per cent."""
    return f"{100 * share:.0f}%"


def decimal(value: float) -> str:
    """Two decimals; a very small or very large value keeps its order of size."""
    if value != 0 and abs(value) < 0.005:
        return f"{value:.1g}"
    return f"{value:,.2f}" if abs(value) < 1000 else f"{value:,.0f}"


def statistic(name: str, value: float) -> str:
    """A further figure of a finding: counts whole, medians with a half if need be, else decimal."""
    if name in PROBABILITIES:
        return probability(value)
    if name.startswith(COUNT_LIKE) or name.endswith("_words"):
        return whole(value) if float(value).is_integer() else f"{value:,.1f}"
    return decimal(value)


def probability(value: float) -> str:
    """A p- or q-value as it is usual: three decimals, or "<0.001"."""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


#: What stands where there is no number.
NONE = Markup('<span class="none" aria-label="not computed">\u2013</span>')
SHARES = ("estimate", "low", "high")
FORMATS: dict[str, Callable[[float], str]] = {
    "numerator": whole,
    "denominator": whole,
    "passages": whole,
    "estimate": percent,
    "low": percent,
    "high": percent,
    "p_value": probability,
    "q_value": probability,
}


def number(  # noqa: PLR0913 - one argument for each attribute that the element carries
    value: float,
    *,
    href: str,
    field: str,
    recount: str,
    text: str = "",
    finding_id: str = "",
    label: str = "",
) -> Markup:
    """A number as a link to what it counts; ``label`` says in words what it is, for listeners."""
    return _TEMPLATE.format(
        href=href,
        finding=Markup(' data-finding="{}"').format(finding_id) if finding_id else "",
        field=field,
        value=exact(value),
        recount=recount,
        label=Markup(' aria-label="{}"').format(label) if label else "",
        text=text or (FORMATS[field](value) if field in FORMATS else statistic(field, value)),
    )


def count(n: int, what: str, href: str) -> Markup:
    """A count of things that carry ``data-<what>`` where the link ends."""
    return number(n, href=href, field=what, recount=what, text=whole(n))


def of_finding(finding: Finding, field: str, root: str) -> Markup:
    """One field of a finding, or a dash where the finding has none.

    ``field`` is ``numerator``, ``denominator``, ``estimate``, ``low``, ``high``, ``p_value``,
    ``q_value``, ``passages`` or the name of one of the finding's statistics. ``root`` leads from
    the page to the report's root.
    """
    value = field_value(finding, field)
    if value is None:
        return NONE
    return number(
        value,
        href=root + _end_of_link(finding, field),
        field=field,
        recount=_recount(finding, field),
        finding_id=finding.finding_id,
        text="" if _printed_as_share(finding, field) else decimal(value),
    )


def is_share(finding: Finding) -> bool:
    """Whether the finding's estimate is its numerator divided by its denominator."""
    return finding.measure not in NO_SHARE


def _printed_as_share(finding: Finding, field: str) -> bool:
    shares = is_share(finding) or finding.measure in ESTIMATED_SHARES
    return shares or field not in SHARES


def base_path(finding: Finding) -> str:
    """The page that lists what a finding of passages is a share of."""
    return f"passages/{stem(finding.measure)}.html"


def _end_of_link(finding: Finding, field: str) -> str:
    if field == "denominator" and finding.unit == "passages":
        return f"{base_path(finding)}#denominator"
    anchor = "denominator" if field == "denominator" else "numerator"
    return f"evidence/{stem(finding.finding_id)}.html#{anchor}"


def _recount(finding: Finding, field: str) -> str:
    """How the walker counts the field again; "stated" where only the tables can be compared."""
    if field == "numerator":
        return COUNTED.get(finding.unit, "stated")
    if field == "denominator":
        return "base"
    if field == "passages":
        return "coding"
    if field in SHARES and is_share(finding) and finding.unit != "passages":
        return "share" if field == "estimate" else field
    return "stated"


def field_value(finding: Finding, field: str) -> float | None:
    """The value of a field or statistic of a finding; None where it has none."""
    if field == "passages":
        return len(set(finding.coding_ids))
    if field in ("numerator", "denominator", "estimate", "low", "high", "p_value", "q_value"):
        value: float | None = getattr(finding, field)
        return value
    return dict(finding.statistics).get(field)
