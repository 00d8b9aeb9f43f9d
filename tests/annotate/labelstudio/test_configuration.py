from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from label_studio_sdk.label_interface.interface import LabelInterface

from workbench.annotate.labelstudio.colours import OKABE_ITO
from workbench.annotate.labelstudio.configuration import attribute_tags, label_config
from workbench.annotate.labelstudio.moves import CodeMoves, orphans, read_moves
from workbench.codebook import Codebook
from workbench.errors import CodeMovesError
from workbench.records import Assertion, SubjectRole, Temporality


def tree(codebook: Codebook, **how: object) -> ET.Element:
    return ET.fromstring(label_config(codebook, **how))  # type: ignore[arg-type]


def test_every_factor_is_a_label_with_its_stable_id_in_a_group_of_its_own(
    codebook: Codebook,
) -> None:
    labels = tree(codebook).findall(".//Labels//Label")
    assert {each.get("value") for each in labels} == {c.code_id for c in codebook.factors}
    assert len(labels) == len(codebook.factors)
    names = [view.find("Header").get("value") for view in tree(codebook).findall(".//Labels/View")]  # type: ignore[union-attr]
    assert names == list(dict.fromkeys(c.group.replace("_", " ") for c in codebook.factors))


def test_label_studio_itself_takes_the_configuration(codebook: Codebook) -> None:
    interface = LabelInterface(label_config(codebook))
    interface.validate()  # type: ignore[no-untyped-call]
    assert "incident_method" in {tag.name for tag in interface.controls}


def test_what_is_asked_of_every_mark(codebook: Codebook) -> None:
    choices = {each.get("name"): each for each in tree(codebook).findall(".//Choices")}
    for name, kind in (
        ("assertion", Assertion), ("subject_role", SubjectRole), ("temporality", Temporality),
    ):  # fmt: skip
        assert [c.get("value") for c in choices[name]] == [value.value for value in kind]
        assert choices[name].get("perRegion") == "true"
    assert choices["assertion"].get("required") == "true"
    assert choices["incident_place"].get("perRegion") is None  # of the whole task


def test_no_two_controls_share_a_key_and_the_codes_most_used_have_the_first(
    codebook: Codebook,
) -> None:
    root = tree(codebook, most_used=("peer_group_conflict", "not_a_code", "poverty_housing"))
    keys = [each.get("hotkey") for each in root.iter() if each.get("hotkey")]
    assert len(keys) == len(set(keys)) == 27  # 20 codes, 6 assertions, the filter
    used = [code.code_id for code in codebook.factors][-2:]
    first = {
        each.get("value"): each.get("hotkey")
        for each in tree(codebook, most_used=used).iter("Label")
    }
    assert [first[code_id] for code_id in used] == ["1", "2"]


def test_definition_inclusion_and_exclusion_stand_beside_the_text(codebook: Codebook) -> None:
    shown = "\n".join(each.get("value") or "" for each in tree(codebook).iter("Header"))
    for code in codebook.factors:
        assert f"Means: {code.definition}" in shown
        assert f"Exclude: {code.exclude}" in shown or not code.exclude
        assert f"Include: {code.include}" in shown or not code.include


def test_the_same_codebook_gives_the_same_bytes(codebook: Codebook) -> None:
    assert label_config(codebook) == label_config(codebook)
    assert codebook.content_hash[:12] in label_config(codebook)


def test_fields_of_an_attribute_are_asked_one_by_one(codebook: Codebook) -> None:
    tags = attribute_tags(codebook)
    assert tags["incident_time__day_type"] == ("weekday", "weekend", "not_stated")
    assert "incident_time" not in tags
    assert "shooting" in tags["incident_method"]


def _seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    """A colour as somebody without one kind of cones sees it, in linear light."""
    linear = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    ]
    return tuple(sum(w * v for w, v in zip(row, linear, strict=True)) for row in matrix)


# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), 1291-1298, severity 1.0
MACHADO = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
}  # fmt: skip


@pytest.mark.parametrize("kind", MACHADO)
def test_colours_stay_apart_for_colour_blind_readers(kind: str) -> None:
    seen = [_seen(colour, MACHADO[kind]) for colour in OKABE_ITO]
    distances = [
        sum((a - b) ** 2 for a, b in zip(x, y, strict=True)) ** 0.5
        for at, x in enumerate(seen)
        for y in seen[:at]
    ]
    red_green = [_seen("#FF0000", MACHADO[kind]), _seen("#8A6A00", MACHADO[kind])]
    control = sum((a - b) ** 2 for a, b in zip(*red_green, strict=True)) ** 0.5
    assert min(distances) > 0.05, min(distances)
    assert control < 0.35  # the measure does see that red and olive come near each other


MOVES = """
merge: {new_code: [old_a, old_b]}
split: {old_c: [new_code, other_code]}
retire: {old_d: never used well}
"""


def test_moves_of_codes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "moves.yaml"
    assert read_moves(path, ["x"]) == CodeMoves()
    path.write_text(MOVES, encoding="utf-8")
    moves = read_moves(path, ["new_code", "other_code"])
    assert moves.merged == {"old_a": "new_code", "old_b": "new_code"}
    assert moves.split == {"old_c": ("new_code", "other_code")}
    assert moves.former == ("old_a", "old_b", "old_c", "old_d")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("merge: {gone: [old]}", "'gone' shall take marks over", id="to nowhere"),
        pytest.param(
            "merge: {new_code: [other_code]}", "is a code of the codebook", id="still used"
        ),
        pytest.param(
            "merge: {new_code: [old], other_code: [old]}", "goes to several places", id="to two"
        ),
        pytest.param("split: {old: [new_code]}", "that is a merge", id="split into one"),
        pytest.param("split: {old: new_code}", "needs a list of codes", id="no list"),
        pytest.param("retire: {old: }", "needs a reason", id="no reason"),
        pytest.param("rename: {old: new_code}", "is no entry", id="other entry"),
        pytest.param("[1, 2]", "holds no entries", id="a list"),
        pytest.param("a: [", "cannot be read as YAML", id="no YAML"),
    ],
)
def test_wrong_moves_are_named(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "moves.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodeMovesError, match=problem):
        read_moves(path, ["new_code", "other_code"])


def test_a_used_code_without_a_place_is_an_orphan_and_one_with_a_place_is_not() -> None:
    moves = CodeMoves(merged={"old_a": "new_code"})
    found = orphans({"new_code": 4, "old_a": 2, "old_z": 213}, ["new_code"], moves)
    assert len(found) == 1
    assert "'old_z' was used 213 time(s)" in found[0]


def test_former_codes_still_show_but_have_no_key(codebook: Codebook) -> None:
    config = label_config(codebook, moves=CodeMoves(retired={"old_d": "unused"}))
    label = next(
        each for each in ET.fromstring(config).iter("Label") if each.get("value") == "old_d"
    )
    assert label.get("hotkey") is None
