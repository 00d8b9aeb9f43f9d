"""Tables and lists of people: who is who, as the review itself sets it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.coding.people.finding.descriptions import Describer, Description, read_age
from workbench.coding.people.finding.naming.evidence import WORD
from workbench.coding.rules.context import PeopleContext
from workbench.records import SectionRole, Segment, SegmentKind

_NAME_HEADS = frozenset({"name", "names", "pseudonym", "person", "who", "initials", "initial",
                         "family member", "individual", "known as", "referred to as", "identifier",
                         "name used", "name in this report", "subject", "designation", "called",
                         "family", "pseudonym used", "identity", "member of family"})  # fmt: skip
_ABOUT_HEADS = re.compile(
    r"\b(?:age|aged|relation\w*|who (?:they|s?he) (?:are|were|is|was)|description|role|gender|sex|"
    r"ethnicity|status|details|link|connection|born|date of birth|part)\b", re.I
)  # fmt: skip
_OTHER_HEADS = re.compile(
    r"\b(?:agency|agencies|organisation|job|post|title|event|action|outcome|source|date of "
    r"(?:contact|event)|service)\b", re.I
)  # fmt: skip
_TABLES = frozenset({SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY})
_TEXTS = frozenset({SegmentKind.PARAGRAPH, SegmentKind.BULLET, SegmentKind.HEADING,
                    SegmentKind.TABLE_ROW, SegmentKind.CAPTION})  # fmt: skip
_NO_LISTS = frozenset({SectionRole.GLOSSARY, SectionRole.RECOMMENDATIONS, SectionRole.LITERATURE})
_LONGEST_ITEM = 220  # characters of a list item that describes one person
_QUOTES = "“”\"'‘’"
_THE_ONE = re.compile(r"The [a-z]+(?: [a-z]+)?")  # "The manager" in a column of names


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a table or list."""

    name: str
    description: Description
    aliases: tuple[str, ...] = ()


