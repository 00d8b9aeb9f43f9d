"""Writes the blocks of a story: numbers that go on, notes that are called, drawn prose."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from benchmarks.layouts.setting.looks import House
from benchmarks.layouts.story.blocks import Block, Item, Token, tokens_of
from benchmarks.layouts.story.prose import Prose, open_prose

SYMBOLS = ("*", "†", "‡", "§")
#: Subheadings that leave the role of their section as it is.
SUBHEADS = {
    "facts": (
        "The family", "Early life", "The household in 2019", "School and college", "Housing",
        "Contact with the police", "Contact with health services", "The last eleven weeks",
        "Omar and his brother",
        "What was known of the household in each of the three boroughs before the autumn of 2021",
        "The move to Carrowby", "2016 to 2020", "Christmas 2019",
        "The day of the incident", "Work and money", "Events after Desmond’s return to Aldermoss",
    ),
    "other": (
        "Sharing information between agencies", "Assessing risk", "Listening to relatives",
        "Housing and money", "The part played by alcohol", "Equality and diversity",
        "Supervision of staff", "Appointments that were missed", "The first year", "Night calls",
        "How the school saw it",
        "Whether what one agency knew of the household reached the others in time, and by what way",
        "Letters that nobody opened", "Thresholds and eligibility",
        "A quiet child", "The use of interpreters", "Two boroughs, two systems",
    ),
}  # fmt: skip
LEAD_INS = (
    "The Review asked each agency about the following matters:",
    "Three things were known at that time to more than one agency:",
    "The panel heard that:",
    "In reaching this view the panel relied on:",
)


@dataclass(slots=True)
class Writer:
    """A story in the making."""

    house: House
    prose: Prose
    rng: random.Random
    items: list[Item] = field(default_factory=list)
    chapter: int = 0
    section: int = 0
    paragraph: int = 0
    notes: int = 0
    tables: int = 0
    figures: int = 0
    appendices: int = 0
    role: str = ""
    note_share: float = 0.0  # of the paragraphs that call a note
    long_notes: bool = False
    pinned: bool = False  # paragraphs go without numbers for now
    margin_notes: bool = False
    run_in_heads: bool = False
    unused: dict[str, list[str]] = field(default_factory=dict)  # subheadings

    def add(self, *items: Item) -> None:
        """Put items at the end."""
        self.items += items

    # --- headings

    def heading(self, text: str, level: int = 1, *, numbered: bool = True, role: str = "") -> None:
        """A heading; those of the first level open a section with a role."""
        if level == 1:
            self.role = role
        number = ""
        style = self.house.number
        if numbered and style != "none" and level == 1:
            self.chapter, self.section = self.chapter + 1, 0
            self.paragraph = self.paragraph if style in ("12", "12.") else 0
            number = f"{self.chapter}." if style.endswith(".") else str(self.chapter)
        elif numbered and style == "4.1.2" and level == 2:
            self.section, self.paragraph = self.section + 1, 0
            number = f"{self.chapter}.{self.section}"
        look = f"heading{level}" + ("_numbered" if number else "")
        look = look if look in self.house.looks else f"heading{level}"
        self.add(
            Block(
                kind="heading",
                tokens=tokens_of(text),
                number=number,
                level=level,
                role=self.role,
                look=look,
            )
        )

    # --- paragraphs

    def next_number(self) -> str:
        """The number of the next paragraph, as the house prints it."""
        style = self.house.number
        if style == "none" or self.pinned:
            return ""
        self.paragraph += 1
        if style in ("12", "12."):
            return f"{self.paragraph}" + style[2:]
        if style == "4.1.2":
            return f"{self.chapter}.{max(self.section, 1)}.{self.paragraph}"
        return f"{self.chapter}.{self.paragraph}" + ("." if style.endswith(".") else "")

    def marked(self, text: str) -> tuple[Token, ...]:
        """The words of a text; some texts call a note inside or at the end."""
        tokens = list(tokens_of(text))
        if self.run_in_heads and self.rng.random() < 0.4:
            n = min(3, len(tokens) - 1)
            tokens[:n] = [token._replace(style="b") for token in tokens[:n]]
        if self.rng.random() < self.note_share:
            stops = [k for k, token in enumerate(tokens) if token.text.endswith((".", ","))]
            place = self.rng.choice(stops or [len(tokens) - 1])
            tokens.insert(place + 1, self.mark())
        return tuple(tokens)

    def mark(self) -> Token:
        """A raised mark that calls a new note."""
        self.notes += 1
        text = self.prose.text("note")
        if self.long_notes and self.notes % 3 == 0:
            text = " ".join([text, *self.prose.texts("note", 5)])
        symbols = self.house.note_mark == "symbol"
        number = SYMBOLS[(self.notes - 1) % 2] if symbols else str(self.notes)
        note = Block(kind="footnote", tokens=tokens_of(text), number=number, role=self.role)
        return Token(number, raised=True, note=note)

    def para(self, pool: str) -> None:
        """A paragraph from a pool, numbered as the house does."""
        number = self.next_number()
        margin = None
        if self.margin_notes and self.rng.random() < 0.5:
            margin = Block(kind="margin_note", tokens=tokens_of(self.short_head()), scored=False)
        self.add(
            Block(
                kind="paragraph",
                tokens=self.marked(self.prose.text(pool)),
                number=number,
                role=self.role,
                look="paragraph" if number or self.margin_notes else "unnumbered",
                margin_note=margin,
            )
        )

    def short_head(self) -> str:
        """One or two short words for a margin."""
        words = self.subhead().split()
        return " ".join(word for word in words[:2] if len(word) < 12).rstrip(",")

    def subhead(self) -> str:
        """A subheading that says nothing of the role of its section."""
        pool = "facts" if self.role == "facts" else "other"
        if not self.unused.get(pool):
            self.unused[pool] = self.rng.sample(SUBHEADS[pool], len(SUBHEADS[pool]))
        return self.unused[pool].pop()

    def lead_in(self) -> None:
        """A paragraph that opens a list."""
        number = self.next_number()
        look = "paragraph" if number else "unnumbered"
        tokens = tokens_of(self.rng.choice(LEAD_INS))
        self.add(Block(kind="paragraph", tokens=tokens, number=number, role=self.role, look=look))

    def bullets(self, n: int, *, nested: bool = False, signs: tuple[str, str] = ("•", "–")) -> None:
        """Bullets, the second with bullets of its own where nested."""
        for k in range(n):
            self.add(self.bullet(1, signs[0]))
            if nested and k == 1:
                self.add(*(self.bullet(2, signs[1]) for _ in range(2)))

    def bullet(self, level: int, sign: str, look: str = "") -> Block:
        """One bullet."""
        return Block(
            kind="bullet",
            tokens=tokens_of(self.prose.text("bullet")),
            bullet=sign,
            level=level,
            role=self.role,
            look=look or f"bullet{level}",
        )

    def lettered(self, n: int, style: str = "(a)") -> None:
        """Items with letters or small roman numerals."""
        roman = ("i", "ii", "iii", "iv", "v", "vi", "vii")
        for k in range(n):
            sign = roman[k] if "i" in style else chr(ord("a") + k)
            number = style.replace("i" if "i" in style else "a", sign)
            self.add(
                Block(
                    kind="bullet",
                    tokens=tokens_of(self.prose.text("bullet")),
                    number=number,
                    level=1,
                    role=self.role,
                    look="lettered",
                )
            )

    def quotation(self) -> None:
        """A quotation on its own."""
        text = self.prose.text("quotation")
        self.add(Block(kind="quotation", tokens=tokens_of(text), role=self.role))

    def caption(self, kind: str) -> None:
        """The caption of a table or figure."""
        count = self.tables = self.tables + 1 if kind == "Table" else self.tables
        if kind == "Figure":
            count = self.figures = self.figures + 1
        text = f"{kind} {count}: {self.subhead()}"
        self.add(Block(kind="caption", tokens=tokens_of(text), role=self.role))

    def row(self, cells: list[str], *traits: str, kind: str = "table_row") -> Block:
        """A row of a table."""
        return Block(
            kind=kind, cells=tuple(map(tokens_of, cells)), role=self.role, traits=tuple(traits)
        )


def open_writer(house: House, seed: int) -> Writer:
    """A writer with prose of its own."""
    return Writer(house, open_prose(seed), random.Random(seed + 1))


def plain_block(text: str, look: str = "plain", *, scored: bool = False, role: str = "") -> Block:
    """A paragraph that is not numbered, by default one whose bounds are a matter of taste."""
    return Block(kind="paragraph", tokens=tokens_of(text), look=look, scored=scored, role=role)


def bold(block: Block) -> Block:
    """The block in bold."""
    return replace(block, tokens=tuple(token._replace(style="b") for token in block.tokens))
