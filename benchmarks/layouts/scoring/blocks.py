"""Block-level scores: paragraphs, numbers, rows, headings, roles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from benchmarks.layouts.scoring.align import TruthWord, normal
from benchmarks.layouts.scoring.tally import Tally

PROSE = ("paragraph", "bullet", "recommendation", "quotation")
NUMBERED = (*PROSE, "heading")
ROWS = ("table_row", "chronology_entry")
PAGE_AT_END = re.compile(r"[\s.·…]*\b(?:\d{1,3}|[ivx]+)$|[\s.·…]+$")
PAGE_AT_START = re.compile(r"^(?:\d{1,3}|[ivx]+)\s+(?=\S)")


class ReadBlock(NamedTuple):
    """A segment as it was read."""

    kind: str
    number: str
    level: int
    role: str
    text: str
    cells: tuple[str, ...]
    pages: tuple[int, int]


@dataclass(slots=True)
class Held:
    """Which words of the truth each segment holds, and the other way round."""

    segments: Sequence[ReadBlock]
    true: Sequence[TruthWord]
    owner: dict[int, int]  # truth word -> segment
    by_block: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    blocks_in: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def __post_init__(self) -> None:
        for number, word in enumerate(self.true):
            if word.part in ("body", "margin_note"):
                self.by_block[word.block].append(number)
                if number in self.owner:
                    self.blocks_in[self.owner[number]][word.block] += 1

    def owners(self, block: int) -> list[int]:
        """The segments that hold words of a block, those with most words first."""
        counts = Counter(self.owner[n] for n in self.by_block[block] if n in self.owner)
        return [segment for segment, _ in counts.most_common()]

    def first(self, block: int) -> int | None:
        """The segment that holds the first word of a block."""
        words = self.by_block[block]
        return self.owner.get(words[0]) if words else None


def score_blocks(truth: dict[str, Any], held: Held, tally: Tally) -> None:
    """All scores of one document's blocks."""
    turned = {page["number"] for page in truth["pages"] if page["turned"]}
    for number, block in enumerate(truth["blocks"]):
        if turned & set(block["pages"]):
            block["traits"].append("turned")
            if block["kind"] not in ROWS:
                continue  # only the words and rows of turned pages are scored
        if not block["scored"]:
            if block["kind"] == "margin_note":
                _margin(number, block, held, tally)
            continue
        if block["kind"] in PROSE:
            _prose(number, block, held, tally)
        elif block["kind"] in ROWS:
            _row(number, block, held, tally)
        elif block["kind"] in ("heading", "caption", "contents_line", "footnote"):
            _named(number, block, held, tally)
    _numbers(truth, held, tally)
    _levels(truth, held, tally)
    _spurious_headings(truth, held, tally)


def _accepted(block: dict[str, Any]) -> list[str]:
    return [normal(text) for text in (block["text"], *(text for _, text in block["also"]))]


def _main(number: int, held: Held) -> ReadBlock | None:
    owners = held.owners(number)
    return held.segments[owners[0]] if owners else None


def _prose(number: int, block: dict[str, Any], held: Held, tally: Tally) -> None:
    """Text exactly equal after hyphen repair, and kind and role of the segment."""
    main = _main(number, held)
    exact = main is not None and normal(main.text) in _accepted(block)
    for name in ("paragraph text exact", f"{block['kind']} text exact"):
        tally.count(name, exact)
    if block["broken"]:
        tally.count("text exact where a word is broken", exact)
    if len(block["pages"]) > 1:
        tally.count("paragraph over pages exact", exact)
    if not exact:
        tally.fail(f"text: {why(number, block, held)}", block["pages"][0], block["text"])
    if main is None:
        return
    tally.count("kind of exact text", exact and main.kind == block["kind"], exact)
    if exact and main.kind != block["kind"]:
        tally.fail(f"kind: {block['kind']} read as {main.kind}", block["pages"][0], block["text"])
    if block["role"]:
        tally.count("section role", main.role == block["role"])
        if main.role != block["role"]:
            kind = f"role: {block['role']} read as {main.role}"
            tally.fail(kind, block["pages"][0], block["text"])


def why(number: int, block: dict[str, Any], held: Held) -> str:
    """The likely reason why a text is not exact."""
    owners = held.owners(number)
    if not owners:
        return "lost"
    main = held.segments[owners[0]]
    others = {b for b in held.blocks_in[owners[0]] if b != number}
    squeezed = normal(main.text).replace("-", "").replace(" ", "")
    if squeezed == normal(block["text"]).replace("-", "").replace(" ", ""):
        same_words = normal(main.text).replace("-", "") == normal(block["text"]).replace("-", "")
        return "hyphen" if same_words else "words joined or split"
    if len(owners) > 1:
        over = "over pages or columns" if len(block["pages"]) > 1 else "on a page"
        return f"split {over}"
    if others:
        return "merged with another block"
    if sorted(normal(main.text).split()) == sorted(normal(block["text"]).split()):
        return "words out of order"
    return "other signs in it"


