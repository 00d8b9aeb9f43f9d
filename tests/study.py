"""A workspace of fictional reviews whose coordinator uses nothing but commands."""

from __future__ import annotations

import uuid
from pathlib import Path

from planned_coding import Place
from typer.testing import CliRunner

from workbench.annotate.sampling import Sample
from workbench.cli.app import app
from workbench.pipeline.annotation.samples import read_sample
from workbench.records import Decision
from workbench.store import readings
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace

runner = CliRunner()


class Study:
    """A workspace, its coders, and what they are going to say."""

    def __init__(self, folder: Path, server_home: Path) -> None:
        self.root, self.home, self.sheet = folder / "work", folder / "home", folder / "sheet.csv"
        self.home.mkdir()
        secrets = self.home / "secrets.json"
        secrets.write_bytes((server_home / "secrets.json").read_bytes())
        secrets.chmod(0o600)
        mark = uuid.uuid4().hex[:6]
        self.coders = (f"anna-{mark}", f"ben-{mark}")

    def command(self, *words: str, home: bool = False) -> str:
        """Run a command as a coordinator would; what it printed."""
        more = ["--home", str(self.home)] if home else []
        done = runner.invoke(app, [*words, *more], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    def here(self, *words: str, home: bool = False) -> str:
        """Run a command in the workspace."""
        return self.command(*words, "--workspace", str(self.root), home=home)

    @property
    def sample(self) -> Sample:
        return read_sample(self.root, "week-1")

    def places(self, coder: str) -> list[Place]:
        """What a coder is shown, in order."""
        units = {unit.unit_id: (unit.document_id, unit.segment) for unit in self.sample.units}
        mine = [each for each in self.sample.assignments if each.coder == coder]
        return [units[each.unit_id] for each in sorted(mine, key=lambda each: each.position)]

    def text(self, place: Place) -> str:
        with Workspace.open(self.root) as workspace:
            return readings.read_reading(workspace, place[0]).segments[place[1]].text

    @property
    def shared(self) -> list[Place]:
        one, other = (set(self.places(coder)) for coder in self.coders)
        return sorted(one & other)

    def decisions(self) -> list[Decision]:
        with Workspace.open(self.root) as workspace:
            return list(read_decisions(workspace))
