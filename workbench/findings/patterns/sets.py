"""Three factors and more in the same review: sets with a name, and the most frequent ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from workbench.findings.table import CaseTable
from workbench.records import Finding

#: Sets that reviews speak of by a name, and the name.
NAMED_SETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "domestic abuse, substance use and mental ill health in the household (“toxic trio”)",
        ("ace_domestic_abuse", "ace_household_substance", "ace_household_mental_illness"),
    ),
)
N_SHOWN = 20
SET_NOTE = (
    "Described, not tested: the sets were chosen because they are frequent. Expected is the share "
    "if the factors had nothing to do with one another; longer reviews mention more of everything."
)


def set_findings(table: CaseTable) -> Iterator[Finding]:
    """Cases with all factors of a set: of the named sets, and of the twenty most frequent threes.

    Factors of every case are left out of the threes, since they stand with everything. Equal
    counts are ordered by how far they exceed chance, then by name.
    """
    present = table.present()
    n_with = present.sum(axis=0)
    codes = [code.code_id for code in table.factors]
    column = {code_id: place for place, code_id in enumerate(codes)}
    least = table.settings.min_cases_for_pairs
    varied = [
        place
        for place in np.argsort(-n_with, kind="stable").tolist()
        if least <= n_with[place] < table.n_cases
    ]
    found = []
    for three in combinations(varied, 3):
        n_all = int(present[:, three].all(axis=1).sum())
        if n_all >= least:
            names = tuple(sorted(codes[place] for place in three))
            expected = float(np.prod(n_with[list(three)] / table.n_cases))
            found.append((-n_all, expected, names))
    wanted = [names for _, _, names in sorted(found)[:N_SHOWN]]
    named = [
        (label, names)
        for label, names in NAMED_SETS
        if all(name in column for name in names) and any(n_with[column[name]] for name in names)
    ]
    for label, names in named:
        yield _finding(table, present, names, label)
    for names in wanted:
        if set(names) not in [set(each) for _, each in named]:
            yield _finding(table, present, names, "")


def _finding(
    table: CaseTable, present: NDArray[np.int64], names: Sequence[str], label: str
) -> Finding:
    codes = [code.code_id for code in table.factors]
    columns = [codes.index(name) for name in names]
    places = np.flatnonzero(present[:, columns].all(axis=1)).tolist()
    expected = float(np.prod(present[:, columns].mean(axis=0)))
    by_id = {code.code_id: code.label for code in table.factors}
    share = table.share(places)
    return Finding(
        finding_id=f"set-{'--'.join(names)}",
        measure="factor_set",
        label=f"All of {label or ', '.join(by_id[name] for name in names)} in the same review",
        code_ids=tuple(names),
        coding_ids=table.first_passages(names, places),
        statistics=(
            ("expected_share", expected),
            ("lift", share.estimate / expected if expected else 0.0),
        ),
        note=SET_NOTE,
        **share.fields,
    )
