"""Models: trained, chosen, used by a run, and stated wherever their work is shown."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from papers import write_review
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import InputError, ModelError
from workbench.learn.models import fit_model
from workbench.pipeline.coders import training
from workbench.pipeline.coders.plan import CombinedCoder, coder_plan, known_models, use_model
from workbench.pipeline.coders.training import TrainSettings, passage_hash, train
from workbench.pipeline.inspect import find_case
from workbench.pipeline.job import run_job
from workbench.pipeline.measure import HeldOut, measure
from workbench.pipeline.run import RunSettings
from workbench.pipeline.suggesting import SuggestSettings, measure_gold, suggest
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import Coding

#: What is true of each text: (text, code or "").
SENTENCES = (
    ("She was drinking two bottles of wine every evening that winter.", "alcohol_misuse"),
    ("He drank heavily and was often drunk when the nurse visited.", "alcohol_misuse"),
    ("The notes of the visit were never written up by the nurse.", "ap_record_keeping"),
    ("Nobody wrote down what was said at the meeting that day.", "ap_record_keeping"),
    ("The family lived in a flat near the station for six years.", ""),
    ("The panel met four times and thanks the family for their help.", ""),
)
#: One for each report, so that no two texts are the same.
OPENINGS = ("That spring", "By then", "In those months", "Over time", "Later on", "At first",
            "All the while", "From the start")  # fmt: skip
SETTINGS = TrainSettings(n_folds=0, embeddings=False)


def run(root: Path, model: str = "") -> tuple[int, tuple[str, ...]]:
    done = run_job(root, RunSettings(backend="inline", n_workers=1, model=model, paint=False))
    return done.executed, done.notes


def codings(root: Path) -> tuple[Coding, ...]:
    return tuple(find_case(root, "maren")[1].values())


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Coded passages of eight reports."""
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    lines = [
        {
            "id": f"{report}-{number}",
            "doc": f"report {report}",
            "source": "pfd",
            "text": (text := f"{opening}: {sentence}"),
            "codings": [
                {"code": code, "assertion": "affirmed", "subject_role": "victim", "quote": text}
            ]
            if code
            else [],
        }
        for report, opening in enumerate(OPENINGS)
        for number, (sentence, code) in enumerate(SENTENCES)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture(scope="module")
def trained(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small model."""
    root = tmp_path_factory.mktemp("trained")
    create_workspace(root)
    return train(root, "small", (), [gold], SETTINGS).folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one review."""
    root = tmp_path / "workspace"
    create_workspace(root)
    for _ in add_documents(root, [write_review(tmp_path / "maren.pdf")]):
        pass
    return root


def test_training_twice_gives_the_same_bytes(gold: Path, trained: Path, tmp_path: Path) -> None:
    create_workspace(tmp_path)
    again = train(tmp_path, "small", (), [gold], SETTINGS).folder
    names = sorted(path.name for path in trained.iterdir())
    assert names == ["card.json", "card.md", "model.npz"]
    for name in names:
        assert (again / name).read_bytes() == (trained / name).read_bytes()


def test_a_card_has_figures_of_parts_left_out(gold: Path, tmp_path: Path) -> None:
    create_workspace(tmp_path)
    made = train(tmp_path, "measured", (), [gold], TrainSettings(n_folds=2, embeddings=False))
    numbers = made.card["figures"]["lexical"]["passage"]
    assert numbers["n_groups"] == len(OPENINGS)
    assert 0 < numbers["micro_f1"]["low"] <= numbers["micro_f1"]["value"] <= 1


def test_a_run_uses_the_model_that_the_workspace_names(root: Path, trained: Path) -> None:
    run(root, "none")
    by_rules = codings(root)
    use_model(root, str(trained))
    assert run(root)[0] == 3  # the model's step, the cases, the report: nothing is read anew
    by_both = codings(root)
    assert any(each.source.startswith("model:small-lexical@") for each in by_both)
    assert all(each.source.startswith("rule:") for each in by_rules)
    assert run(root)[0] == 0
    use_model(root, "none")
    run(root)
    assert codings(root) == by_rules


def test_a_report_says_which_model_coded_and_that_it_knew_a_document(
    root: Path, trained: Path, tmp_path: Path
) -> None:
    (pdf,) = tmp_path.glob("*.pdf")
    card = json.loads((trained / "card.json").read_text())
    known = tmp_path / "knowing"
    known.mkdir()
    card["trained_on"] = [file_id(pdf)]
    (known / "card.json").write_text(json.dumps(card))
    (known / "model.npz").write_bytes((trained / "model.npz").read_bytes())
    notes = run(root, str(known))[1]
    assert [note for note in notes if "1 of the 1 documents" in note]
    methods = (root / "reports" / "thematic-review" / "methods.html").read_text()
    assert "model knowing, variant lexical" in methods
    assert "1 of the 1 documents" in methods


def file_id(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_a_model_learned_from_stands_in_its_card(trained: Path, gold: Path) -> None:
    texts = [json.loads(line)["text"] for line in gold.read_text().splitlines()]
    card = json.loads((trained / "card.json").read_text())
    assert set(card["trained_on"]) == {passage_hash(text) for text in texts}
    assert texts[0] not in (trained / "card.json").read_text()


def test_an_unknown_model_is_refused_with_those_there_are(root: Path) -> None:
    with pytest.raises(InputError, match=r"'nobody' is no model\. Known:"):
        coder_plan(root, "nobody")
    with pytest.raises(InputError, match="nobody"):
        use_model(root, "nobody")


def test_a_model_of_another_codebook_is_refused_when_named(root: Path, trained: Path) -> None:
    codebook = root / "annotations" / "codebook" / "causation_factors.yaml"
    text = codebook.read_text(encoding="utf-8")
    codebook.write_text(text.replace("id: causation-factors", "id: our-factors"), encoding="utf-8")
    with pytest.raises(ModelError, match="our-factors"):
        run(root, str(trained))
    plan = coder_plan(root)
    assert plan.model is None
    assert (
        plan.notes[0].endswith("rules alone code the text") or "another codebook" in plan.notes[0]
    )


@pytest.mark.parametrize("name", ["", "None/..", "A Model", "none", "-x"])
def test_a_name_that_cannot_be_a_folder_is_refused(name: str, root: Path, gold: Path) -> None:
    with pytest.raises(InputError, match="no name for a model"):
        train(root, name, (), [gold], SETTINGS)


def test_a_model_is_not_written_over_unasked(gold: Path, tmp_path: Path) -> None:
    create_workspace(tmp_path)
    train(tmp_path, "ours", (), [gold], SETTINGS)
    with pytest.raises(InputError, match="--replace"):
        train(tmp_path, "ours", (), [gold], SETTINGS)
    train(tmp_path, "ours", (), [gold], TrainSettings(n_folds=0, embeddings=False, replace=True))
    assert known_models(tmp_path)[0].name == "ours"


def test_there_must_be_something_to_learn_from(root: Path) -> None:
    with pytest.raises(InputError, match="nothing to learn from"):
        train(root, "empty", (), (), SETTINGS)


def test_bare_passages_are_coded_by_the_model_too(
    gold: Path, trained: Path, tmp_path: Path
) -> None:
    target = tmp_path / "codings.jsonl"
    done = suggest(gold, target, settings=SuggestSettings(model=str(trained)))
    assert "model:small-lexical@" in done.coder
    sources = [
        c["source"] for line in target.read_text().splitlines() for c in json.loads(line)["codings"]
    ]
    assert any(source.startswith("model:small-lexical@") for source in sources)
    by_rules = measure_gold(gold, model="none").evaluation
    with_model = measure_gold(gold, model=str(trained)).evaluation
    assert with_model.n_codings >= by_rules.n_codings


def test_the_combined_coder_is_the_rules_where_there_is_no_model(root: Path) -> None:
    coder = CombinedCoder(coder_plan(root, "none"))
    assert coder.model is None
    assert coder.version == coder.rules.version


def test_the_commands_train_choose_and_show(gold: Path, tmp_path: Path) -> None:
    create_workspace(tmp_path)
    place = ["--workspace", str(tmp_path)]
    runner = CliRunner()
    made = runner.invoke(
        app, ["train", "ours", "--gold", str(gold), "--folds", "2", "--no-embeddings", *place]
    )
    assert made.exit_code == 0, made.output
    assert "rules alone" in made.output
    assert runner.invoke(app, ["models", "use", "ours", *place]).exit_code == 0
    listed = json.loads(runner.invoke(app, ["models", "list", "--json", *place]).stdout)
    assert (listed[0]["name"], listed[0]["in_use"]) == ("ours", True)
    card = runner.invoke(app, ["models", "card", "ours", *place]).output
    assert "# Model ours" in card
    assert "must not be used for" in card
    assert runner.invoke(app, ["models", "use", "default", *place]).exit_code == 0


DEMO = Path(__file__).parents[2] / "corpora" / "demo"


@pytest.fixture
def two_reviews(tmp_path: Path) -> Path:
    """Two short documents of the demonstration corpus, of two cases."""
    for review in ("D08a_pfd", "D08b_pfd"):
        for folder, name in (("truth", f"{review}.json"), ("pdf", f"{review}.pdf")):
            target = tmp_path / "two" / folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((DEMO / folder / name).read_bytes())
    return tmp_path / "two"


@pytest.mark.slow
def test_a_review_can_be_measured_with_a_model_that_never_saw_it(
    two_reviews: Path, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[set[str]] = []

    def noted(documents: Any, *rest: Any) -> Any:
        learned.append({each.name for each in documents if each.kind == "review"})
        return fit_model(documents, *rest)

    monkeypatch.setattr(training, "fit_model", noted)
    settings = RunSettings(backend="inline", n_workers=1, paint=False)
    held_out = HeldOut(n_folds=2, gold=(gold,))
    measured = measure(two_reviews, settings=settings, held_out=held_out)
    assert len(measured.evaluation.documents) == 2
    assert "never saw the case" in measured.provenance["coder"]
    names = {path.stem for path in (two_reviews / "truth").glob("*.json")}
    assert [len(reviews) for reviews in learned] == [1, 1]
    assert set.union(*learned) == names


def test_cases_cannot_be_left_out_in_one_part_nor_from_a_workspace(
    root: Path, two_reviews: Path
) -> None:
    with pytest.raises(InputError, match="2 parts or more"):
        HeldOut(n_folds=1)
    with pytest.raises(InputError, match="without a workspace"):
        measure(two_reviews, root=root, held_out=HeldOut(n_folds=2))
