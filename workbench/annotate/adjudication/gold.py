"""Passages on whose codes people agree or an adjudicator has decided, as a gold file has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbench.annotate.decisions import (
    anchor,
    apply_decisions,
    in_force,
    settled_codes,
    work_by_segment,
)
from workbench.records import Coding, Decision, Reading, Segment


def gold_lines(
    reading: Reading, decisions: Sequence[Decision], min_coders: int
) -> Iterator[dict[str, Any]]:
    """The segments that enough coders have read to their end, as lines of a gold file.

    ``open`` says that a code of the segment is in dispute: such a line is no gold. Lines carry
    who coded them and which samples brought them before the coders; the codings are those of
    people only.

    Args:
        reading: The document.
        decisions: Of it, in the order in which they were made.
        min_coders: How many must have read a segment to its end.
    """
    applied = apply_decisions(reading.codings, decisions, reading.frozen.text, reading.segments)
    anchored = anchor(in_force(decisions), reading.frozen.text, reading.segments).decisions
    work = work_by_segment(anchored)
    adjudicated = {segment for segment, _ in settled_codes(anchored)}
    disputed = {dispute.segment for dispute in applied.disputes}
    human = [coding for coding in applied.codings if coding.source.startswith("human:")]
    for segment in reading.segments:
        readers = sorted(
            coder for coder, each in work.get(segment.ordinal, {}).items() if each.complete
        )
        if len(readers) < min_coders:
            continue
        given = [each.complete for each in work[segment.ordinal].values() if each.complete]
        yield {
            "id": f"{segment.document_id[:12]}:{segment.ordinal:05d}",
            "doc": segment.document_id[:12],
            "source": reading.document.review_type,
            "section": str(segment.section_role),
            "text": segment.text,
            "codings": [_line(each, segment) for each in human if each.segment == segment.ordinal],
            "coders": readers,
            "open": segment.ordinal in disputed,
            "adjudicated": segment.ordinal in adjudicated,
            "blind": all(each.shown == "blind" for each in given),
            "designs": sorted({each.design for each in given if each.design}),
        }


def with_strata(
    lines: Sequence[Mapping[str, Any]], strata: Mapping[str, tuple[str, int]]
) -> tuple[dict[str, Any], ...]:
    """The lines with the stratum of each and how many of it there are and were coded.

    Lines that are in no stratum are left out: what they stand for is not known.

    Args:
        lines: Of a gold file.
        strata: Id of a line -> its stratum and how many units that has in the frame.
    """
    known = [dict(line) for line in lines if line["id"] in strata]
    n_coded: dict[str, int] = {}
    for line in known:
        name = strata[line["id"]][0]
        n_coded[name] = n_coded.get(name, 0) + 1
    for line in known:
        name, n_frame = strata[line["id"]]
        line |= {
            "stratum": name or "all",
            "stratum_size": n_frame,
            "stratum_sampled": n_coded[name],
        }
    return tuple(known)


def _line(coding: Coding, segment: Segment) -> dict[str, Any]:
    start = coding.start_char - segment.start_char
    quote = segment.text[start : coding.end_char - segment.start_char]
    return {
        "code": coding.code_id,
        "assertion": str(coding.assertion),
        "subject_role": str(coding.subject_role),
        "temporality": str(coding.temporality),
        "valence": str(coding.valence),
        "quote": quote,
        "start_char": start,
    }