def _row(number: int, block: dict[str, Any], held: Held, tally: Tally) -> None:
    """A row of a table: all cells exactly equal, empty ones too (not where cells are merged)."""
    traits = ["turned"] if "turned" in block["traits"] else ["ruled", "half_ruled", "unruled"]
    names = [f"{trait} rows exact" for trait in traits if trait in block["traits"]]
    if len(block["pages"]) > 1:
        names += [f"{name}, over pages" for name in names]
    want = tuple(normal(cell) for cell in block["cells"])
    exact = False
    for owner in held.owners(number):
        segment = held.segments[owner]
        cells = tuple(normal(cell) for cell in segment.cells)
        if "merged" in block["traits"]:
            cells = tuple(cell for cell in cells if cell) or (normal(segment.text),)
        # Rows of a table of recommendations may be called recommendations.
        whole = (segment.number, *cells) if segment.kind == "recommendation" else cells
        exact = exact or (segment.kind in (*ROWS, "recommendation") and want in (cells, whole))
    for name in names:
        tally.count(name, exact)
    if not exact:
        reason = why_row(number, block, held)
        tally.fail(f"{names[-1]}: {reason}", block["pages"][0], block["text"])
        return
    main = _main(number, held)
    if block["kind"] == "chronology_entry" and main is not None:
        tally.count("chronology entry kind", main.kind == "chronology_entry")


def why_row(number: int, block: dict[str, Any], held: Held) -> str:
    """The likely reason why a row is not exact."""
    owners = held.owners(number)
    if not owners:
        return "lost"
    main = held.segments[owners[0]]
    if main.kind not in ROWS:
        return f"read as {main.kind}"
    if len(owners) > 1:
        return "split into several rows"
    if any(b != number for b in held.blocks_in[owners[0]]):
        return "merged with another row"
    if len(main.cells) != len(block["cells"]):
        return f"{len(main.cells)} cells for {len(block['cells'])}"
    return "text of a cell"


def _named(number: int, block: dict[str, Any], held: Held, tally: Tally) -> None:
    """Headings, captions, contents lines and footnotes: text exact and kind right."""
    kind = block["kind"]
    main = _main(number, held)
    text = normal(main.text) if main else ""
    # A contents line is exact with or without its leader and its page number.
    bare = PAGE_AT_START.sub("", PAGE_AT_END.sub("", text))
    exact = text in _accepted(block) or (
        kind == "contents_line" and bool({bare, PAGE_AT_END.sub("", text)} & {*_accepted(block)})
    )
    right = main is not None and main.kind == kind
    tally.count(f"{kind} found", exact and right)
    if not exact:
        tally.fail(f"{kind}: {why(number, block, held)}", block["pages"][0], block["text"])
    elif main is not None and not right:
        tally.fail(f"kind: {kind} read as {main.kind}", block["pages"][0], block["text"])
    if kind == "footnote" and main is not None:
        tally.count("footnote numbers", main.number.rstrip(".") == block["number"])


def _margin(number: int, block: dict[str, Any], held: Held, tally: Tally) -> None:
    """A margin note stays out of the paragraph beside it."""
    apart = all(set(held.blocks_in[owner]) == {number} for owner in held.owners(number))
    tally.count("margin notes kept apart", apart)
    if not apart:
        tally.fail("margin note in a paragraph", block["pages"][0], block["text"])


def _numbers(truth: dict[str, Any], held: Held, tally: Tally) -> None:
    """Numbers of paragraphs, items, recommendations and headings, each at its own block."""
    right: set[int] = set()
    for number, block in enumerate(truth["blocks"]):
        if not (block["scored"] and block["number"] and block["kind"] in NUMBERED):
            continue
        first = held.first(number)
        found = held.segments[first].number if first is not None else ""
        wanted = {block["number"], *(name for name, _ in block["also"])}
        good = found.rstrip(".") in {name.rstrip(".") for name in wanted} and bool(found)
        tally.count("numbers recall", good)
        if good and first is not None:
            right.add(first)
        else:
            tally.fail(
                f"number: {block['kind']} number not read", block["pages"][0],
                f"{block['number']} {block['text']}: read {found!r}",
            )  # fmt: skip
    turned = {page["number"] for page in truth["pages"] if page["turned"]}
    unscored = {n for n, block in enumerate(truth["blocks"]) if not block["scored"]}
    also = {n for n, block in enumerate(truth["blocks"]) if block["also"]}
    for n, segment in enumerate(held.segments):
        if not segment.number or segment.kind not in NUMBERED or segment.cells:
            continue
        if segment.pages[0] in turned:
            continue
        if set(held.blocks_in[n]) & (unscored | also) and n not in right:
            continue
        tally.count("numbers precision", n in right)
        if n not in right:
            detail = f"{segment.number} | {segment.text}"
            tally.fail("number: not a number", segment.pages[0], detail)


def _levels(truth: dict[str, Any], held: Held, tally: Tally) -> None:
    """Levels of headings: equal, and in the right relation to each other (all pairs)."""
    pairs: list[tuple[int, int]] = []
    for number, block in enumerate(truth["blocks"]):
        main = _main(number, held)
        if block["kind"] != "heading" or not block["scored"] or main is None:
            continue
        if main.kind != "heading" or "boxed" in block["traits"]:
            continue
        pairs.append((block["level"], main.level))
        tally.count("heading levels equal", block["level"] == main.level)
        if block["level"] != main.level:
            kind = f"level: {block['level']} read as {main.level}"
            tally.fail(kind, block["pages"][0], block["text"])
    for k, (want, got) in enumerate(pairs):
        for other_want, other_got in pairs[:k]:
            if want != other_want:
                right = (want < other_want) == (got < other_got) and got != other_got
                tally.count("heading levels in order", right)


def _spurious_headings(truth: dict[str, Any], held: Held, tally: Tally) -> None:
    """How many of the segments called headings are headings."""
    for n, segment in enumerate(held.segments):
        if segment.kind != "heading" or not held.blocks_in[n]:
            continue
        block = truth["blocks"][held.blocks_in[n].most_common(1)[0][0]]
        if not block["scored"]:
            continue
        tally.count("headings precision", block["kind"] == "heading")
        if block["kind"] != "heading":
            tally.fail(f"kind: {block['kind']} read as heading", segment.pages[0], segment.text)
