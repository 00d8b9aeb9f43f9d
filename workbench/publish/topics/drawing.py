"""The charts of the topics: how large and how stable, and which are alike."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from workbench.publish.charts import topic_map, topic_tree
from workbench.publish.charts.topics import Dot, Fork, Leaf
from workbench.publish.topics.shown import ShownTopic, TopicsPublication, TreeRow


def page_of(topic_id: str) -> str:
    """The file of a topic's page."""
    return f"{topic_id.lower()}.html"


def map_of(publication: TopicsPublication) -> Markup:
    """The map of size and stability; empty when stability was not measured."""
    dots = [
        Dot(
            topic_id=topic.topic_id,
            name=topic.name,
            n_passages=len(topic.passages),
            stability=lowest,
            is_new=topic.coded == "new",
            href=page_of(topic.topic_id),
        )
        for topic in publication.topics
        if (lowest := lowest_of(topic)) is not None
    ]
    title = "Topics by number of passages and by how far they come back"
    return Markup(topic_map(dots, name="map", title=title) if dots else "")


def lowest_of(topic: ShownTopic) -> float | None:
    """The lowest of the three measures of passages, which the verdict goes by."""
    known = [value for name, value in topic.stability if name != "terms" and value is not None]
    return min(known, default=None)


def tree_of(publication: TopicsPublication) -> Markup:
    """The tree of topics; empty with fewer than two of them."""
    names = {topic.topic_id: topic.name for topic in publication.topics}
    tree = _part(iter(publication.tree), names) if publication.tree else None
    if not isinstance(tree, Fork):
        return Markup("")
    return Markup(topic_tree(tree, name="likeness", title="Which topics have like terms"))


def _part(rows: Iterator[TreeRow], names: dict[str, str]) -> Leaf | Fork:
    """The next part of a list in which each join comes before the two parts that it joins."""
    row = next(rows)
    if row.distance is None:
        return Leaf(row.topic_id, names[row.topic_id], page_of(row.topic_id))
    first = _part(rows, names)
    return Fork(first, _part(rows, names), row.distance)
