"""The jail: every file is opened in a disposable child process, and whatever is in it stays there.

    this process --task, open file--> server --fork--> child --pages, images--> a folder
                 <-------status------        <--status-

The server is a clean process that has loaded the PDF reader and never looks into a file. For
each task it forks a child, which takes its limits, does the task and ends: starting a child
costs milliseconds instead of the tenth of a second that loading the reader takes.
"""

from __future__ import annotations

from workbench.extract.jail.service import run_child
from workbench.extract.jail.task import Task, TaskName
from workbench.extract.jail.unpacking import load_pages

__all__ = ["Task", "TaskName", "load_pages", "run_child"]
