"""Recommendations with their addressees, chronology entries with their dates."""

from __future__ import annotations

import pytest

from workbench.records import (
    DateBasis,
    DatedEvent,
    DatePrecision,
    Recommendation,
    SectionRole,
    Segment,
    SegmentKind,
)
from workbench.segment.blocks.block import Block
from workbench.segment.chronology.events import dated_events
from workbench.segment.layout.lines import Region
from workbench.segment.recommendations.addressees import asked_in, recommendations_of, timescale
from workbench.segment.recommendations.bodies import in_full, parts_of

Pair = tuple[Block, Segment]
FULL = (
    "The review was commissioned by Aldermoss Community Safety Partnership. Vale Mental Health "
    "NHS Foundation Trust took part, with Aldermoss Borough Council and Vale County Council."
)


class Paper:
    """Pairs of blocks and segments over one frozen text."""

    def __init__(self) -> None:
        self.pairs: list[Pair] = []
        self.text = FULL

    def add(
        self,
        kind: SegmentKind,
        *cells: str,
        number: str = "",
        path: tuple[str, ...] = (),
        head: bool = False,
    ) -> Paper:
        text = " | ".join(cells)
        start = len(self.text) + 2
        self.text += f"\n\n{text}"
        rows = (SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY)
        is_row = kind in rows or len(cells) > 1
        block = Block(kind, [], Region(0, 0, -1), number=number, is_head_row=head)
        block.cells = [[] for _ in cells] if is_row else []
        self.pairs.append(
            (
                block,
                Segment(
                    document_id="d", ordinal=len(self.pairs), kind=kind,
                    section_role=SectionRole.RECOMMENDATIONS, start_char=start,
                    end_char=start + len(text), text=text, page_start=1, page_end=1,
                    number=number, section_path=path, cells=cells if is_row else (),
                ),
            )
        )  # fmt: skip
        return self

    def asked(self) -> tuple[Recommendation, ...]:
        found = recommendations_of(self.pairs, self.text)
        for each in found:
            assert self.text[each.start_char : each.end_char] == each.text
        return found

    def events(self) -> tuple[DatedEvent, ...]:
        return dated_events(self.pairs)


@pytest.mark.parametrize(
    ("sentence", "addressee"),
    [
        ("The Home Office should state it in guidance.", "Home Office"),
        ("Marl Police should record it.", "Marl Police"),
        ("Children’s Services should see the child.", "Children’s Services"),
        ("The police and the hospital must share it.", "police and the hospital"),
        ("CCAS should audit its use.", "CCAS"),
        ("We recommend that the Department of Health should commission a review.",
         "Department of Health"),
        ("We further recommend that the Government consider it.", "Government"),
        ("All schools should adopt it.", "All schools"),
        # Not a body, or not asked to act.
        ("Every child who is suspended should be screened.", ""),
        ("No relative should interpret.", ""),
        ("Threats should be flagged.", ""),
        ("DASH should be used in every case.", ""),
        ("The plan for each school should be reviewed.", ""),
        ("Adopt one tool.", ""),
        ("There should be a council.", ""),
    ],
)  # fmt: skip
def test_the_sentence_says_who_is_asked(sentence: str, addressee: str) -> None:
    found = asked_in(sentence, 10)
    assert found.name == addressee
    if addressee:
        assert sentence[found.start - 10 : found.end - 10] == addressee


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Partnership", "Aldermoss Community Safety Partnership"),
        ("partnership", "Aldermoss Community Safety Partnership"),
        ("Trust", "Vale Mental Health NHS Foundation Trust"),
        ("Council", "Council"),  # two of them: never guessed
        ("Director", "Director"),
        ("Home Office", "Home Office"),
        ("Trust and the Partnership",
         "Vale Mental Health NHS Foundation Trust; Aldermoss Community Safety Partnership"),
    ],
)  # fmt: skip
def test_a_short_name_is_given_in_full_where_it_can_be_only_one(name: str, full: str) -> None:
    assert in_full(name, FULL) == full


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Marl and Vale Safeguarding Board", ["Marl and Vale Safeguarding Board"]),
        ("Department of Health and Social Care", ["Department of Health and Social Care"]),
        ("Police and Crime Commissioner for Marl", ["Police and Crime Commissioner for Marl"]),
        ("Marl County Council and Vale NHS Trust", ["Marl County Council", "Vale NHS Trust"]),
        ("police; schools", ["police", "schools"]),
    ],
)
def test_a_name_is_split_only_between_bodies(name: str, parts: list[str]) -> None:
    assert parts_of(name) == parts


RECOMMENDATION, ROW = SegmentKind.RECOMMENDATION, SegmentKind.TABLE_ROW


def test_the_column_of_the_table_says_for_whom_and_by_when() -> None:
    paper = Paper().add(ROW, "No.", "Recommendation", "For", "By when", head=True)
    paper.add(RECOMMENDATION, "Adopt one tool.", "Board; Legal Services", "June 2026", number="1")
    (found,) = paper.asked()
    assert (found.text, found.addressee, found.timescale) == (
        "Adopt one tool.", "Board; Legal Services", "June 2026"
    )  # fmt: skip
    assert paper.text[found.addressee_start : found.addressee_end] == found.addressee


