"""Which words raise a code, and which near-misses do not."""

from __future__ import annotations

import pytest

from coding.made import Read


def codes(read: Read, text: str, **kind: object) -> set[str]:
    _, codings = read(text, **kind)
    return {coding.code_id for coding in codings}


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("He DNA’d two appointments; the clinic sent a DNA letter.",
                     "ap_engagement_dna", True, id="DNA: an appointment"),
        pytest.param("DNA evidence from the knife matched his sample.",
                     "ap_engagement_dna", False, id="DNA: forensic evidence"),
        pytest.param("The referral did not meet the threshold for social care.",
                     "ap_thresholds", True, id="threshold: of a service"),
        pytest.param("The evidential threshold for charging was reached.",
                     "ap_thresholds", False, id="threshold: of the prosecution"),
        pytest.param("The couple’s recent separation angered her husband.",
                     "separation_trigger", True, id="separation: of a couple"),
        pytest.param("The policy requires separation of duties in finance.",
                     "separation_trigger", False, id="separation: of duties"),
        pytest.param("Kai was permanently excluded from school in Year 9.",
                     "school_exclusion", True, id="exclusion: from school"),
        pytest.param("The exclusion zone covered three streets.",
                     "school_exclusion", False, id="exclusion: a zone"),
        pytest.param("Events before 2015 are excluded from the scope of this review.",
                     "school_exclusion", False, id="exclusion: of the scope"),
        pytest.param("Her home was squalid with hoarding, which staff called a lifestyle choice.",
                     "self_neglect", True, id="lifestyle choice: self-neglect"),
        pytest.param("The child’s exploitation was seen by professionals as a lifestyle choice.",
                     "ap_identity_adultification", True, id="lifestyle choice: adultification"),
        pytest.param("The child’s exploitation was seen by professionals as a lifestyle choice.",
                     "self_neglect", False, id="lifestyle choice: not self-neglect of a child"),
        pytest.param("There was a lack of supervision of the children at home.",
                     "ace_physical_neglect", True, id="lack of supervision: of children"),
        pytest.param("The team suffered from a lack of supervision by managers.",
                     "ace_physical_neglect", False, id="lack of supervision: of staff"),
        pytest.param("The team suffered from a lack of supervision by managers.",
                     "ap_workforce", True, id="lack of supervision: workforce"),
        pytest.param("He was known to police for violence.",
                     "prior_violent_offending", True, id="known for violence: the perpetrator"),
        pytest.param("The stepfather was known to police for violence.",
                     "ace_household_offending", True, id="known for violence: the stepfather"),
        pytest.param("He was robbed on his way home from school.",
                     "place_deprivation_hotspot", True, id="way home: with a danger"),
        pytest.param("He met a friend on his way home from school.",
                     "place_deprivation_hotspot", False, id="way home: a plain fact"),
        pytest.param("The NHS Trust and the foundation trust sent reports.",
                     "community_mistrust", False, id="NHS Trust"),
        pytest.param("She did not trust the police.",
                     "community_mistrust", True, id="trust in the police"),
        pytest.param("The judge imposed a suspended sentence.",
                     "school_exclusion", False, id="suspended sentence"),
        pytest.param("A letter came from the Home Office.",
                     "housing_instability", False, id="Home Office"),
        pytest.param("The nurse made a home visit to the nursing home.",
                     "housing_instability", False, id="nursing home"),
        pytest.param("He had no criminal record.",
                     "ap_record_keeping", False, id="criminal record"),
        pytest.param("Please send the form to the clinic.",
                     "neurodiversity_send", False, id="send is not SEND"),
        pytest.param("Kai had SEND needs and dyslexia.",
                     "neurodiversity_send", True, id="SEND"),
        pytest.param("The meeting ends at noon.", "gang_affiliation", False, id="ends"),
        pytest.param("The group of elders from the rival estate controlled the road.",
                     "gang_affiliation", True, id="elders of a rival estate"),
    ],
)  # fmt: skip
def test_an_ambiguous_cue_is_read_by_its_neighbours(
    read: Read, text: str, code: str, expected: bool
) -> None:
    assert (code in codes(read, text)) is expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He had been permanently excluded.", id="as in the codebook"),
        pytest.param("He was “permanently excluded” then.", id="in curly quotes"),
        pytest.param("The school permanently excludes him.", id="another tense"),
        pytest.param("They PERMANENTLY excluded her.", id="in capitals"),
    ],
)
def test_a_cue_is_found_whatever_its_form(read: Read, text: str) -> None:
    assert "school_exclusion" in codes(read, text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Police were told that she self-harmed.", id="hyphen"),
        pytest.param("Police were told that he self harms.", id="space"),
        pytest.param("She didn’t say why she had self\u2011harmed.", id="non-breaking hyphen"),
        pytest.param("She threatened to kill herself.", id="another pronoun"),
    ],
)  # fmt: skip
def test_hyphens_and_pronouns_do_not_matter(read: Read, text: str) -> None:
    assert "self_harm_suicidality" in codes(read, text)


