"""The truth of a made review, from its manuscript and its set pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from layout import Setting
from markup import NOTE, Block, Manuscript, codings_of
from normalise import practice_states, suspected_states

JSON = dict[str, Any]
EVIDENCE = ("facts", "analysis", "findings")


def compose_truth(manuscript: Manuscript, setting: Setting, style: Mapping[str, Any]) -> JSON:
    """The truth in schema truth/1."""
    keys = manuscript.keys
    places = [i for i, block in enumerate(manuscript.blocks) if block.kind != "break"]
    new_index = {old: new for new, old in enumerate(places)}
    rows = [_row(manuscript.blocks[i], setting.pages_of[i]) for i in places]
    codings: list[JSON] = []
    optional: list[JSON] = []
    for index, coding, is_optional in codings_of(manuscript.blocks):
        target = optional if is_optional else codings
        target.append({"paragraph_index": new_index[index]} | coding)
    return {
        "schema": "truth/1",
        "id": keys["id"],
        "case_id": keys["case"],
        "kind": keys["kind"],
        "title": keys["title"],
        "fictional": True,
        "pages": setting.n_pages,
        "status": keys.get("status", "ok"),
        "lead": keys.get("lead", "yes") == "yes",
        "layout": keys["layout"],
        "columns": style.get("columns", 1),
        "people": manuscript.people,
        "paragraphs": rows,
        "contents": [],
        "running_matter": running_matter(style),
        "other_lines": _repeated_heads(manuscript.blocks, setting),
        "codings": codings,
        "optional_codings": optional,
        "case": case_states(rows, codings),
        "case_positive_practice": practice_states(rows, codings),
        "case_suspected_only": suspected_states(rows, codings),
        "ace10": ace10(rows, codings, manuscript.people),
        "incident": json.loads(keys["incident"]),
        "chronology": manuscript.events,
        "recommendations": manuscript.recommendations or _recommendations(manuscript.blocks),
        "agencies": keys["agencies"].split("; "),
        "conventions": [keys["convention"]] if "convention" in keys else [],
        **({"misread": json.loads(keys["misread"])} if "misread" in keys else {}),
    }


def _row(block: Block, pages: set[int]) -> JSON:
    first = min(pages)
    row: JSON = {
        "number": block.number,
        "kind": block.kind,
        "section_role": block.section_role,
        "page": first,
        "page_end": first if block.is_head else max(pages),  # a head is repeated, not continued
        "text": block.text,
    }
    if block.cells:
        row["cells"] = block.cells
    if block.is_head:
        row["table_header"] = True
    if block.level is not None:
        row["level"] = block.level
    if block.notes:
        row["text_printed"] = NOTE.sub(r"\1", block.printed)
    return row


def case_states(rows: list[JSON], codings: list[JSON]) -> dict[str, dict[str, str]]:
    """Affirmed and not good practice gives present, else negated gives ruled_out."""
    states: dict[str, dict[str, str]] = {}
    for coding in codings:
        if rows[coding["paragraph_index"]]["section_role"] not in EVIDENCE:
            continue
        roles = states.setdefault(coding["code"], {})
        if coding["assertion"] == "affirmed" and coding["valence"] != "positive":
            roles[coding["subject_role"]] = "present"
        elif coding["assertion"] == "negated":
            roles.setdefault(coding["subject_role"], "ruled_out")
    return {code: dict(sorted(states[code].items())) for code in sorted(states) if states[code]}


def ace10(rows: list[JSON], codings: list[JSON], people: list[JSON]) -> dict[str, list[str]]:
    """Per person the codes of adverse childhood experiences that the evidence affirms."""
    found: dict[str, set[str]] = {}
    for coding in codings:
        counts = rows[coding["paragraph_index"]]["section_role"] in EVIDENCE
        affirmed = coding["assertion"] == "affirmed" and coding["code"].startswith("ace_")
        if counts and affirmed and coding["person_id"]:
            found.setdefault(coding["person_id"], set()).add(coding["code"])
    order = [person["id"] for person in people]
    return {person: sorted(found[person]) for person in order if person in found}


def running_matter(style: Mapping[str, Any]) -> list[JSON]:
    """Patterns of the running lines that the style prints, whole or in two halves."""
    lines = []
    for position in ("header", "footer"):
        start, end = (_pattern(part) for part in style[position])
        if start and end:
            lines.append((position, f"^({start}( {end})?|{end})$"))
        elif start or end:
            lines.append((position, f"^{start or end}$"))
    return [{"position": position, "pattern": pattern} for position, pattern in lines]


def _pattern(printed: str) -> str:
    parts = re.split(r"\{\w+\}", printed)
    return r"\d+".join(re.escape(part).replace(r"\ ", " ") for part in parts)


def _repeated_heads(blocks: list[Block], setting: Setting) -> list[JSON]:
    heads = [" ".join(blocks[index].cells) for index in sorted(setting.split_tables)]
    return [{"what": "repeated_table_head", "pattern": f"^{re.escape(head)}$"} for head in heads]


def _recommendations(blocks: list[Block]) -> list[JSON]:
    return [
        {
            "number": re.sub(r"^\D+", "", block.number or "") or None,
            "text": block.text,
            "addressee": block.addressee,
        }
        for block in blocks
        if block.kind == "recommendation"
    ]
