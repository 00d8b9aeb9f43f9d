"""A small workspace with a fictional document, for the tests of annotation."""

from __future__ import annotations

import shutil
from pathlib import Path

from decision_making import DOCUMENT, TEXT, segments, suggestion

from workbench.codebook import default_codebook_path
from workbench.pipeline.annotation.places import CODEBOOK
from workbench.records import Document, DocumentStatus, FrozenText, Reading
from workbench.store import readings
from workbench.store.workspace import Workspace

ALCOHOL = suggestion("drank heavily", "alcohol_misuse")


def make_reading() -> Reading:
    return Reading(
        document=Document(
            document_id=DOCUMENT, file_name="maren.pdf", status=DocumentStatus.OK,
            review_type="serious_case_review",
        ),
        frozen=FrozenText(document_id=DOCUMENT, text=TEXT, words=()),
        segments=segments(),
        codings=(ALCOHOL,),
    )  # fmt: skip


def make_workspace(root: Path) -> Path:
    with Workspace.create(root) as workspace:
        readings.save_reading(workspace, make_reading())
    (root / CODEBOOK).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(default_codebook_path(), root / CODEBOOK)
    return root