def test_one_passage_may_carry_several_codes(read: Read) -> None:
    found = codes(read, "He drank heavily, smoked cannabis daily and was homeless.")
    assert {"alcohol_misuse", "drug_misuse", "housing_instability"} <= found


def test_a_practice_code_needs_its_deficiency_in_the_same_sentence(read: Read) -> None:
    together = "The risk was never assessed by the team."
    apart = "The team met on Monday about risk. It never rained."
    assert "ap_risk_assessment" in codes(read, together)
    assert "ap_risk_assessment" not in codes(read, apart)


@pytest.mark.parametrize(
    ("text", "valence"),
    [
        pytest.param("Information was not shared with the GP.", "negative", id="failing"),
        pytest.param("Information sharing was timely and effective.", "positive", id="praise"),
        pytest.param("Information sharing was not timely.", "negative", id="praise denied"),
    ],
)
def test_praise_near_a_topic_makes_good_practice(read: Read, text: str, valence: str) -> None:
    _, codings = read(text)
    values = {c.valence.value for c in codings if c.code_id == "ap_information_sharing"}
    assert values == {valence}


def test_valence_is_for_practice_codes_only(read: Read) -> None:
    _, codings = read("He drank heavily.")
    assert {c.valence.value for c in codings} == {"not_applicable"}


def test_the_evidence_is_the_sentence_and_not_the_bare_cue(read: Read) -> None:
    _, codings = read("The panel met twice. He drank heavily at weekends. It rained.")
    (coding,) = [c for c in codings if c.code_id == "alcohol_misuse"]
    assert coding.text == "He drank heavily at weekends"


def test_of_a_long_sentence_the_clause_is_the_evidence(read: Read) -> None:
    text = (
        "The chair met the family on three occasions in the spring and heard at length about "
        "the house by the river; he drank heavily in those years; the garden was his pride."
    )
    _, codings = read(text)
    (coding,) = [c for c in codings if c.code_id == "alcohol_misuse"]
    assert coding.text == "he drank heavily in those years"


def test_equal_codings_of_one_sentence_are_merged(read: Read) -> None:
    _, codings = read("He was drunk, he drank heavily and he was intoxicated.")
    assert [c.code_id for c in codings].count("alcohol_misuse") == 1


def test_the_same_code_in_two_sentences_is_kept_twice(read: Read) -> None:
    _, codings = read("He drank heavily in 2015. Nothing else happened. He was drunk in 2019.")
    assert [c.code_id for c in codings].count("alcohol_misuse") == 2


def test_the_explanation_names_pattern_trigger_and_subject(read: Read) -> None:
    _, codings = read("There was no evidence of coercive control by her partner.")
    (coding,) = [c for c in codings if c.code_id == "coercive_control"]
    assert "'coercive control'" in coding.explanation
    assert "negated by 'no evidence'" in coding.explanation
    assert "subject" in coding.explanation
    assert coding.source.startswith("rule:")
