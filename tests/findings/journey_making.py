"""Hand-made journeys for findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from finding_making import CODEBOOK, Codings, document_of

from workbench.findings import journey_findings
from workbench.records import Case, DatePrecision, Finding
from workbench.records.journey import AgencyMention, Journey, JourneyEvent

LABELS = {"police": "Police", "primary_care": "GP and primary care", "education": "Education"}
WIDTH = 100  # characters of a sentence


def mention(
    case_id: str, start: int, kind: str = "police", *, is_contact: bool = True
) -> AgencyMention:
    """An agency named in the first characters of the sentence that begins at ``start``."""
    return AgencyMention(
        document_id=document_of(case_id), segment=0, start_char=start, end_char=start + 6,
        kind=kind, agency_id="", sentence_start=start, sentence_end=start + WIDTH,
        is_contact=is_contact,
    )  # fmt: skip


def event(
    case_id: str, date: str, start: int, kinds: Iterable[str] = (), coding_ids: Sequence[str] = ()
) -> JourneyEvent:
    """An event on a date; agencies of the kinds were in touch."""
    precision = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH}.get(len(date), DatePrecision.DAY)
    return JourneyEvent(
        document_id=document_of(case_id), segment=0, start_char=start, end_char=start + WIDTH,
        text="Something.", date=date, precision=precision, printed=date, kinds=tuple(kinds),
        mention_ids=tuple(mention(case_id, start, kind).mention_id for kind in kinds),
        coding_ids=tuple(coding_ids),
    )  # fmt: skip


def journey(
    case_id: str,
    events: Sequence[JourneyEvent] = (),
    mentions: Sequence[AgencyMention] = (),
    incident: str = "",
    birth: str = "",
) -> Journey:
    """A journey; the contacts of its events are among its mentions."""
    named = [mention(case_id, each.start_char, kind) for each in events for kind in each.kinds]
    return Journey(
        case_id=case_id, agencies=(), mentions=(*mentions, *named),
        events=tuple(sorted(events, key=lambda each: each.days or ())),
        incident_date=incident, birth_date=birth,
    )  # fmt: skip


def found(
    cases: Sequence[Case], journeys: Sequence[Journey], codings: Codings | None = None
) -> dict[str, Finding]:
    """The findings of journeys by id."""
    made = journey_findings(cases, journeys, codings or {}, CODEBOOK, LABELS)
    assert len({finding.finding_id for finding in made}) == len(made)
    return {finding.finding_id: finding for finding in made}
