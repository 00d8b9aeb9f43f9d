"""How long a batch takes to a Label Studio server and back.

    python -m benchmarks.label_studio_speed --home FOLDER --tasks 1000

FOLDER is that of a running server (workbench labelstudio serve). A project and an account with
chance names are left there.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
import time
import uuid
from pathlib import Path

from workbench.annotate.labelstudio.client import Client
from workbench.annotate.labelstudio.server.home import read_secrets
from workbench.annotate.sampling import AssignSettings, Method, SampleSettings
from workbench.pipeline.annotation.samples import draw_sample
from workbench.pipeline.labelstudio import pull_sample, push_sample, set_up_accounts
from workbench.pipeline.labelstudio.batches import read_batch
from workbench.pipeline.workspace import create_workspace
from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    FrozenText,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
    SubjectRole,
    Temporality,
    Valence,
)
from workbench.store import readings
from workbench.store.workspace import Workspace

SENTENCE = "Her mother had been drinking heavily for years 🙂 and owed “money” to a lender. "
WORDS = "drinking heavily"


def make_reading(n_segments: int) -> Reading:
    """A document of so many paragraphs with one coding each."""
    parts = [f"{number}. {SENTENCE * 4}" for number in range(1, n_segments + 1)]
    document_id = hashlib.sha256(str(n_segments).encode()).hexdigest()
    segments, codings, at = [], [], 0
    for ordinal, part in enumerate(parts):
        segments.append(
            Segment(
                document_id=document_id, ordinal=ordinal, kind=SegmentKind.PARAGRAPH,
                section_role=SectionRole.FACTS, start_char=at, end_char=at + len(part), text=part,
                page_start=1, page_end=1,
            )
        )  # fmt: skip
        start = at + part.index(WORDS)
        codings.append(
            Coding(
                document_id=document_id, segment=ordinal, start_char=start,
                end_char=start + len(WORDS), text=WORDS, code_id="alcohol_misuse",
                assertion=Assertion.AFFIRMED, subject_role=SubjectRole.PARENT_CARER,
                section_role=SectionRole.FACTS, temporality=Temporality.PAST,
                valence=Valence.NOT_APPLICABLE, score=0.7, source="rule:1",
            )
        )  # fmt: skip
        at += len(part) + 2
    return Reading(
        document=Document(
            document_id=document_id, file_name="generated.pdf", status=DocumentStatus.OK,
            review_type="serious_case_review",
        ),
        frozen=FrozenText(document_id=document_id, text="\n\n".join(parts), words=()),
        segments=tuple(segments),
        codings=tuple(codings),
    )  # fmt: skip


def answer_some(root: Path, home: Path, coder: str, n_answers: int) -> None:
    """Submit the first tasks as they are shown."""
    account = next(each for each in set_up_accounts(home, [coder]) if each.coder == coder)
    batch = read_batch(root, "speed", coder)
    with Client(read_secrets(home).url, account) as client:
        project_id = client.project_id(batch.title) or 0
        for plain in list(client.tasks(project_id, batch.title))[:n_answers]:
            shown = plain["predictions"][0]["result"]
            client.answer(
                plain["id"], [{k: v for k, v in item.items() if k != "score"} for item in shown]
            )


def measure(server_home: Path, folder: Path, n_tasks: int) -> None:
    """Print seconds for each step."""
    root, home, coder = folder / "work", folder / "home", f"speed-{uuid.uuid4().hex[:6]}"
    home.mkdir()
    shutil.copy(server_home / "secrets.json", home / "secrets.json")
    create_workspace(root)
    with Workspace.open(root) as workspace:
        readings.save_reading(workspace, make_reading(n_tasks))
    draw_sample(
        root, "speed", SampleSettings(n_units=n_tasks, method=Method.RANDOM), None,
        AssignSettings(coders=(coder,), overlap=0.0, blind=0.0),
    )  # fmt: skip
    set_up_accounts(home, [coder])
    for name, step in (
        ("push", lambda: push_sample(root, "speed", home)),
        ("push again", lambda: push_sample(root, "speed", home)),
        ("answer a tenth", lambda: answer_some(root, home, coder, n_tasks // 10)),
        ("pull", lambda: pull_sample(root, "speed", home)),
        ("pull again", lambda: pull_sample(root, "speed", home)),
    ):
        began = time.perf_counter()
        step()
        seconds = time.perf_counter() - began
        print(f"{name:<16} {seconds:7.1f} s  {n_tasks / seconds:7.1f} tasks/s", flush=True)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--tasks", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(arguments.home, Path(folder), arguments.tasks)


if __name__ == "__main__":
    main()
