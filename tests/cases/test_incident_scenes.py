"""Incidents told over several sentences, in tables and in boxes; homes and ties told elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_making import person
from incident_making import CODEBOOK, DONE_BY, VICTIM, review, values

from workbench.cases.incident.read import incident_facts
from workbench.records import (
    IncidentField,
    Person,
    Reading,
    SegmentKind,
    Standing,
    SubjectRole,
)

CHILD = person("Mara", "review", person_id="V", role=SubjectRole.INDEX_CHILD, age=15)
DAY = "on 4 May 2021"
SEPARATOR = " | "


def table(*rows: tuple[str, ...], people: tuple[Person, ...] = (), heading: str = "") -> Reading:
    found = review(*(SEPARATOR.join(row) for row in rows), people=people)
    segments = tuple(
        replace(segment, kind=SegmentKind.TABLE_ROW, cells=row, section_path=(heading,))
        for segment, row in zip(found.segments, rows, strict=True)
    )
    return replace(found, segments=segments)


@pytest.mark.parametrize(
    ("paragraphs", "field", "value"),
    [
        pytest.param(
            [f"At about 5.50pm {DAY} Mara walked to the park with a cousin. They sat on a bench. "
             "A boy ran up to them. There, Mara was stabbed in the leg."],
            "place", "park", id="a place that she walked to before",
        ),
        pytest.param(
            [f"At about 5.50pm {DAY} Mara met a friend.", "They bought some chips.",
             "Mara was stabbed as she crossed the square."],
            "time_band", "16-19", id="an hour two paragraphs before",
        ),
        pytest.param(
            [f"{DAY.capitalize()} Mara was stabbed. The attack lasted less than a minute.",
             "She was on the platform, and it was shortly before midnight."],
            "time_band", "19-24", id="an hour in the paragraph after",
        ),
        pytest.param(
            ["On the evening of Tuesday 4 May 2021 Mara was at work. She went home.",
             "At 8.30 that evening Joss stabbed Mara."],
            "weekday", "tuesday", id="the day of the sentence that opens the scene",
        ),
    ],
)  # fmt: skip
def test_a_scene_goes_on_over_sentences(paragraphs: list[str], field: str, value: str) -> None:
    assert values(review(*paragraphs)).get(field) == value


def test_an_incident_told_again_adds_what_its_second_scene_says() -> None:
    later = "On the evening of 4 May 2021 Mara took the bus home. Joss was on the upper deck."
    others = [f"Paragraph {number} on other matters." for number in range(6)]
    found = review(
        f"Mara was stabbed {DAY}.", *others, later, "At 8.15 that evening he stabbed her."
    )
    assert values(found)["time_band"] == "19-24"
    assert values(found)["place"] == "transport_hub_or_vehicle"
    another = later.replace("2021", "2019")
    found = review(f"Mara was stabbed {DAY}.", *others, another, "At 8.15 that evening he hit her.")
    assert "time_band" not in values(found)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        pytest.param(
            f"Mara was stabbed {DAY}. The next day at 3pm officers went to the park.",
            "place", id="another day",
        ),
        pytest.param(
            f"Mara had been in the park two days before. She was stabbed {DAY}.",
            "place", id="a day before",
        ),
        pytest.param(
            f"At 3pm on 1 May Mara was at school. She was stabbed {DAY}.",
            "time_band", id="a day without its year",
        ),
        pytest.param(
            f"Mara was stabbed {DAY}. She passed the school where Imogen, her sister, was at the"
            " school gates.", "place", id="where somebody else was",
        ),
        pytest.param(
            f"Mara was involved in a road traffic collision {DAY} and died.", "place",
            id="a road that is none",
        ),
    ],
)  # fmt: skip
def test_what_is_of_another_day_or_person_is_no_part_of_it(text: str, field: str) -> None:
    others = (VICTIM, DONE_BY, person("Imogen", "review", person_id="S", role=SubjectRole.SIBLING))
    assert field not in values(review(text, people=others))


def test_a_row_of_a_table_of_people_says_when_and_where() -> None:
    found = table(
        ("Name", "Age", "Outcome", "When", "Where"),
        ("Mara", "17", "Died of a stab wound", "Friday 14 May 2021, 5.50pm", "Albion Park"),
        ("Imogen", "16", "Injured; stabbed", "Monday 3 May 2021, 9am", "Bus stop"),
        people=(VICTIM,),
    )
    facts = {fact.field: fact for fact in incident_facts(found, CODEBOOK)}
    assert values(found) == {
        "method": "sharp_instrument", "place": "park", "date": "2021-05-14", "time_band": "16-19",
        "weekday": "friday", "day_type": "weekday",
    }  # fmt: skip
    assert facts[IncidentField.PLACE].text == "Albion Park"
    for fact in facts.values():
        assert found.frozen.text[fact.start_char : fact.end_char] == fact.text


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("Tram stop", "transport_hub_or_vehicle"), ("Market Street", "street_or_open_space"),
        ("Her bedroom", "victim_home"), ("A friend's flat", "other_dwelling"), ("Unclear", None),
    ],
)  # fmt: skip
def test_cells_word_places_without_prepositions(cell: str, place: str | None) -> None:
    rows = (("Name", "When", "Where"), ("Mara", "May 2021", cell))
    assert values(table(*rows, people=(VICTIM,))).get("place") == place


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        pytest.param([("Name used", "Age", "Where they lived"), ("Mara", "17", "Albion Park")], "",
                     id="where somebody lived"),
        pytest.param([("Date", "Location", "What"), ("4 May 2021", "Albion Park", "Theft")], "",
                     id="a chronology"),
        pytest.param([("Where", "Albion Park")], "The panel", id="no box of the incident"),
        pytest.param([("Name", "When", "Where"), ("Imogen", "May 2021", "Albion Park")], "",
                     id="a row of somebody else"),
    ],
)  # fmt: skip
def test_other_tables_say_nothing_of_the_incident(
    rows: list[tuple[str, ...]], heading: str
) -> None:
    assert values(table(*rows, people=(VICTIM,), heading=heading)) == {}


def test_a_box_at_a_glance_is_read_by_its_labels() -> None:
    rows = (
        ("When", "Saturday 8 May 2021, 11.15pm"), ("Where", "Albion Park"),
        ("Relationship of perpetrator to victim", "Former partner"),
    )  # fmt: skip
    found = table(*rows, heading="At a glance")
    assert values(found) == {
        "date": "2021-05-08", "time_band": "19-24", "weekday": "saturday", "day_type": "weekend",
        "place": "park", "relationship": "ex_partner",
    }  # fmt: skip
    words = {f.field: f.text for f in incident_facts(found, CODEBOOK)}
    assert words[IncidentField.RELATIONSHIP] == "Former partner"


def test_a_line_with_a_label_of_its_own_needs_no_box() -> None:
    found = review("Date of the incident: 8 May 2021", "Place of incident: Albion Park")
    assert values(found)["place"] == "park"
    assert values(found)["date"] == "2021-05-08"


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("Joss lived with Mara, his wife.", "shared_home"),
        ("Joss had lived with Mara until March, and was her former husband.", None),
        ("Joss was a neighbour of Mara.", None),
    ],
)
def test_a_room_without_an_owner_is_where_both_lived(told: str, place: str | None) -> None:
    tie = replace(DONE_BY, relation="husband of Mara", start_char=0, end_char=4)
    text = f"Mara was killed by her husband, Joss, {DAY}. She was found in the kitchen."
    found = review(told, text, people=(VICTIM, tie))
    assert values(found).get("place") == place


def test_the_home_of_a_child_is_the_familys() -> None:
    text = f"Mara was found hanged in her bedroom {DAY}."
    assert values(review(text, people=(CHILD,)))["place"] == "shared_home"
    assert values(review(text, people=(VICTIM,)))["place"] == "victim_home"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mara and Joss knew each other from a youth club.", "friend_or_acquaintance"),
        ("Mara and Joss were known to each other.", "friend_or_acquaintance"),
        ("Mara and Joss had not been friends.", None),
        ("Mara and Imogen knew each other.", None),
    ],
)
def test_who_knew_each_other_is_read_elsewhere(text: str, value: str | None) -> None:
    assert values(review(f"Mara was stabbed {DAY}.", text)).get("relationship") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Mara was stabbed by a friend.", "friend_or_acquaintance"),
        ("A friend stabbed Mara.", "friend_or_acquaintance"),
        ("Mara was stabbed by a boy she had been going out with.", None),
        ("Mara was stabbed by a man with whom she had been in a relationship.", "ex_partner"),
        ("Mara was stabbed. At least three boys had run at her.", "multiple_perpetrators"),
        ("Mara was stabbed. Two men were waiting for a bus.", None),
        ("Mara was stabbed. She and Joss had never seen each other.", "stranger"),
        ("Mara was stabbed. Joss had no link to the services.", None),
        ("Mara was kicked to death by another resident.", "friend_or_acquaintance"),
        ("Mara was stabbed by a member of a rival group.", "associate_gang_related"),
        ("Mara was stabbed. It was not gang-related.", None),
        ("The conclusion of the inquest into her death was that Mara had died by suicide.", "self"),
        ("Mara died. The conclusion of the inquest was not one of suicide.", None),
        ("Mara was killed by Joss, who hanged himself.", None),
    ],
)
def test_ties_without_kinship(text: str, value: str | None) -> None:
    assert values(review(text)).get("relationship") == value


def test_suicide_alone_is_no_other_method_than_the_hanging_that_it_was() -> None:
    found = review(f"Mara was found hanged {DAY}. The conclusion was suicide.", people=(VICTIM,))
    methods = [f for f in incident_facts(found, CODEBOOK) if f.field is IncidentField.METHOD]
    assert {fact.value for fact in methods} == {"suicide_hanging"}
    assert not [fact for fact in methods if fact.standing is Standing.DIFFERS]


def test_the_day_of_a_finding_long_after_says_the_month_alone() -> None:
    found = values(review(f"Mara was found dead {DAY}. She had been dead for about a week."))
    assert found["date"] == "2021-05"
    assert not {"weekday", "day_type"} & set(found)


@pytest.mark.parametrize(
    "text",
    [
        "On 4 May 2021 the fire service visited Mara.",
        "The Board decided on 4 May 2021 that a child had died and that there should be a review.",
        "Such a review is held where any child known to services has died.",
    ],
)
def test_what_only_sounds_like_harm_tells_of_no_incident(text: str) -> None:
    assert values(review(text)) == {}