@pytest.mark.parametrize(
    ("path", "addressee"),
    [
        (("Recommendations", "Ashen Children’s Services"), "Ashen Children’s Services"),
        (("Recommendations", "For Marl Police"), "Marl Police"),
        (("Recommendations", "Recommendation 3 (to Marl Police)"), "Marl Police"),
        (("Recommendations", "National"), ""),
        (("Recommendations for named agencies", "Recommendations for named agencies"), ""),
    ],
)
def test_the_heading_may_name_the_body(path: tuple[str, ...], addressee: str) -> None:
    paper = Paper().add(SegmentKind.HEADING, path[-1], path=path)
    paper.add(RECOMMENDATION, "No child should move twice.", number="3", path=path)
    (found,) = paper.asked()
    assert found.addressee == addressee
    if addressee:
        assert paper.text[found.addressee_start : found.addressee_end] == addressee


def test_the_line_below_says_for_whom() -> None:
    paper = Paper().add(RECOMMENDATION, "Officers should use it.", number="4")
    paper.add(SegmentKind.PARAGRAPH, "Addressed to: Marl Police. Timescale: six months")
    paper.add(RECOMMENDATION, "Threats should be flagged.", number="5")
    paper.add(SegmentKind.PARAGRAPH, "The panel for its part was content.")
    first, second = paper.asked()
    assert (first.addressee, first.timescale) == ("Marl Police", "six months")
    assert second.addressee == ""


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("The Board should adopt, by March 2025, a protocol.", "by March 2025"),
        ("It should report within six months of publication.", "within six months of publication"),
        ("The child should be seen within five working days.", ""),
        ("It was written by 2 officers.", ""),
    ],
)
def test_a_timescale_is_a_deadline_and_no_standard_of_practice(sentence: str, printed: str) -> None:
    assert timescale(sentence) == printed


ENTRY = SegmentKind.CHRONOLOGY_ENTRY


def test_an_entry_has_date_agency_and_text() -> None:
    paper = Paper().add(ROW, "Date", "Source", "Event", head=True)
    paper.add(ENTRY, "March 2020", "Police; GP", "He moves out.")
    paper.add(ENTRY, "", "School", "She tells a teacher.")
    paper.add(ENTRY, "not known", "School", "A note is lost.")
    first, second, third = paper.events()
    assert (first.date, first.precision, first.basis) == (
        "2020-03", DatePrecision.MONTH, DateBasis.PRINTED
    )  # fmt: skip
    assert (first.printed, first.agency, first.text) == (
        "March 2020", "Police; GP", "He moves out."
    )  # fmt: skip
    assert (second.date, second.basis, second.printed) == ("2020-03", DateBasis.ROW_ABOVE, "")
    assert (third.date, third.precision) == ("", DatePrecision.UNKNOWN)
    assert third.printed == "not known"


def test_a_row_that_shares_the_date_cell_above_has_its_date() -> None:
    paper = Paper().add(ROW, "Date", "Source", "Event", head=True)
    paper.add(ENTRY, "6 March 2020", "Police", "He moves out.")
    paper.add(ENTRY, "School", "She tells a teacher.")
    _, second = paper.events()
    assert (second.date, second.basis, second.agency) == (
        "2020-03-06", DateBasis.ROW_ABOVE, "School"
    )  # fmt: skip


def test_later_that_day_is_that_day_and_only_behind_a_day() -> None:
    paper = Paper().add(ROW, "Date", "Event", head=True)
    paper.add(ENTRY, "31 December 2019", "He is seen.")
    paper.add(ENTRY, "Later that day", "He is not seen.")
    paper.add(ENTRY, "The next day", "He is found.")
    paper.add(ENTRY, "May 2020", "He is well.")
    paper.add(ENTRY, "Later that day", "He is not.")
    dates = [(each.date, each.basis) for each in paper.events()]
    assert dates == [
        ("2019-12-31", DateBasis.PRINTED),
        ("2019-12-31", DateBasis.THAT_DAY),
        ("2020-01-01", DateBasis.THAT_DAY),
        ("2020-05", DateBasis.PRINTED),
        ("", DateBasis.NONE),
    ]


def test_a_column_for_each_agency_says_who_saw_it() -> None:
    paper = Paper().add(ROW, "Date", "Marl Police", "School", "Vale agencies", head=True)
    paper.add(ENTRY, "May 2020", "—", "Bruise seen", "—")
    (event,) = paper.events()
    assert (event.agency, event.text) == ("School", "School: Bruise seen")


def test_a_heading_ends_what_the_row_above_lends() -> None:
    paper = Paper().add(ENTRY, "May 2020", "He moves.")
    paper.add(SegmentKind.HEADING, "Another table").add(ENTRY, "", "She moves.")
    assert [each.date for each in paper.events()] == ["2020-05", ""]
