"""Bad servers are borne within limits, none is trusted further, and answers are kept."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from llm_examples import ASSESSMENT, EXCLUSION, TEXT, read, segment, settings, three_codes
from llm_stub import (
    Behaviour,
    answering,
    dripping,
    first,
    flooding,
    hanging_up,
    saying,
    sending,
    serving,
    silent,
)

from workbench.codebook import Codebook
from workbench.errors import InputError, LlmError
from workbench.learn.llm import LlmCoder


@pytest.fixture(scope="module")
def small(codebook: Codebook) -> Codebook:
    return three_codes(codebook)


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        pytest.param(silent, "has not answered in 0.3 s (2 tries)", id="silent"),
        pytest.param(dripping, "has not answered in full in 0.3 s (2 tries)", id="dripping"),
        pytest.param(flooding, "sends more than 1,000,000 bytes", id="huge"),
        pytest.param(hanging_up, "cannot be reached", id="hangs up"),
        pytest.param(sending(b"busy", 503), "answers with status 503 (2 tries)", id="busy"),
        pytest.param(sending(b"no", 401), "refuses with status 401", id="refuses"),
        pytest.param(sending(b"no", 404), "refuses with status 404", id="no such model"),
        pytest.param(sending(b"<html>"), "sends no answer of the expected form", id="a web page"),
        pytest.param(sending(b"[]"), "sends no answer of the expected form", id="a list"),
        pytest.param(saying(""), "sends an empty answer", id="empty"),
        pytest.param(
            sending(json.dumps({"choices": [{"message": {"content": None, "refusal": "No."}}]})
                    .encode()),
            "refuses to answer", id="a refusal",
        ),
        pytest.param(
            saying('{"codings": []}', finish_reason="length"),
            "stopped in the middle of its answer", id="cut short",
        ),
    ],
)  # fmt: skip
def test_a_bad_server_leaves_a_note_within_its_limits(
    small: Codebook, behaviour: Behaviour, reason: str
) -> None:
    started = time.monotonic()
    reading, _ = read(small, behaviour)
    assert reading.codings == ()
    assert len(reading.notes) == 1
    assert reason in reading.notes[0]
    assert time.monotonic() - started < 8


def test_what_fails_in_passing_is_tried_again(small: Codebook) -> None:
    reading, n_requests = read(small, first(1, sending(b"", 503), answering(EXCLUSION)))
    assert [coding.code_id for coding in reading.codings] == ["school_exclusion"]
    assert reading.notes == ()
    assert n_requests == 3


def test_a_refusal_is_not_tried_again(small: Codebook) -> None:
    _, n_requests = read(small, sending(b"no", 403))
    assert n_requests == 2  # one for each group of codes


def test_one_failing_question_does_not_lose_the_others(small: Codebook) -> None:
    reading, _ = read(small, first(2, sending(b"", 500), answering(EXCLUSION, ASSESSMENT)))
    assert [coding.code_id for coding in reading.codings] == ["ap_risk_assessment"]
    assert len(reading.notes) == 1


def test_a_server_that_keeps_failing_is_given_up(small: Codebook) -> None:
    with serving(sending(b"", 500)) as server:
        coder = LlmCoder(small, settings(server.url, n_tries=1, max_failures=3))
        coder.code(segment())  # two questions fail
        with pytest.raises(LlmError, match=r"status 500.*given up after 3 questions in a row"):
            coder.code(segment())


def test_a_server_that_is_not_there_is_given_up_at_once(small: Codebook) -> None:
    with serving(answering()) as server:
        url = server.url
    coder = LlmCoder(small, settings(url, max_failures=1))
    with pytest.raises(
        LlmError, match=r"cannot be reached .* Start the server, or leave --llm out"
    ):
        coder.code(segment())


def test_a_redirect_is_not_followed(small: Codebook) -> None:
    with serving(answering(EXCLUSION)) as other:
        moved = sending(b"", 307, Location=f"{other.url}/chat/completions")
        reading, _ = read(small, moved)
    assert reading.codings == ()
    assert "refuses with status 307" in reading.notes[0]
    assert other.requests == []


def test_a_proxy_never_sees_what_goes_to_this_machine(
    small: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answering(EXCLUSION)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        reading, n_requests = read(small, answering(EXCLUSION))
    assert (len(reading.codings), n_requests) == (1, 2)
    assert proxy.requests == []


def test_a_key_comes_from_the_environment_and_nowhere_else(
    small: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answering()) as server:
        coder = LlmCoder(small, settings(server.url, api_key_variable="WORKBENCH_TEST_KEY"))
        with pytest.raises(InputError, match="WORKBENCH_TEST_KEY is not set"):
            coder.code(segment())
        monkeypatch.setenv("WORKBENCH_TEST_KEY", "abc")
        coder.code(segment())
    assert {headers["Authorization"] for headers in server.headers} == {"Bearer abc"}


def test_an_answer_is_asked_for_once_and_then_kept(small: Codebook, tmp_path: Path) -> None:
    with serving(answering(EXCLUSION)) as server:
        one = LlmCoder(small, settings(server.url), tmp_path).code(segment())
        two = LlmCoder(small, settings(server.url), tmp_path).code(segment())
        assert one == two
        assert len(server.requests) == 2
        LlmCoder(small, settings(server.url), tmp_path).code(segment(TEXT + " More."))
        assert len(server.requests) == 4
    # The server is gone; what was kept is still there.
    assert LlmCoder(small, settings(server.url), tmp_path).code(segment()) == one


def test_a_damaged_answer_is_asked_for_again(small: Codebook, tmp_path: Path) -> None:
    with serving(answering(EXCLUSION)) as server:
        expected = LlmCoder(small, settings(server.url), tmp_path).code(segment())
        for path in tmp_path.rglob("*.json"):
            path.write_text(path.read_text().replace("excluded", "EXCLUDED")[:-1] + "}")
        assert LlmCoder(small, settings(server.url), tmp_path).code(segment()) == expected
        assert len(server.requests) == 3  # only one of the two answers held the word


def test_an_answer_that_cannot_be_read_is_not_kept(small: Codebook, tmp_path: Path) -> None:
    with serving(first(2, saying("not JSON"), answering(EXCLUSION))) as server:
        assert LlmCoder(small, settings(server.url), tmp_path).code(segment()).codings == ()
        assert not list(tmp_path.rglob("*.json"))
        assert len(LlmCoder(small, settings(server.url), tmp_path).code(segment()).codings) == 1
