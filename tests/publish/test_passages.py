from __future__ import annotations

from dataclasses import replace

import pytest
from fictional_corpus import reading_of, said

from workbench.errors import InputError
from workbench.publish import Publication
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.passages import MAX_CONTEXT_CHARACTERS, Passages, context
from workbench.records import Assertion, SectionRole, SubjectRole, Valence


@pytest.mark.parametrize(
    ("text", "words", "before", "after"),
    [
        pytest.param("He left. She drank daily at home. They moved.", "drank daily",
                     "She ", " at home.", id="the sentence of the words"),
        pytest.param("He drank. She left.", "He drank", "", ".", id="at the start"),
        pytest.param("Dr. Ames saw her at 4.30 p.m. that day and wrote it down.", "wrote it",
                     "Ames saw her at 4.30 p.m. that day and ", " down.",
                     id="a full stop before a small letter ends nothing"),
        pytest.param("He left. She drank. He drank too. They moved.", "drank. He drank",
                     "She ", " too.", id="words over two sentences"),
        pytest.param("“Stop!” She ran. He stood.", "ran", "She ", ".", id="closing quotes"),
        pytest.param("drank", "drank", "", "", id="the words alone"),
    ],
)  # fmt: skip
def test_a_passage_shows_its_words_in_their_sentence(
    text: str, words: str, before: str, after: str
) -> None:
    reading = reading_of("r", "R", [said(SectionRole.FACTS, text, words, "alcohol_misuse")], [])
    assert context(reading.segments[0], reading.codings[0]) == (before, after)


def test_a_long_sentence_is_cut_at_a_word_with_an_ellipsis() -> None:
    text = "and so " * 100 + "he drank " + "and on " * 100
    reading = reading_of("r", "R", [said(SectionRole.FACTS, text, "drank", "alcohol_misuse")], [])
    before, after = context(reading.segments[0], reading.codings[0])
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert max(len(before), len(after)) <= MAX_CONTEXT_CHARACTERS + 2
    assert before.removeprefix("… ").split(" ", 1)[0] in ("and", "so")


def test_every_coding_counts_or_has_a_reason(publication: Publication) -> None:
    catalogue = Catalogue(publication)
    reasons = {
        (coding.code_id, coding.assertion, coding.valence): catalogue.reason_not_counted(coding)
        for coding in catalogue.codings.values()
    }
    none = Valence.NOT_APPLICABLE
    assert reasons == {
        ("ipa_pattern", Assertion.GENERAL, none): "general",
        ("alcohol_misuse", Assertion.AFFIRMED, none): "",
        ("alcohol_misuse", Assertion.NEGATED, none): "",
        ("ace_domestic_abuse", Assertion.AFFIRMED, none): "",
        ("ace_domestic_abuse", Assertion.SUSPECTED, none): "suspected",
        ("ace_physical_abuse", Assertion.HYPOTHETICAL, none): "hypothetical",
        ("ap_information_sharing", Assertion.AFFIRMED, Valence.NEGATIVE): "",
        ("ap_information_sharing", Assertion.AFFIRMED, Valence.POSITIVE): "good_practice",
        ("nonfatal_strangulation", Assertion.AFFIRMED, none): "",
    }


@pytest.mark.parametrize(
    ("section", "reason"),
    [
        (SectionRole.FACTS, "set_aside"),
        (SectionRole.LITERATURE, "section"),
        (SectionRole.TERMS_OF_REFERENCE, "section"),
    ],
)
def test_an_affirmed_coding_that_no_case_uses_says_why(
    publication: Publication, section: SectionRole, reason: str
) -> None:
    reading = reading_of("r", "R", [said(section, "He drank.", "drank", "alcohol_misuse")], [])
    document_id = reading.document.document_id
    alone = replace(publication, readings={document_id: reading}, cases=(), findings=())
    assert Catalogue(alone).reason_not_counted(reading.codings[0]) == reason


def test_a_passage_names_person_paragraph_page_and_place(publication: Publication) -> None:
    catalogue = Catalogue(publication)
    coding = next(
        coding for coding in catalogue.codings.values()
        if coding.code_id == "alcohol_misuse" and coding.subject_role is SubjectRole.PERPETRATOR
    )  # fmt: skip
    passage = Passages(catalogue)(coding)
    assert (passage.person, passage.paragraph, passage.page) == ("Tarn", "4.2", 1)
    assert passage.before == "Tarn "
    assert passage.page_href.startswith(f"pages/{coding.document_id[:12]}/p001.html#c-")


def test_a_case_that_is_there_twice_is_refused(publication: Publication) -> None:
    with pytest.raises(InputError, match=r"case .* stands 2 times"):
        Catalogue(replace(publication, cases=publication.cases * 2))


def test_a_passage_of_a_recognised_page_says_so(publication: Publication) -> None:
    coding = next(iter(Catalogue(publication).codings.values()))
    reading = publication.readings[coding.document_id]
    warned = replace(reading.document, warnings=("page 1-9: a picture, recognised",))
    doubtful = replace(
        publication,
        readings={
            **publication.readings, coding.document_id: replace(reading, document=warned),
        },
    )  # fmt: skip
    assert Passages(Catalogue(publication))(coding).doubts == ()
    assert Passages(Catalogue(doubtful))(coding).doubts == ("a picture, recognised",)


WIDE = ("id: R 1", "a: no", "b: no", "drank: yes", "c: no", "d: no", "e: no")


@pytest.mark.parametrize(
    ("cells", "words", "before", "after"),
    [
        pytest.param(WIDE, "drank: yes", "id: R 1 | … | ", " | …", id="in the middle"),
        pytest.param(WIDE, "yes", "id: R 1 | … | drank: ", " | …", id="a part of a cell"),
        pytest.param(WIDE, "id: R 1", "", " | …", id="the first cell"),
        pytest.param(WIDE, "a: no", "id: R 1 | ", " | …", id="the second cell"),
        pytest.param(WIDE, "e: no", "id: R 1 | … | ", "", id="the last cell"),
        pytest.param(WIDE[:4], "drank: yes", "id: R 1 | a: no | b: no | ", "", id="a narrow row"),
    ],
)
def test_a_wide_row_of_a_table_shows_the_coded_cell_and_what_names_the_row(
    cells: tuple[str, ...], words: str, before: str, after: str
) -> None:
    text = " | ".join(cells)
    reading = reading_of("r", "R", [said(SectionRole.FACTS, text, words, "alcohol_misuse")], [])
    row = replace(reading.segments[0], cells=cells)
    assert context(row, reading.codings[0]) == (before, after)
