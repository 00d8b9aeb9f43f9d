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
