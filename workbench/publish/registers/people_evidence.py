"""Evidence pages of findings on people: the passages under the name of each person counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.publish.denominators.listed import listed_path
from workbench.publish.denominators.people import (
    PEOPLE_MEASURES,
    Whom,
    base_people,
    counted_people,
)
from workbench.publish.labels import STATISTICS
from workbench.publish.names import stem
from workbench.publish.site.evidence import MAX_WHOLE
from workbench.publish.site.render import Site
from workbench.records import Case, Finding

_WHY_NO_PASSAGE = {
    "people_group": "Counted for being of this group, whatever is said of the person.",
    "people_not_mentioned": "No passage says it of this person, or of several people of the role.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPart:
    """What is counted of one person."""

    whom: Whom
    passages: Sequence[Markup]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """The people who are counted of one case."""

    case: Case
    people: Sequence[PersonPart]


def write_people_evidence(site: Site) -> None:
    """Write ``evidence/<finding_id>.html`` for each finding on people."""
    written: set[str] = set()
    for finding in site.catalogue.of_measure(*sorted(PEOPLE_MEASURES)):
        base = base_people(site.catalogue, finding)
        listed = listed_path(base)
        if listed and listed not in written:
            written.add(listed)
            site.write(listed, "denominator.html", section="people.html", base=base, unit="people")
        named = [name for name in ("p_value", "q_value") if getattr(finding, name) is not None]
        named += [name for name, _ in finding.statistics]
        site.write(
            f"evidence/{stem(finding.finding_id)}.html",
            "registers/people-evidence.html",
            section="people.html",
            finding=finding,
            parts=_parts(site, finding),
            why_no_passage=_WHY_NO_PASSAGE.get(finding.measure, ""),
            base=() if listed else base,
            listed=listed,
            statistics=[(name, STATISTICS[name]) for name in named],
        )


def _parts(site: Site, finding: Finding) -> list[CasePart]:
    parts: dict[str, list[PersonPart]] = {}
    brief = len(finding.coding_ids) > MAX_WHOLE
    counted = counted_people(site.catalogue, finding)
    for whom in counted:
        ids = whom.passages(finding.code_ids[0]) if finding.code_ids else ()
        codings = [site.catalogue.codings[coding_id] for coding_id in ids]
        part = PersonPart(whom=whom, passages=site.passages_html(codings, brief=brief))
        parts.setdefault(whom.case.case_id, []).append(part)
    return [
        CasePart(case=site.catalogue.cases[case_id], people=people)
        for case_id, people in parts.items()
    ]
