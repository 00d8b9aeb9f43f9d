"""Pages from templates: escaped always, written by one hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workbench.publish import labels, numbers
from workbench.publish.names import case_anchor, coding_anchor, page_path, segment_anchor, stem
from workbench.publish.site.catalogue import NOT_COUNTED, Catalogue
from workbench.publish.site.passages import Passages
from workbench.records import Coding

#: Characters that no page, table or reader can use: C0 and C1 controls, unpaired surrogates.
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
NAVIGATION = (
    ("index.html", "Summary"),
    ("how-to-read.html", "How to read"),
    ("factors.html", "Factors"),
    ("people.html", "People"),
    ("ace-counts.html", "ACE counts"),
    ("co-occurrence.html", "Co-occurrence"),
    ("groups.html", "Groups and kinds"),
    ("incidents.html", "Incidents"),
    ("practice.html", "Practice themes"),
    ("agencies.html", "Agencies"),
    ("journeys.html", "Contacts over time"),
    ("recommendations.html", "Recommendations"),
    ("cases.html", "Cases"),
    ("documents.html", "Documents"),
    ("methods.html", "Methods"),
)


def usable(text: str) -> str:
    """The text with unusable characters shown as the replacement character."""
    return _UNUSABLE.sub("\ufffd", text)


class Site:
    """The report folder while it is being written."""

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self.catalogue = catalogue
        self.folder = folder
        self.passage = Passages(catalogue)
        self._rendered: dict[str, Markup] = {}
        self._templates = page_templates()
        self._templates.globals |= {
            "case_anchor": case_anchor,
            "coding_anchor": coding_anchor,
            "segment_anchor": segment_anchor,
            "page_path": page_path,
            "stem": stem,
            "labels": labels,
            "count": numbers.count,
            "navigation": NAVIGATION,
            "not_counted": NOT_COUNTED,
            "publication": catalogue.publication,
            "coded_by": catalogue.publication.coded_by,
            "untold": catalogue.publication.untold,
            "passage": self.passage_html,
        }

    def write(self, path: str, template: str, **context: Any) -> None:  # noqa: ANN401 - for Jinja
        """Write one page; ``path`` is from the report's root."""
        root = "../" * path.count("/")
        html = self._templates.get_template(template).render(
            root=root, path=path, number=partial(_number, root), **context
        )
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(usable(html).encode())

    def passage_html(self, coding: Coding) -> Markup:
        """A list item with the passage, for pages one folder below the root."""
        rendered = self._rendered.get(coding.coding_id)
        if rendered is None:
            template = self._templates.get_template("passage.html")
            rendered = Markup(template.render(p=self.passage(coding), root="../"))
            self._rendered[coding.coding_id] = rendered
        return rendered

    def passages_html(self, codings: Iterable[Coding], *, brief: bool = False) -> list[Markup]:
        """List items for several codings, in their order; brief ones hold the coded words alone."""
        item = self._brief_html if brief else self.passage_html
        return [item(coding) for coding in codings]

    def _brief_html(self, coding: Coding) -> Markup:
        template = self._templates.get_template("passage-brief.html")
        return Markup(template.render(p=self.passage(coding), root="../"))


def _number(root: str, finding: Any, field: str) -> Markup:  # noqa: ANN401 - Finding or None
    """For templates: a field of a finding, or a dash where there is no such finding."""
    if finding is None:
        return numbers.NONE
    return numbers.of_finding(finding, field, root)


def page_templates() -> Environment:
    """The templates, escaping what is put in, and failing on what a page was not given."""
    return Environment(
        loader=PackageLoader("workbench.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
