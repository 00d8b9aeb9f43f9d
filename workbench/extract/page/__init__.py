"""One opened page to its record: words, lines, drawings. Runs inside the jail only."""
