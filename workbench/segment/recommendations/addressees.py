"""To whom a recommendation is made, and by when, where the review says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.records import Recommendation, Segment, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.chronology.dates import dates_in
from workbench.segment.recommendations.bodies import ACRONYM, in_full, is_body

WHO_LABEL = re.compile(
    r"^(?:for$|(?:lead |responsible )?(?:agenc(?:y|ies)|organisations?|bod(?:y|ies)|partners?"
    r"|officers?)"
    r"|addressees?|addressed to|for whom|by whom|whom?|to whom|owners?|leads?|responsib\w+"
    r"|action by)\b",
    re.IGNORECASE,
)
WHEN_LABEL = re.compile(
    r"^(?:by when|when|time ?scales?|time ?frame|deadline|due|target|date|complet)", re.IGNORECASE
)
_THAT = (
    r"(?:(?:it is|we|i|the (?:review|panel|author|chair|reviewer)s?|this review|therefore|also"
    r"|further|strongly)\s+)*(?:recommend(?:s|ed)?|suggest(?:s|ed)?|propose[sd]?)\s+that\s+"
)
ASKED = re.compile(
    rf"^(?:{_THAT})?(?P<who>(?:[^.;:?]){{2,160}}?),?\s+(?:should|must|needs? to|ought to"
    r"|(?:is|are) (?:asked|recommended|urged|invited|required) to|will need to|may wish to)\b",
    re.IGNORECASE,
)
_CAPITAL = r"[A-Z][\w’'-]*"
RECOMMEND_THAT = re.compile(
    rf"^(?i:{_THAT})(?:[^,]{{1,60}},\s+)?(?P<who>(?:the\s+)?{_CAPITAL}"
    rf"(?:\s+(?:{_CAPITAL}|of|for|and(?=\s+(?:the\s+)?[A-Z])|the(?=\s+[A-Z])))*)"
)
#: A line below the recommendation that says for whom it is.
LINE_FOR = re.compile(
    r"^\W*(?:addressed to|addressees?|for|to|responsible(?: agency| body)?|lead(?: agency)?|owner"
    r"|action by)\s*:\s*(?P<who>\S.{1,200}?)"
    r"(?:[.;,]\s*(?:time ?scale|by when|deadline)\s*:\s*(?P<when>.+?))?\.?$",
    re.IGNORECASE,
)
SENT_TO = re.compile(r"this report is being sent\s*to|report is sent to", re.IGNORECASE)
IN_LABEL = re.compile(
    r"^(?:recommendation\s+\S{1,5})\s*(?:\((?:to|for)\s+(?P<in>[^)]+)\)|(?:[:–-]|to|for)\s*(?P<after>\S.+))$",
    re.IGNORECASE,
)
HEADING_LEAD = re.compile(
    r"^(?:recommendations?\s+)?(?:(?:for|to)\s+)?(?=[A-Z])|^recommendations?\s+(?:for|to)\s+", re.I
)
BY_DATE = re.compile(r"\bby\s+(?:the end of\s+)?(?=[A-Z\d])")
WITHIN = re.compile(
    r"\bwithin\s+(?:\w+\s+){1,2}(?:days|weeks|months|years?)\s+of\s+(?:the\s+)?(?:this\s+)?"
    r"(?:date\s+of\s+)?(?:publication|this report|the report|the review|receipt)",
    re.IGNORECASE,
)
MAX_ADDRESSEES, MAX_ADDRESS_WORDS = 12, 25


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is asked, and where that is printed (0, 0 when not in the frozen text)."""

    name: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a recommendation and may name its addressee."""

    headings: Mapping[str, Segment]  # by text
    sent_to: Addressee  # of a coroner's report
    below: Addressee  # a line such as "Addressed to: ..."
    below_when: str  # the timescale in that line
    full_text: str


def recommendations_of(
    pairs: Sequence[tuple[Block, Segment]], full_text: str
) -> tuple[Recommendation, ...]:
    """The recommendations of a document as records, in its order.

    The addressee is taken from the column of the table, the label, the heading above that
    names a body, or the body that the sentence says should act, in this order. A short name
    ("the Trust") is given in full where the document has only one name that ends so.
    """
    heads = {block.table: segment.cells for block, segment in pairs if block.is_head_row}
    sent_to = _sent_to([segment for _, segment in pairs])
    headings: dict[str, Segment] = {
        segment.text: segment for _, segment in pairs if segment.kind is SegmentKind.HEADING
    }
    found = []
    for position, (block, segment) in enumerate(pairs):
        if segment.kind is SegmentKind.RECOMMENDATION:
            head = heads.get(block.table, ()) if block.cells else ()
            below, when = _line_for([each for _, each in pairs[position + 1 : position + 4]])
            context = Context(headings, sent_to, below, when, full_text)
            found.append(_record(segment, head, context))
    return tuple(found)


def _line_for(following: Sequence[Segment]) -> tuple[Addressee, str]:
    """For whom and by when, of the line that follows at once and says so."""
    for segment in following:
        if segment.kind in (SegmentKind.RUNNING_MATTER, SegmentKind.FOOTNOTE):
            continue
        match = LINE_FOR.match(segment.text) if not segment.number else None
        if match is None:
            break
        start = segment.start_char + match.start("who")
        when = match["when"] or ""
        return Addressee(match["who"], start, start + len(match["who"])), when
    return Addressee(), ""


def _record(segment: Segment, head: Sequence[str], context: Context) -> Recommendation:
    columns = _columns(segment, head)
    text_at, text = max(
        (cell for label, cell in columns if not _is_set(label)),
        key=lambda cell: len(cell[1]),
        default=(segment.start_char, segment.text),
    )
    who = next((c for label, c in columns if WHO_LABEL.match(label) and c[1].strip(" -–—")), None)
    when = next((c[1] for label, c in columns if WHEN_LABEL.match(label)), "")
    addressee = Addressee(who[1], who[0], who[0] + len(who[1])) if who else Addressee()
    if not addressee.name:
        addressee = _stated(segment, text, text_at, context)
    return Recommendation(
        document_id=segment.document_id, segment=segment.ordinal, number=segment.number,
        start_char=text_at, end_char=text_at + len(text), text=text,
        addressee=addressee.name,
        addressee_start=addressee.start, addressee_end=addressee.end,
        timescale=when or context.below_when or timescale(text),
    )  # fmt: skip


def _is_set(label: str) -> bool:
    return bool(WHO_LABEL.match(label) or WHEN_LABEL.match(label))


def _columns(segment: Segment, head: Sequence[str]) -> list[tuple[str, tuple[int, str]]]:
    """(label, (place, text)) of each cell; the number's cell has been taken off already."""
    if not segment.cells:
        return [("", (segment.start_char, segment.text))]
    labels = head[len(head) - len(segment.cells) :] if len(head) >= len(segment.cells) else ()
    columns, at = [], segment.start_char
    for position, cell in enumerate(segment.cells):
        columns.append((labels[position] if labels else "", (at, cell)))
        at += len(cell) + len(" | ")
    return [(label, cell) for label, cell in columns if cell[1]]


