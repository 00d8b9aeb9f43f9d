"""What changed between two codebooks, for people who must judge whether codings still hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from workbench.codebook.model import Codebook
from workbench.records import Code


def compare(old: Codebook, new: Codebook) -> list[str]:
    """One line for each change, removed codes first; empty when the codes are the same.

    A changed definition may change what reviewers meant; changed cues only what is suggested.
    """
    old_codes = {code.code_id: code for code in old.codes}
    new_codes = {code.code_id: code for code in new.codes}
    lines = [
        f"- {code_id}: removed; codings with it have no entry any more"
        for code_id in old_codes
        if code_id not in new_codes
    ]
    lines += [f"+ {code_id}: added" for code_id in new_codes if code_id not in old_codes]
    for code_id, code in old_codes.items():
        if code_id in new_codes:
            lines += [f"~ {code_id}: {line}" for line in _changes(code, new_codes[code_id])]
    if old.proximity != new.proximity:
        lines.append("~ proximity_rule: changed; practice suggestions may change")
    return lines


def _changes(old: Code, new: Code) -> Iterator[str]:
    for field in fields(Code):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after:
            continue
        if not isinstance(before, tuple):
            yield f"{field.name} was {before!r}, is {after!r}"
            continue
        gone = [str(item) for item in before if item not in after]
        come = [str(item) for item in after if item not in before]
        parts = [f"without {', '.join(gone)}"] if gone else []
        parts += [f"with {', '.join(come)}"] if come else []
        yield f"{field.name} now {'; '.join(parts) or 'in another order'}"
