"""Generated documents in the layouts of real reviews, with exact truth, and their measurement."""
