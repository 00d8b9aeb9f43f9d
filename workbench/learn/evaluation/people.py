"""People, their adverse childhood experiences, and recommendations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from workbench.learn.evaluation.pooling import Bootstrap, confusion_table, pool_measures
from workbench.learn.evaluation.records import Section, Tally, precision_recall_f1, share
from workbench.learn.evaluation.structure import printed_number
from workbench.learn.matching.comparison import Comparison
from workbench.learn.matching.names import PersonNames
from workbench.learn.matching.tokens import word_keys
from workbench.records import EVIDENCE_ROLES, Assertion, Segment, SegmentKind, SubjectRole

WordPairs = Counter[tuple[str, str]]
PEOPLE_LABELS = {
    "people.precision": "people: precision",
    "people.recall": "people: recall",
    "people.f1": "people: F1",
    "role": "role right, of the people found",
    "age": "age right, of the people found whose age is known",
    "age.stated": "age right, where the system states one",
    "sex": "sex right, of the people found whose sex is known",
    "sex.stated": "sex right, where the system states one",
}
ACE_LABELS = {
    "count": "count exactly right",
    "difference": "difference of the count, mean of absolute values (lower is better)",
    "bias": "difference of the count, mean (below 0: too few)",
    "items.precision": "single items: precision",
    "items.recall": "single items: recall",
}
RECOMMENDATION_LABELS = {
    "precision": "recommendations: precision",
    "recall": "recommendations: recall",
    "f1": "recommendations: F1",
    "number": "number right, of the recommendations found",
}
_ACE_PREFIX = "ace_"  # the codes of the ten-item set
_MIN_CONTAINED = 0.8  # share of the words of a recommendation that its segment must hold


def people_sections(comparisons: Sequence[Comparison], bootstrap: Bootstrap) -> list[Section]:
    """The sections on people, their ACE counts and recommendations."""
    units = {
        comparison.truth.truth_id: {
            **_people(comparison),
            **_aces(comparison),
            **_recommendations(comparison),
        }
        for comparison in comparisons
    }
    return [
        Section(
            key="people",
            title="People",
            explanation="A person is found when the system knows them by a name or alias that "
            "the truth gives; what is not stated counts as not right, unless said otherwise.",
            measures=pool_measures("people", PEOPLE_LABELS, units, bootstrap),
            tables=(
                confusion_table(
                    "people.roles",
                    "Roles of the people found",
                    [pair for each in comparisons for pair in _roles(each)],
                    list(SubjectRole),
                ),
            ),
        ),
        Section(
            key="ace",
            title="Adverse childhood experiences",
            explanation="For each person whose experiences the truth lists, in leading documents: "
            "how many of the ten the system affirms in facts, analysis and findings for a person "
            "of that name.",
            measures=pool_measures("ace", ACE_LABELS, units, bootstrap),
        ),
        Section(
            key="recommendations",
            title="Recommendations",
            explanation=f"A recommendation is found when a segment of that kind holds at least "
            f"{_MIN_CONTAINED} of its word pairs; the same words of a segment count once. The "
            "number is compared where a segment holds one recommendation only.",
            measures=pool_measures(
                "recommendations",
                RECOMMENDATION_LABELS,
                {
                    unit: {
                        key.removeprefix("recommendations."): tally
                        for key, tally in tallies.items()
                        if key.startswith("recommendations.")
                    }
                    for unit, tallies in units.items()
                },
                bootstrap,
            ),
        ),
    ]


def _people(comparison: Comparison) -> dict[str, Tally]:
    wanted = comparison.truth.people
    matched = PersonNames(wanted, comparison.people).matched
    found = [(one, matched[one.person_id]) for one in wanted if one.person_id in matched]
    aged = [(one, other) for one, other in found if one.age_years is not None]
    ages_right = sum(one.age_years == other.age_years for one, other in aged)
    sexed = [(one, other) for one, other in found if one.sex]
    sexes_right = sum(one.sex == other.sex for one, other in sexed)
    n_found = len(found)
    return {
        **precision_recall_f1(
            "people", n_found, len(comparison.people) - n_found, len(wanted) - n_found
        ),
        "role": share(sum(one.role == other.role for one, other in found), n_found),
        "age": share(ages_right, len(aged)),
        "age.stated": share(ages_right, sum(other.age_years is not None for _, other in aged)),
        "sex": share(sexes_right, len(sexed)),
        "sex.stated": share(sexes_right, sum(bool(other.sex) for _, other in sexed)),
    }


def _roles(comparison: Comparison) -> list[tuple[str, str]]:
    matched = PersonNames(comparison.truth.people, comparison.people).matched
    return [
        (one.role.value, matched[one.person_id].role.value)
        for one in comparison.truth.people
        if one.person_id in matched
    ]


def _aces(comparison: Comparison) -> dict[str, Tally]:
    """Only leading documents: a summary tells of the same people."""
    truth = comparison.truth
    if not truth.lead:
        return {}
    matched = PersonNames(truth.people, comparison.people).matched
    given = {
        person_id: _affirmed_aces(comparison, person.person_id)
        for person_id, person in matched.items()
    }
    pairs = [
        (frozenset(codes), given.get(person_id, frozenset()))
        for person_id, codes in truth.ace10.items()
    ]
    differences = [len(system) - len(wanted) for wanted, system in pairs]
    hits = sum(len(wanted & system) for wanted, system in pairs)
    return {
        "count": share(sum(difference == 0 for difference in differences), len(pairs)),
        "difference": share(sum(map(abs, differences)), len(pairs)),
        "bias": share(sum(differences), len(pairs)),
        "items.precision": share(hits, sum(len(system) for _, system in pairs)),
        "items.recall": share(hits, sum(len(wanted) for wanted, _ in pairs)),
    }


def _affirmed_aces(comparison: Comparison, person_id: str) -> frozenset[str]:
    return frozenset(
        coding.code_id
        for coding in comparison.codings
        if coding.person_id == person_id
        and coding.code_id.startswith(_ACE_PREFIX)
        and coding.assertion is Assertion.AFFIRMED
        and coding.section_role in EVIDENCE_ROLES
    )


def _recommendations(comparison: Comparison) -> dict[str, Tally]:
    wanted = comparison.truth.recommendations
    segments = [s for s in comparison.segments if s.kind is SegmentKind.RECOMMENDATION]
    bags = [_word_pairs(segment.text) for segment in segments]
    texts = [_word_pairs(recommendation.text) for recommendation in wanted]
    places = _places(texts, bags)
    # Where one paragraph holds several recommendations its number is that of none of them.
    shared = Counter(places.values())
    alone = [(i, j) for i, j in places.items() if shared[j] == 1]
    numbers_right = sum(
        printed_number(wanted[i].number) == printed_number(segments[j].number) for i, j in alone
    )
    n_right = sum(
        _is_recommendation(comparison, segment, bag, texts)
        for segment, bag in zip(segments, bags, strict=True)
    )
    n_found, n_wanted = len(places), len(wanted)
    return {
        "recommendations.precision": share(n_right, len(segments)),
        "recommendations.recall": share(n_found, n_wanted),
        # Repeats in a summary are right without being a further find, so F1 is of the
        # distinct ones: every wrong segment and every missed recommendation tells against it.
        "recommendations.f1": precision_recall_f1(
            "r", n_found, len(segments) - n_right, n_wanted - n_found
        )["r.f1"],
        "recommendations.number": share(numbers_right, len(alone)),
    }


def _places(texts: Sequence[WordPairs], bags: Sequence[WordPairs]) -> dict[int, int]:
    """The segment that holds each recommendation; the same words hold one only."""
    left = [Counter(bag) for bag in bags]
    held = sorted(
        (-_contained(text, bag), abs(bag.total() - text.total()), i, j)
        for i, text in enumerate(texts)
        for j, bag in enumerate(bags)
    )
    places: dict[int, int] = {}
    for _, _, i, j in held:
        if i not in places and _contained(texts[i], left[j]) >= _MIN_CONTAINED:
            places[i] = j
            left[j] -= texts[i]
    return places


def _is_recommendation(
    comparison: Comparison, segment: Segment, bag: WordPairs, texts: Sequence[WordPairs]
) -> bool:
    """Whether the segment holds, or is a part of, a recommendation of the truth."""
    at = comparison.alignment.paragraph_at(segment.start_char, segment.end_char)
    if at >= 0 and comparison.truth.paragraphs[at].kind is SegmentKind.RECOMMENDATION:
        return True
    return any(
        max(_contained(text, bag), _contained(bag, text)) >= _MIN_CONTAINED for text in texts
    )


def _word_pairs(text: str) -> WordPairs:
    words = word_keys(text)
    return Counter(pairwise(words))


def _contained(part: WordPairs, whole: WordPairs) -> float:
    return (part & whole).total() / part.total() if part else 0.0
