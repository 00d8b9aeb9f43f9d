"""The sections of an evaluation on gold passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.learn.evaluation.codings.breakdowns import (
    COUNT_COLUMNS,
    MIN_SUPPORT,
    count_cells,
    mean_f1,
)
from workbench.learn.evaluation.pooling import Bootstrap, confusion_table, pool_measures
from workbench.learn.evaluation.records import Cell, Measure, Section, Table, Tally
from workbench.learn.gold.mistakes import mistake_table
from workbench.learn.gold.pairs import PassagePairs, add_up
from workbench.learn.gold.records import Mistake
from workbench.learn.gold.subgroups import GROUPINGS
from workbench.learn.matching.pairs import confused, is_practice, values
from workbench.records import Assertion, SubjectRole

CODE_LABELS = {
    "affirmed.precision": "affirmed codes: precision",
    "affirmed.recall": "affirmed codes: recall",
    "affirmed.f1": "affirmed codes: F1",
    "any.precision": "codes with any assertion: precision",
    "any.recall": "codes with any assertion: recall",
    "any.f1": "codes with any assertion: F1",
}
MATCHED_LABELS = {
    "assertion": "assertion right",
    "role": "whose factor it is, right (without practice codes)",
    "valence": "failing or good practice right (practice codes, affirmed by both)",
    "words.overlap": "quoted words overlap those of gold",
    "words.iou": "shared words / all words of both (mean)",
    "quoted": "quotes that occur in their passage",
}
_GROUP_COLUMNS = ("passages", "documents", "affirmed in gold", "precision", "recall", "F1",
                  "F1 low", "F1 high")  # fmt: skip


def code_section(pairs: Sequence[PassagePairs], bootstrap: Bootstrap) -> Section:
    """Which code is in which passage."""
    return Section(
        key="gold",
        title="Codes on passages",
        explanation="A code counts once for each passage. Affirmed: the passage says that the "
        "factor was there, or that the practice happened.",
        measures=(
            *pool_measures("gold", CODE_LABELS, add_up(pairs), bootstrap),
            macro_f1(pairs, bootstrap),
        ),
        tables=(_code_table(pairs),),
    )


def matched_section(pairs: Sequence[PassagePairs], bootstrap: Bootstrap) -> Section:
    """What is said of the codes that gold and system share."""
    return Section(
        key="matched",
        title="What is said of a code",
        explanation="Only where gold and system have the same code in the same passage, whatever "
        "the assertion: is the rest right as well?",
        measures=pool_measures("matched", MATCHED_LABELS, add_up(pairs), bootstrap),
        tables=(
            confusion_table(
                "matched.assertions", "Assertions", _confusions(pairs, "assertion"), list(Assertion)
            ),
            confusion_table(
                "matched.roles",
                "Whose factor it is (without practice codes)",
                _confusions(pairs, "subject_role", lambda code: not is_practice(code)),
                list(SubjectRole),
            ),
        ),
    )


def weighted_section(pairs: Sequence[PassagePairs], bootstrap: Bootstrap) -> Section:
    """Estimates for all passages from which the sample was drawn."""
    labels = {**CODE_LABELS, "assertion": "assertion right", "role": "role right"}
    return Section(
        key="weighted",
        title="Estimated for all passages of the strata",
        explanation="The passages were drawn by stratum, some strata more densely than others. "
        "Here each passage counts N / n times (N passages in its stratum, n of them drawn): a "
        "measure is the sum of (N / n) x part over the sum of (N / n) x whole, F1 with part = 2 "
        "hits and whole = 2 hits + wrong + missed. Source: Cochran (1977), Sampling Techniques, "
        "section 6.11, combined ratio estimate. The intervals resample documents and leave the "
        "weights as they are.",
        measures=pool_measures("weighted", labels, add_up(pairs, weighted=True), bootstrap),
        tables=(_stratum_table(pairs, bootstrap),),
    )


def baseline_section(
    system: str,
    pairs: Sequence[PassagePairs],
    baselines: Mapping[str, Sequence[PassagePairs]],
    bootstrap: Bootstrap,
) -> Section:
    """The system beside the plainest coders, on the same passages in the same run."""
    rows = [(system, *_system_cells(pairs, pairs, bootstrap))]
    rows += [(name, *_system_cells(theirs, pairs, bootstrap)) for name, theirs in baselines.items()]
    return Section(
        key="baselines",
        title="Beside the plainest coders",
        explanation="All on the same passages. Gain: F1 of the measured system less F1 of the "
        "one in this row, with a 95 % interval from the same resamples of documents.",
        measures=(),
        tables=(
            Table(
                key="baselines.systems",
                title="Systems",
                columns=("system", "P", "R", "F1", "F1 low", "F1 high", "macro-F1",
                         "any-assertion F1", "assertion", "role", "gain", "gain low", "gain high"),
                rows=tuple(rows),
            ),
        ),
    )  # fmt: skip


def mistake_section(mistakes: Sequence[Mistake]) -> Section:
    """What went wrong."""
    return Section(
        key="mistakes",
        title="Mistakes",
        explanation="Wrong and missed affirmed codes by what stands on the other side, and what "
        "is wrong of codes that both have.",
        measures=(),
        tables=(mistake_table(mistakes),),
    )


def group_section(pairs: Sequence[PassagePairs], bootstrap: Bootstrap) -> Section:
    """The same figures for groups of passages."""
    return Section(
        key="groups",
        title="Groups",
        explanation="Affirmed codes by group. Sex and age are what the plainest words of a "
        "passage say (he, she, aged 15, a girl); they may be those of anybody in it. Small groups "
        "have wide intervals; a difference inside them says nothing.",
        measures=(),
        tables=tuple(
            _group_table(title, group, pairs, bootstrap)
            for title, group in GROUPINGS.items()
            if len({group(each.passage) for each in pairs}) > 1
        ),
    )


def macro_f1(pairs: Sequence[PassagePairs], bootstrap: Bootstrap) -> Measure:
    """Mean F1 of the codes that gold affirms in enough passages."""
    codes = sorted({code for each in pairs for code in each.wanted_affirmed})
    position = {code: at for at, code in enumerate(codes)}
    documents = list(dict.fromkeys(each.passage.doc for each in pairs))
    row = {doc: at for at, doc in enumerate(documents)}
    sums: NDArray[np.float64] = np.zeros((3, len(documents), len(codes)))
    for each in pairs:
        wanted, given = each.wanted_affirmed, each.given_affirmed
        for kind, found in enumerate((wanted & given, given - wanted, wanted - given)):
            for code in found & position.keys():
                sums[kind, row[each.passage.doc], position[code]] += 1
    return mean_f1("gold", sums, documents, bootstrap)


def _system_cells(
    pairs: Sequence[PassagePairs], measured: Sequence[PassagePairs], bootstrap: Bootstrap
) -> tuple[Cell, ...]:
    labels = {**CODE_LABELS, **MATCHED_LABELS}
    by_key = {
        measure.key.removeprefix("x."): measure
        for measure in pool_measures("x", labels, add_up(pairs), bootstrap)
    }
    f1 = by_key["affirmed.f1"]
    gain: tuple[Cell, ...] = (None, None, None)
    if pairs is not measured:
        gain = _gain(pairs, measured, bootstrap)
    names_people = any(
        coding.subject_role
        for each in pairs
        for code, codings in each.given.items()
        if not is_practice(code)
        for coding in codings
    )
    return (
        by_key["affirmed.precision"].value, by_key["affirmed.recall"].value, f1.value, f1.low,
        f1.high, macro_f1(pairs, bootstrap).value, by_key["any.f1"].value,
        by_key["assertion"].value, by_key["role"].value if names_people else None, *gain,
    )  # fmt: skip


def _gain(
    pairs: Sequence[PassagePairs], measured: Sequence[PassagePairs], bootstrap: Bootstrap
) -> tuple[Cell, ...]:
    totals, replicates = [], []
    for each in (measured, pairs):
        tallies = [sums["affirmed.f1"] for sums in add_up(each).values()]
        parts, wholes = [tally.part for tally in tallies], [tally.whole for tally in tallies]
        totals.append(sum(parts) / sum(wholes) if sum(wholes) else 0.0)
        replicates.append(bootstrap.ratio(parts, wholes))
    low, high = bootstrap.interval(replicates[0] - replicates[1])
    return totals[0] - totals[1], low, high


def _code_table(pairs: Sequence[PassagePairs]) -> Table:
    hits: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for each in pairs:
        hits.update(each.wanted_affirmed & each.given_affirmed)
        wrong.update(each.given_affirmed - each.wanted_affirmed)
        missed.update(each.wanted_affirmed - each.given_affirmed)
    codes = sorted(
        hits.keys() | wrong.keys() | missed.keys(),
        key=lambda code: (-hits[code] - missed[code], code),
    )
    return Table(
        key="gold.codes",
        title=f"Affirmed codes, those with most support first (the mean takes n >= {MIN_SUPPORT})",
        columns=("code", "in gold", *COUNT_COLUMNS[1:]),
        rows=tuple((code, *count_cells(hits[code], wrong[code], missed[code])) for code in codes),
    )


def _stratum_table(pairs: Sequence[PassagePairs], bootstrap: Bootstrap) -> Table:
    sizes = {each.passage.stratum: each.passage for each in pairs}
    table = _group_table("stratum", lambda passage: passage.stratum, pairs, bootstrap)
    return Table(
        key="weighted.strata",
        title="By stratum",
        columns=("stratum", "N", "n", "weight", *table.columns[1:]),
        rows=tuple(
            (
                name,
                sizes[str(name)].stratum_size,
                sizes[str(name)].stratum_sampled,
                sizes[str(name)].weight,
                *cells,
            )
            for name, *cells in table.rows
        ),
    )


def _group_table(
    title: str,
    group: Callable[..., str],
    pairs: Sequence[PassagePairs],
    bootstrap: Bootstrap,
) -> Table:
    """Figures of each group; documents outside it weigh nothing in its resamples."""
    documents = list(dict.fromkeys(each.passage.doc for each in pairs))
    members: dict[str, list[PassagePairs]] = {}
    for each in pairs:
        members.setdefault(group(each.passage), []).append(each)
    rows: list[tuple[Cell, ...]] = []
    for name in sorted(members):
        sums = add_up(members[name])
        units: dict[str, Mapping[str, Tally]] = {doc: sums.get(doc, {}) for doc in documents}
        precision, recall, f1 = pool_measures(
            "group", dict(list(CODE_LABELS.items())[:3]), units, bootstrap
        )
        rows.append(
            (name, len(members[name]), len(sums), f1.n, precision.value, recall.value, f1.value,
             f1.low, f1.high)
        )  # fmt: skip
    return Table(
        key=f"groups.{title}",
        title=f"By {title}",
        columns=(title, *_GROUP_COLUMNS),
        rows=tuple(rows),
    )


def _confusions(
    pairs: Sequence[PassagePairs], name: str, keep: Callable[[str], bool] = lambda code: True
) -> Iterable[tuple[str, str]]:
    for each in pairs:
        for code in each.matched:
            if keep(code):
                gold, system = confused(
                    values(each.wanted[code], name),  # type: ignore[arg-type]
                    values(each.given[code], name),  # type: ignore[arg-type]
                )
                yield gold or "not stated", system or "not stated"
