"""Who publishes a document, and which area it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.records import MetadataField, Metadatum, SegmentKind
from workbench.segment.metadata.kinds import OTHER, PFD
from workbench.segment.metadata.printed import CAPITAL, PUBLISHER, Printed, front, metadatum

_WORD = rf"(?:{CAPITAL}|and|of|for|upon|on|in|the(?= [A-Z]))"
_BODY = re.compile(
    rf"(?:{CAPITAL}(?: {_WORD})* )?(?:Safeguarding (?:Children(?:[’']s)? |Adults? )?"
    rf"(?:Board|Partnership|Partners)|Safety Partnership|Partnership Board|Partnership"
    rf"|Coroner(?:[’']s)? (?:Court|Service|Office)|Review Partners|Council|NHS England|Ofsted"
    rf"|Violence Reduction Unit|Committee)\b"
)
_LEAD = re.compile(
    r"(?:(?:Prepared|Commissioned|Report|Presented|Submitted|Dear|Produced|Published)\b"
    r"(?: (?:for|by|to|of|the))* )|.* for (?=NHS England)"
)
ALLOWED = {
    PFD: re.compile(r"coroner", re.IGNORECASE),
    OTHER: re.compile(r"ofsted|committee|inspectorate", re.IGNORECASE),
}
_AREA = rf"(?P<area>{CAPITAL}(?:(?:,? and| upon| on| of| in| the|,)? {CAPITAL})*?)"
BODY_AREA = re.compile(
    rf"^(?:Safer |London Borough of |The )*{_AREA}\s+(?:Safer |Local |City |County |Borough "
    rf"|Metropolitan )*(?:Community Safety|Safeguarding|Review Partners|Violence Reduction"
    rf"|Partnership|Council|Coroner)"
)
TITLE_AREA = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:(?:London|Royal|Metropolitan) )*Borough of {_AREA}(?=[:.])",
        rf"\b(?:of|to|in) (?:the )?(?:London Borough of |Royal Borough of )?{_AREA}"
        rf"(?:[’']s?)?(?: (?:City|Borough|County|Metropolitan|District))*(?: Council)?(?:[’']s?)?"
        rf"(?: (?:local|children|services|Local Area).*)?\.?$",
    )
)
CORONERS_AREA = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:coroner area of)\s+(?:the (?=[A-Z]))?{_AREA}(?=[.,;]|$)",
        rf"\b[Cc]oroner for\s+(?:the (?i:coroner area of) )?{_AREA}(?=[.,;]|$)",
        rf"\bCoroner, {_AREA}(?=[.,;]|$)",
    )
)
INSPECTED = re.compile(r"\b(?:inspection|visit|area review)\b", re.IGNORECASE)
PARTNERS_OF = re.compile(rf"\bsafeguarding partners of {_AREA}(?=[.,;]|$)")


def publisher(printed: Sequence[Printed], kind: str = "") -> Metadatum | None:
    """The board, partnership or coroner's service that the first page or its heads name.

    A coroner's report and the letter of an inspectorate name those whom they are sent to as
    well: there only a coroner's service or an inspectorate counts.
    """
    allowed = ALLOWED.get(kind, PUBLISHER)
    running = [each for each in printed if each.segment.kind is SegmentKind.RUNNING_MATTER]
    for each in (*front(printed), *running):
        if each.n_words > 24 or not PUBLISHER.search(each.text):
            continue
        bodies = [m for m in _BODY.finditer(each.text) if allowed.search(m.group())]
        if bodies:
            lead = _LEAD.match(bodies[0].group())
            span = bodies[0].start() + (lead.end() if lead else 0), bodies[-1].end()
            value = each.text[slice(*span)]
            confidence = 0.9 if len(value) > 0.7 * len(each.text) else 0.75
            return metadatum(MetadataField.PUBLISHER, value, each.segment, confidence, span)
    return None


def area(
    printed: Sequence[Printed], title: Metadatum | None, body: Metadatum | None
) -> Metadatum | None:
    """The area that a coroner, the title of an inspection or the publisher's name gives."""
    for each in front(printed, 2):
        for pattern in (*CORONERS_AREA, PARTNERS_OF):
            if match := pattern.search(each.text):
                return metadatum(
                    MetadataField.AREA, match["area"], each.segment, 0.9, match.span("area")
                )
    if title is not None and INSPECTED.search(title.value):
        for pattern in TITLE_AREA:
            if match := pattern.search(title.value):
                return _of(title, match["area"], 0.85)
    if body is not None and (match := BODY_AREA.match(body.value)):
        return _of(body, match["area"], 0.8)
    return None


def _of(source: Metadatum, value: str, confidence: float) -> Metadatum:
    return Metadatum(
        document_id=source.document_id, field=MetadataField.AREA, value=value,
        confidence=confidence, source=source.source,
        start_char=source.start_char, end_char=source.end_char,
    )  # fmt: skip
