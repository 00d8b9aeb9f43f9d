"""Real pages labelled by eye, and their measurement."""
