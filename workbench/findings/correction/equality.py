"""Whether the coder errs alike in all groups: what it misses and what it claims wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from workbench.findings.correction.labels import LabelledCase
from workbench.findings.patterns.typology import SEPARATOR
from workbench.findings.significance import fisher_exact
from workbench.findings.table import CaseTable, role_words
from workbench.records import Code, Finding, SubjectRole

#: Fewer labelled cases of one kind in a group say nothing of the coder there.
MIN_LABELLED = 5
LEVEL = 0.05
LABELLED = "Cases that a person labelled, whatever the coder found."
ALIKE = "Of the labelled cases of this group; the test is against the other groups together."
UNLIKE = (
    " Warning: the coder does not err alike in all groups, so differences between groups may be "
    "differences of its errors."
)
_KINDS = ((True, "with", "found by the coder"), (False, "without", "claimed by the coder"))


def equality_findings(
    table: CaseTable, labels: Sequence[LabelledCase], groups: Mapping[str, Mapping[str, str]]
) -> Iterator[Finding]:
    """For each factor, role and group with labels: sensitivity and false alarms of the coder.

    A finding ``labelled_in_group`` lists the labelled cases of the group that have (or do not
    have) the factor; the finding ``coder_hit`` inside it counts those in which the coder found
    it: its share is the sensitivity (for cases with the factor) or the false-alarm rate (for
    the others), with Wilson's interval, and p of the exact test against the other groups.

    Source: for the two rates by group, Hardt, Price and Srebro (2016), Adv. Neural Inf. Process.
    Syst. 29, "equalised odds".
    """
    for code in table.factors:
        for role in (None, *SubjectRole):
            of_role = {
                label.case_id: label.present
                for label in labels
                if label.code_id == code.code_id and label.subject_role is role
            }
            if of_role:
                yield from _of_role(table, (code, role), of_role, groups)


def _of_role(
    table: CaseTable,
    topic: tuple[Code, SubjectRole | None],
    present: Mapping[str, bool],
    groups: Mapping[str, Mapping[str, str]],
) -> Iterator[Finding]:
    for wanted, kind, _ in _KINDS:
        labelled = [
            place for place, case in enumerate(table.cases) if present.get(case.case_id) is wanted
        ]
        compared: list[Finding] = []
        for grouping in sorted(groups):
            members: dict[str, list[int]] = {}
            for place in labelled:
                group = groups[grouping].get(table.cases[place].case_id, "")
                if group:
                    members.setdefault(group, []).append(place)
            if sum(len(places) >= MIN_LABELLED for places in members.values()) >= 2:
                compared += _compare(table, topic, (grouping, kind), members, len(labelled))
        if compared:
            yield Finding(
                finding_id=_parent_id(topic, kind),
                measure="labelled",
                label=f"{topic[0].label} ({role_words(topic[1])}): labelled cases {kind} it",
                note=LABELLED,
                **table.share(labelled).fields,
            )
            yield from compared


def _compare(
    table: CaseTable,
    topic: tuple[Code, SubjectRole | None],
    which: tuple[str, str],
    members: Mapping[str, list[int]],
    n_labelled: int,
) -> Iterator[Finding]:
    code, role = topic
    grouping, kind = which
    found = set(table.tally(code.code_id, role).present)
    words = next(text for _, name, text in _KINDS if name == kind)
    n_all = sum(map(len, members.values()))
    n_hits = sum(place in found for places in members.values() for place in places)
    whose, of_group = f"{code.label} ({role_words(role)})", grouping.replace("_", " ")
    for number, group in enumerate(sorted(members), start=1):
        places = members[group]
        if len(places) < MIN_LABELLED:
            continue
        hits = [place for place in places if place in found]
        name = f"{_parent_id(topic, kind)}{SEPARATOR}{_slug(grouping)}-{number}"
        yield Finding(
            finding_id=name,
            measure="labelled_in_group",
            label=f"{whose}: labelled cases {kind} it, {of_group} {group}",
            note=LABELLED,
            **table.share(places, n_labelled).fields,
        )
        p_value = fisher_exact(len(hits), len(places), n_hits, n_all).p_value
        yield Finding(
            finding_id=f"{name}{SEPARATOR}found",
            measure="coder_hit",
            label=f"{whose}: {words}, of the labelled cases {kind} it, {of_group} {group}",
            code_ids=(code.code_id,),
            subject_role=role,
            coding_ids=table.first_passages([code.code_id], hits, role),
            p_value=p_value,
            note=ALIKE + (UNLIKE if p_value <= LEVEL else ""),
            **table.share(hits, len(places)).fields,
        )


def _parent_id(topic: tuple[Code, SubjectRole | None], kind: str) -> str:
    return f"labelled-{kind}-{topic[0].code_id}-{topic[1] or 'any'}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
