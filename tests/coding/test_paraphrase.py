"""Factors told without their names, and what only looks like them."""

from __future__ import annotations

import pytest

from coding.made import Read


def affirmed(
    read: Read, text: str, review_type: str = "child_safeguarding_practice_review"
) -> set[str]:
    _, codings = read(text, review_type=review_type)
    return {c.code_id for c in codings if c.assertion.value == "affirmed"}


HITS = [
    ("ace_parental_separation", "His father left before he was born."),
    ("ace_parental_separation", "He has had no contact since his father moved out."),
    ("ace_physical_neglect", "The baby’s nappy was soaked and had not been changed."),
    ("ace_physical_neglect", "The children went hungry at school."),
    ("ace_physical_neglect", "A child of two had swallowed methadone."),
    ("ace_domestic_abuse", "The girl hid under the bed when the shouting began."),
    ("ace_domestic_abuse", "The boy had seen his mother hurt."),
    ("ace_domestic_abuse", "He tried to stop them and got between his parents."),
    ("ace_physical_abuse", "He was beaten with a cable by his stepfather."),
    ("ace_physical_abuse", "A belt mark and two bruises were seen."),
    ("ace_emotional_neglect", "She was getting her brothers up and off to school."),
    ("ace_household_offending", "His father was released on licence in May."),
    ("bereavement", "Her grandmother died of pneumonia in May."),
    ("poverty_debt", "He owed money to a betting firm."),
    ("neurodiversity_send", "She could not read letters from the school."),
    ("migration_language", "Her right to remain depended on her husband."),
    ("migration_language", "Her sister-in-law interpreted in the hall."),
    ("social_isolation", "She saw almost nobody that winter."),
    ("separation_trigger", "He was served with divorce papers in June."),
    ("discrimination_racism", "He was abused for his colour on the bus."),
    ("housing_instability", "She asked the landlord to be moved twice."),
    ("housing_instability", "He was sleeping on a sofa."),
    ("education_absence", "She was without a school place from May."),
    ("coercive_control", "He decided what she wore and whom she saw."),
    ("coercive_control", "He kept her passport."),
    ("honour_based_abuse", "She was told that a divorced daughter would shame her father."),
    ("carer_role", "He cooked for his brothers and put them to bed."),
    ("criminal_exploitation", "The boys were working for older men."),
    ("criminal_exploitation", "He was told to carry a package to the station."),
    ("social_media_escalation", "A video that insulted him was shared in a group online."),
    ("community_mistrust", "Nobody would dial 999."),
    ("community_mistrust", "The searches had damaged trust in the police."),
    ("ap_voice", "She was asked about the bruises in front of her husband."),
    ("ap_voice", "The midwife saw her alone."),
    ("ap_voice", "The file was closed after one telephone call."),
    ("ap_risk_assessment", "Each incident was looked at on its own."),
    ("ap_risk_assessment", "Nobody added them up."),
    ("ap_risk_assessment", "The plan did not change."),
    ("ap_professional_curiosity", "The explanation was accepted."),
    ("ap_professional_curiosity", "The assault was written up as a family quarrel."),
    ("ap_information_sharing", "The warning stopped there and the report reached nobody."),
    ("ap_information_sharing", "Consent was misunderstood and prevented a referral."),
    ("ap_information_sharing", "The nurse rang the social worker the same day."),
    ("ap_coordination", "No agency took the lead."),
    ("ap_coordination", "The school believed that the police would make the referral."),
    ("ap_coordination", "The strategy meeting was cancelled."),
    ("ap_engagement_dna", "He was discharged after one missed appointment."),
    ("ap_engagement_dna", "His silence was read as a choice."),
    ("ap_engagement_dna", "A mentor visited him every week."),
    ("ap_record_keeping", "The letter was sent to an address at which she no longer lived."),
    ("ap_record_keeping", "The box on the form is empty."),
    ("ap_thresholds", "The police closed it because of too little evidence."),
    ("ap_thresholds", "She was discharged by default, without review."),
    ("service_access", "The project closed when the grant ran out."),
    ("service_access", "No therapist could be found."),
    ("ap_transitions", "He was released from prison with nowhere to go."),
    ("ap_transitions", "The file did not follow her to the new placement."),
    ("ap_workforce", "The nurses had not had supervision for weeks."),
    ("ap_workforce", "A newly qualified worker had been in post for three weeks."),
    ("ap_policy_compliance", "The procedure required a visit and none was made."),
    ("ap_policy_compliance", "No capacity assessment was carried out."),
    ("ap_identity_adultification", "The boy was treated as an offender first, not as a child."),
    ("ap_identity_adultification", "A girl of 13 was described as streetwise."),
    ("ap_hidden_men", "No social worker ever interviewed him."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), HITS, ids=[f"{c}: {t[:40]}" for c, t in HITS])
def test_a_factor_is_found_without_its_name(read: Read, code: str, text: str) -> None:
    assert code in affirmed(read, text)


NEAR_MISSES = [
    ("ace_parental_separation", "He left the meeting before his birthday tea."),
    ("ace_physical_neglect", "The self-neglect plan was reviewed for years."),
    ("ace_domestic_abuse", "He hid the knife under the bed."),
    ("ace_domestic_abuse", "The girl had seen her mother on Sunday."),
    ("ace_physical_abuse", "He broke his arm at football when he was 30."),
    ("ace_household_offending", "The social worker was sentenced for fraud."),
    ("bereavement", "Interest in the scheme died of itself."),
    ("poverty_debt", "The council owed a duty to her."),
    ("migration_language", "The English teacher praised her."),
    ("social_isolation", "The officer saw the mother alone."),
    ("separation_trigger", "She left the children with her aunt."),
    ("discrimination_racism", "The flat was searched once."),
    ("housing_instability", "The panel asked for a transfer of the file."),
    ("coercive_control", "The panel decided what it would see."),
    ("carer_role", "She cooked and washed."),
    ("criminal_exploitation", "Staff had to carry on."),
    ("social_media_escalation", "A leaflet was shared with the group."),
    ("community_mistrust", "The officer did not report back."),
    ("ap_voice", "She was asked about the bruises by the nurse."),
    ("ap_information_sharing", "The nurse did not ring the social worker the same day."),
    ("ap_engagement_dna", "The court failed to answer letters."),
    ("ap_record_keeping", "The letter was sent to her address."),
    ("service_access", "The case was closed by the team."),
    ("ap_transitions", "He was released with a plan and a key worker."),
    ("ap_workforce", "The child was home alone at night."),
    ("ap_hidden_men", "No social worker ever interviewed the neighbour."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"), NEAR_MISSES, ids=[f"{c}: {t[:40]}" for c, t in NEAR_MISSES]
)
def test_what_only_looks_like_a_factor_is_none(read: Read, code: str, text: str) -> None:
    assert code not in affirmed(read, text)


def test_praise_with_a_negative_is_the_failing_itself(read: Read) -> None:
    _, codings = read("Nobody saw her alone.")
    found = {c.valence.value for c in codings if c.code_id == "ap_voice"}
    assert found == {"negative"}