class ListReader:
    """Reads tables and lists of people."""

    def __init__(self, context: PeopleContext) -> None:
        self._describer = Describer(context)
        titles = "|".join(context.titles)
        words = "|".join(map(re.escape, (*context.designations, *context.professions)))
        self._kin_names = frozenset(context.kin_names)
        kin = "|".join(sorted(map(re.escape, context.kin_names), key=len, reverse=True))
        self._kin = "|".join(sorted(map(re.escape, context.kin), key=len, reverse=True))
        self._not_names = context.not_names | context.bodies
        name = (rf"(?:(?:{titles}) (?:[A-Z]{{1,2}}\b|{WORD})|(?:{words}) ?(?:[A-Z]{{1,2}}|"
                rf"\d{{1,2}})\b|(?:{kin})\b|[A-Z]{{1,3}}\d?\b|{WORD}(?: {WORD})?)")  # fmt: skip
        self._name = re.compile(rf"[{_QUOTES}]?({name})[{_QUOTES}]?")
        self._the_kin = re.compile(rf"[Tt]he (?:[a-z-]+ )?(?:{self._kin})$")
        roles = (r"[Tt]he victim|[Vv]ictim|[Pp]erpetrator|[Dd]eceased|[Ss]ubject(?: child)?|"
                 r"[Ii]ndex child|[Ss]uspect|[Oo]ffender")  # fmt: skip
        self._label = re.compile(
            rf"(?:^|[.;] |\s)(?P<label>(?:{roles}|(?:[A-Z][a-z]+ ){{0,2}}(?i:{self._kin})))"
            rf"(?: of (?P<of>\w+))?(?: ?[:–—]| -) ?[{_QUOTES}]?(?P<name>{name})"
            r"(?P<rest>[^.;]{0,60})"
        )  # fmt: skip
        first = rf"^[{_QUOTES}]?(?P<name>{name})[{_QUOTES}]?"
        self._items_of = (
            re.compile(rf"{first}(?: ?[:–—]| -) (?P<rest>[^.]{{2,80}})"),
            re.compile(rf"{first} \((?P<rest>[^)]{{2,60}})\)"),
            re.compile(rf"{first}, (?P<rest>[^.]{{2,60}})\.?$"),
        )  # fmt: skip

    def read(self, segments: Sequence[Segment]) -> tuple[Listed, ...]:
        """Everybody whom a table or list describes, in the order of the text."""
        found: list[Listed] = []
        table: list[Segment] = []
        for segment in segments:
            if segment.section_role in _NO_LISTS:
                continue
            if segment.kind in _TABLES:
                table.append(segment)
                continue
            found += self._table(table)
            table = []
            if segment.kind in _TEXTS:
                found += self._items(segment.text)
        return (*found, *self._table(table))

    def _table(self, rows: Sequence[Segment]) -> Iterator[Listed]:
        if len(rows) < 2:
            return
        cells = [row.cells or tuple(row.text.split(" | ")) for row in rows]
        heads = [head.strip().lower() for head in cells[0]]
        column = next((i for i, head in enumerate(heads) if head in _NAME_HEADS), None)
        # "Name | Age | Outcome | When" is a table of people, whatever else it tells.
        of_people = column is not None and any(_is_age(head) for head in heads)
        if not of_people and any(_OTHER_HEADS.search(head) for head in heads):
            return
        told = column is not None and any(
            _ABOUT_HEADS.search(head) for i, head in enumerate(heads) if i != column
        )
        if not told:
            column = self._name_column(cells)
        if column is None:
            return
        for row in cells[1:] if told else cells:
            yield from self._row(row, heads if told else [], column)

    def _name_column(self, rows: Sequence[tuple[str, ...]]) -> int | None:
        """The column of names in a table without a head: others tell kin and roles."""
        for column in range(min(map(len, rows))):
            names = [row for row in rows if self._names(row[column])]
            told = [
                row
                for row in names
                if any(_tells(self._describer.read(cell)) for cell in _without(row, column))
            ]
            if len(names) >= 2 and len(told) >= 0.6 * len(rows):
                return column
        return None

    def _row(self, row: tuple[str, ...], heads: Sequence[str], column: int) -> Iterator[Listed]:
        if len(row) <= column:
            return
        text = ". ".join(cell for cell in _without(row, column) if cell.strip())
        description = self._describer.read(text)
        for head, cell in zip(heads, row, strict=False):
            if _is_age(head):
                age = read_age(cell, is_age=True)
                # Of "Died November 2014 aged 58" in another cell the age is known already.
                if age is not None or description.age_years is None:
                    description = _with_age(description, age)
        names = self._names(row[column])
        if heads and not names and (match := _THE_ONE.fullmatch(row[column].strip())):
            names = [match.group()]
        inner = re.search(r"\(([^)]+)\)", row[column])
        for name in names:
            alias = tuple(self._names(inner.group(1))) if inner and len(names) == 1 else ()
            yield Listed(name, description, alias)

    def _names(self, cell: str) -> list[str]:
        """The names in a cell of names: one, or several with commas between them."""
        found = []
        for part in re.split(r", | and | / ", re.sub(r"\([^)]*\)", "", cell)):
            text = part.strip(f" {_QUOTES}.,")
            match = self._name.fullmatch(text)
            if self._the_kin.match(text):
                found.append(text)
            elif match and (
                match.group(1) in self._kin_names
                or not all(word in self._not_names for word in match.group(1).split())
            ):
                found.append(match.group(1))
        return found

    def _items(self, text: str) -> Iterator[Listed]:
        """Read "Victim: Maren (34)" anywhere and "Maren – the victim, aged 34" as an item."""
        for match in self._label.finditer(text):
            if match["name"] not in self._not_names:
                label = match["label"] + (f" of {match['of']}" if match["of"] else "")
                yield Listed(match["name"], self._describer.read(f"{label}. {match['rest']}"))
        if len(text) > _LONGEST_ITEM:
            return
        item = next((m for form in self._items_of if (m := form.match(text))), None)
        if item and item["name"] not in self._not_names:
            description = self._describer.read(item["rest"])
            if _tells(description):
                yield Listed(item["name"], description)


def _tells(description: Description) -> bool:
    return description.role is not None or description.kinship is not None


def _is_age(head: str) -> bool:
    return "age" in head.split() or head == "aged"


def _without(row: tuple[str, ...], column: int) -> list[str]:
    return [cell for i, cell in enumerate(row) if i != column]


def _with_age(description: Description, age: int | None) -> Description:
    return Description(
        description.role, description.kinship, age, description.sex, description.ethnicity
    )
