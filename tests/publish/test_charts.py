from __future__ import annotations

from xml.etree import ElementTree

import pytest

from workbench.publish.charts import (
    matrix_chart,
    network_chart,
    prevalence_chart,
    topic_map,
    topic_tree,
)
from workbench.publish.charts.matrix import Cell
from workbench.publish.charts.network import Tie
from workbench.publish.charts.prevalence import Bar
from workbench.publish.charts.topics import Dot, Fork, Leaf

SVG = "{http://www.w3.org/2000/svg}"


def charts() -> dict[str, str]:
    bars = [
        Bar("Alcohol & <drugs> $x^2$", 0.62, 0.41, 0.79, "13 of 21", "evidence/a.html"),
        Bar("Debt", 1.0, 0.8, 1.0, "21 of 21", "evidence/b.html"),
    ]
    cells = {(1, 0): Cell(3, True, "evidence/p.html"), (2, 0): Cell(0, False, "evidence/q.html")}
    ties = [Tie("a", "b", 3, "evidence/p.html"), Tie("a", "c", 5, "evidence/r.html")]
    names = {"a": "Alcohol", "b": "Debt", "c": "Care", "d": "Tied to nothing"}
    dots = [
        Dot("T01", "vodka, detox", 84, 0.91, False, "evidence/p.html"),
        Dot("T02", "$rent$ & <arrears>", 9, 0.2, True, "t02.html"),
    ]
    leaves = [Leaf(dot.topic_id, dot.name, dot.href) for dot in dots]
    third = Leaf(
        "T03", "a name of a topic that is much too long to stand beside a tree", "t03.html"
    )
    tree = Fork(Fork(leaves[0], leaves[1], 0.4), third, 0.9)
    return {
        "map": topic_map(dots, name="four", title="Topics"),
        "tree": topic_tree(tree, name="five", title="Likeness"),
        "prevalence": prevalence_chart(bars, name="one", title="Shares"),
        "matrix": matrix_chart(["Alcohol", "Debt", "Care"], cells, name="two", title="Pairs"),
        "network": network_chart(ties, names, name="three", title="Ties"),
    }


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return charts()


KINDS = pytest.mark.parametrize("kind", ["prevalence", "matrix", "network", "map", "tree"])


def test_the_same_chart_has_the_same_bytes(drawn: dict[str, str]) -> None:
    assert charts() == drawn


@KINDS
def test_a_chart_obeys_the_content_policy(drawn: dict[str, str], kind: str) -> None:
    for element in ElementTree.fromstring(drawn[kind]).iter():
        assert element.tag not in (f"{SVG}style", f"{SVG}script")
        assert "style" not in element.attrib


@KINDS
def test_a_chart_has_a_title_and_its_numbers_in_words(drawn: dict[str, str], kind: str) -> None:
    root = ElementTree.fromstring(drawn[kind])
    names = root.attrib["aria-labelledby"].split()
    texts = {element.attrib.get("id"): element.text for element in root.iter()}
    assert all(texts[name] for name in names)
    assert any(character.isdigit() for character in texts[names[1]] or "")


@KINDS
def test_the_marks_of_a_chart_are_links(drawn: dict[str, str], kind: str) -> None:
    links = [
        element.attrib["href"] for element in ElementTree.fromstring(drawn[kind]).iter(f"{SVG}a")
    ]
    assert set(links) >= {"evidence/a.html"} if kind == "prevalence" else "evidence/p.html" in links


@KINDS
def test_ids_are_of_the_chart_and_every_reference_resolves(
    drawn: dict[str, str], kind: str
) -> None:
    root = ElementTree.fromstring(drawn[kind])
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    prefix = {
        "prevalence": "one-", "matrix": "two-", "network": "three-", "map": "four-",
        "tree": "five-",
    }[kind]  # fmt: skip
    assert len(ids) == len(set(ids))
    assert all(identifier.startswith(prefix) for identifier in ids)
    used = {
        value.removeprefix("url(#").removeprefix("#").removesuffix(")")
        for element in root.iter()
        for value in element.attrib.values()
        if value.startswith(("url(#", "#" + prefix))
    }
    assert used <= set(ids)


def test_a_label_stays_text_and_is_no_formula(drawn: dict[str, str]) -> None:
    root = ElementTree.fromstring(drawn["prevalence"])
    assert "Alcohol & <drugs> $x^2$" in {element.text for element in root.iter(f"{SVG}text")}


def test_the_matrix_names_every_row_and_every_column(drawn: dict[str, str]) -> None:
    root = ElementTree.fromstring(drawn["matrix"])
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert [texts.count(label) for label in ("Alcohol", "Debt", "Care")] == [1, 2, 1]


def test_a_factor_without_ties_is_not_in_the_network(drawn: dict[str, str]) -> None:
    assert "Tied to nothing" not in drawn["network"]


def texts_of(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_map_names_every_topic_and_the_bounds_of_the_verdicts(drawn: dict[str, str]) -> None:
    assert {"T01", "T02", "stable", "unstable", "0.60", "0.75"} <= set(texts_of(drawn["map"]))


def test_the_tree_names_its_topics_in_the_order_of_their_joins(drawn: dict[str, str]) -> None:
    named = [text for text in texts_of(drawn["tree"]) if text.startswith("T0")]
    assert [text[:3] for text in named] == ["T01", "T02", "T03"]
    assert named[1] == "T02 $rent$ & <arrears>"
    assert named[2].endswith("…")
    assert len(named[2]) < 55
