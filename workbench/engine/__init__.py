"""map(step, items): inline, or on a pool of processes that survives the death of a task."""
