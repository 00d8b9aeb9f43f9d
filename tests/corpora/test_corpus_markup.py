"""The markup of the made reviews: what it says about words, codes and people."""

from __future__ import annotations

from types import ModuleType

import pytest

PERSON = "@person P | Mr P | p | son of victim | 27 | male | White British | Pat; Paddy\n"


def test_a_coded_passage_loses_its_marks_and_keeps_its_place(markup: ModuleType) -> None:
    source = (
        PERSON + "~ facts\n[4.1] Once {he was excluded|school_exclusion a P ch} from school.{^2}"
    )
    block = markup.parse(source).blocks[0]
    assert (block.number, block.kind, block.section_role) == ("4.1", "paragraph", "facts")
    assert block.text == "Once he was excluded from school."
    assert block.notes == ["2"]
    assert block.codings == [
        {
            "quote": "he was excluded", "code": "school_exclusion", "assertion": "affirmed",
            "subject_role": "perpetrator", "person_id": "P", "temporality": "childhood",
            "valence": "not_applicable",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param("ap_voice a cu", ("affirmed", "agency", "negative"), id="failing"),
        pytest.param("ap_voice a + pa", ("affirmed", "agency", "positive"), id="good practice"),
        pytest.param(
            "service_access g", ("general", "not_applicable", "negative"), id="a service's name"
        ),
        pytest.param(
            "drug_misuse g", ("general", "not_applicable", "not_applicable"), id="general"
        ),
        pytest.param(
            "drug_misuse r",
            ("recommendation", "patient_or_group", "not_applicable"),
            id="recommendation about a factor",
        ),
        pytest.param(
            "ap_voice r", ("recommendation", "agency", "negative"), id="recommendation on practice"
        ),
        pytest.param(
            "drug_misuse n P pa", ("negated", "perpetrator", "not_applicable"), id="role of person"
        ),
        pytest.param(
            "drug_misuse s sib pa", ("suspected", "sibling", "not_applicable"), id="role alone"
        ),
    ],
)
def test_roles_and_valence_follow_from_the_code(
    markup: ModuleType, spec: str, expected: tuple[str, str, str]
) -> None:
    coding = markup.parse(f"{PERSON}Then {{the words|{spec}}} came.").blocks[0].codings[0]
    assert (coding["assertion"], coding["subject_role"], coding["valence"]) == expected


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param("drug_misuse P pa", id="no assertion"),
        pytest.param("drug_misuse a pa", id="nobody"),
        pytest.param("drug_misuse a P", id="no time"),
        pytest.param("drug_misuse a Q pa", id="person who is not declared"),
    ],
)
def test_a_coding_that_says_too_little_is_refused(markup: ModuleType, spec: str) -> None:
    with pytest.raises(ValueError, match="drug_misuse"):
        markup.parse(f"{PERSON}Then {{the words|{spec}}} came.")


def test_a_doubtful_coding_stands_apart(markup: ModuleType) -> None:
    block = markup.parse(
        f"{PERSON}{{He drank|?alcohol_misuse a P pa; drug_misuse n P pa}}."
    ).blocks[0]
    assert [coding["code"] for coding in block.codings] == ["drug_misuse"]
    assert [coding["code"] for coding in block.optional] == ["alcohol_misuse"]


def test_cells_are_not_split_inside_a_coded_passage(markup: ModuleType) -> None:
    block = markup.parse(f"{PERSON}|w 1 3\n|c 2 May 2019 | {{Arrested|justice_involvement a P pa}}")
    row = block.blocks[0]
    assert (row.kind, row.cells) == ("chronology_entry", ["2 May 2019", "Arrested"])
    assert row.text == "2 May 2019 | Arrested"
    assert row.codings[0]["quote"] == "Arrested"


@pytest.mark.parametrize(
    ("line", "kind", "number", "text"),
    [
        ("#2 [5.1] The last year", "heading", "5.1", "The last year"),
        ("#1 Findings", "heading", None, "Findings"),
        ("* A point", "bullet", None, "A point"),
        ("*(b) A point", "bullet", "(b)", "A point"),
        ("> He was kind.", "quotation", None, "He was kind."),
        ("^3 A note.", "footnote", "3", "A note."),
        ("! Table 1: People", "caption", None, "Table 1: People"),
        (
            "R [R 4] The Board :: The Board should act.",
            "recommendation",
            "R 4",
            "The Board should act.",
        ),
        ("(b) is not a bullet here.", "paragraph", None, "(b) is not a bullet here."),
    ],
)
def test_the_head_of_a_line_says_what_it_is(
    markup: ModuleType, line: str, kind: str, number: str | None, text: str
) -> None:
    block = markup.parse(line).blocks[0]
    assert (block.kind, block.number, block.text) == (kind, number, text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('He said "no".', "He said \u201cno\u201d."),
        ("Samira's aunt", "Samira\u2019s aunt"),
        ('("yes")', "(\u201cyes\u201d)"),
        ("called 'the Foreman'", "called \u2018the Foreman\u2019"),
        ('@incident {"method": "drowning"}', '@incident {"method": "drowning"}'),
    ],
)
def test_quotation_marks_are_curved_but_not_in_json(
    markup: ModuleType, typed: str, printed: str
) -> None:
    assert markup.typographic(typed) == printed
