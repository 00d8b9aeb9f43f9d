"""The closed vocabularies in words for readers."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.records import (
    Assertion,
    DocumentStatus,
    MetadataField,
    SectionRole,
    State,
    SubjectRole,
    Temporality,
    Valence,
)

ROLES: Mapping[SubjectRole | None, str] = {
    None: "Any role",
    SubjectRole.INDEX_CHILD: "Index child",
    SubjectRole.VICTIM: "Victim",
    SubjectRole.PERPETRATOR: "Perpetrator",
    SubjectRole.DECEASED: "Person who died",
    SubjectRole.PARENT_CARER: "Parent or carer",
    SubjectRole.SIBLING: "Sibling",
    SubjectRole.HOUSEHOLD_MEMBER: "Household member",
    SubjectRole.PEER: "Peer",
    SubjectRole.PATIENT_OR_GROUP: "Patient or group",
    SubjectRole.AGENCY: "Agency",
    SubjectRole.PLACE: "Place",
    SubjectRole.NOT_APPLICABLE: "Not applicable",
}
ASSERTIONS: Mapping[Assertion, str] = {
    Assertion.AFFIRMED: "Affirmed",
    Assertion.SUSPECTED: "Suspected",
    Assertion.NEGATED: "Ruled out",
    Assertion.HYPOTHETICAL: "Hypothetical",
    Assertion.GENERAL: "General statement",
    Assertion.RECOMMENDATION: "Recommendation",
}
SECTIONS: Mapping[SectionRole, str] = {
    SectionRole.FACTS: "Facts",
    SectionRole.ANALYSIS: "Analysis",
    SectionRole.FINDINGS: "Findings",
    SectionRole.RECOMMENDATIONS: "Recommendations",
    SectionRole.TERMS_OF_REFERENCE: "Terms of reference",
    SectionRole.METHODOLOGY: "Methodology",
    SectionRole.GLOSSARY: "Glossary",
    SectionRole.LITERATURE: "Literature",
    SectionRole.APPENDIX: "Appendix",
    SectionRole.FRONT_MATTER: "Front matter",
}
STATES: Mapping[State, str] = {
    State.PRESENT: "Present",
    State.RULED_OUT: "Ruled out",
    State.NOT_MENTIONED: "Not mentioned",
}
TEMPORALITIES: Mapping[Temporality, str] = {
    Temporality.CHILDHOOD: "in childhood",
    Temporality.PAST: "in the past",
    Temporality.CURRENT: "current at the incident",
    Temporality.INDEX_INCIDENT: "in the incident itself",
    Temporality.POST_INCIDENT: "after the incident",
    Temporality.UNCLEAR: "time unclear",
}
VALENCES: Mapping[Valence, str] = {
    Valence.NEGATIVE: "failing",
    Valence.POSITIVE: "good practice",
    Valence.NOT_APPLICABLE: "",
}
STATUSES: Mapping[DocumentStatus, str] = {
    DocumentStatus.OK: "Read",
    DocumentStatus.NEEDS_OCR: "Needs OCR",
    DocumentStatus.QUARANTINED: "Quarantined",
}
FIELDS: Mapping[MetadataField, str] = {
    MetadataField.TITLE: "Title",
    MetadataField.REVIEW_TYPE: "Kind",
    MetadataField.PUBLISHER: "Publisher",
    MetadataField.AUTHOR: "Author or chair",
    MetadataField.REPORT_DATE: "Date of the report",
    MetadataField.PERIOD: "Period under review",
    MetadataField.INCIDENT_DATE: "Month of the incident",
    MetadataField.SUBJECT: "About",
    MetadataField.AREA: "Area",
}
SAID_OF_PERSON: Mapping[str, str] = {
    "present": "Told of the person",
    "ruled_out": "Ruled out",
    "shared": "Only said of several, or not of which one",
}
#: Groups of the codebook that ships; another codebook's groups are shown by their id.
GROUPS: Mapping[str, str] = {
    "individual": "The person",
    "family_home": "Family and home",
    "peers": "Peers and friends",
    "community": "Community",
    "institutions": "Institutions",
    "agency_practice": "Agency practice",
    "place": "Place",
    "national": "National context",
    "incident": "The incident",
}


def group_label(group: str) -> str:
    """The name of a codebook group for readers."""
    return GROUPS.get(group) or group.replace("_", " ").capitalize()


def review_type_label(review_type: str) -> str:
    """A review type for readers: ``domestic_homicide_review`` as "Domestic homicide review"."""
    text = review_type.replace("_", " ").strip()
    return text[:1].upper() + text[1:] if text else "Type not stated"


#: Names of statistics for readers; others are shown by their own name.
STATISTICS = {
    "lift": "Lift (observed cases with both, divided by those expected by chance)",
    "phi": "Phi (correlation of two yes/no factors, \u22121 to 1)",
    "odds_ratio": "Odds ratio",
    "odds_ratio_low": "Odds ratio, lower bound of the 95% interval",
    "odds_ratio_high": "Odds ratio, upper bound of the 95% interval",
    "odds_ratio_corrected": "Odds ratio with ½ added to each cell (1: yes, because one was empty)",
    "odds_ratio_adjusted": "Odds ratio among reviews of one kind and like length",
    "odds_ratio_adjusted_low": "The same, lower bound of the 95% interval",
    "odds_ratio_adjusted_high": "The same, upper bound of the 95% interval",
    "p_adjusted": "p-value among reviews of one kind and like length",
    "q_adjusted": "q-value among reviews of one kind and like length",
    "survives": "Survives false-discovery control both ways (1: yes)",
    "passages_log_odds_ratio": "Log-odds of a passage to be about it, less those in the others",
    "passages_z": "The same in its standard errors (Monroe, Colaresi and Quinn 2008)",
    "n_others": "Cases of the other groups",
    "n_others_with": "Of those, cases with the factor",
    "difference": "Share of the group less that of the others",
    "difference_low": "The same, lower bound of the 95% interval",
    "difference_high": "The same, upper bound of the 95% interval",
    "only_length": "No difference among reviews of one kind and like length (1: so it is)",
    "n_classes": "Number of kinds, by the least BIC",
    "share_by_model": "Share of the cases by the model",
    "stability": "Stability (mean Jaccard similarity over resampled cases, 0 to 1)",
    "exploratory": "Exploratory (1: yes)",
    "n_reverse": "Cases in the other order",
    "n_unclear": "Cases whose dates leave the order open",
    "n_unsure": "Cases whose dates leave the span open",
    "n_days": "Days",
    "n_factors_present": "Factors that at least one case has",
    "at_least": "Items at least",
    "surely_at_least": "Items at least, without those of which the coder is not sure",
    "at_most": "Items at most: all but those that the review rules out",
    "n_ruled_out": "Items that the review rules out",
    "population": "Population of the group",
    "per": "Rate for so many people",
    "rate_ratio": "Rate divided by that of the other groups",
    "rate_ratio_low": "The same, lower bound of the 95% interval",
    "rate_ratio_high": "The same, upper bound of the 95% interval",
    "gini": "Gini coefficient",
    "generalised_gini": "Generalised Gini coefficient (Bernasco and Steenbeek 2017)",
    "random_generalised_gini": "The same for cases scattered at random, mean",
    "random_share": "Share of the top groups for cases scattered at random, mean",
    "random_share_low": "The same, lower bound (2.5%)",
    "random_share_high": "The same, upper bound (97.5%)",
    "n_people_at_least": "People at least: one more for each case that tells it of several only",
    "n_people_at_most": "People at most: as if what is said of several were true of each",
    "n_people_reviews": "Reviews that tell of these people",
    "effective_people": "As many people, each of a review of their own, would tell as much",
    "n_other_people": "People of the other groups",
    "n_other_people_with": "Of those, people of whom it is told",
    "difference_people": "Share of the group less that of the others",
    "difference_people_low": "The same, lower bound of the 95% interval",
    "difference_people_high": "The same, upper bound of the 95% interval",
    "n_tested": "People in the test: one for each review",
    "n_places": "Groups",
    "expected_share": "Share expected if the factors had nothing to do with one another",
    "n_both": "Cases with both",
    "n_first": "Cases with the first",
    "n_second": "Cases with the second",
    "n_neither": "Cases with neither",
    "n_cases": "Cases that the passages come from",
    "n_cases_with_role": "Cases that tell of somebody in this role",
    "naive_share": "Share that the coder counts",
    "naive_low": "Share that the coder counts, lower bound of its Wilson interval",
    "naive_high": "Share that the coder counts, upper bound of its Wilson interval",
    "n_labelled": "Labelled cases",
    "sensitivity": "Sensitivity of the coder on the labelled cases",
    "specificity": "Specificity of the coder on the labelled cases",
    "n_silent": "Cases in which the coder does not find it",
    "n_audited": "Of those, cases that were read",
    "n_missed_in_audit": "Of those, cases that have it",
    "n_missed_at_most": "The most cases that the coder may have missed (95%, one-sided)",
    "least": "Counted from",
    "most": "Counted up to",
    "p_value": "p-value (exact test)",
    "q_value": "q-value (after false-discovery control)",
}
