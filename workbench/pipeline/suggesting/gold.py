"""How good codings of passages are: those of the coder, or those of a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import workbench
from workbench.codebook import Codebook, load_codebook
from workbench.learn.gold.baselines import (
    CUES,
    CUES_AND_PROXIMITY,
    DESCRIPTIONS,
    LINEAR,
    LINEAR_DESCRIPTION,
    PlainCoder,
    linear_codings,
)
from workbench.learn.gold.evaluate import evaluate_passages
from workbench.learn.gold.pairs import pair_passages
from workbench.learn.gold.read import read_gold, read_predictions
from workbench.learn.gold.records import Codings, GoldEvaluation, GoldPassage, Mistake
from workbench.learn.gold.report import render_gold
from workbench.learn.report import evaluation_to_plain
from workbench.pipeline.coders.annotations import annotation_paths
from workbench.pipeline.coders.plan import card_of, coder_plan
from workbench.pipeline.coders.training import passage_hash
from workbench.pipeline.measure import put_between
from workbench.pipeline.run import OnProgress, silent
from workbench.pipeline.suggesting.suggest import SuggestSettings, suggest
from workbench.pipeline.versions import file_hash
from workbench.records.codec import to_plain

CODER = "coder"
#: Fewer coded passages teach nothing.
MIN_TO_LEARN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredGold:
    """An evaluation on gold passages, and what was measured."""

    evaluation: GoldEvaluation
    provenance: dict[str, str]
    passages: tuple[GoldPassage, ...]
    codings: Codings
    name: str  # of the gold file, without its folder

    def markdown(self) -> str:
        """The pooled figures; no text of any passage."""
        return render_gold(self.evaluation, self.provenance)

    def write(self, path: Path) -> None:
        """Put the pooled figures between the marks that this gold has in a Markdown file."""
        mark = f"evaluate gold {self.name}"
        put_between(path, f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->", self.markdown())

    def plain(self) -> dict[str, object]:
        """The figures and each mistake as JSON has them; no text of any passage."""
        evaluation = self.evaluation
        return {
            "provenance": self.provenance,
            "system": evaluation.system,
            "baselines": dict(evaluation.baselines),
            "n_passages": evaluation.n_passages,
            "n_documents": evaluation.n_documents,
            "n_codings": evaluation.n_codings,
            "n_missing": evaluation.n_missing,
            **evaluation_to_plain(evaluation.figures),
            "mistakes": [to_plain(mistake) for mistake in evaluation.mistakes],
        }

    def ids_by_kind(self) -> dict[str, list[Mistake]]:
        """Kind of mistake -> the mistakes, the most frequent kind first."""
        kinds: dict[str, list[Mistake]] = {}
        for mistake in self.evaluation.mistakes:
            kinds.setdefault(mistake.kind, []).append(mistake)
        return dict(sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0])))

    def shown(self, mistake: Mistake) -> Iterator[str]:
        """The passage of a mistake and the quotes of its code on both sides, for the terminal."""
        (passage,) = (one for one in self.passages if one.passage_id == mistake.passage_id)
        (pairs,) = pair_passages([passage], self.codings)
        yield f"{mistake.code_id}: gold {mistake.wanted or '-'}; system {mistake.given or '-'}"
        for side, codings in (("gold", pairs.wanted), ("system", pairs.given)):
            for coding in codings.get(mistake.code_id, ()):
                yield f"  {side} quotes “{' '.join(coding.quote.split())}”"
        yield "  " + " ".join(passage.text.split())


def measure_gold(
    gold: Path,
    predictions: Path | None = None,
    *,
    train: Sequence[Path] = (),
    root: Path | None = None,
    model: str = "",
    on_progress: OnProgress = silent,
) -> MeasuredGold:
    """Compare codings with those of a gold file, and with plainer coders in the same run.

    Args:
        gold: Lines with id, text and codings.
        predictions: Lines with id and codings; the coder codes the passages when left out. When
            given, the coder stands beside them.
        train: More gold files, for the learned baseline to learn from.
        root: The workspace whose codebook and model are used; the shipped ones by default.
        model: The name or folder of a model, or ``none`` for rules alone.
        on_progress: Told after each passage.

    Raises:
        InputError: A file cannot be read, or there is no such model.
        PassagesError: A file has problems; all of them are listed.
    """
    codebook = load_codebook(annotation_paths(root)[0])
    code_ids = {code.code_id for code in codebook.codes}
    passages = read_gold(gold, code_ids)
    more = [passage for path in train for passage in read_gold(path, code_ids)]
    given = read_predictions(predictions, code_ids) if predictions is not None else None
    coded, version = _coded(gold, code_ids, root, SuggestSettings(model=model), on_progress)
    on_progress("comparing with gold", 0, 1, "")
    baselines = _baselines(passages, more, codebook)
    if given is not None:
        baselines = {CODER: (f"the coder of this workbench, {version}", coded), **baselines}
    evaluation = evaluate_passages(
        passages,
        coded if given is None else given,
        system=predictions.name if predictions else CODER,
        baselines=baselines,
    )
    on_progress("comparing with gold", 1, 1, "")
    return MeasuredGold(
        evaluation=evaluation,
        provenance={
            "gold": _named(gold),
            **_known_to_the_model(passages, root, model),
            "codings": _named(predictions) if predictions else f"by the coder, {version}",
            "also learned from": ", ".join(map(_named, train)) or "nothing else",
            "workbench": workbench.__version__,
            "codebook": f"{codebook.codebook_id} {codebook.version} ({codebook.content_hash[:12]})",
        },
        passages=passages,
        codings=coded if given is None else given,
        name=gold.name,
    )


def _known_to_the_model(
    passages: Sequence[GoldPassage], root: Path | None, model: str
) -> dict[str, str]:
    """A note where the model in use learned from passages that it is measured on."""
    known = set(card_of(coder_plan(root, model)).get("trained_on", ()))
    n_known = sum(passage_hash(passage.text) in known for passage in passages)
    if not n_known:
        return {}
    return {
        "note": f"{n_known} of the {len(passages)} passages were among those that the model "
        "learned from; figures of the coder are better here than on new passages. "
        "--model none measures the rules alone; the card has figures of passages left out"
    }


def _named(path: Path) -> str:
    return f"{path.name} ({file_hash(path)[:12]})"


def _coded(
    gold: Path,
    code_ids: set[str],
    root: Path | None,
    settings: SuggestSettings,
    on_progress: OnProgress,
) -> tuple[Codings, str]:
    """What the coder makes of the passages, and its version."""
    with tempfile.TemporaryDirectory(prefix="workbench-") as scratch:
        target = Path(scratch) / "codings.jsonl"
        done = suggest(gold, target, root=root, settings=settings, on_progress=on_progress)
        return read_predictions(target, code_ids), done.coder


def _baselines(
    passages: Sequence[GoldPassage], more: Sequence[GoldPassage], codebook: Codebook
) -> dict[str, tuple[str, Codings]]:
    coders = {
        CUES: PlainCoder(codebook, proximity=False),
        CUES_AND_PROXIMITY: PlainCoder(codebook, proximity=True),
    }
    baselines: dict[str, tuple[str, Codings]] = {
        name: (DESCRIPTIONS[name], {each.passage_id: coder.code(each.text) for each in passages})
        for name, coder in coders.items()
    }
    if len(passages) + len(more) >= MIN_TO_LEARN:
        baselines[LINEAR] = (LINEAR_DESCRIPTION, linear_codings(passages, more))
    return baselines
