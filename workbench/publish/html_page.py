"""A written page as a checker sees it: elements with their attributes, found by anchor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements without an end tag.
VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "rect", "path", "use", "circle"})


@dataclass(slots=True)
class Element:
    """One element; ``last`` is the place of the last element inside it."""

    place: int
    tag: str
    attributes: dict[str, str]
    last: int
    text: str = ""  # of itself and everything inside it


@dataclass(slots=True)
class HtmlPage:
    """The elements of one page in the order of their start tags."""

    elements: list[Element] = field(default_factory=list)
    by_id: dict[str, Element] = field(default_factory=dict)

    def inside(self, element: Element) -> Iterator[Element]:
        """The element and everything inside it."""
        return iter(self.elements[element.place : element.last + 1])

    def values(self, element: Element, attribute: str) -> list[str]:
        """The values of an attribute on the element and inside it, each once, in order."""
        found = (item.attributes.get(attribute) for item in self.inside(element))
        return list(dict.fromkeys(value for value in found if value is not None))


def read_page(html: str) -> HtmlPage:
    """The page of a report as elements; tolerant, as a browser is."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = HtmlPage()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        place = len(self.page.elements)
        element = Element(place, tag, {name: value or "" for name, value in attrs}, place)
        self.page.elements.append(element)
        for parent in self._open:
            parent.last = place
        if "id" in element.attributes:
            self.page.by_id.setdefault(element.attributes["id"], element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        # Only short elements are asked for their text; a page's own would be copied for each.
        for element in self._open[-3:]:
            element.text += data


def words_problems(contact_id: str, sheet: HtmlPage | None, anchor: str) -> list[str]:
    """Problems of a contact whose words should be marked on a page; empty where they are."""
    group = sheet.by_id.get(anchor) if sheet else None
    if sheet is None or group is None:
        return [f"contact {contact_id}: its link leads to no words"]
    if not any(element.tag == "rect" for element in sheet.inside(group)):
        return [f"contact {contact_id}: no rectangle over its words"]
    return []
