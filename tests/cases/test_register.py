"""Recommendations: to whom, about what, repeated by whom, in answer to what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_making import codebook, coding, document_id_of, reading

from workbench.cases import build_cases, build_register
from workbench.cases.journey.kinds import EVERYBODY, agency_kinds
from workbench.cases.register.addressees import Addressees
from workbench.cases.register.likeness import SAME, likeness, same_groups, stems, weights_of
from workbench.cases.register.links import FindingLinks
from workbench.records import Assertion, Reading, Recommendation, SectionRole, SegmentKind
from workbench.records.journey import Agency
from workbench.records.register import LinkBasis, RegisterEntry

ANALYSIS, RECOMMENDED = SectionRole.ANALYSIS, SectionRole.RECOMMENDATIONS
#: Pairs that ask the same in other words, and pairs on one theme that do not: made by hand.
SAME_PAIRS = (
    ("The Trust should ensure that no patient with psychosis is discharged for failing to attend "
     "until somebody has called at the address.",
     "No patient with psychosis should be discharged by the Trust for a failure to attend before "
     "somebody has called at their address."),
    ("The police should record the address of every child seen at an incident of domestic abuse.",
     "Police should record every child seen at a domestic abuse incident, with the address."),
    ("Schools should tell the safeguarding hub before a child is permanently excluded.",
     "Before a child is permanently excluded the school should tell the safeguarding hub."),
    ("The Board should audit the use of professional interpreters at every first contact.",
     "The use of professional interpreters at first contact should be audited by the Board."),
    ("Housing providers should check for damage to doors as a sign of domestic abuse.",
     "Damage to doors should be treated by housing providers as a sign of domestic abuse."),
    ("General practices should follow up letters about missed hospital appointments of children.",
     "Letters about children's missed hospital appointments should be followed up by practices."),
)  # fmt: skip
OTHER_PAIRS = (
    ("The police should record the address of every child seen at an incident of domestic abuse.",
     "The police should train officers in recognising strangulation at incidents of domestic "
     "abuse."),
    ("The Trust should ensure that no patient with psychosis is discharged for failing to attend.",
     "The Trust should offer an assessment to every carer of a patient with psychosis."),
    ("Schools should tell the safeguarding hub before a child is permanently excluded.",
     "Schools should keep the safeguarding file of a child who changes school."),
    ("The Board should audit the use of professional interpreters at every first contact.",
     "The Board should audit return interviews of missing children every quarter."),
    ("Housing providers should check for damage to doors as a sign of domestic abuse.",
     "Housing providers should ask about domestic abuse before they evict for arrears."),
    ("The Partnership should report progress to the Home Office within six months.",
     "The Partnership should publish a protocol on information sharing within six months."),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME_PAIRS)
def test_what_asks_the_same_in_other_words_is_one_group(one: str, other: str) -> None:
    assert same_groups([stems(one), stems(other)]) == [[0, 1]]


@pytest.mark.parametrize(("one", "other"), OTHER_PAIRS)
def test_what_asks_something_else_on_the_same_theme_stays_apart(one: str, other: str) -> None:
    assert same_groups([stems(one), stems(other)]) == []


def test_the_threshold_parts_the_made_pairs_with_room_on_both_sides() -> None:
    texts = [[stems(a), stems(b)] for a, b in (*SAME_PAIRS, *OTHER_PAIRS)]
    weights = weights_of([text for pair in texts for text in pair])
    scores = [likeness(a, b, weights) for a, b in texts]
    assert min(scores[: len(SAME_PAIRS)]) > SAME > max(scores[len(SAME_PAIRS) :])


def test_likeness_is_of_both_alike_and_of_itself_whole() -> None:
    one, other = stems(SAME_PAIRS[0][0]), stems(OTHER_PAIRS[0][0])
    assert likeness(one, other, {}) == likeness(other, one, {})
    assert likeness(one, one, {}) == 1.0
    assert likeness([], [], {}) == 0.0


def agency(name: str, kind: str, *aliases: str) -> Agency:
    return Agency(document_id="d", agency_id="A1", kind=kind, name=name, is_named=True,
                  aliases=aliases, start_char=0, end_char=1)  # fmt: skip


@pytest.mark.parametrize(
    ("addressee", "kinds"),
    [
        ("Marl Police", ("police",)),
        ("Lantern", ("voluntary",)),
        ("the Trust", ("mental_health",)),
        ("Marl Police; Vale Integrated Care Board", ("police", "commissioner")),
        ("Marl Constabulary and Vale Council", ("police", "local_authority")),
        ("All agencies", (EVERYBODY,)),
        ("All partner agencies", (EVERYBODY,)),
        ("Independent scrutineer", ()),
        ("", ()),
    ],
)
def test_the_addressee_is_a_kind_of_agency(addressee: str, kinds: tuple[str, ...]) -> None:
    known = [agency("Lantern", "voluntary"), agency("Marl and Vale Trust", "mental_health")]
    assert Addressees(known, agency_kinds()).kinds_of(addressee) == kinds


def with_recommendations(made: Reading, *codes: str) -> Reading:
    """The paragraphs in the section of recommendations as such, coded with the codes."""
    segments = [
        replace(s, kind=SegmentKind.RECOMMENDATION) if s.section_role is RECOMMENDED else s
        for s in made.segments
    ]
    recommended = [s for s in segments if s.kind is SegmentKind.RECOMMENDATION]
    document = made.document.file_name.removesuffix(".pdf")
    return replace(
        made,
        segments=tuple(segments),
        recommendations=tuple(
            Recommendation(
                document_id=s.document_id, segment=s.ordinal, start_char=s.start_char,
                end_char=s.end_char, text=s.text, number=str(n), addressee="Marl Police",
            )
            for n, s in enumerate(recommended, 1)
        ),
        codings=(
            *made.codings,
            *(
                coding(code, document=document, start=s.start_char, segment=s.ordinal,
                       text=s.text[:5], assertion=Assertion.RECOMMENDATION, section=RECOMMENDED)
                for s in recommended for code in codes
            ),
        ),
    )  # fmt: skip


def register_of(*readings: Reading) -> tuple[RegisterEntry, ...]:
    cases = build_cases(readings, codebook())
    return build_register(cases, {r.document.document_id: r for r in readings})


def test_themes_are_the_codes_of_its_words() -> None:
    made = reading("d", [(RECOMMENDED, "Police should share what they know with the school.")])
    (entry,) = register_of(with_recommendations(made, "ap_information_sharing"))
    assert entry.code_ids == ("ap_information_sharing",)
    assert entry.addressee_kinds == ("police",)
    assert len(entry.coding_ids) == 1


def test_two_reviews_that_ask_the_same_share_a_group_and_a_third_does_not() -> None:
    texts = (*SAME_PAIRS[1], OTHER_PAIRS[0][1])
    facts = SectionRole.FACTS
    made = [
        with_recommendations(reading(name, [(facts, f"About {name}."), (RECOMMENDED, t)]))
        for name, t in zip("abc", texts, strict=True)
    ]  # fmt: skip
    by_document = {e.recommendation.document_id: e.group for e in register_of(*made)}
    assert by_document[document_id_of("a")] == by_document[document_id_of("b")] != ""
    assert by_document[document_id_of("c")] == ""


def test_one_review_that_repeats_itself_is_no_repetition_across_reviews() -> None:
    made = with_recommendations(reading("a", [(RECOMMENDED, t) for t in SAME_PAIRS[1]]))
    assert {entry.group for entry in register_of(made)} == {""}


def test_cases_that_share_a_document_are_one_review() -> None:
    facts = SectionRole.FACTS
    made = [
        with_recommendations(reading(name, [(facts, f"About {name}."), (RECOMMENDED, text)]))
        for name, text in zip("ab", SAME_PAIRS[1], strict=True)
    ]
    by_document = {each.document.document_id: each for each in made}
    whole, other = build_cases(made, codebook())
    parts = [replace(whole, case_id=f"{whole.case_id}-{part}") for part in "12"]
    entries = build_register([parts[0], other, parts[1]], by_document)
    assert [entry.case_ids for entry in entries] == [
        (parts[0].case_id, parts[1].case_id), (other.case_id,),
    ]  # fmt: skip
    assert len({entry.group for entry in entries} - {""}) == 1
    only = build_register(parts, by_document)
    assert [entry.group for entry in only] == [""]


def test_cases_that_a_third_one_joins_are_one_review() -> None:
    made = [with_recommendations(reading(n, [(RECOMMENDED, f"Schools {n}.")])) for n in "abc"]
    by_document = {each.document.document_id: each for each in made}
    one, two, three = (replace(case, case_id=n) for n, case in
                       zip("123", build_cases(made, codebook()), strict=True))  # fmt: skip
    joint = replace(three, document_ids=(*three.document_ids, *two.document_ids, *one.document_ids))
    entries = build_register([one, two, joint], by_document)
    assert {entry.case_ids for entry in entries} == {("1", "2", "3")}
    assert len(entries) == 3


def links_of(recommendation: str, *analysis: tuple[str, str]) -> FindingLinks:
    """Links of a document: passages of the analysis, each with a code ("" for none)."""
    made = reading(
        "d", [*((ANALYSIS, text) for text, _ in analysis), (RECOMMENDED, recommendation)]
    )
    codings = tuple(
        coding(code, start=segment.start_char, segment=segment.ordinal, text=segment.text[:4],
               section=ANALYSIS)
        for segment, (_, code) in zip(made.segments, analysis, strict=False) if code
    )  # fmt: skip
    return FindingLinks(replace(made, codings=codings))


#: What else an analysis speaks of.
OTHER_MATTERS = tuple(
    (text, "")
    for text in ("The kettle was cold.", "Rent was late in May.", "The bus came at nine.")
)


def said(text: str) -> Recommendation:
    return Recommendation(
        document_id=document_id_of("d"), segment=9, start_char=0, end_char=len(text), text=text
    )


def test_a_printed_reference_settles_which_finding_is_answered() -> None:
    text = "Officers should look at markers (see paragraph 1.2)."
    link = links_of(text, ("Markers were not opened.", ""), ("Nothing.", "")).link(said(text), ())
    assert link is not None
    assert (link.basis, link.score, link.segment) == (LinkBasis.PRINTED, 1.0, 1)


def test_a_number_that_the_document_does_not_have_is_no_reference() -> None:
    text = "Officers should follow section 117.2 of the manual."
    assert links_of(text, ("The kettle was cold.", "")).link(said(text), ()) is None


def test_a_passage_with_its_theme_goes_before_one_with_more_of_its_words() -> None:
    text = "Police officers should open the markers on the system before they leave."
    found = links_of(
        text,
        ("Police officers left before the system was back.", ""),
        ("Officers had the markers on the system and opened none.", "ap_information_sharing"),
        *OTHER_MATTERS,
    ).link(said(text), ["ap_information_sharing"])
    assert found is not None
    assert (found.basis, found.segment) == (LinkBasis.CODE_AND_WORDS, 1)
    assert 0.25 <= found.score < 1


def test_two_passages_alike_leave_open_which_is_answered() -> None:
    text = "Police officers should open the markers on the system before they leave."
    alike = ("Officers left the markers on the system unopened.", "")
    assert links_of(text, alike, *OTHER_MATTERS).link(said(text), ()) is not None
    assert links_of(text, alike, alike, *OTHER_MATTERS).link(said(text), ()) is None


@pytest.mark.parametrize(
    ("passage", "is_answered"),
    [
        ("Nobody had opened the markers on the system.", True),
        ("Nobody had looked for the markers on the system.", False),
    ],
)
def test_three_telling_words_in_common_are_the_least(passage: str, is_answered: bool) -> None:
    text = "Officers should open the markers on the system."
    link = links_of(text, (passage, ""), *OTHER_MATTERS).link(said(text), ())
    assert (link is not None) == is_answered


def test_nothing_alike_is_no_link() -> None:
    text = "Schools should keep files."
    assert links_of(text, ("The kettle was cold that morning.", "")).link(said(text), ()) is None
