"""Candidates for new codes, in a file of the workspace; the codebook itself is never changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from workbench.codebook import Codebook
from workbench.errors import InputError
from workbench.pipeline.coders.annotations import PROPOSALS
from workbench.publish.topics import ShownPassage, ShownTopic, TopicsPublication

SCHEMA = "code-proposals/1"
_OPEN = "proposed"
_HEAD = """\
# Candidates for new codes: topics that come back, are in several reviews, and for which the
# codebook has no code. Read the passages, then decide: write accepted, rejected or merged as the
# status, and why as the remark. What you wrote is kept when the topics are found again.
# Nothing here is used to code: an accepted code has to be written into the codebook.
"""


def write_proposals(
    root: Path, publication: TopicsPublication, codebook: Codebook
) -> tuple[Path, int]:
    """Bring the file of proposals up to the topics; where it is, and how many are candidates.

    A proposal that somebody decided on, or remarked on, keeps that and stays, even when its
    topic is gone. One that nobody touched goes with its topic.

    Raises:
        InputError: The file is there and cannot be read as one of proposals.
    """
    path = root / PROPOSALS
    earlier = {str(each["proposal"]): each for each in _read(path)}
    found = [_proposal(topic, codebook) for topic in publication.topics if is_candidate(topic)]
    for proposal in found:
        before = earlier.pop(str(proposal["proposal"]), None)
        if before is not None:
            proposal |= {name: before.get(name, proposal[name]) for name in ("status", "remark")}
    kept = [each for each in earlier.values() if _is_touched(each)]
    content = {"schema": SCHEMA, "proposals": found + kept}
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    partial = path.with_name(path.name + ".partial")
    partial.write_text(_HEAD + text, encoding="utf-8")
    partial.replace(path)
    return path, len(found)


def is_candidate(topic: ShownTopic) -> bool:
    """Whether a topic is worth a person's time: new, stable, and not one review's own."""
    several = len(topic.reviews) > 1 and not topic.carried_by
    return topic.coded == "new" and topic.verdict == "stable" and several


def _proposal(topic: ShownTopic, codebook: Codebook) -> dict[str, Any]:
    words = re.findall(r"[a-z]+", " ".join(term for term, _ in topic.terms[:3]))
    return {
        "proposal": "_".join(dict.fromkeys(words)),
        "status": _OPEN,
        "remark": "",
        "terms": [term for term, _ in topic.terms],
        "for_codebook": f"{codebook.codebook_id} {codebook.version}",
        "n_passages": len(topic.passages),
        "n_reviews": len(topic.reviews),
        "share_with_any_code": round(topic.coded_share, 4),
        "stability": {name: value for name, value in topic.stability if value is not None},
        "passages": [_passage(topic.passages[place]) for place in topic.nearest],
    }


def _passage(passage: ShownPassage) -> dict[str, Any]:
    return {
        "file_name": passage.file_name,
        "document_id": passage.document_id,
        "segment": passage.segment,
        "start_char": passage.start_char,
        "end_char": passage.end_char,
        "page": passage.page,
        "paragraph": passage.number,
        "text": passage.text,
    }


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(
            f"{path}: cannot be read as YAML ({error}). Mend it, or move it away."
        ) from error
    proposals = content.get("proposals") if isinstance(content, dict) else None
    named = isinstance(proposals, list) and all(
        isinstance(each, dict) and each.get("proposal") for each in proposals
    )
    if not named or content.get("schema") != SCHEMA:
        raise InputError(
            f"{path}: is no file of proposals (schema {SCHEMA}, proposals with a name each). "
            "Mend it, or move it away."
        )
    return list(proposals or [])


def _is_touched(proposal: dict[str, Any]) -> bool:
    return proposal.get("status", _OPEN) != _OPEN or bool(str(proposal.get("remark") or ""))
