"""One step over many items, in this process or in several; the death of a task is its own.

    from workbench.engine import EngineSettings, Status, map

    settings = EngineSettings(backend="process", n_workers=2, timeout_s=600)
    for outcome in map(read_one, paths, key=str, settings=settings, initializer=load_models):
        if outcome.status is Status.DONE:
            use(outcome.value)
        else:                                 # failed, timed_out or died: outcome.error says why
            note(outcome.key, outcome.error)

Outcomes come as they finish, not in the order of the items. Items are drawn only when a worker
is free, so a generator of a million of them is fine. The step and the initializer are functions
of a module (or ``functools.partial`` of one): workers find them by name. The initializer runs
once in each worker before its first item; what it loads it keeps in a global of its module.
"""

from __future__ import annotations

from workbench.engine.outcome import EngineSettings, Outcome, Progress, Status
from workbench.engine.run import map

__all__ = ["EngineSettings", "Outcome", "Progress", "Status", "map"]
