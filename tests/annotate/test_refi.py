"""REFI-QDA projects and codebooks, also those that count otherwise or mean harm."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from decision_making import TEXT
from refi_making import (
    ALCOHOL,
    ANNA,
    CODEBOOK,
    SCHOOL,
    project,
    selection,
    text_source,
    units,
    write_project,
)

from workbench.annotate.doors.passages.positions import Convention, choose_convention
from workbench.annotate.doors.passages.records import ForeignCode
from workbench.annotate.doors.passages.refi import read_codebook_file, read_project
from workbench.annotate.doors.safe import archive as archives
from workbench.errors import InputError

WORDS = "to a lender"
START = TEXT.index(WORDS)


def test_codes_users_cases_notes_and_words_are_read(tmp_path: Path) -> None:
    source = text_source(TEXT, selection(START, START + len(WORDS), name=WORDS, note=True))
    found = read_project(write_project(tmp_path / "p.qdpx", project(source)))
    (passage,) = found.passages
    assert (passage.quote, passage.code, passage.coder) == (WORDS, "Alcohol misuse", "anna")
    assert (passage.document, passage.comment) == ("maren", "see 4.2")
    assert passage.coded_at == "2026-02-28T10:15:00Z"
    assert passage.share == pytest.approx(START / len(TEXT))
    assert found.cases == {"Maren's case": ("maren",)}
    assert found.codes[1] == ForeignCode(
        name="Alcohol misuse", path=("Family",), description="Drinking."
    )
    assert [code.is_codable for code in found.codes] == [False, True, True]


@pytest.mark.parametrize("named", [True, False], ids=["named by its words", "without a name"])
def test_positions_in_utf_16_are_understood(tmp_path: Path, named: bool) -> None:
    start = units(TEXT[:START])
    assert start == START + 1  # the smiling face is two units
    source = text_source(TEXT, selection(start, start + len(WORDS), name=WORDS if named else ""))
    found = read_project(write_project(tmp_path / "p.qdpx", project(source)))
    assert [passage.quote for passage in found.passages] == [WORDS]
    assert any("UTF-16 units" in note for note in found.notes) == (not named)


@pytest.mark.parametrize(
    ("stored", "counted", "convention"),
    [
        pytest.param("a\r\nb word c", "a\nb word c", Convention.POINTS_LF, id="two counted as one"),
        pytest.param(
            "a\nb word c", "a\r\nb word c", Convention.POINTS_CRLF, id="one counted as two"
        ),
        pytest.param("a\nb word c", "a\nb word c", Convention.POINTS, id="as it is"),
    ],
)
def test_line_breaks_are_counted_as_the_program_counts(
    stored: str, counted: str, convention: Convention
) -> None:
    start = counted.index("word")
    found, is_sure = choose_convention(stored, [(start, start + 4, "word")])
    assert (found, is_sure) == (convention, True)


def test_text_in_a_file_of_the_archive_is_read(tmp_path: Path) -> None:
    source = text_source(None, selection(START, START + len(WORDS)), path="internal://maren.txt")
    files = {"Sources/maren.txt": b"\xef\xbb\xbf" + TEXT.encode()}
    found = read_project(write_project(tmp_path / "p.qdpx", project(source), files))
    assert [passage.quote for passage in found.passages] == [WORDS]


@pytest.mark.parametrize(
    "path", ["file:///etc/passwd", "internal://../../etc/passwd", "relative://x"]
)
def test_a_path_that_leads_out_of_the_archive_is_not_followed(tmp_path: Path, path: str) -> None:
    source = text_source(None, selection(0, 4), path=path)
    found = read_project(write_project(tmp_path / "p.qdpx", project(source)))
    assert found.passages == ()
    assert "its text is missing" in found.notes[0]


def pdf_source(*inside: str) -> str:
    return f'<PDFSource guid="{ANNA}" name="maren.pdf" path="internal://m.pdf">{"".join(inside)}</PDFSource>'


def rectangle(name: str, inside: str = "") -> str:
    return (
        f'<PDFSelection guid="{ANNA}" name="{name}" page="2" firstX="1" firstY="1" secondX="9" '
        f'secondY="9">{inside}<Coding guid="{ANNA}"><CodeRef targetGUID="{SCHOOL}"/></Coding>'
        "</PDFSelection>"
    )


def test_pdf_sources_are_read_where_they_carry_words(tmp_path: Path) -> None:
    text = "The school excluded Maren."
    representation = text_source(text, selection(4, 10)).replace("TextSource", "Representation")
    source = pdf_source(rectangle("excluded Maren"), rectangle(""), representation)
    files = {"sources/m.pdf": b"%PDF-1.7 fictional"}
    found = read_project(write_project(tmp_path / "p.qdpx", project(source), files))
    by_quote = {passage.quote: passage for passage in found.passages}
    assert set(by_quote) == {"school", "excluded Maren"}
    assert by_quote["excluded Maren"].page == 3
    sha256 = hashlib.sha256(files["sources/m.pdf"]).hexdigest()
    assert {passage.document_sha256 for passage in found.passages} == {sha256}
    assert found.notes == ("maren.pdf: 1 rectangle(s) on pages have no words and were not read",)


def test_pictures_and_sound_are_named_and_left(tmp_path: Path) -> None:
    source = f'<PictureSource guid="{ANNA}" name="p"/><AudioSource guid="{ANNA}" name="a"/>'
    found = read_project(write_project(tmp_path / "p.qdpx", project(source)))
    assert found.notes == ("1 AudioSource(s) were not read", "1 PictureSource(s) were not read")


def test_selections_outside_the_text_are_named(tmp_path: Path) -> None:
    source = text_source("short", selection(2, 99), selection(-3, 2), selection(4, 4))
    found = read_project(write_project(tmp_path / "p.qdpx", project(source)))
    assert found.passages == ()
    assert sum("holds no words" in note for note in found.notes) == 3


def test_a_codebook_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.qdc"
    path.write_text(CODEBOOK, encoding="utf-8")
    names = [(code.name, code.path) for code in read_codebook_file(path)]
    assert names == [
        ("Family", ()), ("Alcohol misuse", ("Family",)), ("excluded from school", ()),
    ]  # fmt: skip
    path.write_text("<Project/>", encoding="utf-8")
    with pytest.raises(InputError, match="no REFI-QDA codebook but <Project>"):
        read_codebook_file(path)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("qde", "words"),
    [
        pytest.param(project(before=BOMB), "document type or an entity", id="entities"),
        pytest.param(project(before=OUTSIDE), "document type or an entity", id="file from outside"),
        pytest.param(project(before="<!DOCTYPE x>"), "document type", id="document type"),
        pytest.param("<Project", "is no XML that can be read", id="cut off"),
        pytest.param("<Other/>", "no REFI-QDA project but <Other>", id="other root"),
        pytest.param("<a>" * 300 + "</a>" * 300, "inside each other", id="deep"),
    ],
)
def test_xml_that_means_harm_or_is_none_is_refused(tmp_path: Path, qde: str, words: str) -> None:
    path = write_project(tmp_path / "p.qdpx", qde)
    with pytest.raises(InputError, match=words) as caught:
        read_project(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("../evil.txt", "leads out of it", id="parent"),
        pytest.param("/evil.txt", "leads out of it", id="root"),
        pytest.param("C:\\evil.txt", "leads out of it", id="drive"),
    ],
)
def test_an_archive_whose_members_lead_out_of_it_is_refused(
    tmp_path: Path, name: str, words: str
) -> None:
    path = write_project(tmp_path / "p.qdpx", project(), {name: b"x"})
    with pytest.raises(InputError, match=words):
        read_project(path)


def test_an_archive_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swelling = {"sources/big.txt": b"0" * 3_000_000}
    with pytest.raises(InputError, match="unpacks to more than 200 times"):
        read_project(write_project(tmp_path / "one.qdpx", project(), swelling))
    monkeypatch.setattr(archives, "MAX_TEXT_BYTES", 100)
    with pytest.raises(InputError, match="is larger than 0 MiB unpacked"):
        read_project(write_project(tmp_path / "two.qdpx", project()))
    monkeypatch.setattr(archives, "MAX_MEMBERS", 0)
    with pytest.raises(InputError, match="more than 0 are refused"):
        read_project(write_project(tmp_path / "three.qdpx", project()))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"no archive", "is no ZIP archive", id="no archive"),
        pytest.param(b"", "is no ZIP archive", id="empty"),
    ],
)
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "p.qdpx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_project(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_project(tmp_path / "none.qdpx")


def test_an_archive_without_a_project_says_what_to_export(tmp_path: Path) -> None:
    path = write_project(tmp_path / "p.qdpx", project())
    renamed = path.read_bytes().replace(b"project.qde", b"project.txt")
    path.write_bytes(renamed)
    with pytest.raises(InputError, match="Export it as a REFI-QDA project"):
        read_project(path)


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    path = write_project(tmp_path / "p.qdpx", project(text_source(TEXT, selection(0, 5))))
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(data)
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_project(path)


def test_a_code_that_the_project_does_not_have_is_said(tmp_path: Path) -> None:
    other = ALCOHOL.replace("0000-0000", "9999-9999")
    source = text_source(TEXT, selection(0, 5, code=other))
    (passage,) = read_project(write_project(tmp_path / "p.qdpx", project(source))).passages
    assert passage.code == f"unknown code {other}"
