"""A matplotlib figure and its way into a page: deterministic, without inline styles.

The report's content policy forbids inline styles, so matplotlib's ``style`` attributes become
presentation attributes; ids that nothing refers to are dropped and the others are kept apart by
the chart's name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#16252d"
MUTED = "#5b6b73"
RULE = "#d5dde0"
BLUE = "#0072b2"  # Okabe and Ito (2008), also the next two
ORANGE = "#d55e00"
PALE_BLUE = "#cfe3f1"

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be searched, read out and restyled
    "svg.hashsalt": "workbench",
    "text.parse_math": False,  # a label with $ in it is no formula
    "font.size": 13.0,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


@contextmanager
def chart_axes(width_in: float, height_in: float) -> Iterator[tuple[Figure, Axes]]:
    """An empty figure with one pair of axes, in the report's style; no display is needed."""
    # Late: matplotlib takes about half a second, and most commands draw nothing.
    from matplotlib import rc_context
    from matplotlib.figure import Figure as NewFigure

    with rc_context(_SETTINGS):
        figure = NewFigure(figsize=(width_in, height_in))
        yield figure, figure.add_subplot()


def to_svg(figure: Figure, *, name: str, title: str, description: str) -> str:
    """The figure as an ``<svg>`` element for a page; the same bytes for the same chart.

    ``name`` is unique on the page. Title and description are read out by screen readers.
    """
    from matplotlib import rc_context

    stream = io.BytesIO()
    with rc_context(_SETTINGS):
        figure.savefig(
            stream, format="svg", metadata={"Date": None, "Creator": None}, bbox_inches="tight",
            pad_inches=0.04, transparent=True,
        )  # fmt: skip
    root = ElementTree.fromstring(stream.getvalue())
    for parent in root.iter():
        for child in list(parent):
            if child.tag.split("}")[-1] in ("metadata", "style"):
                parent.remove(child)
    _rename_ids(root, name)
    for element in root.iter():
        _plain_attributes(element)
    _name(root, name, title, description)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _rename_ids(root: ElementTree.Element, name: str) -> None:
    values = [
        value for element in root.iter() for key, value in element.attrib.items() if key != "id"
    ]
    wanted = {target for value in values for target in _REFERENCE.findall(value)}
    wanted |= {value[1:] for value in values if value.startswith("#")}
    # By position: matplotlib's own names hold a hash that changes with its version.
    names: dict[str, str] = {}
    for element in root.iter():
        identifier = element.attrib.pop("id", None)
        if identifier in wanted and identifier is not None:
            names[identifier] = f"{name}-{len(names)}"
            element.set("id", names[identifier])
    for element in root.iter():
        for key, value in element.attrib.items():
            if _REFERENCE.search(value):
                element.set(key, _REFERENCE.sub(lambda m: f"url(#{names.get(m[1], m[1])})", value))
            elif key == _XLINK and value.startswith("#") and value[1:] in names:
                element.set(key, f"#{names[value[1:]]}")


def _plain_attributes(element: ElementTree.Element) -> None:
    for declaration in element.attrib.pop("style", "").split(";"):
        key, _, value = declaration.partition(":")
        key, value = key.strip(), value.strip()
        if key == "font":  # "12px 'DejaVu Sans', ..." or "bold 12px ..."
            size = re.search(r"([\d.]+)px", value)
            if size:
                element.set("font-size", size[1])
            if re.match(r"(bold|[6-9]00)\b", value):
                element.set("font-weight", "600")
        elif key and not key.startswith("font-family"):
            element.set(key, value.removesuffix("px"))
    if _XLINK in element.attrib:
        element.set("href", element.attrib.pop(_XLINK))
    element.attrib.pop("target", None)


def _name(root: ElementTree.Element, name: str, title: str, description: str) -> None:
    for key in ("width", "height"):
        root.set(key, root.attrib[key].removesuffix("pt"))
    root.attrib.pop("version", None)
    root.set("class", "chart")
    root.set("role", "group")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    for tag, text in (("desc", description), ("title", title)):
        element = ElementTree.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{tag}"})
        element.text = text
        root.insert(0, element)
