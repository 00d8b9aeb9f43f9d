"""The whole way with the server itself: sample, coding, agreement, adjudication, gold, a model.

Two simulated coders code fifty segments of the demonstration corpus from its truth and differ as
planned, so that every figure is known before it is measured.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser_coder import BrowserCoder, shown_again
from lent import region
from planned_coding import Code, Marks, Place, annas, bens, differing, true_marks
from study import Study, runner

from workbench.annotate.labelstudio.client import Client
from workbench.annotate.labelstudio.records import Batch, LentTask
from workbench.annotate.labelstudio.server.home import Account, read_accounts, read_secrets
from workbench.cli.app import app
from workbench.pipeline.labelstudio.batches import read_batch
from workbench.records import Action, Decision, FactBasis, Shown, Standing
from workbench.store import readings
from workbench.store.results import read_incidents
from workbench.store.workspace import Workspace

pytestmark = [pytest.mark.labelstudio, pytest.mark.slow, pytest.mark.timeout(2400)]
CORPUS = Path(__file__).parents[2] / "corpora/demo"
REVIEWS = (  # the shorter ones
    "D08a_pfd", "D08b_pfd", "D08c_pfd", "D16_owhr_landscape", "D17_dhr_rotated_page",
    "D20_mhh_footnotes",
)  # fmt: skip
#: What both say of the incident, at the first passage that they share.
PARK = {
    "id": "park", "from_name": "incident_place", "to_name": "text", "type": "choices",
    "value": {"choices": ["park"]},
}  # fmt: skip


@pytest.fixture
def study(tmp_path: Path, server_home: Path) -> Study:
    made = Study(tmp_path, server_home)
    listed = tmp_path / "reviews.txt"
    listed.write_text("\n".join(REVIEWS), encoding="utf-8")
    made.command("init", str(made.root), "--title", "Fictional reviews")
    made.here("add", "--list", str(listed), str(CORPUS / "pdf"))
    made.here("run", "--model", "none", "--workers", "2")
    coders = ",".join(made.coders)
    made.here(
        "sample", "week-1", "--size", "50", "--coders", coders, "--overlap", "0.8",
        "--blind", "0.89", "--seed", "5",
    )  # fmt: skip
    made.command("labelstudio", "setup", "--coders", coders, home=True)
    return made


def planned(study: Study) -> tuple[Marks, dict[str, Marks]]:
    """The truth, and what each coder marks."""
    truth = true_marks(study.root, study.sample, CORPUS / "truth")
    with Workspace.open(study.root) as workspace:
        segments = [
            readings.read_reading(workspace, document_id).segments[ordinal]
            for document_id, ordinal in study.shared
        ]
    anna, ben = study.coders
    return truth, {anna: annas(truth), ben: bens(truth, segments)}


def code_all(study: Study, coder: str, marks: Marks) -> list[dict[str, Any]]:
    """Code a project to its end in the browser's way; the tasks as they were shown."""
    account = next(each for each in read_accounts(study.home) if each.coder == coder)
    batch = read_batch(study.root, "week-1", coder)
    lent = {task.external_id: task for task in batch.tasks}

    def decide(plain: Mapping[str, Any]) -> list[dict[str, Any]]:
        task = lent[plain["data"]["external_id"]]
        if task.shown is Shown.SUGGESTED:
            return shown_again(plain)
        chosen = [PARK] if (task.document_id, task.segments[0].ordinal) == study.shared[0] else []
        return [*chosen, *(item for each in _marks_of(task, marks) for item in each)]

    url = read_secrets(study.home).url
    with BrowserCoder(url, account) as browser:
        return browser.work(_project(url, account, batch), decide)


def _project(url: str, account: Account, batch: Batch) -> int:
    with Client(url, account) as client:
        found = client.project_id(batch.title)
    assert found is not None
    return found


def _marks_of(task: LentTask, marks: Marks) -> list[list[dict[str, Any]]]:
    (segment,) = task.segments
    made = []
    for (document_id, ordinal, code_id), found in marks.items():
        if (document_id, ordinal) == (task.document_id, segment.ordinal):
            for mark in found:
                valence = {"valence": str(mark.valence)} if mark.valence != "not_applicable" else {}
                made.append(
                    region(
                        task, mark.words, code_id, assertion=str(mark.assertion),
                        subject_role=str(mark.subject_role), temporality=str(mark.temporality),
                        **valence,
                    )
                )  # fmt: skip
    return made


