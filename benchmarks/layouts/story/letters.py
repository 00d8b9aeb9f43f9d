"""Documents that are no reports: a coroner's form, an inspection letter."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.layouts.story.blocks import Block, Form, FormRow, tokens_of
from benchmarks.layouts.story.writer import Writer, plain_block

FORM = (
    ("1", "CORONER", "front_matter"),
    ("2", "CORONER’S LEGAL POWERS", "front_matter"),
    ("3", "INVESTIGATION and INQUEST", "facts"),
    ("4", "CIRCUMSTANCES OF THE DEATH", "facts"),
    ("5", "CORONER’S CONCERNS", "findings"),
    ("6", "ACTION SHOULD BE TAKEN", "recommendations"),
    ("7", "YOUR RESPONSE", "recommendations"),
    ("8", "COPIES and PUBLICATION", "front_matter"),
)
FIXED = {
    "1": ("I am the assistant coroner for the invented coroner area of Westermoor.",),
    "2": (
        "I make this report under paragraph 7, Schedule 5, of the Coroners and Justice Act 2009.",
    ),
    "6": ("In my opinion action should be taken to prevent future deaths.",),
    "7": (
        "You are under a duty to respond to this report within 56 days of the date of this report.",
        "Your response must contain details of action taken or proposed to be taken.",
    ),
    "8": ("I have sent a copy of my report to the Interested Persons named above.",),
}


def form(writer: Writer) -> None:
    """A whole coroner's report in one table of prose."""
    writer.add(
        Block(
            kind="heading",
            tokens=tokens_of("REGULATION 28: REPORT TO PREVENT FUTURE DEATHS"),
            level=1,
            look="heading1",
            scored=False,
            traits=("unlisted",),
        )
    )
    sent = [
        plain_block("THIS REPORT IS BEING SENT TO:", "form"),
        plain_block("1. The Chief Executive, Westermoor Hospitals NHS Foundation Trust", "form"),
        plain_block("2. The Director of Adult Services, Stannery Council", "form"),
    ]
    rows = [FormRow(number=None, blocks=list(sent))]
    for number, title, role in FORM:
        rows.append(FormRow(number=None, blocks=form_box(writer, (number, title, role))))
    writer.add(Form(rows=rows))
    writer.add(plain_block("Signed on 4 March 2024 by the assistant coroner for Westermoor"))


def form_box(writer: Writer, names: tuple[str, str, str]) -> list[Block]:
    """The heading and the prose of one box of the form."""
    number, title, role = names
    writer.role = role
    blocks = [
        Block(
            kind="heading",
            tokens=tokens_of(title),
            number=number,
            level=1,
            role=role,
            look="form_heading",
            traits=("unlisted",),
        )
    ]
    texts = list(FIXED.get(number, ()))
    if number in "34":
        texts = writer.prose.texts("narrative", 4 if number == "3" else 22)
    blocks += [plain_block(text, "form", scored=True, role=role) for text in texts]
    if number == "5":
        blocks.append(plain_block("The MATTERS OF CONCERN are as follows:", "form", scored=True))
        blocks += [concern(writer, k + 1) for k in range(9)]
    return blocks


def concern(writer: Writer, k: int) -> Block:
    """One matter of concern."""
    return Block(
        kind="bullet",
        tokens=tokens_of(writer.prose.text("findings")),
        number=f"({k})",
        level=1,
        role="findings",
        look="form_item",
    )


def letter_head(writer: Writer) -> None:
    """The date, the address and the greeting of a letter."""
    for line in ("12 June 2024", "Ms A Example", "Director of Children’s Services"):
        writer.add(plain_block(line, "address"))
    for line in ("Stannery Council", "1 Example Street", "Stannery ST1 1ZZ"):
        writer.add(plain_block(line, "address"))
    writer.add(plain_block("Dear Ms Example", "salutation"))


def letter(writer: Writer) -> None:
    """An inspection letter: unnumbered paragraphs, square bullets, a closing."""
    letter_head(writer)
    writer.heading("Focused visit to Stannery children’s services")
    for _ in range(2):
        writer.para("method")
    parts: tuple[tuple[str, str, str], ...] = (
        ("Headline findings", "findings", "findings"),
        ("Findings", "findings", "analysis"),
        ("What needs to improve in this area of practice", "recommendations", "bullet"),
        ("Main findings", "findings", "analysis"),
    )
    for title, role, pool in parts:
        writer.heading(title, role=role)
        if pool == "bullet":
            writer.bullets(4, signs=("■", "–"))
            continue
        for _ in range(11):
            writer.para(pool)
    writer.add(plain_block("Yours sincerely"), plain_block("B Invented, Lead Inspector"))


def numbered_letter(writer: Writer) -> None:
    """A report in running numbers with square bullets between them."""
    add: Callable[[str], None] = writer.para
    writer.heading("Summary of findings", role="findings", numbered=False)
    for _ in range(9):
        add("findings")
    writer.lead_in()
    writer.bullets(7, signs=("■", "–"))
    writer.heading("The experiences of children", numbered=False)
    for _ in range(28):
        add("analysis")
