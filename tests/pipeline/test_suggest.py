"""Bare passages: every usable line is coded, every other line is named."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import InputError
from workbench.pipeline.suggesting import Suggested, SuggestSettings, suggest
from workbench.pipeline.suggesting.passages import document_of, passage_of, readable
from workbench.records import Assertion, SectionRole, SubjectRole, Temporality

ABUSE = "Her mother was a victim of domestic abuse throughout the childhood of Child A."
EXCLUDED = "Child A was permanently excluded from school at the age of fourteen."
WELSH = (
    "Roedd y bachgen yn byw gyda'i fam a'i dad yn y dref ac roedd yr ysgol yn poeni am ei "
    "bresenoldeb yn y dosbarth a'i ymddygiad gyda phlant eraill yn yr iard bob dydd o'r wythnos"
)


def write(path: Path, lines: Sequence[Mapping[str, Any] | str | bytes]) -> Path:
    texts = [json.dumps(line) if isinstance(line, Mapping) else line for line in lines]
    data = [text.encode() if isinstance(text, str) else text for text in texts]
    path.write_bytes(b"\n".join(data) + b"\n")
    return path


def code(
    folder: Path, lines: Sequence[Mapping[str, Any] | str | bytes], n_workers: int = 1
) -> tuple[Suggested, list[dict[str, Any]]]:
    source, target = write(folder / "passages.jsonl", lines), folder / "codings.jsonl"
    done = suggest(source, target, settings=SuggestSettings(n_workers=n_workers))
    return done, [json.loads(line) for line in target.read_bytes().split(b"\n")[:-1]]


def codes(line: Mapping[str, Any]) -> set[str]:
    return {coding["code"] for coding in line["codings"]}


def test_each_passage_has_its_line_in_the_order_of_the_input(tmp_path: Path) -> None:
    lines = [{"id": n, "text": f"Nothing of note was recorded on day {n}."} for n in (3, 1, 2)]
    done, results = code(tmp_path, lines)
    assert [line["id"] for line in results] == [3, 1, 2]
    assert (done.n_passages, done.refused, done.notes) == (3, (), ())


def test_quotes_are_the_words_at_their_offsets(tmp_path: Path) -> None:
    text = f"  First line.\r\n\r\n{ABUSE}\n \n\t{EXCLUDED}  "
    done, (line,) = code(tmp_path, [{"id": "a", "text": text}])
    assert codes(line) >= {"ace_domestic_abuse", "school_exclusion"}
    assert done.n_codings == len(line["codings"])
    for coding in line["codings"]:
        assert coding["quote"]
        assert text[coding["start_char"] : coding["end_char"]] == coding["quote"]


def test_a_coding_says_all_that_is_known_of_it(tmp_path: Path) -> None:
    _, (line,) = code(tmp_path, [{"id": "a", "text": EXCLUDED}])
    coding = next(each for each in line["codings"] if each["code"] == "school_exclusion")
    assert Assertion(coding["assertion"])
    assert SubjectRole(coding["subject_role"])
    assert Temporality(coding["temporality"])
    assert coding["valence"] == "not_applicable"
    assert 0 < coding["score"] <= 1
    assert coding["source"].startswith(("rule:", "model:"))
    assert "excluded" in coding["explanation"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param('{"id": "x", "text": "cut o', "is no JSON", id="a broken line"),
        pytest.param("[1, 2]", "holds a list, not an object", id="a list"),
        pytest.param("null", "holds null, not an object", id="null"),
        pytest.param("[" * 100_000, "nested too deeply", id="nested brackets"),
        pytest.param({"text": "No id."}, "has no 'id'", id="no id"),
        pytest.param({"id": "x"}, "has no 'text'", id="no text"),
        pytest.param({}, "has no 'id'; has no 'text'", id="neither"),
        pytest.param({"id": "", "text": "t"}, "'id' is empty", id="an empty id"),
        pytest.param({"id": True, "text": "t"}, "'id' is not a text", id="a truth value as id"),
        pytest.param({"id": "x", "text": ["t"]}, "'text' is not a text", id="text in a list"),
        pytest.param({"id": "x", "text": None}, "'text' is not a text", id="text is null"),
        pytest.param({"id": "good", "text": "t"}, "has the id of line 1", id="an id used before"),
        pytest.param({"id": "x", "text": "t", "doc": [1]}, "'doc' is not a text", id="doc a list"),
        pytest.param(b'{"id": "x", "text": "caf\xe9"}', "is no UTF-8 text (byte 25)", id="Latin-1"),
    ],
)
def test_a_line_that_holds_no_passage_is_named_and_the_others_are_coded(
    tmp_path: Path, line: Mapping[str, Any] | str | bytes, problem: str
) -> None:
    lines = [{"id": "good", "text": ABUSE}, "", line, {"id": "last", "text": EXCLUDED}]
    done, results = code(tmp_path, lines)
    assert [each["id"] for each in results] == ["good", "last"]
    assert len(done.refused) == 1
    assert done.refused[0].startswith("line 3: ")  # blank lines count, as editors count
    assert problem in done.refused[0]


def test_an_id_is_the_same_as_number_and_as_text(tmp_path: Path) -> None:
    done, results = code(tmp_path, [{"id": 1, "text": ABUSE}, {"id": "1", "text": EXCLUDED}])
    assert [each["id"] for each in results] == [1]
    assert done.refused == ("line 2: has the id of line 1; ids must differ",)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        pytest.param("", "the text is empty", id="empty"),
        pytest.param(" \n\t ", "the text is empty", id="only space"),
        pytest.param(WELSH, "does not look like English", id="Welsh"),
        pytest.param(
            "中文文本没有任何英文单词在这里面只是为了测试", "not look like English", id="Chinese"
        ),
        pytest.param("Seen\x00 at\x1b school.", "2 control or broken characters", id="controls"),
        pytest.param("“" * 100_000, "100,000 characters without a space", id="no space"),
        pytest.param("Broken \ud800 character", "1 control or broken characters", id="surrogate"),
    ],
)
def test_an_odd_text_has_a_stated_result(tmp_path: Path, text: str, note: str) -> None:
    done, (line,) = code(tmp_path, [{"id": "odd", "text": text}])
    assert any(note in each for each in line["notes"])
    assert any(each.startswith("line 1: ") and note in each for each in done.notes)
    assert not done.refused


def test_a_text_in_english_has_no_note(tmp_path: Path) -> None:
    done, (line,) = code(tmp_path, [{"id": "a", "text": f"{ABUSE} {EXCLUDED} She was 15."}])
    assert "notes" not in line
    assert not done.notes


def test_control_characters_move_no_quote(tmp_path: Path) -> None:
    text = f"\x07\x00{EXCLUDED[:10]}\x0c{EXCLUDED[10:]}"
    _, (line,) = code(tmp_path, [{"id": "a", "text": text}])
    for coding in line["codings"]:
        assert text[coding["start_char"] : coding["end_char"]] == coding["quote"]
    assert len(readable(text)) == len(text)


def test_characters_that_look_like_line_ends_stay_inside_their_line(tmp_path: Path) -> None:
    text = f"One.\u2028Two.\u2029Three.\x85{EXCLUDED}"
    _, results = code(tmp_path, [{"id": "a\u2028b", "text": text}])
    raw = (tmp_path / "codings.jsonl").read_text(encoding="utf-8")
    assert len(raw.splitlines()) == len(results) == 1
    assert results[0]["id"] == "a\u2028b"


def test_a_passage_of_100_000_characters_is_coded_to_its_end(tmp_path: Path) -> None:
    filler = "The meeting was held at the town hall and the minutes were kept. "
    text = filler * (100_000 // len(filler)) + EXCLUDED
    _, (line,) = code(tmp_path, [{"id": "long", "text": text}])
    ends = [c["end_char"] for c in line["codings"] if c["code"] == "school_exclusion"]
    assert max(ends) > 99_000


def test_a_line_of_more_than_16_mebibytes_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    lines = [{"id": "huge", "text": "a " * 9_000_000}, {"id": "good", "text": EXCLUDED}]
    done, results = code(tmp_path, lines)
    assert [each["id"] for each in results] == ["good"]
    assert "line 1: is longer than 16 MiB" in done.refused[0]


def test_people_are_resolved_over_the_passages_of_one_doc_only(tmp_path: Path) -> None:
    told = "This review concerns Kieran, the perpetrator, who was 17. Kieran killed Marcus."
    later = "Kieran had been permanently excluded from school."
    _, apart = code(tmp_path, [{"id": 1, "text": told}, {"id": 2, "text": later}])
    _, together = code(
        tmp_path, [{"id": 1, "text": told, "doc": "D"}, {"id": 2, "text": later, "doc": "D"}]
    )
    assert [each["id"] for each in together] == [1, 2]
    assert {c.get("person") for c in together[1]["codings"]} == {"Kieran"}
    assert {c["subject_role"] for c in together[1]["codings"]} == {"perpetrator"}
    assert {c.get("person") for c in apart[1]["codings"]} == {None}


def test_passages_of_one_doc_that_lie_apart_keep_their_lines_in_order(tmp_path: Path) -> None:
    lines = [
        {"id": n, "text": EXCLUDED if n % 2 else ABUSE, "doc": "D1" if n % 3 else f"own {n}"}
        for n in range(12)
    ]
    _, results = code(tmp_path, lines)
    assert [each["id"] for each in results] == list(range(12))
    assert all("school_exclusion" in codes(each) for each in results[1::2])
    assert all("ace_domestic_abuse" in codes(each) for each in results[::2])


@pytest.mark.parametrize(
    ("given", "role"),
    [
        pytest.param({}, SectionRole.FACTS, id="nothing given"),
        pytest.param({"section": "circumstances"}, SectionRole.FACTS, id="of a coroner"),
        pytest.param({"section": "concerns"}, SectionRole.FINDINGS, id="concerns of a coroner"),
        pytest.param({"section": "Terms of reference"}, SectionRole.TERMS_OF_REFERENCE, id="name"),
        pytest.param({"section": "page 4"}, SectionRole.FACTS, id="a name that says nothing"),
        pytest.param(
            {"section": "facts", "section_role": "literature"}, SectionRole.LITERATURE, id="role"
        ),
        pytest.param({"section_role": "nonsense"}, SectionRole.FACTS, id="unknown role"),
    ],
)
def test_the_section_of_a_passage(given: Mapping[str, str], role: SectionRole) -> None:
    _, segments, _ = document_of([passage_of({"id": "1", "text": ABUSE, **given})])
    assert [segment.section_role for segment in segments] == [role]


def test_an_unknown_section_role_is_noted() -> None:
    passage = passage_of({"id": "1", "text": ABUSE, "section_role": "nonsense"})
    assert passage.notes == ("section_role 'nonsense' is not known; read as facts",)


def test_two_runs_and_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    lines = [{"id": n, "text": (ABUSE, EXCLUDED)[n % 2], "doc": str(n % 4)} for n in range(10)]
    code(tmp_path, lines)
    first = (tmp_path / "codings.jsonl").read_bytes()
    code(tmp_path, lines, n_workers=2)
    assert (tmp_path / "codings.jsonl").read_bytes() == first


def test_a_file_without_any_passage_is_an_error_that_says_why(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", ["not json", {"id": 1}])
    with pytest.raises(InputError, match=r"holds no passage(.|\n)*line 1: is no JSON(.|\n)*line 2"):
        suggest(source, tmp_path / "out.jsonl")
    assert not (tmp_path / "out.jsonl").exists()


def test_what_was_there_stays_when_the_input_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("kept")
    with pytest.raises(InputError, match="cannot be read"):
        suggest(tmp_path / "absent.jsonl", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text() == "kept"


def test_an_output_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": 1, "text": ABUSE}])
    with pytest.raises(InputError, match="cannot be written"):
        suggest(source, tmp_path / "absent" / "out.jsonl")


def test_the_command_names_lines_and_exits_with_3_when_some_are_left_out(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": 1, "text": ABUSE}, "{", {"id": 2, "text": ""}])
    target = tmp_path / "out.jsonl"
    result = CliRunner().invoke(app, ["suggest", "-i", str(source), "-o", str(target)])
    assert result.exit_code == 3
    assert "left out: line 2: is no JSON" in result.output
    assert "note: line 3: the text is empty" in result.output
    assert len(target.read_text().splitlines()) == 2


def test_the_command_prints_json_for_scripts(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [{"id": 1, "text": ABUSE}])
    arguments = ["suggest", "-i", str(source), "-o", str(tmp_path / "out.jsonl"), "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["passages"] == 1
