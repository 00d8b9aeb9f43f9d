"""Values of the incident on which coders differ, and verdicts on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.annotate.adjudication.records import ABSENT, PRESENT, Verdict
from workbench.records import NOT_STATED, Code, Decision, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueDispute:
    """An incident attribute for which coders chose different values in one document."""

    document_id: str
    file_name: str
    code: Code
    field: str  # of an attribute with several, such as "time_band"; else ""
    chosen: Mapping[str, tuple[Decision, ...]]  # by coder
    segment: Segment  # of the first of the decisions
    origin: Mapping[str, str]  # as in Anchored

    @property
    def settles(self) -> tuple[str, ...]:
        """Ids of the decisions of all coders that a verdict settles, by coder."""
        return tuple(
            self.origin.get(each.decision_id, each.decision_id)
            for coder in sorted(self.chosen)
            for each in self.chosen[coder]
        )

    @property
    def disagreement_id(self) -> str:
        """Names the document, the attribute and the decisions."""
        parts = [self.document_id, self.code.code_id, self.field, *self.settles]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    @property
    def attribute(self) -> str:
        """The attribute, with its field where it has several."""
        return " ".join(filter(None, (self.code.code_id, self.field)))

    def said(self, coder: str) -> str:
        """The values that a coder chose."""
        return ", ".join(sorted({_option(each.value) for each in self.chosen[coder]}))

    @property
    def options(self) -> tuple[str, ...]:
        """The values of the codebook that the attribute may have."""
        return tuple(
            _option(value)
            for value in self.code.values
            if not self.field or value.startswith(f"{self.field}=")
        )


def value_disputes(
    valued: Sequence[Decision],
    origin: Mapping[str, str],
    codes: Mapping[str, Code],
    segments: Mapping[int, Segment],
    file_name: str,
) -> Iterator[ValueDispute]:
    """The attributes of one document on which coders differ and no adjudicator has decided.

    A coder who chose nothing has no view: most passages do not speak of the incident.

    Args:
        valued: Decisions with a value that are in force, by today's text.
        origin: Id of a decision whose words moved -> its id as it was made.
        codes: By their ids; what the codebook has lost cannot be judged.
        segments: By their ordinals.
        file_name: Of the document.
    """
    by_attribute: dict[tuple[str, str], list[Decision]] = {}
    for decision in valued:
        name, separator, _ = decision.value.partition("=")
        key = (decision.code_id, name if separator else "")
        by_attribute.setdefault(key, []).append(decision)
    for (code_id, name), of_attribute in sorted(by_attribute.items()):
        chosen: dict[str, tuple[Decision, ...]] = {}
        for decision in of_attribute:
            if not decision.settles:
                chosen[decision.coder] = (*chosen.get(decision.coder, ()), decision)
        views = {frozenset(each.value for each in decisions) for decisions in chosen.values()}
        if len(views) < 2 or code_id not in codes:
            continue
        dispute = ValueDispute(
            document_id=of_attribute[0].document_id, file_name=file_name, code=codes[code_id],
            field=name, chosen=chosen, segment=segments[of_attribute[0].segment], origin=origin,
        )  # fmt: skip
        if not any(set(dispute.settles) <= set(each.settles) for each in of_attribute):
            yield dispute


def settle_value(
    dispute: ValueDispute, verdict: Verdict, adjudicator: str, decided_at: str
) -> tuple[Decision, ...]:
    """The adjudicator's decisions: one for each value that holds, or one that none is stated.

    Args:
        dispute: What coders differ on.
        verdict: The coder who is right, a value of the codebook, or ``absent``: not stated.
        adjudicator: Who says so; none of the coders.
        decided_at: When, ISO 8601 with its zone.

    Raises:
        ValueError: The verdict does not fit; the message says what it could be.
    """
    coders = sorted(dispute.chosen)
    verdict.require_judge(adjudicator, coders)
    if verdict.verdict == PRESENT:
        raise ValueError(f"name the value instead of {PRESENT}: {', '.join(dispute.options)}")
    first = dispute.chosen[coders[0]][0]
    option = NOT_STATED if verdict.verdict == ABSENT else verdict.verdict
    if verdict.verdict in coders:
        marks = dispute.chosen[verdict.verdict]
    elif option in (*dispute.options, NOT_STATED):
        value = f"{dispute.field}={option}" if dispute.field else option
        of_value = [each for coder in coders for each in dispute.chosen[coder]
                    if each.value == value]  # fmt: skip
        marks = (of_value[0] if of_value else replace(first, value=value),)
    else:
        raise ValueError(
            f"verdict {verdict.verdict!r} is none of {ABSENT}, {', '.join(coders)}, "
            f"{', '.join(dispute.options)}"
        )
    return verdict.decisions(marks, adjudicator, decided_at, dispute.settles)


def _option(value: str) -> str:
    _, separator, option = value.partition("=")
    return option if separator else value
