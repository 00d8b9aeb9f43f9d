"""One affirmed passage in the facts makes a factor present; nothing else does."""

from __future__ import annotations

import pytest
from case_making import codebook, coding, document_id_of, truth_reading, truths
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.cases import build_cases, positive_practice
from workbench.cases.rollup import case_states
from workbench.records import (
    EVIDENCE_ROLES,
    Assertion,
    Coding,
    SectionRole,
    State,
    SubjectRole,
    Valence,
)

CODEBOOK = codebook()
AFFIRMED, NEGATED, SUSPECTED = Assertion.AFFIRMED, Assertion.NEGATED, Assertion.SUSPECTED


def state_of(codings: list[Coding], code_id: str, role: SubjectRole) -> State:
    for state in case_states(codings, CODEBOOK):
        if (state.code_id, state.subject_role) == (code_id, role):
            return state.state
    return State.NOT_MENTIONED


@pytest.mark.parametrize(
    ("assertions", "expected"),
    [
        pytest.param([AFFIRMED], State.PRESENT, id="affirmed once"),
        pytest.param([NEGATED, AFFIRMED, NEGATED], State.PRESENT, id="affirmed among negated"),
        pytest.param([AFFIRMED, SUSPECTED], State.PRESENT, id="affirmed and suspected"),
        pytest.param([NEGATED], State.RULED_OUT, id="considered and not found"),
        pytest.param([NEGATED, SUSPECTED], State.RULED_OUT, id="a suspicion does not count"),
        pytest.param([SUSPECTED, SUSPECTED], State.NOT_MENTIONED, id="suspected only"),
        pytest.param([Assertion.HYPOTHETICAL], State.NOT_MENTIONED, id="might have been"),
        pytest.param([Assertion.GENERAL], State.NOT_MENTIONED, id="training on the topic"),
        pytest.param([Assertion.RECOMMENDATION], State.NOT_MENTIONED, id="recommended"),
        pytest.param([], State.NOT_MENTIONED, id="silence"),
    ],
)
def test_what_is_said_decides_the_state(assertions: list[Assertion], expected: State) -> None:
    codings = [
        coding("alcohol_misuse", start=10 * i, assertion=assertion)
        for i, assertion in enumerate(assertions)
    ]
    assert state_of(codings, "alcohol_misuse", SubjectRole.VICTIM) is expected


@pytest.mark.parametrize("section", list(SectionRole))
@pytest.mark.parametrize(("assertion", "state"), [(AFFIRMED, "present"), (NEGATED, "ruled_out")])
def test_only_facts_analysis_and_findings_decide(
    section: SectionRole, assertion: Assertion, state: str
) -> None:
    found = state_of(
        [coding("ipa_pattern", assertion=assertion, section=section)],
        "ipa_pattern",
        SubjectRole.VICTIM,
    )
    assert found == (state if section in EVIDENCE_ROLES else "not_mentioned")


def test_the_drinking_of_a_mother_is_not_the_victims() -> None:
    codings = [coding("alcohol_misuse", role=SubjectRole.PARENT_CARER)]
    assert state_of(codings, "alcohol_misuse", SubjectRole.PARENT_CARER) is State.PRESENT
    assert state_of(codings, "alcohol_misuse", SubjectRole.VICTIM) is State.NOT_MENTIONED


@pytest.mark.parametrize(
    ("valences", "expected"),
    [
        pytest.param([Valence.POSITIVE], State.NOT_MENTIONED, id="good practice is no failing"),
        pytest.param([Valence.NEGATIVE], State.PRESENT, id="a failing"),
        pytest.param([Valence.POSITIVE, Valence.NEGATIVE], State.PRESENT, id="both"),
        pytest.param([Valence.NOT_APPLICABLE], State.PRESENT, id="not said: read as a failing"),
    ],
)
def test_a_practice_code_that_is_present_means_a_failing(
    valences: list[Valence], expected: State
) -> None:
    codings = [
        coding("ap_voice", start=10 * i, role=SubjectRole.AGENCY, valence=valence)
        for i, valence in enumerate(valences)
    ]
    assert state_of(codings, "ap_voice", SubjectRole.AGENCY) is expected


def test_the_valence_of_a_factor_that_has_none_is_not_asked() -> None:
    codings = [coding("carer_role", valence=Valence.POSITIVE)]
    assert state_of(codings, "carer_role", SubjectRole.VICTIM) is State.PRESENT


