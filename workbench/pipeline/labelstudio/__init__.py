"""Label Studio joined with the workspace: samples out, decisions in, suggestions served."""

from __future__ import annotations

from workbench.annotate.labelstudio.server.check import Checked, check_server
from workbench.annotate.labelstudio.server.home import default_home, make_secrets
from workbench.annotate.labelstudio.server.process import running_server
from workbench.pipeline.labelstudio.accounts import set_up_accounts
from workbench.pipeline.labelstudio.export import take_export
from workbench.pipeline.labelstudio.pull import Pulled, pull_sample
from workbench.pipeline.labelstudio.push import Pushed, push_sample

__all__ = [
    "Checked",
    "Pulled",
    "Pushed",
    "check_server",
    "default_home",
    "make_secrets",
    "pull_sample",
    "push_sample",
    "running_server",
    "set_up_accounts",
    "take_export",
]
