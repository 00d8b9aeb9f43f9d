"""A codebook is sound, or every problem in it is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from workbench.codebook import Codebook, compare, default_codebook_path, load_codebook
from workbench.errors import CodebookError
from workbench.records import SubjectRole


def small() -> dict[str, Any]:
    return {
        "codebook": {
            "id": "small",
            "version": "1",
            "levels": {"L1": "the individual"},
            "objectives": {"O1": "resilience"},
            "frameworks": {"SCR": "national analyses"},
            "proximity_rule": {
                "window_tokens": 10,
                "deficiency_terms": ["not"],
                "positive_terms": ["good"],
            },
        },
        "codes": [
            {
                "id": "alcohol_misuse", "label": "Alcohol", "group": "individual", "level": "L1",
                "tier": "core", "definition": "Drank.", "cues": ["drunk"], "roles": ["victim"],
                "objectives": ["O1"], "maps": {"SCR": "alcohol"},
            },
            {
                "id": "bereavement", "label": "Loss", "group": "individual", "level": "L1",
                "tier": "core", "definition": "Lost.", "cues": ["grief"], "roles": ["victim"],
            },
        ],
    }  # fmt: skip


def write(folder: Path, data: object, name: str = "codebook.yaml") -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return path


def test_the_shipped_codebook_has_62_factors_and_4_incident_attributes(codebook: Codebook) -> None:
    assert len(codebook.factors) == 62
    assert [code.code_id for code in codebook.codes if code.is_attribute] == [
        "incident_method", "incident_place", "incident_time", "incident_relationship",
    ]  # fmt: skip


def test_the_shipped_codebook_holds_the_ten_item_ace_set(codebook: Codebook) -> None:
    assert len({code.ace for code in codebook.ace_codes}) == 10


def test_a_code_keeps_what_the_file_says(codebook: Codebook) -> None:
    code = codebook.code("ace_household_substance")
    assert code.exclude.startswith("The index young person's or adult victim's own use")
    assert SubjectRole.INDEX_CHILD in code.roles
    assert ("ACE10", "household substance abuse") in code.maps


def test_an_unknown_code_is_named(codebook: Codebook) -> None:
    with pytest.raises(KeyError, match=r"'nonsense' is not a code of causation-factors 0\.1\.0"):
        codebook.code("nonsense")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"id": "Alcohol misuse"}, "its id must be lower-case", id="id"),
        pytest.param({"id": "bereavement"}, "'bereavement' is defined 2 times", id="twice"),
        pytest.param({"level": "L9"}, "level 'L9' is none of", id="level"),
        pytest.param({"tier": "main"}, "tier 'main' is neither", id="tier"),
        pytest.param({"roles": ["victims"]}, "unknown role 'victims'", id="role"),
        pytest.param({"objectives": ["O9"]}, "unknown objective 'O9'", id="objective"),
        pytest.param({"maps": {"XYZ": "a"}}, "unknown framework 'XYZ'", id="framework"),
        pytest.param({"definition": ""}, "lacks 'definition'", id="no definition"),
        pytest.param({"cues": []}, "lacks 'cues'", id="no cues"),
        pytest.param({"cues": "drunk"}, "cues must be a list of texts", id="one text for a list"),
        pytest.param({"cues": ["drunk", "Drunk"]}, "cue 'drunk' stands 2 times", id="cue twice"),
        pytest.param(
            {"false_positives": ["drunk"]}, "both a cue and a false positive", id="trap is a cue"
        ),
        pytest.param({"colour": "red"}, "unknown field 'colour'", id="unknown field"),
        pytest.param({"ace": "poverty"}, "ace 'poverty' is none of the ten items", id="ace"),
        pytest.param({"type": "categorical"}, "attribute without values", id="values"),
    ],
)
def test_each_kind_of_problem_is_named(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    data = small()
    data["codes"][0].update(change)
    with pytest.raises(CodebookError, match=message):
        load_codebook(write(tmp_path, data))


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    data = small()
    data["codes"][0].update(level="L9", tier="main")
    data["codebook"]["proximity_rule"]["window_tokens"] = 0
    with pytest.raises(CodebookError) as caught:
        load_codebook(write(tmp_path, data))
    assert len(caught.value.problems) == 3
    assert "3 problem(s)" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("codebook: [", "is no valid YAML", id="broken"),
        pytest.param("a: 1\na: 2\n", "key 'a' stands twice", id="key twice"),
        pytest.param("just text", "has no 'codebook:' and 'codes:'", id="text"),
        pytest.param("codebook: {}\ncodes: []\n", "at least one code", id="empty"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "codebook.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        load_codebook(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"none\.yaml: 1 problem"):
        load_codebook(tmp_path / "none.yaml")


def test_the_shipped_file_is_found() -> None:
    assert default_codebook_path().is_file()


def test_equal_codebooks_do_not_differ(codebook: Codebook) -> None:
    assert compare(codebook, codebook) == []


def test_each_change_of_a_codebook_is_one_line(tmp_path: Path) -> None:
    data = small()
    old = load_codebook(write(tmp_path, data, "old.yaml"))
    data["codes"][0].update(definition="Drank too much.", cues=["drunk", "intoxicated"])
    data["codes"][1]["id"] = "loss"
    assert compare(old, load_codebook(write(tmp_path, data, "new.yaml"))) == [
        "- bereavement: removed; codings with it have no entry any more",
        "+ loss: added",
        "~ alcohol_misuse: definition was 'Drank.', is 'Drank too much.'",
        "~ alcohol_misuse: cues now with intoxicated",
    ]
