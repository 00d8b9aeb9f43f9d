"""XML as a tree, without entities, without document types, without anything from outside."""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from workbench.errors import InputError

MAX_ELEMENTS = 5_000_000
MAX_DEPTH = 200


def parse_xml(data: bytes, where: str) -> Element:
    """The root element; names as ``{namespace}name``.

    Raises:
        InputError: It is no XML, or has a document type, an entity, or too many or too deeply
            nested elements.
    """
    return _Reader(where).read(data)


class _Reader:
    def __init__(self, where: str) -> None:
        self._where = where
        self._builder = TreeBuilder()
        self._n_elements = self._depth = 0
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.StartDoctypeDeclHandler = self._forbidden
        parser.EntityDeclHandler = self._forbidden
        parser.UnparsedEntityDeclHandler = self._forbidden
        parser.ExternalEntityRefHandler = self._forbidden
        self._parser = parser

    def read(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            raise InputError(f"{self._where}: is no XML that can be read ({error}).") from error
        return self._builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._n_elements += 1
        self._depth += 1
        if self._n_elements > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise InputError(
                f"{self._where}: has more than {MAX_ELEMENTS} elements, or more than {MAX_DEPTH} "
                "inside each other."
            )
        self._builder.start(_qualified(name), {_qualified(k): v for k, v in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_qualified(name))

    def _forbidden(self, *_: object) -> NoReturn:
        raise InputError(
            f"{self._where}: has a document type or an entity, which no export needs and which "
            "could read files or fill the memory. It was not read."
        )


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def local_name(element: Element) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]
