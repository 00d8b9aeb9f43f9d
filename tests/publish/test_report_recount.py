from __future__ import annotations

import pytest

from workbench.publish.html_page import read_page
from workbench.publish.names import stem
from workbench.publish.numbers import FORMATS, count, decimal, exact, of_finding
from workbench.publish.recount import shows, wilson_bound
from workbench.publish.walk import resolve
from workbench.records import Finding


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe (1998), Stat. Med. 17, 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_computed_again_by_the_published_formula(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    share = numerator / denominator
    assert wilson_bound(share, denominator, upper=False) == pytest.approx(low, abs=5e-5)
    assert wilson_bound(share, denominator, upper=True) == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        pytest.param("13", 13, True, id="count"),
        pytest.param("13", 12, False, id="count one off"),
        pytest.param("1,316", 1316, True, id="thousands"),
        pytest.param("67%", 2 / 3, True, id="rounded share"),
        pytest.param("66%", 2 / 3, False, id="share cut off instead of rounded"),
        pytest.param("76%", 2 / 3, False, id="swapped digits"),
        pytest.param("0%", 0.004, True, id="share below half a per cent"),
        pytest.param("<0.001", 0.0004, True, id="small p"),
        pytest.param("<0.001", 0.001, False, id="p that is not smaller"),
        pytest.param("0.050", 0.0504, True, id="p of three decimals"),
        pytest.param("-0.31", -0.31, True, id="negative"),
        pytest.param("0.31", -0.31, False, id="lost sign"),
        pytest.param("1e-05", 0.00001, True, id="exponent"),
        pytest.param("inf", float("inf"), True, id="infinite odds"),
        pytest.param("about 13", 13, False, id="no number"),
    ],
)
def test_a_printed_number_is_the_value_as_far_as_it_goes(
    text: str, value: float, holds: bool
) -> None:
    assert shows(text, value) is holds


@pytest.mark.parametrize("value", [0.0, 1.0, 2 / 3, 0.0004, 12.345, -0.2, 345.0, 1e-5, 98765.4])
@pytest.mark.parametrize("field", [*FORMATS, "lift"])
def test_whatever_is_printed_shows_its_value(value: float, field: str) -> None:
    counts = field in ("numerator", "denominator", "passages")
    value = round(abs(value)) if counts else value
    if field not in ("p_value", "q_value") or 0 <= value <= 1:
        assert shows(FORMATS.get(field, decimal)(value), value)
        assert float(exact(value)) == value


FINDING = Finding(
    finding_id="prevalence-x-any", measure="prevalence", label="x", unit="cases", numerator=2,
    denominator=3, estimate=2 / 3, low=0.2, high=0.9, coding_ids=("a", "b", "b"),
    statistics=(("lift", 1.5),),
)  # fmt: skip


def test_a_number_carries_its_link_and_what_a_checker_needs() -> None:
    (element,) = read_page(of_finding(FINDING, "numerator", "../")).elements
    assert element.text == "2"
    assert element.attributes == {
        "class": "n", "href": "../evidence/prevalence-x-any.html#numerator",
        "data-finding": "prevalence-x-any", "data-field": "numerator", "data-value": "2",
        "data-recount": "case",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "text", "recount"),
    [
        ("denominator", "3", "base"), ("estimate", "67%", "share"), ("low", "20%", "low"),
        ("passages", "2", "coding"), ("lift", "1.50", "stated"),
    ],
)  # fmt: skip
def test_each_field_says_how_it_is_counted_again(field: str, text: str, recount: str) -> None:
    (element,) = read_page(of_finding(FINDING, field, "")).elements
    assert (element.text, element.attributes["data-recount"]) == (text, recount)


def test_a_field_that_a_finding_has_not_is_a_dash_and_no_link() -> None:
    assert 'class="none"' in of_finding(FINDING, "q_value", "")
    assert "href" not in of_finding(FINDING, "phi", "")


def test_a_count_escapes_its_link() -> None:
    assert 'href="&#34;&gt;x"' in count(1, "case", '">x')


@pytest.mark.parametrize(
    ("page", "href", "target"),
    [
        ("factors/a.html", "../evidence/b.html#numerator", ("evidence/b.html", "numerator")),
        ("index.html", "cases.html", ("cases.html", "")),
        ("factors/a.html", "#part", ("factors/a.html", "part")),
        ("pages/d/p001.html", "p002.html#c-1", ("pages/d/p002.html", "c-1")),
        ("index.html", "../other.html", ("../other.html", "")),
    ],
)
def test_links_are_followed_from_the_page_they_stand_on(
    page: str, href: str, target: tuple[str, str]
) -> None:
    assert resolve(page, href) == target


def test_names_are_plain_and_stay_different() -> None:
    assert stem("prevalence-present-x-any") == "prevalence-present-x-any"
    hostile = ["../../etc", "a/b", "a b", "A", "a", "", "con", "index", "\udc80", "x" * 300, "é"]
    names = [stem(name) for name in hostile]
    assert len(set(names)) == len(names)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_") for name in names)
    assert max(map(len, names)) <= 120