def test_a_state_names_its_codings_once_in_the_order_given() -> None:
    codings = [
        coding("drug_misuse", start=0, score=0.4),
        coding("drug_misuse", start=0, score=0.9, source="model:other@1"),
        coding("drug_misuse", start=20, assertion=NEGATED, score=1.0),
        coding("drug_misuse", start=40, score=0.7),
        coding("drug_misuse", start=60, assertion=SUSPECTED),
    ]
    (state,) = case_states(codings, CODEBOOK)
    assert state.codings_for == (codings[0].coding_id, codings[3].coding_id)
    assert state.codings_against == (codings[2].coding_id,)
    assert state.codings_suspected == (codings[4].coding_id,)
    assert state.score == 0.9  # "words" is one wording, whoever coded it and wherever


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param([0.6], 0.6, id="one passage"),
        pytest.param([0.5, 0.5], 0.75, id="two of even chances"),
        pytest.param([0.9, 0.2, 0.5], 0.96, id="three"),
        pytest.param([0.3, 1.0], 1.0, id="a person settles it"),
        pytest.param([0.0, 0.0], 0.0, id="no trust at all"),
    ],
)
def test_passages_combine_to_the_chance_that_one_is_right(
    scores: list[float], expected: float
) -> None:
    codings = [
        coding("drug_misuse", start=20 * n, score=score, text=f"words {n}")
        for n, score in enumerate(scores)
    ]
    (state,) = case_states(codings, CODEBOOK)
    assert state.score == pytest.approx(expected)
    (turned,) = case_states(codings[::-1], CODEBOOK)
    assert turned.score == state.score


def test_another_passage_never_lowers_the_chance_and_the_same_words_do_not_raise_it() -> None:
    one = coding("drug_misuse", score=0.5, text="He drank")
    again = coding("drug_misuse", document="summary", score=0.4, text="he  drank")
    other = coding("drug_misuse", start=90, score=0.1, text="another")
    chances = [
        case_states(codings, CODEBOOK)[0].score
        for codings in ([one], [one, again], [one, again, other])
    ]
    assert chances[0] == chances[1] < chances[2]


def test_an_incident_attribute_has_no_state() -> None:
    role = SubjectRole.NOT_APPLICABLE
    assert case_states([coding("incident_method", role=role)], CODEBOOK) == ()


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError, match="'alcohol' is not a code of causation-factors"):
        case_states([coding("alcohol")], CODEBOOK)


TRUTHS = {truth["id"]: truth for truth in truths()}


@pytest.mark.parametrize("name", TRUTHS)
def test_the_true_codings_of_a_demonstration_review_give_its_true_states(name: str) -> None:
    reading = truth_reading(TRUTHS[name])
    if not reading.segments:
        pytest.skip("nothing to read before recognition")
    (case,) = build_cases([reading], CODEBOOK)
    states: dict[str, dict[str, str]] = {}
    for state in case.states:
        if state.state is not State.NOT_MENTIONED:
            states.setdefault(state.code_id, {})[state.subject_role.value] = state.state.value
    assert states == TRUTHS[name]["case"]


@pytest.mark.parametrize("name", TRUTHS)
def test_the_good_practice_of_a_demonstration_review_is_found(name: str) -> None:
    reading = truth_reading(TRUTHS[name])
    (case,) = build_cases([reading], CODEBOOK)
    elsewhere = coding("ap_voice", document="another case", valence=Valence.POSITIVE)
    codings = {coding.coding_id: coding for coding in (*reading.codings, elsewhere)}
    found = positive_practice(case, codings, CODEBOOK)
    expected = {
        (code_id, role)
        for code_id, roles in TRUTHS[name]["case_positive_practice"].items()
        for role in roles
        if CODEBOOK.code(code_id).has_valence
    }
    assert {(state.code_id, state.subject_role.value) for state in found} == expected
    assert all(document_id_of(name)[:12] in id_ for state in found for id_ in state.codings_for)


CODINGS = st.lists(
    st.builds(
        coding,
        st.sampled_from(["alcohol_misuse", "ap_voice", "ace_physical_abuse"]),
        start=st.integers(0, 5),
        role=st.sampled_from([SubjectRole.VICTIM, SubjectRole.AGENCY]),
        assertion=st.sampled_from(Assertion),
        section=st.sampled_from(SectionRole),
        valence=st.sampled_from(Valence),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(CODINGS)
def test_present_and_ruled_out_rest_on_evidence_and_never_without(codings: list[Coding]) -> None:
    by_id = {coding.coding_id: coding for coding in codings if coding.counts_as_evidence}
    for state in case_states(codings, CODEBOOK):
        assert (state.state is State.PRESENT) == bool(state.codings_for)
        assert (state.state is State.RULED_OUT) == (
            bool(state.codings_against) and not state.codings_for
        )
        assert all(by_id[name].assertion is AFFIRMED for name in state.codings_for)
        assert all(by_id[name].assertion is NEGATED for name in state.codings_against)
        assert all(by_id[name].assertion is SUSPECTED for name in state.codings_suspected)
