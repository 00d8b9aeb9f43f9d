"""What words say of the incident of a review, and what looks like it and is something else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_making import codebook, document_id_of
from hypothesis import given
from hypothesis import strategies as st
from incident_making import VICTIM, review, values

from workbench.cases.incident.read import blanked_for, incident_facts
from workbench.cases.incident.telling.sentences import sentences_of
from workbench.cases.incident.values.wordings import wordings
from workbench.records import (
    FactBasis,
    IncidentFact,
    IncidentField,
    Reading,
    SectionRole,
)

CODEBOOK = codebook()
FACTS = SectionRole.FACTS


def fact(of: Reading, field: IncidentField) -> IncidentFact:
    return next(each for each in incident_facts(of, CODEBOOK) if each.field is field)


@pytest.mark.parametrize(
    ("sentence", "method"),
    [
        ("Mara was stabbed in the chest.", "sharp_instrument"),
        ("Mara was killed with a kitchen knife.", "sharp_instrument"),
        ("Mara was killed with a claw hammer.", "blunt_instrument"),
        ("Mara was punched once and died.", "hitting_kicking_no_weapon"),
        ("Mara was strangled.", "strangulation_asphyxiation"),
        ("Mara was killed. The cause of death was compression of the neck.",
         "strangulation_asphyxiation"),
        ("Mara was shot dead.", "shooting"),
        ("Mara died in a house fire that Joss had set.", "burning_arson"),
        ("Mara was found dead; the cause of death was methadone toxicity.", "poisoning_overdose"),
        ("Mara was found hanged.", "suicide_hanging"),
        ("Mara took her own life.", "suicide_other"),
        ("Mara died. The injuries to her brain were those of shaking.", "shaking_head_injury"),
        ("Mara was found dead. The cause of death was sepsis arising from self-neglect.",
         "neglect_omission"),
        ("Mara was killed. The cause of death was given as stab wounds and blunt force trauma.",
         "multiple"),
    ],
)  # fmt: skip
def test_the_method_is_read_from_the_words_of_harm(sentence: str, method: str) -> None:
    assert values(review(sentence))["method"] == method


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mara was killed. It was a shot in the arm for services.", id="a shot"),
        pytest.param("Mara was killed. Her headshot was in the paper.", id="headshot"),
        pytest.param("Mara was killed. He sent a screenshot.", id="screenshot"),
        pytest.param("Mara was killed on 3 May 2021. In 2015 her brother was stabbed.",
                     id="somebody else, earlier"),
        pytest.param("Mara was killed on 3 May 2021. On 2 June 2018 Mara was stabbed in the arm.",
                     id="an earlier attack on her"),
        pytest.param("Mara was killed. He had previously attempted hanging.", id="an attempt"),
        pytest.param("Mara was killed. Joss had threatened to stab her.", id="a threat"),
        pytest.param("Mara was killed. Non-fatal strangulation is a distinct offence.",
                     id="the law"),
    ],
)  # fmt: skip
def test_what_looks_like_a_method_and_is_none_leaves_it_unstated(text: str) -> None:
    assert "method" not in values(review(text))


@pytest.mark.parametrize(
    "role",
    [SectionRole.LITERATURE, SectionRole.RECOMMENDATIONS, SectionRole.GLOSSARY,
     SectionRole.TERMS_OF_REFERENCE],
)  # fmt: skip
def test_sections_that_tell_no_facts_are_not_read(role: SectionRole) -> None:
    text = "On Monday 3 May 2021 Mara was stabbed in the street at 5.30pm by her husband."
    assert incident_facts(review(text, role=role), CODEBOOK) == ()
    assert values(review(text))["method"] == "sharp_instrument"


def test_the_perpetrators_suicide_is_not_the_method() -> None:
    told = values(review("Mara was strangled by her husband. Joss then took his own life."))
    assert told["method"] == "strangulation_asphyxiation"
    assert told["relationship"] == "spouse_or_civil_partner"


def test_who_takes_their_own_life_did_it_themselves() -> None:
    found = fact(
        review("Mara hanged herself on 3 May 2021.", people=(VICTIM,)), IncidentField.RELATIONSHIP
    )
    assert (found.value, found.basis, found.text) == ("self", FactBasis.STATED, "hanged herself")
    found = fact(review("Mara was found hanged.", people=(VICTIM,)), IncidentField.RELATIONSHIP)
    assert (found.value, found.basis) == ("self", FactBasis.COMPUTED)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Mara was killed in the flat that she shared with Joss.", "shared_home"),
        ("Mara was stabbed in her own kitchen.", "victim_home"),
        ("Mara was stabbed at Joss's flat.", "perpetrator_home"),
        ("Mara was stabbed on Harbour Road.", "street_or_open_space"),
        ("Mara was stabbed in Tanner's Park.", "park"),
        ("Mara was stabbed on a bus.", "transport_hub_or_vehicle"),
        ("Mara was stabbed outside a nightclub.", "licensed_premises"),
        ("Mara was stabbed outside the school.", "school_or_college"),
        ("Mara was found hanged in her cell.", "custody"),
        ("Mara was stabbed in a hostel.", "hotel_or_hostel"),
        ("Mara was stabbed in the car park behind the shop where she worked.", "workplace"),
    ],
)
def test_the_place_is_where_the_harm_was_done(sentence: str, place: str) -> None:
    assert values(review(sentence))["place"] == place


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Mara was stabbed and pronounced dead at hospital.", id="where she died"),
        pytest.param("Mara was stabbed and taken to the hospital.", id="where she was taken"),
        pytest.param("Mara was stabbed. The panel met at the council offices.", id="the panel"),
        pytest.param("Mara was killed. Street drinking was a concern.", id="street drinking"),
        pytest.param("Mara was killed. It was agreed to park the issue.", id="park the issue"),
        pytest.param("Mara was killed in a bad way.", id="no road"),
    ],
)
def test_what_is_not_the_place_of_the_incident(sentence: str) -> None:
    assert "place" not in values(review(sentence))


@pytest.mark.parametrize(
    ("sentence", "relationship"),
    [
        ("Mara was stabbed by her husband.", "spouse_or_civil_partner"),
        ("Mara was stabbed by her former husband.", "ex_partner"),
        ("Mara was stabbed by her ex-partner.", "ex_partner"),
        ("Mara was killed by her son.", "son_or_daughter"),
        ("Mara was stabbed by a stranger.", "stranger"),
        ("Mara was stabbed. Her brother was convicted of murder.", "sibling"),
        ("Mara was stabbed when three young men attacked her.", "multiple_perpetrators"),
    ],
)
def test_the_relationship_is_that_of_who_did_it(sentence: str, relationship: str) -> None:
    assert values(review(sentence))["relationship"] == relationship


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Mara was killed. A working relationship with staff was hard.", id="work"),
        pytest.param("Mara was killed. Her sister found her.", id="who found her"),
        pytest.param("Mara was killed. Her mother was acquitted of murder.", id="acquitted"),
        pytest.param("Mara was killed. His mother was killed by her husband in 1998.",
                     id="another killing"),
    ],
)  # fmt: skip
def test_a_relative_who_did_nothing_is_no_perpetrator(sentence: str) -> None:
    assert "relationship" not in values(review(sentence))


@given(st.text(alphabet='aB .!?"”', min_size=1, max_size=80))
def test_sentences_are_exact_parts_of_their_segment(text: str) -> None:
    (segment,) = review(text).segments
    for sentence in sentences_of(segment):
        start = sentence.start_char - segment.start_char
        assert segment.text[start : start + len(sentence.text)] == sentence.text


def test_the_words_of_every_fact_stand_in_the_text() -> None:
    of = review(
        "On the evening of Saturday 14 October 2023 Mara was stabbed on Station Parade in the "
        "Borough of Stannery by her former partner.",
        "He was convicted of murder.",
    )
    facts = incident_facts(of, CODEBOOK)
    assert {fact.field for fact in facts} >= {IncidentField.AREA, IncidentField.PLACE}
    for each in facts:
        assert of.frozen.text[each.start_char : each.end_char] == each.text
        assert each.document_id == document_id_of("review")


def test_only_values_of_the_codebook_are_worded() -> None:
    for field in (IncidentField.METHOD, IncidentField.PLACE):
        known = set(CODEBOOK.code(field.code_id).values)
        assert {wording.value for wording in wordings(field)} <= known


def test_what_the_codebook_calls_false_positives_is_blanked() -> None:
    blanked = blanked_for(CODEBOOK)
    for code in CODEBOOK.codes:
        for phrase in code.false_positives if code.is_attribute else ():
            assert blanked(phrase).strip() == "", phrase


def test_a_document_that_tells_of_no_harm_states_nothing() -> None:
    assert incident_facts(review("The panel met on Monday 3 May 2021 at 10am."), CODEBOOK) == ()


def test_a_codebook_without_incident_attributes_gets_no_facts() -> None:
    plain = replace(CODEBOOK, codes=CODEBOOK.factors)
    assert incident_facts(review("Mara was stabbed in a park."), plain) == ()
