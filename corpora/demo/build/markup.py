"""The markup in which the made reviews are written: text, layout and codings in one file.

    @id D15_sar_hoarding              keys of the document, one a line, before the first block
    @person V | Ivor | deceased | relation | 68 | male | White British | alias; alias
    @recommend 1 | Addressee | text   a recommendation that is printed inside a paragraph
    @event 2021-03 | month | what happened | Agency; Agency
    ~ facts                           the section role of what follows
    #1 [4] Heading                    a heading of level 1, printed with the number 4
    [4.2] Text.{^1}                   a numbered paragraph that refers to footnote 1
    ^1 Text.                          the footnote; it follows its paragraph
    Text.                             a paragraph without a number
    * Text.   *(a) Text.              a bullet; a lettered one
    > Text.                           a quotation
    R [Recommendation 1] Addressee :: text
    ! Table 1: Caption                a caption
    |w 2 3 5                          shares of the width, which begin a table
    |h Date | Event                   its head;  |r a | b  a row;  |c date | b  of a chronology
    ---                               a new page;  --- rotated  turned sideways, --- upright back

A coded passage is ``{words|code assertion role? PERSON? time?; code ...}``. ``?code`` is optional
(counted neither way), ``+`` marks good practice. The role may be left out where a person is
named, and everything after ``g`` (general), ``r`` (recommendation) and ``h`` (hypothetical).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

ASSERTIONS = {
    "a": "affirmed", "s": "suspected", "n": "negated", "h": "hypothetical", "g": "general",
    "r": "recommendation",
}  # fmt: skip
ROLES = {
    "ic": "index_child", "v": "victim", "p": "perpetrator", "d": "deceased", "pc": "parent_carer",
    "sib": "sibling", "hh": "household_member", "peer": "peer", "grp": "patient_or_group",
    "ag": "agency", "pl": "place", "na": "not_applicable",
}  # fmt: skip
TIMES = {
    "ch": "childhood", "pa": "past", "cu": "current_at_incident", "ii": "index_incident",
    "po": "post_incident", "un": "unclear",
}  # fmt: skip
CODED = re.compile(r"\{([^{}|]+)\|([^{}]+)\}")
NOTE = re.compile(r"\{\^(\d+)\}")
CELLS = re.compile(r" \| (?![^{]*\})")
KINDS = {"h": "table_row", "r": "table_row", "c": "chronology_entry"}


@dataclass
class Block:
    """One paragraph of the truth, or a turn of the layout (kind ``break`` or ``columns``)."""

    kind: str
    text: str = ""
    number: str | None = None
    section_role: str = "front_matter"
    level: int | None = None
    addressee: str = ""
    cells: list[str] = field(default_factory=list)
    codings: list[dict[str, object]] = field(default_factory=list)  # without paragraph_index
    optional: list[dict[str, object]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # numbers of the footnotes referred to
    printed: str = ""  # the text with footnote marks as {^1}
    turn: str = ""  # of a break: "", rotated or upright
    shares: list[float] = field(default_factory=list)  # of a table's first row
    is_head: bool = False


@dataclass
class Manuscript:
    """A parsed markup file."""

    keys: dict[str, str] = field(default_factory=dict)
    people: list[dict[str, object]] = field(default_factory=list)
    events: list[dict[str, object]] = field(default_factory=list)
    recommendations: list[dict[str, object]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


def typographic(source: str) -> str:
    """The markup with curved quotation marks; lines that hold JSON are left alone."""
    return "\n".join(
        line if line.startswith(("@incident", "@misread")) else _curved(line)
        for line in source.splitlines()
    )


def _curved(line: str) -> str:
    line = re.sub(r"(^|[\s(\[{|])\"", "\\1\u201c", line).replace('"', "\u201d")
    return re.sub(r"(^|[\s(\[{|])'", "\\1\u2018", line).replace("'", "\u2019")


def parse(source: str) -> Manuscript:
    """The manuscript that the markup describes; ValueError names the line that it cannot read."""
    manuscript = Manuscript()
    section, shares = "front_matter", [1.0]
    for line in filter(None, map(str.strip, source.splitlines())):
        if line.startswith("@"):
            _read_key(line, manuscript)
        elif line.startswith("~ "):
            section = line[2:]
        elif line.startswith("|w "):
            shares = [float(share) for share in line[3:].split()]
        else:
            block = _block(line, manuscript)
            block.section_role = section
            block.shares = shares if block.cells else []
            manuscript.blocks.append(block)
    return manuscript


def _read_key(line: str, manuscript: Manuscript) -> None:
    key, _, value = line[1:].partition(" ")
    parts = [part.strip() for part in value.split("|")]
    if key == "person":
        parts += [""] * (8 - len(parts))
        manuscript.people.append(
            {
                "id": parts[0],
                "name": parts[1],
                "role": ROLES[parts[2]],
                "relation": parts[3],
                "age": int(parts[4]) if parts[4] else None,
                "sex": parts[5] or None,
                "ethnicity": parts[6] or None,
                "aliases": _listed(parts[7]),
            }
        )
    elif key == "recommend":
        number, addressee, text = parts
        manuscript.recommendations.append(
            {"number": number or None, "text": text, "addressee": addressee}
        )
    elif key == "event":
        date, precision, event, *agencies = parts
        manuscript.events.append(
            {"date": date, "precision": precision, "event": event}
            | {"agencies": _listed("".join(agencies))}
        )
    else:
        manuscript.keys[key] = value.strip()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _block(line: str, manuscript: Manuscript) -> Block:
    if found := re.fullmatch(r"--- ?(\w*)", line):
        return Block("break", turn=found[1])
    if found := re.fullmatch(r"\|([hrc]) (.*)", line):
        return _row(found[1], found[2], manuscript)
    if found := re.fullmatch(r"R \[(.*?)\] (.*?) :: (.*)", line):
        block = _text_block("recommendation", found[3], manuscript, number=found[1])
        block.addressee = found[2]
        return block
    if found := re.fullmatch(r"#(\d) (?:\[(.*?)\] )?(.*)", line):
        block = _text_block("heading", found[3], manuscript, number=found[2])
        block.level = int(found[1])
        return block
    for pattern, kind in (
        (r"(\*)(?=\()(\(\w+\)) (.*)", "bullet"),
        (r"(\*)()\s(.*)", "bullet"),
        (r"(\^)(\d+) (.*)", "footnote"),
        (r"(>)() (.*)", "quotation"),
        (r"(!)() (.*)", "caption"),
        (r"(\[)([^\]]+)\] (.*)", "paragraph"),
    ):
        if found := re.fullmatch(pattern, line):
            return _text_block(kind, found[3], manuscript, number=found[2] or None)
    return _text_block("paragraph", line, manuscript)


def _text_block(kind: str, marked: str, manuscript: Manuscript, number: str | None = None) -> Block:
    block = Block(kind, number=number, notes=NOTE.findall(marked))
    for quote, specs in CODED.findall(marked):
        _code(block, NOTE.sub("", quote), specs, manuscript)
    block.printed = CODED.sub(r"\1", marked)
    block.text = NOTE.sub("", block.printed)
    return block


def _row(letter: str, marked: str, manuscript: Manuscript) -> Block:
    block = Block(KINDS[letter], is_head=letter == "h")
    for cell in CELLS.split(marked):
        part = _text_block("", cell, manuscript)
        block.cells.append(part.text)
        block.codings += part.codings
        block.optional += part.optional
    block.text = block.printed = " | ".join(block.cells)
    return block


def _code(block: Block, quote: str, specs: str, manuscript: Manuscript) -> None:
    for spec in specs.split(";"):
        code, *words = spec.split()
        optional = code.startswith("?")
        coding = {"quote": quote, "code": code.lstrip("?")} | _attributes(code, words, manuscript)
        (block.optional if optional else block.codings).append(coding)


def _attributes(code: str, words: list[str], manuscript: Manuscript) -> dict[str, object]:
    known = {person["id"]: person for person in manuscript.people}
    person = next((word for word in words if word in known), None)
    rest = [word for word in words if word != person and word != "+"]
    assertion = next((ASSERTIONS[word] for word in rest if word in ASSERTIONS), None)
    role = next((ROLES[word] for word in rest if word in ROLES), None)
    time = next((TIMES[word] for word in rest if word in TIMES), None)
    unread = [word for word in rest if word not in ASSERTIONS | ROLES | TIMES]
    if unread or assertion is None:
        raise ValueError(f"{code} {' '.join(words)}: cannot be read, see the top of markup.py")
    practice = code.lstrip("?").startswith("ap_") or code.lstrip("?") == "service_access"
    if role is None:
        role = _default_role(assertion, practice, known[person]["role"] if person else None)
    if role is None or (time is None and assertion in ("affirmed", "suspected", "negated")):
        raise ValueError(f"{code} {' '.join(words)}: needs a role and a time")
    valence = "positive" if "+" in words else "negative" if practice else "not_applicable"
    return {
        "assertion": assertion, "subject_role": role, "person_id": person,
        "temporality": time or "unclear", "valence": valence,
    }  # fmt: skip


def _default_role(assertion: str, practice: bool, role: object) -> object:
    if assertion == "general":
        return "not_applicable"
    if role is None and practice:
        return "agency"
    if role is None and assertion == "recommendation":
        return "patient_or_group"
    return role


def codings_of(blocks: list[Block]) -> Iterator[tuple[int, dict[str, object], bool]]:
    """Index of the block, coding, and whether it is optional."""
    for index, block in enumerate(blocks):
        for coding in block.codings:
            yield index, coding, False
        for coding in block.optional:
            yield index, coding, True
