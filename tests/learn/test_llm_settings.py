"""Quotations are found word for word; settings say what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.learn.llm import LlmSettings, load_settings
from workbench.learn.llm.align import align

TEXT = "The  boy’s mother – “Ms B” –\nsaid he was NOT at\u00a0school. He was not at school again."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        pytest.param("He was not at school", "He was not at school", id="exact"),
        pytest.param("the boy's mother", "The  boy’s mother", id="spaces, apostrophe, capital"),
        pytest.param('"Ms B" - said he', "“Ms B” –\nsaid he", id="marks, dash and line end"),
        pytest.param("not at school again...", "not at school again", id="marks at the end"),
        pytest.param("was not at\nschool.", "was NOT at\u00a0school.", id="the first of two"),
        pytest.param("the boy mother", "", id="a word changed"),
        pytest.param("other – Ms", "", id="words cut and marks left out"),
        pytest.param("e was not at school", "e was not at school", id="exact though cut"),
        pytest.param("E WAS NOT AT SCHOOL", "", id="cut inside a word"),
        pytest.param("...", "", id="only marks"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_where_a_quotation_stands(quote: str, found: str) -> None:
    place = align(quote, TEXT)
    assert (TEXT[place.start_char : place.end_char] if place else "") == found


@given(st.text(max_size=40), st.data())
def test_every_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    part = text[first:last]
    place = align(part, text)
    if part:
        assert place is not None
        assert text[place.start_char : place.end_char] == part


@given(st.text(max_size=30), st.text(max_size=60))
def test_a_place_lies_inside_the_text(quote: str, text: str) -> None:
    place = align(quote, text)
    if place is not None:
        assert 0 <= place.start_char < place.end_char <= len(text)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        pytest.param({"url": "127.0.0.1:8080"}, "is no http address", id="no scheme"),
        pytest.param({"url": "file:///etc"}, "is no http address", id="a file"),
        pytest.param({"url": "http://a:b@127.0.0.1/v1"}, "holds a password", id="a password"),
        pytest.param({"model": ""}, "no model is named", id="no model"),
        pytest.param(
            {"url": "https://llm.example/v1"}, "would be sent there", id="another machine"
        ),
        pytest.param(
            {"url": "http://10.0.0.7/v1"}, "10.0.0.7 is not this machine", id="the office"
        ),
        pytest.param({"url": "http://127.0.0.1.example/v1"}, "would be sent", id="a likeness"),
        pytest.param({"n_tries": 0}, "must be more than 0", id="no try"),
        pytest.param({"timeout_s": 0.0}, "must be more than 0", id="no time"),
    ],
)
def test_settings_that_cannot_be_used_are_refused(given: dict[str, object], problem: str) -> None:
    good = {"url": "http://127.0.0.1:8080/v1", "model": "m"}
    with pytest.raises(InputError, match=problem):
        LlmSettings(**{**good, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url", ["http://localhost:1234/v1", "http://[::1]:8080/v1", "http://127.9.9.9/v1"]
)
def test_this_machine_has_several_names(url: str) -> None:
    assert LlmSettings(url=url, model="m").url == url


def test_another_machine_is_asked_only_when_that_is_allowed() -> None:
    assert LlmSettings(url="https://llm.example/v1", model="m", allow_remote=True).allow_remote


def test_settings_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "llm.toml"
    path.write_text('[llm]\nurl = "http://127.0.0.1:8080/v1"\nmodel = "m"\ntimeout_s = 5\n')
    assert load_settings(path) == LlmSettings(
        url="http://127.0.0.1:8080/v1", model="m", timeout_s=5
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("[llm", "cannot be read as TOML", id="broken"),
        pytest.param('url = "x"', "has no table", id="no table"),
        pytest.param("[llm]\nmodel = 7\ntemprature = 1",
                     "temprature is no setting; url is missing; model is 7, but should be a str",
                     id="all problems at once"),
        pytest.param('[llm]\nurl = "http://127.0.0.1"\nmodel = "m"\nn_tries = true',
                     "n_tries is True, but should be a int", id="a truth value is no number"),
    ],
)  # fmt: skip
def test_a_file_with_problems_names_them(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "llm.toml"
    path.write_text(content)
    with pytest.raises(InputError, match=problem):
        load_settings(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.toml: cannot be read"):
        load_settings(tmp_path / "absent.toml")
