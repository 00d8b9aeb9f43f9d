"""Whether the files that a domain expert edits are sound: codebook, context rules and lexicon."""

from __future__ import annotations

from pathlib import Path

from workbench.codebook import Codebook, load_codebook
from workbench.coding import check_rules
from workbench.errors import CodebookError
from workbench.pipeline.coders.annotations import CONTEXT


def check_annotations(codebook_path: Path) -> tuple[Codebook, bool]:
    """A codebook, and whether rules for coding stand beside it (``context.yaml``).

    Raises:
        CodebookError: The codebook or the rules beside it have problems; all are listed.
    """
    codebook = load_codebook(codebook_path)
    context = codebook_path.with_name(CONTEXT.name)
    if not context.is_file():
        return codebook, False
    problems = check_rules(context, codebook)
    if problems:
        raise CodebookError(codebook_path.parent, problems)
    return codebook, True
