"""Topics in words and paths, for their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.codebook import Codebook
from workbench.findings.topics import Join, Member, Method, Topic, Topics
from workbench.pipeline.report import REPORT
from workbench.pipeline.topics.gathering import Gathered
from workbench.pipeline.workspace import corpus_title
from workbench.publish.labels import SECTIONS
from workbench.publish.names import page_path, segment_anchor, stem
from workbench.publish.topics import (
    ShownCode,
    ShownPassage,
    ShownTopic,
    ShownYear,
    TopicsPublication,
    TreeRow,
)
from workbench.records import Reading

_METHODS = {
    Method.QUICK: "quick: principal components and k-means",
    Method.FULL: "full: BERTopic with UMAP and HDBSCAN",
}
_GROUPS = {
    (Method.QUICK, False): "as k-means finds them",
    (Method.FULL, False): "as HDBSCAN takes them from its tree, also those that do not come back",
    (Method.FULL, True): "the branches of the tree of HDBSCAN that come back in repeated runs",
}


def publication_of(
    root: Path,
    topics: Topics,
    gathered: Gathered,
    readings: Mapping[str, Reading],
    names: tuple[Codebook, Mapping[str, str]],
) -> TopicsPublication:
    """Topics as their pages show them.

    Args:
        root: The workspace.
        topics: What was found.
        gathered: The passages in which it was found.
        readings: All documents with text.
        names: The codebook, and review -> title.
    """
    codebook, titles = names
    shower = _Shower(
        gathered=gathered,
        readings=readings,
        labels={code.code_id: code.label for code in codebook.codes},
        titles=titles,
        review_of={(each.document_id, each.ordinal): each.review for each in gathered.passages},
        codes_of={(each.document_id, each.ordinal): each.codes for each in gathered.passages},
        report="../thematic-review/" if (root / REPORT / "index.html").is_file() else "",
    )
    return TopicsPublication(
        title=corpus_title(root),
        method=topics.settings.method.value,
        n_passages=topics.n_passages,
        n_reviews=topics.n_reviews,
        n_left_out=gathered.n_left_out,
        n_runs=topics.n_runs,
        topics=tuple(shower.topic(topic) for topic in topics.topics),
        tree=tree_rows(topics.joins, [topic.topic_id for topic in topics.topics]),
        outliers=tuple(map(shower.passage, topics.outliers)),
        has_report=bool(shower.report),
        how=_how(topics),
        notes=topics.notes,
    )


def tree_rows(joins: tuple[Join, ...], topic_ids: list[str]) -> tuple[TreeRow, ...]:
    """The joins as an indented list, from all topics down to single ones."""
    n = len(topic_ids)
    if not joins:
        return ()
    rows: list[TreeRow] = []
    waiting = [(n + len(joins) - 1, 0)]
    while waiting:
        place, depth = waiting.pop()
        if place < n:
            rows.append(TreeRow(depth, topic_ids[place], None, 1))
            continue
        join = joins[place - n]
        rows.append(TreeRow(depth, "", join.distance, _n_below(joins, n, place)))
        waiting += [(join.right, depth + 1), (join.left, depth + 1)]
    return tuple(rows)


def _n_below(joins: tuple[Join, ...], n: int, place: int) -> int:
    if place < n:
        return 1
    join = joins[place - n]
    return _n_below(joins, n, join.left) + _n_below(joins, n, join.right)


def _how(topics: Topics) -> tuple[tuple[str, str], ...]:
    settings = topics.settings
    assigned = (
        f"put with the nearest topic from closeness {settings.min_closeness}"
        if settings.assign_outliers
        else "shown apart, put with no topic"
    )
    return (
        ("Method", _METHODS[settings.method]),
        ("Passages as numbers", topics.rows_from),
        ("Seed", str(settings.seed)),
        ("Outliers", assigned),
        ("Groups", _GROUPS[settings.method, settings.chooses]),
        ("Repeated runs that chose the topics", str(topics.n_choosing)),
        ("Repeated runs that judged them", str(topics.n_runs)),
        ("Reviews that a repeated run keeps", f"{100 * settings.kept_reviews:.0f} %"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shower:
    gathered: Gathered
    readings: Mapping[str, Reading]
    labels: Mapping[str, str]  # code id -> label
    titles: Mapping[str, str]  # review -> title
    review_of: Mapping[tuple[str, int], str]
    codes_of: Mapping[tuple[str, int], tuple[str, ...]]
    report: str  # path to the report from the topics' folder; "" without one

    def topic(self, topic: Topic) -> ShownTopic:
        """A topic with its passages."""
        stability = topic.stability
        return ShownTopic(
            topic_id=topic.topic_id,
            name=topic.name,
            terms=tuple((term.term, term.weight) for term in topic.terms),
            passages=tuple(map(self.passage, topic.members)),
            nearest=topic.nearest,
            reviews=tuple((self._title(each.review), each.n_passages) for each in topic.reviews),
            carried_by=self._title(topic.carried_by) if topic.carried_by else "",
            verdict=stability.verdict.value,
            stability=(
                ("seeds", stability.seeds),
                ("row_order", stability.row_order),
                ("reviews", stability.reviews),
                ("terms", stability.terms),
            ),
            coded=topic.coded.value,
            coded_share=topic.coded_share,
            codes=tuple(
                ShownCode(
                    code_id=each.code_id,
                    label=self.labels.get(each.code_id, each.code_id),
                    n_passages=each.n_passages,
                    share=each.share,
                    lift=each.lift,
                    q_value=each.q_value,
                    href=self._factor(each.code_id),
                )
                for each in topic.overlaps
            ),
            years=tuple(ShownYear(*each) for each in topic.years),
            coherence=topic.coherence,
        )

    def passage(self, member: Member) -> ShownPassage:
        """A passage as its review prints it."""
        key = (member.document_id, member.ordinal)
        segment, reading = self.gathered.segments[key], self.readings[member.document_id]
        boxes = reading.frozen.boxes(segment.start_char, segment.end_char)
        page = boxes[0].page if boxes else segment.page_start
        path = page_path(member.document_id, page)
        anchor = f"#{segment_anchor(segment.ordinal)}" if boxes else ""
        return ShownPassage(
            document_id=member.document_id,
            file_name=reading.document.file_name,
            segment=segment.ordinal,
            start_char=segment.start_char,
            end_char=segment.end_char,
            text=segment.text,
            number=segment.number,
            page=page,
            review=self._title(self.review_of[key]),
            section=SECTIONS[segment.section_role],
            href=f"{self.report}{path}{anchor}" if self.report else "",
            closeness=member.closeness,
            assigned=member.assigned,
            codes=tuple(self.labels.get(code, code) for code in self.codes_of[key]),
        )

    def _title(self, review: str) -> str:
        return self.titles.get(review) or review

    def _factor(self, code_id: str) -> str:
        """Attributes of the incident have no page of their own."""
        path = f"factors/{stem(code_id)}.html"
        return f"{self.report}{path}" if self.report and code_id in self.labels else ""