def check_agreement(measured: Any, one: Marks, other: Marks, shared: list[Place]) -> None:
    """Every figure of segments against scikit-learn, NLTK, and sums by hand."""
    from sklearn.metrics import cohen_kappa_score

    nltk = import_module("nltk.metrics.agreement")  # has no types
    codes = sorted({key[2] for key in {*one, *other} if key[:2] in set(shared)})
    found = {each["code"]: each for each in measured["figures"] if each["level"] == "segment"}
    assert sorted(found) == ["", *codes]
    observed, expected = [], []
    for code_id in codes:
        a, b = (np.array([(*place, code_id) in m for place in shared]) for m in (one, other))
        figure = {name: each["value"] for name, each in found[code_id]["measures"].items()}
        assert (found[code_id]["n_units"], found[code_id]["n_marked"]) == (len(a), (a | b).sum())
        rated = [(who, str(at), bool(each)) for who, row in (("A", a), ("B", b))
                 for at, each in enumerate(row)]  # fmt: skip
        wanted = {
            "raw_agreement": (a == b).mean(),
            "positive_agreement": 2 * (a & b).sum() / (a.sum() + b.sum()),
            "cohen_kappa": cohen_kappa_score(a, b),
            "krippendorff_alpha": nltk.AnnotationTask(data=rated).alpha(),
        }
        assert {name: figure[name] for name in wanted} == pytest.approx(wanted, abs=1e-9)
        assert found[code_id]["prevalence"]["value"] == pytest.approx((a.mean() + b.mean()) / 2)
        observed.append(wanted["raw_agreement"])
        expected.append(a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean()))
    together = found[""]["measures"]["cohen_kappa"]["value"]
    pooled = (np.mean(observed) - np.mean(expected)) / (1 - np.mean(expected))
    assert together == pytest.approx(pooled, abs=1e-9)
    assert 0.5 < together < 0.95  # neither nonsense nor no disagreement at all


def fill_in(
    study: Study, truth: Marks, plans: Mapping[str, Marks], codes: set[Code]
) -> dict[str, int]:
    """The adjudicator looks everything up in the truth; how many verdicts of each kind."""
    by_words = {(study.text(key[:2]), key[2]): key for key in codes}
    assert len(by_words) == len(codes)
    with study.sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["text"], row["code"]) for row in rows} == set(by_words)
    assert len(rows) == len(codes)
    verdicts: Counter[str] = Counter()
    for row in rows:
        key = by_words[row["text"], row["code"]]
        right = [coder for coder, marks in plans.items() if marks.get(key) == truth.get(key)]
        row["reason"] = "as the codebook defines it"
        if key not in truth:
            row["verdict"] = "absent"
        elif right:
            row["verdict"] = right[0]
        else:  # one overlooked it, the other doubted it
            first = truth[key][0]  # a row holds one mark
            row |= {
                "verdict": "present", "quote": first.words, "assertion": str(first.assertion),
                "subject_role": str(first.subject_role),
            }  # fmt: skip
        verdicts[row["verdict"]] += 1
    with study.sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return dict(verdicts)


def wanted_gold(study: Study, truth: Marks, plans: Mapping[str, Marks]) -> set[tuple[str, ...]]:
    """What the gold set must hold: the truth, but for what both coders overlooked."""
    seen = {key for marks in plans.values() for key in marks if key[:2] in set(study.shared)}
    wanted = set()
    for key in sorted(seen & set(truth)):
        right = any(marks.get(key) == truth[key] for marks in plans.values())
        for mark in truth[key] if right else truth[key][:1]:
            place = f"{key[0][:12]}:{key[1]:05d}"
            wanted.add((place, key[2], mark.words, *map(str, mark.kind)))
    return wanted


