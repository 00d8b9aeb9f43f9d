"""A review of one victim, and what the rules read of its incident."""

from __future__ import annotations

from case_making import codebook, person, reading

from workbench.cases.incident.read import incident_facts
from workbench.records import Person, Reading, SectionRole, Standing, SubjectRole

CODEBOOK = codebook()
FACTS = SectionRole.FACTS
VICTIM = person("Mara", "review", person_id="V")
DONE_BY = person("Joss", "review", person_id="P", role=SubjectRole.PERPETRATOR)


def review(*texts: str, role: SectionRole = FACTS, people: tuple[Person, ...] = ()) -> Reading:
    return reading("review", [(role, text) for text in texts], people=people or (VICTIM, DONE_BY))


def values(of: Reading) -> dict[str, str]:
    return {
        fact.field.value: fact.value
        for fact in incident_facts(of, CODEBOOK)
        if fact.standing is Standing.VALUE
    }
