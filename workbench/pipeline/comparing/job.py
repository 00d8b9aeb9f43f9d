"""``workbench compare``: factors and words of one workspace against another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from workbench.codebook import Codebook, load_codebook
from workbench.errors import InputError
from workbench.findings.patterns.corpora import (
    DistinctiveTerm,
    compare_corpora,
    distinctive_terms,
)
from workbench.findings.topics.words import words_of
from workbench.pipeline.coders.annotations import annotation_files
from workbench.pipeline.report import REPORT
from workbench.pipeline.topics.gathering import Gathered, gather
from workbench.pipeline.workspace import corpus_title
from workbench.publish.comparison import (
    ComparedFactor,
    ComparedTerm,
    Comparison,
    PassageLink,
    write_comparison,
)
from workbench.publish.names import page_path, segment_anchor, stem
from workbench.records import EVIDENCE_ROLES, Case, Coding, Finding, Reading
from workbench.store import readings as stored
from workbench.store import results
from workbench.store.workspace import Workspace

FOLDER = Path("reports/comparison")
N_TERMS = 25  # shown each way
N_PASSAGES = 3  # shown of a term


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the comparison found, and where it is written."""

    comparison: Comparison
    page: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corpus:
    """One workspace, as far as a comparison needs it."""

    root: Path
    title: str
    codebook: Codebook
    cases: tuple[Case, ...]
    codings: Mapping[str, Coding]
    readings: Mapping[str, Reading]
    gathered: Gathered


def compare_workspaces(root: Path, other_root: Path) -> Compared:
    """Compare what two workspaces have counted, and write the page into the first one.

    Names of people are taken out of the words. Nothing is added to either workspace's counts.

    Raises:
        NotAWorkspaceError: A folder holds no workspace.
        InputError: The codebooks differ, a corpus has fewer than five cases, or a case stands in
            both; everything that is wrong is named.
    """
    this, other = _corpus(root), _corpus(other_root)
    if this.codebook.content_hash != other.codebook.content_hash:
        raise InputError(
            f"{other_root}: is coded with another codebook ({other.codebook.version}, "
            f"{other.codebook.content_hash[:12]}) than {root} ({this.codebook.version}, "
            f"{this.codebook.content_hash[:12]}). Bring both up to one: workbench codebook update, "
            "then workbench run."
        )
    codings = {**other.codings, **this.codings}
    findings = compare_corpora(this.cases, other.cases, codings, this.codebook)
    terms = distinctive_terms(_texts(this.gathered), _texts(other.gathered))
    comparison = Comparison(
        title=this.title,
        other_title=other.title,
        n_cases=len(this.cases),
        n_other_cases=len(other.cases),
        has_report=(root / REPORT / "index.html").is_file(),
        factors=tuple(_factor(each, this.codebook) for each in _in_order(findings)),
        more=tuple(_term(each, this) for each in terms[:N_TERMS] if each.z > 0),
        less=tuple(_term(each, None) for each in terms[::-1][:N_TERMS] if each.z < 0),
    )
    return Compared(comparison=comparison, page=write_comparison(comparison, root / FOLDER))


def _corpus(root: Path) -> _Corpus:
    codebook = load_codebook(annotation_files(root)[0])
    with Workspace.open(root) as workspace:
        readings = {each.document.document_id: each for each in stored.read_readings(workspace)}
        cases = results.read_cases(workspace)
        codings = {each.coding_id: each for each in stored.read_codings(workspace)}
    if not cases:
        raise InputError(f"{root}: nothing was counted yet. First: workbench run")
    return _Corpus(
        root=root,
        title=corpus_title(root),
        codebook=codebook,
        cases=cases,
        codings=codings,
        readings=readings,
        gathered=gather(readings.values(), cases, EVIDENCE_ROLES),
    )


def _texts(gathered: Gathered) -> tuple[list[str], list[str]]:
    passages = gathered.passages
    return [each.named_by or each.text for each in passages], [each.review for each in passages]


def _in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Discoveries first, then by how far the shares differ."""
    return sorted(
        findings,
        key=lambda each: (
            2.0 if each.q_value is None else each.q_value,
            -abs(dict(each.statistics)["difference"]),
            each.finding_id,
        ),
    )


def _factor(finding: Finding, codebook: Codebook) -> ComparedFactor:
    said = dict(finding.statistics)
    code_id = finding.code_ids[0]
    return ComparedFactor(
        code_id=code_id,
        label=codebook.code(code_id).label,
        n=finding.numerator,
        of=finding.denominator,
        n_other=int(said["n_others_with"]),
        of_other=int(said["n_others"]),
        difference=said["difference"],
        low=said["difference_low"],
        high=said["difference_high"],
        p_value=finding.p_value,
        q_value=finding.q_value,
        log_odds_ratio=said.get("passages_log_odds_ratio"),
        z=said.get("passages_z"),
        only_length=bool(said.get("only_length")),
        href=f"evidence/{stem(f'prevalence-present-{code_id}-any')}.html",
    )


def _term(term: DistinctiveTerm, corpus: _Corpus | None) -> ComparedTerm:
    return ComparedTerm(
        *term[:5],
        reviews=term.reviews_this,
        reviews_other=term.reviews_other,
        passages=tuple(_passages(term.term, corpus)) if corpus else (),
    )


def _passages(term: str, corpus: _Corpus) -> list[PassageLink]:
    """Where the term stands, each time in another review."""
    found: dict[str, PassageLink] = {}
    for passage in corpus.gathered.passages:
        if len(found) == N_PASSAGES:
            break
        words = words_of(passage.named_by or passage.text)
        pairs = (f"{first} {second}" for first, second in pairwise(words))
        if passage.review in found or term not in {*words, *pairs}:
            continue
        segment = corpus.gathered.segments[passage.document_id, passage.ordinal]
        frozen = corpus.readings[passage.document_id].frozen
        boxes = frozen.boxes(segment.start_char, segment.end_char)
        page = boxes[0].page if boxes else segment.page_start
        anchor = f"#{segment_anchor(segment.ordinal)}" if boxes else ""
        found[passage.review] = PassageLink(
            href=f"{page_path(passage.document_id, page)}{anchor}", page=page, number=segment.number
        )
    return list(found.values())
