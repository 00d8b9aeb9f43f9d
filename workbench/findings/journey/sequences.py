"""What came before what: factors and contacts in the order that the reviews date them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from math import comb

from workbench.findings.journey.table import JourneyTable
from workbench.findings.significance import ExactTest, q_of_testable
from workbench.findings.table import REVIEWS_ONLY
from workbench.records import Finding

#: Begins the name of a kind of agency among the things that are put in order.
CONTACT = "contact_"
EXPLORATORY_BELOW = 30
NOTE = (
    "First dated mention of each, in cases that date both and leave no doubt which came first. "
    "The date is that of the entry or sentence that tells of it, which may be later than its "
    "beginning. An order in time is no cause. "
)
_NEVER = date.max.toordinal() + 1


@dataclass(slots=True)
class Dated:
    """When one thing was first dated in each case that dates it."""

    first: dict[int, int] = field(default_factory=dict)  # place -> earliest day it can have been
    surely: dict[int, int] = field(default_factory=dict)  # place -> day by which it surely was
    passages: dict[int, str] = field(default_factory=dict)  # place -> what tells of it

    def add(self, place: int, days: tuple[int, int], passage: str) -> None:
        """One more event that dates it."""
        self.first[place] = min(self.first.get(place, _NEVER), days[0])
        if days[1] < self.surely.get(place, _NEVER):
            self.surely[place], self.passages[place] = days[1], passage


def sequence_findings(table: JourneyTable) -> Iterator[Finding]:
    """For each two factors or contacts: how often the one is dated before the other.

    The more frequent order is the finding; its share is out of the cases with either order. The
    sign test asks whether the two orders are equally likely; false discoveries are controlled
    over all pairs that could be rejected at all.

    Source: Dixon and Mood (1946), J. Am. Stat. Assoc. 41(236), 557-566, for the sign test; its
    use for the direction of pairs in time after Jensen and others (2014), Nat. Commun. 5, 4022.
    """
    dated = dates_of(table)
    names = list(dated)
    pairs = [
        (one, other, *_orders(dated[one], dated[other])) for one, other in combinations(names, 2)
    ]
    least = table.cases.settings.min_cases_for_pairs
    pairs = [pair for pair in pairs if len(pair[2]) + len(pair[3]) >= least]
    numbers = [(len(before), len(after)) for _, _, before, after in pairs]
    tests = [ExactTest(sign_test(a, b), smallest_p=sign_test(0, a + b)) for a, b in numbers]
    q_values = q_of_testable(tests, table.cases.settings.false_discovery_level)
    for (one, other, before, after), test, q_value in zip(pairs, tests, q_values, strict=True):
        if len(after) > len(before):
            one, other, before, after = other, one, after, before
        yield _finding(table, (one, other), (before, after), dated, (test.p_value, q_value))


def dates_of(table: JourneyTable) -> dict[str, Dated]:
    """Factors (by code) and kinds of agency (``contact_police``) with their first dates."""
    order = [code.code_id for code in table.cases.factors]
    order += [f"{CONTACT}{kind}" for kind in table.labels]
    found: dict[str, Dated] = {}
    for place, journey in enumerate(table.journeys):
        counted = _counted(table, place)
        for event in journey.events:
            days = event.days
            if days is None:
                continue
            span = (days[0].toordinal(), days[1].toordinal())
            for coding_id in event.coding_ids:
                coding = table.cases.codings.get(coding_id)
                if coding is not None and coding_id in counted:
                    found.setdefault(coding.code_id, Dated()).add(place, span, coding_id)
            for mention_id in event.mention_ids:
                kind = mention_id.rsplit("-", 1)[1]
                found.setdefault(f"{CONTACT}{kind}", Dated()).add(place, span, mention_id)
    return {name: found[name] for name in order if name in found}


def _counted(table: JourneyTable, place: int) -> frozenset[str]:
    """The passages for which the case counts its factors as present."""
    return frozenset(id_ for state in table.cases.cases[place].states for id_ in state.codings_for)


def _orders(one: Dated, other: Dated) -> tuple[list[int], list[int]]:
    """The cases in which the one surely comes first, and those in which the other does."""
    both = sorted(one.first.keys() & other.first.keys())
    before = [place for place in both if one.surely[place] < other.first[place]]
    after = [place for place in both if other.surely[place] < one.first[place]]
    return before, after


def sign_test(n_before: int, n_after: int) -> float:
    """Exact two-sided p of "either order is as likely", 1 where no case has an order.

    Source: Dixon and Mood (1946), J. Am. Stat. Assoc. 41(236), 557-566.
    """
    n, fewer = n_before + n_after, min(n_before, n_after)
    tail = sum(comb(n, k) for k in range(fewer + 1))
    return min(1.0, 2 * tail / float(2**n))


def _finding(
    table: JourneyTable,
    names: tuple[str, str],
    orders: tuple[Sequence[int], Sequence[int]],
    dated: dict[str, Dated],
    tested: tuple[float, float | None],
) -> Finding:
    before, after = orders
    n = len(before) + len(after)
    n_both = len(dated[names[0]].first.keys() & dated[names[1]].first.keys())
    exploratory = table.cases.n_cases < EXPLORATORY_BELOW or tested[1] is None
    note = NOTE + ("Exploratory: too few cases to rest on. " if exploratory else "")
    return Finding(
        finding_id=f"sequence-{names[0]}-then-{names[1]}",
        measure="sequence",
        label=f"{_label(table, names[0])}, then {_within(_label(table, names[1]))}",
        p_value=tested[0],
        q_value=tested[1],
        code_ids=tuple(name for name in names if not name.startswith(CONTACT)),
        coding_ids=tuple(dated[name].passages[place] for place in before for name in names),
        statistics=(
            ("n_reverse", float(len(after))),
            ("n_unclear", float(n_both - n)),
            ("exploratory", float(exploratory)),
        ),
        note=note + REVIEWS_ONLY,
        **table.share(before, n),
    )


def _label(table: JourneyTable, name: str) -> str:
    if name.startswith(CONTACT):
        return f"Contact with {_within(table.labels[name.removeprefix(CONTACT)])}"
    return next(code.label for code in table.cases.factors if code.code_id == name)


def _within(label: str) -> str:
    """A label inside a sentence: "GP and primary care" keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
