"""All findings of the journeys, in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.codebook import Codebook
from workbench.findings.journey.matrix import in_touch_findings, matrix_findings
from workbench.findings.journey.sequences import sequence_findings
from workbench.findings.journey.table import JourneyTable
from workbench.findings.journey.timeline import timeline_findings
from workbench.findings.table import CaseTable, FindingsSettings
from workbench.records import Case, Coding, Finding
from workbench.records.journey import Journey


def journey_findings(
    cases: Sequence[Case],
    journeys: Sequence[Journey],
    codings: Mapping[str, Coding],
    codebook: Codebook,
    labels: Mapping[str, str],
    settings: FindingsSettings | None = None,
) -> tuple[Finding, ...]:
    """Every number that may be published of who knew, when, and in which order.

    Args:
        cases: Each review once; their order does not matter.
        journeys: By case; a case without one counts as one that names no agency.
        codings: All codings by ``coding_id``.
        codebook: The one that the cases were made with.
        labels: Kind of agency -> label, in the order of the findings.
        settings: Levels and thresholds.

    Returns:
        Findings with unique ids: agencies in touch, agency by factor, failings and good practice
        by agency, first contacts, times without contact, last contacts, sequences. The unit is
        always cases. ``coding_ids`` are ids of codings or, for contacts, of mentions of agencies.

    Raises:
        KeyError: A state names a coding that is not in ``codings``.
    """
    if not cases:
        return ()
    table = JourneyTable.of(
        CaseTable.of(cases, codings, codebook, settings or FindingsSettings()), journeys, labels
    )
    return (
        *in_touch_findings(table),
        *matrix_findings(table),
        *timeline_findings(table),
        *sequence_findings(table),
    )