def check_coding(study: Study, plans: Mapping[str, Marks]) -> list[Decision]:
    """Code all in the browser's way, a project for each coder; the decisions that were pulled."""
    assert "45 new, 0 there already" in study.here("labelstudio", "push", "week-1", home=True)
    for coder in study.coders:
        shown = code_all(study, coder, plans[coder])
        order = [(each["data"]["document_id"], each["data"]["shown"]) for each in shown]
        assert [document for document, _ in order] == [each[0] for each in study.places(coder)]
        assert [how for _, how in order] == ["blind"] * 40 + ["suggested"] * 5
    printed = study.here("labelstudio", "pull", "week-1", home=True)
    assert printed.count("45 of 45 submitted") == 2
    assert study.here("labelstudio", "pull", "week-1", home=True).count("; 0 new decisions") == 2
    made = study.decisions()
    assert sum(each.action is Action.COMPLETE for each in made) == 90
    for coder in study.coders:
        added = {
            (each.document_id, each.segment, each.code_id, each.text)
            for each in made
            if (each.coder, each.action, each.shown) == (coder, Action.ADD, Shown.BLIND)
            and not each.value
        }
        blind = set(study.places(coder)[:40])
        assert added == {
            (*key, mark.words) for key, marks in plans[coder].items() if key[:2] in blind
            for mark in marks
        }  # fmt: skip
    return made


def test_fifty_segments_are_coded_compared_settled_locked_and_learned_from(study: Study) -> None:
    truth, plans = planned(study)
    anna, ben = study.coders
    shared = study.shared
    assert (len(study.sample.units), len(shared)) == (50, 40)

    made = check_coding(study, plans)

    # Agreement is what scikit-learn and NLTK make of the plan.
    measured = json.loads(study.here("agreement", "--json"))
    check_agreement(measured, plans[anna], plans[ben], shared)
    assert "10 unit(s) were coded by one coder only" in measured["notes"][0]

    # Adjudication by somebody else settles exactly what differs.
    codes = differing(plans[anna], plans[ben], shared)
    study.here("adjudicate", "list", "--out", str(study.sheet))
    verdicts = fill_in(study, truth, plans, codes)
    assert set(verdicts) == {"absent", "present", anna, ben}
    judge = runner.invoke(
        app, ["adjudicate", "apply", str(study.sheet), "--by", anna, "-w", str(study.root)]
    )
    assert "one of the coders" in str(judge.exception)
    printed = study.here("adjudicate", "apply", str(study.sheet), "--by", "cleo")
    assert f"settled: {len(codes)}; still open: 0" in printed
    printed = study.here("adjudicate", "feedback", ben)
    assert f"adjudicated: {len(codes)}; changed: {len(codes) - verdicts[ben]}" in printed
    assert study.decisions()[: len(made)] == made

    # The gold set is the truth, but for what both overlooked.
    study.here("gold", "lock", "reviews", "--sample", "week-1")
    assert "reviews-v1.jsonl: as locked" in study.here("gold", "check", "reviews")
    gold = study.root / "annotations/gold/reviews-v1.jsonl"
    lines = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    names = ("code", "quote", "assertion", "subject_role", "valence")
    held = {(line["id"], *(c[name] for name in names)) for line in lines for c in line["codings"]}
    assert held == wanted_gold(study, truth, plans)
    assert {line["stratum_size"] for line in lines} == {study.sample.n_frame}
    check_model(study, gold, lines)


def check_model(study: Study, gold: Path, lines: list[Any]) -> None:
    """The gold trains a model; it is measured, used by a run, and the run says so."""
    card = json.loads(
        study.here(
            "train", "ours", "--gold", str(gold), "--folds", "0", "--no-embeddings", "--json"
        )
    )["card"]
    assert sum(card["is_learned"]) > 0
    n_codings = sum(len(line["codings"]) for line in lines)
    for model, note in (("none", ""), ("ours", "40 of the 40 passages were among those that")):
        measured = json.loads(
            study.here("evaluate", "--gold", str(gold), "--model", model, "--json")
        )
        assert (measured["n_passages"], measured["n_codings"]) == (40, n_codings)
        assert measured["provenance"].get("note", "").startswith(note)
        assert ("model:ours" in measured["provenance"]["codings"]) == (model == "ours")
    study.here("models", "use", "ours")
    printed = study.here("run", "--workers", "2")
    assert "coded by: rules and model ours" in printed
    assert "0 are in dispute" in printed
    with Workspace.open(study.root) as workspace:
        facts = [each for found in read_incidents(workspace).values() for each in found]
    ((document_id, segment),) = study.shared[:1]
    (park,) = [each for each in facts if each.basis is FactBasis.HUMAN]
    assert (park.value, park.standing) == ("park", Standing.VALUE)
    assert (park.document_id, park.segment) == (document_id, segment)
    study.here("verify")
