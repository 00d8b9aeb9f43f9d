"""Topics of a workspace: passages gathered, embeddings kept, pages and proposals written."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml
from reading_making import reading
from topic_making import TOPICS
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.codebook import default_codebook_path
from workbench.errors import InputError
from workbench.findings.topics import Join
from workbench.pipeline.coders.annotations import CODEBOOK, CONTEXT, PROPOSALS
from workbench.pipeline.coders.plan import coder_plan
from workbench.pipeline.topics.job import (
    UNCOUNTED,
    Method,
    TopicSettings,
    TopicsRequest,
    find_workspace_topics,
)
from workbench.pipeline.topics.showing import tree_rows
from workbench.records import SectionRole
from workbench.store import readings
from workbench.store.workspace import Workspace

ROLES = frozenset({SectionRole.FACTS})
QUICK = TopicsRequest(
    settings=TopicSettings(method=Method.QUICK, n_topics=3, n_runs=1),
    embeddings=False,
    propose=True,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Six documents that speak of three things; the first has a code."""
    draw = np.random.default_rng(2)
    with Workspace.create(tmp_path / "work") as workspace:
        for number in range(6):
            texts = [
                f"{' '.join(draw.permutation(words.split())[:6])} in the week {each} of it"
                for words, _ in TOPICS.values()
                for each in range(4)
            ]
            readings.save_reading(workspace, reading(f"{number}" * 64, texts, "alcohol_misuse"))
    (tmp_path / "work" / CODEBOOK).parent.mkdir(parents=True, exist_ok=True)
    for path in (CODEBOOK, CONTEXT):
        shutil.copyfile(default_codebook_path().with_name(path.name), tmp_path / "work" / path)
    return tmp_path / "work"


def test_topics_are_found_shown_and_proposed(root: Path) -> None:
    before = coder_plan(root, "none").hashes
    done = find_workspace_topics(root, QUICK)
    assert sorted(len(topic.members) for topic in done.topics.topics) == [24, 24, 24]
    page = done.page.read_text(encoding="utf-8")
    assert "72 passages of 6 reviews" in page
    assert UNCOUNTED in done.topics.notes  # nothing was counted in this workspace
    assert page.count("<strong>new</strong>") == 2
    proposals = yaml.safe_load((root / PROPOSALS).read_text(encoding="utf-8"))["proposals"]
    assert done.n_proposed == len(proposals) == 2
    passage = proposals[0]["passages"][0]
    with Workspace.open(root) as workspace:
        frozen = readings.read_reading(workspace, passage["document_id"]).frozen
    assert frozen.text[passage["start_char"] : passage["end_char"]] == passage["text"]
    # What people are to decide on must not make every document be coded again.
    assert coder_plan(root, "none").hashes == before


def test_every_passage_of_a_topic_is_on_its_page_with_its_place(root: Path) -> None:
    (root / "reports/thematic-review").mkdir(parents=True)
    (root / "reports/thematic-review/index.html").write_text("", encoding="utf-8")
    done = find_workspace_topics(root, QUICK)
    for topic in done.topics.topics:
        html = (done.page.parent / f"{topic.topic_id.lower()}.html").read_text(encoding="utf-8")
        listed = html[html.index('id="passages"') :]
        assert listed.count('<li class="passage"') == len(topic.members)
        links = re.findall(r'class="to-page" href="([^"]+)"', listed)
        member = topic.members[0]
        assert links[0] == (
            f"../thematic-review/pages/{member.document_id[:12]}"
            f"/p{member.ordinal + 1:03d}.html#s-{member.ordinal}"
        )


def test_a_second_run_finds_nothing_anew_and_writes_the_same_bytes(root: Path) -> None:
    first = find_workspace_topics(root, QUICK)
    written = {path.name: path.read_bytes() for path in first.page.parent.iterdir()}
    again = find_workspace_topics(root, QUICK)
    assert (first.executed, again.executed) == (True, False)
    assert written == {path.name: path.read_bytes() for path in again.page.parent.iterdir()}


def test_what_people_decided_on_a_proposal_is_kept(root: Path) -> None:
    find_workspace_topics(root, QUICK)
    path = root / PROPOSALS
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = content["proposals"][0]["proposal"]
    content["proposals"][0] |= {"status": "rejected", "remark": "too wide"}
    content["proposals"].append({"proposal": "gone", "status": "accepted", "remark": ""})
    content["proposals"].append({"proposal": "untouched", "status": "proposed", "remark": ""})
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    find_workspace_topics(root, QUICK)
    after = {
        each["proposal"]: (each["status"], each["remark"])
        for each in yaml.safe_load(path.read_text(encoding="utf-8"))["proposals"]
    }
    assert after[name] == ("rejected", "too wide")
    assert after["gone"] == ("accepted", "")
    assert "untouched" not in after


@pytest.mark.parametrize("text", ["a: [", "proposals: 3", "schema: other/1\nproposals: []"])
def test_a_file_of_proposals_that_is_none_is_never_written_over(root: Path, text: str) -> None:
    (root / PROPOSALS).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="move it away"):
        find_workspace_topics(root, QUICK)
    assert (root / PROPOSALS).read_text(encoding="utf-8") == text


def test_the_command_says_what_was_found(root: Path) -> None:
    arguments = ["topics", "-w", str(root), "--quick", "--words-only", "--topics", "3", "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert (len(said["topics"]), said["n_passages"], said["n_outliers"]) == (3, 72, 0)
    plain = CliRunner().invoke(app, arguments[:-1])
    assert "topics: 3; in no topic: 0 of 72 passages; from words" in plain.stdout


def test_an_unknown_role_is_refused_by_name(root: Path) -> None:
    result = CliRunner().invoke(app, ["topics", "-w", str(root), "--roles", "facts,fiction"])
    assert isinstance(result.exception, InputError)
    assert "fiction: no section role" in str(result.exception)


def test_a_role_without_passages_says_what_to_do(root: Path) -> None:
    request = TopicsRequest(settings=QUICK.settings, roles=frozenset({SectionRole.GLOSSARY}))
    with pytest.raises(InputError, match="--roles"):
        find_workspace_topics(root, request)


def test_the_hierarchy_is_an_indented_list() -> None:
    joins = (Join(0, 2, 0.2), Join(1, 3, 0.7))
    rows = tree_rows(joins, ["A", "B", "C"])
    assert [(row.depth, row.topic_id, row.n_topics) for row in rows] == [
        (0, "", 3), (1, "B", 1), (1, "", 2), (2, "A", 1), (2, "C", 1),
    ]  # fmt: skip
    assert tree_rows((), ["A"]) == ()


def test_nothing_read_says_what_to_do(tmp_path: Path) -> None:
    with Workspace.create(tmp_path):
        pass
    (tmp_path / CODEBOOK).parent.mkdir(parents=True)
    for path in (CODEBOOK, CONTEXT):
        shutil.copyfile(default_codebook_path().with_name(path.name), tmp_path / path)
    with pytest.raises(InputError, match="workbench run"):
        find_workspace_topics(tmp_path, QUICK)
