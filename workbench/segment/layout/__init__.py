"""Where things stand on the page: running matter, tables, columns, margins, notes."""
