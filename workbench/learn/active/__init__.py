"""Which passages to have coded next, and how to stay honest about it."""

from __future__ import annotations

from workbench.learn.active.batch import BatchSettings, Chosen, Method, Pool, choose_batch
from workbench.learn.active.estimate import Round, pool_share

__all__ = ["BatchSettings", "Chosen", "Method", "Pool", "Round", "choose_batch", "pool_share"]
