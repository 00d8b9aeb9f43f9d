"""Writes the folder of topics: pages, tables, style."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from workbench.publish.folder import MARKER, replaced_folder
from workbench.publish.site.render import page_templates, usable
from workbench.publish.tables.csv_files import Cell, write_csv
from workbench.publish.topics.drawing import lowest_of, map_of, page_of, tree_of
from workbench.publish.topics.shown import ShownPassage, TopicsPublication

FORM = "topics/1"
VERDICTS = {
    "stable": "stable",
    "uncertain": "uncertain",
    "unstable": "unstable",
    "not_measured": "not measured",
}
CODED = {"already_coded": "already coded", "partly_coded": "partly coded", "new": "new"}
CHANGES = {
    "seeds": "other seeds",
    "row_order": "another order of the passages",
    "reviews": "some reviews left out",
    "terms": "terms, over all runs",
}
#: Longer texts are cut on the overview; the topic's own page has them whole.
MAX_CHARACTERS = 400


def write_topics(publication: TopicsPublication, folder: Path) -> Path:
    """Write the pages and give back the path of the first one; equal topics give equal bytes.

    Raises:
        InputError: The folder cannot be written, or holds something else than topics.
    """
    templates = page_templates()
    templates.globals |= {
        "publication": publication,
        "verdicts": VERDICTS,
        "coded_words": CODED,
        "changes": CHANGES,
        "page_of": page_of,
        "shortened": shortened,
        "lowest_of": lowest_of,
    }
    with replaced_folder(folder) as fresh:
        for name in ("report.css", "report.js"):
            (fresh / name).write_bytes((files("workbench.publish") / "static" / name).read_bytes())
        index = templates.get_template("topics.html")
        charts = {"topic_map": map_of(publication), "topic_tree": tree_of(publication)}
        _write(fresh / "index.html", index.render(**charts))
        for topic in publication.topics:
            html = templates.get_template("topic.html").render(topic=topic)
            _write(fresh / page_of(topic.topic_id), html)
        if publication.outliers:
            _write(fresh / "outliers.html", templates.get_template("outliers.html").render())
        _write_tables(publication, fresh)
        marker = {"form": FORM, "title": publication.title, "n_topics": len(publication.topics)}
        text = json.dumps(marker, ensure_ascii=True, indent=1, sort_keys=True) + "\n"
        (fresh / MARKER).write_text(text, encoding="ascii", newline="\n")
    return folder / "index.html"


def shortened(text: str) -> str:
    """The text, cut at a word when it is long."""
    if len(text) <= MAX_CHARACTERS:
        return text
    return text[:MAX_CHARACTERS].rsplit(" ", 1)[0] + " …"


def _write(path: Path, html: str) -> None:
    path.write_bytes(usable(html).encode())


def _write_tables(publication: TopicsPublication, fresh: Path) -> None:
    write_csv(
        fresh / "topics.csv",
        ("topic_id", "terms", "n_passages", "n_reviews", "carried_by", "verdict",
         *(f"stability_{name}" for name in CHANGES), "coherence", "coded", "coded_share", "codes"),
        (
            (topic.topic_id, "; ".join(term for term, _ in topic.terms), len(topic.passages),
             len(topic.reviews), topic.carried_by, topic.verdict,
             *(value for _, value in topic.stability), topic.coherence, topic.coded,
             topic.coded_share, " ".join(code.code_id for code in topic.codes))
            for topic in publication.topics
        ),
    )  # fmt: skip
    write_csv(
        fresh / "topic_passages.csv",
        ("topic_id", "document_id", "file_name", "segment", "start_char", "end_char", "page",
         "number", "review", "closeness", "assigned", "text"),
        _passage_rows(publication),
    )  # fmt: skip


def _passage_rows(publication: TopicsPublication) -> Iterator[tuple[Cell, ...]]:
    for topic in publication.topics:
        yield from (_row(topic.topic_id, passage) for passage in topic.passages)
    yield from (_row("", passage) for passage in publication.outliers)


def _row(topic_id: str, passage: ShownPassage) -> tuple[Cell, ...]:
    return (
        topic_id, passage.document_id, passage.file_name, passage.segment, passage.start_char,
        passage.end_char, passage.page, passage.number, passage.review, passage.closeness,
        "yes" if passage.assigned else "no", passage.text,
    )  # fmt: skip
