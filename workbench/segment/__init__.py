"""Pages to the frozen text and its segments."""
