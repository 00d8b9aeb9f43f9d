"""The sections that a generated document is put together from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from benchmarks.layouts.story.blocks import Block, Boxed, Break, Contents, Figure, Table, tokens_of
from benchmarks.layouts.story.writer import Writer, plain_block

#: Names of successive chronologies of one document.
CHRONOLOGIES = ("Chronology", "Chronology of key events", "Combined chronology of contacts")
PLACES = ("Aldermoss", "Wexcombe", "Carrowby", "Stannery", "Westermoor", "Tidewell")


def cover(writer: Writer) -> None:
    """A title page."""
    place = writer.rng.choice(PLACES)
    writer.add(
        Block(kind="heading", tokens=tokens_of(writer.house.title), look="title", scored=False),
        plain_block(f"Report for the Safer {place} Partnership", "subtitle", role="front_matter"),
        plain_block("Overview report of the independent chair", role="front_matter"),
    )


def contents(writer: Writer, style: str = "dots", depth: int = 2) -> None:
    """A contents page of its own."""
    writer.add(Break(page=True, front=True))
    writer.role = "front_matter"
    writer.add(
        Block(
            kind="heading",
            tokens=tokens_of("Contents"),
            level=1,
            role="front_matter",
            look="heading1",
            traits=("unlisted",),
        ),
        Contents(style=style, depth=depth),
        Break(page=True, front=False),
    )


def terms(writer: Writer, style: str = "(a)") -> None:
    """Terms of reference: a lead-in with lettered items and nested bullets."""
    writer.heading("Terms of reference", role="terms_of_reference")
    writer.lead_in()
    writer.lettered(4, style)
    writer.lead_in()
    writer.bullets(3, nested=True, signs=writer.rng.choice((("•", "–"), ("•", "o"), ("–", "•"))))


def method(writer: Writer, n: int = 5) -> None:
    """How the review was done."""
    writer.heading("Methodology", role="methodology")
    for _ in range(n):
        writer.para("method")


def facts(writer: Writer, n: int = 9, *, subheads: bool = True) -> None:
    """The story of the case, under headings of two levels."""
    writer.heading("Background and summary of facts", role="facts")
    for k in range(n):
        if subheads and k % 3 == 0:
            writer.heading(writer.subhead(), 2)
        writer.para("narrative")
        if k == 1:
            writer.quotation()


def analysis(writer: Writer, n: int = 9) -> None:
    """Analysis, with headings of three levels and a list."""
    writer.heading("Analysis", role="analysis")
    for k in range(n):
        if k % 2 == 0:
            writer.heading(writer.subhead(), 2)
        if k == 1:
            writer.heading(writer.subhead(), 3)
        writer.para("analysis")
    writer.lead_in()
    writer.bullets(3, nested=writer.rng.random() < 0.5)


def findings(writer: Writer, n: int = 7) -> None:
    """Findings in short paragraphs."""
    writer.heading("Findings", role="findings")
    for _ in range(n):
        writer.para("findings")


def chronology(
    writer: Writer,
    rules: str = "full",
    n: int = 16,
    *,
    long: bool = False,
    very_long: bool = False,
    **traits: bool,
) -> None:
    """A table of dated events; long entries make rows that go over pages."""
    writer.heading(CHRONOLOGIES[writer.tables % len(CHRONOLOGIES)], role="facts")
    writer.caption("Table")
    name = {"full": "ruled", "half": "half_ruled", "head": "half_ruled"}.get(rules, "unruled")
    rows = [writer.row(["Date", "Agency", "What happened"], name, "head")]
    while len(rows) <= n:
        cells = writer.prose.cells("entry")
        if len(cells) < 3 or not any(sign.isdigit() for sign in cells[0]):
            continue
        event = max(cells[1:], key=len)
        agency = min(cells[1:], key=len)[:40].rsplit(";", 1)[0]
        if long and len(rows) % 3:
            event = " ".join([event, *writer.prose.texts("narrative", len(rows) % 3)])
        if very_long:
            event = " ".join([event, *writer.prose.texts("narrative", 3 + 3 * (len(rows) % 3))])
        rows.append(writer.row([cells[0], agency, event], name, kind="chronology_entry"))
    writer.add(Table(rows=rows, shares=(0.19, 0.23, 0.58), rules=rules, **traits))


def people(writer: Writer, rules: str = "full", **traits: bool) -> None:
    """A short table, with a row over its whole width."""
    writer.caption("Table")
    name = "ruled" if rules == "full" else "half_ruled" if rules == "half" else "unruled"
    rows = [writer.row(["Name used", "Relationship", "Age", "Known to"], name, "head")]
    rows += [
        writer.row(["Nadia", "Subject of the review", "34", "Housing, police"], name),
        writer.row(["Members of the household"], name, "merged"),
        writer.row(["Omar", "Brother", "29", "Probation"], name),
        writer.row(["Ms T", "Mother of Nadia and Omar", "61", "General practice"], name),
        writer.row(["Child 1", "Son of Nadia", "7", "Larch Road School, school nursing"], name),
    ]
    if rules == "none":
        rows = [row for row in rows if "merged" not in row.traits]
    writer.add(Table(rows=rows, shares=(0.2, 0.36, 0.1, 0.34), rules=rules, **traits))


def case_box(writer: Writer, fill: str = "#e9f2ee", bar: str = "", n: int = 2) -> None:
    """A case study in a box."""
    head = Block(
        kind="heading",
        tokens=tokens_of(f"Case study: {writer.short_head()}"),
        level=3,
        role=writer.role,
        look="boxed_heading",
        traits=("boxed", "unlisted"),
    )
    body = [
        plain_block(writer.prose.text("findings"), "boxed", scored=True, role=writer.role)
        for _ in range(n)
    ]
    body.append(writer.bullet(1, "■", "boxed_bullet"))
    body.append(writer.bullet(1, "■", "boxed_bullet"))
    boxed = [replace(block, traits=("boxed",)) for block in body]
    writer.add(Boxed(blocks=[head, *boxed], fill=fill, bar=bar, border=not bar))


def figure(writer: Writer) -> None:
    """A bar chart with its caption under it."""
    values = tuple(writer.rng.randint(4, 60) for _ in range(7))
    block = Block(kind="figure", scored=False)
    labels = tuple(str(2015 + k) for k in range(7))
    writer.add(Figure(values=values, labels=labels, block=block))
    writer.caption("Figure")


def recommendations(writer: Writer, style: str = "hang", n: int = 8) -> None:
    """Recommendations: hanging numbers, boxes, a lead word in bold, or table rows."""
    writer.heading("Recommendations", role="recommendations")
    if style == "table":
        rows = [writer.row(["No.", "Recommendation", "Lead agency"], "ruled", "head")]
        for k in range(n):
            text = writer.prose.text("recommendation")
            rows.append(writer.row([str(k + 1), text, writer.rng.choice(PLACES)], "ruled"))
        writer.add(Table(rows=rows, shares=(0.1, 0.65, 0.25)))
        return
    for k in range(n):
        block = recommendation(writer, style, k + 1)
        writer.add(Boxed(blocks=[block], fill="#e4ecf7") if style == "box" else block)


def recommendation(writer: Writer, style: str, k: int) -> Block:
    """One recommendation in a style."""
    text = writer.prose.text("recommendation")
    number = {"hang": f"{k}.", "letter": f"R{k}", "box": f"Recommendation {k}"}.get(style, "")
    tokens, also = tokens_of(text), ((str(k), text), (f"Recommendation {k}", text))
    if style == "run_in":
        tokens = (*tokens_of(f"Recommendation {k}:", "b"), *tokens)
    return Block(
        kind="recommendation",
        tokens=tokens,
        number=number,
        role="recommendations",
        look="boxed_recommendation" if style == "box" else "recommendation",
        also=also if style in ("run_in", "box") else (),
        traits=("run_in_number",) if style == "run_in" else (),
    )


def actions(writer: Writer, sheet: str = "wide", n: int = 13) -> None:
    """A wide action plan on a page of its own shape."""
    writer.add(Break(page=True, sheet=sheet))
    writer.appendices += 1
    name = f"Appendix {chr(ord('@') + writer.appendices)}: Action plan"
    writer.heading(name, numbered=False, role="appendix")
    for _ in range(2):
        writer.add(plain_block(writer.prose.text("method"), scored=True, role="appendix"))
    names = ["No.", "Action", "Lead", "Measure of success", "Date", "Progress"]
    rows = [writer.row(names, "ruled", "head")]
    for k in range(n):
        measure = writer.prose.text("bullet")
        action, place = writer.prose.text("recommendation"), writer.rng.choice(PLACES)
        date = writer.rng.choice(("June 2025", "31 March 2026", "Ongoing"))
        state = writer.rng.choice(("", "Complete", "In progress; audit due"))
        rows.append(writer.row([str(k + 1), action, place, measure, date, state], "ruled"))
    writer.add(Table(rows=rows, shares=(0.06, 0.34, 0.12, 0.26, 0.1, 0.12), dark_head=True))
    writer.add(Break(page=True, sheet="first"))


def glossary(writer: Writer, rules: str = "none", n: int = 14) -> None:
    """Terms and meanings in two columns."""
    writer.heading("Glossary", role="glossary")
    name = {"full": "ruled", "half": "half_ruled"}.get(rules, "unruled")
    rows = [writer.row(["Term", "Meaning"], name, "head")]
    while len(rows) <= n:
        cells = writer.prose.cells("term")
        if len(cells) == 2 and len(cells[0]) < 40:
            rows.append(writer.row(list(cells), name))
    writer.add(Table(rows=rows, shares=(0.28, 0.72), rules=rules))


def new_page(writer: Writer) -> None:
    """A new page."""
    writer.add(Break(page=True))


def columns(section: Callable[[Writer], None], writer: Writer, n: int = 2) -> None:
    """A section in columns, under its heading over the whole width."""
    start = len(writer.items) + 1
    section(writer)
    writer.items.insert(start, Break(columns=n))
    writer.add(Break(columns=1))