def _stated(segment: Segment, text: str, at: int, context: Context) -> Addressee:
    if context.below.name:
        return context.below
    for label in (segment.number, *reversed(segment.section_path[-2:])):
        if match := IN_LABEL.match(label):
            return _in_heading((match["in"] or match["after"]).strip(), context.headings.get(label))
    for label in reversed(segment.section_path[1:]):
        name = HEADING_LEAD.sub("", label).strip()
        if is_body(name) and not re.search(r"named|national|local agencies", name, re.I):
            return _in_heading(name, context.headings.get(label))
    if segment.section_path and re.match(
        r"actions? (?:that )?should", segment.section_path[-1], re.I
    ):
        return context.sent_to
    asked = asked_in(text, at)
    return Addressee(in_full(asked.name, context.full_text), asked.start, asked.end)


def _in_heading(name: str, heading: Segment | None) -> Addressee:
    place = heading.text.find(name) if heading else -1
    if heading is None or place < 0:
        return Addressee(name)
    return Addressee(name, heading.start_char + place, heading.start_char + place + len(name))


def asked_in(text: str, at: int = 0) -> Addressee:
    """The body that the first sentence says should act; empty when it names none."""
    for match in (ASKED.match(text), RECOMMEND_THAT.match(text)):
        if match is None:
            continue
        name, start = match["who"], match.start("who")
        passive = text[match.end() : match.end() + 4] == " be "
        if is_body(name) and not (passive and ACRONYM.fullmatch(name)):
            article = re.match(r"(?:the\s+)?", name, re.IGNORECASE)
            start += article.end() if article else 0
            return Addressee(text[start : match.end("who")], at + start, at + match.end("who"))
    return Addressee()


def timescale(text: str) -> str:
    """By when, as the sentence prints it: "by March 2025", "within six months of publication"."""
    if match := WITHIN.search(text):
        return match.group()
    for match in BY_DATE.finditer(text):
        found = next(dates_in(text[match.end() : match.end() + 40]), None)
        if found is not None and found.start == 0:
            return text[match.start() : match.end() + found.end]
    return ""


def _sent_to(segments: Sequence[Segment]) -> Addressee:
    """The addressees listed at the head of a coroner's report, as one."""
    at = next((i for i, s in enumerate(segments) if SENT_TO.search(s.text)), None)
    if at is None:
        return Addressee()
    listed = _within_row(segments[at])
    for segment in () if listed else segments[at + 1 :]:
        if segment.kind is SegmentKind.RUNNING_MATTER:
            continue
        too_long = len(segment.text.split()) > MAX_ADDRESS_WORDS
        if segment.kind in (SegmentKind.HEADING, SegmentKind.TABLE_ROW) or too_long:
            break
        listed.append((segment.start_char, segment.text))
    if not listed or len(listed) > MAX_ADDRESSEES:
        return Addressee()
    names = "; ".join(re.sub(r"^the ", "", text, flags=re.IGNORECASE) for _, text in listed)
    if "[" in names:  # a form that was not filled in
        return Addressee()
    return Addressee(names, listed[0][0], listed[-1][0] + len(listed[-1][1]))


def _within_row(segment: Segment) -> list[tuple[int, str]]:
    """The addressees that stand in the same passage, behind the words that announce them."""
    match = SENT_TO.search(segment.text)
    rest = segment.text[match.end() :] if match else ""
    found: list[tuple[int, str]] = []
    for part in re.finditer(r"(?<=[\s:|.])(?:\d\.\s+)([^|]+?)(?=\s+\d\.\s|\s*\||$)", rest):
        if len(part[1].split()) <= MAX_ADDRESS_WORDS and match:
            found.append((segment.start_char + match.end() + part.start(1), part[1]))
    return found
